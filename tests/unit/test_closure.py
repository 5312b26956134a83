from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode

from unpact.corpus import Corpus, bundled, user_files
from unpact.errors import StoreError
from unpact.graph.closure import infer
from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import union_graph
from unpact.graph.view import build_view
from unpact.names import DCTERMS, ID, INFERRED_GRAPH, ORG, PREFIXES, PROV, RDF, SKOS, SOURCE, TOPIC, UNP

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
RULES = Path(__file__).parents[2] / "ontology" / "rules"

# for each rule: what is given, and what follows
CASES = {
    "cax-sco": (
        "unp:A rdfs:subClassOf unp:B . unp:B rdfs:subClassOf unp:C . id:x a unp:A .",
        "id:x a unp:B, unp:C .",
    ),
    "cax-eqc": (
        "unp:A owl:equivalentClass unp:B . id:x a unp:A . id:y a unp:B .",
        "id:x a unp:B . id:y a unp:A .",
    ),
    "prp-spo1": ("unp:p rdfs:subPropertyOf unp:q . id:x unp:p id:y, 1 .", "id:x unp:q id:y, 1 ."),
    "prp-eqp": (
        "unp:p owl:equivalentProperty unp:q . id:x unp:p 1 . id:y unp:q 2 .",
        "id:x unp:q 1 . id:y unp:p 2 .",
    ),
    "prp-inv": (
        "unp:p owl:inverseOf unp:q . id:x unp:p id:y . id:z unp:q id:x .",
        "id:y unp:q id:x . id:x unp:p id:z .",
    ),
    "prp-symp": ("unp:p a owl:SymmetricProperty . id:x unp:p id:y .", "id:y unp:p id:x ."),
    "prp-trp": (
        "unp:p a owl:TransitiveProperty . id:a unp:p id:b . id:b unp:p id:c . id:c unp:p id:d .",
        "id:a unp:p id:c, id:d . id:b unp:p id:d .",
    ),
    "prp-dom": ("unp:p rdfs:domain unp:A . id:x unp:p 1 .", "id:x a unp:A ."),
    "prp-rng": ("unp:p rdfs:range unp:A . id:x unp:p id:y .", "id:y a unp:A ."),
    "prp-spo2-length2": (
        "unp:p owl:propertyChainAxiom ( unp:q unp:r ) . id:x unp:q id:y . id:y unp:r id:z, 1 .",
        "id:x unp:p id:z, 1 .",
    ),
    "prp-spo2-length3": (
        (
            "unp:p owl:propertyChainAxiom ( unp:q unp:q unp:r ) ."
            " id:w unp:q id:x . id:x unp:q id:y . id:y unp:r id:z ."
        ),
        "id:w unp:p id:z .",
    ),
    "cls-hv1": (
        (
            "unp:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty unp:p ; owl:hasValue id:v ] ."
            " id:x a unp:A ."
        ),
        "id:x unp:p id:v .",
    ),
    "cls-hv2": (
        (
            "unp:A owl:equivalentClass [ a owl:Restriction ; owl:onProperty unp:p ; owl:hasValue id:v ] ."
            " id:x unp:p id:v ."
        ),
        "id:x a unp:A .",
    ),
    "cls-svf1": (
        (
            "[ a owl:Restriction ; owl:onProperty unp:p ; owl:someValuesFrom unp:B ] rdfs:subClassOf unp:A ."
            "id:x unp:p id:y . id:y a unp:B . id:z unp:p id:x ."
        ),
        "id:x a unp:A .",
    ),
    "cls-svf2": (
        (
            "[ a owl:Restriction ; owl:onProperty unp:p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf unp:A ."  # noqa: E501
            "id:x unp:p id:y ."
        ),
        "id:x a unp:A .",
    ),
    "cls-avf": (
        (
            "unp:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty unp:p ; owl:allValuesFrom unp:B ] ."
            "id:x a unp:A ; unp:p id:y ."
        ),
        "id:y a unp:B .",
    ),
    "cls-int2": ("unp:A owl:intersectionOf ( unp:B unp:C ) . id:x a unp:A .", "id:x a unp:B, unp:C ."),
    "cls-uni": (
        "unp:A owl:unionOf ( unp:B unp:C ) . id:x a unp:B . id:y a unp:C .",
        "id:x a unp:A . id:y a unp:A .",
    ),
}
MIXED = """
    unp:CountryProgramme rdfs:subClassOf unp:Programme . unp:Programme rdfs:subClassOf prov:Plan .
    unp:follows rdfs:subPropertyOf unp:after ; owl:inverseOf unp:followedBy ; rdfs:domain unp:Programme .
    unp:after a owl:TransitiveProperty ; rdfs:range unp:Programme .
    unp:partner a owl:SymmetricProperty ; owl:propertyChainAxiom ( unp:runBy unp:servesState ) .
    id:c a unp:CountryProgramme ; unp:follows id:b ; unp:runBy id:office . id:b unp:follows id:a .
    id:office unp:servesState id:state .
"""


def graph_of(turtle: str, tmp_path: Path) -> MemoryGraph:
    path = tmp_path / "world.ttl"
    path.write_text(HEAD + turtle, encoding="utf-8")
    from unpact.corpus.syntax import read_quads

    graph = MemoryGraph()
    for file in user_files([path]):
        graph.store.extend(read_quads(file))
    return graph


def inferred(graph: MemoryGraph) -> set[str]:
    return {
        str(quad.triple)
        for quad in graph.store.quads_for_pattern(None, None, None, NamedNode(INFERRED_GRAPH))
    }


def triples(turtle: str, tmp_path: Path) -> set[str]:
    return {str(quad.triple) for quad in graph_of(turtle, tmp_path).store}


def of_domain(triples: rdflib.Graph) -> set[tuple[str, str, str]]:
    """The triples about things, in the words of the domain."""
    domain = (UNP, ORG, PROV, SKOS, DCTERMS)
    kept = set()
    for subject, predicate, value in triples:
        word = value if str(predicate) == RDF + "type" else predicate
        if (
            # str first: the method of rdflib's terms takes no tuple
            str(word).startswith(domain)
            and isinstance(word, rdflib.URIRef)
            and str(subject).startswith((ID, TOPIC, SOURCE))
        ):
            kept.add((str(subject), str(predicate), value.n3()))
    return kept


def owlrl_closure(graph: rdflib.Graph) -> rdflib.Graph:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(
        graph
    )
    return graph


@pytest.mark.parametrize("rule", CASES)
def test_each_rule(rule: str, tmp_path: Path) -> None:
    world, conclusion = CASES[rule]
    graph = graph_of(world, tmp_path)
    infer(graph)
    assert inferred(graph) == triples(conclusion, tmp_path)


@pytest.mark.parametrize("world", [*(world for world, _ in CASES.values()), MIXED], ids=[*CASES, "mixed"])
def test_owlrl_agrees(world: str, tmp_path: Path) -> None:
    graph = graph_of(world, tmp_path)
    reference = owlrl_closure(union_graph(graph))
    infer(graph)
    assert inferred(graph)
    ours = of_domain(union_graph(graph))
    assert ours
    assert ours == of_domain(reference)


def test_rules_feed_each_other(tmp_path: Path) -> None:
    graph = graph_of(MIXED, tmp_path)
    infer(graph)
    assert graph.ask(
        "ASK { id:c unp:after id:a . id:a unp:followedBy id:b ; a prov:Plan . id:state unp:partner id:c }"
    )


def test_nothing_is_said_of_the_ontology_or_in_the_words_of_owl(tmp_path: Path) -> None:
    graph = graph_of(
        "unp:A rdfs:subClassOf owl:Thing, unp:B ; a owl:Class . unp:B rdfs:subClassOf unp:C ; a owl:Class ."
        "unp:p a owl:ObjectProperty ; rdfs:subPropertyOf rdfs:seeAlso ; rdfs:domain unp:A ."
        "unp:note a owl:AnnotationProperty ; rdfs:domain unp:A ."
        "unp:A unp:note 'x' . unp:B unp:p unp:C ."
        "unp:One a owl:NamedIndividual, unp:A . [] a owl:Axiom ; unp:note 'y' . id:x unp:p id:y ."
        "unp:A rdfs:subClassOf <https://schema.org/Thing> .",
        tmp_path,
    )
    infer(graph)
    assert inferred(graph) == triples("unp:One a unp:B, unp:C . id:x a unp:A, unp:B, unp:C .", tmp_path)


def test_users_classes_and_properties_count_as_the_domains(tmp_path: Path) -> None:
    graph = graph_of(
        "@prefix ex: <http://e.org/> ."
        "ex:Ally a owl:Class ; rdfs:subClassOf ex:Friend . ex:Friend a owl:Class ."
        "ex:knows a owl:ObjectProperty, owl:SymmetricProperty . ex:a a ex:Ally ; ex:knows ex:b .",
        tmp_path,
    )
    infer(graph)
    assert graph.ask(
        "ASK { <http://e.org/a> a <http://e.org/Friend> . <http://e.org/b> <http://e.org/knows> ?a }"
    )


def test_what_follows_does_not_depend_on_the_order_of_the_facts(tmp_path: Path) -> None:
    lines = [line for line in MIXED.splitlines() if line.strip()]
    forward, backward = graph_of("\n".join(lines), tmp_path), graph_of("\n".join(reversed(lines)), tmp_path)
    infer(forward)
    infer(backward)
    assert inferred(forward) == inferred(backward)


def test_a_cycle_comes_to_an_end(tmp_path: Path) -> None:
    graph = graph_of(
        "unp:A rdfs:subClassOf unp:B . unp:B rdfs:subClassOf unp:A . unp:p a owl:TransitiveProperty ."
        "id:a a unp:A ; unp:p id:b . id:b unp:p id:a .",
        tmp_path,
    )
    infer(graph)
    assert inferred(graph) == triples("id:a a unp:B ; unp:p id:a . id:b unp:p id:b .", tmp_path)


def test_a_rule_that_does_not_parse_is_named(tmp_path: Path) -> None:
    for name, text in {
        "ontology/unpact.ttl": "",
        "ontology/rules/01_bad.rq": "CONSTRUCT { ?x } WHERE {}",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    with pytest.raises(StoreError, match=r"ontology/rules/01_bad\.rq"):
        build_view(Corpus(tmp_path), cache=False)


@pytest.fixture
def standing(tmp_path: Path) -> Corpus:
    """A tree with the real rules, whose facts each test writes."""
    (tmp_path / "ontology" / "rules").mkdir(parents=True)
    (tmp_path / "data" / "article").mkdir(parents=True)
    for rule in RULES.glob("*.rq"):
        (tmp_path / "ontology" / "rules" / rule.name).write_bytes(rule.read_bytes())
    (tmp_path / "ontology" / "unpact.ttl").write_text(HEAD)
    return Corpus(tmp_path)


def facts(corpus: Corpus, turtle: str) -> MemoryGraph:
    (corpus.root / "data" / "article" / "facts.ttl").write_text(HEAD + turtle)
    return build_view(corpus, cache=False)


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-12", "2016-12-01", "2016-12-31"),
        ("2016-04", "2016-04-01", "2016-04-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2016-02-29", "2016-02-29", "2016-02-29"),
        ("2016-12-31Z", "2016-12-31", "2016-12-31"),
    ],
)
@pytest.mark.parametrize(
    ("name", "bound"),
    [("date", "Date"), ("start", "Start"), ("end", "End"), ("enacted", "Start"), ("asOf", "AsOf")],
)
def test_the_bounds_of_a_date(
    standing: Corpus, name: str, bound: str, value: str, earliest: str, latest: str
) -> None:
    digits = value.removesuffix("Z")
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(digits)]
    graph = facts(standing, f'id:x unp:{name} "{value}"^^xsd:{kind} .')
    assert graph.ask(
        f'ASK {{ id:x unp:earliest{bound} "{earliest}"^^xsd:date ; unp:latest{bound} "{latest}"^^xsd:date }}'
    )
    # what follows from the bounds has tests of its own
    bounds = {triple for triple in inferred(graph) if "begunBy" not in triple and "lastsUntil" not in triple}
    assert len(bounds) == 2


def test_only_dates_have_bounds(standing: Corpus) -> None:
    assert inferred(facts(standing, 'id:x unp:date "soon", 2016 ; unp:founded "2016"^^xsd:gYear .')) == set()


@pytest.mark.parametrize(
    ("said", "begun_by", "lasts_until"),
    [
        ('unp:start "2016"^^xsd:gYear ; unp:end "2019-03"^^xsd:gYearMonth', "2016-12-31", "2019-03-01"),
        # what a source says of a day narrows what the ends leave open
        ('unp:end "2023"^^xsd:gYear ; unp:asOf "2023-08-18"^^xsd:date', "2023-08-18", "2023-08-18"),
        ('unp:start "2022"^^xsd:gYear ; unp:asOf "2022-05"^^xsd:gYearMonth', "2022-05-01", "2022-05-31"),
        # an interval is no shorter than a day
        ('unp:start "2016"^^xsd:gYear', "2016-12-31", "2016-01-01"),
        ('unp:end "2016"^^xsd:gYear', "2016-12-31", "2016-01-01"),
        ('a unp:Statute ; unp:enacted "2018"^^xsd:gYear', "2018-12-31", "9999-12-31"),
        (
            'a unp:Statute ; unp:enacted "2018"^^xsd:gYear ; unp:end "2020"^^xsd:gYear',
            "2018-12-31",
            "2020-01-01",
        ),
        ('a unp:Source ; unp:asOf "2015-03-12"^^xsd:date', None, None),
        ('a unp:CompleteRecord ; unp:asOf "2015-03-12"^^xsd:date', None, None),
    ],
)
def test_the_days_that_an_interval_surely_covers(
    standing: Corpus, said: str, begun_by: str | None, lasts_until: str | None
) -> None:
    graph = facts(standing, f"id:x {said} .")
    found = {
        row[0].value: row[1].value
        for row in graph.select("SELECT ?p ?day { VALUES ?p { unp:begunBy unp:lastsUntil } id:x ?p ?day }")
        if isinstance(row[0], NamedNode) and isinstance(row[1], Literal)
    }
    expected = {UNP + "begunBy": begun_by, UNP + "lastsUntil": lasts_until}
    assert found == {name: day for name, day in expected.items() if day is not None}


@pytest.mark.slow
def test_owlrl_agrees_on_the_real_graph() -> None:
    corpus = bundled()
    graph = MemoryGraph()
    from unpact.corpus.syntax import read_quads

    for file in [*corpus.ontology_files(), *corpus.data_files()]:
        graph.store.extend(read_quads(file))
    reference = of_domain(owlrl_closure(union_graph(graph)))
    asserted = of_domain(union_graph(graph))
    infer(graph)
    ours = of_domain(union_graph(graph))
    # the closure has to be of something: more than the facts alone
    assert len(ours) > len(asserted) > 1000
    assert ours == reference
