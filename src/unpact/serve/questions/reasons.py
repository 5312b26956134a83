"""Why a row is there: the tree that `--why` prints, with links in its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UsageError
from unpact.names import PREFIXES, expand
from unpact.serve.addresses import path_of
from unpact.serve.questions.tables import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.query.result import Result
    from unpact.render.tree import Branch
    from unpact.serve.site import Site

# a name with one of our prefixes, outside of anything that goes on before or behind it
_NAMED = re.compile(rf"(?<![\w:/])((?:{'|'.join(PREFIXES)}):\w(?:[\w.-]*[\w-])?)(?![\w:/])", re.ASCII)


class Reason(NamedTuple):
    """A line of an explanation.

    Args:
        words: its parts, those that name things with links.
        notes: further lines about it, likewise.
        below: what it rests on.
    """

    words: tuple[Cell, ...]
    notes: tuple[tuple[Cell, ...], ...]
    below: tuple[Reason, ...]


def explain(site: Site, result: Result, number: int) -> Reason:
    """Why a row is in an answer of the explainer's graph.

    Args:
        site: explains.
        result: the answer.
        number: of the row, from 1.

    Raises:
        UsageError: for a row that the answer does not have.
    """
    from unpact.render.explanations import RowTree
    from unpact.why.matching import explain_rows

    count = len(result.rows)
    if not 1 <= number <= count:
        have = f"rows 1 to {count}" if count else "no rows"
        raise UsageError(f"the answer has no row {number}", hint=f"It has {have}.")
    row = result.rows[number - 1]
    (explanation,) = explain_rows(site.explainer.graph, result.text, result.variables, [row])
    return _reason(RowTree(site.explainer.why_fact, site.passages).row(number, explanation))


def linked(text: str) -> Iterator[Cell]:
    """A line in parts; names such as `id:pakistan` lead to their pages."""
    for place, part in enumerate(_NAMED.split(text)):
        # every second part is a name
        iri = expand(part) if place % 2 else None
        if part:
            yield Cell(part, path_of(iri) if iri else "")


def _reason(branch: Branch) -> Reason:
    return Reason(
        tuple(linked(branch.text)),
        tuple(tuple(linked(note)) for note in branch.notes),
        tuple(map(_reason, branch.below)),
    )
