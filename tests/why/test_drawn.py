"""Explanations of rows as they are drawn: every row of every example of every stored query, each triple with
its proof.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unpact.corpus import bundled
from unpact.query.catalogue import Catalogue
from unpact.query.run import run
from unpact.render.explanations import RowTree, explanation_json, row_title
from unpact.render.results_json import typed
from unpact.render.tree import tree_lines
from unpact.why.matching import explain_rows, facts
from unpact.why.run import Explainer

if TYPE_CHECKING:
    from unpact.why.parts import Fact

QUERIES = sorted((Path(__file__).parents[2] / "queries").glob("*/*.rq"))
SAMPLE = ("sizes", "party-status", "sections")


@cache
def explainer() -> Explainer:
    return Explainer(bundled())


def prove(fact: Fact) -> object:
    proof = explainer().why_fact(fact)
    assert proof is not None, fact
    return proof


def check(path: Path) -> None:
    (query,) = Catalogue([path])
    for example in query.examples:
        result = run(explainer().graph, query, example)
        explanations = explain_rows(explainer().graph, result.text, result.variables, result.rows)
        for number, explanation in enumerate(explanations, 1):
            lines = list(tree_lines(RowTree(prove, {}).row(number, explanation)))  # type: ignore[arg-type]
            assert lines[0] == row_title(number, explanation)
            assert len(lines) > 1
            assert all(line.isprintable() for line in lines)
            drawn = "\n".join(lines)
            # what stands behind the first solutions is written somewhere, or follows by a rule
            if facts(explanation):
                assert "written in " in drawn or "by " in drawn
            found = explanation_json(explanation, typed, list)  # type: ignore[arg-type]
            assert json.loads(json.dumps(found, default=str))["kind"] == "Explanation"


@pytest.mark.slow
@pytest.mark.parametrize("stem", SAMPLE)
def test_rows_of_some_stored_queries(stem: str) -> None:
    check(next(path for path in QUERIES if path.stem == stem))


@pytest.mark.slow
@pytest.mark.parametrize("path", QUERIES, ids=[path.stem for path in QUERIES])
def test_rows_of_every_stored_query(path: Path) -> None:
    check(path)
