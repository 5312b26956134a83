"""An answer with what each row rests on: its triples, their sentences, and the discrepancies it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Triple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import NamedNode

    from unpact.evidence.discrepancies import Discrepancy
    from unpact.graph.interface import Row
    from unpact.query.result import Result
    from unpact.serve.site import Site
    from unpact.why.triples import Fact


class Cited(NamedTuple):
    """What the rows of an answer rest on.

    Args:
        sentences: for each row, in their order.
        notes: for each row, the places of the discrepancies that it touches.
    """

    sentences: list[tuple[NamedNode, ...]]
    notes: list[tuple[int, ...]]


def cite(site: Site, result: Result, touched: Sequence[Discrepancy], most: int) -> Cited:
    """Find what the first rows of an answer rest on.

    Args:
        site: whose explainer's graph gave the answer.
        result: the answer of a stored query.
        touched: the discrepancies that it touches.
        most: rows that are looked at.

    Raises:
        ShapeError: for a query that cannot be taken apart.
    """
    from unpact.evidence.rows import sentences_of

    rows = result.rows[:most]
    behind = _facts(site, result, rows)
    sentences = [sentences_of(facts, site.premises) for facts in behind]
    notes = [tuple(_notes_on(row, facts, touched)) for row, facts in zip(rows, behind, strict=True)]
    return Cited(sentences, notes)


def triples_behind(site: Site, result: Result) -> Iterator[Triple]:
    """The triples that the rows of an answer rest on, with repetitions; of the explainer's graph as above."""
    for facts in _facts(site, result, result.rows):
        for fact in facts:
            yield Triple(*fact)  # type: ignore[arg-type]  # the graph has them as triples


def _facts(site: Site, result: Result, rows: Sequence[Row]) -> list[tuple[Fact, ...]]:
    from unpact.why.supporting import facts_of_rows

    if not rows:
        return []
    return facts_of_rows(site.explainer.graph, result.text, result.variables, rows)


def _notes_on(row: Row, facts: Sequence[Fact], touched: Sequence[Discrepancy]) -> Iterator[int]:
    for place, each in enumerate(touched):
        # a corrected name is at issue wherever the thing is shown
        if any(each.is_touched_by(fact) for fact in facts) or _is_named(row, each):
            yield place


def _is_named(row: Row, discrepancy: Discrepancy) -> bool:
    from unpact.evidence.discrepancies import ERROR
    from unpact.names import RDFS

    names = any(used.value == RDFS + "label" for used in discrepancy.properties)
    return names and discrepancy.kind == ERROR and any(thing in row for thing in discrepancy.about)
