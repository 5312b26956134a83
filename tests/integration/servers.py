"""Real triple stores for tests: Apache Jena Fuseki, OpenLink Virtuoso, Eclipse RDF4J and Oxigraph's server,
started and stopped again.

    with fuseki(tmp_path) as server:
        httpx.post(server.query_url, data={"query": "ASK {}"})

Each server has a directory of its own, and ports of the loopback that were free. What was started is stopped,
whatever happens.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

#: Names the jar of Fuseki: org.apache.jena:jena-fuseki-server of Maven Central.
FUSEKI_JAR = "UNPACT_FUSEKI_JAR"
_KEPT = "~/.cache/unpact-tests"
_READY_WITHIN = 90.0
_STOPS_WITHIN = 10.0
_TRIES = 3
_OUTPUT = "output.txt"
# the loopback is not for a proxy, if one is set
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class Server:
    """A triple store that runs.

    Args:
        kind: the name of its profile.
        query_url: of SPARQL 1.1 queries.
        update_url: of SPARQL 1.1 updates.
        store_url: of the Graph Store Protocol; takes `?graph=`.
        folder: that all its files are in.
        process: the server itself.
        user: who may write; None where everybody may, or nobody.
        password: of the user.
        digest: whether it wants the user by HTTP Digest (RFC 7616) rather than Basic.
        sql_port: of isql, on Virtuoso.
    """

    kind: str
    query_url: str
    update_url: str
    store_url: str
    folder: Path
    process: subprocess.Popen[bytes]
    user: str | None = None
    password: str | None = None
    digest: bool = False
    sql_port: int = 0

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it, if it still runs."""
        self.process.terminate()
        try:
            self.process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return (self.folder / _OUTPUT).read_text(encoding="utf-8", errors="replace")


def fuseki_jar() -> Path | None:
    """The jar of Fuseki: that of the environment, else the newest that is kept for the tests."""
    named = os.environ.get(FUSEKI_JAR)
    return Path(named) if named else _kept("jena-fuseki-server-*.jar")


def _need_java(name: str) -> None:
    if shutil.which("java") is None:
        pytest.skip(f"no {name}: it needs java, which is not installed")


def _kept(pattern: str) -> Path | None:
    return max(Path(_KEPT).expanduser().glob(pattern), default=None)


@contextmanager
def fuseki(
    folder: Path,
    *,
    storage: str = "memory",
    read_only: bool = False,
    password: str | None = None,
    heap: str = "1g",
) -> Iterator[Server]:
    """A Fuseki with one empty dataset `/data`; the test is skipped where there is none.

    Args:
        folder: for its files.
        storage: `memory`, or `tdb2` for a database on disk, in `folder / "tdb2"`: it is there again for the
            next server of the same folder.
        read_only: it takes no updates.
        password: of the user `unpact`, whom it wants to know for everything (HTTP Basic).
        heap: the most memory that Java may take.
    """
    jar = fuseki_jar()
    if jar is None or not jar.is_file():
        pytest.skip(f"no Fuseki: {FUSEKI_JAR} names no jar and {_KEPT} has none (.ci/servers fetches it)")
    _need_java("Fuseki")
    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["--mem"]
    if read_only:
        # --mem takes updates whether it is told so or not
        (folder / "empty.nq").touch()
        arguments = [f"--file={folder / 'empty.nq'}"]
    if storage == "tdb2":
        (folder / "tdb2").mkdir(exist_ok=True)
        arguments = ["--tdb2", "--loc", str(folder / "tdb2")]
    if not read_only:
        arguments.append("--update")
    if password is not None:
        (folder / "passwd").write_text(f"unpact: {password}\n", encoding="utf-8")
        arguments += ["--auth", "basic", "--passwd", str(folder / "passwd")]

    def begin() -> Server:
        port = free_port()
        command = ["java", f"-Xmx{heap}", "-jar", str(jar), "--localhost", "--port", str(port)]
        process = _started([*command, *arguments, "/data"], folder, FUSEKI_BASE=str(folder / "base"))
        data = f"http://127.0.0.1:{port}/data"
        known = {} if password is None else {"user": "unpact", "password": password}
        return Server("fuseki", f"{data}/sparql", f"{data}/update", f"{data}/data", folder, process, **known)

    with _running(begin) as server:
        yield server


@contextmanager
def virtuoso(folder: Path, *, most_rows: int = 10_000, open_to_all: bool = False) -> Iterator[Server]:
    """A Virtuoso 7; the test is skipped where there is none.

    Everybody may read. Its user `dba` with the password `dba` may write, by HTTP Digest.

    Args:
        folder: for its files; its database is there again for the next server of the same folder.
        most_rows: where it cuts its answers off (ResultSetMaxRows).
        open_to_all: everybody may write, at the address of the queries.
    """
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("no Virtuoso: the Debian package virtuoso-opensource-7 is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    template = Path(__file__).with_name("virtuoso.ini").read_text(encoding="utf-8")

    def begin() -> Server:
        port, sql_port = free_port(), free_port()
        said = template
        for name, value in {"port": port, "sql_port": sql_port, "most_rows": most_rows}.items():
            said = said.replace(f"@{name}@", str(value))
        (folder / "virtuoso.ini").write_text(said, encoding="utf-8")
        # a server that was killed leaves its lock behind
        (folder / "virtuoso.lck").unlink(missing_ok=True)
        process = _started(["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], folder)
        host = f"http://127.0.0.1:{port}"
        urls = [f"{host}/sparql", f"{host}/sparql-auth", f"{host}/sparql-graph-crud-auth"]
        if open_to_all:
            urls = [f"{host}/sparql", f"{host}/sparql", f"{host}/sparql-graph-crud"]
        known = {} if open_to_all else {"user": "dba", "password": "dba", "digest": True}
        return Server("virtuoso", *urls, folder, process, **known, sql_port=sql_port)

    with _running(begin) as server:
        if open_to_all:
            isql(server, 'GRANT SPARQL_UPDATE TO "SPARQL";')
        yield server


@contextmanager
def rdf4j(folder: Path) -> Iterator[Server]:
    """An RDF4J server with one empty repository on disk; the test is skipped where there is none."""
    container, application = _kept("jetty-runner-*.jar"), _kept("rdf4j-http-server-*.war")
    if container is None or application is None:
        pytest.skip(f"no RDF4J: {_KEPT} has no jetty-runner and rdf4j-http-server (.ci/servers fetches them)")
    _need_java("RDF4J")
    folder.mkdir(parents=True, exist_ok=True)

    def begin() -> Server:
        port = free_port()
        command = [
            "java",
            "-Xmx1g",
            f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'base'}",
            "-jar",
            str(container),
        ]
        command += ["--host", "127.0.0.1", "--port", str(port), "--path", "/rdf4j-server", str(application)]
        process = _started(command, folder)
        data = f"http://127.0.0.1:{port}/rdf4j-server/repositories/data"
        return Server("rdf4j", data, f"{data}/statements", f"{data}/rdf-graphs/service", folder, process)

    with _running(begin) as server:
        settings = Path(__file__).with_name("rdf4j.ttl").read_bytes()
        request = urllib.request.Request(  # noqa: S310 - of the loopback
            server.query_url, settings, {"Content-Type": "text/turtle"}, method="PUT"
        )
        _OPENER.open(request, timeout=_STOPS_WITHIN).close()
        yield server


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """A server of Oxigraph with a store on disk; the test is skipped where there is none."""
    beside = str(Path(sys.executable).parent)
    program = shutil.which("oxigraph", path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if program is None:
        pytest.skip("no Oxigraph: its server, the package oxigraph, is not installed")
    folder.mkdir(parents=True, exist_ok=True)

    def begin() -> Server:
        place = f"127.0.0.1:{free_port()}"
        process = _started([program, "serve", "--location", str(folder / "store"), "--bind", place], folder)
        paths = ("query", "update", "store")
        return Server("oxigraph", *(f"http://{place}/{path}" for path in paths), folder, process)

    with _running(begin) as server:
        yield server


#: How each is begun, with its files in the folder that is given.
BEGIN: Mapping[str, Callable[[Path], AbstractContextManager[Server]]] = {
    "fuseki": fuseki,
    "fuseki_tdb2": partial(fuseki, storage="tdb2"),
    "virtuoso": virtuoso,
    "rdf4j": rdf4j,
    "oxigraph": oxigraph,
}


def isql(server: Server, commands: str) -> str:
    """What Virtuoso's own client prints for some SQL; it raises for an error."""
    command = ["isql-vt", f"127.0.0.1:{server.sql_port}", "dba", "dba", "ERRORS=STDOUT", "VERBOSE=OFF"]
    done = subprocess.run(
        command, input=commands, capture_output=True, text=True, check=True, timeout=_READY_WITHIN
    )
    if "*** Error" in done.stdout:
        raise RuntimeError(done.stdout)
    return done.stdout


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _started(command: list[str], folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    with (folder / _OUTPUT).open("wb") as output:
        return subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def _running(begin: Callable[[], Server]) -> Iterator[Server]:
    """A server that answers: begun anew where another program took its port meanwhile."""
    for attempt in range(_TRIES):
        server = begin()
        try:
            if _answers(server):
                yield server
                return
            if attempt == _TRIES - 1:
                raise RuntimeError(f"{server.kind} ended before it answered:\n{server.output[-2000:]}")
        finally:
            server.stop()


def _answers(server: Server) -> bool:
    """Wait until it answers; False when it ended instead."""
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            return False
        try:
            with _OPENER.open(f"{server.query_url}?query=ASK%7B%7D", timeout=_STOPS_WITHIN):
                return True
        except HTTPError as error:
            # one with a password answers by asking for it
            error.close()
            # and one of RDF4J that has no repository yet by saying so
            return error.code in {401, 403} or (server.kind == "rdf4j" and error.code == 404)
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(
        f"{server.kind} did not answer within {_READY_WITHIN:g} seconds:\n{server.output[-2000:]}"
    )
