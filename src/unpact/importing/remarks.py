"""What is to be said of a table while it is read: what was left out, and what looks odd."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Level(Enum):
    """How much a remark matters."""

    ERROR = "error"
    """Something of the table is not in the output but as a comment; `--strict` asks for none of these."""
    WARNING = "warning"
    """All is in the output, and something looks wrong."""
    NOTE = "note"
    """All is as it should be, and not as it seems."""


class Remark(NamedTuple):
    """A remark on one cell of a table."""

    level: Level
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.level.value}: {self.message}"
