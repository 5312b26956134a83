"""Which restriction is narrower than which (scm-svf1, scm-svf2, scm-avf1, scm-avf2, scm-hv).

An instance of a restriction need not show any value: from `x a [p some A]` follows `x a [p some B]` where
A is below B, and no other rule finds that.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from unpact.reason.codes import Coded
from unpact.reason.facts import of_class
from unpact.reason.rule import Atom, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.reason.schema import Schema
    from unpact.reason.words import Words

#: what is directly above a class or a property, with the axioms that say so
Above: TypeAlias = dict[int, dict[int, tuple[Coded, ...]]]
#: a restriction with its property, its filler and its triples
Restriction: TypeAlias = tuple[int, int, int, tuple[Coded, ...]]


def between_restrictions(schema: Schema, words: Words) -> Iterator[Rule]:
    """A rule for each pair of restrictions of which one is narrower than the other."""
    kinds = {
        word: list(schema.restrictions(word)) for word in ("someValuesFrom", "allValuesFrom", "hasValue")
    }
    if not any(len(each) > 1 for each in kinds.values()):
        return
    classes, properties = _classes_above(schema), _above(schema, "subPropertyOf", "equivalentProperty")
    for _, _, filler, _ in (*kinds["someValuesFrom"], *kinds["allValuesFrom"]):
        # scm-cls: every class is below the class of all things
        classes[filler].setdefault(words["Thing"], ())
    found: dict[tuple[str, int, int], tuple[Coded, ...]] = {}
    grown = True
    # a restriction found to be narrower makes restrictions over it narrower in turn
    while grown:
        grown = False
        for name, narrow, wide, axioms in list(_pairs(kinds, classes, properties)):
            if (name, narrow, wide) not in found:
                found[name, narrow, wide] = axioms
                classes[narrow].setdefault(wide, axioms)
                grown = True
    for (name, narrow, wide), axioms in found.items():
        yield Rule(name, (Atom(of_class(narrow), (0,)),), Atom(of_class(wide), (0,)), axioms)


def _pairs(
    kinds: dict[str, list[Restriction]], classes: Above, properties: Above
) -> Iterator[tuple[str, int, int, tuple[Coded, ...]]]:
    # which rule, over which restrictions; what has to be equal and what below; which of the two is narrower
    for name, word, by_property, above, upwards in (
        ("scm-svf1", "someValuesFrom", True, classes, True),
        ("scm-svf2", "someValuesFrom", False, properties, True),
        ("scm-avf1", "allValuesFrom", True, classes, True),
        ("scm-avf2", "allValuesFrom", False, properties, False),
        ("scm-hv", "hasValue", False, properties, True),
    ):
        alike: defaultdict[int, dict[int, list[Restriction]]] = defaultdict(dict)
        for each in kinds[word]:
            _, used, filler, _ = each
            fixed, compared = (used, filler) if by_property else (filler, used)
            alike[fixed].setdefault(compared, []).append(each)
        for group in alike.values():
            for lower, below in group.items():
                for upper, path in _reached(lower, above, group):
                    for one in below:
                        for other in group[upper]:
                            narrow, wide = (one, other) if upwards else (other, one)
                            if narrow[0] != wide[0]:
                                yield name, narrow[0], wide[0], (*narrow[3], *wide[3], *path)


def _reached(
    start: int, above: Above, wanted: dict[int, list[Restriction]]
) -> Iterator[tuple[int, tuple[Coded, ...]]]:
    """What of `wanted` is `start` or above it, nearest first, with the axioms of a shortest way up."""
    seen: dict[int, tuple[Coded, ...]] = {start: ()}
    todo = [start]
    yield start, ()
    for each in todo:
        for upper, axioms in above.get(each, {}).items():
            if upper not in seen:
                seen[upper] = (*seen[each], *axioms)
                todo.append(upper)
                if upper in wanted:
                    yield upper, seen[upper]


def _classes_above(schema: Schema) -> Above:
    above = _above(schema, "subClassOf", "equivalentClass")
    for whole, parts, axiom in schema.lists("intersectionOf"):
        for part in parts:
            above[whole].setdefault(part, (axiom,))
    for whole, parts, axiom in schema.lists("unionOf"):
        for part in parts:
            above[part].setdefault(whole, (axiom,))
    return above


def _above(schema: Schema, below: str, equivalent: str) -> Above:
    above: Above = defaultdict(dict)
    for narrow, wide, axiom in schema.pairs(below):
        above[narrow].setdefault(wide, (axiom,))
    for one, other, axiom in schema.pairs(equivalent):
        above[one].setdefault(other, (axiom,))
        above[other].setdefault(one, (axiom,))
    return above
