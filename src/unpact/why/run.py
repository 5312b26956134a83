"""Why a triple holds in a view, or what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Triple

from unpact.why.proof import Prover
from unpact.why.stated import InFiles, InGraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.corpus import Corpus, CorpusFile
    from unpact.graph.derivations import Derivations, Ways
    from unpact.graph.memory import MemoryGraph
    from unpact.reason.closure import Closure
    from unpact.reason.codes import Term
    from unpact.why.otherwise import Otherwise
    from unpact.why.parts import Fact
    from unpact.why.proof import Proof


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

        graph, derivations = build_explained(
            corpus, view, extra, only_extra=only_extra, cache=cache, ways=_ways
        )
        stated = InFiles(graph, view_files(corpus, view, extra, only_extra=only_extra))
        self._explain(graph, derivations, corpus, stated)

    @classmethod
    def of_graph(cls, graph: MemoryGraph, corpus: Corpus) -> Explainer:
        """What explains a graph that was copied from a store.

        Args:
            graph: with what was inferred in it, if anything was.
            corpus: its rules are those by which things were inferred, and places are looked for in its files.
        """
        from unpact.graph.copied import derivations_of
        from unpact.graph.view import view_files

        explainer = cls.__new__(cls)
        derivations = derivations_of(graph, corpus.rule_files(), _ways)
        stated = InGraphs(graph, view_files(corpus))
        explainer._explain(graph, derivations, corpus, stated)  # noqa: SLF001 - of this very class
        return explainer

    def _explain(self, graph: MemoryGraph, derivations: Derivations, corpus: Corpus, stated: InFiles) -> None:
        self.graph = graph
        self.derivations = derivations
        self._rules = {file.relative: file.read().decode("utf-8") for file in corpus.rule_files()}
        self.prover = Prover(graph, derivations, stated, self._rules)

    def why(self, triple: Triple) -> Proof | None:
        """The proof of a triple; None for one that does not hold."""
        return self.prover.prove(triple)

    def why_fact(self, fact: Fact) -> Proof | None:
        """The same for a triple as explanations of rows have it."""
        return self.why(_triple(fact))

    def all_ways(self, triple: Triple) -> list[Proof]:
        """Every proof of a triple that differs in its last step, the shortest first.

        The steps of the ontology's rules are all there; of a rule of the corpus, the one that was first. What
        could only be proved by way of the triple itself is left out.
        """
        from unpact.reason.ways import ways_to

        first = self.why(triple)
        if first is None:
            return []
        closure = self._closure
        (fact,) = closure.codes.encode([(triple.subject, triple.predicate, triple.object)])
        found = [first]
        for way in ways_to(closure, fact):
            parts = [_triple(closure.codes.decode(each)) for each in (*way.premises, *way.rule.axioms)]
            proof = self.prover.by_step(triple, way.rule.name, parts)
            if proof is not None and (proof.rule, proof.premises) != (first.rule, first.premises):
                found.append(proof)
        return sorted(found, key=lambda proof: sum(1 for _ in proof.parts()))

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

    def otherwise(self, triple: Triple) -> list[Otherwise]:
        """What the rules of the corpus say of the subject of a triple that does not hold."""
        from unpact.why.otherwise import otherwise

        return list(otherwise(self.graph, self._rules, triple))

    @cached_property
    def _closure(self) -> Closure:
        from unpact.reason.closure import Closure

        closure = Closure(record=False)
        parts = ((quad.subject, quad.predicate, quad.object) for quad in self.graph.store)
        closure.take(closure.codes.encode(parts))
        closure.compile()
        return closure


def _ways(graph: MemoryGraph, rule: str) -> Ways:
    # only what is not on disk yet needs it
    from unpact.why.whole import ways_of_constructed

    return ways_of_constructed(graph, rule)


def _triple(parts: tuple[Term, Term, Term]) -> Triple:
    return Triple(*parts)  # type: ignore[arg-type]  # facts have no literal for a subject
