"""The rows of an answer that changed, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from unpact.render.differences.wording import ARROW
from unpact.render.rows import Rows, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unpact.diff.answers import AnswerChange, Cells
    from unpact.render.rows import Cell, Labeller

_NOTHING = "nothing"


def answer_table(change: AnswerChange, labels: Labeller) -> Rows:
    """The rows that were removed, added and changed; a cell that changed has both values."""
    rows: list[list[Cell]] = [
        [Literal(word), *row]
        for word, found in (("removed", change.removed), ("added", change.added))
        for row in found
    ]
    rows += [[Literal("changed"), *_both(old, new, labels)] for old, new in change.changed]
    return Rows(("change", *change.columns), rows)


def _both(old: Cells, new: Cells, labels: Labeller) -> list[Cell]:
    return [
        after
        if before == after
        else Literal(f"{words(before, labels) or _NOTHING}{ARROW}{words(after, labels) or _NOTHING}")
        for before, after in zip(old, new, strict=True)
    ]


def question(change: AnswerChange) -> str:
    """The query with its parameters as one types them: `bodies/memberships --body CND`."""
    return " ".join([change.query, *_options(change.example)])


def _options(example: Mapping[str, object]) -> list[str]:
    import shlex

    found = []
    for name, value in example.items():
        for each in value if isinstance(value, tuple) else (value,):
            found += [f"--{name.replace('_', '-')}", shlex.quote(str(each))]
    return found


def failures(change: AnswerChange, old: str, new: str) -> list[str]:
    """Why a version could not be asked."""
    return [
        f"{name} does not answer: {failure}"
        for name, failure in zip((old, new), change.failures, strict=True)
        if failure
    ]
