"""The server as its user starts and ends it, and what broken clients can do to it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from click.testing import CliRunner

from unpact.cli.main import command_line
from unpact.serve import connections

from ..servers.unpact_server import Served, serving  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20.0
linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for child processes in /proc")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), "--workers", "2") as server:
        yield server


def children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_running(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def until(true: object, *arguments: object) -> bool:
    """Whether something becomes true soon."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true(*arguments):  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def test_it_answers_where_it_says_it_does(server: Served) -> None:
    answer = httpx.get(server.address + "/", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")
    assert httpx.get(server.address + "/healthz").text == "ok\n"


def test_it_listens_to_this_machine_alone(server: Served) -> None:
    assert server.address.startswith("http://127.0.0.1:")


@pytest.mark.slow
@linux
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to_and_leaves_no_process(tmp_path: Path, ending: signal.Signals) -> None:
    with serving(tmp_path, "--workers", "2") as server:
        workers = children(server.process.pid)
        assert len(workers) == 2
        server.process.send_signal(ending)
        server.process.wait(PATIENCE)
        assert server.process.returncode == 0
        assert not any(map(is_running, workers))
        assert "Traceback" not in server.said


@pytest.mark.slow
@linux
def test_workers_do_not_outlive_a_server_that_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2") as server:
        workers = children(server.process.pid)
        server.process.kill()
        assert until(lambda: not any(map(is_running, workers)))


@pytest.mark.slow
def test_a_port_that_is_taken_is_one_sentence(server: Served) -> None:
    port = server.address.rpartition(":")[2]
    command = [sys.executable, "-m", "unpact", "serve", "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(f"unpact: 127.0.0.1: cannot listen on port {port}: address already in use")
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (("--data", "none.ttl"), 2, "none.ttl"),
        (("--store", "nowhere"), 2, "nowhere"),
        (("--article", "none.txt"), 2, "none.txt"),
        (("--only-data",), 2, "--only-data needs at least one --data PATH"),
        (("--data", "-"), 2, "cannot read standard input"),
        (("--data", "x.ttl", "--store", "y"), 2, "without --data"),
        (("--timeout", "0"), 2, "--timeout"),
    ],
)
def test_wrong_options_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], code: int, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command_line, ["serve", "--port", "0", "--workers", "1", *options])
    assert done.exit_code == code
    assert sentence in done.stderr
    assert "Traceback" not in done.output


def test_without_the_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "uvicorn" else object())
    done = CliRunner().invoke(command_line, ["serve"])
    assert (done.exit_code, done.stderr) == (
        2,
        "unpact: unpact serve needs the package uvicorn. Type: pip install 'unpact[serve]'\n",
    )


class TestBrokenClients:
    """None of them keeps the server from answering the others."""

    @pytest.fixture
    def connection(self, server: Served) -> Iterator[socket.socket]:
        with socket.create_connection(server.place, timeout=PATIENCE) as connection:
            yield connection

    @pytest.fixture(autouse=True)
    def _goes_on(self, server: Served) -> Iterator[None]:
        yield
        assert httpx.get(server.address + "/healthz").status_code == 200

    def test_no_http(self, connection: socket.socket) -> None:
        connection.sendall(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.1 400 ")

    def test_a_head_without_end(self, connection: socket.socket) -> None:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        endless = b"".join(f"X-{number}: {'x' * 100}\r\n".encode() for number in range(10_000))
        assert len(endless) > connections.LONGEST_HEAD
        with pytest.raises((ConnectionResetError, BrokenPipeError)):
            self.send_and_wait(connection, endless)

    @staticmethod
    def send_and_wait(connection: socket.socket, content: bytes) -> None:
        connection.sendall(content)
        connection.recv(1)

    @pytest.mark.slow
    def test_a_head_that_does_not_come(self, connection: socket.socket) -> None:
        connection.sendall(b"GET / HT")
        begun = time.monotonic()
        with suppress(ConnectionResetError):
            assert connection.recv(1000) == b""
        assert connections.HEAD - 1 < time.monotonic() - begun < PATIENCE

    def test_a_client_that_is_gone(self, connection: socket.socket) -> None:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.close()

    def test_a_body_shorter_than_said(self, connection: socket.socket) -> None:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nquery=")
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(PATIENCE)
        assert b"HTTP/1.1 200" not in connection.recv(1000)
