from __future__ import annotations

import sys
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from unpact.cli.main import command_line as cli
from unpact.cli.opening import open_catalogue
from unpact.corpus import bundled
from unpact.corpus.user import user_files
from unpact.describe.show import show
from unpact.graph.memory import MemoryGraph
from unpact.graph.view import build_view
from unpact.names import ID, INFERRED_GRAPH
from unpact.query.run import run

sys.path.insert(0, str(Path(__file__).parent))
import store_queries
import world

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.slow
def test_a_world_has_each_triple_once_and_is_the_same_in_every_run(tmp_path: Path) -> None:
    sizes = [world.write(tmp_path / name, 40_000) for name in ("one.nt", "two.nt")]
    assert (tmp_path / "one.nt").read_bytes() == (tmp_path / "two.nt").read_bytes()
    triples = [quad.triple for quad in parse(path=tmp_path / "one.nt", format=RdfFormat.N_TRIPLES)]
    assert 40_000 <= len(triples) == len(set(triples)) == sizes[0]
    states = [line for line in world.facts_alone().shared if line.endswith("#State> .")]
    assert len(states) == 193


@pytest.mark.slow
def test_copies_differ_in_what_each_state_did() -> None:
    parts = world.facts_alone()
    chapters = [
        {line.replace(f"{number:06}", "") for line in lines}
        for number, (_, lines) in enumerate(
            block for block in islice(world.blocks(parts, 10**6), 20) if len(block[1]) == len(parts.chapter)
        )
    ]
    assert len(chapters) > 2
    assert all(len(one & chapters[0]) < len(one) / 2 for one in chapters[1:])


@pytest.mark.benchmark
def test_no_must_is_violated_and_a_mistake_would_be(tmp_path: Path) -> None:
    path = tmp_path / "world.nt"
    world.write(path, 100_000)
    command = ["validate", "--alone", "--no-cache", str(path)]
    found = CliRunner().invoke(cli, command)
    assert found.exit_code == 0, found.output[:2000]
    assert " violation" not in found.output
    world.write(path, 10_000)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    dated = next(at for at, line in enumerate(lines) if "-signature-" in line and "#date>" in line)
    path.write_text("".join(lines[:dated] + lines[dated + 1 :]), encoding="utf-8")
    assert CliRunner().invoke(cli, command).exit_code == 1


@pytest.mark.slow
def test_what_follows_is_what_the_reasoner_finds_in_the_whole() -> None:
    parts = world.with_what_follows()
    facts: list[str] = []
    follows: list[str] = []
    for graph, lines in world.blocks(parts, 100_000):
        (follows if graph == INFERRED_GRAPH else facts).extend(lines)
    assert len(follows) == len(set(follows))
    assert set(follows) == world.closure(facts)
    assert facts.count(facts[-1]) == 1 < sum(line.endswith("#Article> .") for line in facts)


@pytest.mark.slow
def test_what_an_answer_costs_grows_with_the_facts_and_no_faster(tmp_path: Path) -> None:
    graphs: list[MemoryGraph] = []
    pakistan, catalogue = NamedNode(ID + "pakistan"), open_catalogue()

    def inferred(size: int) -> None:
        path = tmp_path / f"{size}.nt"
        world.write(path, size)
        graphs.append(build_view(bundled(), "best", user_files([str(path)]), cache=False))

    def asked(graph: MemoryGraph, name: str) -> None:
        query = catalogue.find(name)
        assert run(graph, query, query.examples[0]).rows

    def shown(graph: MemoryGraph) -> None:
        # as of a graph that is too large to find out how it was inferred
        assert show(graph, pakistan).sentences

    def growth(do: Callable[..., None], small: object, large: object, *more: str) -> float:
        spent = [_seconds(do, given, *more) for given in (small, large)]
        return spent[1] / spent[0]

    # four times the facts: what joins all acts of a state with all others takes sixteen times as long
    assert growth(inferred, 50_000, 200_000) < 7
    assert growth(asked, *graphs, "signature-to-consent") < 7
    assert growth(asked, *graphs, "sentences-of") < 7
    # of Pakistan no more is said than before
    assert growth(shown, *graphs) < 2


def _seconds(do: Callable[..., None], *given: object) -> float:
    begun = time.process_time()
    do(*given)
    return time.process_time() - begun


@pytest.mark.slow
def test_stored_queries_find_many_rows(tmp_path: Path) -> None:
    path = tmp_path / "world.nq"
    world.write(path, 100_000)
    store = Store()
    store.bulk_load(path=path, format=RdfFormat.N_QUADS)
    graph, catalogue = MemoryGraph(store), open_catalogue()
    rows = {name: run(graph, catalogue.find(name), given).rows for name, given in store_queries.ASKED.items()}
    assert {name: len(found) for name, found in rows.items() if len(found) < 6} == {}
    # a state stands differently to different treaties, and most states are party to one of them
    assert len({row[1] for row in rows["party-status"]}) > 1
    assert len(rows["parties-of"]) > 100
