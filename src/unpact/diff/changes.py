"""Which triples and molecules of two graphs differ, and which things only changed their names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.diff.colours import coloured, replaced, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from unpact.diff.colours import Term
    from unpact.diff.molecules import Molecule, Parts

# a single triple, such as a class, is not enough to know a thing again by
_FEWEST_FACTS = 2


class Side(NamedTuple):
    """What one of two graphs has and the other has not."""

    ground: frozenset[Triple]
    molecules: tuple[Molecule, ...]
    """Sorted; a form that the other graph has less often stands here as often as it is missing there."""

    def __bool__(self) -> bool:
        return bool(self.ground or self.molecules)

    def triples(self) -> Iterable[Triple]:
        """All triples."""
        yield from self.ground
        for molecule in self.molecules:
            yield from molecule.triples


class Changes(NamedTuple):
    """What goes from one graph to make it another, and what comes."""

    removed: Side
    added: Side

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)


def changes_of(old: Parts, new: Parts) -> Changes:
    """The changes that make a graph isomorphic to `new` of one that is isomorphic to `old`."""
    same = {molecule.triples for molecule in old.molecules} & {molecule.triples for molecule in new.molecules}
    # most are the same to the letter, and need no form
    before = Counter(molecule for molecule in old.molecules if molecule.triples not in same)
    after = Counter(molecule for molecule in new.molecules if molecule.triples not in same)
    return Changes(
        Side(old.ground - new.ground, tuple(sorted((before - after).elements()))),
        Side(new.ground - old.ground, tuple(sorted((after - before).elements()))),
    )


def without_renamings(changes: Changes, old: Parts, new: Parts) -> tuple[Changes, dict[NamedNode, NamedNode]]:
    """The changes that are left when things of which only the names changed count as unchanged.

    Things of one graph alone are taken for nodes without names. Where no more than one on each side is told
    by the same facts, the two are one thing; all of its facts have to be the same.

    Returns:
        the changes, in which an old name never stands where its thing has a new one, and new names by old.
    """
    gone, come = _unknown(changes.removed, new), _unknown(changes.added, old)
    if not gone or not come:
        return changes, {}
    names = _pairs(changes, gone, come)
    while names:
        left = _renamed(changes, names)
        told = {term for side in left for triple in side.triples() for term in terms_of(triple)}
        wrong = [before for before, after in names.items() if before in told or after in told]
        if not wrong:
            return left, dict(sorted(names.items(), key=str))
        for before in wrong:
            del names[before]
    return changes, {}


def _unknown(side: Side, other: Parts) -> set[NamedNode]:
    """The IRIs of a side that the other graph does not have anywhere."""
    found = {term for triple in side.triples() for term in terms_of(triple) if isinstance(term, NamedNode)}
    if not found:
        return found
    known = {term for triple in other.ground for term in (triple.subject, triple.predicate, triple.object)}
    for molecule in other.molecules:
        known.update(term for triple in molecule.triples for term in terms_of(triple))
    return found - known


def _pairs(changes: Changes, gone: set[NamedNode], come: set[NamedNode]) -> dict[NamedNode, NamedNode]:
    """Things of the two sides that the same is said of, as far as anything is."""
    alike: set[tuple[str, ...]] | set[str]
    outlines = _outlines(changes.removed, gone), _outlines(changes.added, come)
    alike = set(outlines[0].values()) & set(outlines[1].values())
    known = 0
    gone, come = ({thing for thing in each if each[thing] in alike} for each in outlines)
    while gone and come and known != len(gone) + len(come):
        # what has no counterpart keeps its name, which tells apart what it is named by
        known = len(gone) + len(come)
        seen = _colours(changes.removed, gone, rounds=1), _colours(changes.added, come, rounds=1)
        alike = set(seen[0].values()) & set(seen[1].values())
        gone, come = ({thing for thing in each if each[thing] in alike} for each in seen)
    before, after = _colours(changes.removed, gone), _colours(changes.added, come)
    often = Counter(before.values()), Counter(after.values())
    by_colour = {colour: thing for thing, colour in after.items() if often[1][colour] == 1}
    return {
        thing: by_colour[colour]
        for thing, colour in before.items()
        if often[0][colour] == 1 and colour in by_colour
    }


def _outlines(side: Side, things: set[NamedNode]) -> dict[NamedNode, tuple[str, ...]]:
    """By which properties each thing stands in a triple, and where; much quicker to tell than its colour."""
    found: dict[NamedNode, list[str]] = {thing: [] for thing in things}
    for triple in side.triples():
        subject, used, value = triple
        name = "" if used in found else used.value
        for place, term in enumerate((subject, used, value)):
            if isinstance(term, NamedNode) and term in found:
                found[term].append(f"{place} {name}")
    return {thing: tuple(sorted(uses)) for thing, uses in found.items() if len(uses) >= _FEWEST_FACTS}


def _colours(side: Side, things: set[NamedNode], *, rounds: int | None = None) -> dict[NamedNode, str]:
    """What tells the things apart without their names, and without those of blank nodes."""
    if not things:
        return {}
    nodes = {node for molecule in side.molecules for node in molecule.nodes}
    unknown: set[Term] = {*things, *nodes}
    triples = [triple for triple in side.triples() if any(term in unknown for term in terms_of(triple))]
    colours = coloured(triples, unknown, rounds=rounds)
    return {thing: colours[thing] for thing in things}


def _renamed(changes: Changes, names: Mapping[NamedNode, NamedNode]) -> Changes:
    """The changes, with the new names of things on both sides."""
    known: dict[Term, Term] = dict(names.items())
    ground = {replaced(triple, lambda term: known.get(term, term)) for triple in changes.removed.ground}
    before = Counter(molecule.replaced(known) for molecule in changes.removed.molecules)
    after = Counter(changes.added.molecules)
    return Changes(
        Side(frozenset(ground - changes.added.ground), tuple(sorted((before - after).elements()))),
        Side(frozenset(changes.added.ground - ground), tuple(sorted((after - before).elements()))),
    )
