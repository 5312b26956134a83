"""The triples of an explanation are enough for its row: of them alone, the query gives the row again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store, Triple

from unpact.graph.memory import MemoryGraph
from unpact.query.run import run_text
from unpact.why.matching import explain_rows, facts
from unpact.why.whole import ways_of_constructed

from ..examples import examples  # noqa: TID252 - test folders are no packages
from .checking import Check, facts_in

GRAPH = NamedNode("urn:g")
TRIPLE = ("subject", "predicate", "object")
NODES = [f"urn:n{number}" for number in range(4)]
EDGES = [f"urn:p{number}" for number in range(3)]

_terms = st.sampled_from(["?a", "?b", "?c", *(f"<{node}>" for node in NODES[:2])])
_steps = st.sampled_from([f"<{edge}>" for edge in EDGES])


def _triples_with(signs: str) -> st.SearchStrategy[str]:
    """Some triple patterns and paths; a path is repeated by `signs`."""
    paths = st.recursive(
        _steps,
        lambda inner: st.one_of(
            st.builds("({}/{})".format, inner, inner),
            st.builds("({}|{})".format, inner, inner),
            st.builds("^({})".format, inner),
            st.builds("({}){}".format, inner, st.sampled_from(signs)),
        ),
        max_leaves=3,
    )
    patterns = st.builds("{} {} {}".format, _terms, st.one_of(_steps, st.just("?p"), paths), _terms)
    return st.lists(patterns, min_size=1, max_size=3).map(" . ".join)


def _monotone_with(triples: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Patterns that more triples only give more solutions."""
    return st.recursive(
        triples,
        lambda inner: st.one_of(
            st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
            st.builds("{} {{ {} }}".format, triples, inner),
            st.builds("{} FILTER EXISTS {{ {} }}".format, triples, inner),
            st.builds("{} {{ SELECT DISTINCT ?a ?b {{ {} }} }}".format, triples, inner),
        ),
        max_leaves=3,
    )


# a way of length zero rests on no triple, and is there only where its node is in some triple
_monotone = _monotone_with(_triples_with("+"))
_triples = _triples_with("*+?")
_any = st.recursive(
    _monotone_with(_triples),
    lambda inner: st.one_of(
        st.builds("{} OPTIONAL {{ {} }}".format, _triples, inner),
        st.builds("{} FILTER NOT EXISTS {{ {} }}".format, _triples, inner),
        st.builds("{} MINUS {{ {} }}".format, _triples, inner),
        st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
    ),
    max_leaves=3,
)
_worlds = st.sets(
    st.tuples(st.sampled_from(NODES), st.sampled_from(EDGES), st.sampled_from(NODES)), min_size=1, max_size=8
)
_shown = st.sampled_from(["DISTINCT ?a", "DISTINCT ?a ?b", "*", "?a (COUNT(*) AS ?n)"])


def _graph(triples: set[tuple[str, str, str]]) -> MemoryGraph:
    store = Store()
    store.extend(Quad(*(NamedNode(term) for term in triple), GRAPH) for triple in triples)
    return MemoryGraph(store)


def _query(shown: str, pattern: str) -> str:
    return f"SELECT {shown} {{ {pattern} }}{' GROUP BY ?a' if 'COUNT' in shown else ''}"


@pytest.mark.slow
@given(_worlds, _shown, _monotone)
@settings(max_examples=60)
def test_the_facts_of_a_row_give_the_row_again(
    triples: set[tuple[str, str, str]], shown: str, pattern: str
) -> None:
    graph = _graph(triples)
    text = _query(shown, pattern)
    result = run_text(graph, text)
    for row, found in zip(result.rows, explain_rows(graph, text, result.variables, result.rows), strict=True):
        alone = Store()
        alone.extend(Quad(*fact, GRAPH) for fact in facts(found))  # type: ignore[arg-type]
        if "COUNT" not in shown:
            assert row in run_text(MemoryGraph(alone), text).rows


@pytest.mark.slow
@given(_worlds, _shown, _any)
@settings(max_examples=examples(50))
def test_what_an_explanation_says_is_so(triples: set[tuple[str, str, str]], shown: str, pattern: str) -> None:
    graph = _graph(triples)
    text = _query(shown, pattern)
    result = run_text(graph, text)
    check = Check(graph, facts_in(graph.store))
    found = explain_rows(graph, text, result.variables, result.rows)
    assert [line for each in found for line in check.wrong(each)] == []
    for row, each in zip(result.rows, found, strict=True):
        assert explain_rows(graph, text, result.variables, [row]) == [each]
        if "COUNT" in shown:
            assert str(each.count) == getattr(row[1], "value", None)


@pytest.mark.slow
@given(_worlds, _any)
@settings(max_examples=25)
def test_exactly_what_is_constructed_has_premises(triples: set[tuple[str, str, str]], pattern: str) -> None:
    graph = _graph(triples)
    rule = f"CONSTRUCT {{ ?a <urn:made> ?b . ?b <urn:from> ?a }} {{ {pattern} }}"
    made = set(graph.construct(rule))
    every = [
        Triple(NamedNode(start), NamedNode("urn:made"), NamedNode(end)) for start in NODES for end in NODES
    ]
    rows = [(each.subject, each.predicate, each.object) for each in every]
    for triple, explanation in zip(every, explain_rows(graph, rule, TRIPLE, rows), strict=True):
        assert bool(explanation.solutions) is (triple in made)
    assert {Triple(*each) for each in ways_of_constructed(graph, rule)} == made  # type: ignore[arg-type]
