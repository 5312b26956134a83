"""The standing of a state as of a day: Pakistan's real acts, and what acts and statements mean together."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import unpact
from unpact.corpus import bundled
from unpact.errors import UnpactError
from unpact.names import ID

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.query.result import Row

HEAD = """@prefix unp: <https://w3id.org/unpact/ontology#> .
@prefix id: <https://w3id.org/unpact/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# from the status tables of the UN Treaty Collection, 12 March 2015, with the day of entry into force
PAKISTAN = {
    "single-convention-1961": ("Ratification", "1961-03-30", "1965-07-09", "1965-08-08"),
    "psychotropics-convention-1971": ("Accession", None, "1977-06-09", "1977-09-07"),
    "illicit-traffic-convention-1988": ("Ratification", "1989-12-20", "1991-10-25", "1992-01-23"),
    "untoc": ("Ratification", "2000-12-14", "2010-01-13", "2010-02-12"),
    "uncac": ("Ratification", "2003-12-09", "2007-08-31", "2007-09-30"),
}


def act(name: str, kind: str, treaty: str, day: str, *, state: str = "pakistan", more: str = "") -> str:
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    return (
        f"id:{name} a unp:{kind} ; unp:actor id:{state} ; unp:treaty id:{treaty} ;"
        f' unp:date "{day}"^^xsd:{kinds[len(day)]} {more} .\n'
    )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project without the acts that the record has of these states."""
    folder = tmp_path_factory.mktemp("root")
    without = shutil.ignore_patterns("acts", "complete-records.ttl")
    for name in ("ontology", "data", "queries"):
        shutil.copytree(bundled().root / name, folder / name, ignore=without)
    return folder


def opened(root: Path, folder: Path, turtle: str) -> unpact.Knowledge:
    file = folder / "acts.ttl"
    file.write_text(HEAD + turtle, encoding="utf-8")
    return unpact.open(data=file, cache=False, root=root)


@pytest.fixture(scope="module")
def acts(root: Path, tmp_path_factory: pytest.TempPathFactory) -> unpact.Knowledge:
    text = ""
    for treaty, (kind, signed, consented, _) in PAKISTAN.items():
        text += act(f"{treaty}-signature", "Signature", treaty, signed) if signed else ""
        text += act(f"{treaty}-consent", kind, treaty, consented)
    covered = ", ".join(f"id:{treaty}" for treaty in PAKISTAN)
    text += (
        "id:record a unp:CompleteRecord ; unp:coversState id:pakistan, id:iran ;"
        f" unp:coversTreaty {covered} ;"
        ' unp:asOf "2015-03-12"^^xsd:date .'
    )
    return opened(root, tmp_path_factory.mktemp("acts"), text)


def status(graph: unpact.Knowledge, treaty: str, as_of: str, state: str = "Pakistan") -> list[Row]:
    return list(graph.query("party-status", state=state, treaty=treaty, as_of=as_of))


def steps(graph: unpact.Knowledge, treaty: str, as_of: str, state: str = "Pakistan") -> list[tuple[str, str]]:
    return [(row.status.label, row.when) for row in status(graph, treaty, as_of, state)]


@pytest.mark.parametrize("treaty", PAKISTAN)
def test_entry_into_force_is_computed_from_the_clause(acts: unpact.Knowledge, treaty: str) -> None:
    _, _, consented, in_force = PAKISTAN[treaty]
    (row,) = status(acts, treaty, in_force)
    assert (row.status.label, row.date.isoformat()) == ("party", consented)
    assert (row.inForce.isoformat(), row.inForceBy, row.reckoning) == (in_force, None, "computed")
    year, month, day = in_force.split("-")
    before = f"{year}-{month}-{int(day) - 1:02}"
    (row,) = status(acts, treaty, before)
    assert row.status.label == "contracting state"


def test_the_acts_of_a_state_bring_it_from_step_to_step(acts: unpact.Knowledge) -> None:
    assert steps(acts, "UNTOC", "2000-12-13") == [("not a party", "current")]
    assert steps(acts, "UNTOC", "2000-12-14") == [("signatory", "current")]
    assert steps(acts, "UNTOC", "2010-01-13") == [("contracting state", "current")]
    assert steps(acts, "UNTOC", "2026") == [("party", "current")]
    year = steps(acts, "UNTOC", "2010")
    assert sorted(year) == [("contracting state", "current"), ("party", "current"), ("signatory", "current")]


def test_a_record_tells_nothing_beyond_its_day(acts: unpact.Knowledge) -> None:
    assert steps(acts, "UNCAC", "2015-03-12", "Iran") == [("not a party", "current")]
    (row,) = status(acts, "UNCAC", "2015-03-13", "Iran")
    assert (row.status.label, row.when, row.basis) == ("unknown", "unknown", None)
    assert row.recordedUntil.isoformat() == "2015-03-12"
    # a state that the record does not cover
    assert steps(acts, "UNCAC", "2015-03-12", "Japan") == [("unknown", "unknown")]


@pytest.mark.slow
def test_an_act_takes_the_place_of_a_bare_statement(root: Path, acts: unpact.Knowledge) -> None:
    kinds = {row.kind.local_name for row in status(acts, "UNCAC", "2023-08-18")}
    assert kinds == {"Ratification"}
    bare = unpact.open(root=root)
    (row,) = status(bare, "UNCAC", "2023-08-18")
    assert (row.status.label, row.kind.local_name) == ("party by statement", "PartyStatement")
    # what the article states of its own day it does not state of earlier ones
    assert steps(bare, "UNCAC", "2010") == [("party by statement", "unknown")]
    assert steps(bare, "UNCAC", "2026-01-01") == [("party by statement", "current")]


@pytest.mark.slow
def test_a_month_leaves_days_open_that_its_clause_shifts() -> None:
    graph = unpact.open()
    (row,) = status(graph, "TIP", "2023")
    assert (row.date, row.inForce.isoformat(), row.inForceBy.isoformat()) == (
        "2022-11",
        "2022-12-01",
        "2022-12-30",
    )
    assert sorted(steps(graph, "TIP", "2022-12-15")) == [
        ("contracting state", "uncertain"),
        ("party", "uncertain"),
    ]
    assert steps(graph, "TIP", "2022-10-31") == [("unknown", "unknown")]


@pytest.mark.slow
def test_each_treaty_is_recorded_until_a_day_of_its_own() -> None:
    graph = unpact.open()
    assert steps(graph, "TIP", "2013-12-13") == [("not a party", "current")]
    assert steps(graph, "TIP", "2013-12-14") == [("unknown", "unknown")]
    assert steps(graph, "som-protocol", "2013-12-13") == [("unknown", "unknown")]
    assert steps(graph, "firearms-protocol", "2013-12-14") == [("not a party", "current")]
    # a state that acceded after the list was brought up to date, in a month of which no source tells the day
    assert steps(graph, "TIP", "2013-12-13", "Afghanistan") == [("not a party", "current")]
    assert steps(graph, "TIP", "2014-07-31", "Afghanistan") == [("unknown", "unknown")]
    assert steps(graph, "TIP", "2014-10", "Afghanistan") == [("party", "current")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "in_force", "reckoning"),
    [
        (act("a", "Accession", "untoc", "2020-05-01", state="iran"), "2020-05-31", "computed"),
        # not before the treaty itself
        (act("a", "Accession", "untoc", "2003-09-10", state="iran"), "2003-10-10", "computed"),
        (act("a", "Accession", "untoc", "2001-05-01", state="iran"), "2003-09-29", "computed"),
        # a state that succeeds waits for nothing
        (act("a", "Succession", "untoc", "2020-05-01", state="iran"), "2020-05-01", "act"),
        # no clause is known of this treaty
        (act("a", "Accession", "arab-convention", "2020-05-01", state="iran"), "2020-05-01", "act"),
        (
            act("a", "Accession", "untoc", "2020-05-01", state="iran")
            + act("b", "EntryIntoForce", "untoc", "2020-07-01", state="iran"),
            "2020-07-01",
            "stated",
        ),
        # an entry into force that is earlier than the act belongs to another one
        (
            act("a", "Accession", "untoc", "2020-05-01", state="iran")
            + act("b", "EntryIntoForce", "untoc", "2010-07-01", state="iran"),
            "2020-05-31",
            "computed",
        ),
    ],
)
def test_where_the_day_of_entry_into_force_comes_from(
    root: Path, tmp_path: Path, text: str, in_force: str, reckoning: str
) -> None:
    graph = opened(root, tmp_path, text)
    treaty = "arab-convention" if "arab" in text else "untoc"
    (row,) = status(graph, treaty, in_force, "Iran")
    assert (row.status.label, row.inForce.isoformat(), row.reckoning) == ("party", in_force, reckoning)


@pytest.mark.slow
def test_a_clause_without_the_entry_into_force_of_the_treaty_leaves_it_open(
    root: Path, tmp_path: Path
) -> None:
    text = "id:arab-convention unp:daysToEntryIntoForce 30 .\n"
    graph = opened(
        root, tmp_path, text + act("a", "Accession", "arab-convention", "2020-05-01", state="iran")
    )
    assert sorted(steps(graph, "arab-convention", "2026", "Iran")) == [
        ("contracting state", "uncertain"),
        ("party", "uncertain"),
    ]
    assert steps(graph, "arab-convention", "2020-05-30", "Iran") == [("contracting state", "current")]


@pytest.mark.slow
def test_a_withdrawal_ends_it_until_the_state_comes_back(root: Path, tmp_path: Path) -> None:
    text = (
        act("in", "Accession", "untoc", "2005-01-01", state="iran")
        + act("out", "Withdrawal", "untoc", "2010", state="iran")
        + act("again", "Accession", "untoc", "2012-06", state="iran")
    )
    graph = opened(root, tmp_path, text)
    assert steps(graph, "untoc", "2009-12-31", "Iran") == [("party", "current")]
    assert sorted(steps(graph, "untoc", "2010-06-01", "Iran")) == [
        ("not a party", "uncertain"),
        ("party", "uncertain"),
    ]
    assert steps(graph, "untoc", "2011", "Iran") == [("not a party", "current")]
    assert steps(graph, "untoc", "2013", "Iran") == [("party", "current")]


@pytest.mark.slow
def test_states_on_the_way_to_a_treaty(acts: unpact.Knowledge) -> None:
    rows = acts.query("not-yet-party", treaty="UNTOC", group="regional-programme", as_of="2009")
    found = {row.state.local_name: row.status.label for row in rows}
    assert (found["pakistan"], found["iran"], found["uzbekistan"]) == ("signatory", "not a party", "unknown")
    later = {row.state.local_name for row in acts.query("not-yet-party", treaty="UNTOC", as_of="2011")}
    assert "pakistan" not in later
    assert {"iran", "japan"} <= later


@pytest.mark.slow
def test_parties_and_treaties_are_two_sides_of_one_answer(acts: unpact.Knowledge) -> None:
    for as_of in ("1970", "1991-12-01", "2010-02-12", "2023-08-18"):
        treaties = {row.instrument for row in acts.query("treaties-of", state="Pakistan", as_of=as_of)}
        for treaty in PAKISTAN:
            parties = acts.query("parties-of", treaty=treaty, as_of=as_of)
            party = any(row.status.label.startswith("party") for row in parties)
            assert party == (ID + treaty in treaties)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "when"),
    [
        ("2022-10-31", None),
        ("2022-11-15", "uncertain"),
        ("2022-11-30", "done"),
        ("2022-11", "done"),
        ("2026", "done"),
    ],
)
def test_an_act_is_done_from_its_day_on(as_of: str, when: str | None) -> None:
    """Pakistan acceded to the protocol in November 2022, and no source of the graph knows the day."""
    rows = unpact.open().query("acts", state="Pakistan", as_of=as_of)
    found = [row.when for row in rows if row.treaty.local_name == "tip-protocol"]
    assert found == ([when] if when else [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "statuses"),
    [
        ("2010-01-12", set()),
        ("2010-01-13", {("not a party", "current")}),
        ("2022-10", {("unknown", "unknown")}),
        ("2022-11-15", {("contracting state", "uncertain")}),
        ("2022-12-15", {("party", "uncertain"), ("contracting state", "uncertain")}),
        ("2023", set()),
    ],
)
def test_a_gap_opens_with_the_convention_and_closes_with_the_protocol(
    as_of: str, statuses: set[tuple[str, str]]
) -> None:
    rows = unpact.open().query("protocol-gaps", group="regional-programme", as_of=as_of)
    found = {
        (row.status.label, row.when)
        for row in rows
        if row.state.local_name == "pakistan" and row.instrument.local_name == "tip-protocol"
    }
    assert found == statuses


@pytest.mark.slow
def test_a_state_that_joined_both_on_one_day_left_no_gap_in_that_year() -> None:
    rows = unpact.open().query("protocol-gaps", group="regional-programme", as_of="2002")
    gaps = {(row.state.local_name, row.instrument.local_name) for row in rows}
    assert ("tajikistan", "firearms-protocol") in gaps
    assert ("tajikistan", "tip-protocol") not in gaps


@pytest.mark.slow
def test_ways_of_joining_count_what_was_done_by_then() -> None:
    def joined(as_of: str) -> int:
        rows = unpact.open().query("ways-of-joining", treaty="TIP", as_of=as_of)
        return sum(row.states for row in rows)

    days = ["2000", "2001-06-27", "2001-06-28", "2015-03-12", "2022-11-15", "2022-11-30"]
    assert [joined(day) for day in days] == [0, 0, 1, 17, 17, 18]


UNION = (
    "id:european-union a unp:InternationalOrganization ;"
    ' <http://www.w3.org/2000/01/rdf-schema#label> "European Union"@en ; unp:acronym "EU" .\n'
)


@pytest.mark.slow
def test_an_organization_is_asked_for_as_a_state_is(root: Path, tmp_path: Path) -> None:
    act_of = act("eu-approval", "Approval", "untoc", "2004-05-21", state="european-union")
    graph = opened(root, tmp_path, UNION + act_of)
    assert steps(graph, "UNTOC", "2004-06-19", state="EU") == [("contracting state", "current")]
    assert steps(graph, "UNTOC", "2004-06-20", state="European Union") == [("party", "current")]
    assert [row.instrument.local_name for row in graph.query("treaties-of", state="EU", as_of="2010")] == [
        "untoc"
    ]
    assert [row.act.local_name for row in graph.query("acts", state="EU", as_of="2010")] == ["eu-approval"]
    parties = {row.state.local_name for row in graph.query("parties-of", treaty="UNTOC", as_of="2010")}
    assert "european-union" in parties


@pytest.mark.slow
def test_what_can_be_party_to_no_treaty_is_refused() -> None:
    with pytest.raises(UnpactError, match="no TreatyParticipant is called 'UNODC'"):
        unpact.open().query("party-status", state="UNODC")


@pytest.mark.slow
def test_a_comparison_has_a_line_for_each_state_and_treaty(acts: unpact.Knowledge) -> None:
    rows = acts.query(
        "regional-comparison", group="regional-programme", treaty=["UNTOC", "UNCAC"], as_of="2015"
    )
    assert len({(row.state, row.instrument) for row in rows}) == 16
    alone = {(row.status, row.basis, row.inForce) for row in status(acts, "UNTOC", "2015")}
    there = {
        (row.status, row.basis, row.inForce)
        for row in rows
        if row.state.local_name == "pakistan" and row.instrument.local_name == "untoc"
    }
    assert there == alone


@pytest.mark.slow
def test_the_article_view_knows_no_clause_and_no_record() -> None:
    graph = unpact.open(view="article")
    (row,) = status(graph, "TIP", "2023-08-18")
    assert (row.status.label, row.inForce.isoformat(), row.reckoning) == ("party", "2022-11-01", "act")
    assert steps(graph, "TIP", "2015-03-12") == [("unknown", "unknown")]
