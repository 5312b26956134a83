"""The formats of an answer: their suffixes, their media types, and who writes them."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from unpact.serve.negotiation import best

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.render.labels import Labels
    from unpact.render.notes import Note
    from unpact.render.rows import Tabular


class Format(NamedTuple):
    """A format of an answer.

    Args:
        name: that of `unpact.render`, and behind a dot the suffix in addresses.
        media_types: by which it is asked for; the first is its own.
        words: what people call it.
    """

    name: str
    media_types: tuple[str, ...]
    words: str

    @property
    def suffix(self) -> str:
        """What an address ends in to have this format."""
        return f".{self.name}"


#: The page; the others are for programs.
PAGE = Format("html", ("text/html",), "HTML")
#: What the answer rests on.
TRIPLES = Format("ttl", ("text/turtle",), "Turtle")
#: The query itself, with the values in place.
QUERY = Format("rq", ("application/sparql-query",), "SPARQL")
#: The one that a program gets which does not say what it likes comes first.
FORMATS = (
    Format("json", ("application/sparql-results+json", "application/json"), "JSON"),
    Format("csv", ("text/csv",), "CSV"),
    Format("tsv", ("text/tab-separated-values",), "TSV"),
    Format("jsonl", ("application/x-ndjson", "application/jsonl"), "JSON Lines"),
    Format("md", ("text/markdown",), "Markdown"),
    TRIPLES,
    QUERY,
    PAGE,
)
_BY_TYPE = {media_type: each for each in FORMATS for media_type in each.media_types}
_BY_SUFFIX = {each.suffix: each for each in FORMATS}


class Chosen(NamedTuple):
    """A format, the media type by which it was asked for, and whether another Accept would bring another."""

    format: Format
    media_type: str
    varies: bool

    @property
    def content_type(self) -> str:
        """As the header of that name has it."""
        text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


def split(name: str) -> tuple[str, Format | None]:
    """The name of a query without the suffix of a format, and that format; None where there is none."""
    for suffix, found in _BY_SUFFIX.items():
        if name.endswith(suffix) and name != suffix:
            return name.removesuffix(suffix), found
    return name, None


def choose(by_suffix: Format | None, accept: str) -> Chosen | None:
    """What a client is given: by the suffix, whatever it accepts; else what it likes best, if we have it."""
    if by_suffix is not None:
        return Chosen(by_suffix, by_suffix.media_types[0], varies=False)
    media_type = best(accept, tuple(_BY_TYPE))
    return None if media_type is None else Chosen(_BY_TYPE[media_type], media_type, varies=True)


def written(rows: Tabular, form: Format, labels: Labels, notes: Sequence[Note]) -> bytes:
    """An answer in a format of rows; notes where the format has a place for them."""
    from unpact.render import NOTED_FORMATS, render
    from unpact.render.labels import things_in

    if form.name == "md":
        labels.load(things_in(rows))
    stream = StringIO(newline="")
    render(rows, form.name, stream, labels, notes if form.name in NOTED_FORMATS else ())
    return stream.getvalue().encode()
