"""Many clients at once, hostile ones among them: no wrong answer, and no memory that grows."""

from __future__ import annotations

import random
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

import unpact

from ..servers.unpact_server import Served, serving  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/statm").exists(), reason="reads the memory of processes in /proc"
    ),
]

#: The clients go on for so long at least, then until they have met all that they are to meet; a busy machine
#: takes longer, and one where they do not get there in the end fails.
SECONDS, LAST_SECOND = 45, 300
ENOUGH = 200
WARM = 15
CLIENTS = 12
WORKERS = 3
JSON = {"Accept": "application/sparql-results+json"}
HONEST = ("party-status", "treaties-of", "memberships", "programmes", "acts", "timeline", "discrepancies")
BUSY, LATE = 503, 504

#: The kinds of ends that are to be met: an answer, a query that is wrong, forbidden, too long, too slow.
ENDS = {200, 400, 403, 413, 504}

#: What hostile clients ask, and the statuses that they may get.
HOSTILE: Mapping[str, tuple[int, ...]] = {
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }": (504,),
    "SELECT (GROUP_CONCAT(?c) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }": (504, 507),
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?g": (504, 507),
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }": (200, 504, 507),
    "SELECT * { ?a (unp:x|!unp:x)* ?b . ?b (unp:x|!unp:x)* ?c }": (200, 504, 507),
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }": (403,),
    "SELECT * FROM <http://127.0.0.1:9/data> { ?a ?b ?c }": (403,),
    "SELECT * FROM <file:///etc/passwd> { ?a ?b ?c }": (403,),
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }": (400,),
    "LOAD <file:///etc/passwd>": (400,),
    "SELECT * { " + "{ " * 5000 + "}" * 5000 + " }": (400,),
    "SELECT * { ?a ?b": (400,),
    "SELECT ('<script>alert(1)</script>' AS ?x) {}": (200,),
    "\x00": (400,),
}


@dataclass
class Seen:
    """What the clients saw."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def all_there_is(self) -> bool:
        return self.statuses[200] > ENOUGH and set(self.statuses) >= ENDS


def memory(process: int) -> float:
    """The megabytes that a process has to itself."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def children(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.fixture(scope="module")
def expected() -> dict[str, list[tuple[str, ...]]]:
    """The rows of each honest question, as the library gives them."""
    knowledge = unpact.open()
    rows = {}
    for name in HONEST:
        query = knowledge.queries.find(name)
        answer = knowledge.query(name, **query.examples[0])
        rows[name] = [tuple("" if term is None else term.value for term in row) for row in answer.result.rows]
    return rows


def test_a_soak(tmp_path: Path, expected: dict[str, list[tuple[str, ...]]]) -> None:
    options = ("--workers", str(WORKERS), "--timeout", "5", "--memory", "256", "--max-rows", "1000")
    with serving(tmp_path, *options) as server:
        seen = Seen()
        begun = time.monotonic()
        sizes: list[float] = []

        def over() -> bool:
            spent = time.monotonic() - begun
            return spent > SECONDS and (seen.all_there_is() or spent > LAST_SECOND)

        with ThreadPoolExecutor(CLIENTS) as clients:
            work = [clients.submit(_client, server, expected, seen, over, at) for at in range(CLIENTS)]
            while not over():
                time.sleep(1)
                if time.monotonic() > begun + WARM:
                    sizes.append(memory(server.process.pid))
            for each in work:
                each.result()
        assert seen.wrong == []
        assert seen.all_there_is(), seen.statuses
        assert 500 not in seen.statuses
        _is_well(server, expected)
        third = len(sizes) // 3
        assert max(sizes[-third:]) < max(sizes[:third]) + 32, sizes
        workers = children(server.process.pid)
        assert len(workers) == WORKERS
        # the view takes about 60 MB; what a query took beside that is given back with its worker
        assert all(memory(each) < 60 + 256 + 100 for each in workers)


def _client(
    server: Served,
    expected: Mapping[str, list[tuple[str, ...]]],
    seen: Seen,
    over: Callable[[], bool],
    seed: int,
) -> None:
    choose = random.Random(seed)  # noqa: S311 - it chooses what is asked next
    kinds: list[Callable[[httpx.Client], None]] = [
        lambda http: _honest(http, expected, seen, choose.choice(HONEST)),
        lambda http: _honest(http, expected, seen, choose.choice(HONEST)),
        lambda http: _page(http, seen, choose),
        lambda http: _hostile(http, seen, choose.choice(list(HOSTILE))),
        lambda http: _too_long(http, seen),
        lambda _http: _gone(server, choose),
    ]
    with httpx.Client(base_url=server.address, timeout=60) as http:
        while not over():
            choose.choice(kinds)(http)


def _honest(http: httpx.Client, expected: Mapping[str, list[tuple[str, ...]]], seen: Seen, name: str) -> None:
    query = unpact.open().queries.find(name)
    given = [
        (key.replace("_", "-"), each)
        for key, value in query.examples[0].items()
        for each in ((value,) if isinstance(value, str) else value)
    ]
    answer = http.get(f"/query/{query.topic}/{name}", params=given, headers=JSON)
    seen.statuses[answer.status_code] += 1
    if not _put_off(answer) and (answer.status_code != 200 or _rows(answer) != expected[name]):
        seen.wrong.append(f"{name}: {answer.status_code} {answer.text[:200]}")


def _rows(answer: httpx.Response) -> list[tuple[str, ...]]:
    found = answer.json()
    names = found["head"]["vars"]
    return [
        tuple(row.get(name, {"value": ""})["value"] for name in names) for row in found["results"]["bindings"]
    ]


def _page(http: httpx.Client, seen: Seen, choose: random.Random) -> None:
    path = choose.choice(
        ("/", "/id/pakistan", "/id/unodc", "/timeline", "/matrix", "/article", "/search?q=UNCAC")
    )
    answer = http.get(path, headers={"Accept": "text/html"})
    seen.statuses[answer.status_code] += 1
    if not _put_off(answer) and (answer.status_code != 200 or "</html>" not in answer.text):
        seen.wrong.append(f"{path}: {answer.status_code} {answer.text[:200]}")


def _hostile(http: httpx.Client, seen: Seen, text: str) -> None:
    answer = http.post("/sparql", data={"query": text}, headers=JSON)
    seen.statuses[answer.status_code] += 1
    if answer.status_code == BUSY:
        _wait(answer)
    elif answer.status_code not in HOSTILE[text] or "Traceback" in answer.text:
        seen.wrong.append(f"{text[:60]}: {answer.status_code} {answer.text[:200]}")


def _too_long(http: httpx.Client, seen: Seen) -> None:
    try:
        answer = http.post(
            "/sparql", content=b"x" * 2**21, headers={"Content-Type": "application/sparql-query"}
        )
    except httpx.TransportError:
        # refused while it was still sending
        return
    seen.statuses[answer.status_code] += 1
    if answer.status_code != 413:
        seen.wrong.append(f"too long: {answer.status_code}")


def _gone(server: Served, choose: random.Random) -> None:
    """Ask for much, and go away."""
    query = "SELECT%20(COUNT(*)%20AS%20?n)%20%7B?a%20?b%20?c.?d%20?e%20?f.?g%20?h%20?i%7D"
    with socket.create_connection(server.place, timeout=30) as connection:
        connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(choose.random() / 5)


def _put_off(answer: httpx.Response) -> bool:
    """Whether the server has too much to do, or is too slow on a machine that has, and says so."""
    if answer.status_code == BUSY:
        _wait(answer)
    return answer.status_code in (BUSY, LATE)


def _wait(answer: httpx.Response) -> None:
    time.sleep(min(1.0, float(answer.headers["Retry-After"])))


def _is_well(server: Served, expected: Mapping[str, list[tuple[str, ...]]]) -> None:
    """Afterwards it answers as before, once it has ended what the last clients left behind."""
    seen = Seen()
    with httpx.Client(base_url=server.address, timeout=60) as http:
        for answered, name in enumerate(HONEST):
            for _ in range(20):
                if seen.statuses[200] == answered:
                    _honest(http, expected, seen, name)
    assert seen.wrong == []
    assert seen.statuses[200] == len(HONEST), seen.statuses
