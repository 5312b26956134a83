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
DAY = date(2015, 3, 12)
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
# what was done by the day and came too late for the table
LATER = {("tip-protocol", "afghanistan"): ("party", "Accession", "2014-08")}
KINDS = {"": "Ratification", "a": "Accession", "A": "Acceptance", "AA": "Approval", "d": "Succession"}

pytestmark = pytest.mark.skipif(
    RECORD is None, reason="set UNPACT_RECORD to the folder that holds the status tables in untc/"
)


def read(cell: str) -> tuple[date, str] | None:
    """The day and the letter of a cell, read in the simplest way: these rows have nothing odd in them."""
    found = re.fullmatch(r"(\d{1,2} \w{3} \d{4})(?: (\w+))?", cell.strip())
    return (datetime.strptime(found[1], "%d %b %Y").date(), found[2] or "") if found else None  # noqa: DTZ007


def expected(treaty: str) -> dict[str, tuple[str, str | None, str | None]]:
    """By state: the status on the day, the kind of the act that it rests on, and its date."""
    table, days, in_force = TABLES[treaty]
    # who came to the convention as amended is not in the list of 1961, and may be bound by it
    absent = ("unknown", None, None) if table == "6-15" else ("not a party", "CompleteRecord", None)
    found: dict[str, tuple[str, str | None, str | None]] = dict.fromkeys(STATES.values(), absent)
    path = Path(RECORD or "") / "untc" / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for name, signed, consented in csv.reader(stream):
            if name not in STATES:
                continue
            act, signature = read(consented), read(signed)
            if table == "6-18" and signature is not None:
                # the first column of this table is no signature
                status = (
                    "party" if max(signature[0] + timedelta(days), in_force) <= DAY else "contracting state"
                )
                found[STATES[name]] = (status, "ParticipationByProtocol", signature[0].isoformat())
                continue
            if act is not None:
                day = act[0] if act[1] == "d" else max(act[0] + timedelta(days), in_force)
                status = "party" if day <= DAY else "contracting state"
                found[STATES[name]] = (status, KINDS[act[1]], act[0].isoformat())
            elif signature is not None:
                found[STATES[name]] = ("signatory", "Signature", signature[0].isoformat())
    return found | {state: later for (of, state), later in LATER.items() if of == treaty}


@pytest.mark.parametrize("treaty", TABLES)
def test_the_comparison_is_that_of_the_tables(treaty: str) -> None:
    rows = unpact.open().query(
        "regional-comparison", group="regional-programme", treaty=[ID + treaty], as_of=DAY.isoformat()
    )
    found = {
        row.state.local_name: (
            row.status.label,
            row.kind.local_name if row.kind else None,
            str(row.date) if row.date else None,
        )
        for row in rows
    }
    assert len(list(rows)) == len(STATES)
    assert found == expected(treaty)
