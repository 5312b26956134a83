from __future__ import annotations

import gzip
import socket
import struct
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import httpx
import pytest

from unpact.errors import StoreError
from unpact.graph.address import Credentials
from unpact.load.remote import PROFILES, Target, plan_of, push
from unpact.names import DCTERMS, MANIFEST_GRAPH

from .conftest import NEW, OLD
from .fake_service import BASE, Asked, Service
from .test_push import holds, left_over, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from unpact.load.remote import Content

SECRET = "s3cr3t-Wort"  # noqa: S105 - nobody's


def once(answer: Callable[[Asked], httpx.Response | None], when: Callable[[Asked], bool]) -> object:
    """Do something at the first request that fits, and nothing at the others."""
    left = [answer]
    return lambda asked: left.pop()(asked) if left and when(asked) else None


def sends_data(asked: Asked) -> bool:
    return asked.path == "/ds/data"


def moves(asked: Asked) -> bool:
    return asked.path == "/ds/update" and "DROP SILENT GRAPH <urn:g:changed>" in asked.text


def breaks(_: Asked) -> None:
    raise httpx.ReadError("connection reset by peer")


def is_slow(_: Asked) -> None:
    raise httpx.ReadTimeout("")


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "the service refuses the load (400 Bad Request: because of s)"),
        (401, "the service asks who loads (401 Unauthorized: because of s)"),
        (403, "the service does not let this user write (403 Forbidden: because of s)"),
        (404, "the service does not take what is loaded (404 Not Found: because of s)"),
        (405, "the service does not take what is loaded (405 Method Not Allowed: because of s)"),
        (
            413,
            "the service does not take a request of that size (413 Request Entity Too Large: because of s)",
        ),
        (500, "the service failed (500 Internal Server Error: because of s)"),
        (507, "the service has no room left (507 Insufficient Storage: because of s)"),
    ],
)
@pytest.mark.parametrize("when", [sends_data, moves], ids=["sending", "moving"])
def test_a_refusal_is_one_sentence_changes_nothing_and_a_second_load_completes(
    service: Service, old: Content, new: Content, status: int, message: str, when: Callable[[Asked], bool]
) -> None:
    load(old, service)
    service.before = once(lambda _: httpx.Response(status, text="because of s\n"), when)
    with pytest.raises(StoreError) as raised:
        load(new, service)
    assert raised.value.message == message
    assert raised.value.hint
    assert raised.value.exit_code == 3
    assert holds(service, OLD)
    load(new, service)
    assert holds(service, NEW)
    assert left_over(service) == []


@pytest.mark.parametrize("happen", ["before", "after"])
def test_what_is_sent_is_sent_again_when_the_connection_breaks(
    service: Service, new: Content, waits: list[float], happen: str
) -> None:
    setattr(service, happen, once(breaks, sends_data))
    load(new, service)
    assert holds(service, NEW)
    assert len(waits) == 1


def test_a_move_whose_answer_is_lost_is_found_to_be_done(service: Service, new: Content) -> None:
    service.after = once(breaks, moves)
    load(new, service)
    assert holds(service, NEW)
    assert left_over(service) == []
    assert len([each for each in service.requests("POST", "/ds/update") if moves(each)]) == 1


def test_a_move_of_which_nobody_knows_is_not_asked_for_twice(
    service: Service, old: Content, new: Content, waits: list[float]
) -> None:
    load(old, service)
    service.before = once(breaks, moves)
    with pytest.raises(StoreError, match="the connection broke off: connection reset by peer"):
        load(new, service)
    assert holds(service, OLD)
    assert waits == []


def test_nobody_begins_while_the_service_may_still_be_moving(
    service: Service, new: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    # where a move that is done twice removes what it moved
    monkeypatch.setitem(PROFILES, "fuseki", replace(PROFILES["fuseki"], safe_move=False))
    service.before = once(breaks, moves)
    with pytest.raises(StoreError, match="broke off"):
        load(new, service)
    monkeypatch.setattr("unpact.load.remote.lock._started", lambda _: "later")
    with pytest.raises(StoreError, match="another load is under way there"):
        load(new, service)
    valid = f"<{DCTERMS}valid>"
    service.store.update(f"DELETE WHERE {{ GRAPH <{MANIFEST_GRAPH}> {{ ?load {valid} ?until }} }}")
    load(new, service)
    assert holds(service, NEW)
    assert left_over(service) == []


@pytest.mark.parametrize("when", [sends_data, moves], ids=["sending", "moving"])
def test_not_now_is_waited_for_as_long_as_the_service_asks(
    service: Service, new: Content, waits: list[float], when: Callable[[Asked], bool]
) -> None:
    service.before = once(lambda _: httpx.Response(503, headers={"Retry-After": "7"}), when)
    load(new, service)
    assert holds(service, NEW)
    assert len(waits) == 1
    assert 7 <= waits[0] <= 8


def test_not_now_for_ever_is_an_error(service: Service, new: Content, waits: list[float]) -> None:
    service.before = lambda asked: httpx.Response(429) if sends_data(asked) else None
    with pytest.raises(StoreError, match="is not available") as raised:
        load(new, service)
    assert "It was asked 6 times." in str(raised.value)
    # each pause may be twice as long as the one before
    assert [round(wait) <= limit for wait, limit in zip(waits, [1, 1, 2, 4, 8], strict=True)] == [True] * 5


@pytest.mark.parametrize("when", [sends_data, moves], ids=["sending", "moving"])
def test_a_slow_answer_is_not_waited_for_again(
    service: Service, old: Content, new: Content, waits: list[float], when: Callable[[Asked], bool]
) -> None:
    load(old, service)
    service.before = once(is_slow, when)
    with pytest.raises(StoreError, match="did not answer within 5 seconds"):
        load(new, service)
    assert holds(service, OLD)
    assert waits == []


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(206, text='{"results": {"bindings": []}}'),
        httpx.Response(200, text='{"results": {"bindings": []}}', headers={"X-SQL-State": "S1TAT"}),
        httpx.Response(200, text='{"results": {"bindings": ['),
        httpx.Response(200, text="<html>Welcome</html>"),
        httpx.Response(200, text='{"results": {"bindings": []}}', headers={"X-SPARQL-MaxRows": "0"}),
    ],
    ids=["206", "anytime", "cut", "page", "rows"],
)
def test_a_part_of_an_answer_is_no_answer(service: Service, new: Content, answer: httpx.Response) -> None:
    service.before = lambda asked: answer if asked.path == "/ds/sparql" else None
    with pytest.raises(StoreError) as raised:
        load(new, service)
    assert raised.value.exit_code == 3
    assert service.graphs() == {"urn:g:others": 1}


def test_a_redirect_is_followed_on_the_same_server_alone(service: Service, new: Content) -> None:
    def moved(to: str) -> Callable[[Asked], httpx.Response | None]:
        return once(lambda asked: httpx.Response(307, headers={"Location": f"{to}{asked.path}"}), sends_data)

    service.before = moved("http://127.0.0.1:9")
    with pytest.raises(AssertionError, match="about one graph"):
        load(new, service)


def test_a_redirect_to_another_server_is_refused(service: Service, new: Content) -> None:
    service.before = lambda _: httpx.Response(307, headers={"Location": "http://elsewhere.example/ds"})
    with pytest.raises(StoreError, match=r"sends questions on to http://elsewhere\.example/ds"):
        load(new, service)
    assert len(service.asked) == 1


class TestWhoLoads:
    def guarded(self, service: Service) -> None:
        right = Credentials("dba", SECRET).authorization

        def guard(asked: Asked) -> httpx.Response | None:
            given = asked.headers.get("Authorization")
            refused = httpx.Response(
                401, text=f"no, {given} is not right", headers={"WWW-Authenticate": "Basic"}
            )
            return None if given == right else refused

        service.before = guard

    def load(self, content: Content, service: Service, to: Target) -> None:
        push(content, to, plan_of(content, to, transport=service.transport), transport=service.transport)

    def test_the_right_password(self, service: Service, new: Content) -> None:
        self.guarded(service)
        self.load(new, service, Target(BASE, "fuseki", credentials=Credentials("dba", SECRET)))
        assert holds(service, NEW)

    def test_a_wrong_password_is_told_nowhere(self, service: Service, new: Content) -> None:
        self.guarded(service)
        with pytest.raises(StoreError, match="does not accept this user and password") as raised:
            self.load(new, service, Target(BASE, "fuseki", credentials=Credentials("dba", SECRET + "!")))
        told = repr(raised.value) + str(raised.value) + str(raised.value.__cause__)
        assert SECRET not in told
        assert str(Credentials("dba", SECRET + "!").authorization).partition(" ")[2] not in told

    def test_somebody_is_asked_once(self, service: Service, new: Content) -> None:
        self.guarded(service)
        asked: list[str] = []

        def ask(name: str) -> Credentials:
            asked.append(name)
            return Credentials("dba", SECRET)

        to = Target(BASE, "fuseki", ask=ask)
        self.load(new, service, to)
        assert asked == [f"{BASE}/sparql"]
        assert holds(service, NEW)

    def test_whoever_does_not_say_is_told_how(self, service: Service, new: Content) -> None:
        self.guarded(service)
        with pytest.raises(StoreError, match="UNPACT_ENDPOINT_USER"):
            self.load(new, service, Target(BASE, "fuseki", ask=lambda _: None))

    def test_digest_never_sends_the_password(self, service: Service, new: Content) -> None:
        challenge = 'Digest realm="SPARQL", nonce="abc", qop="auth", algorithm="MD5"'

        def guard(asked: Asked) -> httpx.Response | None:
            given = asked.headers.get("Authorization", "")
            assert not given.startswith("Basic")
            if asked.path.endswith("sparql") or given.startswith("Digest "):
                return None
            return httpx.Response(401, headers={"WWW-Authenticate": challenge})

        service.before = guard
        to = Target(
            f"{BASE}/sparql",
            "virtuoso",
            update=f"{BASE}/update",
            data=f"{BASE}/data",
            credentials=Credentials("dba", SECRET),
        )
        self.load(new, service, to)
        assert holds(service, NEW)


def test_far_away_services_get_gzip(service: Service, new: Content) -> None:
    to = Target("https://sparql.example/ds", "fuseki")
    push(new, to, plan_of(new, to, transport=service.transport), transport=service.transport)
    sent = service.requests("PUT", "/ds/data")
    packed = [each.headers.get("Content-Encoding") for each in sent]
    # the last one is the manifest
    assert packed == ["gzip"] * (len(sent) - 1) + [None]
    assert holds(service, NEW)
    assert gzip.decompress(gzip.compress(sent[0].body)) == sent[0].body


@contextmanager
def listening(react: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does with each connection what `react` does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)

        def serve() -> None:
            try:
                while True:
                    connection, _ = server.accept()
                    with connection:
                        react(connection)
            except OSError:
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]


def test_nobody_there(new: Content, waits: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(StoreError, match="the service cannot be reached"):
        plan_of(new, Target(f"http://127.0.0.1:{port}/ds", "fuseki", timeout=2))
    assert len(waits) == 5


def test_a_server_that_resets_connections(new: Content, waits: list[float]) -> None:
    def reset(connection: socket.socket) -> None:
        connection.recv(100)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with listening(reset) as port, pytest.raises(StoreError, match="the connection broke off"):
        plan_of(new, Target(f"http://127.0.0.1:{port}/ds", "fuseki", timeout=2))
    assert len(waits) == 5


def test_a_server_that_says_nothing(new: Content) -> None:
    over = threading.Event()
    with listening(lambda _: over.wait(10) and None) as port:
        with pytest.raises(StoreError, match=r"did not answer within 0\.2 seconds"):
            plan_of(new, Target(f"http://127.0.0.1:{port}/ds", "fuseki", timeout=0.2))
        over.set()
