"""What the server's side of HTTP does with replies, whoever makes them."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from unpact.errors import QueryTimeout, StoreError, UsageError
from unpact.serve.addresses import iri_of, path_of
from unpact.serve.app import create_app
from unpact.serve.exchange import Asked, Reply, text
from unpact.serve.headers import POLICY
from unpact.serve.keeping import Replies, is_known, tag_of
from unpact.serve.negotiation import best
from unpact.serve.pool import Busy, OutOfMemory, Pool
from unpact.serve.routes import ROUTES, find
from unpact.serve.settings import Limits, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answering:
    """Stands for the pool: gives what it is told to, and remembers what it was asked."""

    def __init__(self, outcome: Reply | Exception) -> None:
        self.outcome = outcome
        self.asked: list[Asked] = []

    async def answer(self, asked: Asked, *, is_costly: bool = False) -> Reply:
        assert is_costly is find(asked.path)[0].is_costly
        self.asked.append(asked)
        await asyncio.sleep(0)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class Client:
    """A client of an application that is in this process."""

    def __init__(self, outcome: Reply | Exception, settings: Settings = Settings()) -> None:  # noqa: B008 - frozen
        self.pool = Answering(outcome)
        self.app = create_app(settings, cast("Pool", self.pool))

    def send(self, method: str, path: str, **how: object) -> httpx.Response:
        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                return await client.request(method, path, **how)  # type: ignore[arg-type]  # as httpx has it

        return asyncio.run(sent())

    def get(self, path: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send("GET", path, headers=named)


PAGE = Reply(b"<p>" + b"words " * 400 + b"</p>")


def test_a_path_is_decoded_whatever_it_has() -> None:
    client = Client(PAGE)
    client.get("/id/it%27s%3Fa%3Db%23c%5Cd%C3%A9")
    assert [each.path for each in client.pool.asked] == ["/id/it's?a=b#c\\d\u00e9"]


def test_a_reply_carries_a_tag_by_which_it_is_not_sent_again() -> None:
    client = Client(PAGE)
    first = client.get("/")
    assert first.status_code == HTTPStatus.OK
    assert first.content == PAGE.body
    again = client.get("/", if_none_match=f'"other", {first.headers["ETag"]}')
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get("/", if_none_match='"other"').status_code == HTTPStatus.OK


def test_the_same_request_is_asked_of_the_workers_once() -> None:
    client = Client(PAGE)
    for _ in range(3):
        client.get("/timeline?from=2020", accept="text/html")
    client.get("/timeline?from=2021", accept="text/html")
    client.get("/timeline?from=2020", accept="text/turtle")
    assert [(each.query, each.accept) for each in client.pool.asked] == [
        ((("from", "2020"),), "text/html"),
        ((("from", "2021"),), "text/html"),
        ((("from", "2020"),), "text/turtle"),
    ]


def test_failures_are_not_kept() -> None:
    client = Client(text("no", HTTPStatus.BAD_REQUEST))
    assert "ETag" not in client.get("/").headers
    client.get("/")
    assert len(client.pool.asked) == 2


def test_long_replies_travel_compressed_where_the_client_takes_that() -> None:
    client = Client(PAGE)
    packed, plain = client.get("/", accept_encoding="gzip"), client.get("/", accept_encoding="identity")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.content == plain.content == PAGE.body
    assert int(packed.headers["Content-Length"]) < len(PAGE.body) / 5
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_what_depends_on_accept_says_so() -> None:
    assert "Accept" in Client(PAGE._replace(varies=True)).get("/").headers["Vary"].split(", ")


def test_head_has_the_headers_of_get_and_no_body() -> None:
    client = Client(PAGE)
    head, whole = client.send("HEAD", "/"), client.send("GET", "/")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Type"] == "text/html; charset=utf-8"
    assert [each.method for each in client.pool.asked] == ["GET"]


@pytest.mark.parametrize(
    ("path", "methods"), [("/", "GET, HEAD, OPTIONS"), ("/sparql", "GET, POST, HEAD, OPTIONS")]
)
def test_options_tell_what_is_allowed(path: str, methods: str) -> None:
    answer = Client(PAGE).send("OPTIONS", path)
    assert (answer.status_code, answer.headers["Allow"]) == (HTTPStatus.NO_CONTENT, methods)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(method: str) -> None:
    client = Client(PAGE)
    for route in ROUTES:
        if method not in route.methods:
            path = route.path.replace("{name:path}", "x").replace("{path:path}", "x")
            answer = client.send(method, path.replace("{topic}", "t").replace("{name}", "n"))
            assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED, path
    assert client.pool.asked == []


@pytest.mark.parametrize("path", ["/", "/nix", "/static/unpact.css", "/static/nix", "/healthz"])
def test_every_response_keeps_browsers_in_check(path: str) -> None:
    answer = Client(PAGE).get(path)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_policy_lets_nothing_in_that_a_page_brings_itself() -> None:
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'")


def test_scripts_of_other_pages_may_read_what_is_public() -> None:
    answer = Client(PAGE).get("/", origin="https://example.org")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    assert Client(PAGE).send("OPTIONS", "/sparql", headers=asked).status_code == HTTPStatus.OK


def test_scripts_of_other_pages_may_not_read_what_is_not() -> None:
    answer = Client(PAGE, Settings(origins=())).get("/", origin="https://example.org")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_name_that_was_made_to_lead_here_is_refused() -> None:
    client = Client(PAGE, Settings(hosts=("127.0.0.1", "localhost")))
    assert client.get("/", host="localhost:8123").status_code == HTTPStatus.OK
    assert client.get("/", host="evil.example:8123").status_code == HTTPStatus.BAD_REQUEST


def test_a_request_that_is_too_long_is_refused_before_anything_is_asked() -> None:
    client = Client(PAGE, Settings(limits=Limits(body=100)))
    answer = client.send("POST", "/sparql", content=b"q" * 101, headers=FORM)
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "100 bytes" in answer.text
    assert client.pool.asked == []


def test_a_body_goes_to_the_workers_with_its_type() -> None:
    client = Client(PAGE)
    kind = {"Content-Type": "Application/SPARQL-Query; charset=utf-8"}
    client.send("POST", "/sparql", content=b"ASK {}", headers=kind)
    (asked,) = client.pool.asked
    assert (asked.media_type, asked.body, asked.method) == ("application/sparql-query", b"ASK {}", "POST")


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    client = Client(PAGE, Settings(limits=Limits(upload=0.05)))

    async def slow() -> Iterator[bytes]:
        yield b"query="
        await asyncio.sleep(5)
        yield b"ASK{}"

    answer = client.send("POST", "/sparql", content=slow(), headers=FORM)
    assert answer.status_code == HTTPStatus.REQUEST_TIMEOUT
    assert client.pool.asked == []


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryTimeout("too long", hint="Ask for less."), HTTPStatus.GATEWAY_TIMEOUT),
        (OutOfMemory("too much"), HTTPStatus.INSUFFICIENT_STORAGE),
        (StoreError("broken"), HTTPStatus.INTERNAL_SERVER_ERROR),
        (UsageError("wrong"), HTTPStatus.BAD_REQUEST),
    ],
)
def test_what_ends_a_worker_is_one_sentence(error: Exception, status: HTTPStatus) -> None:
    answer = Client(error).get("/")
    assert (answer.status_code, answer.text) == (status, f"{error}\n")


def test_whoever_comes_at_a_busy_time_is_told_when_to_come_again() -> None:
    answer = Client(Busy()).get("/")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (QueryTimeout("it took <too> long", hint="Ask for less."), "it took &lt;too&gt; long"),
        (OutOfMemory("too much"), "too much"),
        (Busy(), "The server has more to do than it can."),
    ],
)
def test_for_people_it_is_a_page(error: Exception, sentence: str) -> None:
    answer = Client(error).get("/id/pakistan", accept="text/html")
    assert answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'role="alert">{sentence}' in answer.text
    assert "<h1>" in answer.text
    assert ("Retry-After" in answer.headers) is isinstance(error, Busy)


def test_replies_are_forgotten_when_there_are_too_many() -> None:
    replies = Replies(1000)
    for number in range(20):
        replies.keep(Asked(f"/{number}"), Reply(b"x" * 100))
    assert [replies.find(Asked(f"/{number}")) is not None for number in range(20)] == [False] * 10 + [
        True
    ] * 10


def test_the_longest_unused_reply_is_forgotten_first() -> None:
    replies = Replies(1000)
    for number in range(10):
        replies.keep(Asked(f"/{number}"), Reply(b"x" * 100))
    replies.find(Asked("/0"))
    replies.keep(Asked("/10"), Reply(b"x" * 100))
    assert replies.find(Asked("/0")) is not None
    assert replies.find(Asked("/1")) is None


def test_a_large_reply_does_not_drive_out_the_others() -> None:
    replies = Replies(1000)
    replies.keep(Asked("/small"), Reply(b"x"))
    replies.keep(Asked("/large"), Reply(b"x" * 900))
    assert replies.find(Asked("/large")) is None
    assert replies.find(Asked("/small")) is not None


def test_tags_differ_by_content_and_type() -> None:
    assert len({tag_of(Reply(b"a")), tag_of(Reply(b"b")), tag_of(Reply(b"a", "text/csv"))}) == 3


@pytest.mark.parametrize(
    ("header", "known"),
    [
        (None, False),
        ("*", True),
        ('W/"a"', True),
        ('"a"', True),
        ('"b", W/"a"', True),
        ('"b"', False),
        ("", False),
    ],
)
def test_tags_are_compared_weakly(header: str | None, *, known: bool) -> None:
    assert is_known('W/"a"', header) is known


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("text/html;q=0.4, text/turtle;q=0.8", "text/turtle"),
        ("text/*", "text/html"),
        ("application/json, */*;q=0.1", "application/json"),
        ("image/png", None),
        ("text/html;q=0, application/json;q=0.1", "application/json"),
        ("nonsense", "text/html"),
    ],
)
def test_negotiation(accept: str, chosen: str | None) -> None:
    assert best(accept, ("text/html", "text/turtle", "application/json")) == chosen


@pytest.mark.slow
@given(st.text(max_size=60))
def test_any_header_is_an_accept(accept: str) -> None:
    assert best(accept, ("text/html", "text/turtle")) in ("text/html", "text/turtle", None)


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("https://w3id.org/unpact/id/pakistan", "/id/pakistan"),
        ("https://w3id.org/unpact/ontology#Treaty", "/ontology/Treaty"),
        ("https://w3id.org/unpact/ontology", "/ontology"),
        ("https://w3id.org/unpact/source/lasting-partnership/6.3.1", "/source/lasting-partnership/6.3.1"),
        (
            "http://www.w3.org/ns/org#Organization",
            "/about?iri=http%3A%2F%2Fwww.w3.org%2Fns%2Forg%23Organization",
        ),
    ],
)
def test_addresses(iri: str, path: str) -> None:
    assert path_of(iri) == path
    if "?" not in path:
        assert iri_of(path) == iri


@pytest.mark.slow
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30))
@example(".")
@example("..")
@example("a/../b")
def test_each_thing_has_a_path_of_its_own(name: str) -> None:
    iri = f"https://w3id.org/unpact/id/{name}"
    asked = httpx.URL("http://localhost" + path_of(iri))
    if {".", ".."} & set(name.split("/")):
        # as a path it would lead somewhere else
        assert (asked.path, asked.params["iri"]) == ("/about", iri)
    else:
        assert asked.path == f"/id/{name}"
        assert iri_of(asked.path) == iri


def test_every_path_leads_to_a_route() -> None:
    assert find("/nowhere/at/all")[0].view == "home:missing"
    assert find("/id/a/b") == (find("/id/x")[0], {"name": "a/b"})
