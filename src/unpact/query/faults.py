"""The error of a stored query that is wrong in itself, apart from any value given to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.errors import UnpactError

if TYPE_CHECKING:
    from pathlib import Path


class StoredQueryError(UnpactError):
    """A stored query whose header, or whose use of its parameters, is wrong. Carries `path`, `line` and
    `problem`.
    """

    def __init__(self, path: Path, line: int, problem: str, hint: str | None = None) -> None:
        super().__init__(problem, where=f"{path}:{line}", hint=hint)
        self.path = path
        self.line = line
        self.problem = problem
