"""Graphs are compared up to isomorphism, and a patch makes one of the other."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Dataset, Literal, NamedNode, Quad, Store, Triple

from unpact.corpus import bundled
from unpact.corpus.syntax import read_quads
from unpact.diff.changes import changes_of, without_renamings
from unpact.diff.molecules import Molecule, Parts
from unpact.diff.patch import patch_text
from unpact.errors import UsageError

EX = "https://example.org/"


def parts(turtle: str) -> Parts:
    text = f"PREFIX : <{EX}> {turtle}"
    return Parts(quad.triple for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))


def triples_of(graph: Parts) -> list[Triple]:
    return [*graph.ground, *(triple for molecule in graph.molecules for triple in molecule.triples)]


def canonical(triples: list[Triple]) -> Dataset:
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def patched(old: Parts, new: Parts) -> list[Triple]:
    store = Store()
    store.extend(Quad(*triple) for triple in triples_of(old))
    text = patch_text(changes_of(old, new), new)
    if text:
        store.update(text)
    return [quad.triple for quad in store]


things = st.sampled_from([NamedNode(EX + name) for name in "ab"])
nodes = st.sampled_from([BlankNode(name) for name in ("v", "w", "x", "y")])
subjects = st.one_of(things, nodes)
values = st.one_of(things, nodes, nodes, st.sampled_from([Literal("1"), Literal("one", language="en")]))
used = st.sampled_from([NamedNode(EX + name) for name in "pq"])
graphs = st.lists(st.builds(Triple, subjects, used, values), max_size=9).map(Parts)


def cycle(length: int, name: str) -> list[Triple]:
    ring = [BlankNode(f"{name}{number}") for number in range(length)]
    return [Triple(node, NamedNode(EX + "p"), ring[number - 1]) for number, node in enumerate(ring)]


@pytest.mark.slow
@settings(max_examples=150)
@given(graphs, graphs)
@example(Parts(cycle(6, "a")), Parts([*cycle(3, "a"), *cycle(3, "b")]))
@example(parts("[] :p 1 . [] :p 1 . [] :p 1 ; :q 2 ."), parts("[] :p 1 ."))
@example(parts("[ :p [ :q 1 ] , [ :q 1 ] ] ."), parts("[ :p [ :q 1 ] ] ."))
@example(parts(":a :p [ :q 1 ] , [ :q 1 ] ."), parts(":a :p [ :q 1 ] . :b :p [ :q 1 ] ."))
@example(parts("_:a :p _:a ."), parts("_:a :p _:b ."))
def test_a_patch_makes_the_new_graph_of_the_old_one(old: Parts, new: Parts) -> None:
    assert canonical(patched(old, new)) == canonical(triples_of(new))


@pytest.mark.slow
@given(graphs)
def test_a_graph_does_not_differ_from_itself_under_other_names(graph: Parts) -> None:
    names = {node: BlankNode(f"other{node.value}") for each in graph.molecules for node in each.nodes}
    renamed = Parts([*graph.ground, *(t for each in graph.molecules for t in each.replaced(names).triples)])
    assert not changes_of(graph, renamed)
    assert patch_text(changes_of(graph, renamed), renamed) == ""


@pytest.mark.slow
@given(graphs, graphs)
def test_what_comes_one_way_goes_the_other(old: Parts, new: Parts) -> None:
    forth, back = changes_of(old, new), changes_of(new, old)
    assert forth.added.ground == back.removed.ground
    assert forth.removed.ground == back.added.ground
    assert forth.added.molecules == back.removed.molecules
    assert forth.removed.molecules == back.added.molecules
    assert bool(forth) == (canonical(triples_of(old)) != canonical(triples_of(new)))


@pytest.mark.slow
@settings(max_examples=50)
@given(st.permutations(range(4)), st.lists(st.tuples(st.integers(0, 3), used, st.integers(0, 3)), min_size=3))
def test_a_molecule_is_told_by_its_form_alone(
    order: list[int], edges: list[tuple[int, NamedNode, int]]
) -> None:
    def graph(names: list[int]) -> list[Triple]:
        return [
            Triple(BlankNode(f"n{names[one]}"), by, BlankNode(f"n{names[two]}")) for one, by, two in edges
        ]

    assert Parts(graph([0, 1, 2, 3])).counted() == Parts(graph(order)).counted()
    assert Molecule(graph(order)).form == Molecule(graph([0, 1, 2, 3])).form


@pytest.mark.slow
def test_a_large_list_is_patched_in_good_time() -> None:
    """Lists of the shapes have a hundred members and more; none of them may be taken for another."""
    files = [*bundled().shape_files(), *bundled().ontology_files()]
    old = Parts(quad.triple for file in files for quad in read_quads(file))
    longest = max(old.molecules, key=lambda each: len(each.nodes))
    assert len(longest.nodes) > 20
    without = Parts(triple for triple in triples_of(old) if triple not in longest.triples)
    assert canonical(patched(old, without)) == canonical(triples_of(without))
    assert len(changes_of(old, without).removed.molecules) == 1


def test_a_triple_term_has_no_patch() -> None:
    node = BlankNode("a")
    term = Triple(NamedNode(EX + "a"), NamedNode(EX + "p"), node)
    new = Parts([Triple(node, NamedNode(EX + "q"), term)])
    with pytest.raises(UsageError, match=r"SPARQL 1\.1 has no triple terms"):
        patch_text(changes_of(Parts([]), new), new)


def renamed(old: str, new: str) -> dict[str, str]:
    before, after = parts(old), parts(new)
    left, names = without_renamings(changes_of(before, after), before, after)
    assert bool(left) == (not names)
    return {one.value.removeprefix(EX): two.value.removeprefix(EX) for one, two in names.items()}


def test_things_with_the_same_facts_are_renamed() -> None:
    old = ":a :p 1 ; :q :b . :b :p 2 ; :q :a . :c :p :a . [] :p :a ; :q 3 ."
    assert renamed(old, old.replace(":a", ":x")) == {"a": "x"}
    assert renamed(old, old.replace(":a", ":x").replace(":b", ":y")) == {"a": "x", "b": "y"}
    assert renamed(old, old.replace(":q", ":r")) == {"q": "r"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(":a :p 1 ; :q 2 .", ":x :p 1 ; :q 3 .", id="a fact is another"),
        pytest.param(":a :p 1 ; :q 2 .", ":x :p 1 ; :q 2 ; :r 3 .", id="a fact is new"),
        pytest.param(":a :p 1 .", ":x :p 1 .", id="one fact is not enough"),
        pytest.param(
            ":a :p 1 ; :q 2 . :b :p 1 ; :q 2 .", ":x :p 1 ; :q 2 . :y :p 1 ; :q 2 .", id="two alike"
        ),
        pytest.param(":a :p 1 ; :q 2 .", ":a :p 1 . :x :p 1 ; :q 2 .", id="the old one is still there"),
        pytest.param(
            ":a :p :b , 1 . :b :p 2 ; :q 3 .",
            ":x :p :y , 1 . :y :p 2 ; :q 4 .",
            id="what it names is another",
        ),
    ],
)
def test_other_things_are_not(old: str, new: str) -> None:
    assert renamed(old, new) == {}
