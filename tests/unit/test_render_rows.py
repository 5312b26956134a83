"""The formats of answers, each read back by someone else's reader where there is one."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from unpact.names import PREFIXES, SOURCE, XSD
from unpact.render import FORMATS, ROW_FORMATS, render
from unpact.render.labels import last_part
from unpact.render.results_json import write_json_boolean
from unpact.render.rows import Rows, Tabular, one_line
from unpact.render.table import width
from unpact.render.turtle import write_ttl

PAKISTAN = NamedNode("https://w3id.org/unpact/id/pakistan")
UNODC = NamedNode("https://w3id.org/unpact/id/unodc")
SENTENCES = (NamedNode(SOURCE + "1.1.1"), NamedNode(SOURCE + "1.1.2"))
AWKWARD = 'a "quoted", tab\there,\r\nnew line | pipe é 中'


def local(thing: NamedNode) -> str:
    return last_part(thing.value)


def written(result: Tabular, format_name: str) -> str:
    stream = io.StringIO(newline="")
    render(result, format_name, stream, local)
    return stream.getvalue()


@pytest.fixture
def rows() -> Rows:
    return Rows(
        ("thing", "value"),
        [
            (PAKISTAN, Literal(AWKWARD)),
            (UNODC, Literal("office", language="en")),
            (BlankNode("b0"), Literal("1977", datatype=NamedNode(XSD + "gYear"))),
            (None, Literal(75000000)),
            (PAKISTAN, None),
        ],
    )


def solutions(data: str, form: QueryResultsFormat) -> list[tuple[object, ...]]:
    parsed = parse_query_results(data.encode(), format=form)
    assert isinstance(parsed, QuerySolutions)
    return [tuple(solution) for solution in parsed]


@pytest.mark.parametrize(
    ("name", "form"), [("json", QueryResultsFormat.JSON), ("tsv", QueryResultsFormat.TSV)]
)
def test_json_and_tsv_give_back_the_same_terms(rows: Rows, name: str, form: QueryResultsFormat) -> None:
    assert solutions(written(rows, name), form) == [tuple(row) for row in rows.rows]


def test_csv_is_rfc_4180(rows: Rows) -> None:
    text = written(rows, "csv")
    assert text.startswith("thing,value\r\n")
    assert '"a ""quoted"", tab' in text
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["thing", "value"],
        [PAKISTAN.value, AWKWARD],
        [UNODC.value, "office"],
        ["_:b0", "1977"],
        ["", "75000000"],
        [PAKISTAN.value, ""],
    ]


def test_csv_keeps_a_row_whose_only_field_is_empty() -> None:
    text = written(Rows(("only",), [(None,), (Literal("x"),)]), "csv")
    assert [row for row in csv.reader(io.StringIO(text, newline="")) if row] == [["only"], [""], ["x"]]


def test_jsonl_gives_plain_values() -> None:
    yes = Literal("true", datatype=NamedNode(XSD + "boolean"))
    result = Rows(
        ("a", "b", "c", "d"), [(PAKISTAN, Literal(5), yes, None), (UNODC, Literal("5"), SENTENCES, None)]
    )
    assert [json.loads(line) for line in written(result, "jsonl").splitlines()] == [
        {"a": PAKISTAN.value, "b": 5, "c": True, "d": None},
        {"a": UNODC.value, "b": "5", "c": [sentence.value for sentence in SENTENCES], "d": None},
    ]


def test_several_things_in_one_cell_appear_in_every_format() -> None:
    for name in ROW_FORMATS:
        text = written(Rows(("sentences",), [(SENTENCES,)]), name)
        assert all("1.1.1" in text and "1.1.2" in text for _ in SENTENCES), name


def test_markdown_escapes_what_would_be_markup(rows: Rows) -> None:
    lines = written(rows, "md").splitlines()
    assert lines[:2] == ["| thing | value |", "| --- | --- |"]
    assert lines[2] == '| pakistan | a "quoted", tab\there,<br>new line \\| pipe é 中 |'
    assert len(lines) == 2 + len(rows.rows)


def test_piped_table_is_aligned_and_never_cut() -> None:
    long = "x" * 500
    lines = written(
        Rows(("a", "bb"), [(PAKISTAN, Literal(long)), (Literal("中文"), Literal("end"))]), "table"
    ).splitlines()
    assert lines[0] == "a         bb"
    assert lines[1] == "--------  " + "-" * 500
    assert lines[2] == f"pakistan  {long}"
    assert lines[3] == "中文      end"


def test_table_keeps_each_row_on_one_line_and_drops_control_characters() -> None:
    lines = written(
        Rows(("a",), [(Literal("two\nlines"),), (Literal("red\x1b[31mtext"),)]), "table"
    ).splitlines()
    assert lines[2:] == ["two lines", "red [31mtext"]


def test_table_without_rows_is_empty_but_csv_has_its_header() -> None:
    nothing = Rows(("a", "b"), [])
    assert written(nothing, "table") == ""
    assert written(nothing, "csv") == "a,b\r\n"
    assert solutions(written(nothing, "json"), QueryResultsFormat.JSON) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_terminal_table_shows_brackets_and_honours_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm-256color")
    stream = Terminal()
    render(Rows(("a",), [(Literal("[bold]draft[/bold] " + "y" * 60),)]), "table", stream, local)
    text = stream.getvalue()
    assert "[bold]draft[/bold]" in text
    assert text.count("y") == 60
    assert "\x1b" not in text


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("中文", 4), ("e\u0301", 1), ("é", 1), ("", 0)])
def test_width_counts_terminal_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_one_line_keeps_joiners_of_arabic_and_indic_scripts() -> None:
    assert one_line("a\u200cb") == "a\u200cb"


def test_ask_in_json() -> None:
    stream = io.StringIO()
    write_json_boolean(stream, answer=False)
    assert json.loads(stream.getvalue()) == {"head": {}, "boolean": False}


def test_turtle_is_sorted_and_declares_only_the_prefixes_it_needs() -> None:
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    one = Triple(PAKISTAN, kind, NamedNode(PREFIXES["unp"] + "State"))
    two = Triple(PAKISTAN, NamedNode(PREFIXES["unp"] + "isoAlpha2"), Literal("PK"))
    texts = []
    for triples in ([one, two], [two, one, one]):
        stream = io.StringIO()
        write_ttl(triples, stream, PREFIXES)
        texts.append(stream.getvalue())
    assert texts[0] == texts[1]
    assert "id:pakistan a unp:State" in texts[0]
    assert "@prefix owl:" not in texts[0]


def test_every_row_format_is_listed_once() -> None:
    assert (*ROW_FORMATS, "ttl") == FORMATS
    assert len(set(FORMATS)) == len(FORMATS)
