"""The process that answers: its time limit, its end, and what it says when it cannot begin."""

from __future__ import annotations

import os
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from unpact.cli.opening import open_explainer
from unpact.cli.options import GraphOptions
from unpact.errors import UsageError
from unpact.mcp.toolbox import Settings
from unpact.mcp.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Joins that share no variable: more rows than the engine could ever count.
ENDLESS = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}
YES = {"query": "ASK { id:mine a unp:State }", "cite": False}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.ttl"
    file.write_text(
        "@prefix id: <https://w3id.org/unpact/id/> .\n"
        "@prefix unp: <https://w3id.org/unpact/ontology#> .\n"
        "id:mine a unp:State .\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def worker(mine: Path) -> Iterator[Worker]:
    worker = working_on(mine, Settings(timeout=1))
    yield worker
    worker.stop()


def working_on(file: Path, settings: Settings) -> Worker:
    return Worker(partial(open_explainer, GraphOptions(data=(str(file),), only_data=True)), settings)


@pytest.mark.slow
def test_a_process_that_ends_takes_one_call_with_it(worker: Worker) -> None:
    assert "| true |" in worker.call("sparql", YES).text
    reply = worker.call("sparql", ENDLESS)
    assert reply.failed
    assert reply.text.startswith("the call was stopped after 1 seconds. Ask for less")
    # the same when the process dies by itself
    child = worker.wait()
    child.kill()
    child.wait()
    assert worker.call("sparql", YES).text.startswith("the process that holds the graph ended early")
    assert "| true |" in worker.call("sparql", YES).text


@pytest.mark.slow
def test_a_call_that_was_given_up_leaves_the_next_one_alone(mine: Path) -> None:
    worker = working_on(mine, Settings(timeout=60))
    try:
        first = worker.wait()
        given_up = threading.Thread(target=worker.call, args=("sparql", ENDLESS))
        given_up.start()
        time.sleep(0.3)
        worker.stop()
        assert "| true |" in worker.call("sparql", YES).text
        given_up.join(timeout=10)
        assert not given_up.is_alive()
        assert first.poll() is not None
        assert "| true |" in worker.call("sparql", YES).text
    finally:
        worker.stop()


@pytest.mark.slow
def test_nothing_that_is_printed_gets_among_the_answers(mine: Path, tmp_path: Path) -> None:
    # the opener is called over there, and its module is found there by its path
    (tmp_path / "chatty.py").write_text(
        "import os\nfrom unpact.cli.opening import open_explainer\n"
        "def opener(source):\n"
        "    print('printed', flush=True)\n"
        "    os.write(1, b'written')\n"
        "    return open_explainer(source)\n",
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(tmp_path))
        import chatty

        worker = Worker(
            partial(chatty.opener, GraphOptions(data=(str(mine),), only_data=True)), Settings(timeout=20)
        )
        try:
            assert "| true |" in worker.call("sparql", YES).text
        finally:
            worker.stop()


@pytest.mark.slow
def test_data_that_cannot_be_read_is_told_in_its_own_words(mine: Path) -> None:
    mine.write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.ttl:1:"):
        working_on(mine, Settings()).wait()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="processes end differently on Windows")
def test_process_ends_when_the_server_hangs_up(worker: Worker) -> None:
    child = worker.wait()
    busy = threading.Thread(target=worker.call, args=("sparql", ENDLESS))
    busy.start()
    time.sleep(0.3)
    assert child.stdin is not None
    child.stdin.close()
    # it is in the middle of what would never end, and the time limit is a second away
    assert child.wait(timeout=0.6) == 0
    busy.join(timeout=10)
