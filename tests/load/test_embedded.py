"""Loading into a store on disk: whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, serialize

from unpact.corpus import bundled, user_files
from unpact.describe.statistics import graph_sizes
from unpact.errors import DataSyntaxError, StoreError, UsageError
from unpact.graph.generations import manifest_of, new_generation
from unpact.graph.stored import StoredGraph
from unpact.graph.view import build_view
from unpact.load.embedded import load_into_store, plan_for_store
from unpact.load.sources import PARTS, Sources
from unpact.names import GRAPH, INFERRED_GRAPH

if TYPE_CHECKING:
    from pathlib import Path

OLD = b"<urn:a> <urn:p> <urn:old> ."
NEW = b"<urn:a> <urn:p> <urn:new> ."

# a load of the file on the command line, slow enough to be met in the middle: it says so at each step
LOADING = """
import sys, time
from pathlib import Path
from unpact.corpus import bundled, user_files
from unpact.load.sources import Sources
from unpact.load.embedded import load_into_store

def report(name):
    print(name, flush=True)
    sys.stdin.readline()

def check(graph):
    print("checking", flush=True)
    sys.stdin.readline()

sources = Sources(bundled(), user_files([sys.argv[2]]), parts=["data"], only_extra=True)
load_into_store(Path(sys.argv[1]), sources, report=report, check=check)
"""


def own(path: Path, content: bytes) -> Sources:
    path.write_bytes(content)
    return Sources(bundled(), user_files([path]), parts=["data"], only_extra=True)


def values(path: Path) -> set[str]:
    return {row[0].value for row in StoredGraph(path).select("SELECT ?o { ?s <urn:p> ?o }")}  # type: ignore[union-attr]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    load_into_store(tmp_path / "store", own(tmp_path / "mine.ttl", OLD))
    return tmp_path / "store"


def generations(store: Path) -> int:
    return sum(1 for each in (store / "generations").iterdir() if each.is_dir())


@pytest.mark.slow
def test_a_store_holds_the_view_that_memory_holds(tmp_path: Path) -> None:
    load_into_store(tmp_path / "store", Sources(bundled()))
    stored, memory = StoredGraph(tmp_path / "store"), build_view(bundled())
    assert set(stored.store) == set(memory.store)
    manifest = stored.manifest
    assert manifest is not None
    assert manifest.triples == graph_sizes(memory)
    assert manifest.sources[GRAPH + "data/article/treaties"] == "data/article/treaties.ttl"
    assert manifest.view == "best"


@pytest.mark.slow
def test_the_parts_are_those_asked_for(tmp_path: Path) -> None:
    def loaded(*parts: str, view: str = "best") -> set[str]:
        found = load_into_store(tmp_path / "store", Sources(bundled(), parts=parts, view=view))
        return {name.removeprefix(GRAPH) for name in found.now.triples}

    everything = loaded(*PARTS)
    assert {name.split("/")[0] for name in everything} == {"ontology", "data", "inferred"}
    assert any(name.startswith("ontology/shapes/") for name in everything)
    assert loaded("inferred") == {"inferred"}
    assert {name[:13] for name in loaded("data")} == {"data/article/"}
    assert {name[:12] for name in loaded("record")} == {"data/record/"}
    assert not any("record" in name for name in loaded("ontology", "data", "record", view="article"))


@pytest.mark.slow
def test_what_the_record_corrects_is_left_out_with_or_without_the_inferred_part(tmp_path: Path) -> None:
    article = NamedNode(GRAPH + "data/article/programmes")
    for parts in (("data", "record"), ("data", "record", "inferred")):
        load_into_store(tmp_path / "store", Sources(bundled(), parts=parts))
        stored = StoredGraph(tmp_path / "store").store
        memory = build_view(bundled()).store
        assert set(stored.quads_for_pattern(None, None, None, article)) == set(
            memory.quads_for_pattern(None, None, None, article)
        )


def test_a_load_that_is_repeated_changes_nothing(old: Path, tmp_path: Path) -> None:
    before = (old / "unpact.json").read_bytes()
    loaded = load_into_store(old, own(tmp_path / "mine.ttl", OLD))
    assert not loaded.changed
    assert (old / "unpact.json").read_bytes() == before


@pytest.mark.slow
def test_readers_keep_what_they_opened_and_it_is_removed_when_they_are_gone(
    old: Path, tmp_path: Path
) -> None:
    reader = StoredGraph(old)
    load_into_store(old, own(tmp_path / "mine.ttl", NEW))
    assert generations(old) == 2
    assert reader.ask("ASK { <urn:a> <urn:p> <urn:old> }")
    assert values(old) == {"urn:new"}
    del reader
    load_into_store(old, own(tmp_path / "mine.ttl", OLD))
    assert generations(old) == 1
    assert sorted(each.name for each in (old / "generations").iterdir() if each.is_file()) == []


@pytest.mark.slow
@pytest.mark.parametrize("steps", [0, 1])
def test_a_killed_load_leaves_the_old_content(old: Path, tmp_path: Path, steps: int) -> None:
    (tmp_path / "mine.ttl").write_bytes(NEW)
    with loading(old, tmp_path / "mine.ttl") as child:
        read(child)
        for _ in range(steps):
            go_on(child)
            read(child)
        assert generations(old) == 2
        child.send_signal(signal.SIGKILL)
    assert values(old) == {"urn:old"}
    # the next load finds the way free, and clears what the killed one left
    load_into_store(old, own(tmp_path / "mine.ttl", NEW))
    assert values(old) == {"urn:new"}
    assert generations(old) == 1


@pytest.mark.slow
def test_a_second_load_at_the_same_time_is_refused(old: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_bytes(NEW)
    with loading(old, tmp_path / "mine.ttl") as child:
        read(child)
        with pytest.raises(StoreError, match="another process is loading into this store") as raised:
            load_into_store(old, own(tmp_path / "other.ttl", OLD))
        assert raised.value.hint == "Wait until it has ended, and try again."
        # who reads is not disturbed
        assert values(old) == {"urn:old"}
        go_on(child)
        read(child)
        go_on(child)
        assert child.wait(60) == 0
    assert values(old) == {"urn:new"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the size of files can be limited on Unix alone")
def test_a_full_disk_leaves_the_old_content(old: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.nt"
    big.write_text("".join(f"<urn:s{n}> <urn:p> <urn:o{n}> .\n" for n in range(20_000)), encoding="utf-8")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000,) * 2)\n{RUN}"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            limited,
            "load",
            str(big),
            "--what",
            "data",
            "--only-data",
            "--store",
            str(old),
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 3
    assert "the store cannot be written: " in done.stderr
    assert "The store is as it was." in done.stderr
    assert done.stderr.count("\n") == 1
    assert values(old) == {"urn:old"}
    assert generations(old) == 1


RUN = """
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from unpact.__main__ import main
main()
"""


def test_a_malformed_file_is_refused_with_line_and_column_and_nothing_changes(
    old: Path, tmp_path: Path
) -> None:
    with pytest.raises(DataSyntaxError, match=r"mine\.ttl:2:\d+"):
        load_into_store(old, own(tmp_path / "mine.ttl", NEW + b"\n<urn:a> <urn:p> ."))
    assert values(old) == {"urn:old"}
    assert generations(old) == 1


@pytest.mark.slow
def test_others_are_loaded_when_a_malformed_file_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_bytes(NEW)
    (tmp_path / "bad.ttl").write_bytes(b"<urn:a> <urn:p> .")
    left_out: list[DataSyntaxError] = []
    for parts in (["data"], ["data", "inferred", "ontology"]):
        sources = Sources(
            bundled(), user_files([tmp_path / "bad.ttl", tmp_path / "good.ttl"]), parts=parts, only_extra=True
        )
        assert load_into_store(tmp_path / "store", sources, refused=left_out.append).changed
        assert values(tmp_path / "store") == {"urn:new"}
    assert [error.line for error in left_out] == [1, 1]
    # the file may be mended by now, so the next load looks again
    assert load_into_store(tmp_path / "store", sources, refused=left_out.append).changed
    assert len(left_out) == 3


QUADS = [
    Quad(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:new")),
    Quad(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:named"), NamedNode("urn:g")),
]


@pytest.mark.parametrize(
    ("suffix", "syntax"),
    [
        (".ttl", RdfFormat.TURTLE),
        (".nt", RdfFormat.N_TRIPLES),
        (".rdf", RdfFormat.RDF_XML),
        (".nq", RdfFormat.N_QUADS),
        (".trig", RdfFormat.TRIG),
        (".jsonld", RdfFormat.JSON_LD),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_every_syntax_is_loaded(tmp_path: Path, suffix: str, syntax: RdfFormat, *, compressed: bool) -> None:
    quads = QUADS if syntax.supports_datasets else QUADS[:1]
    path = tmp_path / f"mine{suffix}{'.gz' if compressed else ''}"
    content = serialize(quads if syntax.supports_datasets else [quads[0].triple], format=syntax)
    assert content is not None
    sources = own(path, gzip.compress(content) if compressed else content)
    loaded = load_into_store(tmp_path / "store", sources)
    expected = {GRAPH + "user/mine": 1, **({"urn:g": 1} if syntax.supports_datasets else {})}
    assert loaded.now.triples == expected


@pytest.mark.parametrize("suffix", [".nt", ".nq"])
def test_blank_nodes_of_one_name_in_two_files_are_two(tmp_path: Path, suffix: str) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}{suffix}").write_bytes(b'_:same <urn:p> "%s" .' % name.encode())
    sources = Sources(bundled(), user_files([tmp_path]), parts=["data"], only_extra=True)
    assert load_into_store(tmp_path / "store", sources).now.triples == {
        GRAPH + "user/one": 1,
        GRAPH + "user/two": 1,
    }
    graph = StoredGraph(tmp_path / "store")
    assert len({row[0] for row in graph.select("SELECT ?s { ?s ?p ?o }")}) == 2


@pytest.mark.slow
def test_a_byte_order_mark_and_a_damaged_archive(tmp_path: Path) -> None:
    load_into_store(tmp_path / "store", own(tmp_path / "mine.ttl", b"\xef\xbb\xbf" + NEW))
    assert values(tmp_path / "store") == {"urn:new"}
    with pytest.raises(DataSyntaxError, match="this is not a whole gzip file"):
        load_into_store(tmp_path / "store", own(tmp_path / "mine.ttl.gz", gzip.compress(OLD)[:20]))
    assert values(tmp_path / "store") == {"urn:new"}


def test_a_file_that_changes_meanwhile_is_noticed(old: Path, tmp_path: Path) -> None:
    sources = own(tmp_path / "mine.ttl", NEW)

    def change(_: object) -> None:
        (tmp_path / "mine.ttl").write_bytes(OLD + NEW)

    with pytest.raises(UsageError, match="files have changed while they were loaded"):
        load_into_store(old, sources, report=change)
    assert values(old) == {"urn:old"}


@pytest.mark.slow
def test_a_check_that_fails_keeps_the_old_content(old: Path, tmp_path: Path) -> None:
    def refuse(graph: object) -> None:
        assert isinstance(graph, StoredGraph)
        raise StoreError("other answers")

    with pytest.raises(StoreError, match="other answers"):
        load_into_store(old, own(tmp_path / "mine.ttl", NEW), check=refuse)
    assert values(old) == {"urn:old"}


def test_what_is_no_place_for_a_store_is_refused(tmp_path: Path) -> None:
    sources = own(tmp_path / "mine.ttl", NEW)
    with pytest.raises(UsageError, match="this directory holds other things"):
        load_into_store(tmp_path, sources)
    with pytest.raises(UsageError, match="this is no directory"):
        load_into_store(tmp_path / "mine.ttl", sources)
    (tmp_path / "raw").mkdir()
    raw = Store(str(tmp_path / "raw"))
    del raw
    with pytest.raises(UsageError, match="this directory holds other things"):
        load_into_store(tmp_path / "raw", sources)
    with pytest.raises(UsageError, match="there is nothing to load"):
        load_into_store(tmp_path / "store", own(tmp_path / "mine.ttl", b"# nothing"))
    assert manifest_of(tmp_path / "store") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "unpact.json cannot be read"),
        ('{"format": 99}', "made by another version"),
        ('{"format": 1}', "not what unpact writes"),
        (
            '{"format": 1, "generation": "gone", "key": "", "view": "", "version": "", "loaded": ""}',
            "no content",
        ),
    ],
)
def test_a_damaged_store_is_said_to_be_one(old: Path, content: str, message: str) -> None:
    (old / "unpact.json").write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=message):
        StoredGraph(old)


def test_a_generation_that_is_not_published_is_gone(old: Path) -> None:
    with new_generation(old) as writing:
        store = Store(str(writing.database))
        store.add(QUADS[1])
        store.flush()
        del store
    assert values(old) == {"urn:old"}
    assert generations(old) == 1


@pytest.mark.slow
def test_the_plan_says_what_comes_and_what_goes(old: Path, tmp_path: Path) -> None:
    (tmp_path / "next.ttl").write_bytes(NEW)
    sources = own(tmp_path / "mine.ttl", NEW + b"<urn:a> <urn:p> [ <urn:p> 1 ] .")
    plan = {each.graph: each[1:] for each in plan_for_store(old, sources)}
    assert plan == {GRAPH + "user/mine": (3, 1, 3, 1)}
    assert values(old) == {"urn:old"}
    load_into_store(old, sources)
    assert plan_for_store(old, sources) == [(GRAPH + "user/mine", 3, 3, 0, 0)]
    # other bytes that say the same are compared triple by triple
    same = own(tmp_path / "mine.ttl", b"# the same\n" + NEW + b"<urn:a> <urn:p> [ <urn:p> 1 ] .")
    assert plan_for_store(old, same) == [(GRAPH + "user/mine", 3, 3, 0, 0)]
    assert plan_for_store(tmp_path / "new", Sources(bundled(), parts=["inferred"]))[0].graph == INFERRED_GRAPH
    assert not (tmp_path / "new").exists()


def loading(store: Path, path: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    return subprocess.Popen(
        [sys.executable, "-c", LOADING, str(store), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )


def read(child: subprocess.Popen[bytes]) -> None:
    assert child.stdout is not None
    assert child.stdout.readline()


def go_on(child: subprocess.Popen[bytes]) -> None:
    assert child.stdin is not None
    child.stdin.write(b"\n")
    child.stdin.flush()
