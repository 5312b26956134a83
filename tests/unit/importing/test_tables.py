"""Delimited text: marks, quotes, delimiters and places, and clear words where it is none."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.errors import DataSyntaxError, UsageError
from unpact.importing.headings import TREATY_HEADINGS, TreatyColumns, read_treaty_header
from unpact.importing.tables import Table, opened_table, read_table

HEADER = "Participant,Signature\n"


def table(text: str | bytes, delimiter: str | None = None) -> Table[TreatyColumns]:
    lines = BytesIO(text if isinstance(text, bytes) else text.encode())
    return read_table(lines, "t.csv", read_treaty_header, delimiter=delimiter, expected=TREATY_HEADINGS)


def cells(text: str | bytes, delimiter: str | None = None) -> list[list[str]]:
    return [row.cells for row in table(text, delimiter).rows]


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert cells(b"\xef\xbb\xbf" + HEADER.encode() + "Côte d'Ivoire,1\n".encode()) == [["Côte d'Ivoire", "1"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_with_which_there_is_a_header(delimiter: str) -> None:
    header = delimiter.join(("Participant", "Signature", '"Ratification, Accession(a); Succession(d)"'))
    row = delimiter.join(("Algeria", "", "1 Mar 2002"))
    assert cells(f"{header}\n{row}\n") == [["Algeria", "", "1 Mar 2002"]]


def test_a_delimiter_that_is_given_is_taken() -> None:
    assert cells("Participant:Signature\nAlgeria:1 Mar 2002\n", ":") == [["Algeria", "1 Mar 2002"]]
    with pytest.raises(UsageError, match="no row is a header"):
        cells(HEADER, ";")


def test_quotes_may_hold_newlines_and_line_ends_may_be_of_any_kind() -> None:
    text = 'Participant,Signature\r\n"Viet\nNam",1 Mar 2002\r\nOman,\r\n'
    rows = list(table(text).rows)
    assert [(row.cells, row.line) for row in rows] == [(["Viet\nNam", "1 Mar 2002"], 2), (["Oman", ""], 4)]


def test_rows_above_the_header_are_told_apart() -> None:
    found = table("Status as at 12-03-2015,\n,\n" + HEADER + "Oman,\n")
    assert [row.cells[0] for row in found.above] == ["Status as at 12-03-2015"]
    assert (found.heading.line, [row.line for row in found.rows]) == (3, [4])


def test_a_cell_knows_its_line_and_column() -> None:
    (row,) = table(HEADER + '"a ""b"" ,c\nd", 1 Mar 2002 , x\n').rows
    assert [row.place(index) for index in range(3)] == [(2, 1), (3, 5), (3, 18)]
    assert (row.cell(1), row.cell(7)) == ("1 Mar 2002", "")


@pytest.mark.slow
@given(
    st.lists(
        st.text(st.characters(exclude_characters="\r\0", codec="utf-8"), min_size=1), min_size=2, max_size=5
    )
)
def test_the_place_of_a_cell_is_where_it_stands(values: list[str]) -> None:
    line = StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(values)
    (row,) = table(HEADER + line.getvalue()).rows
    assert row.cells == values
    lines = (HEADER + line.getvalue()).split("\n")
    for index, value in enumerate(values):
        at, column = row.place(index)
        rest = "\n".join([lines[at - 1][column - 1 :], *lines[at:]])
        assert rest.startswith('"' + value.replace('"', '""') + '"')


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (HEADER.encode() + b"Oman,\nT\xfcrkei,\n", "t.csv:3:2", "0xfc is not UTF-8"),
        (HEADER.encode("utf-16"), "t.csv:1:1", "UTF-16"),
        (HEADER.encode() + b'Oman,\n"Chad,\nMali,\n', "t.csv:3:1", "no CSV"),
        (HEADER.encode() + b'"Chad"x,\n', "t.csv:2:1", "no CSV"),
    ],
)
def test_what_is_no_table_is_said_with_its_place(text: bytes, place: str, problem: str) -> None:
    with pytest.raises(DataSyntaxError, match=problem) as error:
        cells(text)
    assert error.value.where == place
    assert error.value.hint


@pytest.mark.parametrize("text", ["", "\n", "name,date\nOman,2002\n"])
def test_a_table_without_a_header_is_refused_with_what_it_lacks(text: str) -> None:
    with pytest.raises(UsageError, match="no row is a header") as error:
        cells(text)
    assert "Participant, Signature" in str(error.value)


def test_a_table_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(UsageError, match="no such file"), opened_table("/nowhere/t.csv"):
        pytest.fail("there is nothing to open")


def test_rows_are_read_when_they_are_asked_for() -> None:
    def endless() -> object:
        yield HEADER.encode()
        while True:
            yield b"Oman,1 Mar 2002\n"

    rows = read_table(
        endless(),
        "t.csv",
        read_treaty_header,
        expected=TREATY_HEADINGS,  # type: ignore[arg-type]
    ).rows
    assert [next(rows).cell(0) for _ in range(1000)] == ["Oman"] * 1000
