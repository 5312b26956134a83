from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from unpact.corpus import Corpus, user_files
from unpact.graph import cache, view
from unpact.graph.loading import Loading
from unpact.graph.memory import MemoryGraph
from unpact.graph.view import build_view, load_ahead

PREFIX = "@prefix unp: <https://w3id.org/unpact/ontology#> .\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    for name, turtle in {
        "ontology/unpact.ttl": "unp:b <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> unp:c .",
        "ontology/rules/01_rule.rq": "CONSTRUCT { ?x unp:d ?y } WHERE { ?x unp:c ?y }",
        "data/article/facts.ttl": 'unp:a unp:b "é", [ unp:b 1 ] .',
        "data/record/facts.ttl": "unp:a unp:e 2 .",
    }.items():
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(turtle if name.endswith(".rq") else PREFIX + turtle, encoding="utf-8")
    return Corpus(tmp_path / "tree")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNPACT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each view that was built anew."""
    built: list[int] = []
    build = view._build

    def counted(*args: object) -> MemoryGraph:
        built.append(1)
        return build(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(view, "_build", counted)
    return built


def quads(graph: MemoryGraph) -> set[str]:
    return {str(quad) for quad in graph.store}


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.nq"))


def test_a_second_run_loads_what_the_first_one_built(corpus: Corpus, folder: Path, builds: list[int]) -> None:
    first = build_view(corpus)
    second = build_view(corpus)
    assert len(builds) == 1
    assert quads(first) == quads(second) == quads(build_view(corpus, cache=False))
    assert len(entries(folder)) == 1
    assert second.ask('ASK { unp:a unp:d "é" }')


def test_a_view_can_be_loaded_ahead(corpus: Corpus, builds: list[int]) -> None:
    load_ahead(corpus)
    assert builds == [], "nothing is built ahead"
    whole = quads(build_view(corpus))
    load_ahead(corpus)
    load_ahead(corpus, "article")
    article = quads(build_view(corpus, "article"))
    assert article < whole
    assert len(builds) == 2, "the article was not on disk"
    begun = view._ahead[corpus.root, "best"]
    assert build_view(corpus, cache=False) is not begun
    assert build_view(corpus) is begun
    assert build_view(corpus) is not begun, "it is handed out once"
    assert quads(begun) == whole


def test_blank_nodes_keep_their_names(corpus: Corpus, folder: Path) -> None:
    def named(graph: MemoryGraph) -> set[str]:
        return {line for line in quads(graph) if "_:" in line}

    built = named(build_view(corpus))
    assert len(built) == 6
    assert named(build_view(corpus)) == built
    content = entries(folder)[0].read_bytes()
    # it stays a plain N-Quads file that any tool reads
    assert len(list(parse(input=content, format=RdfFormat.N_QUADS))) == len(build_view(corpus))


def test_what_goes_wrong_while_loading_is_raised_where_the_graph_is_used() -> None:
    graph = MemoryGraph(Loading(b"# ground\nthis is not N-Quads"))
    for _ in range(2):
        with pytest.raises(SyntaxError):
            graph.ask("ASK {}")


def test_the_entry_is_the_same_whoever_writes_it(corpus: Corpus, folder: Path) -> None:
    build_view(corpus)
    before = entries(folder)[0].read_bytes()
    entries(folder)[0].unlink()
    build_view(corpus)
    assert entries(folder)[0].read_bytes() == before


def test_nothing_is_written_without_the_cache(corpus: Corpus, folder: Path) -> None:
    build_view(corpus, cache=False)
    assert not folder.exists()


@pytest.mark.parametrize(
    "name",
    ["ontology/unpact.ttl", "ontology/rules/01_rule.rq", "data/article/facts.ttl", "data/record/facts.ttl"],
)
def test_any_change_of_a_file_builds_anew(corpus: Corpus, builds: list[int], name: str) -> None:
    build_view(corpus)
    path = corpus.root / name
    times = path.stat()
    path.write_bytes(path.read_bytes() + b"\n# changed\n")
    # the content counts, not the time
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    build_view(corpus)
    assert len(builds) == 2


def test_views_and_user_files_have_entries_of_their_own(
    corpus: Corpus, tmp_path: Path, folder: Path, builds: list[int]
) -> None:
    (tmp_path / "mine.ttl").write_text(PREFIX + "unp:x unp:b unp:y .")
    mine = user_files([tmp_path / "mine.ttl"])
    for _ in range(2):
        build_view(corpus, "best")
        build_view(corpus, "article")
        build_view(corpus, extra=mine)
        build_view(corpus, extra=mine, only_extra=True)
    assert len(builds) == len(entries(folder)) == 4


def test_a_new_engine_or_format_builds_anew(
    corpus: Corpus, builds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    build_view(corpus)
    monkeypatch.setattr(view.pyoxigraph, "__version__", "99")
    build_view(corpus)
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
    build_view(corpus)
    assert len(builds) == 3


def damage_nothing_left(content: bytes) -> bytes:
    del content
    return b""


def damage_torn(content: bytes) -> bytes:
    return content[: len(content) // 2]


def damage_at_a_line_end(content: bytes) -> bytes:
    return b"".join(content.splitlines(keepends=True)[:-1])


def damage_one_bit(content: bytes) -> bytes:
    return content[:-20] + bytes([content[-20] ^ 1]) + content[-19:]


def damage_other_content(content: bytes) -> bytes:
    return content.partition(b"\n")[0] + b"\n<a:a> <a:b> <a:c> .\n"


def damage_no_checksum(content: bytes) -> bytes:
    return content.partition(b"\n")[2]


@pytest.mark.parametrize(
    "damage",
    [
        damage_nothing_left,
        damage_torn,
        damage_at_a_line_end,
        damage_one_bit,
        damage_other_content,
        damage_no_checksum,
    ],
)
def test_a_damaged_entry_is_built_anew(
    corpus: Corpus, folder: Path, builds: list[int], damage: object
) -> None:
    whole = quads(build_view(corpus))
    (entry,) = entries(folder)
    content = entry.read_bytes()
    entry.write_bytes(damage(content))  # type: ignore[operator]
    assert quads(build_view(corpus)) == whole
    assert len(builds) == 2
    assert entry.read_bytes() == content


def test_an_entry_that_is_a_directory_costs_speed_only(corpus: Corpus, folder: Path) -> None:
    build_view(corpus)
    (entry,) = entries(folder)
    entry.unlink()
    entry.mkdir()
    assert len(build_view(corpus))
    assert sorted(path.suffix for path in folder.iterdir()) == [".clashes", ".nq"]


def test_a_cache_that_cannot_be_written_costs_speed_only(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("UNPACT_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert len(build_view(corpus))


def test_a_full_disk_costs_speed_only(corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", fail)
    assert len(build_view(corpus))
    assert list(folder.iterdir()) == []


def test_old_entries_are_pruned_but_those_in_use_stay(corpus: Corpus, folder: Path) -> None:
    build_view(corpus)
    (kept,) = entries(folder)
    now = time.time()
    os.utime(kept, (now - 9000, now - 9000))
    for number in range(40):
        other = folder / f"{number:064}.nq"
        other.write_bytes(b"")
        os.utime(other, (now - 5000 + number, now - 5000 + number))
    (folder / "torn.1.tmp").write_bytes(b"")
    os.utime(folder / "torn.1.tmp", (now - 9000, now - 9000))
    (folder / "fresh.2.tmp").write_bytes(b"")
    (folder / "headers.json").write_bytes(b"{}")
    build_view(corpus)
    build_view(corpus, "article")
    left = {path.name for path in folder.iterdir()}
    assert kept.name in left
    assert f"{39:064}.nq" in left
    assert f"{0:064}.nq" not in left
    assert len(entries(folder)) == 24
    assert {"fresh.2.tmp", "headers.json"} <= left
    assert "torn.1.tmp" not in left


def test_entries_that_are_too_large_together_are_pruned(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 1000)
    folder.mkdir(parents=True)
    now = time.time()
    for age, size in ((3, 400), (2, 500), (1, 600)):
        other = folder / f"{age:064}.nq"
        other.write_bytes(b"x" * size)
        os.utime(other, (now - 1000 * age, now - 1000 * age))
    # the newest stays although it is larger than all may be together
    build_view(corpus)
    assert len(entries(folder)) == 1
    assert entries(folder)[0].stat().st_size > 1000
    monkeypatch.setattr(cache, "MOST_BYTES", 10_000_000)
    build_view(corpus, "article")
    assert len(entries(folder)) == 2


def test_the_directory_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.directory() == tmp_path / "cache"
    monkeypatch.delenv("UNPACT_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache.directory() == tmp_path / "xdg" / "unpact"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache.directory() == tmp_path / "home" / ".cache" / "unpact"


@pytest.mark.slow
def test_processes_that_start_at_once_all_get_the_whole_graph(corpus: Corpus, folder: Path) -> None:
    program = (
        "import sys; from unpact.corpus import Corpus; from unpact.graph.view import build_view;"
        "print(len(build_view(Corpus(sys.argv[1]))))"
    )
    command = [sys.executable, "-c", program, str(corpus.root)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    answers = {process.communicate(timeout=60)[0].strip() for process in started}
    assert answers == {str(len(build_view(corpus, cache=False)))}
    assert sorted(path.suffix for path in folder.iterdir()) == [".clashes", ".nq"]


def test_a_warm_run_imports_neither_the_parser_nor_rdflib(corpus: Corpus) -> None:
    build_view(corpus)
    program = (
        "import sys; from unpact.corpus import Corpus; from unpact.graph.view import build_view;"
        "build_view(Corpus(sys.argv[1])).ask('ASK {}');"
        "print([name for name in ('rdflib', 'yaml', 'rich', 'pyshacl', 'owlrl', 'click',"
        " 'unpact.corpus.syntax', 'tempfile') if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, str(corpus.root)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
