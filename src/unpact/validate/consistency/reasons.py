"""Why a thing belongs to a class: the triple that says so or that it follows from, and where that stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.names import RDF, RDFS, compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from unpact.finding import Place, Term
    from unpact.graph.interface import Graph
    from unpact.validate.locating import Locator

_TYPE, _DOMAIN, _RANGE = NamedNode(RDF + "type"), NamedNode(RDFS + "domain"), NamedNode(RDFS + "range")


class Reason(NamedTuple):
    """A triple that somebody wrote, because of which a thing belongs to a class.

    Args:
        triple: this triple.
        words: how the class follows, such as `by the range of unp:treaty`; empty where it is written as such.
        typing: whether the triple types the thing.
        place: of the triple.
        rank: of its file; the user's own come last.
    """

    triple: Triple
    words: str
    typing: bool
    place: Place
    rank: int

    @property
    def fault(self) -> tuple[int, bool, int, int]:
        """The greater, the likelier at fault: the later file, in it a use of the thing, the later line."""
        return (self.rank, not self.typing, self.place.line or 0, self.place.column or 0)


class Reasons:
    """The reasons for classes that exclude others.

    Args:
        graph: facts, ontology and inferred types, in one graph.
        locator: of the files.
    """

    def __init__(self, graph: Graph, locator: Locator) -> None:
        self._locator = locator
        # by a class that is written, or by a property and the end of it that the thing is
        self._implied: dict[tuple[Term | None, Term | None], set[Term | None]] = {}
        query = Path(__file__).with_name("implied.rq").read_text(encoding="utf-8")
        for cls, kind, used, end in graph.select(query):
            self._implied.setdefault((kind, None), set()).add(cls)
            self._implied.setdefault((used, end), set()).add(cls)

    def of(self, thing: Term | None, cls: Term | None) -> Reason | None:
        """The best reason for a thing to be of a class; None where nobody wrote any.

        A thing is first of all what it is said to be, and next what the user's own files use it for.
        """
        found = [
            ((end is None, triple.object == cls, rank), triple, end)
            for rank, triple in self._locator.about(thing)
            for end, key in _readings(thing, triple)
            if cls in self._implied.get(key, ())
        ]
        if not found:
            return None
        (typing, _, rank), triple, end = max(found, key=lambda each: (each[0], str(each[1])))
        place = self._locator.exact(triple)
        return None if place is None else Reason(triple, _words(cls, triple, end), typing, place, rank)


def _readings(thing: Term | None, triple: Triple) -> Iterator[tuple[Term | None, tuple[Term, Term | None]]]:
    if triple.subject == thing and triple.predicate == _TYPE:
        yield None, (triple.object, None)
    if triple.subject == thing:
        yield _DOMAIN, (triple.predicate, _DOMAIN)
    if triple.object == thing:
        yield _RANGE, (triple.predicate, _RANGE)


def _words(cls: Term | None, triple: Triple, end: Term | None) -> str:
    if end is None:
        return "" if triple.object == cls else f"as a {_word(triple.object)}"
    return f"by the {'domain' if end == _DOMAIN else 'range'} of {_word(triple.predicate)}"


def _word(term: Term) -> str:
    return compact(term.value) if isinstance(term, NamedNode) else str(term)
