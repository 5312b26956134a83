"""What the places of a pattern can be, as far as it is known; None where it may be anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Quad

    from unpact.graph.interface import Term

    Places = tuple["frozenset[Term] | None", "frozenset[Term] | None", "frozenset[Term] | None"]
    Known = Mapping[str, frozenset[Term]]

#: More values than these are not written into a request; the pattern is fetched without them.
MOST_VALUES = 300


def columns(quads: Iterable[Quad]) -> tuple[frozenset[Term], frozenset[Term], frozenset[Term]]:
    """The subjects, the predicates and the objects of quads."""
    quads = list(quads)
    return (
        frozenset(quad.subject for quad in quads),
        frozenset(quad.predicate for quad in quads),
        frozenset(quad.object for quad in quads),
    )


def narrowed(known: Known, found: Known) -> dict[str, frozenset[Term]]:
    """What is found, within what is known already."""
    return {name: values & known.get(name, values) for name, values in found.items()}


def either(found: Sequence[Known]) -> dict[str, frozenset[Term]]:
    """What all branches bind, to what any of them finds."""
    names = set.intersection(*(set(one) for one in found))
    return {name: frozenset().union(*(one[name] for one in found)) for name in names}


def written(place: frozenset[Term] | None) -> frozenset[NamedNode] | None:
    """The values that a request can name; None for too many, and where some are no IRIs."""
    if place is None or len(place) > MOST_VALUES:
        return None
    iris = frozenset(term for term in place if isinstance(term, NamedNode))
    return iris if len(iris) == len(place) else None


def covers(done: Places, wanted: Places) -> bool:
    """Whether what was fetched for some places has all that others want."""
    return all(
        mine is None or (its is not None and its <= mine) for mine, its in zip(done, wanted, strict=True)
    )
