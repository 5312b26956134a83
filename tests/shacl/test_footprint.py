"""A question that the changes of a graph do not touch has the answer that it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.footprint import Changes
from unpact.shacl.shapes import ShapesGraph

from .test_against_pyshacl import graphs, shapes_graphs, terms

if TYPE_CHECKING:
    from pyoxigraph import Triple


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs(terms), graphs(terms), shapes_graphs(ordered=False), st.integers(0, 3))
def test_a_question_that_changes_do_not_touch_has_the_same_answer(
    before: list[Triple], added: list[Triple], shapes: list[Triple], kept: int
) -> None:
    graph = ShapesGraph(shapes)
    after = [*before[kept:], *added[:2]]
    changes = Changes(set(before) ^ set(after))
    full = validate_graph(in_memory(after), graph).results
    again = validate_graph(in_memory(after), graph, changes=changes).results
    asked_before = validate_graph(in_memory(before), graph).results
    # what is left out was there before: nothing new is missed
    missed = [each for each in full if each not in again]
    assert all(each in asked_before for each in missed)
