"""Files and folders on disk: whole or not at all, and never over other things."""

from __future__ import annotations

import gzip
import hashlib
import os
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

import unpact
from unpact.errors import UsageError
from unpact.export.formats import ALL, FORMATS, format_of, formats_called, target_of
from unpact.export.release import CHECKSUMS, write_file, write_folder
from unpact.export.selection import Selection
from unpact.export.void import Publication

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unpact.export.exporter import Exporter

SMALL = {"graphs": ("data/record/laws.ttl",)}


@pytest.fixture
def small(exporting: Callable[..., Exporter]) -> Exporter:
    return exporting(**SMALL)


def content_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.slow
def test_a_release_has_every_format_but_pictures_and_describes_itself(
    small: Exporter, tmp_path: Path
) -> None:
    folder = tmp_path / "release"
    write_folder(small, formats_called((ALL,)), folder)
    assert {path.name for path in folder.iterdir()} == {
        *(CHECKSUMS, "context.jsonld", "csv", "queries.ttl", "void.ttl"),
        *(f"unpact.{ending}" for ending in ("graphml", "jsonld", "nq", "nt", "rdf", "trig", "ttl")),
    }
    assert list(tmp_path.iterdir()) == [folder]
    content = content_of(folder)
    listed = dict(reversed(line.split("  ")) for line in content[CHECKSUMS].decode().splitlines())
    assert listed == {
        name: hashlib.sha256(data).hexdigest() for name, data in content.items() if name != CHECKSUMS
    }
    graph = rdflib.Graph().parse(folder / "void.ttl")
    told = graph.query(
        "PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>"
        " SELECT ?name ?size ?hash { ?d a dcat:Distribution ; dcterms:title ?name ; dcat:byteSize ?size ;"
        " spdx:checksum/spdx:checksumValue ?hash }"
    )
    described = {str(name): (int(size), str(value)) for name, size, value in told}  # type: ignore[misc, call-overload]
    assert set(described) == {name for name in content if "/" not in name} - {CHECKSUMS, "void.ttl"} | {
        "csv/datapackage.json"
    }
    assert described == {name: (len(content[name]), listed[name]) for name in described}


@pytest.mark.slow
def test_a_release_is_the_same_bytes_again_and_takes_the_place_of_the_last(
    exporting: Callable[..., Exporter], tmp_path: Path
) -> None:
    folder = tmp_path / "release"
    forms = formats_called(("ttl", "csv", "void"))
    write_folder(exporting(**SMALL), forms, folder)
    before = content_of(folder)
    write_folder(exporting(**SMALL), forms, folder)
    assert content_of(folder) == before
    write_folder(exporting(**SMALL), formats_called(("csv",)), folder)
    assert {name.partition(".")[2] for name in content_of(folder)} == {"csv", "json", ""}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("other", ["notes.txt", "csv/mine.csv", ".git/config"])
def test_a_folder_with_other_things_is_left_alone(small: Exporter, tmp_path: Path, other: str) -> None:
    forms = formats_called(("ttl", "csv"))
    write_folder(small, forms, tmp_path / "out")
    path = tmp_path / "out" / other
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    before = content_of(tmp_path / "out")
    with pytest.raises(UsageError, match=f"holds other things, such as {other}"):
        write_folder(small, forms, tmp_path / "out")
    assert content_of(tmp_path / "out") == before


def test_a_failure_leaves_the_older_folder_and_no_other(
    small: Exporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    forms = formats_called(("ttl", "nt"))
    write_folder(small, forms, folder)
    before = content_of(folder)
    written: list[str] = []

    def fails(_self: Exporter, form: object, *_rest: object) -> None:
        written.append(str(form))
        if len(written) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(small), "write", fails)
    with pytest.raises(UsageError, match="out: no space left on device"):
        write_folder(small, forms, folder)
    assert content_of(folder) == before
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_cannot_take_the_place_of_a_file(small: Exporter, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        write_folder(small, formats_called(("csv",)), tmp_path / "out")


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_to_a_folder_is_followed(small: Exporter, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_folder(small, formats_called(("ttl", "nt")), tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "unpact.nt").is_file()


def test_gz_compresses_without_time_or_name(small: Exporter, tmp_path: Path) -> None:
    for name in ("a.ttl.gz", "b.ttl.gz", "a.ttl"):
        write_file(small, FORMATS["ttl"], tmp_path / name)
    packed = (tmp_path / "a.ttl.gz").read_bytes()
    assert packed == (tmp_path / "b.ttl.gz").read_bytes()
    assert packed[3:8] == bytes(5), "neither flags nor a time"
    assert gzip.decompress(packed) == (tmp_path / "a.ttl").read_bytes()


def test_a_file_that_cannot_be_written_is_said(small: Exporter, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a\.ttl: no such file or directory"):
        write_file(small, FORMATS["ttl"], tmp_path / "nowhere" / "a.ttl")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.ttl", "ttl"),
        ("a.NQ.gz", "nq"),
        ("a.owl", "rdfxml"),
        ("a.gv", "dot"),
        ("a.mmd", "mermaid"),
        ("a.txt", None),
        ("ttl", None),
    ],
)
def test_the_ending_tells_the_format(path: str, name: str | None) -> None:
    form = format_of(path)
    assert (form and form.name) == name


def test_where_an_export_goes(tmp_path: Path) -> None:
    folder = str(tmp_path)
    assert target_of((), None) == ([FORMATS["ttl"]], None, False)
    assert target_of(("nt",), "-") == ([FORMATS["nt"]], None, False)
    assert target_of((), "x.trig.gz").forms == [FORMATS["trig"]]
    assert target_of(("nt",), "x.ttl").forms == [FORMATS["nt"]]
    assert target_of(("nt",), folder).path == tmp_path / "unpact.nt"
    assert target_of(("void", "ttl"), folder) == ([FORMATS["ttl"], FORMATS["void"]], tmp_path, True)
    assert target_of(("csv",), "x").is_folder


@pytest.mark.parametrize(
    ("names", "output", "problem"),
    [
        (("csv",), None, "a table for each class cannot go to standard output"),
        (("ttl", "nt"), "-", "several formats cannot go to standard output"),
        ((ALL,), "x.gz", "a folder is not compressed"),
        ((), "x/", "x/ is a folder"),
        (("word",), "x", "there is no format 'word'"),
    ],
)
def test_files_and_folders_are_not_mixed_up(names: tuple[str, ...], output: str | None, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        target_of(names, output)


@pytest.mark.slow
def test_python_exports_the_same(knowledge: unpact.Knowledge, small: Exporter, tmp_path: Path) -> None:
    chosen = Selection(**SMALL)  # type: ignore[arg-type]
    knowledge.export(tmp_path / "a.ttl.gz", selection=chosen)
    write_file(small, FORMATS["ttl"], tmp_path / "b.ttl.gz")
    assert (tmp_path / "a.ttl.gz").read_bytes() == (tmp_path / "b.ttl.gz").read_bytes()
    about = Publication(url="https://example.org/")
    knowledge.export(tmp_path / "out", "nq", "void", selection=chosen, publication=about)
    assert "<https://example.org/unpact.nq>" in (tmp_path / "out" / "void.ttl").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="nothing says where"):
        knowledge.export("-")


@pytest.mark.slow
def test_a_view_of_the_users_own_is_exported(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text("<https://w3id.org/unpact/id/x> a <https://w3id.org/unpact/ontology#State> .")
    with_mine = unpact.open([mine], only_data=True)
    with_mine.export(tmp_path / "out.nq", selection=Selection(parts=("data",)))
    (quad,) = ox.parse(path=str(tmp_path / "out.nq"))
    assert quad.graph_name == ox.NamedNode("https://w3id.org/unpact/graph/user/mine")
    with_mine.export(tmp_path / "again.nq", selection=Selection(graphs=("mine.ttl",)))
    assert (tmp_path / "again.nq").read_bytes() == (tmp_path / "out.nq").read_bytes()
