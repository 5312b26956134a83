"""Property paths (SPARQL 1.1, section 9), and where they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Where something is written: the offset of its first character, and the one just behind its last."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """A path of one predicate."""

    iri: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Inverse:
    """``^path``."""

    path: Path


@dataclass(frozen=True, slots=True)
class Chain:
    """``first/second/...``."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``one|other|...``."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``path*``, ``path+`` or ``path?``."""

    path: Path
    sign: str


@dataclass(frozen=True, slots=True)
class Negated:
    """``!(one|^other)``, kept as text."""

    text: str


Path = Step | Inverse | Chain | Choice | Repeat | Negated


def path_text(path: Path) -> str:
    """The path as SPARQL text, in brackets wherever they might matter."""
    match path:
        case Step(iri):
            return iri
        case Inverse(inner):
            return f"^({path_text(inner)})"
        case Chain(parts):
            return "/".join(f"({path_text(part)})" for part in parts)
        case Choice(parts):
            return "|".join(f"({path_text(part)})" for part in parts)
        case Repeat(inner, sign):
            return f"({path_text(inner)}){sign}"
        case Negated(text):
            return text
