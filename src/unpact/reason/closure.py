"""The closure of a graph under compiled rules, in rounds, each from what the round before brought.

Round after round ("semi-naive" evaluation) finds for every conclusion a derivation of the fewest steps in
a row, and remembers it. Rounds are kept in order, so that what a conclusion rests on always stands in an
earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.reason.apply import apply_rule
from unpact.reason.codes import Codes
from unpact.reason.compile import compile_rules
from unpact.reason.facts import Facts
from unpact.reason.replacing import Replacing
from unpact.reason.words import Words, schema_relations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from unpact.reason.codes import Coded, Term
    from unpact.reason.facts import Members
    from unpact.reason.recorded import Entry, Round
    from unpact.reason.rule import Rule

# rules whose body is the same from both ends: what is new is looked at from one
_MIRRORED = frozenset(("prp-fp", "prp-ifp", "cls-maxc2", "cls-maxqc4"))


class Closure:
    """Facts with all that follows from them.

    Args:
        record: remember how each conclusion was reached, as explaining and revising it needs.

    Attributes:
        codes: the numbers of terms.
        words: those of the words of OWL.
        facts: all facts, asserted or inferred.
        asserted: those that were asserted, by relation.
        rules: every rule ever compiled; its place is its number.
        rounds: what was concluded, in order; empty where nothing is recorded.
        stated: what was handed in with `conclude`, by relation.
    """

    def __init__(self, *, record: bool = True) -> None:
        self.codes = Codes()
        self.words = Words(self.codes)
        self.facts = Facts(self.words.type)
        self.asserted: Members = {}
        self.rules: list[Rule] = []
        self.rounds: list[Round] = []
        self.stated: Members = {}
        self._record = record
        self._numbers: dict[Rule, int] = {}
        self._active: frozenset[int] = frozenset()
        self._went = False
        self._by_relation: dict[int, list[tuple[int, int]]] = {}
        self._schema = schema_relations(self.words)
        self._replacing = Replacing(self.facts, self.words)
        self.compile()

    def take(self, facts: Iterable[Coded]) -> dict[int, set[int]]:
        """Take in asserted triples without drawing conclusions; those that are new, by relation."""
        delta: dict[int, set[int]] = {}
        for relation, members in self.facts.grouped(facts).items():
            new = members - self.facts.of(relation)
            self.asserted.setdefault(relation, set()).update(members)
            if new:
                self.facts.add(relation, new)
                delta[relation] = new
        return delta

    def add(self, facts: Iterable[Coded]) -> None:
        """Assert triples, and conclude what follows from them with all that was there before."""
        self.proceed(self.take(facts))
        if self._went:
            # an axiom may end what others said: a property that has literals for values, a broken list
            from unpact.reason.revise import restart

            restart(self)
            self._went = False

    def conclude(self, number: int, facts: Iterable[Coded]) -> bool:
        """Take in what rules of another kind conclude, with all that follows; whether any of it was new.

        Args:
            number: by which the rule is known, from `unpact.reason.recorded.STATED` downwards.
            facts: the conclusions.
        """
        fresh: Round = {}
        for relation, members in self.facts.grouped(facts).items():
            new = members - self.facts.of(relation)
            if new:
                fresh[relation] = dict.fromkeys(sorted(new), number)
                self.stated.setdefault(relation, set()).update(new)
        self.proceed({}, fresh)
        return bool(fresh)

    def proceed(self, delta: Mapping[int, AbstractSet[int]], pending: Round | None = None) -> None:
        """Apply the rules until nothing new follows.

        Args:
            delta: members that are new, and among the facts already, by relation.
            pending: conclusions that are not among the facts yet.
        """
        pending = {} if pending is None else pending
        touched = self.is_schema(delta)
        while True:
            # a rule that is new sees all facts, not those alone that are new
            came, went = self.compile() if touched else (frozenset(), frozenset())
            self._went = self._went or bool(went)
            for number in sorted(came):
                self.apply_whole(number, pending)
            for relation, members in delta.items():
                for number, position in self._by_relation.get(relation, ()):
                    if number in came:
                        continue
                    apply_rule(self.facts, number, self.rules[number], position, members, pending)
            self._replacing.apply(delta, pending)
            if not pending:
                return
            for relation, concluded in pending.items():
                self.facts.add(relation, set(concluded))
            if self._record:
                self.rounds.append(pending)
            delta = {relation: concluded.keys() for relation, concluded in pending.items()}
            touched = self.is_schema(delta)
            pending = {}

    def apply_whole(self, number: int, pending: Round) -> None:
        """Conclude by one rule from all facts."""
        rule = self.rules[number]
        if rule.body:
            everything = self.facts.of(rule.body[0].relation)
            apply_rule(self.facts, number, rule, 0, everything, pending)
        else:
            member = rule.head.member(())
            if member not in self.facts.of(rule.head.relation):
                pending.setdefault(rule.head.relation, {}).setdefault(member, (number,))

    def compile(self) -> tuple[frozenset[int], frozenset[int]]:
        """Compile the axioms among the facts; the numbers of the rules that came, and of those that went."""
        active: list[int] = []
        for rule in compile_rules(self.facts, self.codes, self.words):
            number = self._numbers.setdefault(rule, len(self.rules))
            if number == len(self.rules):
                self.rules.append(rule)
            active.append(number)
        before, self._active = self._active, frozenset(active)
        self._by_relation = {}
        for number in active:
            rule = self.rules[number]
            seen: set[int] = set()
            for position, atom in enumerate(rule.body):
                if rule.name not in _MIRRORED or atom.relation not in seen:
                    self._by_relation.setdefault(atom.relation, []).append((number, position))
                seen.add(atom.relation)
        return self._active - before, before - self._active

    def holds(self, triple: tuple[Term, Term, Term]) -> bool:
        """Whether a triple of terms is among the facts."""
        subject, predicate, value = map(self.codes.known, triple)
        if subject is None or predicate is None or value is None:
            return False
        return self.facts.holds((subject, predicate, value))

    def is_schema(self, relations: Iterable[int]) -> bool:
        """Whether rules are compiled from one of the relations."""
        return not self._schema.isdisjoint(relations)

    def using(self, relation: int) -> list[tuple[int, int]]:
        """The rules that have a relation in their bodies, by number, each with the place where."""
        return self._by_relation.get(relation, [])

    def entry(self, relation: int, member: int) -> Entry | None:
        """How a conclusion was first reached; None for what is no conclusion, or is not recorded."""
        for concluded in self.rounds:
            if member in (found := concluded.get(relation, {})):
                return found[member]
        return None

    def active(self) -> list[tuple[int, Rule]]:
        """The rules that the axioms among the facts amount to, with their numbers."""
        return [(number, self.rules[number]) for number in sorted(self._active)]

    def entries(self) -> dict[Coded, Entry]:
        """How each inferred triple was first concluded, those of earlier rounds first."""
        return {
            self.facts.triple(relation, member): entry
            for concluded in self.rounds
            for relation, members in concluded.items()
            for member, entry in members.items()
        }

    def inferred(self) -> Members:
        """The members that are not asserted, by relation."""
        found = {
            relation: members - self.asserted.get(relation, set())
            for relation, members in self.facts.members.items()
        }
        return {relation: members for relation, members in found.items() if members}
