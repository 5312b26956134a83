from __future__ import annotations

import gzip
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse

from unpact.corpus import CorpusFile, user_files
from unpact.corpus.lexical import example, is_well_typed
from unpact.corpus.syntax import ill_typed, read_quads
from unpact.errors import DataSyntaxError
from unpact.names import USER_GRAPH, XSD

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n@prefix ex: <http://example.org/> .\n"


def given_file(tmp_path: Path, content: str | bytes, name: str = "facts.ttl") -> CorpusFile:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return user_files([path])[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "<http://example.org/s> <http://example.org/p> 'o' ."),
        ("a.nt", '<http://example.org/s> <http://example.org/p> "o" .'),
        ("a.nq", '<http://example.org/s> <http://example.org/p> "o" .'),
        ("a.trig", "<http://example.org/s> <http://example.org/p> 'o' ."),
        ("a.jsonld", '{"@id": "http://example.org/s", "http://example.org/p": "o"}'),
        (
            "a.rdf",
            (
                '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">'
                '<rdf:Description rdf:about="http://example.org/s"><ex:p>o</ex:p></rdf:Description></rdf:RDF>'
            ),
        ),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_every_syntax_gives_the_same_quad(tmp_path: Path, name: str, content: str, compressed: bool) -> None:  # noqa: FBT001
    data = gzip.compress(content.encode()) if compressed else content.encode()
    (quad,) = read_quads(given_file(tmp_path, data, name + ".gz" if compressed else name))
    assert str(quad.triple) == '<http://example.org/s> <http://example.org/p> "o"'
    assert quad.graph_name == NamedNode(USER_GRAPH + "a")


def test_the_graphs_of_a_dataset_are_kept(tmp_path: Path) -> None:
    content = "<http://e.org/s> <http://e.org/p> <http://e.org/o> <http://e.org/g> ."
    (quad,) = read_quads(given_file(tmp_path, content, "a.nq"))
    assert quad.graph_name == NamedNode("http://e.org/g")


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    assert len(read_quads(given_file(tmp_path, "\ufeff" + HEAD + "ex:a ex:b ex:c ."))) == 1


def test_blank_nodes_are_alike_in_every_run_and_different_in_every_file(tmp_path: Path) -> None:
    text = HEAD + "[] ex:b _:x . _:x ex:b [] ."

    def blanks(name: str) -> set[str]:
        terms = (term for quad in read_quads(given_file(tmp_path, text, name)) for term in quad)
        return {term.value for term in terms if isinstance(term, BlankNode)}

    assert blanks("a.ttl") == blanks("a.ttl")
    assert len(blanks("a.ttl")) == 3
    assert not blanks("a.ttl") & blanks("b.ttl")


def test_a_syntax_error_names_file_line_and_column(tmp_path: Path) -> None:
    file = given_file(tmp_path, HEAD + "ex:a ex:b ex:c .\nex:a ex:b ] .\n")
    with pytest.raises(DataSyntaxError) as caught:
        read_quads(file)
    assert (caught.value.line, caught.value.column) == (4, 11)
    assert str(caught.value).startswith(f"{file.path}:4:11: ")


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.ttl.gz", b"\x1f\x8bnot gzip", "not a whole gzip file"),
        ("a.ttl.gz", gzip.compress(b"<a:a> <a:b> <a:c> ." * 99, mtime=0)[:-9], "not a whole gzip file"),
        ("a.ttl.gz", b"<a:a> <a:b> <a:c> .", "not a whole gzip file"),
        ("a.ttl", b'<a:a> <a:b> "\xe9" .', "utf-8"),
        ("a.jsonld", b"", "empty"),
        ("a.jsonld", b'{"@context": "https://schema.org/", "@type": "Thing"}', "on the network"),
        ("a.ttl", b"ex:a ex:b ex:c .", "ex:"),
        ("a.nq", b"<a:a> <a:b> .", "object"),
    ],
)
def test_unreadable_content_is_refused(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    with pytest.raises(DataSyntaxError, match=f"(?i){problem}") as caught:
        read_quads(given_file(tmp_path, content, name))
    assert "\n" not in str(caught.value)


def test_an_ill_typed_literal_is_reported_with_its_line(tmp_path: Path) -> None:
    text = (
        HEAD
        + '# "2020-13-45"^^xsd:date in a comment\n'
        + 'ex:a ex:note "2020-13-45", "2020-13-45"@en, "2020-13-45"^^ex:date2 ;\n'
        + '  ex:long """\n "2020-13-45"^^xsd:date """ ;\n'
        + '  ex:good "2020-12-31"^^xsd:date ;\n'
        + '  ex:bad "2020-13-45"^^xsd:date .\n'
    )
    with pytest.raises(DataSyntaxError) as caught:
        read_quads(given_file(tmp_path, text))
    assert caught.value.line == 8
    assert '"2020-13-45" is not a valid xsd:date' in str(caught.value)
    assert "2016-12-31" in str(caught.value)


def test_each_of_several_ill_typed_literals_has_its_own_line() -> None:
    text = (
        HEAD
        + 'ex:a ex:b "x"^^xsd:int .\n'
        + "ex:a ex:b 'y\\u0041'^^<http://www.w3.org/2001/XMLSchema#int> .\n"
        + 'ex:b ex:b "x" ^^ xsd:int , """x"""^^xsd:int .\n'
    )
    found = ill_typed(parse(input=text, format=RdfFormat.TURTLE), text.encode())
    assert [(wrong.literal.value, wrong.line) for wrong in found] == [("x", 3), ("yA", 4), ("x", 5), ("x", 5)]


def test_an_ill_typed_literal_of_json_ld_is_reported_without_a_line(tmp_path: Path) -> None:
    text = '{"@id": "a:b", "a:c": {"@value": "x", "@type": "http://www.w3.org/2001/XMLSchema#integer"}}'
    with pytest.raises(DataSyntaxError, match="not a valid xsd:integer") as caught:
        read_quads(given_file(tmp_path, text, "a.jsonld"))
    assert caught.value.line is None


GOOD = {
    "boolean": ["true", "false", "1", "0"],
    "integer": ["0", "-7", "+7", "007", "9" * 5000],
    "decimal": ["1", "1.", ".5", "-0.50"],
    "double": ["1", "1e9", "-1.5E-3", "INF", "-INF", "NaN"],
    "date": ["2016-02-29", "2000-02-29", "-0001-01-01", "12016-01-01", "2016-01-01Z", "2016-01-01+05:00"],
    "dateTime": ["2016-02-29T23:59:59", "2016-01-01T24:00:00", "2016-01-01T00:00:00.5-14:00"],
    "gYear": ["2016", "-0044", "2016Z"],
    "gYearMonth": ["2016-12", "2016-12+05:00"],
    "gMonthDay": ["--02-29", "--12-31"],
    "gMonth": ["--12"],
    "gDay": ["---31"],
    "time": ["23:59:59", "24:00:00"],
    "byte": ["-128", "127"],
    "nonNegativeInteger": ["0", "9" * 5000],
    "positiveInteger": ["1"],
    "negativeInteger": ["-1", "-" + "9" * 5000],
    "duration": ["P1Y", "-P1Y2M3DT4H5M6.7S", "PT0S"],
    "dayTimeDuration": ["P1D", "PT1H"],
    "yearMonthDuration": ["P1Y2M"],
    "hexBinary": ["", "0aFF"],
    "base64Binary": ["", "aGk=", "aGVsbG8h"],
    "language": ["en", "zh-Hans"],
}
BAD = {
    "boolean": ["TRUE", "yes", ""],
    "integer": ["", "1.0", "1e3", " 1", "٣", "1_000"],
    "decimal": [".", "1e3", "1,5", "NaN"],
    "double": ["inf", "+NaN", "e9"],
    "date": [
        "2020-13-45",
        "2015-02-29",
        "1900-02-29",
        "2016-04-31",
        "2016-1-1",
        "16-01-01",
        "2016-01-01+15:00",
    ],
    "dateTime": ["2016-01-01", "2015-02-29T00:00:00", "2016-01-01T24:00:01", "2016-01-01 00:00:00"],
    "dateTimeStamp": ["2016-01-01T00:00:00"],
    "gYear": ["16", "02016", "2016-12", "twenty"],
    "gYearMonth": ["2016", "2016-13", "2016-00", "2016-12-01"],
    "gMonthDay": ["--02-30", "--04-31"],
    "gMonth": ["12", "--13"],
    "gDay": ["---32", "31"],
    "time": ["24:00:01", "7:00:00"],
    "byte": ["128", "-129", "1" * 5000],
    "nonNegativeInteger": ["-1", "-" + "9" * 5000],
    "positiveInteger": ["0"],
    "negativeInteger": ["0", "9" * 5000],
    "duration": ["P", "PT", "P1S", "1Y", "P1Y2"],
    "dayTimeDuration": ["P1Y"],
    "yearMonthDuration": ["P1D"],
    "hexBinary": ["0", "zz"],
    "base64Binary": ["a", "aGk"],
    "language": ["english language", ""],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in GOOD for value in GOOD[name]])
def test_well_typed(name: str, value: str) -> None:
    assert is_well_typed(value, XSD + name)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in BAD for value in BAD[name]])
def test_not_well_typed(name: str, value: str) -> None:
    assert not is_well_typed(value, XSD + name)


def test_examples_are_well_typed() -> None:
    for name in {*GOOD, *BAD}:
        shown = example(XSD + name)
        assert shown is None or is_well_typed(shown, XSD + name)


def test_other_datatypes_are_left_alone() -> None:
    assert is_well_typed("anything", "http://example.org/datatype")
    assert is_well_typed("anything", XSD + "string")


@given(st.dates(min_value=date(1, 1, 1)), st.integers(-40, 40))
def test_dates_agree_with_the_calendar(day: date, shift: int) -> None:
    assert is_well_typed(day.isoformat(), XSD + "date")
    moved = f"{day.year:04}-{day.month:02}-{day.day + shift:02}"
    try:
        real = date(day.year, day.month, day.day + shift)
    except ValueError:
        real = None
    assert is_well_typed(moved, XSD + "date") == (real is not None and real - day == timedelta(shift))


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize(
    "name", ["integer", "decimal", "double", "boolean", "byte", "positiveInteger", "gYear"]
)
def test_what_rdflib_calls_ill_typed_is_ill_typed_here(name: str) -> None:
    for value in BAD.get(name, []):
        literal = rdflib.Literal(value, datatype=rdflib.URIRef(XSD + name))
        if literal.ill_typed:
            assert not is_well_typed(value, XSD + name)


def test_quads_of_a_parsed_file_are_in_the_order_of_the_text(tmp_path: Path) -> None:
    quads = read_quads(given_file(tmp_path, HEAD + "ex:b ex:p 1 . ex:a ex:p 2 ."))
    assert [str(quad.subject) for quad in quads] == ["<http://example.org/b>", "<http://example.org/a>"]
