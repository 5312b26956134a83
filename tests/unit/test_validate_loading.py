"""N-Triples whose lines the engine loads, against the same files read as a whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from unpact.corpus import CorpusFile
from unpact.corpus.syntax import read_quads, read_triples
from unpact.errors import DataSyntaxError
from unpact.names import XSD
from unpact.shacl.folding import folds_of
from unpact.validate.loading import is_plain, load_files, plain_triples
from unpact.validate.syntax import ill_typed_findings

TYPES = st.sampled_from(
    [f"^^<{XSD}{name}>" for name in ("integer", "byte", "decimal", "date", "string", "boolean")]
    + ["^^<http://e/t>", "^^<http://e/\\u0074>", f" ^^ <{XSD}integer>", f"^^\t<{XSD}integer>", "@en", ""]
)
LEXICAL = st.sampled_from(
    [
        *("1", "01", "1.0", "1.50", "x", "", "2020-13-45", "2020-01-01", "true", "é", "_:x", "<<", "^^"),
        *("\\u0031", '\\"', "a\\\\", ' \\"^^<http://e/u> . # ', f'\\"1\\"^^<{XSD}byte>'),
    ]
)
LITERALS = st.tuples(LEXICAL, TYPES).map(lambda parts: f'"{parts[0]}"{parts[1]}')
SUBJECTS = st.sampled_from(["<http://e/a>", "<http://e/b>", "_:a", "_:b"])
OBJECTS = st.one_of(
    LITERALS,
    LITERALS,
    SUBJECTS,
    SUBJECTS.map(lambda each: f"<<( {each} <http://e/p> {each} )>>"),
)
COMMENTS = st.sampled_from(["", "# _:c <<", f' # "01"^^<{XSD}integer>', '# "^^', '# ^^<http://e/t> "', " \t"])
TRIPLES = st.tuples(SUBJECTS, st.sampled_from([" ", ""]), OBJECTS, COMMENTS).map(
    lambda parts: f"{parts[0]} <http://e/p>{parts[1]}{parts[2]} .{parts[3]}"
)
# what is wrong is wrong on its line, whatever stands around it
WRONG = st.sampled_from(['<http://e/a> <http://e/p> "', "_:a <http://e/p>", "<a> <b> <c> .", "x"])


def documents(lines: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])
    return st.tuples(st.lists(lines, max_size=9), ends, st.booleans()).map(
        lambda parts: parts[1].join(parts[0]) + (parts[1] if parts[2] else "")
    )


DOCUMENTS = documents(st.one_of(TRIPLES, TRIPLES, COMMENTS))


def file(text: str, number: int = 0, *, packed: bool = False) -> CorpusFile:
    name = f"f{number}.nt{'.gz' if packed else ''}"
    content = b"\xef\xbb\xbf" + text.encode()
    graph = f"http://e/graph/{number}"
    return CorpusFile(Path(name), name, graph, "user", gzip.compress(content) if packed else content)


def read_whole(files: list[CorpusFile]) -> list[list[Quad]]:
    return [read_quads(each, well_typed=False) for each in files]


@pytest.mark.slow
@given(st.lists(DOCUMENTS, min_size=1, max_size=2), st.booleans())
def test_lines_load_as_files_read_as_a_whole_do(texts: list[str], packed: bool) -> None:  # noqa: FBT001 - drawn
    files = [file(text, number, packed=packed) for number, text in enumerate(texts)]
    loaded, whole = load_files(files), read_whole(files)
    store = Store()
    store.extend(quad for quads in whole for quad in quads if is_plain(quad))
    assert set(loaded.store) == set(store)
    triples = [quad.triple for quads in whole for quad in quads]
    assert list(loaded.triples()) == list(plain_triples(triples))
    assert [triple for each in files for triple in read_triples(each)] == triples
    seen = [quad.triple for quads in loaded.seen for quad in quads]
    assert folds_of(plain_triples(seen)) == folds_of(plain_triples(triples))
    for each, some, every in zip(files, loaded.seen, whole, strict=True):
        assert ill_typed_findings(each, some) == ill_typed_findings(each, every)


@pytest.mark.slow
@given(documents(st.one_of(TRIPLES, WRONG, COMMENTS)))
def test_what_is_wrong_is_said_as_where_a_file_is_read_as_a_whole(text: str) -> None:
    found = []
    for read in (load_files, read_whole):
        try:
            read([file(text)])
        except DataSyntaxError as error:
            found.append((str(error), error.line, error.column))
        else:
            found.append(None)
    assert found[0] == found[1]


def test_only_lines_that_need_it_are_looked_at() -> None:
    text = f"""
<http://e/a> <http://e/p> "1"^^<{XSD}integer> .
<http://e/b> <http://e/p> "01"^^<{XSD}integer> .
<http://e/c> <http://e/p> "2"^^<{XSD}integer> .
<http://e/d> <http://e/p> "two"^^<{XSD}integer> .
_:e <http://e/p> "plain" .
<http://e/f> <http://e/p> "plain" .
"""
    loaded = load_files([file(text)])
    assert [str(quad.subject)[-2] for quad in loaded.seen[0]][:3] == ["a", "b", "d"]
    assert len(loaded.seen[0]) == 4
    assert len(loaded.store) == 6


def test_two_files_may_say_together_what_the_store_cannot_tell_apart() -> None:
    files = [
        file(f'<http://e/a> <http://e/p> "{lexical}"^^<{XSD}integer> .\n', number)
        for number, lexical in enumerate(("1", "01"))
    ]
    loaded = load_files(files)
    folds = folds_of(quad.triple for quads in loaded.seen for quad in quads)
    assert folds.merged == {NamedNode("http://e/p")}
    assert folds_of(quad.triple for quad in loaded.seen[0]).merged == frozenset()


@pytest.mark.parametrize("suffix", [".ttl", ".nq"])
def test_other_syntaxes_are_read_as_a_whole(suffix: str) -> None:
    text = "<http://e/a> <http://e/p> <http://e/b> .\n"
    read = CorpusFile(Path(f"f{suffix}"), f"f{suffix}", "http://e/g", "user", text.encode())
    loaded = load_files([file(text), read])
    assert [len(quads) for quads in loaded.seen] == [1, 1]
    assert len(loaded.store) == 2
