"""Counts what VoID describes, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.export.nodes import TYPE
from unpact.names import OWL, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

# what links a thing to the same, or nearly the same, in another dataset
_LINKING = frozenset(
    {OWL + name for name in ("sameAs", "equivalentClass", "equivalentProperty")}
    | {SKOS + f"{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
    | {RDFS + "seeAlso"}
)


class OfProperty:
    """The triples of one property."""

    def __init__(self) -> None:
        self.triples = 0
        self.subjects: set[object] = set()
        self.objects: set[object] = set()


class Counts:
    """What there is in some triples, each counted once.

    Args:
        triples: in any order, repeated or not.
        space: how the IRIs of the dataset's own things begin.
    """

    def __init__(self, triples: Iterable[Triple], space: str) -> None:
        self.triples = 0
        self.subjects: set[object] = set()
        self.objects: set[object] = set()
        self.properties: dict[NamedNode, OfProperty] = {}
        self.classes: dict[NamedNode, set[object]] = {}
        self.links: dict[tuple[NamedNode, str], int] = {}
        self._space = space
        for triple in set(triples):
            self._count(triple)

    @property
    def entities(self) -> int:
        """The number of the dataset's own things of which something is said."""
        return sum(
            isinstance(subject, NamedNode) and subject.value.startswith(self._space)
            for subject in self.subjects
        )

    def _count(self, triple: Triple) -> None:
        subject, used, value = triple
        self.triples += 1
        self.subjects.add(subject)
        self.objects.add(value)
        of_property = self.properties.setdefault(used, OfProperty())
        of_property.triples += 1
        of_property.subjects.add(subject)
        of_property.objects.add(value)
        if used == TYPE and isinstance(value, NamedNode):
            self.classes.setdefault(value, set()).add(subject)
        elif (
            used.value in _LINKING
            and isinstance(value, NamedNode)
            and not value.value.startswith(self._space)
        ):
            key = (used, namespace_of(value.value))
            self.links[key] = self.links.get(key, 0) + 1


def namespace_of(iri: str) -> str:
    """An IRI up to its last `#` or `/`."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
