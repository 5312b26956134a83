"""What follows from a graph: OWL 2 RL rules, then the rules of the corpus, to a fixpoint.

The rules are files: `rl/*.rq`, each named after its rule in the OWL 2 Profiles recommendation (section 4.3),
and `ontology/rules/*.rq` for what OWL RL cannot say. Only triples about things are kept, none about the
ontology itself, and none in the words of RDF, RDFS or OWL. Rules that find inconsistencies and those for
equality are left to the reasoners of the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad

from unpact.errors import QuerySyntaxError, StoreError
from unpact.graph.rules import generic_rules
from unpact.names import DCTERMS, INFERRED_GRAPH, ORG, OWL, PROV, RDF, RDFS, SKOS, UNP, USER_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pyoxigraph import Triple

    from unpact.corpus import CorpusFile
    from unpact.graph.memory import MemoryGraph

_INFERRED = NamedNode(INFERRED_GRAPH)
_TYPE = NamedNode(RDF + "type")
_FIRST = NamedNode(RDF + "first")
# the vocabularies whose terms are inferred; alignments reach further, but no question is asked in their words
_DOMAIN = (UNP, ORG, PROV, SKOS, DCTERMS)
# what has one of these types is a thing of the domain all the same
_OF_THINGS = frozenset(NamedNode(OWL + name) for name in ("NamedIndividual", "Ontology", "Thing"))


def infer(graph: MemoryGraph, rule_files: Iterable[CorpusFile] = ()) -> int:
    """Add all that follows to the graph `.../graph/inferred`; what is asserted already is not repeated.

    The corpus's rules run in the order given, once nothing new follows from the generic ones; then both run
    again until nothing new follows at all. A rule with negation (`MINUS`, an unbound `OPTIONAL`) must not
    depend on what a later rule derives.

    Returns:
        The number of triples in the graph of inferred triples.

    Raises:
        StoreError: for a rule that is not a CONSTRUCT query.
    """
    generic = generic_rules()
    domain = [(file.relative, file.read().decode("utf-8")) for file in rule_files]
    kept = _domain_filter(graph)
    known = {quad.triple for quad in graph.store}
    while True:
        _saturate(graph, generic, known)
        if not _apply(graph, domain, known):
            break
    for quad in list(graph.store.quads_for_pattern(None, None, None, _INFERRED)):
        if not kept(quad.triple):
            graph.store.remove(quad)
    return sum(1 for _ in graph.store.quads_for_pattern(None, None, None, _INFERRED))


def _saturate(graph: MemoryGraph, rules: Sequence[tuple[str, str]], known: set[Triple]) -> None:
    while _apply(graph, rules, known):
        pass


def _apply(graph: MemoryGraph, rules: Iterable[tuple[str, str]], known: set[Triple]) -> bool:
    """Run each rule once; whether any brought something new."""
    grown = False
    for name, text in rules:
        try:
            new = {triple for triple in graph.construct(text) if triple not in known}
        except QuerySyntaxError as error:
            raise StoreError(f"the rule does not parse: {error}", where=name) from None
        if new:
            grown = True
            known |= new
            graph.store.extend(
                Quad(triple.subject, triple.predicate, triple.object, _INFERRED) for triple in new
            )
    return grown


def _domain_filter(graph: MemoryGraph) -> Callable[[Triple], bool]:
    """Tells triples worth keeping from those about the ontology or in the words of RDF, RDFS and OWL.

    `graph` holds what is asserted, nothing inferred yet.
    """
    ontology: set[NamedNode | BlankNode | Triple] = set()
    terms: set[str] = set()
    for quad in graph.store.quads_for_pattern(None, _TYPE, None, None):
        kind = quad.object
        if isinstance(kind, NamedNode) and kind.value.startswith((OWL, RDFS, RDF)) and kind not in _OF_THINGS:
            ontology.add(quad.subject)
            if isinstance(quad.subject, NamedNode) and str(quad.graph_name).startswith(f"<{USER_GRAPH}"):
                # users' own classes and properties count as the domain's
                terms.add(quad.subject.value)
    ontology |= {quad.subject for quad in graph.store.quads_for_pattern(None, _FIRST, None, None)}

    def of_domain(term: object) -> bool:
        return isinstance(term, NamedNode) and (term.value.startswith(_DOMAIN) or term.value in terms)

    def kept(triple: Triple) -> bool:
        if triple.subject in ontology:
            return False
        return of_domain(triple.object if triple.predicate == _TYPE else triple.predicate)

    return kept
