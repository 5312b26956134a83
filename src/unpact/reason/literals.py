"""Contradictions about literals: two values where there is one, and values of another datatype.

OWL 2 RL says it with rules about literals themselves (dt-diff, dt-not-type), which would infer a fact for
each pair of them; here the values are compared.

Two kinds of data ranges are not looked into, since their values are not those of one datatype of XML Schema:
an enumeration (`owl:oneOf`), and what is made of other ranges (`owl:onDatatype`, unions, complements).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.reason.codes import LITERAL, OBJECT, SHIFT
from unpact.reason.facts import of_class
from unpact.reason.values import is_outside, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from unpact.reason.closure import Closure
    from unpact.reason.codes import Coded, Codes
    from unpact.reason.schema import Schema

#: the name of a rule, its premises and its axioms
Found = tuple[str, tuple["Coded", ...], tuple["Coded", ...]]


def two_values(closure: Closure, schema: Schema) -> Iterator[Found]:
    """Two literals of different values for a property that has one value (prp-fp, cls-maxc2, and dt-diff)."""
    facts = closure.facts
    pairs: dict[int, dict[int, list[int]]] = {}

    def several(used: int) -> dict[int, list[int]]:
        if used not in pairs:
            pairs[used] = _several(facts.of(used), closure.codes)
        return pairs[used]

    for used, axiom in schema.instances("FunctionalProperty"):
        for subject, values in several(used).items():
            for each in combinations(values, 2):
                yield "dt-diff", tuple((subject, used, value) for value in each), (axiom,)
    for kind, used, most, axioms in schema.restrictions("maxCardinality"):
        members = facts.of(of_class(kind)) if schema.is_one(most) else set()
        for subject, values in several(used).items() if members else ():
            if subject in members:
                what = facts.triple(of_class(kind), subject)
                for each in combinations(values, 2):
                    yield "dt-diff", (what, *((subject, used, value) for value in each)), axioms


def _several(members: AbstractSet[int], codes: Codes) -> dict[int, list[int]]:
    """The literals of each subject that has some of different values, one for each value."""
    literals = [each for each in members if each & OBJECT >= LITERAL]
    if len({each >> SHIFT for each in literals}) == len(literals):
        return {}
    by_subject: defaultdict[int, list[int]] = defaultdict(list)
    for each in sorted(literals):
        by_subject[each >> SHIFT].append(each & OBJECT)
    found = {}
    for subject, values in by_subject.items():
        if len(values) > 1:
            known = {value: code for code in reversed(values) if (value := value_of(_literal(codes, code)))}
            if len(known) > 1:
                found[subject] = sorted(known.values())
    return found


def outside(closure: Closure, schema: Schema) -> Iterator[Found]:
    """Literals that are not of the datatype which all values of the property are of (prp-rng, cls-avf)."""
    facts, codes = closure.facts, closure.codes
    for used, kind, axiom in schema.pairs("range"):
        if schema.is_datatype(kind):
            for each in sorted(_outside(facts.of(used), kind, codes)):
                yield "dt-not-type", (facts.triple(used, each),), (axiom,)
    for kind, used, filler, axioms in schema.restrictions("allValuesFrom"):
        members = facts.of(of_class(kind)) if schema.is_datatype(filler) else set()
        for each in sorted(_outside(facts.of(used), filler, codes)) if members else ():
            if each >> SHIFT in members:
                what = facts.triple(of_class(kind), each >> SHIFT)
                yield "dt-not-type", (what, facts.triple(used, each)), axioms


def _outside(members: AbstractSet[int], kind: int, codes: Codes) -> list[int]:
    datatype = codes.term(kind)
    if not isinstance(datatype, NamedNode):
        return []
    literals = {each & OBJECT for each in members}
    wrong = {
        each for each in literals if each >= LITERAL and is_outside(_literal(codes, each), datatype.value)
    }
    return [each for each in members if each & OBJECT in wrong] if wrong else []


def _literal(codes: Codes, code: int) -> Literal:
    term = codes.term(code)
    assert isinstance(term, Literal)  # noqa: S101 - numbers from LITERAL upwards are those of literals
    return term
