"""Every row of every example of every stored query is explained by what the graph holds, and every triple
that a rule makes has premises.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unpact.corpus import bundled
from unpact.graph.view import build_view
from unpact.query.catalogue import Catalogue
from unpact.query.run import run
from unpact.why import parts
from unpact.why.matching import explain_rows, facts
from unpact.why.supporting import facts_of_rows
from unpact.why.whole import ways_of_constructed

from .checking import Check, facts_in

if TYPE_CHECKING:
    from unpact.graph.memory import MemoryGraph
    from unpact.query.result import Result

ROOT = Path(__file__).parents[2]
QUERIES = sorted((ROOT / "queries").glob("*/*.rq"))
RULES = sorted((ROOT / "ontology" / "rules").glob("*.rq"))
TRIPLE = ("subject", "predicate", "object")
# one example each; together they have every construct that the stored queries have
SAMPLE = {
    "agents": 0,
    "corroboration": 1,
    "entry-into-force": 0,
    "examples": 0,
    "functions": 4,
    "party-status": 1,
    "sections": 0,
    "sentences-of": 0,
    "sessions": 1,
    "who-works-with-whom": 1,
}


@pytest.fixture(scope="module")
def graph() -> MemoryGraph:
    return build_view(bundled())


@pytest.fixture(scope="module")
def check(graph: MemoryGraph) -> Check:
    return Check(graph, facts_in(graph.store))


def answer(graph: MemoryGraph, path: Path, number: int) -> Result:
    (query,) = Catalogue([path])
    return run(graph, query, query.examples[number])


def wrong_with(graph: MemoryGraph, check: Check, result: Result) -> list[str]:
    found = explain_rows(graph, result.text, result.variables, result.rows)
    assert [each.row for each in found] == result.rows
    supporting = facts_of_rows(graph, result.text, result.variables, result.rows)
    wrong = [line for each in found for line in check.wrong(each)]
    return wrong + [
        f"a triple of the explanation supports no row: {fact}"
        for each, known in zip(found, supporting, strict=True)
        for fact in set(facts(each)) - set(known)
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("stem", "number"), SAMPLE.items())
def test_rows_of_some_stored_queries(graph: MemoryGraph, check: Check, stem: str, number: int) -> None:
    (path,) = (path for path in QUERIES if path.stem == stem)
    assert wrong_with(graph, check, answer(graph, path, number)) == []


@pytest.mark.slow
def test_the_sample_has_every_construct(graph: MemoryGraph) -> None:
    check = Check(graph, facts_in(graph.store))
    for path in QUERIES:
        if path.stem in SAMPLE:
            assert wrong_with(graph, check, answer(graph, path, SAMPLE[path.stem])) == []
    # no stored query has FILTER EXISTS by itself, or SERVICE
    everything = set(parts.Part.__args__) - {parts.ServiceCall}
    assert {kind.__name__ for kind in everything - check.seen} <= {"ExistsMatch"}


@pytest.mark.slow
@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_row_of_every_stored_query(graph: MemoryGraph, check: Check, path: Path) -> None:
    (query,) = Catalogue([path])
    for example in query.examples:
        assert wrong_with(graph, check, run(graph, query, example)) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_triple_of_a_rule_is_explained(graph: MemoryGraph, check: Check, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = [(triple.subject, triple.predicate, triple.object) for triple in graph.construct(text)]
    assert made
    found = explain_rows(graph, text, TRIPLE, made)
    assert [line for each in found for line in check.wrong(each)] == []


@pytest.mark.slow
@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_triples_of_a_rule_have_premises(graph: MemoryGraph, check: Check, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = sorted({(each.subject, each.predicate, each.object) for each in graph.construct(text)}, key=str)
    ways = ways_of_constructed(graph, text)
    assert set(ways) == set(made)
    some = made[:: max(1, len(made) // 20)]
    for triple, explanation in zip(some, explain_rows(graph, text, TRIPLE, some), strict=True):
        assert explanation.row == triple
        assert explanation.solutions
        assert check.wrong(explanation) == []
        # each way is what one of the solutions matched
        known = [set(parts.facts_of_parts(each.parts)) for each in explanation.solutions]
        assert ways[triple]
        assert all(set(way) in known for way in ways[triple])
