"""--cite: one more column, the sentences that each row rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.cli.running import supervised
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.rows import sentences_behind_rows
from unpact.render.rows import Rows

if TYPE_CHECKING:
    from unpact.cli.opening import Explained
    from unpact.query.result import Result
    from unpact.why.run import Explainer

_COLUMN = "sentences"


def with_sentences(explained: Explained | Explainer, result: Result, *, timeout: float | None = None) -> Rows:
    """The rows of `result`, each with its sentences in a last column, called ``sentences`` unless the query
    has one.

    Raises UsageError for a query that cannot be taken apart.
    """
    graph = explained.graph
    found = supervised(
        lambda: sentences_behind_rows(
            graph,
            result.text,
            result.variables,
            result.rows,
            EvidenceIndex(graph),
            explained.derivations,
        ),
        timeout=timeout,
    )
    name = _COLUMN
    while name in result.variables:
        name += "_"
    rows = [(*row, sentences) for row, sentences in zip(result.rows, found, strict=True)]
    return Rows((*result.variables, name), rows)
