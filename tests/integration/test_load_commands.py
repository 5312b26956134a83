"""The commands for the services that the README names, run as they are written there, on the real servers."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .servers import Server

pytestmark = pytest.mark.slow

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"<!-- service: (?P<name>\w+) -->\n```sh\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = {found["name"]: found["text"].splitlines() for found in SHOWN.finditer(README)}
# where the README says that a service is
PLACES = {
    "fuseki": "http://localhost:3030/unpact",
    "virtuoso": "http://localhost:8890/sparql",
    "oxigraph": "http://localhost:7878/query",
    "rdf4j": "http://localhost:8080/rdf4j-server/repositories/unpact",
}


def test_the_readme_has_commands_for_the_services_that_are_tested() -> None:
    assert set(COMMANDS) == set(PLACES)


def test_fuseki_as_the_readme_has_it(fuseki_tdb2_server: Server) -> None:
    dataset = fuseki_tdb2_server.query_url.removesuffix("/sparql")
    started = [line for line in COMMANDS["fuseki"] if line.startswith("java ")]
    assert len(started) == 1
    # the server of the tests was started with the same options
    for option in ("--port", "--tdb2", "--loc", "--update"):
        assert option in shlex.split(started[0])
        assert option in fuseki_tdb2_server.process.args  # type: ignore[operator]  # a list
    answers_as_files_do("fuseki", dataset, {})


def test_virtuoso_as_the_readme_has_it(virtuoso_server: Server) -> None:
    (said,) = [line for line in COMMANDS["virtuoso"] if line.startswith("export ")]
    environment = dict(word.split("=") for word in shlex.split(said)[1:])
    assert environment["UNPACT_ENDPOINT_USER"] == virtuoso_server.user
    assert environment["UNPACT_ENDPOINT_PASSWORD"] == virtuoso_server.password
    answers_as_files_do("virtuoso", virtuoso_server.query_url, environment)


def test_oxigraph_as_the_readme_has_it(oxigraph_server: Server) -> None:
    (started,) = [shlex.split(line) for line in COMMANDS["oxigraph"] if line.startswith("oxigraph ")]
    # the server of the tests was started with the same options
    assert isinstance(oxigraph_server.process.args, list)
    assert {"serve", "--location", "--bind"} <= set(started) & set(oxigraph_server.process.args)
    answers_as_files_do("oxigraph", oxigraph_server.query_url, {})


def test_rdf4j_as_the_readme_has_it(rdf4j_server: Server) -> None:
    answers_as_files_do("rdf4j", rdf4j_server.query_url, {})


def answers_as_files_do(name: str, url: str, environment: dict[str, str]) -> None:
    lines = [line.replace(PLACES[name], url) for line in COMMANDS[name] if line.startswith("unpact ")]
    load, query = (shlex.split(line)[1:] for line in lines)
    done = unpact(*load, environment=environment)
    assert done.returncode == 0, done.stderr
    assert f" are in {url}" in done.stderr
    there = unpact(*query, environment=environment)
    assert there.returncode == 0, there.stderr
    assert there.stdout == unpact(*query[: query.index("--endpoint")], environment={}).stdout
    # what is there already is not sent again
    again = unpact(*load, environment=environment)
    assert again.returncode == 0
    assert "already" in again.stderr
    planned = unpact(*load, "--dry-run", "-f", "csv", environment=environment)
    assert planned.returncode == 0
    assert all(line.endswith(",0,0") for line in planned.stdout.splitlines()[1:])
    for command in (["find", "afghan"], ["show", "UNODC"], ["discrepancies"]):
        far = unpact(*command, "--endpoint", url, environment=environment)
        assert far.stdout == unpact(*command, environment={}).stdout, (command, far.stderr)


def unpact(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "unpact", *arguments],
        env={**os.environ, "NO_PROXY": "*", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
