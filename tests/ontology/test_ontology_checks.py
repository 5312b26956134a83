"""Each check of ontologies: clean on the real ontology, set off alone by one change of it, on two engines.

A change is a SPARQL update in `mutations.yaml`. All checks are asked then, those too that the profile turns
off; what they find in the ontology as it is does not count.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from pyoxigraph import BlankNode, NamedNode, Quad, Store

from unpact.corpus import bundled
from unpact.corpus.syntax import read_quads
from unpact.graph.rdflib_engine import RdflibGraph
from unpact.names import PREFIXES
from unpact.ontology_checks.catalogue import columns, ontology_checks
from unpact.ontology_checks.example import example_file, example_findings
from unpact.ontology_checks.profile import DEFAULT, read_profile
from unpact.ontology_checks.run import check_ontology, marked, used_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.graph.interface import Graph
    from unpact.graph.memory import MemoryGraph

CHECKS = ontology_checks()
MUTATIONS = yaml.safe_load(Path(__file__).with_name("mutations.yaml").read_text(encoding="utf-8"))
FULL = """a owl:Ontology ; dcterms:title "Lamps"@en ; dcterms:description "On lamps."@en ;
  dcterms:creator "Somebody" ; dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
  dcterms:created "2026-01-31"^^xsd:date ; dcterms:modified "2026-01-31"^^xsd:date ;
  dcterms:issued "2026-01-31"^^xsd:date ; dcterms:publisher "Somebody" ; dcterms:contributor "Somebody" ;
  dcterms:bibliographicCitation "Lamps."@en ; dcterms:source <https://w3id.org/sources> ;
  <http://purl.org/ontology/bibo/doi> "10.1000/1" ; <http://purl.org/ontology/bibo/status> "draft" ;
  <http://xmlns.com/foaf/0.1/logo> <https://w3id.org/logo> ;
  <https://schema.org/includedInDataCatalog> <https://w3id.org/catalogue> ;
  owl:versionIRI <https://w3id.org/lamps/1> ; owl:versionInfo "1" ; owl:priorVersion <https://w3id.org/lamps/0>"""
DECLARED = """INSERT DATA {
  dcterms:contributor a owl:AnnotationProperty .
  <http://purl.org/ontology/bibo/doi> a owl:AnnotationProperty .
  <http://purl.org/ontology/bibo/status> a owl:AnnotationProperty .
  <http://xmlns.com/foaf/0.1/logo> a owl:AnnotationProperty .
  <https://schema.org/includedInDataCatalog> a owl:AnnotationProperty .
}"""
PROLOGUE = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
PREFIXED = f"{PROLOGUE}PREFIX vann: <http://purl.org/vocab/vann/>\n"


class Row(NamedTuple):
    """A row of a check; blank nodes have no name that lasts."""

    check: str
    cells: tuple[str, ...]


def rows(check: str, graph: Graph) -> set[Row]:
    found = graph.select(CHECKS[check].text)
    return {
        Row(check, tuple("_" if isinstance(cell, BlankNode) else str(cell) for cell in row)) for row in found
    }


def all_rows(graph: Graph) -> set[Row]:
    return {row for check in CHECKS for row in rows(check, graph)}


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    """The ontology in one graph, without the topics, of which no check speaks."""
    files = [file for file in bundled().ontology_files() if not file.relative.endswith("/topics.ttl")]
    found = [quad for file in files for quad in read_quads(file)]
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in found]


@pytest.fixture(scope="module")
def used() -> frozenset[NamedNode]:
    return used_names(bundled().data_files(), bundled().rule_files())


def stored(quads: Iterable[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def changed(
    quads: Sequence[Quad], used: frozenset[NamedNode], *updates: str, unused: bool = False
) -> MemoryGraph:
    """The graph after some changes; data uses the terms that they add, unless it is about unused ones."""
    store = stored(quads)
    for update in (DECLARED, *updates):
        before = set(store)
        store.update(PREFIXED + update.replace("FULL", FULL))
        assert set(store) != before, f"this changes nothing: {update}"
    added = set() if unused else {quad.subject for quad in store} - {quad.subject for quad in quads}
    return marked(store, used=used.union(term for term in added if isinstance(term, NamedNode)))


def about_unused(check: str) -> bool:
    return check.startswith("unused/") or check == "hierarchy/unconnected"


def test_every_check_has_a_mutation() -> None:
    assert list(MUTATIONS) == list(CHECKS)


def given_for(check: str) -> list[str]:
    return [MUTATIONS[check]["given"]] if "given" in MUTATIONS[check] else []


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
def test_a_change_of_the_real_ontology_sets_off_this_check(
    check: str, quads: list[Quad], used: frozenset[NamedNode]
) -> None:
    given = given_for(check)
    after = changed(quads, used, *given, MUTATIONS[check]["change"], unused=about_unused(check))
    assert rows(check, after) - rows(check, changed(quads, used, *given))


@pytest.fixture(scope="module")
def unchanged(quads: list[Quad], used: frozenset[NamedNode]) -> set[Row]:
    return all_rows(changed(quads, used))


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
def test_a_change_of_the_real_ontology_sets_off_no_other_check(
    check: str, quads: list[Quad], used: frozenset[NamedNode], unchanged: set[Row]
) -> None:
    given = given_for(check)
    before = all_rows(changed(quads, used, *given)) if given else unchanged
    after = all_rows(changed(quads, used, *given, MUTATIONS[check]["change"], unused=about_unused(check)))
    assert {row.check for row in after - before} == {check}, sorted(after - before)


@pytest.mark.slow
def test_the_real_ontology_is_clean() -> None:
    corpus = bundled()
    assert corpus.ontology_profile is not None
    profile = read_profile(corpus.ontology_profile, CHECKS)
    found = check_ontology(
        corpus.ontology_files(), profile, data=corpus.data_files(), rules=corpus.rule_files()
    )
    assert [f"{finding.place}: {finding.check} {finding.focus}" for finding in found] == []


def test_the_profile_of_the_ontology_gives_a_reason_for_what_it_lets_pass() -> None:
    path = bundled().ontology_profile
    assert path is not None
    default = read_profile(DEFAULT, CHECKS).rules
    own = read_profile(path, CHECKS).rules
    milder = {
        check: rule
        for check, rule in own.items()
        if rule.exempt or (rule.severity is None and default[check].severity is not None)
    }
    assert milder
    assert [check for check, rule in milder.items() if not rule.because] == []


@pytest.mark.slow
def test_the_profile_of_the_ontology_excuses_nothing_that_is_not_there(
    quads: list[Quad], used: frozenset[NamedNode]
) -> None:
    path = bundled().ontology_profile
    assert path is not None
    graph = marked(stored(quads), used=used)
    for check, rule in read_profile(path, CHECKS).rules.items():
        subjects = {row.cells[0] for row in rows(check, graph)}
        assert {f"<{iri}>" for iri in rule.exempt} <= subjects, check


def test_the_default_profile_names_every_check() -> None:
    assert set(read_profile(DEFAULT, CHECKS).rules) == set(CHECKS)


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_finds_something_in_its_example(check: str) -> None:
    found = example_findings(CHECKS[check])
    assert found
    for finding in found:
        # nothing is left to fill in
        assert "{" not in f"{finding.message}{finding.mend}"
        assert finding.place is not None
        assert finding.place.line is not None or check == "header/declared"


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
def test_rdflib_finds_the_same_in_the_example(check: str) -> None:
    file = example_file(CHECKS[check])
    graph = marked(stored(read_quads(file)), used=used_names([file]))
    assert rows(check, graph)
    assert rows(check, RdflibGraph.copy_of(graph)) == rows(check, graph)


@pytest.fixture(scope="module")
def all_examples() -> MemoryGraph:
    """Every example at once, so that each check has several things to find, and many to pass over."""
    store = Store()
    for number, check in enumerate(CHECKS.values()):
        file = example_file(check)
        store.extend(read_quads(file._replace(graph_iri=f"{file.graph_iri}/{number}")))
    return marked(store)


@pytest.fixture(scope="module")
def all_examples_in_rdflib(all_examples: MemoryGraph) -> RdflibGraph:
    return RdflibGraph.copy_of(all_examples)


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
def test_rdflib_finds_the_same_in_all_examples(
    check: str, all_examples: MemoryGraph, all_examples_in_rdflib: RdflibGraph
) -> None:
    assert rows(check, all_examples_in_rdflib) == rows(check, all_examples)


@pytest.mark.parametrize("check", CHECKS)
def test_a_header_names_its_sources_as_they_number_themselves(check: str) -> None:
    known = (
        r"OOPS! P(0[1-9]|[123][0-9]|4[01])"
        r"|FOOPS! (PURL1|URI[12]|OM[1-3]|OM4\.[12]|OM5\.[12]|FIND[1-3]|FIND_3_BIS|VER[12])"
        r"|FOOPS! (CN1|HTTP1|DOC1|VOC[1-4]|RDF1)"
        r"|OWL 2 RL 4\.2\.[1-5]"
    )
    for source in CHECKS[check].header.follows:
        assert re.fullmatch(known, source)
    assert set(columns(CHECKS[check].text)) <= {"subject", "property", "value"}
