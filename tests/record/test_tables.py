"""The comparison of states and treaties, computed once more from the status tables themselves."""

from __future__ import annotations

import csv
import os
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import unpact
from unpact.names import ID

RECORD = os.environ.get("UNPACT_RECORD")
STATES = {
    "Afghanistan": "afghanistan",
    "Iran (Islamic Republic of)": "iran",
    "Kazakhstan": "kazakhstan",
    "Kyrgyzstan": "kyrgyzstan",
    "Pakistan": "pakistan",
    "Tajikistan": "tajikistan",
    "Turkmenistan": "turkmenistan",
    "Uzbekistan": "uzbekistan",
}
ALL_STATES = STATES | {
    "Austria": "austria",
    "China": "china",
    "Cuba": "cuba",
    "Egypt": "egypt",
    "India": "india",
    "Japan": "japan",
    "Mexico": "mexico",
    "Nigeria": "nigeria",
    "Russian Federation": "russia",
    "Slovakia": "slovakia",
    "United Arab Emirates": "uae",
    "Venezuela (Bolivarian Republic of)": "venezuela",
}
# the table of each treaty, the days of its clause, and its own entry into force
TABLES = {
    "untoc": ("18-12", 30, date(2003, 9, 29)),
    "tip-protocol": ("18-12-a", 30, date(2003, 12, 25)),
    "som-protocol": ("18-12-b", 30, date(2004, 1, 28)),
    "uncac": ("18-14", 30, date(2005, 12, 14)),
    "psychotropics-convention-1971": ("6-16", 90, date(1976, 8, 16)),
    "illicit-traffic-convention-1988": ("6-19", 90, date(1990, 11, 11)),
    "single-convention-1961": ("6-15", 30, date(1964, 12, 13)),
    "single-convention-amending-protocol": ("6-17", 30, date(1975, 8, 8)),
    "single-convention-as-amended": ("6-18", 30, date(1975, 8, 8)),
    "firearms-protocol": ("18-12-c", 30, date(2005, 7, 3)),
}
KINDS = {"": "Ratification", "a": "Accession", "A": "Acceptance", "AA": "Approval", "d": "Succession"}

pytestmark = pytest.mark.skipif(
    RECORD is None, reason="set UNPACT_RECORD to the folder that holds the status tables in untc/"
)


def read(cell: str) -> tuple[date, str] | None:
    """The day and the letter of a cell, read in the simplest way: these rows have nothing odd in them."""
    found = re.fullmatch(r"(\d{1,2} \w{3} \d{4})(?: (\w+))?", cell.strip())
    return (datetime.strptime(found[1], "%d %b %Y").date(), found[2] or "") if found else None  # noqa: DTZ007


def rows_of(table: str) -> list[list[str]]:
    path = Path(RECORD or "") / "untc" / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def newest(table: str) -> date:
    """The day of the newest act of any participant: on that day the table was certainly up to date."""
    dated = (read(cell) for _, *cells in rows_of(table) for cell in cells)
    return max(found[0] for found in dated if found)


def expected(treaty: str) -> dict[str, tuple[str, str | None, str | None]]:
    """By state: the status on the last day of the table, the kind of the act that it rests on, its date."""
    table, days, in_force = TABLES[treaty]
    last = newest(table)
    # who came to the convention as amended is not in the list of 1961, and may be bound by it
    absent = ("unknown", None, None) if table == "6-15" else ("not a party", "CompleteRecord", None)
    found: dict[str, tuple[str, str | None, str | None]] = dict.fromkeys(STATES.values(), absent)
    for name, signed, consented in rows_of(table):
        if name not in STATES:
            continue
        act, signature = read(consented), read(signed)
        if table == "6-18" and signature is not None:
            # the first column of this table is no signature
            status = "party" if max(signature[0] + timedelta(days), in_force) <= last else "contracting state"
            found[STATES[name]] = (status, "ParticipationByProtocol", signature[0].isoformat())
            continue
        if act is not None:
            day = act[0] if act[1] == "d" else max(act[0] + timedelta(days), in_force)
            status = "party" if day <= last else "contracting state"
            found[STATES[name]] = (status, KINDS[act[1]], act[0].isoformat())
        elif signature is not None:
            found[STATES[name]] = ("signatory", "Signature", signature[0].isoformat())
    return found


def compared(treaty: str, day: date) -> dict[str, tuple[str, str | None, str | None]]:
    """By state: the same, as the graph answers on a day."""
    rows = list(
        unpact.open().query(
            "regional-comparison", group="regional-programme", treaty=[ID + treaty], as_of=day.isoformat()
        )
    )
    assert len(rows) == len(STATES)
    return {
        row.state.local_name: (
            row.status.label,
            row.kind.local_name if row.kind else None,
            str(row.date) if row.date else None,
        )
        for row in rows
    }


@pytest.mark.parametrize("treaty", TABLES)
def test_the_comparison_is_that_of_the_tables(treaty: str) -> None:
    assert compared(treaty, newest(TABLES[treaty][0])) == expected(treaty)


def test_each_record_reaches_to_the_newest_act_in_its_table() -> None:
    rows = list(unpact.open().query("coverage-of-record"))
    assert {row.instrument.local_name: row.asOf for row in rows} == {
        treaty: newest(table) for treaty, (table, _, _) in TABLES.items() if table != "6-15"
    }
    assert {row.states for row in rows} == {20}


# the treaties whose lists lack one of these states
@pytest.mark.parametrize(
    "treaty", ["tip-protocol", "som-protocol", "firearms-protocol", "single-convention-amending-protocol"]
)
def test_who_is_in_no_table_is_unknown_from_the_day_after(treaty: str) -> None:
    last = newest(TABLES[treaty][0])
    absent = {state for state, (status, _, _) in expected(treaty).items() if status == "not a party"}
    found = compared(treaty, last + timedelta(1))
    assert {found[state] for state in absent} == {("unknown", None, None)}


@pytest.mark.parametrize("treaty", TABLES)
def test_the_acts_up_to_the_last_day_are_those_of_the_table(treaty: str) -> None:
    """None is left out of the graph, and no other source has one that the table should have."""
    table = TABLES[treaty][0]
    there = {
        (ALL_STATES[name], found[0].isoformat())
        for name, *cells in rows_of(table)
        if name in ALL_STATES
        for cell in cells
        if (found := read(cell))
    }
    acts = {
        (row.actor.local_name, str(row.date))
        for row in unpact.open().query("acts", as_of=newest(table).isoformat())
        if row.treaty.local_name == treaty and row.kind.local_name != "Reservation"
    }
    assert acts == there
