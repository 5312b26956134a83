from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from unpact.corpus import user_files
from unpact.errors import DataSyntaxError
from unpact.load.remote.graph_text import text_of_file, text_of_graph
from unpact.load.remote.ntriples import triples_of

from .conftest import TRIPLES

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.load.remote.graph_text import GraphText

GRAPH, OTHER = NamedNode("urn:g"), NamedNode("urn:other")
TEXT = """
<urn:a> <urn:p> "caf\\u00E9" , "two\\nlines" , 1 .
<urn:a> <urn:q> [ <urn:r> ( 1 2 ) ] , [ <urn:r> "x"@en ] .
<urn:b> <urn:q> [ <urn:r> "x"@en ] .
"""


def filled(triples: list[Triple]) -> Store:
    store = Store()
    store.extend(Quad(each.subject, each.predicate, each.object, GRAPH) for each in triples)
    store.add(Quad(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:elsewhere"), OTHER))
    return store


def read(text: GraphText, *, blank: bool | None = None) -> list[Triple]:
    return [triple for part in text.written(blank=blank) for triple in triples_of(part)]


def text_in(path: Path, content: str | bytes) -> GraphText:
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    (file,) = user_files([str(path)])
    return text_of_file(file)


@pytest.mark.slow
@given(TRIPLES)
def test_every_triple_is_written_once_with_its_blank_nodes_or_without(triples: list[Triple]) -> None:
    text = text_of_graph(filled(triples), GRAPH.value)
    everything = read(text)
    blank, ground = read(text, blank=True), read(text, blank=False)
    assert len(everything) == text.triples == len(set(triples))
    assert set(everything) == set(triples)
    assert blank + ground == everything
    assert set(blank) == {each for each in triples if "BlankNode" in repr(each)}
    assert text.blank == len(blank)
    assert text.size == sum(map(len, text.written()))


@pytest.mark.slow
def test_many_triples_are_written_in_parts_of_whole_lines() -> None:
    store = Store()
    store.extend(Quad(NamedNode(f"urn:s{each}"), NamedNode("urn:p"), GRAPH, GRAPH) for each in range(20_000))
    text = text_of_graph(store, GRAPH.value)
    parts = list(text.written())
    assert len(parts) > 1
    assert all(part.endswith(b" .\n") for part in parts)
    assert len(read(text)) == text.triples == 20_000


def test_a_graph_that_is_not_there_has_no_part() -> None:
    text = text_of_graph(Store(), GRAPH.value)
    assert (list(text.written()), text.triples, text.size) == ([], 0, 0)


@pytest.mark.parametrize("name", ["a.ttl", "a.ttl.gz", "a.nt", "a.rdf", "a.nt.gz"])
def test_a_file_says_the_same_as_a_store_that_it_was_loaded_into(name: str, tmp_path: Path) -> None:
    store = Store()
    store.load(TEXT, format=RdfFormat.TURTLE, to_graph=GRAPH)
    expected = text_of_graph(store, GRAPH.value)
    syntax = {"t": RdfFormat.TURTLE, "n": RdfFormat.N_TRIPLES, "r": RdfFormat.RDF_XML}[name[2]]
    text = text_in(tmp_path / name, store.dump(format=syntax, from_graph=GRAPH) or b"")
    assert (text.triples, text.blank, text.digest) == (expected.triples, 10, expected.digest)


def test_a_triple_that_a_file_says_twice_counts_once(tmp_path: Path) -> None:
    said = '<urn:a> <urn:p> "\\u00E9" .\n_:x <urn:p> 1 .\n'.replace(" 1 ", ' "1" ')
    again = '<urn:a>   <urn:p> "é" .\n_:x <urn:p> "1" . # again\n'
    once, twice = text_in(tmp_path / "once.nt", said), text_in(tmp_path / "twice.nt", said + again)
    assert twice.triples == once.triples == 2
    assert twice.digest == once.digest
    assert len(read(twice)) == 2


def test_blank_nodes_of_which_the_same_is_said_are_two(tmp_path: Path) -> None:
    one = text_in(tmp_path / "one.ttl", '[] <urn:p> "x" .')
    two = text_in(tmp_path / "two.ttl", '[] <urn:p> "x" . [] <urn:p> "x" .')
    assert (one.triples, two.triples) == (1, 2)
    assert one.digest != two.digest


def test_a_malformed_file_is_refused_with_line_and_column(tmp_path: Path) -> None:
    lines = "".join(f'<urn:a> <urn:p> "{number}" .\n' for number in range(9_000))
    with pytest.raises(DataSyntaxError, match=r"bad\.nt:9001:\d+"):
        text_in(tmp_path / "bad.nt", lines + '<urn:a> <urn:p> "x\n')


def test_what_the_engine_says_reaches_who_reads() -> None:
    class Broken:
        def dump(self, *_: object, **__: object) -> None:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        text_of_graph(Broken(), GRAPH.value)  # type: ignore[arg-type]


def test_blank_nodes_are_looked_up_on_disk_where_they_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = text_in(tmp_path / "a.ttl", TEXT).digest
    monkeypatch.setattr("unpact.load.remote.graph_text._LARGE", 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert text_in(tmp_path / "a.ttl", TEXT).digest == small
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]
