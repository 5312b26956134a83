"""Every example of every stored query gives its committed rows, in the same order, on both engines; and what
the article states is reached by some of them.

After a change that is meant: ``python -m unpact.query.expected`` writes the rows anew.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from unpact.corpus import bundled
from unpact.corpus.syntax import read_quads
from unpact.describe.show import show
from unpact.graph.corrections import corrected
from unpact.graph.memory import MemoryGraph
from unpact.graph.rdflib_engine import RdflibGraph
from unpact.graph.view import build_view
from unpact.names import DCTERMS, ID, ORG, OWL, PREFIXES, RDF, RDFS, SKOS, UNP, compact
from unpact.query.catalogue import Catalogue
from unpact.query.expected import expected_file, to_tsv
from unpact.query.faults import StoredQueryError
from unpact.query.run import run
from unpact.query.tokens import declared_prefixes, expand_token, significant, tokenize

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet
    from pyoxigraph import Quad

    from unpact.graph.interface import Graph
    from unpact.query.result import Result

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "queries").glob("*/*.rq"))
EXPECTED = ROOT / "tests" / "queries"
LEAST = 75


def _examples() -> list[tuple[Path, int]]:
    """Each query file with the numbers of its examples; a wrong header counts as one, to fail in its test."""
    found: list[tuple[Path, int]] = []
    for path in FILES:
        try:
            (query,) = Catalogue([path])
        except StoredQueryError:
            found.append((path, 0))
        else:
            found += [(path, number) for number in range(len(query.examples))]
    return found


EXAMPLES = _examples()


@pytest.fixture(scope="session")
def oxigraph() -> MemoryGraph:
    return build_view(bundled())


@pytest.fixture(scope="session")
def rdflib_graph(oxigraph: MemoryGraph) -> RdflibGraph:
    return RdflibGraph.copy_of(oxigraph)


def rows_are_the_committed_ones(path: Path, number: int, graph: Graph) -> None:
    (query,) = Catalogue([path])
    file = expected_file(EXPECTED, query, number)
    assert file.exists(), "run: python -m unpact.query.expected"
    assert to_tsv(run(graph, query, query.examples[number])) == file.read_text(encoding="utf-8")


def example_of(path: Path, number: int) -> str:
    return f"{path.parent.name}/{path.stem}-{number}"


@pytest.mark.slow
@pytest.mark.parametrize(("path", "number"), EXAMPLES, ids=[example_of(*each) for each in EXAMPLES])
def test_rows_are_the_committed_ones(path: Path, number: int, oxigraph: MemoryGraph) -> None:
    rows_are_the_committed_ones(path, number, oxigraph)


# the first example of each of these takes rdflib more than two seconds
LONG_ON_RDFLIB = {
    "evidence/descriptions-0",
    "graph/classes-0",
    "support/beneficiaries-0",
    "support/by-area-0",
    "treaties/documents-0",
    "treaties/protocol-gaps-0",
    "treaties/regional-comparison-0",
    "treaties/signature-to-consent-0",
    "treaties/treaties-of-0",
}


def on_rdflib(path: Path, number: int) -> ParameterSet:
    """One example of each query; the rest, and the long ones, are among the slow tests.

    rdflib takes seconds where the embedded engine takes a hundredth of that.
    """
    name = example_of(path, number)
    slow = number > 0 or name in LONG_ON_RDFLIB
    return pytest.param(path, number, marks=pytest.mark.slow if slow else (), id=name)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "number"), [on_rdflib(*each) for each in EXAMPLES])
def test_rdflib_gives_the_same_rows(path: Path, number: int, rdflib_graph: RdflibGraph) -> None:
    rows_are_the_committed_ones(path, number, rdflib_graph)


def test_there_are_enough_queries() -> None:
    assert len(FILES) >= LEAST


def test_what_is_long_is_an_example() -> None:
    assert {example_of(*each) for each in EXAMPLES} >= LONG_ON_RDFLIB


def test_no_expected_rows_without_an_example() -> None:
    wanted = {EXPECTED / path.parent.name / path.stem / f"{number}.tsv" for path, number in EXAMPLES}
    assert set(EXPECTED.glob("**/*.*")) == wanted


# Nothing asks for these by itself, and why.
UNASKED = {
    UNP + "acronym": "a name; every parameter takes it, and unpact find",
    UNP + "charCount": "the place of a text; unpact cite",
    UNP + "paragraphNumber": "the place of a text; it is part of the name of each sentence",
    UNP
    + "PartyStatement": "the basis of a party by statement in party-status, whatever the kinds of bases are",
    UNP + "sentenceNumber": "the place of a text; it is part of the name of each sentence",
    UNP + "sha256": "the digest of a text; unpact cite --article",
    UNP + "Section": "a part of the text; sections goes by the number of its sentences",
    DCTERMS + "language": "the language of the article; show",
}
# Superclasses that a query may name without reaching all that lies below them.
TOO_WIDE = {UNP + "Entity", UNP + "Statement", UNP + "Event"}
# Statements that tie things together: a row may show the things without naming the tie.
TIES = {
    UNP + name
    for name in ("Adoption", "Membership", "OfficeHolding", "PartyCount", "PartyStatement", "Postponement")
}
# Values that no row shows beside their thing, with the reason.
UNSHOWN = {
    "acronym": "a name",
    "role of a Membership": "that of a member says no more than the membership",
    "actor of a PartyStatement": "the state that party-status is asked about",
}


@cache
def _article() -> tuple[Quad, ...]:
    """The asserted triples of data/article, without the list of sentences."""
    files = [file for file in bundled().data_files("article") if not file.relative.endswith("/passages.ttl")]
    return tuple(quad for file in files for quad in read_quads(file))


@cache
def _corrected() -> set[Quad]:
    """What the record corrects in the article, and the view best leaves out; its annotations aside."""
    graph = MemoryGraph()
    for file in bundled().data_files():
        graph.store.extend(read_quads(file))
    return {
        quad
        for quad in corrected(graph)
        if isinstance(quad.subject, NamedNode) and quad.predicate.value != UNP + "articleStatement"
    }


@cache
def _everything_asserted() -> tuple[Quad, ...]:
    return tuple(quad for file in bundled().data_files("article") for quad in read_quads(file))


@cache
def _named_in_queries() -> frozenset[str]:
    """The IRIs in the SPARQL of all stored queries; their headers do not count."""
    found: set[str] = set()
    for path in FILES:
        code = significant(tokenize(path.read_text(encoding="utf-8")))
        prefixes = {**PREFIXES, **declared_prefixes(code)}
        found |= {iri for token in code if (iri := expand_token(token, prefixes)) is not None}
    return frozenset(found)


def _wider(graph: MemoryGraph, term: str, relation: str) -> set[str]:
    """`term` and everything above it."""
    rows = graph.select(f"SELECT ?wider WHERE {{ <{term}> <{RDFS}{relation}>* ?wider }}")
    return {row[0].value for row in rows if isinstance(row[0], NamedNode)} | {term}


@pytest.mark.slow
def test_every_class_of_the_article_is_asked_for(oxigraph: MemoryGraph) -> None:
    classes = {
        quad.object.value
        for quad in _everything_asserted()
        if quad.predicate.value == RDF + "type" and isinstance(quad.object, NamedNode)
    }
    assert {UNP + "Function", UNP + "Passage"} <= classes
    unasked = {
        cls
        for cls in classes - set(UNASKED) - {OWL + "Axiom"}
        if not (_wider(oxigraph, cls, "subClassOf") - (TOO_WIDE - {cls})) & _named_in_queries()
    }
    assert sorted(map(compact, unasked)) == []


@pytest.mark.slow
def test_every_property_of_the_article_is_asked_for(oxigraph: MemoryGraph) -> None:
    properties = {
        quad.predicate.value
        for quad in _everything_asserted()
        if quad.predicate.value.startswith((UNP, ORG, SKOS, DCTERMS))
    }
    assert {UNP + "area", ORG + "member"} <= properties
    unasked = {
        used
        for used in properties - set(UNASKED)
        if not _wider(oxigraph, used, "subPropertyOf") & _named_in_queries()
    }
    assert sorted(map(compact, unasked)) == []


def test_nothing_is_excused_that_is_asked_for() -> None:
    assert sorted(map(compact, set(UNASKED) & _named_in_queries())) == []


@cache
def _rows_by_term() -> dict[str, list[frozenset[str]]]:
    """The expected rows by each term in them. What lists everything, whatever it is, proves nothing."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for path, number in EXAMPLES:
        if path.parent.name == "graph" or path.stem in ("facts-by-sentence", "sentences-of"):
            continue
        lines = (EXPECTED / path.parent.name / path.stem / f"{number}.tsv").read_text(encoding="utf-8")
        for line in lines.splitlines()[1:]:
            row = frozenset(line.split("\t")) - {""}
            for term in row:
                found[term].append(row)
    return found


@pytest.mark.slow
def test_every_fact_of_the_article_is_in_the_answer_to_some_example() -> None:
    wrong = _corrected()
    assert wrong < set(_article())
    kinds: dict[str, set[str]] = defaultdict(set)
    values: dict[str, set[str]] = defaultdict(set)
    for quad in _article():
        if quad.predicate.value == RDF + "type":
            kinds[str(quad.subject)].add(quad.object.value if isinstance(quad.object, NamedNode) else "")
        else:
            values[str(quad.subject)].add(str(quad.object))
    rows = _rows_by_term()
    unreached: list[str] = []
    facts = 0
    for quad in _article():
        if quad in wrong:
            continue
        subject, value = str(quad.subject), str(quad.object)
        name = quad.predicate.value
        if not name.startswith(UNP) or name == UNP + "statedIn" or not subject.startswith("<" + ID):
            continue
        facts += 1
        short = name.removeprefix(UNP)
        excuses = {short} | {f"{short} of a {kind.removeprefix(UNP)}" for kind in kinds[subject]}
        if excuses & UNSHOWN.keys():
            continue
        tied = values[subject] - {value} if kinds[subject] & TIES else set()
        if not any(subject in row or row & tied for row in rows.get(value, ())):
            unreached.append(f"{subject} {short} {value}")
    assert facts > 1500
    assert unreached == []


def _ask(graph: MemoryGraph, query: str, values: dict[str, str]) -> Result:
    (path,) = (path for path in FILES if path.stem == query)
    (stored,) = Catalogue([path])
    return run(graph, stored, values)


def _answer(graph: MemoryGraph, query: str, *columns: str, **values: str) -> list[tuple[str, ...]]:
    """The rows as text; only these columns, if any are named."""
    result = _ask(graph, query, values)
    places = [result.variables.index(name) for name in columns or result.variables]
    return [tuple("" if row[at] is None else str(row[at]) for at in places) for row in result.rows]


def _column(graph: MemoryGraph, query: str, column: str, **values: str) -> set[str]:
    return {row[0] for row in _answer(graph, query, column, **values)} - {""}


def test_every_law_that_was_made_is_a_law(oxigraph: MemoryGraph) -> None:
    made = _column(oxigraph, "law-making", "statute")
    assert made
    assert made <= _column(oxigraph, "laws", "law")
    # and what a law lays down is found by the law
    (law, *_) = sorted(made)
    assert _column(oxigraph, "provisions", "instrument", document=law.strip("<>")) == {law}


@pytest.mark.parametrize("body", ["CND", "CCPCJ"])
def test_every_member_is_shown_with_its_body(oxigraph: MemoryGraph, body: str) -> None:
    members = _column(oxigraph, "memberships", "member", body=body)
    assert members
    (organization,) = _column(oxigraph, "memberships", "organization", body=body)
    mentions = show(oxigraph, NamedNode(organization.strip("<>"))).mentions
    shown = {str(detail.value) for mention in mentions for detail in (*mention.links, *mention.details)}
    assert members <= shown


def test_every_planned_session_stands_in_the_timeline(oxigraph: MemoryGraph) -> None:
    rows = _answer(oxigraph, "meetings", "meeting", "start", "planned")
    dated = {meeting for meeting, start, planned in rows if start or planned}
    assert dated
    assert dated <= _column(oxigraph, "timeline", "thing")


def test_sessions_and_meetings_agree(oxigraph: MemoryGraph) -> None:
    sessions = _column(oxigraph, "sessions", "session", body="AHC")
    assert sessions
    assert sessions <= _column(oxigraph, "meetings", "meeting", body="AHC")


def test_each_pair_of_partners_is_given_once_for_each_statement(oxigraph: MemoryGraph) -> None:
    rows = _answer(oxigraph, "who-works-with-whom", "actor", "partner", "statement")
    pairs = [(frozenset({actor, partner}), statement) for actor, partner, statement in rows]
    assert len(pairs) == len(set(pairs))
    assert all(len(pair) == 2 for pair, _ in pairs)


def test_partners_of_one_state_are_not_said_to_be_partners_of_each_other(oxigraph: MemoryGraph) -> None:
    pairs = set(_answer(oxigraph, "who-works-with-whom", "actor", "partner"))
    pakistan, russia, china = (f"<{ID}{name}>" for name in ("pakistan", "russia", "china"))
    assert (pakistan, russia) in pairs
    assert (china, russia) not in pairs


def test_every_position_has_its_reason_among_the_reasons(oxigraph: MemoryGraph) -> None:
    reasons = set(_answer(oxigraph, "reasons", "position", "reason"))
    given = {row for row in _answer(oxigraph, "positions", "position", "reason") if row[1]}
    assert given
    assert given <= reasons


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "wide", "narrow"),
    [
        ("positions", {}, {"stance": "Opposes"}),
        ("outcomes", {}, {"area": "crime-prevention"}),
        ("support-activities", {}, {"area": "counter-terrorism"}),
        ("descriptions", {}, {"quality": "crucial"}),
        ("by-area", {}, {"area": "corruption"}),
        ("functions", {}, {"body": "UNODC"}),
        ("who-works-with-whom", {"agent": "UNODC"}, {"agent": "UNODC", "area": "counter-terrorism"}),
    ],
)
def test_a_filter_only_takes_rows_away(
    oxigraph: MemoryGraph, query: str, wide: dict[str, str], narrow: dict[str, str]
) -> None:
    fewer = set(_answer(oxigraph, query, **narrow))
    assert fewer
    assert fewer < set(_answer(oxigraph, query, **wide))
