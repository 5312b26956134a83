"""What holds as of a day, over small worlds of memberships and of acts under a treaty.

The engine's answer is held against Python's own calendar, and against every way in which the dates of a world
can lie within what is stated of them.
"""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat
from rdflib.compare import isomorphic

from unpact.corpus import bundled
from unpact.describe.show import show
from unpact.graph.closure import infer
from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import RdflibGraph, union_graph
from unpact.names import ID, PREFIXES, USER_GRAPH
from unpact.query.catalogue import Catalogue
from unpact.query.period import Period, read_period
from unpact.query.run import run

from ..examples import examples  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.graph.interface import Graph

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
QUERIES = Catalogue(file.path for file in bundled().query_files())
RULES = bundled().rule_files()
EPOCH, FOREVER = date(1, 1, 1), date(9999, 12, 31)
KINDS = {4: "gYear", 7: "gYearMonth", 10: "date"}
POSSIBLE = {"current", "uncertain", "unknown"}


def world(turtle: str) -> MemoryGraph:
    """The facts with all that the rules derive; classes are written out, since no ontology is loaded."""
    graph = MemoryGraph()
    graph.store.load(input=HEAD + turtle, format=RdfFormat.TURTLE, to_graph=NamedNode(USER_GRAPH + "world"))
    infer(graph, RULES)
    return graph


def ask(graph: Graph, query: str, as_of: str, **values: str) -> list[dict[str, str]]:
    result = run(graph, QUERIES.find(query), {**values, "as_of": as_of})
    return [
        {
            name: "" if term is None else str(getattr(term, "value", term)).removeprefix(ID)
            for name, term in zip(result.variables, row, strict=True)
        }
        for row in result.rows
    ]


def literal(text: str) -> str:
    return f'"{text}"^^xsd:{KINDS[len(text)]}'


def bounds(text: str | None) -> tuple[date, date]:
    """The first and the last day that a date can mean; any day where there is none."""
    period = None if text is None else read_period(text)
    return (EPOCH, FOREVER) if period is None else (period.first, period.last)


def days(period: Period) -> Iterator[date]:
    return (period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1))


def dates(first: str = "2019-11-01", last: str = "2021-02-28") -> st.SearchStrategy[str]:
    """Days, months and years around a leap year."""
    day = st.dates(date.fromisoformat(first), date.fromisoformat(last)).map(date.isoformat)
    return st.builds(lambda text, length: text[:length], day, st.sampled_from([4, 7, 10, 10]))


# memberships


class Membership(NamedTuple):
    start: str | None
    end: str | None
    as_of: str | None

    @property
    def turtle(self) -> str:
        said = {"start": self.start, "end": self.end, "asOf": self.as_of}
        facts = "".join(f" ; unp:{name} {literal(text)}" for name, text in said.items() if text)
        return f"id:m a unp:Membership ; org:member id:x ; org:organization id:b{facts} ."

    def lives(self, period: Period) -> list[tuple[date, date]]:
        """Every way in which it can begin and end that the answer may hang on."""
        (start, start_last), (end, end_last) = bounds(self.start), bounds(self.end)
        told = bounds(self.as_of) if self.as_of else None
        edges = {period.first, period.last, start, start_last, end, end_last, *(told or ())}
        near = {edge + timedelta(days=step) for edge in edges - {EPOCH, FOREVER} for step in (-1, 0, 1)} | (
            edges & {EPOCH, FOREVER}
        )
        return [
            (begun, over)
            for begun, over in itertools.product(near, near)
            if start <= begun <= start_last
            and end <= over <= end_last
            and begun <= over
            and (told is None or (begun <= told[0] and over >= told[1]))
        ]


memberships = st.builds(Membership, st.none() | dates(), st.none() | dates(), st.none() | dates())


def when(graph: Graph, as_of: str) -> str:
    (row,) = ask(graph, "memberships", as_of)
    return row["when"]


@pytest.mark.slow
@settings(max_examples=examples(50), deadline=None)
@given(memberships, dates())
def test_when_is_what_every_possible_life_of_a_membership_says(member: Membership, as_of: str) -> None:
    period = read_period(as_of)
    assert period is not None
    lives = member.lives(period)
    if not lives:
        return  # the dates contradict each other
    answer = when(world(member.turtle), as_of)
    now = [begun <= period.last and over >= period.first for begun, over in lives]
    assert (answer == "current") == (all(now) and member != (None, None, None))
    assert (answer == "planned") == all(begun > period.last for begun, _ in lives)
    assert (answer == "ended") == all(over < period.first for _, over in lives)
    if member.start and member.end:
        assert answer != "unknown"


@pytest.mark.slow
@settings(max_examples=examples(50), deadline=None)
@given(st.dates(date(2020, 1, 1), date(2020, 3, 31)), st.integers(0, 60), st.integers(-5, 70))
def test_a_membership_is_current_exactly_within_its_interval(start: date, length: int, offset: int) -> None:
    end, day = start + timedelta(days=length), start + timedelta(days=offset)
    answer = when(world(Membership(start.isoformat(), end.isoformat(), None).turtle), day.isoformat())
    assert answer == ("planned" if day < start else "ended" if day > end else "current")


@pytest.mark.slow
@settings(max_examples=examples(30), deadline=None)
@given(memberships, dates().filter(lambda text: len(text) < 10))
def test_a_period_is_the_union_of_its_days(member: Membership, as_of: str) -> None:
    period = read_period(as_of)
    assert period is not None
    if not member.lives(period):
        return
    graph = world(member.turtle)
    # the answer of a day can differ from that of the day before only where a bound lies between them
    edges = {period.first, period.last, *bounds(member.start), *bounds(member.end), *bounds(member.as_of)}
    near = {edge + timedelta(days=step) for edge in edges - {EPOCH, FOREVER} for step in (-1, 0, 1)}
    answers = {when(graph, day.isoformat()) for day in near if period.first <= day <= period.last}
    assert (when(graph, as_of) in POSSIBLE) == bool(answers & POSSIBLE)
    if "current" in answers:
        assert when(graph, as_of) == "current"


# acts under a treaty

SIGNATORY, CONTRACTING, PARTY, NOT_PARTY, UNKNOWN = (
    f"{PREFIXES['unp']}{name}Status" for name in ("Signatory", "Contracting", "Party", "NotParty", "Unknown")
)
RANK = {NOT_PARTY: 0, SIGNATORY: 1, CONTRACTING: 2, PARTY: 3}


class Acts(NamedTuple):
    """What a state does under a treaty, in the order in which it can: each later act is surely later."""

    signature: str | None
    consent: str | None
    withdrawal: str | None
    days: int | None
    treaty: str | None

    @property
    def turtle(self) -> str:
        clause = "" if self.days is None else f" ; unp:daysToEntryIntoForce {self.days}"
        since = "" if self.treaty is None else f" ; unp:enteredIntoForce {literal(self.treaty)}"
        text = f"id:s a unp:State , unp:TreatyParticipant . id:t a unp:Treaty{clause}{since} . "
        text += "id:r a unp:CompleteRecord ; unp:coversState id:s ; unp:coversTreaty id:t ;"
        text += ' unp:asOf "2030-01-01"^^xsd:date .'
        kinds = {
            "Signature": ("Signature", self.signature),
            "Ratification": ("Ratification , unp:ConsentToBeBound", self.consent),
            "Withdrawal": ("Withdrawal", self.withdrawal),
        }
        for name, (classes, day) in kinds.items():
            if day:
                text += (
                    f"id:{name} a unp:{classes} , unp:TreatyAct ; unp:actor id:s ; unp:treaty id:t ;"
                    f" unp:date {literal(day)} ."
                )
        return text

    def in_force(self, consented: date) -> date:
        """The day from which the treaty binds a state that consented on a day."""
        clause = consented + timedelta(days=self.days or 0)
        return clause if self.treaty is None else max(clause, date.fromisoformat(self.treaty))

    def status(self, lived: tuple[date | None, date | None, date | None], day: date) -> str:
        """The status on a day in one way in which the acts can lie."""
        signed, consented, withdrew = lived
        if withdrew and withdrew <= day:
            return NOT_PARTY
        if consented and consented <= day:
            return PARTY if self.in_force(consented) <= day else CONTRACTING
        return SIGNATORY if signed and signed <= day else NOT_PARTY

    def lives(self, day: date) -> list[tuple[date | None, date | None, date | None]]:
        """Every way in which the acts can lie that the status on the day may hang on."""
        choices: list[list[date | None]] = []
        for text in (self.signature, self.consent, self.withdrawal):
            if text is None:
                choices.append([None])
                continue
            first, last = bounds(text)
            near = {first, last, day, day + timedelta(days=1), day - timedelta(days=self.days or 0)}
            near |= {each + timedelta(days=1) for each in near}
            choices.append([each for each in sorted(near) if first <= each <= last])
        return list(itertools.product(*choices))  # type: ignore[arg-type]  # three choices make triples


@st.composite
def acts(draw: st.DrawFn, *, withdrawals: bool = True, precise: bool = False) -> Acts:
    def drawn(first: str, last: str) -> str | None:
        text = draw(st.none() | dates(first, last))
        # a year becomes its fourth of March, and a month its third day
        return text if text is None or not precise else f"{text}-03-04"[:10]

    clause = draw(st.none() | st.sampled_from([30, 90]))
    treaty = st.dates(date(2018, 6, 1), date(2021, 6, 30)).map(date.isoformat)
    return Acts(
        drawn("2018-03-01", "2019-12-31"),
        drawn("2020-01-01", "2021-03-31"),
        drawn("2023-01-01", "2024-12-31") if withdrawals else None,
        clause,
        # whoever knows the clause knows since when the treaty is in force
        draw(treaty if clause else st.none() | treaty),
    )


def statuses(graph: Graph, as_of: str) -> dict[str, str]:
    return {row["status"]: row["when"] for row in ask(graph, "party-status", as_of, state="id:s")}


@st.composite
def days_of(draw: st.DrawFn, histories: st.SearchStrategy[Acts], number: int) -> tuple[Acts, list[date]]:
    """A history, and days around those on which something changes in it."""
    history = draw(histories)
    turns = [day for text in history[:3] if text for day in bounds(text)]
    turns += [history.in_force(day) for day in (bounds(history.consent) if history.consent else ())]
    near = st.builds(
        lambda turn, step: turn + timedelta(days=step),
        st.sampled_from(turns or [date(2020, 1, 1)]),
        st.integers(-2, 2),
    )
    return history, draw(st.lists(near, min_size=number, max_size=number))


@pytest.mark.slow
@settings(max_examples=examples(40), deadline=None)
@given(days_of(acts(), 1))
def test_no_possible_status_is_dropped_and_none_is_sure_that_may_be_otherwise(
    case: tuple[Acts, list[date]],
) -> None:
    history, (day,) = case
    answer = statuses(world(history.turtle), day.isoformat())
    possible = {history.status(lived, day) for lived in history.lives(day)}
    assert possible <= set(answer)
    sure = {status for status, held in answer.items() if held == "current"}
    assert len(sure) <= 1
    if sure:
        assert possible == sure


@pytest.mark.slow
@settings(max_examples=examples(40), deadline=None)
@given(days_of(acts(precise=True), 1))
def test_exact_dates_leave_nothing_open(case: tuple[Acts, list[date]]) -> None:
    history, (day,) = case
    (status,) = {history.status(lived, day) for lived in history.lives(day)}
    assert statuses(world(history.turtle), day.isoformat()) == {status: "current"}


@pytest.mark.slow
@settings(max_examples=examples(30), deadline=None)
@given(days_of(acts(withdrawals=False), 2))
def test_going_forward_in_time_never_undoes_an_act(case: tuple[Acts, list[date]]) -> None:
    history, moments = case
    graph = world(history.turtle)
    earlier, later = (statuses(graph, day.isoformat()) for day in sorted(moments))
    reached = min(RANK[status] for status in earlier)
    assert min(RANK[status] for status in later) >= reached


@pytest.mark.slow
@settings(max_examples=examples(5), deadline=None)
@given(acts(), dates("2019-11-01", "2021-04-30").filter(lambda text: len(text) == 7))
def test_the_statuses_of_a_month_are_those_of_its_days(history: Acts, as_of: str) -> None:
    graph = world(history.turtle)
    period = read_period(as_of)
    assert period is not None
    assert set(statuses(graph, as_of)) == {
        status for day in days(period) for status in statuses(graph, day.isoformat())
    }


# one meaning of `when`


def expressions(text: str) -> list[str]:
    """Every expression of a query that tells planned from ended, without its layout and its last variable."""
    found = re.findall(r"BIND\(\s*IF\(BOUND\(\?earliestStart.*?\bAS \?\w+\s*\)", text, re.DOTALL)
    return [" ".join(each.split()).rpartition(" AS ")[0] for each in found]


@pytest.mark.slow
def test_when_means_the_same_in_every_query() -> None:
    texts = {query.name: query.text for query in QUERIES if "$as_of_first" in query.text}
    assert len(texts) >= 13
    found = {name: expressions(text) for name, text in texts.items()}
    assert {name for name, each in found.items() if len(each) != 1} == set()
    assert len({each for (each,) in found.values()}) == 1
    manual = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert expressions(manual) == next(iter(found.values()))


@pytest.mark.slow
@settings(max_examples=examples(50), deadline=None)
@given(memberships, dates())
def test_a_description_marks_what_the_query_answers(member: Membership, as_of: str) -> None:
    graph = world(member.turtle)
    description = show(graph, NamedNode(ID + "m"), read_period(as_of))
    assert (description.as_of, description.when) == (as_of, when(graph, as_of))


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(days_of(acts(), 1), memberships)
def test_rules_and_queries_are_the_same_on_rdflib(case: tuple[Acts, list[date]], member: Membership) -> None:
    history, (day,) = case
    turtle = f"{history.turtle} {member.turtle}"
    graph = world(turtle)
    facts = rdflib.Graph().parse(data=HEAD + turtle, format="turtle")
    for rule in RULES:
        derived = facts.query(rule.read().decode("utf-8"))
        for triple in derived:
            facts.add(triple)  # type: ignore[arg-type]  # a CONSTRUCT gives triples
    assert isomorphic(facts, union_graph(graph))
    other = RdflibGraph.copy_of(graph)
    for query, values in (("party-status", {"state": "id:s"}), ("memberships", {})):
        assert ask(graph, query, day.isoformat(), **values) == ask(other, query, day.isoformat(), **values)
