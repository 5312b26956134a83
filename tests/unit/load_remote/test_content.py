"""What is sent is the same whether files are loaded by themselves or through a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from unpact.corpus import bundled, user_files
from unpact.errors import DataSyntaxError, UsageError
from unpact.load.remote import Content, content_of
from unpact.load.remote.content import graphs_of
from unpact.load.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

USER = "https://w3id.org/unpact/graph/user/"
TURTLE = '<urn:a> <urn:p> 1 , [ <urn:p> "two" ] .'
TRIPLES = '<urn:a> <urn:p> "1" .\n<urn:a> <urn:p> "1" .\n_:x <urn:p> "1" .\n'
QUADS = '<urn:a> <urn:p> "1" <urn:g> .\n<urn:a> <urn:p> "1" .\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("mine.ttl", TURTLE), ("more.nt", TRIPLES), ("none.nt", "# nothing\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def sources(folder: Path, parts: Iterable[str] = ("data",), *, alone: bool = True) -> Sources:
    return Sources(bundled(), user_files([str(folder)]), parts=list(parts), only_extra=alone)


def said(content: Content) -> dict[str, tuple[int, str]]:
    return {name: (text.triples, text.digest) for name, text in content.graphs.items()}


def through_a_store(sources: Sources) -> dict[str, tuple[int, str]]:
    store = Store()
    sources.fill(store)
    return {name: (text.triples, text.digest) for name, text in graphs_of(store).items()}


@pytest.mark.slow
@pytest.mark.parametrize(
    "parts", [["data"], ["ontology", "data"], ["data", "record", "shapes"], ["ontology"]]
)
@pytest.mark.parametrize("alone", [True, False])
def test_files_of_triples_are_loaded_by_themselves(folder: Path, parts: list[str], *, alone: bool) -> None:
    given = sources(folder, parts, alone=alone)
    assert [file.relative for file in given.apart()] == (
        [file.relative for file in given.extra] if "data" in parts else []
    )
    with content_of(given) as content:
        assert said(content) == through_a_store(given)
        assert set(content.graphs) <= set(content.sources)
        if "data" in parts:
            assert content.graphs[USER + "mine"].triples == 3
            assert content.graphs[USER + "more"].triples == 2
        assert USER + "none" not in content.graphs


def test_files_whose_graphs_others_may_add_to_go_through_a_store(folder: Path) -> None:
    (folder / "all.nq").write_text(QUADS, encoding="utf-8")
    given = sources(folder)
    assert given.apart() == []
    with content_of(given) as content:
        assert said(content) == through_a_store(given)
        assert content.graphs["urn:g"].triples == content.graphs[USER + "all"].triples == 1


@pytest.mark.slow
def test_what_follows_is_found_from_all_files(folder: Path) -> None:
    given = sources(folder, ["data", "inferred"])
    assert given.apart() == []
    with content_of(given) as content:
        assert said(content) == through_a_store(given)


def test_files_that_are_malformed_are_left_out_where_that_is_wanted(folder: Path) -> None:
    (folder / "bad.nt").write_text(TRIPLES + "<urn:a> <urn:p> .\n", encoding="utf-8")
    with pytest.raises(DataSyntaxError, match=r"bad\.nt:4"), content_of(sources(folder)):
        pass
    refused: list[DataSyntaxError] = []
    given = sources(folder)
    with content_of(given, refused=refused.append) as content:
        assert set(content.graphs) == {USER + "mine", USER + "more"}
        # so that the next load looks at it again
        assert content.key != given.key
    assert ["bad.nt:4" in str(error) for error in refused] == [True]


def test_files_that_change_meanwhile_are_refused(folder: Path) -> None:
    def change(name: str) -> None:
        if name.endswith("more.nt"):
            (folder / "mine.ttl").write_text(TURTLE + "<urn:b> <urn:p> 1 .", encoding="utf-8")

    with (
        pytest.raises(UsageError, match="files have changed while they were loaded"),
        content_of(sources(folder), report=change),
    ):
        pass


def test_who_asks_is_told_what_is_read(folder: Path) -> None:
    names: list[str] = []
    sizes: list[int] = []
    given = sources(folder)
    with content_of(given, report=names.append, read=sizes.append):
        pass
    assert names == [file.relative for file in given.extra]
    # the beginning of each file is read twice
    assert sum(sizes) >= given.streamed == sum(path.stat().st_size for path in folder.iterdir())


def test_large_files_go_through_a_store_on_disk(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "all.nq").write_text(QUADS, encoding="utf-8")
    kept = tmp_path_factory.mktemp("kept")
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    monkeypatch.setattr("unpact.load.remote.content._LARGE", 0)
    seen: list[int] = []
    given = sources(folder)
    with content_of(given, report=lambda _: seen.append(len(list(kept.iterdir())))) as content:
        assert said(content) == through_a_store(given)
    assert seen
    assert set(seen) == {1}
    assert list(kept.iterdir()) == []
