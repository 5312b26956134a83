"""How each inferred triple of a view was reached, kept beside the view.

Kept as JSON: the terms as N-Triples, the rules with their axioms, and a step for each inferred triple, all by
number. What is asked for one triple reads nothing but numbers until it has found it.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pyoxigraph import RdfFormat, Triple, parse

from unpact.reason.recorded import REPLACED, STATED, number_of, premises

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unpact.graph.closure import Inference
    from unpact.reason.closure import Closure
    from unpact.reason.codes import Coded, Term
    from unpact.reason.recorded import Entry

#: what a rule makes: each triple with the triples behind it, for each way to it
Ways: TypeAlias = "Mapping[tuple[Term, Term, Term], Sequence[tuple[tuple[Term, Term, Term], ...]]]"
#: a step: subject, predicate, object, rule, then the premises, three terms each
_Step = list[int]


class Derivation(NamedTuple):
    """The last step to an inferred triple.

    Args:
        rule: its name in the OWL 2 Profiles recommendation, or the path of a rule of the corpus.
        premises: the triples that it was drawn from; of a rule of the corpus none until they are `completed`.
        axioms: the triples of the ontology by which it was drawn.
    """

    rule: str
    premises: tuple[Triple, ...]
    axioms: tuple[Triple, ...]


class Derivations:
    """The last step to each inferred triple.

    Args:
        terms: as N-Triples.
        rules: each rule's name, and its axioms by the numbers of their terms.
        steps: one for each triple, that of an earlier round first.
    """

    def __init__(
        self, terms: Sequence[str], rules: Sequence[tuple[str, Sequence[int]]], steps: Sequence[_Step]
    ) -> None:
        self._terms = terms
        self._rules = rules
        self._steps = steps
        self._parsed: dict[int, Term] = {}

    @classmethod
    def of(cls, inference: Inference) -> Derivations:
        """Those of a closure that was just drawn; of the rules of the corpus without premises."""
        return _Writer(inference).derivations()

    def completed(self, ways: Mapping[str, Ways]) -> Derivations:
        """The same with the premises of what the rules of the corpus gave.

        Args:
            ways: of each rule, by its path, what it makes, with what that rests on.
        """
        terms = list(self._terms)
        numbers = dict(self._numbers)

        def number(term: Term) -> int:
            found = numbers.get(str(term))
            if found is None:
                found = numbers[str(term)] = len(terms)
                terms.append(str(term))
            return found

        drawn = self._by_triple.keys()
        there: set[tuple[int, ...]] = set()
        steps = []
        for step in self._steps:
            name = self._rules[step[3]][0]
            if name in ways:
                fact = (self._term(step[0]), self._term(step[1]), self._term(step[2]))
                known = [[tuple(map(number, each)) for each in way] for way in ways[name].get(fact, ())]
                # the first way that was open at the time
                open_ways = (way for way in known if all(each in there or each not in drawn for each in way))
                way = next(open_ways, known[0] if known else [])
                steps.append([*step[:4], *(part for each in way for part in each)])
            else:
                steps.append(step)
            there.add((step[0], step[1], step[2]))
        return Derivations(terms, self._rules, steps)

    @classmethod
    def read(cls, content: bytes) -> Derivations:
        """What `dumped` wrote."""
        found = json.loads(content)
        return cls(found["terms"], found["rules"], found["steps"])

    def dumped(self) -> bytes:
        """As bytes that `read` takes."""
        content = {"terms": self._terms, "rules": self._rules, "steps": self._steps}
        return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()

    def __len__(self) -> int:
        return len(self._steps)

    def __iter__(self) -> Iterator[Triple]:
        """The inferred triples, in the order in which they were drawn."""
        return (self._triple(step) for step in self._steps)

    def find(self, triple: Triple) -> Derivation | None:
        """The last step to a triple; None for one that was not inferred."""
        step = self._by_triple.get(self._key(triple))
        if step is None:
            return None
        name, axioms = self._rules[step[3]]
        return Derivation(name, tuple(self._triples(step[4:])), tuple(self._triples(axioms)))

    def has(self, triple: Triple) -> bool:
        """Whether a triple was inferred, and so is in no file."""
        return self._key(triple) in self._by_triple

    def _key(self, triple: Triple) -> tuple[int, ...]:
        parts = (triple.subject, triple.predicate, triple.object)
        return tuple(self._numbers.get(str(part), -1) for part in parts)

    def counts(self) -> dict[str, int]:
        """How many triples each rule was the first to give, by name, the busiest first."""
        found: dict[str, int] = {}
        for step in self._steps:
            name = self._rules[step[3]][0]
            found[name] = found.get(name, 0) + 1
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {text: number for number, text in enumerate(self._terms)}

    @cached_property
    def _by_triple(self) -> dict[tuple[int, ...], _Step]:
        return {(step[0], step[1], step[2]): step for step in self._steps}

    def _triples(self, numbers: Sequence[int]) -> Iterator[Triple]:
        for place in range(0, len(numbers), 3):
            yield self._triple(numbers[place : place + 3])

    def _triple(self, numbers: Sequence[int]) -> Triple:
        return Triple(*map(self._term, numbers[:3]))  # type: ignore[arg-type]  # as they were in a triple

    def _term(self, number: int) -> Term:
        found = self._parsed.get(number)
        if found is None:
            text = f"<x:s> <x:p> {self._terms[number]} ."
            (quad,) = parse(input=text, format=RdfFormat.N_TRIPLES, lenient=True)
            found = self._parsed[number] = quad.object
        return found


class _Writer:
    def __init__(self, inference: Inference) -> None:
        self._inference = inference
        self._numbers: dict[int, int] = {}
        self._rules: dict[tuple[str, tuple[int, ...]], int] = {}

    def derivations(self) -> Derivations:
        closure = self._inference.closure
        steps = [self._step(fact, entry) for fact, entry in closure.entries().items()]
        terms = [str(closure.codes.term(code)) for code in self._numbers]
        return Derivations(terms, [(name, list(axioms)) for name, axioms in self._rules], steps)

    def _step(self, fact: Coded, entry: Entry) -> _Step:
        closure = self._inference.closure
        _, member = closure.facts.place(fact)
        drawn_from, axioms = premises(closure.facts, closure.rules, member, entry)
        name = self._name(closure, fact, entry)
        rule = (name, tuple(self._number(code) for axiom in axioms for code in axiom))
        place = self._rules.setdefault(rule, len(self._rules))
        return [
            *map(self._number, fact),
            place,
            *(self._number(code) for premise in drawn_from for code in premise),
        ]

    def _name(self, closure: Closure, fact: Coded, entry: Entry) -> str:
        number = number_of(entry)
        if number <= STATED:
            return self._inference.rules[STATED - number]
        if number != REPLACED:
            return closure.rules[number].name
        ((copied, _), _) = premises(closure.facts, closure.rules, 0, entry)
        changed = [one != other for one, other in zip(copied, fact, strict=True)]
        return f"eq-rep-{'spo'[changed.index(True)]}"

    def _number(self, code: int) -> int:
        return self._numbers.setdefault(code, len(self._numbers))
