from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from unpact.errors import StoreError, UsageError
from unpact.evidence import passages
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.passages import PassageTexts
from unpact.graph.memory import MemoryGraph
from unpact.names import GRAPH, ID, INFERRED_GRAPH, PREFIXES, SOURCE, UNP

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
FILES = {
    GRAPH + "data/article/lamps": """
        id:lamp unp:colour "red", "blue" ; unp:height 3 ; unp:statedIn s:2.10.1, s:2.9.1 .
        [] a owl:Axiom ; owl:annotatedSource id:lamp ; owl:annotatedProperty unp:colour ;
            owl:annotatedTarget "red" ; unp:statedIn s:4.1.1 .
        id:oil unp:colour "black" .
        """,
    GRAPH + "data/record/lamps": """
        id:lamp unp:height 4 ; unp:weight 7 ; unp:accordingTo id:register .
        [] a owl:Axiom ; owl:annotatedSource id:lamp ; owl:annotatedProperty unp:weight ;
            owl:annotatedTarget 7 ; unp:accordingTo id:scale .
        [] a owl:Axiom ; owl:annotatedSource id:lamp ; owl:annotatedProperty unp:colour ;
            owl:annotatedTarget "blue" ; unp:accordingTo id:painter .
        """,
    GRAPH + "user/mine": "id:lamp unp:age 90 .",
    INFERRED_GRAPH: 'id:lamp unp:shade "red" .',
}


def graph_of(files: dict[str, str]) -> MemoryGraph:
    graph = MemoryGraph()
    for name, text in files.items():
        for quad in parse(input=HEAD + text, format=RdfFormat.TURTLE, rename_blank_nodes=True):
            graph.store.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode(name)))
    return graph


def thing(name: str) -> NamedNode:
    return NamedNode(ID + name)


def sentences(*names: str) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(SOURCE + name) for name in names)


def number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(PREFIXES["xsd"] + "integer"))


@pytest.fixture(scope="module")
def index() -> EvidenceIndex:
    return EvidenceIndex(graph_of(FILES))


def test_a_node_has_its_own_evidence_in_reading_order(index: EvidenceIndex) -> None:
    assert index.of_node(thing("lamp")) == (thing("register"), *sentences("2.9.1", "2.10.1"))
    assert index.of_node(thing("oil")) == ()
    assert index.of_node(BlankNode()) == ()


@pytest.mark.parametrize(
    ("used", "value", "expected"),
    [
        # an annotated triple rests on its annotation alone
        ("colour", Literal("red"), sentences("4.1.1")),
        # the record confirms it, and its own sentences stay
        ("colour", Literal("blue"), (thing("painter"), *sentences("2.9.1", "2.10.1"))),
        # the subject's sentences are for what the article asserts
        ("height", number(3), sentences("2.9.1", "2.10.1")),
        # and its source for what the record asserts
        ("height", number(4), (thing("register"),)),
        ("weight", number(7), (thing("scale"),)),
        ("age", number(90), (thing("register"), *sentences("2.9.1", "2.10.1"))),
        # inferred, and not there at all
        ("shade", Literal("red"), ()),
        ("colour", Literal("green"), ()),
    ],
)
def test_evidence_of_a_triple(
    index: EvidenceIndex, used: str, value: Literal, expected: tuple[NamedNode, ...]
) -> None:
    assert index.of_triple(Triple(thing("lamp"), NamedNode(UNP + used), value)) == expected


def test_a_triple_without_evidence_has_none(index: EvidenceIndex) -> None:
    assert index.of_triple(Triple(thing("oil"), NamedNode(UNP + "colour"), Literal("black"))) == ()
    assert index.of_triple(Triple(BlankNode(), NamedNode(UNP + "colour"), Literal("black"))) == ()


WORDS = "One sentence. Another\n\nsentence."


def passage_graph(second: str) -> MemoryGraph:
    digest = hashlib.sha256(second.encode()).hexdigest()
    text = f'a unp:Passage ; unp:charStart 14 ; unp:charEnd 32 ; unp:sha256 "{digest}" .'
    return graph_of({GRAPH + "data/article/passages": f"s:1.1.2 {text}"})


@pytest.fixture
def _any_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "read_article", lambda path: path.read_text(encoding="utf-8"))


@pytest.mark.usefixtures("_any_article")
def test_text_of_a_passage_is_cut_from_the_article(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(WORDS, encoding="utf-8")
    texts = PassageTexts(passage_graph("Another\n\nsentence."), tmp_path / "article.txt")
    assert texts.text(*sentences("1.1.2")) == "Another sentence."
    assert texts.text(*sentences("1.1.1")) is None


@pytest.mark.usefixtures("_any_article")
def test_offsets_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(WORDS, encoding="utf-8")
    with pytest.raises(StoreError, match=r"1\.1\.2: the offsets of this passage do not fit"):
        PassageTexts(passage_graph("Another sentence."), tmp_path / "article.txt")


def test_only_the_canonical_article_gives_text(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(WORDS, encoding="utf-8")
    with pytest.raises(UsageError, match="not the canonical text"):
        PassageTexts(passage_graph("x"), tmp_path / "article.txt")
