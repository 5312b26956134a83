"""The user's own RDF, as named with `--data`: files, directories, patterns, or the standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.corpus.files import COMPRESSED, RDF_SUFFIXES, CorpusFile, unreadable
from unpact.errors import UsageError
from unpact.names import USER_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable

STDIN = "-"
_SUFFIXES = f"{', '.join(RDF_SUFFIXES[:-1])} or {RDF_SUFFIXES[-1]}, each also with {COMPRESSED}"


def user_files(paths: Iterable[str | Path]) -> list[CorpusFile]:
    """The files that the paths mean, each once, with a named graph of its own: `.../graph/user/<stem>`.

    Args:
        paths: files; directories, searched all the way down; patterns such as `facts/*.ttl`, for shells that
            leave them alone; `-` for Turtle on the standard input, which is read here and now.

    Raises:
        UsageError: for a path that is not there or cannot be read, a pattern that fits no file, a directory
            without RDF, a suffix that names no RDF syntax, or a second `-`.
    """
    found: list[CorpusFile] = []
    seen: set[Path] = set()
    graphs: set[str] = set()
    for name in map(str, paths):
        for path in _expand(name):
            key = path if name == STDIN else path.resolve()
            if key in seen:
                if name == STDIN:
                    raise UsageError("the standard input can be read only once", where=STDIN)
                continue
            seen.add(key)
            graph = _graph_iri(path, graphs)
            graphs.add(graph)
            content = _standard_input() if name == STDIN else None
            found.append(CorpusFile(path, path.as_posix(), graph, "user", content))
    return found


def _expand(name: str) -> list[Path]:
    if not name:
        raise UsageError("an empty path names no file")
    path = Path(name)
    if name == STDIN:
        return [path]
    try:
        if path.is_dir():
            return _directory(path)
        if path.exists():
            return [_with_rdf_suffix(path)]
    except OSError as error:
        raise unreadable(path, error) from None
    if any(character in name for character in "*?["):
        return _pattern(path)
    raise unreadable(path, FileNotFoundError())


def _directory(path: Path) -> list[Path]:
    try:
        # rglob is silent about a directory that may not be read, so it is listed first
        next(path.iterdir(), None)
        files = (file for file in path.rglob("*") if not _hidden(file.relative_to(path)))
        found = sorted(file for file in files if _is_rdf(file))
    except OSError as error:
        raise unreadable(path, error) from None
    if not found:
        raise UsageError(
            "this directory holds no RDF", where=str(path), hint=f"RDF files end in {_SUFFIXES}."
        )
    return found


def _pattern(pattern: Path) -> list[Path]:
    anchor = Path(pattern.anchor)
    matches = sorted(anchor.glob(pattern.relative_to(anchor).as_posix()))
    files = [path for path in matches if path.is_file()]
    if not files:
        raise UsageError("no file fits this pattern", where=str(pattern), hint="Check the pattern.")
    return [_with_rdf_suffix(path) for path in files]


def _with_rdf_suffix(path: Path) -> Path:
    if not path.name.lower().removesuffix(COMPRESSED).endswith(RDF_SUFFIXES):
        raise UsageError("the suffix names no RDF syntax", where=str(path), hint=f"Use {_SUFFIXES}.")
    return path


def _is_rdf(path: Path) -> bool:
    return path.name.lower().removesuffix(COMPRESSED).endswith(RDF_SUFFIXES) and path.is_file()


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _graph_iri(path: Path, taken: set[str]) -> str:
    """The graph of the file; files of one stem in different directories are told apart by a number."""
    name = path.name
    if name.lower().endswith(COMPRESSED):
        name = name[: -len(COMPRESSED)]
    from urllib.parse import quote

    stem = "stdin" if name == STDIN else Path(name).stem
    base = USER_GRAPH + quote(stem, safe="")
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def _standard_input() -> bytes:
    return sys.stdin.buffer.read()
