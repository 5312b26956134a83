"""What follows from a graph: OWL 2 RL rules, then the rules of the corpus, to a fixpoint.

The rules of OWL 2 RL are those of `unpact.reason`; `ontology/rules/*.rq` say what OWL RL cannot. Only
triples about things are kept, none about the ontology itself, and none in the words of RDF, RDFS or OWL,
save that two things are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from unpact.errors import QuerySyntaxError, StoreError
from unpact.names import DCTERMS, INFERRED_GRAPH, ORG, OWL, PROV, RDF, RDFS, SKOS, UNP, USER_GRAPH
from unpact.reason.closure import Closure
from unpact.reason.recorded import STATED
from unpact.reason.revise import revise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from unpact.corpus import CorpusFile
    from unpact.graph.memory import MemoryGraph
    from unpact.reason.codes import Coded, Term

_INFERRED = NamedNode(INFERRED_GRAPH)
_TYPE = NamedNode(RDF + "type")
_FIRST = NamedNode(RDF + "first")
# the vocabularies whose terms are inferred; alignments reach further, but no question is asked in their words
_DOMAIN = (UNP, ORG, PROV, SKOS, DCTERMS)
# what has one of these types is a thing of the domain all the same
_OF_THINGS = frozenset(NamedNode(OWL + name) for name in ("NamedIndividual", "Ontology", "Thing"))


@dataclass(frozen=True, slots=True)
class Inference:
    """A closure, with the rules of the corpus that took part in it.

    Args:
        closure: over all triples of the graph.
        rules: the paths of the rule files; the first has the number `unpact.reason.recorded.STATED`, each
            further one a number less.
        worth: what of the closure is worth having.
    """

    closure: Closure
    rules: tuple[str, ...]
    worth: Worth


class Worth:
    """Tells triples worth having from those about the ontology, or in the words of RDF, RDFS and OWL.

    Args:
        graph: what is asserted, nothing inferred yet.
        closure: over the same graph.
    """

    def __init__(self, graph: MemoryGraph, closure: Closure) -> None:
        ontology: set[object] = set()
        terms: set[str] = set()
        for quad in graph.store.quads_for_pattern(None, _TYPE, None, None):
            kind = quad.object
            if (
                isinstance(kind, NamedNode)
                and kind.value.startswith((OWL, RDFS, RDF))
                and kind not in _OF_THINGS
            ):
                ontology.add(quad.subject)
                if isinstance(quad.subject, NamedNode) and str(quad.graph_name).startswith(f"<{USER_GRAPH}"):
                    # users' own classes and properties count as the domain's
                    terms.add(quad.subject.value)
        ontology |= {quad.subject for quad in graph.store.quads_for_pattern(None, _FIRST, None, None)}
        known = closure.codes.known
        self._ontology = {code for term in ontology if (code := known(term)) is not None}  # type: ignore[arg-type]
        self._terms = terms
        self._closure = closure
        self._relations: dict[int, bool] = {closure.words["sameAs"]: True}

    def of(self, facts: Iterable[Coded]) -> Iterator[Coded]:
        """Those of `facts` that are worth having."""
        for fact in facts:
            subject, predicate, value = fact
            word = value if predicate == self._closure.words.type else predicate
            kept = self._relations.get(word)
            if kept is None:
                kept = self._relations[word] = self._of_domain(word)
            if kept and subject not in self._ontology:
                yield fact

    def _of_domain(self, word: int) -> bool:
        term = self._closure.codes.term(word)
        return isinstance(term, NamedNode) and (term.value.startswith(_DOMAIN) or term.value in self._terms)


def infer(
    graph: MemoryGraph, rule_files: Iterable[CorpusFile] = (), triples: Iterable[Triple] | None = None
) -> Inference:
    """Add all that follows to the graph `.../graph/inferred`; what is asserted already is not repeated.

    The corpus's rules run in the order given, once nothing new follows from the axioms; then both run again
    until nothing new follows at all. A rule with negation (`MINUS`, an unbound `OPTIONAL`) must not depend on
    what a later rule derives.

    Args:
        graph: what is asserted; what follows is added to it.
        rule_files: CONSTRUCT queries.
        triples: those of `graph`, in an order that does not change from run to run, so that of two ways to
            reach a conclusion the same one is remembered.

    Raises:
        StoreError: for a rule that is not a CONSTRUCT query.
    """
    closure = Closure()
    asserted = (quad.triple for quad in graph.store) if triples is None else triples
    closure.add(closure.codes.encode(map(_parts, asserted)))
    worth = Worth(graph, closure)
    _write(graph, closure, worth, 0)
    return _apply_rules(graph, closure, worth, rule_files)


def revise_inference(
    graph: MemoryGraph,
    inference: Inference,
    rule_files: Iterable[CorpusFile],
    removed: Collection[Quad],
    added: Collection[Quad],
) -> Inference:
    """Bring a graph and what follows from it up to date without starting over.

    The graph is then what `infer` makes of the same files. What the rules of the corpus gave is taken back
    and asked for again; all else goes only where something that it rests on went.

    Args:
        graph: with what follows from it.
        inference: what `infer` gave for it; it is changed.
        rule_files: as for `infer`.
        removed: quads that are no longer asserted.
        added: quads that are.

    Raises:
        StoreError: for a rule that is not a CONSTRUCT query.
    """
    closure = inference.closure
    for quad in removed:
        graph.store.remove(quad)
    graph.store.extend(added)
    # another file may still say it
    gone = [quad.triple for quad in removed if not graph.is_asserted(quad.triple)]
    encode = closure.codes.encode
    revise(closure, encode(map(_parts, gone)), encode(_parts(quad.triple) for quad in added))
    worth = Worth(graph, closure)
    facts = closure.facts
    follows = (
        facts.triple(relation, member)
        for relation, members in closure.inferred().items()
        for member in members
    )
    wanted = {_quad(closure, fact) for fact in worth.of(follows)}
    for quad in set(graph.store.quads_for_pattern(None, None, None, _INFERRED)) ^ wanted:
        if quad in wanted:
            graph.store.add(quad)
        else:
            graph.store.remove(quad)
    return _apply_rules(graph, closure, worth, rule_files)


def _apply_rules(
    graph: MemoryGraph, closure: Closure, worth: Worth, rule_files: Iterable[CorpusFile]
) -> Inference:
    rules = [(file.relative, file.read().decode("utf-8")) for file in rule_files]
    written = len(closure.rounds)
    grown = bool(rules)
    while grown:
        grown = False
        for place, (name, text) in enumerate(rules):
            if closure.conclude(STATED - place, _constructed(graph, closure, name, text)):
                grown = True
                written = _write(graph, closure, worth, written)
    return Inference(closure, tuple(name for name, _ in rules), worth)


def _parts(triple: Triple) -> tuple[NamedNode | BlankNode | Triple, NamedNode, Term]:
    return triple.subject, triple.predicate, triple.object


def _constructed(graph: MemoryGraph, closure: Closure, name: str, text: str) -> list[Coded]:
    """What a rule constructs anew, in the order of its text, so that every run numbers new terms alike."""
    try:
        made = {triple for triple in graph.construct(text) if not closure.holds(_parts(triple))}
    except QuerySyntaxError as error:
        raise StoreError(f"the rule does not parse: {error}", where=name) from None
    return list(closure.codes.encode(map(_parts, sorted(made, key=str))))


def _write(graph: MemoryGraph, closure: Closure, worth: Worth, written: int) -> int:
    """Bring the conclusions of the rounds since `written` into the graph; how many rounds there are."""
    facts = closure.facts
    for concluded in closure.rounds[written:]:
        new = (
            facts.triple(relation, member) for relation, members in concluded.items() for member in members
        )
        graph.store.extend(_quad(closure, fact) for fact in worth.of(new))
    return len(closure.rounds)


def _quad(closure: Closure, fact: Coded) -> Quad:
    return Quad(*closure.codes.decode(fact), _INFERRED)  # type: ignore[arg-type]  # no subject is a literal
