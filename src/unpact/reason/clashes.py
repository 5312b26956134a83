"""Where a graph contradicts itself: the rules of OWL 2 RL that conclude `false`.

The rules are those of the OWL 2 Profiles recommendation, section 4.3. They are asked once, of a closure that
is complete. Classes and properties that exclude each other are compared as sets, literals by their values;
the rest is joined as for any rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from unpact.reason.codes import LITERAL, OBJECT, SHIFT
from unpact.reason.denials import denials, satisfied
from unpact.reason.facts import Facts, of_class
from unpact.reason.literals import outside, two_values
from unpact.reason.schema import Schema
from unpact.reason.values import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.reason.closure import Closure
    from unpact.reason.codes import Coded
    from unpact.reason.literals import Found


@dataclass(frozen=True, slots=True)
class Clash:
    """Facts that cannot all hold.

    Args:
        rule: by which they cannot, by its name in the recommendation: `cax-dw`.
        premises: the facts, asserted or inferred.
        axioms: the triples of the ontology that say so.
    """

    rule: str
    premises: tuple[Coded, ...]
    axioms: tuple[Coded, ...]


def clashes(closure: Closure) -> list[Clash]:
    """Every contradiction in a closure, in an order that depends on what was asserted alone.

    Facts that contradict each other by several axioms are given once for each rule.
    """
    schema = Schema(closure.facts, closure.codes, closure.words)
    found: dict[tuple[str, frozenset[Coded]], Clash] = {}
    for name, premises, axioms in _all(closure, schema):
        # a fact that takes the place of two premises is one
        once = tuple(dict.fromkeys(premises))
        found.setdefault((name, frozenset(once)), Clash(name, once, axioms))
    return sorted(found.values(), key=lambda clash: (clash.rule, clash.axioms, clash.premises))


def _all(closure: Closure, schema: Schema) -> Iterator[Found]:
    facts, words = closure.facts, closure.words
    lists = _Lists(closure, schema)
    yield from _exclusions(facts, schema, lists)
    for rule in denials(schema, words):
        for binding in satisfied(rule, facts):
            body = (facts.triple(atom.relation, atom.member(binding)) for atom in rule.body)
            yield rule.name, tuple(body), rule.axioms
    yield from _all_different(facts, lists, words["sameAs"])
    yield from _denied(closure, schema)
    yield from two_values(closure, schema)
    yield from outside(closure, schema)


def _exclusions(facts: Facts, schema: Schema, lists: _Lists) -> Iterator[Found]:
    """What is in two classes, or linked by two properties, that have nothing in common."""
    for name, word in (("cax-dw", "disjointWith"), ("cls-com", "complementOf")):
        for one, other, axiom in schema.pairs(word):
            yield from _in_both(facts, name, [of_class(one), of_class(other)], (axiom,))
    for one, other, axiom in schema.pairs("propertyDisjointWith"):
        yield from _in_both(facts, "prp-pdw", [one, other], (axiom,))
    for members, axioms in lists.of("AllDisjointClasses", "members"):
        yield from _in_both(facts, "cax-adc", [of_class(each) for each in members], axioms)
    for members, axioms in lists.of("AllDisjointProperties", "members"):
        yield from _in_both(facts, "prp-adp", members, axioms)


def _in_both(facts: Facts, name: str, relations: Sequence[int], axioms: tuple[Coded, ...]) -> Iterator[Found]:
    """The members of two of several relations, each two of them; one that is named twice has two places."""
    seen: set[int] = set()
    for place, relation in enumerate(relations):
        known = facts.of(relation)
        # most have nothing in common with all before, and then no two are compared
        if not known.isdisjoint(seen):
            for earlier in relations[:place]:
                for each in sorted(known & facts.of(earlier)):
                    yield name, (facts.triple(earlier, each), facts.triple(relation, each)), axioms
        if place + 1 < len(relations):
            seen |= known


def _all_different(facts: Facts, lists: _Lists, same: int) -> Iterator[Found]:
    for name, word in (("eq-diff2", "members"), ("eq-diff3", "distinctMembers")):
        for members, axioms in lists.of("AllDifferent", word):
            different = set(members)
            if len(different) < len(members):
                # what is named twice is the same as itself
                cells = lists.cells(axioms[0][2])
                for each in sorted(different):
                    named = [cell for cell in cells if cell[2] == each]
                    if len(named) > 1:
                        yield name, tuple(named), axioms
            for each in sorted(facts.of(same)):
                one, other = each >> SHIFT, each & OBJECT
                if one < other and one in different and other in different:
                    yield name, (facts.triple(same, each),), axioms


class _Lists:
    """The lists of axioms about all their members, as they are asserted.

    Where two things turn out to be the same, each stands in every place of the other, so a list that is
    closed has two members in one place.
    """

    def __init__(self, closure: Closure, schema: Schema) -> None:
        self._schema = schema
        self._words = closure.words
        written = Facts(closure.words.type)
        words = (closure.words["first"], closure.words["rest"])
        written.members = {word: closure.asserted.get(word, set()) for word in words}
        self._written = Schema(written, closure.codes, closure.words)

    def of(self, kind: str, word: str) -> Iterator[tuple[list[int], tuple[Coded, ...]]]:
        """The members of each list, with the triples that say what holds of them.

        Args:
            kind: of the axioms, by its local name in OWL.
            word: the property that names the list.
        """
        for node, axiom in self._schema.instances(kind):
            for head in self._schema.values(node, word):
                yield self._written.list_of(head), ((node, self._words[word], head), axiom)

    def cells(self, head: int) -> list[Coded]:
        """The triples that name the members of a list."""
        return self._written.cells(head)


def _denied(closure: Closure, schema: Schema) -> Iterator[Found]:
    """What holds although it is said not to; a literal holds in whichever way its value is written."""
    words = closure.words
    for denial, subject, first in schema.pairs("sourceIndividual"):
        for used in schema.values(denial, "assertionProperty"):
            second = (denial, words["assertionProperty"], used)
            for name, word in (("prp-npa1", "targetIndividual"), ("prp-npa2", "targetValue")):
                for target in schema.values(denial, word):
                    for value in _alike(closure, used, subject, target):
                        fact = (subject, used, value)
                        yield name, (fact,), (first, second, (denial, words[word], target))


def _alike(closure: Closure, used: int, subject: int, target: int) -> list[int]:
    if closure.facts.holds((subject, used, target)):
        return [target]
    literal = closure.codes.term(target)
    wanted = value_of(literal) if isinstance(literal, Literal) else None
    if wanted is None:
        return []
    others = (each for each in closure.facts.objects(used, subject) if each >= LITERAL)
    return [each for each in others if value_of(closure.codes.term(each)) == wanted]  # type: ignore[arg-type]  # numbers from LITERAL upwards are those of literals
