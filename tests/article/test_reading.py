from __future__ import annotations

from decimal import Decimal

import pytest

from .reading import dates, has_code, numbers, squeezed


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("around US\\$ 75 million", {75_000_000}),
        ("two new laws, five sessions and both rivers", {2, 5}),
        ("the seventy-eighth session", {78}),
        ("the 14th of them, twenty-one of 1,500", {14, 21, 1500}),
        ("Programme-III of COVID-19 for G-77 in 74/247", {3}),
        ("2.5 of them", {Decimal("2.5")}),
        ("none at all", set()),
    ],
)
def test_numbers_are_read(sentence: str, expected: set[int]) -> None:
    assert numbers(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In December 2016", {"2016", "2016-12"}),
        ("for 2016-19", {"2016", "2019"}),
        ("for 2011-2016", {"2011", "2016"}),
        ("May 10-12, 2021", {"2021", "2021-05", "2021-05-10", "2021-05-12"}),
        (
            "August 21 to September 1, 2023",
            {"2023", "2023-08", "2023-09", "2023-08-21", "2023-09-01"},
        ),
        ("On 26 May 2021", {"2021", "2021-05", "2021-05-26"}),
        ("resolution 74/2021, in May", set()),
    ],
)
def test_dates_are_read(sentence: str, expected: set[str]) -> None:
    assert dates(sentence) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("UN", False), ("UNODC", True), ("NGO", True), ("75/28", False), ("75/282", True)]
)
def test_codes_are_words_of_their_own(code: str, expected: object) -> None:
    assert has_code("Crime(UNODC), NGOs and 75/282.", code) is expected


def test_names_are_compared_without_what_typesetting_changes() -> None:
    assert squeezed("Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire") in squeezed("the cote-d'Ivoirereport")
