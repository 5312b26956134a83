"""The description of the dataset, and the stored queries as SHACL has them: held against the graph."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

from unpact.errors import UsageError
from unpact.export.formats import FORMATS
from unpact.export.queries import form_of, runnable
from unpact.export.void import Distribution, Publication, write_void
from unpact.query.expected import expected_file, to_tsv
from unpact.render.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    import unpact
    from unpact.export.exporter import Exporter

ROOT = Path(__file__).parents[2]
VOID = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#> "
VOID += "PREFIX spdx: <http://spdx.org/rdf/terms#> "
DATASET = "<https://w3id.org/unpact/dataset>"


@pytest.fixture(scope="module")
def exported(exporting: Callable[..., Exporter]) -> rdflib.Graph:
    """What Turtle holds: the triples that the description is about, read by another engine."""
    stream = io.StringIO()
    exporting(parts=("ontology", "data")).write(FORMATS["ttl"], stream)
    return rdflib.Graph().parse(data=stream.getvalue(), format="turtle")


@pytest.fixture(scope="module")
def description(exporting: Callable[..., Exporter]) -> rdflib.Graph:
    stream = io.StringIO()
    exporting(parts=("ontology", "data")).write(FORMATS["void"], stream)
    return rdflib.Graph().parse(data=stream.getvalue(), format="turtle")


def rows(graph: rdflib.Graph, query: str) -> set[tuple[object, ...]]:
    return {
        tuple(None if cell is None else cell.toPython() for cell in row) for row in graph.query(VOID + query)
    }  # type: ignore[union-attr]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("void:triples", "(COUNT(*) AS ?n) { ?s ?p ?o }"),
        ("void:distinctSubjects", "(COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        ("void:distinctObjects", "(COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        ("void:properties", "(COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        ("void:classes", "(COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }"),
        (
            "void:entities",
            '(COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "https://w3id.org/unpact/")) }',
        ),
    ],
)
def test_the_whole_is_counted_right(
    description: rdflib.Graph, exported: rdflib.Graph, told: str, counted: str
) -> None:
    assert rows(description, f"SELECT ?n {{ {DATASET} {told} ?n }}") == rows(exported, f"SELECT {counted}")


def test_each_class_is_counted_right(description: rdflib.Graph, exported: rdflib.Graph) -> None:
    told = rows(
        description,
        f"SELECT ?c ?n {{ {DATASET} void:classPartition [ void:class ?c ; void:entities ?n ] }}",
    )
    assert told == rows(exported, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")


@pytest.mark.slow
def test_each_property_is_counted_right(description: rdflib.Graph, exported: rdflib.Graph) -> None:
    told = rows(
        description,
        f"SELECT ?p ?n ?s ?o {{ {DATASET} void:propertyPartition [ void:property ?p ; void:triples ?n ;"
        " void:distinctSubjects ?s ; void:distinctObjects ?o ] }",
    )
    counted = (
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os) { ?s ?p ?o }"
    )
    assert told == rows(exported, counted + " GROUP BY ?p")


def test_links_to_other_datasets_are_counted_right(description: rdflib.Graph, exported: rdflib.Graph) -> None:
    told = rows(
        description,
        f"SELECT ?p ?space ?n {{ {DATASET} void:subset [ a void:Linkset ; void:linkPredicate ?p ;"
        " void:objectsTarget [ void:uriSpace ?space ] ; void:triples ?n ] }",
    )
    counted = rows(
        exported,
        "SELECT ?p ?space (COUNT(*) AS ?n) { VALUES ?p { skos:closeMatch skos:broadMatch skos:relatedMatch"
        ' owl:sameAs rdfs:seeAlso skos:exactMatch } ?s ?p ?o BIND(REPLACE(STR(?o), "[^/#]*$", "") AS ?space)'
        ' FILTER(!STRSTARTS(STR(?o), "https://w3id.org/unpact/")) } GROUP BY ?p ?space',
    )
    assert told == counted
    assert "https://schema.org/" in {space for _, space, _ in told}


def test_the_layers_are_counted_right(description: rdflib.Graph, knowledge: unpact.Knowledge) -> None:
    told = rows(
        description,
        f"SELECT ?title ?n {{ {DATASET} void:subset [ dcterms:title ?title ; void:triples ?n ] }}",
    )
    counted = {
        layer: knowledge.graph.select(
            "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o }"
            f" FILTER(STRSTARTS(STR(?g), 'https://w3id.org/unpact/graph/{start}')) }} }}"
        )
        for layer, start in {
            "ontology": "ontology/",
            "article": "data/article/",
            "record": "data/record/",
        }.items()
    }
    assert told == {(layer, int(next(iter(found))[0].value)) for layer, found in counted.items()}  # type: ignore[union-attr]


def test_it_says_whose_it_is_and_when(description: rdflib.Graph) -> None:
    told = {
        str(p).rpartition("/")[2].rpartition("#")[2]: str(o)
        for p, o in description.predicate_objects(rdflib.URIRef(DATASET[1:-1]))
    }
    assert told["title"] == "unpact"
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert told["issued"] == told["modified"]
    assert told["versionInfo"]
    assert "sparqlEndpoint" not in told


def void_of(
    exporter: Exporter, knowledge: unpact.Knowledge, publication: Publication, *files: Distribution
) -> str:
    stream = io.StringIO()
    write_void(exporter._content(FORMATS["void"]), knowledge.graph, stream, publication, files)
    return stream.getvalue()


def test_files_have_size_checksum_and_place(
    exporting: Callable[..., Exporter], knowledge: unpact.Knowledge, tmp_path: Path
) -> None:
    path = tmp_path / "unpact.ttl.gz"
    path.write_bytes(b"packed")
    file = Distribution.of(path, path.name, "text/turtle", is_rdf=True)
    about = Publication(
        url="https://example.org/r", endpoint="https://example.org/sparql", issued="2026-12-01"
    )
    text = void_of(exporting(parts=("record",)), knowledge, about, file)
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert rows(
        graph,
        f"SELECT ?media ?packed ?size ?hash ?url {{ {DATASET} dcat:distribution ?d ; void:dataDump ?url ;"
        " void:sparqlEndpoint <https://example.org/sparql> ; dcterms:issued '2026-12-01'^^xsd:date ."
        " ?d dcat:mediaType ?media ; dcat:compressFormat ?packed ; dcat:byteSize ?size ;"
        " dcat:downloadURL ?url ;"
        " spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue ?hash ] }",
    ) == {
        (
            "https://www.iana.org/assignments/media-types/text/turtle",
            "https://www.iana.org/assignments/media-types/application/gzip",
            6,
            bytes.fromhex(hashlib.sha256(b"packed").hexdigest()),
            "https://example.org/r/unpact.ttl.gz",
        )
    }


@pytest.mark.slow
def test_another_dataset_is_not_given_our_name(
    exporting: Callable[..., Exporter], knowledge: unpact.Knowledge
) -> None:
    about = Publication(dataset="https://example.org/mine", title="Mine")
    text = void_of(exporting(parts=("record",)), knowledge, about)
    assert "<https://example.org/mine> a void:Dataset , dcat:Dataset ;" in text
    assert 'dcterms:title "Mine"@en' in text
    assert "dataset>" not in text


@pytest.mark.parametrize(
    ("about", "problem"),
    [
        (Publication(issued="soon"), "'soon' is no day"),
        (Publication(endpoint="not an address"), "is no IRI"),
        (Publication(dataset="mine"), "'mine' is no IRI"),
    ],
)
def test_what_makes_no_sense_is_refused(
    exporting: Callable[..., Exporter], knowledge: unpact.Knowledge, about: Publication, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        void_of(exporting(parts=("record",)), knowledge, about)


# Queries

SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def executables(exporting: Callable[..., Exporter]) -> rdflib.Graph:
    stream = io.StringIO()
    exporting().write(FORMATS["queries"], stream)
    return rdflib.Graph().parse(data=stream.getvalue(), format="turtle")


@pytest.mark.slow
def test_every_example_of_every_query_gives_the_rows_of_unpact_query(
    executables: rdflib.Graph, knowledge: unpact.Knowledge
) -> None:
    """The rows that `unpact query` must give are those in `tests/queries`, as another test holds it."""
    wrong = []
    for query in knowledge.queries:
        for number in range(len(query.examples)):
            node = rdflib.URIRef(f"https://w3id.org/unpact/query/{query.topic}/{query.name}/{number + 1}")
            text = str(executables.value(node, rdflib.URIRef(f"{SH}select")))
            # as it stands: no prefix is known to the engine
            answer = knowledge.graph.store.query(text, use_default_graph_as_union=True)
            assert isinstance(answer, ox.QuerySolutions)
            names = [variable.value for variable in answer.variables]
            told = Rows(names, [tuple(solution[name] for name in names) for solution in answer])
            wanted = expected_file(ROOT / "tests" / "queries", query, number).read_text(encoding="utf-8")
            if to_tsv(told) != wanted:  # type: ignore[arg-type]
                wrong.append(str(node))
    assert wrong == []


def test_a_query_says_what_it_asks(executables: rdflib.Graph) -> None:
    node = rdflib.URIRef("https://w3id.org/unpact/query/treaties/party-status/2")
    told = {
        str(p).rpartition("#")[2].rpartition("/")[2]: str(o) for p, o in executables.predicate_objects(node)
    }
    assert told["comment"].endswith("(state PK; treaty UNCAC, UNTOC; as of 2015-03-12)")
    types = {str(kind) for kind in executables.objects(node, rdflib.RDF.type)}
    assert types == {f"{SH}SPARQLExecutable", f"{SH}SPARQLSelectExecutable"}
    keywords = {str(word) for word in executables.objects(node, rdflib.URIRef("https://schema.org/keywords"))}
    assert {"treaties", "party"} <= keywords
    assert "#+" not in told["select"]
    assert "# if" not in told["select"]


@pytest.mark.slow
def test_the_prefixes_are_declared(executables: rdflib.Graph) -> None:
    declared = executables.query(
        f"PREFIX sh: <{SH}> SELECT ?prefix ?namespace {{ ?query sh:prefixes/sh:declare ?d ."
        " ?d sh:prefix ?prefix ; sh:namespace ?namespace FILTER(datatype(?namespace) = xsd:anyURI) }"
    )
    assert ("unp", "https://w3id.org/unpact/ontology#") in {(str(a), str(b)) for a, b in declared}  # type: ignore[misc]


@pytest.mark.slow
def test_the_rules_conclude_what_is_inferred(executables: rdflib.Graph, knowledge: unpact.Knowledge) -> None:
    texts = list(executables.objects(None, rdflib.URIRef(f"{SH}construct")))
    assert len(texts) == len(knowledge.corpus.rule_files())
    known = {quad.triple for quad in knowledge.graph.store}
    for text in texts:
        made = set(knowledge.graph.store.query(str(text), use_default_graph_as_union=True))  # type: ignore[arg-type]
        assert made
        assert made <= known


@pytest.mark.parametrize(
    ("text", "form"), [("ask {}", "ASK"), ("SELECT * {}", "SELECT"), ("Construct {} {}", "CONSTRUCT")]
)
def test_the_form_of_a_query_decides_what_it_is(text: str, form: str) -> None:
    assert form_of(f"# SELECT\nPREFIX ask: <x:select>\n{text}") == form


def test_a_runnable_query_declares_what_it_uses() -> None:
    body = 'SELECT ?s { ?s a unp:State ; ex:p """\n\n""" }\n'
    text = runnable(f"#+ title: x\n\n# why\n{body}")
    assert text == f"PREFIX unp: <https://w3id.org/unpact/ontology#>\n# why\n{body}"
    assert isinstance(ox.Store().query(runnable("SELECT ?s { ?s a unp:State }")), ox.QuerySolutions)
