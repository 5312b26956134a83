"""The RDF formats: what is read back is what was there, and the same triples are the same bytes."""

from __future__ import annotations

import io
import json
import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
from hypothesis import given, settings
from hypothesis import strategies as st

from unpact.errors import UsageError
from unpact.export.content import Content
from unpact.export.context import context_of
from unpact.export.formats import FORMATS
from unpact.export.jsonld import write_jsonld
from unpact.export.lines import in_order, write_nq, write_nt
from unpact.export.rdfxml import write_rdfxml
from unpact.export.turtle import write_trig, write_ttl
from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import from_rdflib
from unpact.turtle.format import format_text

from ..examples import examples  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    import unpact
    from unpact.export.exporter import Exporter

RDF_NAMES = [each.name for each in FORMATS.values() if each.is_rdf]
SYNTAX = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
IN_RDFLIB = {
    "ttl": "turtle",
    "nt": "nt",
    "nq": "nquads",
    "trig": "trig",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
WITH_GRAPHS = ("nq", "trig")


def canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def flat(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    return (ox.Quad(*quad.triple) for quad in quads)


def text_of(exporter: Exporter, name: str) -> str:
    stream = io.StringIO()
    exporter.write(FORMATS[name], stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def whole(exporting: Callable[..., Exporter]) -> dict[str, str]:
    exporter = exporting()
    return {name: text_of(exporter, name) for name in RDF_NAMES}


@pytest.mark.slow
@pytest.mark.parametrize("name", RDF_NAMES)
def test_the_engine_reads_back_the_real_view(
    whole: dict[str, str], name: str, knowledge: unpact.Knowledge
) -> None:
    read = ox.parse(input=whole[name].encode(), format=SYNTAX[name])
    wanted = knowledge.graph.store if name in WITH_GRAPHS else flat(knowledge.graph.store)
    assert canonical(read) == canonical(wanted)


@pytest.mark.slow
@pytest.mark.parametrize("name", RDF_NAMES)
def test_rdflib_reads_back_the_record(
    exporting: Callable[..., Exporter], name: str, knowledge: unpact.Knowledge
) -> None:
    text = text_of(exporting(parts=("record",)), name)
    read = rdflib.Dataset(default_union=True).parse(data=text, format=IN_RDFLIB[name])
    quads = (ox.Quad(*map(from_rdflib, triple)) for triple in read.triples((None, None, None)))  # type: ignore[arg-type]
    wanted = (quad for quad in knowledge.graph.store if "/data/record/" in quad.graph_name.value)
    assert canonical(quads) == canonical(flat(wanted))


@pytest.fixture(scope="module")
def canonical_by_rdflib(knowledge: unpact.Knowledge) -> set[tuple[object, ...]]:
    union = rdflib.Graph()
    for triple in knowledge.to_rdflib().triples((None, None, None)):
        union.add(triple)
    return set(rdflib.compare.to_canonical_graph(union))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ttl", "jsonld", "rdfxml"])
def test_rdflib_finds_the_whole_view_isomorphic(
    whole: dict[str, str], name: str, canonical_by_rdflib: set[tuple[object, ...]]
) -> None:
    read = rdflib.Graph().parse(data=whole[name], format=IN_RDFLIB[name])
    assert set(rdflib.compare.to_canonical_graph(read)) == canonical_by_rdflib


@pytest.mark.slow
def test_lines_are_the_canonical_form(whole: dict[str, str], knowledge: unpact.Knowledge) -> None:
    canonized = canonical(knowledge.graph.store)
    assert whole["nq"] == "".join(sorted(f"{q.triple} {q.graph_name} .\n" for q in canonized))
    assert whole["nt"].splitlines() == sorted(set(whole["nt"].splitlines()))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ttl", "trig"])
def test_the_layout_is_that_of_fmt(whole: dict[str, str], name: str) -> None:
    assert format_text(whole[name], file="export", suffix=f".{name}") == whole[name]


def test_turtle_says_things_by_subject_with_evidence_next_to_them(whole: dict[str, str]) -> None:
    statements = whole["ttl"].split("\n\n")
    of_cnd = next(number for number, text in enumerate(statements) if text.startswith("id:cnd a "))
    assert '    rdfs:label "Commission on Narcotic Drugs"@en ;\n' in statements[of_cnd]
    assert statements[of_cnd + 1].startswith("[] a owl:Axiom ;")
    assert "owl:annotatedSource id:cnd ;" in statements[of_cnd + 1]
    assert "_:" not in whole["ttl"]


@pytest.mark.slow
def test_one_more_fact_is_one_more_line(knowledge: unpact.Knowledge) -> None:
    store = ox.Store()
    store.extend(q for q in knowledge.graph.store if "/data/record/" in q.graph_name.value)
    before = io.StringIO()
    write_ttl(Content(store, {"record"}), before)
    graph = next(iter(store)).graph_name
    node = ox.NamedNode("https://w3id.org/unpact/id/cnd")
    store.add(ox.Quad(node, ox.NamedNode("https://w3id.org/unpact/ontology#motto"), ox.Literal("x"), graph))
    after = io.StringIO()
    write_ttl(Content(store, {"record"}), after)
    told = before.getvalue().splitlines()
    new = [line for line in after.getvalue().splitlines() if line not in told]
    assert new in (['    unp:motto "x" .'], ['    unp:motto "x" ;'])


@pytest.mark.slow
def test_json_ld_reads_like_json(whole: dict[str, str]) -> None:
    document = json.loads(whole["jsonld"])
    (cnd,) = (each for each in document["@graph"] if each.get("@id") == "id:cnd")
    assert "FunctionalCommission" in cnd["@type"]
    assert cnd["label"] == {"en": "Commission on Narcotic Drugs"}
    assert cnd["secretariat"] == "id:unodc"
    assert cnd["established"] == {"@value": "1946", "@type": "xsd:gYear"}
    (count,) = (each for each in document["@graph"] if each.get("@id") == "id:cnd-member-count")
    assert count["value"] == 53
    (pakistan,) = (each for each in document["@graph"] if each.get("@id") == "id:pakistan")
    assert pakistan["altLabel"]["ar"] == "باكستان"


def test_the_context_alone_is_that_of_the_document(
    whole: dict[str, str], exporting: Callable[..., Exporter]
) -> None:
    context = json.loads(text_of(exporting(), "context"))
    assert context == {"@context": json.loads(whole["jsonld"])["@context"]}
    terms = context["@context"]
    assert terms["secretariat"] == {"@id": "unp:secretariat", "@type": "@id"}
    assert terms["label"] == {"@id": "rdfs:label", "@container": "@language"}
    assert terms["role"] == {"@id": "unp:role", "@type": "@id"}, "ours goes before org:role"


def test_a_document_with_the_context_means_the_same(exporting: Callable[..., Exporter]) -> None:
    document = {
        **json.loads(text_of(exporting(), "context")),
        "@id": "id:x",
        "label": {"en": "X"},
        "actor": "id:y",
    }
    read = set(map(str, ox.parse(input=json.dumps(document).encode(), format=ox.RdfFormat.JSON_LD)))
    assert read == {
        '<https://w3id.org/unpact/id/x> <http://www.w3.org/2000/01/rdf-schema#label> "X"@en',
        "<https://w3id.org/unpact/id/x> <https://w3id.org/unpact/ontology#actor> <https://w3id.org/unpact/id/y>",
    }


# Any small dataset

RDF, UNP, ID = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "https://w3id.org/unpact/ontology#",
    "https://w3id.org/unpact/id/",
)
XSD = "http://www.w3.org/2001/XMLSchema#"
IRIS = st.sampled_from(
    [
        ox.NamedNode(iri)
        for iri in (f"{ID}a", f"{ID}b.c", "http://example.org/x?y=1&z=<"[:-1], "urn:x:1", f"{RDF}nil")
    ]
)
BLANKS = st.sampled_from([ox.BlankNode(f"b{number}") for number in range(4)])
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t\"'\\"), max_size=6)
LITERALS = (
    TEXTS.map(ox.Literal)
    | st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "zh-hans"]))
    | st.sampled_from(
        [
            ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
            for kind, texts in {
                "integer": ["1", "01", "-0", "99999999999999999999"],
                "boolean": ["true", "1"],
                "decimal": ["1.50", "7"],
                "double": ["1e3", "INF"],
                "gYear": ["1946"],
            }.items()
            for text in texts
        ]
    )
)
PROPERTIES = st.sampled_from(
    [
        ox.NamedNode(iri)
        for iri in (
            *(RDF + name for name in ("type", "first", "rest", "value")),
            "http://www.w3.org/2000/01/rdf-schema#label",
            UNP + "actor",
            "http://example.org/p",
        )
    ]
)
GRAPHS = st.sampled_from([ox.NamedNode(f"https://w3id.org/unpact/graph/user/{name}") for name in "ab"])
QUADS = st.builds(ox.Quad, IRIS | BLANKS, PROPERTIES, IRIS | BLANKS | LITERALS, GRAPHS)
LISTS = st.lists(IRIS | LITERALS, min_size=1, max_size=30)


def list_of(members: list[ox.NamedNode | ox.Literal], graph: ox.NamedNode) -> list[ox.Quad]:
    nodes = [ox.BlankNode(f"l{number}") for number in range(len(members))]
    rests = [*nodes[1:], ox.NamedNode(f"{RDF}nil")]
    found = [ox.Quad(ox.NamedNode(f"{ID}list"), ox.NamedNode(UNP + "members"), nodes[0], graph)]
    for node, member, rest in zip(nodes, members, rests, strict=True):
        found.append(ox.Quad(node, ox.NamedNode(f"{RDF}first"), member, graph))
        found.append(ox.Quad(node, ox.NamedNode(f"{RDF}rest"), rest, graph))
    return found


DATASETS = st.lists(QUADS, min_size=1, max_size=10) | st.builds(
    lambda quads, members, graph: quads + list_of(members, graph), st.lists(QUADS, max_size=4), LISTS, GRAPHS
)


def store_with(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    # one after another, in their own order
    for quad in quads:
        store.add(quad)
    return store


def written(store: ox.Store, layers: Collection[str] = ("user",)) -> dict[str, str]:
    """What is in a store, in every RDF format."""
    content = Content(store, layers)
    context = context_of(MemoryGraph(store))
    found = {}
    for name, write in {
        "ttl": write_ttl,
        "trig": write_trig,
        "nt": write_nt,
        "nq": write_nq,
        "rdfxml": write_rdfxml,
        "jsonld": lambda content, stream: write_jsonld(content, context, stream),
    }.items():
        stream = io.StringIO()
        write(content, stream)
        found[name] = stream.getvalue()
    return found


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(DATASETS)
def test_any_dataset_is_read_back(quads: list[ox.Quad]) -> None:
    # the engine keeps numbers by their values: "01" is 1 before anything is exported
    store = store_with(quads)
    for name, text in written(store).items():
        read = ox.parse(input=text.encode(), format=SYNTAX[name])
        assert canonical(read) == canonical(store if name in WITH_GRAPHS else flat(store)), name
        if name in ("ttl", "trig"):
            assert format_text(text, file="export", suffix=f".{name}") == text


@pytest.mark.slow
@settings(max_examples=examples(30))
@given(DATASETS, st.randoms())
def test_neither_order_nor_names_of_blank_nodes_change_a_byte(
    quads: list[ox.Quad], chance: random.Random
) -> None:
    shuffled = list(quads)
    chance.shuffle(shuffled)
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def other(term: object) -> object:
        return names.setdefault(term, ox.BlankNode()) if isinstance(term, ox.BlankNode) else term

    renamed = [ox.Quad(other(q.subject), q.predicate, other(q.object), q.graph_name) for q in shuffled]  # type: ignore[arg-type]
    assert written(store_with(renamed)) == written(store_with(quads))


@pytest.mark.slow
def test_the_record_loaded_in_another_order_is_the_same_bytes(knowledge: unpact.Knowledge) -> None:
    quads = [quad for quad in knowledge.graph.store if "/data/record/" in quad.graph_name.value]
    first, second = ox.Store(), ox.Store()
    first.extend(quads)
    random.Random(3).shuffle(quads)  # noqa: S311 - the same disorder each time
    second.extend(quads)
    told, again = written(first, ("record",)), written(second, ("record",))
    assert {name for name in RDF_NAMES if again[name] != told[name]} == set()


@pytest.mark.slow
@given(
    st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]))), st.integers(1, 4)
)
def test_lines_are_sorted_beyond_what_memory_holds(texts: list[str], at_once: int) -> None:
    lines = [f"{text}\n" for text in texts]
    assert list(in_order(lines, at_once)) == sorted(set(lines))


def test_a_blank_node_in_two_graphs_keeps_one_label() -> None:
    node, used = ox.BlankNode(), ox.NamedNode(UNP + "actor")
    graphs = [ox.NamedNode(f"https://w3id.org/unpact/graph/user/{name}") for name in "ab"]
    quads = [ox.Quad(node, used, ox.Literal(graph.value), graph) for graph in graphs]
    assert written(store_with(quads))["trig"].count("_:c14n0 unp:actor") == 2


@pytest.mark.slow
def test_what_is_nested_deeply_can_be_written_and_read() -> None:
    graph, used = ox.NamedNode("https://w3id.org/unpact/graph/user/a"), ox.NamedNode(UNP + "actor")
    nodes = [ox.BlankNode() for _ in range(90)]
    quads = [ox.Quad(a, used, b, graph) for a, b in pairwise(nodes)]
    for name, text in written(store_with(quads)).items():
        read = list(ox.parse(input=text.encode(), format=SYNTAX[name]))
        assert len(read) == len(quads), name


@pytest.mark.parametrize(
    ("turtle", "name", "problem"),
    [
        ("<x:a> <x:p> <<( <x:b> <x:c> <x:d> )>> .", "jsonld", "JSON-LD has no form"),
        ("<x:a> <x:p> <<( <x:b> <x:c> <x:d> )>> .", "rdfxml", "RDF/XML has no form"),
        ('<x:a> <x:p> "a"@ar--rtl .', "jsonld", "loses the direction"),
        ('<x:a> <x:p> "a"@ar--rtl .', "rdfxml", "loses the direction"),
        ("<x:a> <x:p1/> <x:b> .", "rdfxml", "cannot name the property <x:p1/>"),
        (f"<x:a> <{RDF}li> <x:b> .", "rdfxml", "cannot name the property"),
        ('<x:a> <x:p> "\\u0001" .', "rdfxml", r"cannot hold the character U\+0001"),
        ("<s:a> <x:p> <x:b> .", "jsonld", "would be read with the prefix s:"),
    ],
)
def test_what_a_format_has_no_place_for_is_refused(turtle: str, name: str, problem: str) -> None:
    store = ox.Store()
    store.load(
        turtle.encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("https://w3id.org/unpact/graph/user/a")
    )
    content, context = Content(store, {"user"}), context_of(MemoryGraph(store))
    write = (
        write_rdfxml if name == "rdfxml" else lambda content, stream: write_jsonld(content, context, stream)
    )
    with pytest.raises(UsageError, match=problem):
        write(content, io.StringIO())
