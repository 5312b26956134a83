from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from unpact.errors import UsageError
from unpact.finding import Finding, Place, Severity
from unpact.names import ID
from unpact.render.findings import FINDING_FORMATS, Report, write_findings
from unpact.render.findings.report import sentence
from unpact.render.findings.source import Sources, Span, span_of
from unpact.render.table import width

GOLDEN = """\
data/article/treaties.ttl:4:2: violation must/treaty-act-treaty: Name the one treaty. (id:ratification)
    4 |     unp:treaty id:untoc ;
      |     ^^^^^^^^^^
data/article/treaties.ttl:5:45: violation must/treaty-act-date: A date has twelve months. (id:ratification)
    5 |     rdfs:label "批准 ratification" ; unp:date "2010-13"^^xsd:gYearMonth .
      |                                               ^^^^^^^^^^^^^^^^^^^^^^^^^
    mend: Write unp:date "2010-12"^^xsd:gYearMonth
          or leave it out.

warning should/label: A label says what id:ratification is.
    path: ^unp:actor
    value: "batifikation"@en

check                   violation  warning
----------------------  ---------  -------
must/treaty-act-treaty          1        -
must/treaty-act-date            1        -
should/label                    -        1

2 violations, 1 warning in 1 of 34 files (70 shapes checked)
"""


def written(report: Report, **options: object) -> str:
    stream = io.StringIO()
    write_findings(report, "text", stream, **options)
    return stream.getvalue()


def marked(line: str, place: Place, **options: object) -> list[str]:
    finding = Finding("must/x", Severity.INFO, "Wrong.", place=place)
    report = Report([finding], [], True, 1, lambda _: line)  # noqa: FBT003
    return written(report, **options).splitlines()[1:3]


def test_text_is_as_expected(report: Report) -> None:
    assert written(report) == GOLDEN


def test_nothing_found_is_one_sentence(nothing: Report) -> None:
    assert written(nothing) == "Nothing found in 34 files (70 shapes checked)\n"


def test_colour_only_adds_escape_sequences(report: Report) -> None:
    colored = written(report, color=True)
    assert "\x1b[1;31mviolation\x1b[0m" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == GOLDEN


def test_labels_name_the_focus(report: Report) -> None:
    assert "months. (The act, id:ratification)" in written(report, labels=lambda _: "The act")


def test_unknown_format_is_refused_with_those_that_there_are(report: Report) -> None:
    with pytest.raises(UsageError, match=r"no format 'xml'.*sarif"):
        write_findings(report, "xml", io.StringIO())


@pytest.mark.slow
@given(report=st.from_type(Report))
def test_no_value_steers_the_terminal(report: Report) -> None:
    assert all(
        line.isprintable() or "\u200c" in line or "\u200d" in line for line in written(report).split("\n")
    )


@pytest.mark.slow
@given(report=st.from_type(Report))
def test_each_finding_has_one_line_that_begins_with_its_place(report: Report) -> None:
    lines = written(report).split("\n")
    heads = [line for line in lines if re.search(r"(?:^|: )(?:violation|warning|info) [\w/-]+: ", line)]
    assert len(heads) >= len(report.findings)
    assert lines[-2] == sentence(report)


@pytest.mark.parametrize(
    ("line", "place", "expected"),
    [
        ("\ta\tb", Place("f", 1, 4), ["    1 |     a   b", "      |         ^"]),
        ("中文 x", Place("f", 1, 2, 1, 3), ["    1 | 中文 x", "      |   ^^"]),
        ("e\u0301tat x", Place("f", 1, 7, 1, 8), ["    1 | e\u0301tat x", "      |      ^"]),
        ("abc", Place("f", 1, 9), ["    1 | abc", "      |    ^"]),
        ("abc def", Place("f", 1, 5, 3, 1), ["    1 | abc def", "      |     ^^^"]),
        ("abc", Place("f", 1, 2, 1, 1), ["    1 | abc", "      |  ^"]),
        ("\x1b[2Jabc", Place("f", 1, 5, 1, 8), ["    1 |  [2Jabc", "      |     ^^^"]),
    ],
)
def test_caret_stands_below_what_is_meant(line: str, place: Place, expected: list[str]) -> None:
    assert marked(line, place) == expected


def test_a_place_without_a_column_has_no_caret() -> None:
    assert marked("abc", Place("f", 1)) == ["    1 | abc", ""]


@pytest.mark.parametrize("place", [Place("f", 7, 1), Place("f"), Place("f", 1, 1)])
def test_an_unknown_or_blank_line_is_not_shown(place: Place) -> None:
    assert marked("  \nabc", place)[0] == ""


def test_long_line_is_cut_around_the_span() -> None:
    line = "a" * 500 + "WRONG" + "b" * 500
    source, mark = marked(line, Place("f", 1, 501, 1, 506), width=60)
    assert re.fullmatch(r" {4}1 \| \.\.\.a+WRONGb+\.\.\.", source)
    assert len(source) == 60
    assert mark.index("^") == source.index("WRONG")
    assert mark.count("^") == 5


@pytest.mark.slow
@given(
    line=st.text(st.sampled_from("ab \t中é\u0301"), min_size=1, max_size=200),
    column=st.integers(1, 220),
    length=st.integers(0, 220),
    columns=st.integers(30, 100),
)
def test_excerpt_keeps_to_the_width_and_the_caret_to_the_excerpt(
    line: str, column: int, length: int, columns: int
) -> None:
    lines = marked(line, Place("f", 1, column, 1, column + length), width=columns)
    if line.strip():
        assert width(lines[0]) <= columns
        # behind the end of the line there is room for one more
        assert width(lines[1]) <= columns + 1
        assert "^" in lines[1]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place("f"), None),
        (Place("f", 3), Span(3)),
        (Place("f", 3, None, 3, 9), Span(3, None, 3, None)),
        (Place("f", 3, 4, None, 9), Span(3, 4, 3, 9)),
        (Place("f", 3, 4, 2, 9), Span(3, 4)),
        (Place("f", 3, 4, 3, 2), Span(3, 4, 3, None)),
        (Place("f", 3, 4, 5, 2), Span(3, 4, 5, 2)),
    ],
)
def test_an_end_before_its_start_is_left_out(place: Place, expected: Span | None) -> None:
    assert span_of(place) == expected


def test_sources_cut_out_what_a_span_covers() -> None:
    sources = Sources({"f": "one two\r\nthree\nfour"}.get)
    assert sources.text("f", Span(1)) == "one two"
    assert sources.text("f", Span(1, 5, 1, 8)) == "two"
    assert sources.text("f", Span(1, 5, 2, 3)) == "two\nth"
    assert sources.text("f", Span(3, 2)) == "our"
    assert sources.text("f", Span(3, 1, 4, 1)) is None
    assert sources.text("g", Span(1)) is None
    assert sources.line("f", 4) is None
    assert sources.line("f", 0) is None


@pytest.mark.parametrize("text", ["", "\n", "a\r\n\r\nb\r", "a\rb\r\r\nc\n", "\r\n"])
def test_lines_end_with_a_line_feed_and_what_stands_before_it(text: str) -> None:
    sources = Sources({"f": text}.get)
    lines = text.replace("\r\n", "\n").split("\n")
    assert [sources.line("f", number + 1) for number in range(len(lines) + 1)] == [*lines, None]


@pytest.mark.parametrize(
    ("findings", "files", "shapes", "expected"),
    [
        ([], 0, 0, "Nothing found"),
        ([], 1, 1, "Nothing found in 1 file (1 shape checked)"),
        ([None], 3, 0, "1 info in 3 files"),
        (["a", "b", "b"], 1200, 2, "3 infos in 2 of 1,200 files (2 shapes checked)"),
        (["a"], 0, 0, "1 info"),
    ],
)
def test_last_sentence(findings: list[str | None], files: int, shapes: int, expected: str) -> None:
    made = [
        Finding("c", Severity.INFO, "m", place=None if file is None else Place(file)) for file in findings
    ]
    assert sentence(Report(made, [], True, files, {}.get, shapes)) == expected  # noqa: FBT003


def test_findings_are_written_in_the_same_order_however_they_come(report: Report) -> None:
    backwards = report._replace(findings=report.findings[::-1])
    for name in FINDING_FORMATS:
        texts = []
        for each in (report, backwards):
            stream = io.StringIO()
            write_findings(each, name, stream)
            texts.append(stream.getvalue())
        assert texts[0] == texts[1], name


def test_a_value_that_the_source_does_not_show_is_written_out() -> None:
    finding = Finding("c", Severity.INFO, "m", value=NamedNode(ID + "x"), place=Place("f", 1))
    report = Report([finding], [], True, 1, {}.get)  # noqa: FBT003
    assert written(report).splitlines()[:2] == ["f:1: info c: m", "    value: id:x"]


def test_findings_that_look_the_same_show_their_values() -> None:
    finding = Finding("c", Severity.INFO, "m", value=NamedNode(ID + "x"), place=Place("f", 1, 1, 1, 4))
    other = replace(finding, value=NamedNode(ID + "y"))
    elsewhere = replace(other, place=Place("f", 1, 5, 1, 8))
    shown = ["f:1:1: info c: m", "    1 | abc def", "      | ^^^"]
    report = Report([finding, other], [], True, 1, {"f": "abc def"}.get)  # noqa: FBT003
    assert written(report).splitlines()[:8] == [*shown, "    value: id:x", *shown, "    value: id:y"]
    # the source tells these apart
    report = Report([finding, elsewhere], [], True, 1, {"f": "abc def"}.get)  # noqa: FBT003
    assert "value:" not in written(report)
