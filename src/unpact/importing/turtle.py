"""Writes Turtle a node at a time, in the layout of `unpact fmt`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import Literal

from unpact.names import ID, PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.importing.dates import PartialDate

_OWN = re.compile("[a-z0-9][a-z0-9-]*")
_NEXT_PROPERTY = " ;\n    "
_NEXT_VALUE = " ,\n        "


class TurtleWriter:
    """Writes to a stream whatever it is given, at once.

    Args:
        stream: opened as UTF-8, with newlines left as they are.
        title: the comment on the first line.
        prefixes: names of `unpact.names.PREFIXES` that will be used.
    """

    def __init__(self, stream: TextIO, title: str, prefixes: Sequence[str]) -> None:
        self._stream = stream
        stream.write(_comment(title))
        stream.writelines(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in prefixes)

    def node(self, subject: str, kind: str, properties: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Write what is said of `subject`.

        Args:
            subject: an IRI.
            kind: its class; empty for a node that has its class elsewhere.
            properties: CURIEs with values as `iri`, `text`, `plain` and `dated` write them; one without
                values is left out.
        """
        lines = [f"a {iri(kind)}"] if kind else []
        lines += [f"{name} {_NEXT_VALUE.join(values)}" for name, values in properties if values]
        self._stream.write(f"\n{iri(subject)} {_NEXT_PROPERTY.join(lines)} .\n")

    def annotate(self, subject: str, name: str, value: str, source: str) -> None:
        """Say of one triple which source gives it, as OWL 2 does it."""
        parts = (
            ("owl:annotatedSource", iri(subject)),
            ("owl:annotatedProperty", name),
            ("owl:annotatedTarget", value),
            ("unp:accordingTo", iri(source)),
        )
        self._stream.write(f"[] a owl:Axiom ; {' ; '.join(map(' '.join, parts))} .\n")

    def comment(self, text: str) -> None:
        """Write a comment on a line of its own."""
        self._stream.write("\n" + _comment(text))


@lru_cache(maxsize=4096)
def iri(value: str) -> str:
    """An IRI, shortened where a prefix fits."""
    # most are names of our own, each of which is written once and finds no use in the cache
    local = value.removeprefix(ID)
    if local != value and _OWN.fullmatch(local):
        return f"id:{local}"
    short = compact(value)
    return f"<{value}>" if short == value else short


@lru_cache(maxsize=4096)
def text(value: str, language: str) -> str:
    """A text in a language."""
    return str(Literal(value, language=language))


def plain(value: str) -> str:
    """A string without a language, such as a code."""
    return str(Literal(value))


def dated(date: PartialDate) -> str:
    """A date as precise as it is known."""
    return f'"{date}"^^xsd:{date.datatype}'


def _comment(text: str) -> str:
    words = "".join(character if character.isprintable() else " " for character in text).split()
    return f"# {' '.join(words)}".rstrip() + "\n"
