"""N-Triples and N-Quads: canonical (RDF Dataset Canonicalization 1.0), so that equal data has equal bytes."""

from __future__ import annotations

import heapq
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import DefaultGraph

from unpact.temporary import temporary_directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.export.content import Content

# about as many as fit into a hundred megabytes
_AT_ONCE = 400_000


def write_nt(content: Content, stream: TextIO) -> None:
    """Write the triples, one a line, sorted by code point."""
    stream.writelines(in_order(f"{triple} .\n" for triple in content.triples()))


def write_nq(content: Content, stream: TextIO) -> None:
    """Write the quads, one a line, sorted by code point."""
    stream.writelines(
        in_order(
            f"{quad.triple} .\n"
            if isinstance(quad.graph_name, DefaultGraph)
            else f"{quad.triple} {quad.graph_name} .\n"
            for quad in content.quads()
        )
    )


def in_order(lines: Iterable[str], at_once: int = _AT_ONCE) -> Iterator[str]:
    """The lines sorted, each once.

    Args:
        lines: each ends in a line feed and has no other.
        at_once: how many may be in memory together; what is more waits in temporary files.
    """
    source = iter(lines)
    first = sorted(islice(source, at_once))
    with temporary_directory() as folder:
        runs: list[Iterable[str]] = [first]
        while run := sorted(islice(source, at_once)):
            path = Path(folder, str(len(runs)))
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(run)
            runs.append(_lines(path))
        before = ""
        for line in first if len(runs) == 1 else heapq.merge(*runs):
            if line != before:
                yield line
            before = line


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as stream:
        yield from stream
