"""Why a triple holds in a view, or what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Triple

from unpact.why.proof import Constructed, Prover
from unpact.why.stated import InFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.corpus import Corpus, CorpusFile
    from unpact.graph.derivations import Derivations
    from unpact.graph.memory import MemoryGraph
    from unpact.reason.closure import Closure
    from unpact.reason.codes import Term
    from unpact.why.parts import Explanation
    from unpact.why.proof import Proof

# how many ways in which a rule of the corpus came to a triple are looked at, to find one without a circle
_WAYS = 3


@dataclass(frozen=True, slots=True)
class Lacking:
    """A rule that would conclude a triple if one more thing held.

    Args:
        rule: its name.
        found: the premises that hold.
        lacking: subject, predicate and object of the premise that does not; None where anything would do.
        axioms: by which the rule says so.
    """

    rule: str
    found: tuple[Triple, ...]
    lacking: tuple[Term | None, Term | None, Term | None]
    axioms: tuple[Triple, ...]


class Explainer:
    """Explains triples of one view.

    Args:
        corpus: the ontology, its rules and the bundled facts.
        view: `best` or `article`.
        extra: the user's own files.
        only_extra: leave out the bundled facts.
        cache: keep on disk what is derived.
    """

    def __init__(
        self,
        corpus: Corpus,
        view: str = "best",
        extra: Sequence[CorpusFile] = (),
        *,
        only_extra: bool = False,
        cache: bool = True,
    ) -> None:
        from unpact.graph.view import build_explained, view_files

        self.graph: MemoryGraph
        self.derivations: Derivations
        self.graph, self.derivations = build_explained(
            corpus, view, extra, only_extra=only_extra, cache=cache
        )
        self._rules = {file.relative: file.read().decode("utf-8") for file in corpus.rule_files()}
        stated = InFiles(self.graph, view_files(corpus, view, extra, only_extra=only_extra))
        self.prover = Prover(self.graph, self.derivations, stated, self._rules, self._constructed)

    def why(self, triple: Triple) -> Proof | None:
        """The proof of a triple; None for one that does not hold."""
        return self.prover.prove(triple)

    def why_not(self, triple: Triple) -> list[Lacking]:
        """The rules of the ontology that lack one premise to conclude a triple, the nearest first."""
        from unpact.reason.missing import missing

        closure = self._closure
        (fact,) = closure.codes.encode([(triple.subject, triple.predicate, triple.object)])
        term, decode = closure.codes.term, closure.codes.decode
        return [
            Lacking(
                each.rule.name,
                tuple(_triple(decode(known)) for known in each.found),
                tuple(None if code is None else term(code) for code in each.lacking),  # type: ignore[arg-type]
                tuple(_triple(decode(axiom)) for axiom in each.rule.axioms),
            )
            for each in missing(closure, fact)
        ]

    @cached_property
    def _closure(self) -> Closure:
        from unpact.reason.closure import Closure

        closure = Closure(record=False)
        parts = ((quad.subject, quad.predicate, quad.object) for quad in self.graph.store)
        closure.take(closure.codes.encode(parts))
        closure.compile()
        return closure

    def _constructed(self, text: str, triple: Triple) -> Iterator[Constructed]:
        return constructed_ways(self.graph, text, triple)


def constructed_ways(graph: MemoryGraph, text: str, triple: Triple) -> Iterator[Constructed]:
    """The ways in which a rule of the corpus comes to a triple, those that are looked at.

    Args:
        graph: the view.
        text: the rule.
        triple: that it may have made.
    """
    from unpact.why.matching import facts, premises_of_constructed

    fact = (triple.subject, triple.predicate, triple.object)
    for way in premises_of_constructed(graph, text, fact, limit=_WAYS):
        yield Constructed(tuple(map(_triple, facts(way))), tuple(_absences(way)))


def _absences(way: Explanation) -> Iterator[str]:
    """What a rule looked for and did not find, each pattern once."""
    from unpact.why.parts import FilterTest, Negation

    found = (
        test.looked_for
        for solution in way.solutions
        for part in solution.parts
        for test in (part.tests if isinstance(part, FilterTest) else (part,))
        if isinstance(test, Negation)
    )
    yield from dict.fromkeys(found)


def _triple(parts: tuple[Term, Term, Term]) -> Triple:
    return Triple(*parts)  # type: ignore[arg-type]  # facts have no literal for a subject
