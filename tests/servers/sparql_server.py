"""A SPARQL 1.1 service over HTTP for tests: a server in a thread that answers from a pyoxigraph store."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from pyoxigraph import NamedNode, QueryResultsFormat, QueryTriples, RdfFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyoxigraph import Store


class Asked(NamedTuple):
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    form: dict[str, list[str]]

    @property
    def query(self) -> str:
        return self.form["query"][0]


class Reply(NamedTuple):
    """One answer; `status` 0 cuts the connection before anything is said."""

    body: bytes = b""
    type: str = "text/plain"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut_short: bool = False


class SparqlServer:
    """Answers each request with `respond`, and remembers all of them."""

    def __init__(self, respond: Callable[[Asked], Reply]) -> None:
        self.respond = respond
        self.asked: list[Asked] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # else each answer waits 40 ms for the acknowledgement of its own headers
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                form = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
                request = Asked(self.command, self.path, dict(self.headers), form)
                server.asked.append(request)
                self._say(server.respond(request))

            do_GET = do_POST  # noqa: N815 - the name that the library calls

            def _say(self, reply: Reply) -> None:
                if reply.status == 0:
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.type)
                self.send_header("Content-Length", str(len(reply.body) * (2 if reply.cut_short else 1)))
                for header in reply.headers:
                    self.send_header(*header)
                self.end_headers()
                try:
                    self.wfile.write(reply.body)
                except OSError:
                    # the reader went away, as one does whose time is over
                    self.close_connection = True
                self.close_connection = self.close_connection or reply.cut_short

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/sparql"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@contextmanager
def serving(respond: Callable[[Asked], Reply]) -> Iterator[SparqlServer]:
    server = SparqlServer(respond)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def from_store(store: Store, *, union: bool = False, results: str = "json") -> Callable[[Asked], Reply]:
    """Answers from a store; the default graph is its own unless `union` says otherwise."""
    form = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}[results]

    def respond(asked: Asked) -> Reply:
        default, named = (_names(asked.form.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
        try:
            answer = store.query(
                asked.query,
                use_default_graph_as_union=union and not default,
                default_graph=default or None,
                named_graphs=named or None,
            )
        except SyntaxError as error:
            return Reply(str(error).encode(), status=400)
        if isinstance(answer, QueryTriples):
            return Reply(answer.serialize(format=RdfFormat.N_TRIPLES) or b"", RdfFormat.N_TRIPLES.media_type)
        return Reply(answer.serialize(format=form) or b"", f"{form.media_type}; charset=utf-8")

    return respond


def in_turn(*replies: Reply, then: Callable[[Asked], Reply]) -> Callable[[Asked], Reply]:
    """The replies one after the other, and after them what `then` says."""
    left = list(replies)
    return lambda asked: left.pop(0) if left else then(asked)


def _names(names: Sequence[str]) -> list[NamedNode]:
    return [NamedNode(name) for name in names]
