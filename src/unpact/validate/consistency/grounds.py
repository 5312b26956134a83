"""What a contradiction rests on, down to what is written, with the places."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from unpact.finding import Grounds, Premise
from unpact.names import OWL, RDF, RDFS
from unpact.notation import statement, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Triple

    from unpact.corpus import CorpusFile
    from unpact.finding import Place, Term
    from unpact.graph.contradictions import Contradiction, Contradictions
    from unpact.validate.locating import Locator
    from unpact.why.proof import Prover

_TYPE = NamedNode(RDF + "type")
# in the words of OWL, but of things
_OF_THINGS = (OWL + "sameAs", OWL + "differentFrom")


class Grounding:
    """Finds what the contradictions of one view rest on.

    Args:
        contradictions: of the view.
        locator: of its files.
        rules: of the corpus, by which some of its triples were inferred.
    """

    def __init__(self, contradictions: Contradictions, locator: Locator, rules: Sequence[CorpusFile]) -> None:
        self._contradictions = contradictions
        self._locator = locator
        self._rules = rules

    def of(self, contradiction: Contradiction, also: Iterable[Triple] = ()) -> Grounds:
        """The rule and all that it rests on, facts before axioms.

        Args:
            contradiction: one of the view.
            also: triples that its message speaks of, which may be others than those of the shortest proof.
        """
        # only where something is wrong
        from unpact.why.readings import reading

        leaves = list(dict.fromkeys([*also, *self._written(contradiction)]))
        leaves.sort(key=is_axiom)
        premises = (Premise(statement(each, _part), self._locator.exact(each)) for each in leaves)
        return Grounds(contradiction.rule, reading(contradiction.rule), tuple(premises))

    def place(self, contradiction: Contradiction, wanted: Iterable[Triple]) -> Place | None:
        """Where to look first.

        Args:
            contradiction: one of the view.
            wanted: where it is, if it is written, the best first.

        Returns:
            Else the likeliest at fault of what it rests on: in the last file, a use of a thing sooner than
            its type, the later line.
        """
        for triple in wanted:
            place = self._locator.exact(triple)
            if place is not None:
                return place
        placed = [
            (place, not is_axiom(each), self._locator.rank(each), each.predicate != _TYPE)
            for each in self._written(contradiction)
            if (place := self._locator.exact(each)) is not None
        ]
        if not placed:
            return None
        return max(placed, key=lambda each: (*each[1:], each[0].line or 0, each[0].column or 0))[0]

    def _written(self, contradiction: Contradiction) -> Iterator[Triple]:
        for leaf in contradiction.leaves:
            if leaf not in self._contradictions.constructed or self._prover is None:
                yield leaf
                continue
            proof = self._prover.prove(leaf)
            yield from (part.triple for part in proof.leaves()) if proof is not None else (leaf,)

    @cached_property
    def _prover(self) -> Prover | None:
        """Asks the rules of the corpus again what they made their triples from."""
        from unpact.graph.memory import MemoryGraph
        from unpact.why.proof import Prover
        from unpact.why.whole import ways_of_constructed

        reached = self._contradictions.derivations
        if reached is None:
            return None
        graph = MemoryGraph(self._locator.store())
        texts = {file.relative: file.read().decode("utf-8") for file in self._rules}
        ways = {path: ways_of_constructed(graph, text) for path, text in texts.items()}
        return Prover(graph, reached.completed(ways), _Unstated(), texts)


class _Unstated:
    """Tells no places and no sentences: of the leaves of a proof the places are looked up afterwards."""

    def place(self, _: Triple, /) -> Place | None:
        return None

    def sentences(self, _: Triple, /) -> tuple[NamedNode, ...]:
        return ()


def is_axiom(triple: Triple) -> bool:
    """Whether a triple is about classes and properties, and not about things."""
    used = triple.predicate.value
    if used in _OF_THINGS:
        return False
    kind = triple.object
    if triple.predicate == _TYPE:
        return isinstance(kind, NamedNode) and kind.value.startswith((OWL, RDFS, RDF))
    return used.startswith((OWL, RDFS, RDF))


def _part(term: Term) -> str:
    return "[]" if isinstance(term, BlankNode) else words(term)
