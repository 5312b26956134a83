"""The pages of the ontology, of its terms, of shapes, and of the graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode

from unpact.names import GRAPH
from unpact.serve.addresses import path_of
from unpact.serve.exchange import Asked
from unpact.serve.linked.hierarchy import Branch, Hierarchy, terms_of

if TYPE_CHECKING:
    from unpact.serve.site import Site

    from .pages import Open


def node(name: str) -> NamedNode:
    return NamedNode(f"http://example.org/{name}")


def hierarchy(*pairs: str) -> Hierarchy:
    return Hierarchy([(node(pair[0]), node(pair[1])) for pair in pairs], lambda each: each.value)


def shown(branches: tuple[Branch, ...]) -> list[object]:
    return [
        (branch.term.value[-1], shown(branch.below)) if branch.below else branch.term.value[-1]
        for branch in branches
    ]


def test_a_term_stands_below_what_is_wider_and_above_what_is_narrower() -> None:
    # b and x below a, c and d below b, e below c
    tree = hierarchy("ba", "xa", "cb", "db", "ec")
    assert shown(tree.around(node("b"))) == [("a", [("b", [("c", ["e"]), "d"])])]
    assert shown(tree.around(node("e"))) == [("a", [("b", [("c", ["e"])])])]
    assert shown(tree.around(node("z"))) == ["z"]


def test_a_term_with_two_wider_ones_stands_in_both_places() -> None:
    assert shown(hierarchy("ca", "cb", "dc").around(node("c"))) == [
        ("a", [("c", ["d"])]),
        ("b", [("c", ["d"])]),
    ]


def test_terms_that_are_equal_make_no_endless_tree() -> None:
    tree = hierarchy("ab", "ba", "ca", "aa")
    assert {each.value[-1] for each in terms_of(tree.around(node("c")))} == {"a", "b", "c"}
    assert {each.value[-1] for each in terms_of(tree.whole([node("a"), node("b"), node("c")]))} == {
        "a",
        "b",
        "c",
    }


def test_the_page_of_a_class(opened: Open) -> None:
    page = opened("/ontology/Treaty")
    assert "A written agreement between states" in page.text
    assert {"/ontology/Document", "/ontology/Convention", "/ontology/Protocol"} <= set(page.links)
    assert "/ontology/openedForSignature" in page.links
    assert "/id/uncac" in page.links
    assert "Things of this class 14" in page.text
    assert "/query/treaties/entry-into-force" in page.links
    assert any(link.startswith("/shape/") for link in page.links)


def test_a_class_has_the_properties_of_its_wider_classes(opened: Open) -> None:
    page = opened("/ontology/Protocol")
    start = page.text.index("Properties of its wider classes")
    assert page.text.index("opened for signature", start) > start


@pytest.mark.slow
def test_a_class_lists_all_its_things_page_by_page(site: Site, opened: Open) -> None:
    rows = site.graph.select("SELECT DISTINCT ?thing WHERE { ?thing a unp:Statement FILTER (isIRI(?thing)) }")
    things = {path_of(thing.value) for (thing,) in rows}
    assert len(things) > 400
    listed: set[str] = set()
    number, more = 1, True
    while more:
        page = opened("/ontology/Statement", ("page", str(number)))
        listed |= things & set(page.links)
        more = any(each.attributes.get("rel") == "next" for each in page.named("a"))
        number += 1
    assert number > 3
    assert listed == things


def test_the_page_of_a_property(opened: Open) -> None:
    page = opened("/ontology/secretariatOf")
    assert "Read backwards secretariat" in page.text
    assert "/ontology/secretariat" in page.links
    assert "/id/unodc" in page.links
    assert "/query/bodies/secretariats" in page.links
    assert "Stated 5 times" in page.text


def test_a_property_is_not_taken_for_one_whose_name_begins_alike(site: Site, opened: Open) -> None:
    # unp:date is not unp:dateOf…
    queries = {
        link for link in opened("/ontology/end").links if link.startswith("/query/") and link.count("/") == 3
    }
    assert queries
    for link in queries:
        text = site.catalogue.find(link.removeprefix("/query/")).text
        assert any(f"unp:end{end}" in text for end in (" ", "\n", ")", ";", "|", "/"))


@pytest.mark.slow
def test_every_term_of_the_ontology_has_a_page(opened: Open) -> None:
    overview = opened("/ontology")
    terms = {link for link in overview.links if link.startswith("/ontology/")}
    assert len(terms) > 200
    for term in sorted(terms)[::25]:
        assert opened(term).text


@pytest.mark.slow
def test_every_term_and_every_shape_has_a_page(opened: Open) -> None:
    overview = opened("/ontology")
    for link in {each for each in overview.links if each.startswith(("/ontology/", "/shape/"))}:
        assert opened(link).text


@pytest.mark.slow
def test_the_overview_has_the_classes_as_a_tree_with_counts(opened: Open) -> None:
    page = opened("/ontology")
    assert "convention 10" in page.text
    assert "https://w3id.org/unpact/ontology#" in page.text
    assert "/shape/treaty-act-date" in page.links


@pytest.mark.slow
def test_the_page_of_a_shape_says_how_to_mend_it(opened: Open) -> None:
    page = opened("/shape/treaty-act-date")
    assert "must/treaty-act-date · violation" in page.text
    assert "Each treaty act (unp:TreatyAct) has exactly one unp:date." in page.text
    assert "Say when the act was done" in page.text
    assert "Fails" in page.text
    assert "Mended" in page.text
    assert "/ontology/date" in page.links
    assert "/shape/treaty-act" in page.links


def test_the_page_of_a_graph_counts_what_is_in_it(site: Site, opened: Open) -> None:
    page = opened("/graph/data/article/treaties")
    graph = GRAPH + "data/article/treaties"
    (count,) = next(
        iter(site.graph.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))
    )
    assert f"{int(count.value):,} triples" in page.text
    assert "/id/uncac" in page.links


@pytest.mark.slow
def test_every_graph_has_a_page(site: Site, opened: Open) -> None:
    for graph in site.graph.named_graphs()[::6]:
        assert opened(path_of(graph)).text
    page = opened("/graph/ontology/shapes/must/acts")
    assert "/shape/treaty-act" in page.links


def test_pages_without_a_picture_say_so(site: Site) -> None:
    for path in (
        "/ontology.svg",
        "/ontology/Treaty.svg",
        "/shape/treaty-act.svg",
        "/graph/data/article/bodies.svg",
    ):
        assert site.answer(Asked(path)).status == 404
