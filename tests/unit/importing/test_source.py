"""Sources: those of the graph by any name, and new ones that say who, where and when."""

from __future__ import annotations

import pytest

import unpact
from unpact.errors import UsageError
from unpact.importing.dates import parse_date
from unpact.importing.known import Known
from unpact.importing.source import collection_page, known_source, new_source


@pytest.mark.parametrize(
    ("number", "chapter"),
    [("IV-4", 4), ("VI-15", 6), ("IX-1", 9), ("XI-B-16", 11), ("XVIII-12-a", 18), ("XXVII-7", 27)],
)
def test_the_page_of_a_treaty_is_found_by_its_number(number: str, chapter: int) -> None:
    address = collection_page("Treaty", "treaty", number, None).address
    assert f"mtdsg_no={number}&chapter={chapter}&" in address


def test_a_treaty_without_a_number_and_an_address_that_is_given() -> None:
    assert collection_page("Treaty", "treaty", None, None).address.endswith("/ParticipationStatus.aspx")
    given = collection_page("Treaty", "treaty", "VI-15", parse_date("2020"), "Me", "https://x.org/")
    assert (given.publisher, given.address) == ("Me", "https://x.org/")
    assert (given.iri.rpartition("/")[2], given.label[-12:]) == ("source-untc-treaty-2020", ", as of 2020")


def test_a_source_of_the_graph_brings_its_day() -> None:
    known = Known(unpact.open().graph)
    for name in ("id:source-untc-2015", "Multilateral Treaties deposited with the Secretary-General"):
        found = known_source(known, name)
        assert found is not None
        assert (str(found.latest), found.label) == ("2015-03-12", "")
    assert known_source(known, "No such list") is None
    # a name of something else is not one of a source
    assert known_source(known, "Pakistan") is None


def test_what_is_not_said_to_be_of_a_day_can_be_of_today_at_most() -> None:
    found = new_source("List", "Me", "https://x.org/")
    assert found.latest.surely_after(parse_date("2024-01-01"))
    assert not found.latest.surely_after(parse_date("2999-01-01"))


@pytest.mark.parametrize(
    ("title", "publisher", "address"),
    [
        ("List", "Me", "x.org"),
        ("List", "Me", "https://x y"),
        ("List", " ", "https://x.org/"),
        ("...", "Me", "https://x.org/"),
    ],
)
def test_a_source_that_says_too_little_is_refused(title: str, publisher: str, address: str) -> None:
    with pytest.raises(UsageError):
        new_source(title, publisher, address)
