"""Stopping what the engine will not interrupt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from unpact.cli.running import supervised
from unpact.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

UNPACT = [sys.executable, "-c", "from unpact.cli.main import main; main()"]
# A shell that starts the tests in the background has them, and their children, ignore the key.
HEARING = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {UNPACT[-1]}"
# Joins that share no variable: more rows than the engine could ever count.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def test_result_comes_back() -> None:
    assert supervised(lambda: 42) == 42


def test_failure_comes_back_as_it_was() -> None:
    def fail() -> None:
        raise UsageError("not like this")

    with pytest.raises(UsageError, match="not like this"):
        supervised(fail)


def test_work_that_is_quick_enough_is_not_stopped() -> None:
    assert supervised(lambda: "done", timeout=60) == "done"


@pytest.mark.slow
def test_timeout_ends_the_process_with_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [*UNPACT, "sparql", ENDLESS, "--timeout", "0.5", "-o", str(tmp_path / "answer.csv")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("unpact: the query took longer than 0.5 seconds and was stopped.")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")
def test_a_terminal_shows_what_takes_long_and_for_how_long() -> None:
    main_end, its_end = os.openpty()
    try:
        words = [*UNPACT, "sparql", ENDLESS, "--timeout", "4"]
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=its_end, check=False, timeout=60)
        shown = os.read(main_end, 65536)
    finally:
        os.close(main_end)
        os.close(its_end)
    assert done.returncode == 3
    lines = [line for line in shown.split(b"\r") if line.startswith(b"asking")]
    assert lines[0] == b"asking: 2 s\x1b[K"
    assert len(lines) == len(set(lines))
    # the line is gone before the sentence comes
    assert shown.partition(b"\r\x1b[K")[2].startswith(b"unpact: the query took longer")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_a_running_query_at_once() -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", HEARING, "sparql", ENDLESS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        time.sleep(3)
        assert running.poll() is None
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    finally:
        running.kill()
    assert (running.returncode, out, err) == (130, "", "unpact: interrupted\n")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_leaves_no_temporary_store_behind(tmp_path: Path) -> None:
    temporary, facts = tmp_path / "temporary", tmp_path / "facts.nt"
    temporary.mkdir()
    facts.write_text("".join(f"<urn:a> <urn:p> <urn:{n}> .\n" for n in range(300_000)), encoding="utf-8")
    words = ["load", str(facts), "--store", str(tmp_path / "kb"), "--dry-run"]
    running = subprocess.Popen(
        [sys.executable, "-c", HEARING, *words],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # the store that the plan is made with
        while not any(temporary.iterdir()):
            assert running.poll() is None
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    finally:
        running.kill()
    assert (running.returncode, out, err) == (130, "", "unpact: interrupted\n")
    assert list(temporary.iterdir()) == []


def test_ctrl_c_while_the_program_is_imported_leaves_no_traceback() -> None:
    # a finder that interrupts stands for the key that was pressed at that very moment
    program = (
        "import sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "from unpact.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "unpact: interrupted\n")
