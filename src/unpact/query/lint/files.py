"""The query files that a user names: files, folders, patterns, or the standard input."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.corpus.files import unreadable
from unpact.errors import UsageError
from unpact.query.lint.source import QueryText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.corpus import Corpus

STDIN = "-"
SUFFIXES = (".rq", ".sparql")


def read_queries(paths: Iterable[str | Path]) -> list[QueryText]:
    """The queries that the paths mean, each once, in the order given.

    Args:
        paths: files with any name; folders, searched all the way down for `.rq` and `.sparql`; patterns such
            as `queries/*/*.rq`; `-` for the standard input.

    Raises:
        UsageError: for a path that is not there or cannot be read, a pattern that fits no file, a folder
            without queries, text that is not UTF-8, or a second `-`.
    """
    found: list[QueryText] = []
    seen: set[Path] = set()
    for name in map(str, paths):
        for path in _expand(name):
            key = path if name == STDIN else path.resolve()
            if key in seen:
                if name == STDIN:
                    raise UsageError("the standard input can be read only once", where=STDIN)
                continue
            seen.add(key)
            found.append(QueryText.read(_text(path), path.as_posix()))
    return found


def stored_queries(corpus: Corpus) -> list[QueryText]:
    """The stored queries of a tree, each of which must have a header."""
    return [
        replace(QueryText.read(_text(file.path), file.relative), header=True) for file in corpus.query_files()
    ]


def _expand(name: str) -> list[Path]:
    if not name:
        raise UsageError("an empty path names no file")
    path = Path(name)
    if name == STDIN:
        return [path]
    try:
        if path.is_dir():
            return _folder(path)
        if path.exists():
            return [path]
    except OSError as error:
        raise unreadable(path, error) from None
    if any(character in name for character in "*?["):
        return _pattern(path)
    raise unreadable(path, FileNotFoundError())


def _folder(path: Path) -> list[Path]:
    # rglob is silent about a folder that may not be read, so it is listed first
    next(path.iterdir(), None)
    found = sorted(_queries(path))
    if not found:
        hint = f"Queries end in {' or '.join(SUFFIXES)}."
        raise UsageError("this folder holds no queries", where=str(path), hint=hint)
    return found


def _queries(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() in SUFFIXES and not hidden and file.is_file():
            yield file


def _pattern(pattern: Path) -> list[Path]:
    anchor = Path(pattern.anchor)
    matches = sorted(anchor.glob(pattern.relative_to(anchor).as_posix()))
    files = [path for path in matches if path.is_file()]
    if not files:
        raise UsageError("no file fits this pattern", where=str(pattern), hint="Check the pattern.")
    return files


def _text(path: Path) -> str:
    try:
        content = sys.stdin.buffer.read() if str(path) == STDIN else path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        # an editor's byte order mark is no reason to refuse a query
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"the file is not UTF-8 (byte {error.start})", where=str(path)) from None
