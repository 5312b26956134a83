from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from unpact.load.remote.ntriples import pieces, written

GRAPH, OTHER = NamedNode("urn:g"), NamedNode("urn:other")
# names and texts that look like blank nodes, and a text over several lines
NODES = st.sampled_from([NamedNode("urn:a"), NamedNode("urn:_:b"), BlankNode("b1"), BlankNode("b2")])
VALUES = NODES | st.sampled_from(
    [Literal("_:b1"), Literal("two\nlines\r\n_:b2 ."), Literal("\u2028", language="en")]
)
QUOTED = st.builds(Triple, NODES, st.just(NamedNode("urn:p")), VALUES)
TRIPLES = st.lists(st.builds(Triple, NODES, st.just(NamedNode("urn:p")), VALUES | QUOTED), max_size=12)


def filled(triples: list[Triple]) -> Store:
    store = Store()
    store.extend(Quad(*triple, GRAPH) for triple in triples)
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:elsewhere"), OTHER))
    return store


def many(number: int) -> Store:
    store = Store()
    store.extend(
        Quad(NamedNode(f"urn:s{each}"), NamedNode("urn:p"), Literal(each), GRAPH) for each in range(number)
    )
    return store


def read(parts: list[bytes]) -> list[Triple]:
    return [quad.triple for part in parts for quad in parse(part, format=RdfFormat.N_TRIPLES)]


@given(TRIPLES)
def test_every_triple_is_written_once_with_its_blank_nodes_or_without(triples: list[Triple]) -> None:
    store = filled(triples)
    everything = read(list(written(store, GRAPH.value)))
    blank = read(list(written(store, GRAPH.value, blank=True)))
    others = read(list(written(store, GRAPH.value, blank=False)))
    assert len(everything) == len(set(triples))
    assert set(everything) == set(triples)
    assert sorted(map(str, blank + others)) == sorted(map(str, everything))
    assert set(blank) == {each for each in triples if "BlankNode" in repr(each)}


def test_parts_are_whole_lines_and_are_shown_before_they_are_given() -> None:
    shown: list[bytes] = []
    given: list[bytes] = []
    for part in written(many(20_000), GRAPH.value, seen=shown.append):
        given.append(part)
        assert shown == given
        assert part.endswith(b" .\n")
    assert len(given) > 1
    assert len(read(given)) == 20_000


def test_a_graph_that_is_not_there_has_no_part() -> None:
    assert list(written(Store(), GRAPH.value)) == []


def test_who_reads_no_further_leaves_no_thread_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("unpact.load.remote.ntriples._STEP", 1)
    before = threading.active_count()
    parts = written(many(50_000), GRAPH.value)
    assert next(parts)
    assert threading.active_count() == before + 1
    parts.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


def test_what_the_engine_says_reaches_who_reads() -> None:
    class Broken:
        def dump(self, *_: object, **__: object) -> None:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(written(Broken(), GRAPH.value))  # type: ignore[arg-type]


def test_pieces_are_as_large_as_they_may_be() -> None:
    parts = list(pieces(iter([b"a\n", b"b\n", b"c\n", b"long line\n"]), 4))
    assert parts == [b"a\nb\n", b"c\n", b"long line\n"]
