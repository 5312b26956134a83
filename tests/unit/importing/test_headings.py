"""Headers in the spellings that tables have, the real ones among them."""

from __future__ import annotations

import pytest

from unpact.importing.headings import read_membership_header, read_treaty_header

PARTICIPATION = (
    "Participation in the Convention by virtue of ratification, accession or succession to the Protocol of "
    "25 March 1972 or to the 1961 Convention after the entry into force of the Protocol"
)


def meanings(*cells: str) -> dict[int, tuple[str | None, dict[str, str | None]]]:
    header = read_treaty_header(cells)
    assert header is not None
    return {
        at: (
            meaning.plain and meaning.plain.name,
            {letter: kind and kind.name for letter, kind in meaning.letters.items()},
        )
        for at, meaning in header.acts.items()
    }


def test_a_heading_gives_letters_to_acts_and_the_rest_to_bare_dates() -> None:
    found = meanings(
        "Participant", "Signature", "Ratification, Accession(a), Formal confirmation(c), Succession(d)"
    )
    letters = {"a": "Accession", "c": "FormalConfirmation", "d": "Succession"}
    assert found == {1: ("Signature", {}), 2: ("Ratification", letters)}


def test_ratification_is_what_a_bare_date_means_wherever_the_heading_names_it() -> None:
    assert meanings("Participant", "Approval(AA), Accession (a), Ratification")[1][0] == "Ratification"
    assert meanings("State", "Acceptance, Ratification")[1][0] == "Ratification"
    assert meanings("State", "Accession(a), Succession(d)")[1][0] is None
    assert meanings("State", "Accession")[1][0] == "Accession"


def test_participation_by_virtue_of_a_protocol_is_an_act_of_its_own() -> None:
    found = meanings("Participant", PARTICIPATION, "Accession(a), Succession(d), Ratification")
    assert found[1] == ("ParticipationByProtocol", {})
    assert found[2][0] == "Ratification"


def test_footnotes_case_order_and_other_words_do_not_matter() -> None:
    found = meanings(
        "SIGNATURE [3]", "Contracting State \u00b9", "ratification, Accession(a), Succession(d) 1, 2"
    )
    assert found == {0: ("Signature", {}), 2: ("Ratification", {"a": "Accession", "d": "Succession"})}
    assert meanings("Pays", "Signature", "Ratification, Adhésion(a)")[2] == (
        "Ratification",
        {"a": "Accession"},
    )
    assert meanings("Party", "Entry into force") == {1: ("EntryIntoForce", {})}


def test_a_letter_for_an_unknown_act_is_kept_as_unknown() -> None:
    assert meanings("Participant", "Ratification, Simplified procedure(p)")[1][1] == {"p": None}


def test_columns_that_name_no_act_are_known_as_unread() -> None:
    header = read_treaty_header(["Participant", "Signature", "Remarks", ""])
    assert header is not None
    assert header.unread == (2,)


@pytest.mark.parametrize(
    "cells",
    [["Status as at 2015"], ["Participant"], ["Participant", "Remarks"], ["Signature", "Ratification"], []],
)
def test_what_is_no_header_of_a_status_table_is_not_taken_for_one(cells: list[str]) -> None:
    assert read_treaty_header(cells) is None


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (["member", "from", "to", "role"], (0, 1, 2, 3)),
        (["Role", "Term ends", "Term begins", "Member State"], (3, 2, 1, 0)),
        (["Country", "Since"], (0, 1, None, None)),
        (["State", "Start date", "End date", "Position"], (0, 1, 2, 3)),
        (["name"], (0, None, None, None)),
    ],
)
def test_a_table_of_members_may_call_its_columns_otherwise(
    cells: list[str], columns: tuple[int | None, ...]
) -> None:
    header = read_membership_header(cells)
    assert header is not None
    assert header[:4] == columns


@pytest.mark.parametrize(
    "cells", [["from", "to"], ["States of the Commission since 2020", ""], ["member", "", ""]]
)
def test_what_is_no_header_of_members_is_not_taken_for_one(cells: list[str]) -> None:
    assert read_membership_header(cells) is None
