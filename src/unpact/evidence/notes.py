"""Which discrepancies the rows of an answer touch.

The triples behind the rows are found as for ``--cite``. That costs as much as the query itself, so it is done
only where a thing at issue is among the values of the rows or in the query, and a property at issue in the
query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.evidence.discrepancies import ERROR, Discrepancy, discrepancies
from unpact.names import RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.evidence.discrepancies import Term
    from unpact.graph.interface import Graph
    from unpact.query.result import Result

_LABEL = NamedNode(RDFS + "label")
_TYPE = NamedNode(RDF + "type")
_A = re.compile(r"\sa\s")
_LIMITED = re.compile(r"\bLIMIT\b", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
# a pattern whose property is a variable, behind the columns and before the order
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
    known = discrepancies(graph)
    if not known:
        return []
    cells = {cell for row in result.rows for cell in row if cell is not None}
    # an answer that shows a discrepancy itself needs no note on it
    known = [each for each in known if each.node not in cells]
    by_name = [each for each in known if named and _is_name(each) and not cells.isdisjoint(each.about)]
    text = _COMMENT.sub("", result.text)
    near = [each for each in known if each not in by_name and _may_touch(each, text, cells)]
    found = [*by_name, *_behind(graph, result, near)]
    return sorted(found, key=lambda each: each.node.value)


def _is_name(discrepancy: Discrepancy) -> bool:
    return discrepancy.kind == ERROR and _LABEL in discrepancy.properties


def _may_touch(discrepancy: Discrepancy, text: str, cells: set[Term]) -> bool:
    """A test that costs nothing and never says no to what the whole test would say yes to."""
    things = (*discrepancy.about, *discrepancy.contested)
    if cells.isdisjoint(things) and not any(_local(each) in text for each in things):
        return False
    if discrepancy.contested or _ANY_PROPERTY.search(text, text.find("{")):
        return True
    return any(_local(used) in text or (used == _TYPE and _A.search(text)) for used in discrepancy.properties)


def _local(term: NamedNode) -> str:
    return re.split(r"[#/]", term.value)[-1]


def _behind(graph: Graph, result: Result, near: list[Discrepancy]) -> Iterable[Discrepancy]:
    if not near:
        return ()
    # most answers end before this
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
