"""Which discrepancies the rows of an answer touch.

The triples behind the rows are found as for ``--cite``. That costs as much as the query itself, so it is done
only where a thing at issue is among the values of the rows or in the query, and a property at issue in the
query.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import RDF, RDFS, UNP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.evidence.discrepancies import Discrepancy, Term
    from unpact.graph.interface import Graph
    from unpact.query.result import Result

_LABEL = NamedNode(RDFS + "label")
_TYPE = NamedNode(RDF + "type")
_ERROR = NamedNode(UNP + "Error")
_A = re.compile(r"\sa\s")
_LIMITED = re.compile(r"\bLIMIT\b", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
# a pattern whose property is a variable, as opposed to columns, groups and orders
_ANY_PROPERTY = re.compile(r"\?\w+\s+\?\w+\s+[^\s?(]|\?\w+\s+\?\w+\s+\?\w+\s*[.;}]")


def touched(graph: Graph, result: Result, *, named: bool = False) -> list[Discrepancy]:
    """The discrepancies that `result`, an answer of `graph`, touches; sorted.

    Args:
        graph: what was asked.
        result: rows, or triples; yes or no touches none.
        named: the rows are shown with the names of things, so that a corrected name counts as well.
    """
    if not result.rows or result.kind == "ask":
        return []
    cells = {cell for row in result.rows for cell in row if cell is not None}
    by_name, near = _candidates(graph, _COMMENT.sub("", result.text), cells)
    if not named:
        by_name = set()
    if not by_name and not near:
        return []
    # most answers end before this
    from unpact.evidence.discrepancies import discrepancies

    known = [each for each in discrepancies(graph) if each.node in by_name | near]
    behind = _behind(graph, result, [each for each in known if each.node not in by_name])
    found = [*(each for each in known if each.node in by_name), *behind]
    return sorted(found, key=lambda each: each.node.value)


def _candidates(graph: Graph, text: str, cells: set[Term]) -> tuple[set[Term], set[Term]]:
    """The discrepancies of a name that the rows show corrected, and those that the rows may touch.

    The test costs little. An answer that neither shows a thing at issue nor asks for it by name, such as a
    count of all statements, touches nothing; of the others none is left out that `Discrepancy.is_touched_by`
    finds.
    """
    by_name: set[Term] = set()
    near: set[Term] = set()
    any_property = _ANY_PROPERTY.search(text, text.find("{")) is not None
    for discrepancy, kind, thing, used in graph.select(_text()):
        # an answer that shows a discrepancy itself needs no note on it
        if discrepancy is None or discrepancy in cells or not isinstance(thing, NamedNode):
            continue
        shown = thing in cells
        if shown and used == _LABEL and kind == _ERROR:
            by_name.add(discrepancy)
        if (shown or _local(thing) in text) and (
            any_property or not isinstance(used, NamedNode) or _is_named(used, text)
        ):
            near.add(discrepancy)
    return by_name, near


def _is_named(used: NamedNode, text: str) -> bool:
    return _local(used) in text or (used == _TYPE and _A.search(text) is not None)


def _local(term: NamedNode) -> str:
    return term.value.rpartition("#")[2].rpartition("/")[2]


def _behind(graph: Graph, result: Result, near: list[Discrepancy]) -> Iterable[Discrepancy]:
    if not near:
        return ()
    from unpact.evidence.rows import facts_behind_rows
    from unpact.query.cursor import ShapeError

    if _LIMITED.search(result.text):
        # without the limit, which taking the query apart drops, it could run for ever
        return _by_cells(result, near)
    try:
        facts = facts_behind_rows(graph, result.text, result.variables, result.rows)
    except ShapeError:
        return _by_cells(result, near)
    return [each for each in near if any(each.is_touched_by(fact) for fact in facts)]


def _by_cells(result: Result, near: list[Discrepancy]) -> Iterable[Discrepancy]:
    """Those of which a row shows the thing with a value, or the statement."""
    rows = [frozenset(cell for cell in row if cell is not None) for row in result.rows]
    for each in near:
        values = (*each.article_values, *each.record_values)
        if any(
            not row.isdisjoint(each.contested) or not (row.isdisjoint(each.about) or row.isdisjoint(values))
            for row in rows
        ):
            yield each


@cache
def _text() -> str:
    return Path(__file__).with_name("at_issue.rq").read_text(encoding="utf-8")
