"""What changed of things without a name that hang on none: axioms such as `owl:AllDisjointClasses`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.diff.model import FactChange, ThingChange
from unpact.diff.names import section_of
from unpact.diff.structure import Nested, Structures, Value, terms_in
from unpact.diff.told import TYPE, annotation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.diff.changes import Changes, Side
    from unpact.diff.model import Change, Section

# two things are one that changed when they share at least this part of what they name
_ALIKE = 0.5


def unnamed(changes: Changes) -> Iterator[ThingChange]:
    """The things without a name that went and came; two of one class that name mostly the same are one."""
    come = list(_roots(changes.added))
    for before in _roots(changes.removed):
        alike = [(-_likeness(before, after), str(after), after) for after in come]
        if alike and -(best := min(alike, key=lambda each: each[:2]))[0] >= _ALIKE:
            come.remove(best[2])
            yield _changed(before, best[2])
        else:
            yield _whole(before, [FactChange(used, value, None) for used, value in _facts(before)], "removed")
    for after in come:
        yield _whole(after, [FactChange(used, None, value) for used, value in _facts(after)], "added")


def _roots(side: Side) -> Iterator[Value]:
    for molecule in side.molecules:
        structures = Structures(molecule)
        if annotation(molecule) is None and next(structures.anchored(), None) is None:
            yield from map(structures.value, structures.roots())


def _changed(before: Value, after: Value) -> ThingChange:
    was, now = _facts(before), _facts(after)
    gone, come = (Counter(was) - Counter(now)), (Counter(now) - Counter(was))
    facts = []
    for used in sorted({used for used, _ in (*gone, *come)}, key=str):
        old = [value for each, value in gone.elements() if each == used]
        new = [value for each, value in come.elements() if each == used]
        if len(old) == len(new) == 1:
            facts.append(FactChange(used, old[0], new[0]))
        else:
            facts += [FactChange(used, value, None) for value in old]
            facts += [FactChange(used, None, value) for value in new]
    return ThingChange(after, _section(after), "changed", _types(after), tuple(facts))


def _whole(thing: Value, facts: list[FactChange], change: Change) -> ThingChange:
    told = tuple(fact for fact in facts if fact.predicate != TYPE)
    return ThingChange(thing, _section(thing), change, _types(thing), told)


def _facts(value: Value) -> tuple[tuple[NamedNode, Value], ...]:
    return value.facts if isinstance(value, Nested) else ()


def _types(value: Value) -> tuple[NamedNode, ...]:
    return tuple(each for used, each in _facts(value) if used == TYPE and isinstance(each, NamedNode))


def _section(value: Value) -> Section:
    return section_of(None, _types(value))


def _likeness(one: Value, other: Value) -> float:
    """Which part of the IRIs in two values they share; none where their classes differ."""
    if _types(one) != _types(other):
        return 0.0
    names, others = set(terms_in(one)), set(terms_in(other))
    return len(names & others) / len(names | others) if names | others else 0.0
