"""What a load would change: counted over graphs with blank nodes, whatever their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.load.difference import difference

P, Q = NamedNode("urn:p"), NamedNode("urn:q")
nodes = st.one_of(
    st.integers(0, 3).map(lambda n: NamedNode(f"urn:n{n}")),
    st.integers(0, 3).map(lambda n: BlankNode(f"b{n}")),
)
triples = st.builds(Triple, nodes, st.sampled_from([P, Q]), st.one_of(nodes, st.integers(0, 2).map(Literal)))


def renamed(triple: Triple) -> Triple:
    def new(term: object) -> object:
        return BlankNode(f"other{term.value}") if isinstance(term, BlankNode) else term

    return Triple(new(triple.subject), triple.predicate, new(triple.object))  # type: ignore[arg-type]


@pytest.mark.slow
@given(st.sets(triples, max_size=12))
def test_graphs_that_differ_in_the_names_of_blank_nodes_are_the_same(found: set[Triple]) -> None:
    there = [renamed(triple) for triple in found]
    assert difference("urn:g", found, there)[1:] == (len(found), len(found), 0, 0)


@pytest.mark.slow
@given(st.sets(triples, max_size=12), st.sets(triples, max_size=12))
def test_what_comes_and_what_goes_make_up_the_numbers(here: set[Triple], there: set[Triple]) -> None:
    found = difference("urn:g", here, there)
    assert (found.here, found.there) == (len(here), len(there))
    assert found.here - found.add == found.there - found.remove
    back = difference("urn:g", there, here)
    assert (back.add, back.remove) == (found.remove, found.add)


def test_a_change_in_one_group_of_blank_nodes_leaves_the_others_alone() -> None:
    groups = [Triple(BlankNode(f"g{n}"), P, NamedNode(f"urn:n{n}")) for n in range(10)]
    more = Triple(BlankNode("g0"), Q, Literal("more"))
    # the group as it is now comes, and the group as it was goes
    assert difference("urn:g", [*groups, more], groups)[1:] == (11, 10, 2, 1)


def test_equal_groups_are_counted_each() -> None:
    def group(n: int) -> Triple:
        return Triple(BlankNode(f"g{n}"), P, Literal("same"))

    assert difference("urn:g", [group(1), group(2)], [group(3), group(4)])[1:] == (2, 2, 0, 0)
    assert difference("urn:g", [group(1), group(2)], [group(3)])[1:] == (2, 1, 1, 0)
