"""The values of a rule's variables for which its body holds, found by joining one atom after the other.

A plan starts from one atom whose members are given (those that are new, for a body atom; those to be
explained, for the head) and says in which order the others are looked up, so that each is found by an index.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from unpact.reason.codes import LITERAL, OBJECT, SHIFT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.reason.facts import Facts
    from unpact.reason.rule import Atom, Binding, Rule

#: where a plan begins: the position of a body atom, or the head
HEAD = -1


@dataclass(frozen=True, slots=True)
class _Step:
    """One atom, with the places of its terms in the row so far; None for a term that the step brings."""

    atom: Atom
    places: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the body of a rule is joined.

    Args:
        start: the atom whose members are given.
        steps: the others, in order.
        variables: those that a finished row has values for, in ascending order.
        order: where in the row each of them stands.
    """

    start: Atom
    steps: tuple[_Step, ...]
    variables: tuple[int, ...]
    order: tuple[int, ...]


Row: TypeAlias = tuple[int, ...]


@cache
def plan(rule: Rule, start: int, without: int | None = None) -> Plan:
    """The plan of a rule from the body atom at `start`, or from `HEAD`.

    Args:
        rule: whose body is joined.
        start: the position of the atom whose members are given.
        without: a body atom to leave out, to find what is missing.
    """
    first = rule.head if start == HEAD else rule.body[start]
    row: list[int] = []
    for term in first.terms:
        if term >= 0 and term not in row:
            row.append(term)
    left = [atom for place, atom in enumerate(rule.body) if place not in (start, without)]
    steps: list[_Step] = []
    while left:
        atom = min(left, key=lambda each: _effort(each, row))
        left.remove(atom)
        steps.append(_Step(atom, tuple(row.index(term) if term in row else None for term in atom.terms)))
        row += [term for term in dict.fromkeys(atom.terms) if term >= 0 and term not in row]
    variables = tuple(sorted(row))
    return Plan(first, tuple(steps), variables, tuple(map(row.index, variables)))


def _effort(atom: Atom, row: list[int]) -> tuple[int, bool]:
    """How many terms of an atom are not known yet, and whether none is: what is known is looked up first."""
    unknown = sum(term >= 0 and term not in row for term in atom.terms)
    return unknown, unknown == len(atom.terms)


def bindings(rule: Rule, chosen: Plan, members: Iterable[int], facts: Facts) -> list[Binding]:
    """Every binding of the rule's variables that agrees with one of the start atom's `members`."""
    rows = _begin(chosen.start, members)
    for step in chosen.steps:
        if not rows:
            return []
        rows = _extend(step, rows, facts)
    order = chosen.order
    if order != tuple(range(len(order))):
        rows = [tuple([row[place] for place in order]) for row in rows]
    for variable in rule.things:
        rows = [row for row in rows if row[variable] < LITERAL]
    if rule.apart is not None:
        one, other = rule.apart
        rows = [row for row in rows if row[one] != row[other]]
    return rows


def _begin(atom: Atom, members: Iterable[int]) -> list[Row]:
    if atom.relation < 0:
        (term,) = atom.terms
        return [(each,) for each in members] if term >= 0 else [() for each in members if each == ~term]
    first, second = atom.terms
    if first >= 0 and second >= 0:
        if first == second:
            return [(each & OBJECT,) for each in members if each >> SHIFT == each & OBJECT]
        return [(each >> SHIFT, each & OBJECT) for each in members]
    if first >= 0:
        return [(each >> SHIFT,) for each in members if each & OBJECT == ~second]
    if second >= 0:
        return [(each & OBJECT,) for each in members if each >> SHIFT == ~first]
    return [() for each in members if each == ~first << SHIFT | ~second]


def _extend(step: _Step, rows: list[Row], facts: Facts) -> list[Row]:
    relation, terms, places = step.atom.relation, step.atom.terms, step.places
    known = facts.of(relation)
    if relation < 0:
        return _members(terms[0], places[0], known, rows)
    if terms[0] < 0 or terms[1] < 0:
        return _with_constant(step, rows, facts)
    start, end = places
    if start is not None and end is not None:
        return [row for row in rows if row[start] << SHIFT | row[end] in known]
    if start is not None:
        objects = facts.by_subject(relation)
        return [(*row, value) for row in rows for value in objects.get(row[start], ())]
    if end is not None:
        subjects = facts.by_object(relation)
        return [(*row, subject) for row in rows for subject in subjects.get(row[end], ())]
    return [(*row, each >> SHIFT, each & OBJECT) for row in rows for each in known]


def _members(term: int, place: int | None, known: set[int], rows: list[Row]) -> list[Row]:
    if term < 0:
        return rows if ~term in known else []
    if place is None:
        return [(*row, each) for row in rows for each in known]
    return [row for row in rows if row[place] in known]


def _with_constant(step: _Step, rows: list[Row], facts: Facts) -> list[Row]:
    """A step over a property one of whose ends is a constant: `p(x, v)`."""
    relation, (first, second), (start, end) = step.atom.relation, step.atom.terms, step.places
    if first >= 0:
        if start is not None:
            known = facts.of(relation)
            return [row for row in rows if row[start] << SHIFT | ~second in known]
        found = facts.by_object(relation).get(~second, [])
    elif second >= 0:
        if end is not None:
            known = facts.of(relation)
            return [row for row in rows if ~first << SHIFT | row[end] in known]
        found = facts.by_subject(relation).get(~first, [])
    else:
        return rows if ~first << SHIFT | ~second in facts.of(relation) else []
    return [(*row, each) for row in rows for each in found]
