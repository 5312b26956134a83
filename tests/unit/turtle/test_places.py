"""Where triples are written, in documents that are meant to lead astray."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from unpact.corpus import CorpusFile
from unpact.corpus.syntax import read_quads
from unpact.finding import Place
from unpact.names import RDF, XSD
from unpact.turtle.places import Places, places_of

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://w3id.org/unpact/graph/user/file"
TRICKY = """@prefix x: <http://x/> . # x:not a x:subject .
PREFIX y: <http://y#>
x:a.b a x:C ; # a comment ; with "marks"
    x:p "a ; string . with [ marks ]" , '''long
one . x:z x:p 1 ''' ;
    x:q 1.5 , <http://z/a;b> , "de"@DE .
y:c\\,d x:p "1"^^x:t .
[] x:p x:a.b ; x:q 2 .
<http://full/iri> x:p [ x:inner 1 ] ;
    x:r true , ( x:one [ x:inner 2 ] ) , x:last .
x:a.b x:q 7 .
"""


def x(name: str) -> NamedNode:
    return NamedNode("http://x/" + name)


def places(text: str, suffix: str = ".ttl") -> Places:
    return Places(text, file="f" + suffix, base=BASE, suffix=suffix)


def cut(text: str, place: Place | None) -> str:
    """The text at a place."""
    assert place is not None
    lines = text.split("\n")[(place.line or 0) - 1 : place.end_line]
    lines[-1] = lines[-1][: (place.end_column or 0) - 1]
    lines[0] = lines[0][(place.column or 0) - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "line", "written"),
    [
        (x("a.b"), None, None, 3, "x:a.b"),
        (x("a.b"), NamedNode(RDF + "type"), None, 3, "a"),
        (x("a.b"), NamedNode(RDF + "type"), x("C"), 3, "x:C"),
        (x("a.b"), x("p"), Literal("a ; string . with [ marks ]"), 4, '"a ; string . with [ marks ]"'),
        (x("a.b"), x("p"), Literal("long\none . x:z x:p 1 "), 4, "'''long\none . x:z x:p 1 '''"),
        (x("a.b"), x("q"), Literal("1.5", datatype=NamedNode(XSD + "decimal")), 6, "1.5"),
        (x("a.b"), x("q"), NamedNode("http://z/a;b"), 6, "<http://z/a;b>"),
        (x("a.b"), x("q"), Literal("de", language="de"), 6, '"de"@DE'),
        (x("a.b"), x("q"), Literal("7", datatype=NamedNode(XSD + "integer")), 11, "7"),
        (NamedNode("http://y#c,d"), x("p"), Literal("1", datatype=x("t")), 7, '"1"^^x:t'),
        (
            NamedNode("http://full/iri"),
            x("r"),
            Literal("true", datatype=NamedNode(XSD + "boolean")),
            10,
            "true",
        ),
        (NamedNode("http://full/iri"), x("r"), x("last"), 10, "x:last"),
        # what is not there has the place of the next best thing
        (x("a.b"), x("q"), Literal("no"), 6, "x:q"),
        (x("a.b"), x("no"), Literal("no"), 3, "x:a.b"),
    ],
)
def test_a_triple_is_where_its_object_is(
    subject: NamedNode,
    predicate: NamedNode | None,
    value: NamedNode | Literal | None,
    line: int,
    written: str,
) -> None:
    place = places(TRICKY).of(subject, predicate, value)
    assert place is not None
    assert (place.file, place.line) == ("f.ttl", line)
    assert cut(TRICKY, place) == written


def test_lines_and_columns_are_counted_from_one_and_end_behind_the_last_character() -> None:
    found = places(TRICKY).of(x("a.b"), x("p"), Literal("long\none . x:z x:p 1 "))
    assert found == Place("f.ttl", 4, 41, 5, 20)
    assert str(found) == "f.ttl:4:41"


def test_what_is_not_there_has_no_place() -> None:
    found = places(TRICKY)
    for word in ("x:not", "x:z", "x:one", "x:inner"):
        assert found.of(NamedNode(word.replace("x:", "http://x/"))) is None
    assert found.of(Literal("x")) is None
    assert found.of(Triple(x("a"), x("b"), x("c"))) is None
    assert found.of(BlankNode("n99")) is None
    assert found.of(BlankNode("other")) is None
    assert found.span(x("a.b"), x("q"), Literal("no")) is None


def test_prefixes_and_bases_hold_from_where_they_are_declared() -> None:
    text = (
        "@prefix x: <http://x/> .\nx:a x:p <rel> .\n@prefix x: <http://other/> .\n@base <http://b/d/> .\n"
        "x:a <p> <../rel> .\n<> <#q> x:b .\n"
    )
    found = places(text)
    other = NamedNode("http://other/a")
    assert cut(text, found.of(x("a"), x("p"), NamedNode("https://w3id.org/unpact/graph/user/rel"))) == "<rel>"
    assert found.of(other) == Place("f.ttl", 5, 1, 5, 4)
    assert cut(text, found.of(other, NamedNode("http://b/d/p"), NamedNode("http://b/rel"))) == "<../rel>"
    assert found.of(NamedNode("http://b/d/"), NamedNode("http://b/d/#q")) == Place("f.ttl", 6, 4, 6, 8)
    assert found.prefixes(0) == {}
    assert found.prefixes(text.index("x:a")) == {"x": "http://x/"}
    assert found.prefixes(len(text)) == {"x": "http://other/"}


def test_a_subject_in_two_spellings_is_where_it_comes_first() -> None:
    text = "@prefix x: <http://x/> .\n<http://x/a> x:q 1 .\nx:a x:p 1 .\n"
    assert places(text).of(x("a")) == Place("f.ttl", 2, 1, 2, 13)
    assert places(text).of(x("a"), x("p")) == Place("f.ttl", 3, 5, 3, 8)


def test_blank_nodes_have_the_numbers_that_the_corpus_gives_them(tmp_path: Path) -> None:
    file = written(tmp_path, TRICKY)
    found = places_of(file)
    quads = read_quads(file)
    inner = [quad for quad in quads if quad.predicate == x("inner")]
    assert [cut(TRICKY, found.of(quad.subject)) for quad in inner] == ["[ x:inner 1 ]", "[ x:inner 2 ]"]
    assert [cut(TRICKY, found.of(quad.subject, quad.predicate, quad.object)) for quad in inner] == ["1", "2"]
    (row,) = [quad for quad in quads if quad.object == x("one")]
    assert cut(TRICKY, found.of(row.subject)) == "( x:one [ x:inner 2 ] )"
    assert cut(TRICKY, found.of(row.subject, NamedNode(RDF + "rest"))) == "[ x:inner 2 ]"
    (top,) = [quad for quad in quads if quad.object == x("a.b")]
    assert found.of(top.subject) == Place("file.ttl", 8, 1, 8, 3)
    assert cut(TRICKY, found.of(top.subject, x("q"))) == "x:q"


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq"])
def test_labels_are_the_same_node_wherever_they_stand(suffix: str, tmp_path: Path) -> None:
    text = (
        '<http://x/s> <http://x/p> _:b .\n_:a <http://x/p> "_:b <[" . # _:c\n'
        "_:b <http://x/p> _:a .\n_:b <http://x/q> _:x.y .\n"
    )
    file = written(tmp_path, text, "file" + suffix)
    found = places_of(file)
    quads = read_quads(file)
    spans = [found.span(quad.subject, quad.predicate, quad.object) for quad in quads]
    assert [text[slice(*span)] for span in spans if span] == ["_:b", '"_:b <["', "_:a", "_:x.y"]
    assert [each and each.line for each in map(found.of, (quad.subject for quad in quads))] == [1, 2, 3, 3]


def test_graphs_are_passed_over(tmp_path: Path) -> None:
    quads_text = "<http://x/s> <http://x/p> _:o _:g .\n_:g <http://x/p> _:n <http://x/g>.\n"
    trig_text = """PREFIX x: <http://x/>
x:g { x:s x:p 1 . x:s x:q [ x:r 2 ] }
GRAPH _:g { [ x:p _:n ] }
{ x:t x:p x:g }"""
    for text, suffix in ((quads_text, ".nq"), (trig_text, ".trig")):
        file = written(tmp_path, text, "file" + suffix)
        found = places_of(file)
        for quad in read_quads(file):
            assert found.span(quad.subject, quad.predicate, quad.object) is not None
    assert cut(trig_text, found.of(x("s"), x("q"))) == "x:q"
    assert cut(trig_text, found.of(x("t"), x("p"), x("g"))) == "x:g"
    assert found.of(x("g")) is None


def test_names_of_another_reader_need_its_quads() -> None:
    text = "@prefix x: <http://x/> .\nx:s x:p ( 1 [ x:q 2 ] ) .\n[] x:r 3 .\n"
    quads = list(parse(input=text, format=RdfFormat.TURTLE, base_iri=BASE))
    found = Places(text, file="f.ttl", base=BASE, quads=quads)
    nodes = {quad.predicate: quad.subject for quad in quads}
    assert cut(text, found.of(nodes[x("q")])) == "[ x:q 2 ]"
    assert cut(text, found.of(nodes[x("r")])) == "[]"
    assert found.of(BlankNode("n0")) is None


def test_rdf_1_2_leaves_the_places_around_it_alone() -> None:
    text = (
        '@version "1.2" .\n@prefix x: <http://x/> .\nx:s x:p 1 ~ x:r {| x:q 2 |} , 3 .\n'
        "<< x:s x:p x:o ~ x:t >> x:q 4 .\nx:u x:p <<( x:s x:p x:o )>> , 5 .\n"
    )
    found = places(text)
    integer = NamedNode(XSD + "integer")
    assert cut(text, found.of(x("s"), x("p"), Literal("3", datatype=integer))) == "3"
    assert cut(text, found.of(x("t"), x("q"), Literal("4", datatype=integer))) == "4"
    assert cut(text, found.of(x("u"), x("p"), Literal("5", datatype=integer))) == "5"
    term = Triple(x("s"), x("p"), x("o"))
    assert cut(text, found.of(x("u"), x("p"), term)) == "<<( x:s x:p x:o )>>"


RDFXML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">
  <!-- http://x/a -->
  <rdf:Description rdf:about="http://x/a"><x:p rdf:resource="http://x/o"/></rdf:Description>
  <rdf:Description rdf:ID="b"/>
  <x:C rdf:about="http://x/d?e=1&amp;f=2"/>
</rdf:RDF>
"""
JSONLD = """{"@context": {"x": "http://x/"}, "@graph": [
  {"@id": "x:a", "x:p": {"@id": "http://x/o"}},
  {"@id": "#b"}
]}
"""


def test_rdfxml_and_jsonld_have_the_places_of_their_subjects() -> None:
    xml, linked = places(RDFXML, ".rdf"), places(JSONLD, ".jsonld")
    assert xml.of(x("a"), x("p"), x("o")) == Place("f.rdf", 4, 31, 4, 41)
    assert cut(RDFXML, xml.of(NamedNode(BASE + "#b"))) == "b"
    assert cut(RDFXML, xml.of(x("d?e=1&f=2"))) == "http://x/d?e=1&amp;f=2"
    assert cut(JSONLD, linked.of(x("a"))) == "x:a"
    assert cut(JSONLD, linked.of(x("o"))) == "http://x/o"
    assert cut(JSONLD, linked.of(NamedNode(BASE + "#b"))) == "#b"
    for found in (xml, linked):
        assert found.of(x("nothing")) is None
        assert found.of(BlankNode("n0")) is None
        assert found.span(x("a"), x("p"), x("o")) is None
        assert found.prefixes(0) == {}


def test_compressed_files_have_places_too(tmp_path: Path) -> None:
    path = tmp_path / "file.ttl.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + TRICKY.encode()))
    found = places_of(CorpusFile(path, path.name, BASE, "user"))
    assert found.of(x("a.b")) == Place("file.ttl.gz", 3, 1, 3, 6)


@pytest.mark.parametrize("text", ['@prefix x: <http://x/> .\nx:a x:p "open .\n', "x:a x:p", "((((", '"""'])
def test_nothing_has_a_place_in_a_file_that_does_not_parse(text: str) -> None:
    found = places(text)
    assert found.of(x("a")) is None
    assert found.of(BlankNode("n0")) is None


def test_nesting_without_end_is_no_reason_to_fail() -> None:
    deep = (
        "<http://x/s> <http://x/p> "
        + "[ <http://x/p> " * 5000
        + "1"
        + "]" * 5000
        + " .\n<http://x/t> <http://x/p> 2 .\n"
    )
    found = places(deep)
    assert found.of(x("s")) is None
    place = found.of(x("t"))
    assert place is not None
    assert place.line == 2


def test_triples_in_a_hub_are_found_one_by_one() -> None:
    text = "".join(f"<http://x/hub> <http://x/p> <http://x/{number}> .\n" for number in range(500))
    found = places(text, ".nt")
    for number in (499, 0, 250):
        place = found.of(x("hub"), x("p"), x(str(number)))
        assert place is not None
        assert place.line == number + 1


def written(tmp_path: Path, text: str, name: str = "file.ttl") -> CorpusFile:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return CorpusFile(tmp_path / name, name, BASE, "user")


def test_quads_may_hold_triples_with_blank_nodes() -> None:
    text = "_:a <http://x/p> <<( _:b <http://x/p> _:c )>> .\n"
    quads: list[Quad] = list(parse(input=text, format=RdfFormat.N_TRIPLES))
    found = Places(text, file="f.nt", base=BASE, suffix=".nt", quads=quads)
    assert found.of(quads[0].subject, quads[0].predicate, quads[0].object) == Place("f.nt", 1, 18, 1, 46)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "<a:a> <b:b> " + "a1" * 100_000 + " .",
        "<a:a> <b:b> " + "( " * 100_000 + " .",
        '"""' * 33_333,
        "'" * 100_001 + '"""' * 3_001,
        "<" * 100_000,
        "[ " * 100_000,
        "#" * 100_000,
        "a." * 100_000,
        "\\" * 100_000,
        "{|" * 100_000,
        "@prefix " * 100_000,
    ],
    ids=lambda text: text[:16],
)
def test_no_text_takes_longer_than_its_length(text: str) -> None:
    # were any of these quadratic, it would take minutes
    found = places(text)
    assert found.of(NamedNode("a:a")) is None
    assert found.of(BlankNode("n1")) is None
