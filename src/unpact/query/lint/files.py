"""The query files that a user names: files, folders, patterns, or the standard input."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from unpact.corpus.files import unreadable
from unpact.corpus.paths import STDIN, Paths
from unpact.errors import UsageError
from unpact.query.lint.source import QueryText

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from unpact.corpus import Corpus

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
    files = Paths(_has_query_suffix, _without_queries).expand(paths)
    return [QueryText.read(_text(path), path.as_posix()) for path in files]


def stored_queries(corpus: Corpus) -> list[QueryText]:
    """The stored queries of a tree, each of which must have a header."""
    return [
        replace(QueryText.read(_text(file.path), file.relative), header=True) for file in corpus.query_files()
    ]


def _has_query_suffix(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def _without_queries(folder: Path) -> UsageError:
    hint = f"Queries end in {' or '.join(SUFFIXES)}."
    return UsageError("this folder holds no queries", where=str(folder), hint=hint)


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
