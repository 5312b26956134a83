"""Every example of every stored query gives its committed rows, in the same order, on both engines.

After a change that is meant: ``python -m unpact.query.expected`` writes the rows anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unpact.corpus import bundled
from unpact.graph.rdflib_engine import RdflibGraph
from unpact.graph.view import build_view
from unpact.query.catalogue import Catalogue
from unpact.query.check import check_queries
from unpact.query.expected import expected_file, to_tsv
from unpact.query.faults import StoredQueryError
from unpact.query.run import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.graph.interface import Graph
    from unpact.graph.memory import MemoryGraph

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "queries").glob("*/*.rq"))
EXPECTED = ROOT / "tests" / "queries"
LEAST = 45


def _examples() -> list[tuple[Path, int]]:
    """Each query file with the numbers of its examples; a wrong header counts as one, to fail in its test."""
    found: list[tuple[Path, int]] = []
    for path in FILES:
        try:
            (query,) = Catalogue([path])
        except StoredQueryError:
            found.append((path, 0))
        else:
            found += [(path, number) for number in range(len(query.examples))]
    return found


EXAMPLES = _examples()


@pytest.fixture(scope="session")
def oxigraph() -> MemoryGraph:
    return build_view(bundled())


@pytest.fixture(scope="session")
def rdflib_graph(oxigraph: MemoryGraph) -> RdflibGraph:
    return RdflibGraph.copy_of(oxigraph)


@pytest.fixture(params=["oxigraph", "rdflib_graph"])
def engine(request: pytest.FixtureRequest) -> Callable[[], Graph]:
    """The graph of one engine, built when it is first asked for."""
    return lambda: request.getfixturevalue(request.param)


@pytest.mark.parametrize(
    ("path", "number"),
    EXAMPLES,
    ids=[f"{path.parent.name}/{path.stem}-{number}" for path, number in EXAMPLES],
)
def test_rows_are_the_committed_ones(path: Path, number: int, engine: Callable[[], Graph]) -> None:
    (query,) = Catalogue([path])
    file = expected_file(EXPECTED, query, number)
    assert file.exists(), "run: python -m unpact.query.expected"
    assert to_tsv(run(engine(), query, query.examples[number])) == file.read_text(encoding="utf-8")


def test_there_are_enough_queries() -> None:
    assert len(FILES) >= LEAST


def test_no_expected_rows_without_an_example() -> None:
    wanted = {EXPECTED / path.parent.name / path.stem / f"{number}.tsv" for path, number in EXAMPLES}
    assert set(EXPECTED.glob("**/*.*")) == wanted


def test_the_stored_queries_pass_their_check(oxigraph: MemoryGraph) -> None:
    assert [str(finding) for finding in check_queries(FILES, oxigraph)] == []
