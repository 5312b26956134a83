from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, Store

from unpact.errors import StoreError, UsageError
from unpact.load import remote
from unpact.load.remote import PROFILES, Progress, Target, plan_of, push
from unpact.load.remote.pushing import Outcome
from unpact.names import DATASET, DCTERMS, MANIFEST_GRAPH, VOID

from .conftest import NEW, OLD, OTHERS, content_of
from .fake_service import BASE, Asked, Service

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.load.remote import Content

ONE_TRIPLE_A_REQUEST = 1


def target(profile: str = "fuseki") -> Target:
    return Target(BASE, profile, timeout=5)


def load(
    content: Content, service: Service, *, report: Callable[[Progress], None] = lambda _: None
) -> Outcome:
    to = target()
    plan = plan_of(content, to, transport=service.transport)
    return push(content, to, plan, report=report, transport=service.transport)


def canonical(store: Store, graph: str) -> frozenset[str]:
    """The triples of a graph, the same for graphs that differ in the labels of blank nodes alone."""
    dataset = Dataset(store.quads_for_pattern(None, None, None, NamedNode(graph)))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(str(quad.triple) for quad in dataset)


def holds(service: Service, trig: str) -> bool:
    """Whether the service has exactly these graphs, beside others' and what the load keeps for itself."""
    expected = Store()
    expected.load(trig + OTHERS, format=RdfFormat.TRIG)
    names = {name.value for name in expected.named_graphs()}
    kept = {name for name in service.graphs() if not name.startswith("https://w3id.org/unpact/graph/")}
    return kept == names and all(
        canonical(expected, name) == canonical(service.store, name) for name in names
    )


def left_over(service: Service) -> list[str]:
    """What only a load that is under way has in the service."""
    staged = [name for name in service.graphs() if "/staged/" in name]
    lock = service.store.quads_for_pattern(NamedNode(f"{DATASET}/load"), None, None, None)
    return staged + [str(quad) for quad in lock]


def said(service: Service, subject: str, predicate: str) -> list[str]:
    quads = service.store.quads_for_pattern(
        NamedNode(subject), NamedNode(predicate), None, NamedNode(MANIFEST_GRAPH)
    )
    return sorted(quad.object.value for quad in quads)


def test_a_load_puts_every_graph_in_its_place_and_leaves_nothing_else(service: Service, old: Content) -> None:
    outcome = load(old, service)
    assert holds(service, OLD)
    assert left_over(service) == []
    assert (outcome.graphs, outcome.triples, outcome.removed, outcome.found) == (3, 7, 0, 0)


def test_the_manifest_says_what_is_there(service: Service, old: Content) -> None:
    load(old, service)
    assert said(service, DATASET, VOID + "subset") == ["urn:g:changed", "urn:g:gone", "urn:g:same"]
    assert said(service, DATASET, DCTERMS + "identifier") == [old.key]
    assert said(service, DATASET, DCTERMS + "type") == ["best"]
    assert said(service, "urn:g:changed", VOID + "triples") == ["3"]
    assert said(service, "urn:g:changed", DCTERMS + "source") == ["changed.ttl"]


def test_a_load_that_was_finished_before_asks_two_questions_and_changes_nothing(
    service: Service, old: Content
) -> None:
    load(old, service)
    before = len(service.asked)
    again = content_of(OLD, "0")
    plan = plan_of(again, target(), transport=service.transport)
    assert plan.done
    assert push(again, target(), plan, transport=service.transport) == Outcome(0, 0, 0, 0, 0, 0.0)
    assert [each.path for each in service.asked[before:]] == ["/ds/sparql"] * 2


def test_the_plan_says_what_each_graph_gains_and_loses(service: Service, old: Content, new: Content) -> None:
    load(old, service)
    plan = plan_of(new, target(), transport=service.transport)
    counts = {each.graph: (each.here, each.there, each.to_add, each.to_remove) for each in plan.changes}
    assert counts == {
        "urn:g:changed": (6, 3, 6, 3),
        "urn:g:gone": (0, 1, 0, 1),
        "urn:g:new": (1, 0, 1, 0),
        "urn:g:same": (3, 3, 0, 0),
    }
    assert not plan.done


def test_a_new_version_sends_what_changed_and_removes_what_it_no_longer_has(
    service: Service, old: Content, new: Content
) -> None:
    load(old, service)
    outcome = load(new, service)
    assert holds(service, NEW)
    assert left_over(service) == []
    assert (outcome.graphs, outcome.triples, outcome.removed) == (2, 7, 1)
    assert said(service, DATASET, VOID + "subset") == ["urn:g:changed", "urn:g:new", "urn:g:same"]


def test_a_graph_that_somebody_changed_there_is_sent_again(service: Service, old: Content) -> None:
    load(old, service)
    service.store.update("INSERT DATA { GRAPH <urn:g:same> { <urn:x> <urn:y> <urn:z> } }")
    outcome = load(old, service)
    assert holds(service, OLD)
    assert outcome.graphs == 1


def test_readers_see_the_old_until_the_one_update_that_moves_all(
    service: Service, old: Content, new: Content
) -> None:
    load(old, service)
    states: list[tuple[bool, bool]] = []

    def look(_: Asked) -> None:
        states.append((holds(service, OLD), holds(service, NEW)))

    service.after = look
    load(new, service)
    moved = states.index((False, True))
    assert moved > 4
    assert set(states[:moved]) == {(True, False)}
    assert set(states[moved:]) == {(False, True)}


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_loader_killed_at_any_request_leaves_old_or_new_and_the_next_one_completes(
    old: Content, new: Content, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed_at(number: int) -> Callable[[Asked], None]:
        def kill(asked: Asked) -> None:
            if asked.number >= number:
                raise Killed

        return kill

    monkeypatch.setitem(PROFILES, "fuseki", replace(PROFILES["fuseki"], most_bytes=ONE_TRIPLE_A_REQUEST))
    number = 0
    while True:
        service = Service()
        service.store.load(OTHERS, format=RdfFormat.TRIG)
        load(old, service)
        setattr(service, moment, killed_at(len(service.asked) + number))
        try:
            load(new, service)
        except Killed:
            pass
        else:
            break
        assert holds(service, OLD) or holds(service, NEW)
        service.before = service.after = lambda _: None
        with monkeypatch.context() as patch:
            # the process that was killed is not there any more
            patch.setattr("unpact.load.remote.lock._started", lambda _: "later")
            load(new, service)
        assert holds(service, NEW)
        assert left_over(service) == []
        number += 1
    assert number > 8


BIG = (
    "<urn:g:big> {"
    + "".join(f"<urn:s{number}> <urn:p> {number} . " for number in range(2000))
    + "[ <urn:p> [] ] }"
)


@pytest.mark.slow
def test_a_large_graph_goes_in_pieces_its_blank_nodes_in_one(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unpact.load.remote.distinct_lines._STEP", 1)
    monkeypatch.setitem(PROFILES, "fuseki", replace(PROFILES["fuseki"], most_bytes=10_000))
    load(content_of(BIG, "2"), service)
    assert holds(service, BIG.replace("[ <urn:p> [] ]", "[ <urn:p> [] ] ."))
    blank = [each for each in service.asked if each.path == "/ds/data" and b"_:" in each.body]
    assert len(blank) == 1
    assert blank[0].method == "PUT"
    assert len(service.requests("POST", "/ds/data")) >= 4


def test_pieces_that_arrived_are_not_sent_again(
    service: Service, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unpact.load.remote.distinct_lines._STEP", 1)
    monkeypatch.setitem(PROFILES, "fuseki", replace(PROFILES["fuseki"], most_bytes=10_000))
    content = content_of(BIG, "2")

    def full(asked: Asked) -> httpx.Response | None:
        sent = len(service.requests("POST", "/ds/data"))
        return httpx.Response(507) if asked.path == "/ds/data" and sent == 3 else None

    service.before = full
    with pytest.raises(StoreError, match="no room left"):
        load(content, service)
    assert "urn:g:big" not in service.graphs()
    service.before = lambda _: None
    first = {each.body for each in service.requests("POST", "/ds/data")[:-1]}
    began = len(service.asked)
    outcome = load(content, service)
    second = {each.body for each in service.asked[began:] if each.path == "/ds/data"}
    assert not first & second
    assert outcome.found >= 200
    assert holds(service, BIG)
    assert waits == []


def test_a_graph_too_large_to_move_is_put_in_its_place_at_once(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PROFILES, "fuseki", replace(PROFILES["fuseki"], most_moved=10))
    # it may take longer than one request else does
    monkeypatch.setattr("unpact.load.remote.lock._SLOWEST", 0.01)
    load(content_of(BIG, "2"), service)
    assert service.requests("PUT", "/ds/data")[0].graph == "urn:g:big"
    renewed = [each.number for each in service.requests("POST", "/ds/update") if "?before" in each.text]
    assert min(renewed) < service.requests("PUT", "/ds/data")[0].number
    assert holds(service, BIG)
    assert left_over(service) == []


def test_a_graph_that_was_replaced_in_its_place_is_not_taken_for_the_old_one(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PROFILES, "fuseki", replace(PROFILES["fuseki"], most_moved=1))
    before, after = (f"<urn:g:big> {{ <urn:a> <urn:p> {numbers} }}" for numbers in ("1 , 2", "3 , 4"))
    load(content_of(before, "3"), service)

    def refuse(asked: Asked) -> httpx.Response | None:
        return httpx.Response(403) if asked.method == "PUT" and asked.graph != "urn:g:big" else None

    service.before = refuse
    with pytest.raises(StoreError, match="does not let this user write"):
        load(content_of(after, "4"), service)
    assert holds(service, after)
    service.before = lambda _: None
    load(content_of(before, "3"), service)
    assert holds(service, before)


def test_progress_reaches_the_total(service: Service, old: Content) -> None:
    seen: list[Progress] = []
    load(old, service, report=seen.append)
    sending = [each for each in seen if each.step == "sending"]
    assert [each.triples for each in sending] == sorted(each.triples for each in sending)
    assert (sending[-1].triples, sending[-1].triples_total) == (7, 7)
    assert sending[-1].bytes == sending[-1].bytes_total > 0
    assert seen[-1].step == "checking"


def test_a_service_that_loses_a_triple_keeps_the_old(service: Service, old: Content, new: Content) -> None:
    load(old, service)

    def lose(asked: Asked) -> None:
        if asked.method == "PUT" and b"newer" in asked.body:
            service.store.remove(
                next(iter(service.store.quads_for_pattern(None, None, None, NamedNode(asked.graph))))
            )

    service.after = lose
    with pytest.raises(StoreError, match=r"urn:g:changed has 5 triples there instead of 6") as raised:
        load(new, service)
    assert "still in its place" in str(raised.value)
    assert holds(service, OLD)
    service.after = lambda _: None
    load(new, service)
    assert holds(service, NEW)


def test_a_store_that_loses_triples_while_it_moves_is_found_out(service: Service, old: Content) -> None:
    def lose(asked: Asked) -> None:
        if asked.path == "/ds/update" and "DROP SILENT GRAPH <urn:g:same>" in asked.text:
            service.store.update('DELETE DATA { GRAPH <urn:g:same> { <urn:a> <urn:p> "same" } }')

    service.after = lose
    with pytest.raises(StoreError, match="urn:g:same has 2 triples after the load instead of 3"):
        load(old, service)
    service.after = lambda _: None
    load(old, service)
    assert holds(service, OLD)


def test_the_plan_says_what_readers_may_see(
    service: Service, old: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert plan_of(old, target(), transport=service.transport).notes == ()
    monkeypatch.setitem(PROFILES, "fuseki", replace(PROFILES["fuseki"], atomic_update=False, most_moved=2))
    notes = plan_of(old, target(), transport=service.transport).notes
    assert [note.partition(" ")[0] for note in notes] == ["urn:g:changed", "urn:g:same", "Services"]


def test_blank_nodes_of_two_graphs_are_refused() -> None:
    with pytest.raises(UsageError, match="a blank node of urn:g:1 is in urn:g:2 too"):
        content_of("<urn:g:1> { <urn:a> <urn:p> _:x } <urn:g:2> { _:x <urn:p> <urn:b> }", "3")


def test_the_graphs_of_the_load_itself_are_refused(service: Service) -> None:
    content = content_of(f"<{MANIFEST_GRAPH}> {{ <urn:a> <urn:p> <urn:b> }}", "3")
    with pytest.raises(UsageError, match="kept for the load itself"):
        plan_of(content, target(), transport=service.transport)


class TestTwoLoaders:
    def broken_off(self, service: Service, content: Content) -> None:
        """A load that is killed when all but the last graph is staged."""

        class Killed(BaseException):
            pass

        def kill(asked: Asked) -> None:
            if len(service.requests("PUT", "/ds/data")) >= 3 or asked.number < 0:
                raise Killed

        service.before = kill
        with pytest.raises(Killed):
            load(content, service)
        service.before = lambda _: None

    def test_one_at_a_time(self, service: Service, old: Content, new: Content) -> None:
        self.broken_off(service, old)
        with pytest.raises(StoreError, match="another load is under way there") as raised:
            load(new, service)
        assert "minutes" in str(raised.value)
        assert raised.value.exit_code == 3

    def test_one_that_was_killed_is_taken_over_and_its_staged_graphs_go(
        self, service: Service, old: Content, new: Content, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.broken_off(service, old)
        monkeypatch.setattr("unpact.load.remote.lock._started", lambda _: "later")
        plan = plan_of(new, target(), transport=service.transport)
        (note,) = plan.notes
        assert note.startswith("A load of other content was broken off there")
        push(new, target(), plan, transport=service.transport)
        assert holds(service, NEW)
        assert left_over(service) == []

    def test_the_same_content_goes_on(
        self, service: Service, old: Content, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.broken_off(service, old)
        monkeypatch.setattr("unpact.load.remote.lock._started", lambda _: "later")
        plan = plan_of(old, target(), transport=service.transport)
        assert "goes on with it" in plan.notes[0]
        outcome = push(old, target(), plan, transport=service.transport)
        assert outcome.found + outcome.triples == 7
        assert outcome.found > 0
        assert holds(service, OLD)

    def test_one_on_another_machine_counts_as_ended_when_its_time_is_over(
        self, service: Service, old: Content, new: Content, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.broken_off(service, old)
        monkeypatch.setattr("unpact.load.remote.lock._machine", lambda: "another")
        with pytest.raises(StoreError, match="under way"):
            load(new, service)
        past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(timespec="seconds")
        service.store.update(
            f"DELETE {{ GRAPH <{MANIFEST_GRAPH}> {{ ?s <{DCTERMS}valid> ?o }} }}"
            f"INSERT {{ GRAPH <{MANIFEST_GRAPH}> {{ ?s <{DCTERMS}valid> '{past}' }} }}"
            f"WHERE {{ GRAPH <{MANIFEST_GRAPH}> {{ ?s <{DCTERMS}valid> ?o }} }}"
        )
        load(new, service)
        assert holds(service, NEW)

    def test_one_that_was_finished_after_the_plan_was_made_is_not_undone(
        self, service: Service, old: Content, new: Content
    ) -> None:
        plan = plan_of(old, target(), transport=service.transport)
        load(new, service)
        with pytest.raises(StoreError, match="another load was finished there in the meantime"):
            push(old, target(), plan, transport=service.transport)
        assert holds(service, NEW)
        assert left_over(service) == []


def test_it_is_said_how_to_get_httpx(service: Service, old: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(UsageError, match=r"needs the package httpx\. Type: pip install 'unpact\[remote\]'"):
        remote.plan_of(old, target(), transport=service.transport)


def test_the_profiles_can_be_listed_without_httpx() -> None:
    code = "import sys; from unpact.load.remote import PROFILES, Target; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
