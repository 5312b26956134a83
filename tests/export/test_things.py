"""Tables, networks and pictures: every fact in its place, read back by the tools that they are for."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.errors import UsageError
from unpact.export.content import Content
from unpact.export.exporter import Exporter
from unpact.export.formats import FORMATS
from unpact.export.graphml import write_graphml
from unpact.export.pictures import Picture, picture_of, write_dot, write_mermaid
from unpact.export.tables import tables_of, write_tables
from unpact.export.things import Things, joined
from unpact.graph.memory import MemoryGraph
from unpact.names import ID, PREFIXES, UNP

if TYPE_CHECKING:
    from pathlib import Path

    import unpact

Make = Callable[..., Exporter]
MINE = f"""
@prefix unp: <{UNP}> .
@prefix id: <{ID}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
id:a a unp:State ; rdfs:label "A \\"quoted\\" <b>, & more"@en , "Ah"@fr ; unp:acronym "A|B" , "C\\\\" ;
    unp:partner id:b , id:c ; unp:statedIn id:passage ; unp:modality unp:Ongoing ; unp:number 7 .
id:b a unp:State ; rdfs:label "B\\nb"@en ; unp:number 8 .
id:c a unp:City ; rdfs:label "#c; -->"@en .
id:passage a unp:Passage .
[] a owl:Axiom ; owl:annotatedSource id:a ; owl:annotatedProperty unp:partner ; owl:annotatedTarget id:b ;
    unp:accordingTo id:passage .
"""


def things_of(turtle: str, **selection: object) -> Things:
    store = ox.Store()
    graph = ox.NamedNode("https://w3id.org/unpact/graph/user/mine")
    store.load(turtle.encode(), ox.RdfFormat.TURTLE, to_graph=graph)
    return Things(Content(store, {"user"}, **selection), MemoryGraph(store))  # type: ignore[arg-type]


def graphml_of(things: Things) -> nx.MultiDiGraph:
    stream = io.StringIO()
    write_graphml(things, stream)
    return nx.parse_graphml(stream.getvalue(), force_multigraph=True)


@pytest.mark.slow
def test_graphml_has_things_as_nodes_and_relations_as_edges() -> None:
    graph = graphml_of(things_of(MINE))
    assert graph.is_directed()
    assert graph.nodes["id:a"] == {
        "label": 'A "quoted" <b>, & more',
        "class": "State",
        "iri": f"{ID}a",
        "acronym": "A\\|B|C\\\\",
        "modality": f"{UNP}Ongoing",
        "number": 7,
    }
    assert graph.nodes["id:b"]["label"] == "B\nb"
    edges = {(source, target, said["label"]): said for source, target, said in graph.edges(data=True)}
    assert set(edges) == {
        ("id:a", "id:b", "partner"),
        ("id:a", "id:c", "partner"),
        ("id:a", "id:passage", "stated in"),
    }
    assert edges["id:a", "id:b", "partner"]["accordingTo"] == f"{ID}passage"
    assert "accordingTo" not in edges["id:a", "id:c", "partner"]


@pytest.mark.slow
def test_graphml_of_the_real_view_has_every_stated_relation(
    exporting: Make, knowledge: unpact.Knowledge, tmp_path: Path
) -> None:
    path = tmp_path / "unpact.graphml"
    with path.open("w", encoding="utf-8", newline="") as stream:
        exporting().write(FORMATS["graphml"], stream)
    graph = nx.read_graphml(path, force_multigraph=True)
    rows = knowledge.graph.select(
        "SELECT DISTINCT ?a ?p ?b WHERE { GRAPH ?g { ?a ?p ?b } FILTER(STRSTARTS(STR(?g), "
        "'https://w3id.org/unpact/graph/data/')) ?b a ?kind FILTER(?p != rdf:type && isIRI(?a) && isIRI(?b)) "
        f"FILTER(!STRSTARTS(STR(?b), '{UNP}')) }}"
    )
    wanted = {tuple(term.value for term in row) for row in rows}  # type: ignore[union-attr]
    iris = dict(graph.nodes(data="iri"))
    told = {(iris[a], said["property"], iris[b]) for a, b, said in graph.edges(data=True)}
    assert told == wanted
    assert graph.nodes["id:cnd"]["class"] == "functional commission"


def test_identifiers_of_graphml_are_tokens() -> None:
    things = things_of(
        f"<http://example.org/a/b?c> <{UNP}partner> <http://example.org/d> , <{ID}e> . <{ID}e> a <x:K> ."
    )
    graph = graphml_of(things)
    assert all(re.fullmatch(r"[\w.:-]+", node, re.ASCII) for node in graph.nodes)
    assert {iri for _, iri in graph.nodes(data="iri")} == {"http://example.org/a/b?c", f"{ID}e"}
    (node,) = (node for node, iri in graph.nodes(data="iri") if iri.startswith("http://example"))
    assert graph.nodes[node]["partner"] == "http://example.org/d"


def test_xml_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(UsageError, match=r"U\+0001"):
        graphml_of(things_of(f'<{ID}a> <{UNP}acronym> "\\u0001" .'))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_a_table_has_a_row_for_each_thing_and_a_column_for_each_property(tmp_path: Path) -> None:
    things = things_of(MINE)
    write_tables(things, MemoryGraph(), tmp_path, {"name": "mine"})
    assert {path.name for path in tmp_path.iterdir()} == {
        "Axiom.csv", "City.csv", "Passage.csv", "State.csv", "datapackage.json",
    }  # fmt: skip
    first, second = rows_of(tmp_path / "State.csv")
    assert list(first)[:2] == ["id", "label"]
    assert first == {
        "id": f"{ID}a",
        "label": 'A "quoted" <b>, & more',
        "acronym": "A\\|B|C\\\\",
        "label@fr": "Ah",
        "modality": f"{UNP}Ongoing",
        "number": "7",
        "partner": f"{ID}b|{ID}c",
        "statedIn": f"{ID}passage",
    }
    assert (second["label"], second["partner"]) == ("B\nb", "")
    content = (tmp_path / "State.csv").read_bytes()
    assert content.startswith(b"id,label,acronym,")
    assert content.count(b"\r\n") == 3, "RFC 4180 ends a record with CR LF"


@pytest.mark.slow
def test_the_package_describes_the_tables(exporting: Make, tmp_path: Path) -> None:
    exporting().write_folder(tmp_path, FORMATS["csv"])
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"path": "https://creativecommons.org/licenses/by/4.0/"}]
    tables = {each["path"]: each for each in package["resources"]}
    assert set(tables) == {path.name for path in tmp_path.glob("*.csv")}
    for name, table in tables.items():
        with (tmp_path / name).open(encoding="utf-8", newline="") as stream:
            header = next(csv.reader(stream))
        assert [field["name"] for field in table["schema"]["fields"]] == header
    fields = {field["name"]: field for field in tables["Accession.csv"]["schema"]["fields"]}
    assert fields["treaty"]["rdfType"] == f"{UNP}treaty"
    assert fields["statedIn"]["type"] in ("string", "list")


@pytest.mark.slow
def test_the_tables_of_the_real_view_have_every_stated_value(
    exporting: Make, knowledge: unpact.Knowledge, tmp_path: Path
) -> None:
    exporting().write_folder(tmp_path, FORMATS["csv"])
    told: Counter[tuple[str, str]] = Counter()
    for path in tmp_path.glob("*.csv"):
        for row in rows_of(path):
            for name, cell in row.items():
                if name in ("partner", "treaty", "actor", "date", "value"):
                    told.update((row["id"], name) for _ in re.findall(r"(?:[^|\\]|\\.)+", cell))
    rows = knowledge.graph.select(
        "SELECT ?s ?p (COUNT(DISTINCT ?v) AS ?n) WHERE { GRAPH ?g { ?s ?p ?v } "
        "FILTER(?p IN (unp:partner, unp:treaty, unp:actor, unp:date, unp:value)) "
        "FILTER(STRSTARTS(STR(?g), 'https://w3id.org/unpact/graph/data/')) } GROUP BY ?s ?p"
    )
    wanted = {(s.value, p.value.removeprefix(UNP)): int(n.value) for s, p, n in rows}  # type: ignore[union-attr]
    assert told == wanted


def test_a_thing_of_two_kinds_is_in_both_tables() -> None:
    tables = tables_of(things_of(f"<{ID}a> a <{UNP}State> , <{UNP}City> . <{ID}b> <{UNP}acronym> 'b' ."))
    assert {table.name: [thing.node.value for thing, _ in table.rows] for table in tables} == {
        "City": [f"{ID}a"],
        "Other": [f"{ID}b"],
        "State": [f"{ID}a"],
    }


def test_classes_and_properties_that_end_alike_are_told_apart() -> None:
    (other, ours) = tables_of(
        things_of(
            f"<{ID}a> a <{UNP}Role> ; <{UNP}role> 1 ; <{PREFIXES['org']}role> 2 ."
            f" <{ID}b> a <{PREFIXES['org']}Role> ."
        )
    )
    assert (ours.name, other.name) == ("org-Role", "Role")
    assert list(other.columns) == ["org:role", "role"]


@pytest.mark.slow
@given(st.lists(st.text(), min_size=1))
def test_joined_values_can_be_taken_apart(texts: list[str]) -> None:
    cell = joined([ox.Literal(text) for text in texts])
    parts = [""]
    for mark in re.findall(r"\\.|.", cell, re.DOTALL):
        if mark == "|":
            parts.append("")
        else:
            parts[-1] += mark[-1]
    assert parts == texts


def drawn(things: Things) -> tuple[set[str], set[tuple[str, str, str]]]:
    picture = picture_of(things)
    names = {key: lines[0] for key, lines in picture.boxes}
    return set(names.values()), {(names[a], label, names[b]) for a, b, label in picture.arrows}


def test_a_picture_leaves_out_where_facts_are_stated() -> None:
    boxes, arrows = drawn(things_of(MINE))
    assert boxes == {'A "quoted" <b>, & more', "B b", "#c; -->"}
    assert {(a, b) for a, _, b in arrows} == {
        ('A "quoted" <b>, & more', "B b"),
        ('A "quoted" <b>, & more', "#c; -->"),
    }


def test_a_picture_keeps_both_ends_within_the_selection() -> None:
    only = {ox.NamedNode(f"{ID}{name}") for name in "ab"}
    boxes, arrows = drawn(things_of(MINE, things=only))
    assert boxes == {'A "quoted" <b>, & more', "B b"}
    assert len(arrows) == 1


def test_names_cannot_break_out_of_a_picture() -> None:
    picture = picture_of(things_of(MINE))
    dot, mermaid = io.StringIO(), io.StringIO()
    write_dot(picture, dot)
    write_mermaid(picture, mermaid)
    quoted = r'"(?:[^"\\]|\\.)*"'
    for line in dot.getvalue().splitlines()[4:-1]:
        assert re.fullmatch(rf"  n\d+(?: -> n\d+)? \[label={quoted}\];", line), line
    for line in mermaid.getvalue().splitlines()[1:]:
        assert re.fullmatch(r'  n\d+(?:\["[^"]*"\]| -->\|"[^"]*"\| n\d+)', line), line
    assert "A #34;quoted#34; #60;b#62;, #38; more<br/>" in mermaid.getvalue()
    assert 'label="A \\"quoted\\" <b>, & more\\n(State)"' in dot.getvalue()


def test_several_relations_between_two_things_share_an_arrow() -> None:
    things = things_of(f"<{ID}a> <{UNP}partner> <{ID}b> ; <{UNP}actor> <{ID}b> . <{ID}b> a <{UNP}State> .")
    assert picture_of(things) == Picture(
        (("n0", ("a",)), ("n1", ("b", "(State)"))), (("n0", "n1", "actor, partner"),)
    )


@pytest.mark.slow
@pytest.mark.parametrize(("depth", "boxes"), [(0, {"CND"}), (1, {"CND", "UNODC", "ECOSOC"})])
def test_about_a_thing_goes_as_far_as_it_is_told(
    exporting: Make, knowledge: unpact.Knowledge, depth: int, boxes: set[str]
) -> None:
    picture = exporting(about=("CND",), depth=depth).picture(FORMATS["mermaid"])
    names = {lines[0] for _, lines in picture.boxes}
    wanted = {knowledge.resolve(name).label for name in boxes}
    assert wanted <= names
    assert (depth == 0) == (names == wanted)


@pytest.mark.slow
def test_a_step_goes_over_relations_only(exporting: Make, knowledge: unpact.Knowledge) -> None:
    """Checked against SPARQL: the neighbours of a thing in what the files state, sources and values apart."""
    stream = io.StringIO()
    exporting(about=("CND",), parts=("data",)).write(FORMATS["nt"], stream)
    read = ox.parse(input=stream.getvalue().encode(), format=ox.RdfFormat.N_TRIPLES)
    told = {quad.subject.value for quad in read if isinstance(quad.subject, ox.NamedNode)}
    rows = knowledge.graph.select(
        "SELECT DISTINCT ?near WHERE { GRAPH ?g { { id:cnd ?p ?near } UNION { ?near ?p id:cnd } } "
        "FILTER(?p NOT IN (rdf:type, unp:statedIn, unp:accordingTo) && isIRI(?near)) "
        "FILTER(STRSTARTS(STR(?g), 'https://w3id.org/unpact/graph/data/')) "
        f"FILTER(!STRSTARTS(STR(?near), '{UNP}')) GRAPH ?h {{ ?near a ?kind }} "
        "FILTER(STRSTARTS(STR(?h), 'https://w3id.org/unpact/graph/data/')) }"
    )
    assert told == {near.value for (near,) in rows} | {f"{ID}cnd"}  # type: ignore[union-attr]
