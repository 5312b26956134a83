from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest

from unpact.corpus import Corpus, CorpusFile, bundled, content_hash, user_files
from unpact.errors import UsageError
from unpact.names import GRAPH, USER_GRAPH


@pytest.fixture
def tree(tmp_path: Path) -> Corpus:
    for name in (
        "ontology/unpact.ttl",
        "ontology/topics.ttl",
        "ontology/alignments.ttl",
        "ontology/shapes/must/acts.ttl",
        "ontology/shapes/should/labels.ttl",
        "ontology/rules/02_b.rq",
        "ontology/rules/01_a.rq",
        "data/article/bodies.ttl",
        "data/article/acts.ttl",
        "data/record/identifiers.ttl",
        "queries/treaties/party-status.rq",
        "queries/README.md",
        "data/article/notes.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n", encoding="utf-8")
    return Corpus(tmp_path)


def test_a_tree_lists_its_files_by_kind_and_in_order(tree: Corpus) -> None:
    def names(files: list[CorpusFile]) -> list[str]:
        return [file.relative for file in files]

    assert names(tree.ontology_files()) == [
        "ontology/alignments.ttl",
        "ontology/topics.ttl",
        "ontology/unpact.ttl",
    ]
    assert names(tree.data_files()) == [
        "data/article/acts.ttl",
        "data/article/bodies.ttl",
        "data/record/identifiers.ttl",
    ]
    assert names(tree.data_files("record")) == ["data/record/identifiers.ttl"]
    assert names(tree.shape_files()) == ["ontology/shapes/must/acts.ttl", "ontology/shapes/should/labels.ttl"]
    assert names(tree.rule_files()) == ["ontology/rules/01_a.rq", "ontology/rules/02_b.rq"]
    assert names(tree.query_files()) == ["queries/treaties/party-status.rq"]


def test_a_file_knows_its_graph_and_its_layer(tree: Corpus) -> None:
    file = tree.data_files("article")[1]
    assert (file.graph_iri, file.layer) == (GRAPH + "data/article/bodies", "article")
    assert file.read() == b"# data/article/bodies.ttl\n"
    assert tree.shape_files()[0].graph_iri == GRAPH + "ontology/shapes/must/acts"


def test_a_directory_that_is_no_tree_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no ontology/unpact\.ttl here"):
        Corpus(tmp_path)


def test_the_bundled_tree_has_all_that_unpact_needs() -> None:
    corpus = bundled()
    assert {file.relative for file in corpus.ontology_files()} >= {
        "ontology/unpact.ttl",
        "ontology/topics.ttl",
        "ontology/alignments.ttl",
    }
    assert corpus.data_files("article")
    assert corpus.rule_files()
    assert corpus.shape_files()
    assert corpus.query_files()


def test_the_content_hash_tells_every_change(tree: Corpus) -> None:
    before = content_hash(tree.data_files())
    assert content_hash(tree.data_files()) == before
    assert content_hash(tree.data_files("article")) != before
    (tree.root / "data/article/acts.ttl").write_text("# other\n", encoding="utf-8")
    changed = content_hash(tree.data_files())
    assert changed != before
    (tree.root / "data/article/acts.ttl").rename(tree.root / "data/article/acts2.ttl")
    assert content_hash(tree.data_files()) not in (before, changed)


def test_a_snapshot_outlives_the_file(tree: Corpus) -> None:
    file = tree.data_files()[0].snapshot()
    file.path.unlink()
    assert file.read() == b"# data/article/acts.ttl\n"


def test_user_files_from_files_directories_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "more" / ".git").mkdir(parents=True)
    for name in ("a.ttl", "b.nt", "c.txt", "more/d.ttl.gz", "more/a.ttl", "more/.git/x.ttl"):
        (tmp_path / name).write_bytes(gzip.compress(b"") if name.endswith(".gz") else b"")
    found = user_files([tmp_path / "a.ttl", tmp_path / "more", str(tmp_path / "*.nt"), tmp_path / "a.ttl"])
    assert [file.path.relative_to(tmp_path).as_posix() for file in found] == [
        "a.ttl",
        "more/a.ttl",
        "more/d.ttl.gz",
        "b.nt",
    ]
    # each has a graph of its own, also where stems are the same
    assert [file.graph_iri.removeprefix(USER_GRAPH) for file in found] == ["a", "a-2", "d", "b"]
    assert {file.layer for file in found} == {"user"}
    assert [(file.suffix, file.compressed) for file in found][2] == (".ttl", True)


def test_a_graph_iri_is_an_iri_whatever_the_file_is_called(tmp_path: Path) -> None:
    (tmp_path / "my facts <2>.ttl").write_text("")
    assert user_files([tmp_path])[0].graph_iri == USER_GRAPH + "my%20facts%20%3C2%3E"


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].ttl").write_text("")
    assert [file.path.name for file in user_files([tmp_path / "a[1].ttl"])] == ["a[1].ttl"]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("missing.ttl", "no such file"),
        ("*.nt", "no file fits this pattern"),
        ("empty", "holds no RDF"),
        ("notes.txt", "names no RDF syntax"),
    ],
)
def test_paths_that_give_nothing_are_refused_by_name(tmp_path: Path, name: str, problem: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(UsageError, match=problem) as caught:
        user_files([str(tmp_path / name)])
    assert caught.value.where == str(tmp_path / name)
    assert caught.value.hint


def test_an_empty_path_is_refused() -> None:
    with pytest.raises(UsageError, match="empty path"):
        user_files([""])


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.ttl").write_text("")
    file = user_files([tmp_path / "a.ttl"])[0]

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UsageError, match="permission denied"):
        file.read()


def test_a_file_that_goes_away_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("")
    file = user_files([tmp_path / "a.ttl"])[0]
    file.path.unlink()
    with pytest.raises(UsageError, match="no such file"):
        file.read()


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<a:b> <a:c> <a:d> .")))
    (file,) = user_files(["-"])
    assert (file.read(), file.graph_iri) == (b"<a:b> <a:c> <a:d> .", USER_GRAPH + "stdin")
    assert file.read() == file.read()
    with pytest.raises(UsageError, match="only once"):
        user_files(["-", "-"])
