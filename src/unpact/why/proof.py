"""The proof of a triple: where it is stated, or the rule and the triples from which it follows.

A proof has the fewest steps in a row that lead to its triple. Each conclusion rests on triples that were
there before it, so it has no circles. Should a rule of the corpus come to a triple by way of itself alone,
the premise is left unexplained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from unpact.why.parts import FilterTest, Negation
from unpact.why.readings import heading, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import NamedNode, Triple

    from unpact.finding import Place
    from unpact.graph.derivations import Derivations
    from unpact.graph.memory import MemoryGraph
    from unpact.why.parts import Explanation


@dataclass(frozen=True, slots=True)
class Proof:
    """Why one triple holds.

    Args:
        triple: what holds.
        place: where it is written; None for what is not.
        sentences: the sentences and sources that state it.
        rule: the rule by which it follows; None for what is written.
        reading: the rule in plain words.
        premises: what it follows from, the axioms of the ontology last.
        cut: its premises are left out, since they lead back to what is being proved.
    """

    triple: Triple
    place: Place | None = None
    sentences: tuple[NamedNode, ...] = ()
    rule: str | None = None
    reading: str = ""
    premises: tuple[Proof, ...] = ()
    cut: bool = False

    def leaves(self) -> Iterator[Proof]:
        """The parts that rest on nothing further, each once."""
        return (part for part in self.parts() if not part.premises)

    def parts(self) -> Iterator[Proof]:
        """The proof and the proofs that it is made of, each triple once, the nearest first."""
        seen = {self.triple}
        todo = [self]
        for part in todo:
            yield part
            for premise in part.premises:
                if premise.triple not in seen:
                    seen.add(premise.triple)
                    todo.append(premise)

    def all_sentences(self) -> tuple[NamedNode, ...]:
        """Every sentence and source that the proof rests on, each once."""
        return tuple(dict.fromkeys(each for leaf in self.leaves() for each in leaf.sentences))


@dataclass(frozen=True, slots=True)
class RowProof:
    """Why a row is in an answer.

    Args:
        title: the row in words.
        rule: the query.
        premises: the proofs of the triples behind the row, in the order of the query.
        absent: what the query looked for and did not find.
    """

    title: str
    rule: str
    premises: tuple[Proof, ...]
    absent: tuple[str, ...] = ()


def absences(explanation: Explanation) -> Iterator[str]:
    """What a query looked for and did not find, each pattern once."""
    found = (
        test.looked_for
        for solution in explanation.solutions
        for part in solution.parts
        for test in (part.tests if isinstance(part, FilterTest) else (part,))
        if isinstance(test, Negation)
    )
    yield from dict.fromkeys(found)


class Stated(Protocol):
    """Tells of triples that are written where, and what states them."""

    def place(self, triple: Triple, /) -> Place | None:
        """Where a triple is written."""

    def sentences(self, triple: Triple, /) -> tuple[NamedNode, ...]:
        """The sentences and sources of a triple that is written."""


class Prover:
    """Proves triples of one view.

    Args:
        graph: the view.
        derivations: how what is inferred in it was reached.
        stated: where triples are written, and what states them.
        rules: the texts of the corpus's rules by their paths.
    """

    def __init__(
        self,
        graph: MemoryGraph,
        derivations: Derivations,
        stated: Stated,
        rules: Mapping[str, str],
    ) -> None:
        self._graph = graph
        self._derivations = derivations
        self._stated = stated
        self._rules = rules
        self._known: dict[Triple, Proof] = {}
        self._partial: set[Triple] = set()

    def prove(self, triple: Triple) -> Proof | None:
        """The proof of a triple; None for one that does not hold."""
        if not self._graph.is_asserted(triple) and self._derivations.find(triple) is None:
            return None
        return self._prove(triple, frozenset())

    def by_step(self, triple: Triple, rule: str, premises: Iterable[Triple]) -> Proof | None:
        """The proof of a triple by a given last step; None where a premise rests on the triple itself."""
        parts = tuple(self._prove(each, frozenset((triple,))) for each in premises)
        if any(triple == each.triple for part in parts for each in part.parts()):
            return None
        return Proof(triple, rule=rule, reading=reading(rule), premises=parts)

    def reading(self, rule: str) -> str:
        """A rule in plain words, be it one of OWL 2 RL or one of the corpus."""
        text = self._rules.get(rule)
        return reading(rule) if text is None else heading(text)

    def _prove(self, triple: Triple, above: frozenset[Triple]) -> Proof:
        known = self._known.get(triple)
        if known is None:
            known = self._written(triple) or self._inferred(triple, above)
            # what is cut here may well be proved elsewhere
            if known.cut or any(premise.triple in self._partial for premise in known.premises):
                self._partial.add(triple)
            else:
                self._partial.discard(triple)
                self._known[triple] = known
        return known

    def _written(self, triple: Triple) -> Proof | None:
        if not self._graph.is_asserted(triple):
            return None
        return Proof(triple, self._stated.place(triple), self._stated.sentences(triple))

    def _inferred(self, triple: Triple, above: frozenset[Triple]) -> Proof:
        step = self._derivations.find(triple)
        if step is None or triple in above:
            return Proof(triple, cut=True)
        beneath = above | {triple}
        premises = tuple(self._prove(each, beneath) for each in (*step.premises, *step.axioms))
        return Proof(triple, rule=step.rule, reading=self.reading(step.rule), premises=premises)
