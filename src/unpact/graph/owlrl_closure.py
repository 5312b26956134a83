"""The same closure drawn by owlrl, which follows the recommendation to the letter and takes its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from unpact.errors import QuerySyntaxError, StoreError
from unpact.graph.closure import Worth
from unpact.names import INFERRED_GRAPH, OWL
from unpact.reason.closure import Closure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib

    from unpact.corpus import CorpusFile
    from unpact.graph.memory import MemoryGraph

_INFERRED = NamedNode(INFERRED_GRAPH)
_SAME = NamedNode(OWL + "sameAs")


def infer_with_owlrl(graph: MemoryGraph, rule_files: Iterable[CorpusFile] = ()) -> None:
    """Add all that follows to the graph `.../graph/inferred`, as `unpact.graph.closure.infer` does.

    Kept is what that keeps. owlrl 7.6.2 takes all instances of a class with a key of one property for the
    same.

    Args:
        graph: what is asserted; what follows is added to it.
        rule_files: CONSTRUCT queries.

    Raises:
        StoreError: for a rule that is not a CONSTRUCT query.
    """
    import owlrl

    from unpact.graph.rdflib_engine import to_rdflib, union_graph

    rules = [(file.relative, file.read().decode("utf-8")) for file in rule_files]
    known = {quad.triple for quad in graph.store}
    worth = _Kept(graph, known)
    whole = union_graph(graph)
    while True:
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(
            whole
        )
        _write(graph, known, worth(_things(whole)))
        made = [triple for name, text in rules for triple in _constructed(graph, known, worth, name, text)]
        if not made:
            return
        for triple in made:
            whole.add(to_rdflib(triple))


class _Kept:
    """What the other engine keeps, asked triple by triple."""

    def __init__(self, graph: MemoryGraph, known: set[Triple]) -> None:
        self._closure = Closure(record=False)
        parts = ((each.subject, each.predicate, each.object) for each in known)
        self._closure.take(self._closure.codes.encode(parts))
        self._worth = Worth(graph, self._closure)

    def __call__(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        codes = self._closure.codes
        for triple in triples:
            reflexive = triple.predicate == _SAME and triple.subject == triple.object
            fact = next(codes.encode([(triple.subject, triple.predicate, triple.object)]))
            if not reflexive and next(self._worth.of([fact]), None) is not None:
                yield triple


def _things(whole: rdflib.Graph) -> Iterator[Triple]:
    """The triples that RDF has: owlrl also says something about literals."""
    from unpact.graph.rdflib_engine import from_rdflib

    for subject, predicate, value in whole:
        start, used = from_rdflib(subject), from_rdflib(predicate)
        if not isinstance(start, Literal) and isinstance(used, NamedNode):
            yield Triple(start, used, from_rdflib(value))


def _constructed(graph: MemoryGraph, known: set[Triple], worth: _Kept, name: str, text: str) -> list[Triple]:
    try:
        made = [triple for triple in graph.construct(text) if triple not in known]
    except QuerySyntaxError as error:
        raise StoreError(f"the rule does not parse: {error}", where=name) from None
    _write(graph, known, worth(made))
    known.update(made)
    return made


def _write(graph: MemoryGraph, known: set[Triple], triples: Iterable[Triple]) -> None:
    new = [triple for triple in triples if triple not in known]
    known.update(new)
    graph.store.extend(Quad(each.subject, each.predicate, each.object, _INFERRED) for each in new)
