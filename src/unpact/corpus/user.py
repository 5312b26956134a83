"""The user's own RDF, as named with `--data`: files, directories, patterns, or the standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.corpus.files import COMPRESSED, RDF_SUFFIXES, CorpusFile
from unpact.corpus.paths import STDIN, Paths
from unpact.errors import UsageError
from unpact.names import USER_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    graphs: set[str] = set()
    for path in Paths(_has_rdf_suffix, _without_rdf, _with_rdf_suffix).expand(paths):
        graph = _graph_iri(path, graphs)
        graphs.add(graph)
        content = _standard_input() if str(path) == STDIN else None
        found.append(CorpusFile(path, path.as_posix(), graph, "user", content))
    return found


def _has_rdf_suffix(path: Path) -> bool:
    return path.name.lower().removesuffix(COMPRESSED).endswith(RDF_SUFFIXES)


def _with_rdf_suffix(path: Path) -> Path:
    if not _has_rdf_suffix(path):
        raise UsageError("the suffix names no RDF syntax", where=str(path), hint=f"Use {_SUFFIXES}.")
    return path


def _without_rdf(folder: Path) -> UsageError:
    hint = f"RDF files end in {_SUFFIXES}."
    return UsageError("this directory holds no RDF", where=str(folder), hint=hint)


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
