"""What tables call a thing: its label in the language asked for, else in English, else the last part of its
IRI.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from unpact.names import SOURCE, compact
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.graph.interface import Graph
    from unpact.render.rows import Cell, Tabular

_ALTERNATIVE = "http://www.w3.org/2004/02/skos/core#altLabel"
# The local name of a property, as in altLabel; a class (UpperCamelCase) and a thing (kebab-case) stay as they
# are.
_CAMEL = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMES = Path(__file__).with_name("labels.rq")


class Labels:
    """The labels of the things of one graph in one language; a Labeller.

    Args:
        graph: where the labels are.
        language: a language tag such as ``fr``; ``zh`` also finds ``zh-Hans``.
    """

    def __init__(self, graph: Graph, language: str = "en") -> None:
        self._graph = graph
        self._language = language.lower()
        self._known: dict[str, str] = {}

    def load(self, things: Iterable[NamedNode]) -> None:
        """Read the labels of `things` with one query; those read before are not read again."""
        missing = [thing for thing in dict.fromkeys(things) if thing.value not in self._known]
        if not missing:
            return
        found: dict[str, list[tuple[tuple[int, str], str]]] = {}
        for thing, used, label in self._graph.select(
            fill(_NAMES.read_text(encoding="utf-8"), {"things": missing})
        ):
            if isinstance(thing, NamedNode) and isinstance(used, NamedNode) and isinstance(label, Literal):
                rank = self._rank(used.value, label)
                if rank is not None:
                    found.setdefault(thing.value, []).append(((rank, label.value), label.value))
        for thing in missing:
            labels = found.get(thing.value)
            self._known[thing.value] = min(labels)[1] if labels else last_part(thing.value)

    def __call__(self, thing: NamedNode) -> str:
        """The words for `thing`, read from the graph when they are not known yet."""
        if thing.value not in self._known:
            self.load([thing])
        return self._known[thing.value]

    def _rank(self, used: str, label: Literal) -> int | None:
        """How good a name is, 0 best; None for one that should not be shown at all."""
        language = (label.language or "").lower()
        wanted = language == self._language or language.startswith(self._language + "-")
        if used == _ALTERNATIVE:
            # Another name in the language asked for says more to its reader than the English label does.
            return 1 if wanted and self._language != "en" else None
        if wanted:
            return 0
        if language == "en" or language.startswith("en-"):
            return 2
        return 4 if language else 3


def last_part(iri: str) -> str:
    """The part of an IRI behind its last ``#`` or ``/``, as words if it is a property.

    A sentence keeps its prefix, because its number is its name.
    """
    if iri.startswith(SOURCE):
        return compact(iri)
    part = re.split(r"[#/]", iri.rstrip("#/"))[-1] or iri
    return _HUMP.sub(" ", part).lower() if _CAMEL.fullmatch(part) else part


def things_in(result: Tabular) -> Iterable[NamedNode]:
    """Every IRI in the rows of `result`, with repetitions."""
    for row in result.rows:
        for cell in row:
            yield from _things(cell)


def _things(cell: Cell) -> Iterable[NamedNode]:
    if isinstance(cell, NamedNode):
        yield cell
    elif isinstance(cell, tuple):
        yield from cell
    elif isinstance(cell, Triple):
        for part in (cell.subject, cell.predicate, cell.object):
            yield from _things(part)
