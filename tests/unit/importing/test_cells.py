"""Cells of a status table: the letters decide, footnotes do not, and anything else is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.errors import UsageError
from unpact.importing.acts import ACCESSION, BY_LETTER, RATIFICATION
from unpact.importing.cells import Meaning, read_act
from unpact.importing.dates import PartialDate

RATIFIES = Meaning(RATIFICATION, {})
MARKS = (
    "",
    "\u00b9",
    "\u00b2\u00b3",
    " 1",
    " 1, 2",
    " [1]",
    "[12]",
    " *",
    "\u2020",
    " (4)",
    " [a]",
    " [1] *",
)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("21 Aug 2002", "Ratification"),
        ("21 Aug 2002 a", "Accession"),
        ("21 Aug 2002 A", "Acceptance"),
        ("21 Aug 2002 AA", "Approval"),
        ("21 Aug 2002 d", "Succession"),
        ("21 Aug 2002 s", "DefinitiveSignature"),
        ("21 Aug 2002 c", "FormalConfirmation"),
        ("21 Aug 2002 P", "ProvisionalApplication"),
        ("21 Aug 2002(a)", "Accession"),
        ("21 Aug 2002a 3", "Accession"),
        ("2002-08-21 d[1]", "Succession"),
    ],
)
def test_the_letters_behind_a_date_name_the_act(cell: str, kind: str) -> None:
    found = read_act(cell, RATIFIES)
    assert found is not None
    assert (found.kind.name, str(found.date)) == (kind, "2002-08-21")


@pytest.mark.parametrize("cell", ["", "  ", "-", "\u2014", "n/a", "1", "[1] *"])
def test_a_blank_cell_states_nothing(cell: str) -> None:
    assert read_act(cell, RATIFIES) is None


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("21 Aug 2002 x", "letter 'x' stands for no act"),
        ("21 Aug 2002 aA", "letter 'aA' stands for no act"),
        ("21 Aug 2002 a junk", "which is no footnote mark"),
        ("21 Aug 2002; 3 Sep 2004 a", "which is no footnote mark"),
        ("[21 Aug 2002]", "is no date"),
        ("a 21 Aug 2002", "is no date"),
    ],
)
def test_what_cannot_be_understood_is_refused(cell: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        read_act(cell, RATIFIES)


def test_the_heading_has_the_last_word_on_letters() -> None:
    meaning = Meaning(None, {"n": BY_LETTER["P"], "s": ACCESSION, "p": None})
    kinds = [found.kind.name for cell in ("2001 n", "2001 s") if (found := read_act(cell, meaning))]
    assert kinds == ["ProvisionalApplication", "Accession"]
    with pytest.raises(UsageError, match="'p' stands for no act"):
        read_act("2001 p", meaning)
    with pytest.raises(UsageError, match="no letter"):
        read_act("2001", meaning)


@pytest.mark.slow
@given(
    st.dates(min_value=date(1800, 1, 1), max_value=date(2100, 12, 31)),
    st.sampled_from(["", *BY_LETTER]),
    st.sampled_from(MARKS),
    st.sampled_from(["", " "]),
)
def test_date_letters_and_footnotes_are_read_back(day: date, letters: str, marks: str, gap: str) -> None:
    # digits directly behind a year would be part of it
    marks = f" {marks.strip()}" if marks[:1].isdecimal() else marks
    found = read_act(f"{day.day} {day:%b %Y}{gap if letters else ''}{letters}{marks}", RATIFIES)
    assert found is not None
    assert found.date == PartialDate(day.year, day.month, day.day)
    assert found.kind == (BY_LETTER[letters] if letters else RATIFICATION)
    assert found.footnoted is bool(marks.strip())
