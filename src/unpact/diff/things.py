"""From triples that went and came to things that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from unpact.describe.kinds import kinds_of
from unpact.diff.model import CHANGES, SECTIONS, FactChange, ThingChange
from unpact.diff.names import section_of
from unpact.diff.structure import Listed, Nested, Structures, Value
from unpact.diff.told import EVIDENCE, TYPE, annotation
from unpact.diff.unnamed import unnamed
from unpact.names import OWL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.diff.changes import Changes, Side
    from unpact.diff.told import Annotation, Told
    from unpact.graph.memory import MemoryGraph

#: stands for how many axioms there are about a triple, where the axioms say the same in another number
ANNOTATIONS = NamedNode(OWL + "Axiom")


def things_of(changes: Changes, old: Told, new: Told, names: MemoryGraph) -> tuple[ThingChange, ...]:
    """The things that changed, by section, then those that were added, removed and changed, by IRI.

    Args:
        changes: with the new names of things that were renamed.
        old: the one graph by things, under the same names.
        new: the other graph.
        names: of all things.
    """
    facts = _Facts(old, new)
    facts.read(changes)
    things = list(facts.of)
    kinds = kinds_of(names, things)
    found = [
        *(_thing(thing, facts.of[thing], kinds.get(thing, ()), old, new) for thing in things),
        *unnamed(changes),
    ]
    return tuple(sorted(found, key=_place))


def _place(change: ThingChange) -> tuple[int, int, str]:
    return SECTIONS.index(change.section), CHANGES.index(change.change), str(change.thing)


class _Facts:
    """The changes of facts, by thing."""

    def __init__(self, old: Told, new: Told) -> None:
        self._old = old
        self._new = new
        self.of: dict[NamedNode, list[FactChange]] = {}

    def read(self, changes: Changes) -> None:
        """Read all changes."""
        removed, added = _values(changes.removed), _values(changes.added)
        for thing, used in sorted({*removed, *added}, key=str):
            pairs = self._pairs(thing, used, removed.get((thing, used), []), added.get((thing, used), []))
            for before, after in pairs:
                side, value = (self._old, before) if after is None else (self._new, after)
                self._add(thing, FactChange(used, before, after, _evidence(side, thing, used, value)))
        annotated = {
            found[0]
            for side in changes
            for molecule in side.molecules
            if (found := annotation(molecule)) is not None
        }
        # the axioms about a triple that goes or comes are told with it
        for triple in sorted(annotated - changes.removed.ground - changes.added.ground, key=str):
            if isinstance(triple.subject, NamedNode):
                for change in self._annotations(triple):
                    self._add(triple.subject, change)

    def _add(self, thing: NamedNode, change: FactChange) -> None:
        self.of.setdefault(thing, []).append(change)

    def _pairs(
        self, thing: NamedNode, used: NamedNode, removed: list[Value], added: list[Value]
    ) -> Iterator[tuple[Value | None, Value | None]]:
        """The values that went beside those that came in their place."""
        for form in sorted({*map(_form, removed), *map(_form, added)}):
            before = [value for value in removed if _form(value) == form]
            after = [value for value in added if _form(value) == form]
            if len(before) == len(after) == 1 and (form != _IRI or self._sole(thing, used)):
                yield before[0], after[0]
            else:
                yield from ((value, None) for value in before)
                yield from ((None, value) for value in after)

    def _sole(self, thing: NamedNode, used: NamedNode) -> bool:
        """Whether a property has one value on each side; of several, none takes the place of another."""
        return all(len(side.values(thing, used)) == 1 for side in (self._old, self._new))

    def _annotations(self, triple: Triple) -> Iterator[FactChange]:
        """How what is said of a triple changed."""
        about = (triple.predicate, triple.object)
        before, after = self._old.annotations(triple), self._new.annotations(triple)
        said, says = _united(before), _united(after)
        if said == says:
            counts = (Literal(len(before)), Literal(len(after)))
            yield FactChange(ANNOTATIONS, *counts, self._new.evidence(triple), about)
        for used, value in sorted(said - says, key=str):
            yield FactChange(used, value, None, about=about)
        for used, value in sorted(says - said, key=str):
            yield FactChange(used, None, value, about=about)


_IRI = "iri"


def _form(value: Value) -> str:
    """Which values may take each other's place."""
    if isinstance(value, Listed | Nested):
        return "nested"
    if isinstance(value, NamedNode):
        return _IRI
    return f"literal@{value.language or ''}" if isinstance(value, Literal) else "other"


def _values(side: Side) -> dict[tuple[NamedNode, NamedNode], list[Value]]:
    """The values of named things, sorted."""
    found: dict[tuple[NamedNode, NamedNode], list[Value]] = {}
    for triple in side.ground:
        if isinstance(triple.subject, NamedNode):
            found.setdefault((triple.subject, triple.predicate), []).append(triple.object)
    for molecule in side.molecules:
        for thing, used, value in Structures(molecule).anchored():
            found.setdefault((thing, used), []).append(value)
    return {key: sorted(values, key=str) for key, values in found.items()}


def _evidence(side: Told, thing: NamedNode, used: NamedNode, value: Value | None) -> tuple[NamedNode, ...]:
    """The sentences and sources of a fact; those that a thing names are evidence, and need none."""
    if used in EVIDENCE:
        return ()
    if value is None or isinstance(value, Listed | Nested):
        return side.own_evidence(thing)
    return side.evidence(Triple(thing, used, value))


def _united(annotations: Iterable[Annotation]) -> Annotation:
    return frozenset(fact for each in annotations for fact in each)


def _thing(
    thing: NamedNode, facts: list[FactChange], kinds: tuple[NamedNode, ...], old: Told, new: Told
) -> ThingChange:
    side = new if thing in new or thing not in old else old
    values = _by_property(side, thing)
    return ThingChange(
        thing,
        section_of(thing, [*kinds, *old.values(thing, TYPE), *new.values(thing, TYPE)]),
        "changed" if (thing in old) == (thing in new) else "added" if thing in new else "removed",
        kinds,
        tuple(facts),
        side.own_evidence(thing),
        values,
    )


def _by_property(side: Told, thing: NamedNode) -> Mapping[NamedNode, tuple[Value, ...]]:
    properties = sorted({triple.predicate for triple in side.facts(thing)}, key=str)
    return {used: tuple(side.values(thing, used)) for used in properties}
