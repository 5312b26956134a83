"""The rows that each example of each stored query must give, as committed files.

``tests/queries/<topic>/<name>/<n>.tsv`` holds the rows of example n, counted from 0: SPARQL's TSV, with
every term in N-Triples form, so that a type that changes is seen. ``python -m unpact.query.expected``
writes them anew; look at the difference before you commit it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from unpact.query.catalogue import Catalogue
from unpact.query.resolve import Resolver
from unpact.query.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from unpact.graph.interface import Graph
    from unpact.query.result import Result
    from unpact.query.stored import StoredQuery


def expected_file(folder: Path, query: StoredQuery, number: int) -> Path:
    """Where the rows of example `number` of `query` are kept, below `folder` (``tests/queries``)."""
    return folder / query.topic / query.name / f"{number}.tsv"


def to_tsv(result: Result) -> str:
    """The rows of a result as text; terms never contain a tab or a line break, since N-Triples escapes
    them.
    """
    lines = ["\t".join(f"?{name}" for name in result.variables)]
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in result.rows]
    return "\n".join(lines) + "\n"


def expected_rows(graph: Graph, queries: Catalogue, folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file there should be, with its content, as `graph` answers today. Raises what `run` raises."""
    resolver = Resolver(graph)
    for query in queries:
        for number, example in enumerate(query.examples):
            yield expected_file(folder, query, number), to_tsv(run(graph, query, example, resolver=resolver))


def update(folder: Path, wanted: Mapping[Path, str]) -> list[str]:
    """Make the files below `folder` what they should be; returns one line for each file that changed."""
    changes: list[str] = []
    for path, content in wanted.items():
        known = path.read_text(encoding="utf-8") if path.exists() else None
        if known != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
            changes.append(f"{'new' if known is None else 'changed'}  {path}")
    for path in sorted(folder.glob("*/*/*.tsv")):
        if path not in wanted:
            path.unlink()
            changes.append(f"removed  {path}")
    return changes


def main() -> int:
    """Write the files of the checkout that this package lies in, and say which changed."""
    from unpact.corpus import bundled
    from unpact.errors import UnpactError
    from unpact.graph.view import build_view

    try:
        corpus = bundled()
        folder = corpus.root / "tests" / "queries"
        queries = Catalogue(file.path for file in corpus.query_files())
        changes = update(folder, dict(expected_rows(build_view(corpus), queries, folder)))
    except UnpactError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.writelines(f"{line}\n" for line in changes or ["nothing changed"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
