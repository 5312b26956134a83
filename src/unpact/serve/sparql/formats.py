"""The formats of answers: what each is called, when a client gets it, and how it is written."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import QueryResultsFormat, RdfFormat, parse_query_results, serialize

from unpact.names import PREFIXES
from unpact.render.results_json import write_json_boolean
from unpact.render.turtle import write_ttl
from unpact.serve.failures import RequestRefused
from unpact.serve.negotiation import best

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

_ENCODED = "; charset=utf-8"


class Format(NamedTuple):
    """A format.

    Args:
        names: as the parameter `format` takes them, the shortest first.
        media_types: by which a client may ask for it; the first is its own, the others are widely used.
        label: for people.
    """

    names: tuple[str, ...]
    media_types: tuple[str, ...]
    label: str

    @property
    def name(self) -> str:
        """The shortest name."""
        return self.names[0]

    @property
    def media_type(self) -> str:
        """Its own media type."""
        return self.media_types[0]


class Choice(NamedTuple):
    """What a client gets: a format, and the media type by which it asked for it."""

    format: Format
    media_type: str

    @property
    def content_type(self) -> str:
        """As the header has it."""
        text = self.media_type.startswith("text/")
        return self.media_type + (_ENCODED if text else "")


#: Of SELECT and ASK, the most usual first.
RESULTS = (
    Format(("json",), ("application/sparql-results+json", "application/json"), "JSON"),
    Format(("xml",), ("application/sparql-results+xml", "application/xml", "text/xml"), "XML"),
    Format(("csv",), ("text/csv",), "CSV"),
    Format(("tsv",), ("text/tab-separated-values", "text/plain"), "TSV"),
)
#: Of CONSTRUCT and DESCRIBE, and of graphs.
RDF = (
    Format(("ttl", "turtle"), ("text/turtle", "application/x-turtle"), "Turtle"),
    Format(("nt", "ntriples"), ("application/n-triples", "text/plain"), "N-Triples"),
    Format(("rdf", "rdfxml", "xml"), ("application/rdf+xml", "application/xml", "text/xml"), "RDF/XML"),
    Format(("jsonld", "json"), ("application/ld+json", "application/json"), "JSON-LD"),
    Format(("nq", "nquads"), ("application/n-quads",), "N-Quads"),
    Format(("trig",), ("application/trig",), "TriG"),
)
#: Of everything, for people.
PAGE = Format(("html",), ("text/html",), "page")
_NAMES = {name for each in (*RESULTS, *RDF, PAGE) for name in (*each.names, *each.media_types)}


@lru_cache(maxsize=512)
def choose(formats: tuple[Format, ...], accept: str, wanted: str | None) -> Choice:
    """What a client gets.

    Args:
        formats: there are for what it asks.
        accept: the header.
        wanted: the name or the media type of a format, which wins over the header. A word that is neither
            does not count: clients send words of their own beside the header, which says what they mean.

    Raises:
        RequestRefused: where it takes none of them.
    """
    own = {each.media_type: each for each in formats}
    others = {other: each for each in reversed(formats) for other in each.media_types[1:]}
    by_type = own | others
    if wanted in _NAMES:
        for each in formats:
            if wanted in (*each.names, *each.media_types):
                return Choice(each, wanted if wanted in each.media_types else each.media_type)
        hint = f"There are {', '.join(each.name for each in formats)}."
        raise RequestRefused(f"the answer has no format {wanted!r}", HTTPStatus.BAD_REQUEST, hint=hint)
    accepted = best(accept, tuple(by_type))
    if accepted is None:
        raise RequestRefused(
            "the answer has none of the media types that the header Accept names",
            HTTPStatus.NOT_ACCEPTABLE,
            hint=f"There are {', '.join(own)}.",
        )
    return Choice(by_type[accepted], accepted)


def write_rows(tsv: bytes, chosen: Format) -> bytes:
    """Rows that are there as TSV in the format that is wanted."""
    writer = QueryResultsFormat.from_media_type(chosen.media_type)
    if writer == QueryResultsFormat.TSV:
        return tsv
    return parse_query_results(tsv, QueryResultsFormat.TSV).serialize(format=writer) or b""


def write_truth(chosen: Format, *, answer: bool) -> bytes:
    """The answer of an ASK."""
    stream = StringIO()
    write_json_boolean(stream, answer=answer)
    read = parse_query_results(stream.getvalue().encode(), QueryResultsFormat.JSON)
    return read.serialize(format=QueryResultsFormat.from_media_type(chosen.media_type)) or b""


def write_triples(triples: Iterable[Triple], chosen: Format, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Triples; those of Turtle are sorted, so that they can be compared line by line."""
    writer = RdfFormat.from_media_type(chosen.media_type)
    if writer == RdfFormat.TURTLE:
        stream = StringIO()
        write_ttl(triples, stream, prefixes)
        return stream.getvalue().encode()
    return serialize(triples, format=writer, prefixes=dict(prefixes)) or b""
