"""Several processes read a file as one does."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from unpact.corpus import user_files
from unpact.errors import DataSyntaxError, StoreError
from unpact.load.remote import graph_text, shares
from unpact.load.remote.graph_text import GraphText, text_of_file

if TYPE_CHECKING:
    from pathlib import Path

if shares.os.name != "posix":
    pytest.skip("this system gives no files without names to processes", allow_module_level=True)

# lines of different lengths, some with blank nodes, one of them over the whole file, and some said twice
LINES = [
    "# a comment",
    *(f'<urn:s{each}> <urn:p> "{"é" * (each % 7)}" .' for each in range(200)),
    *(f"_:b{each % 5} <urn:q> _:b{each % 3} ." for each in range(20)),
    "",
    '<urn:s7> <urn:p>   "" . # as written before',
    '_:all <urn:p> "x" .',
]
TEXT = "\n".join([LINES[-1], *LINES])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.nt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def read(path: Path, *, told: list[int] | None = None) -> GraphText:
    (file,) = user_files([str(path)])
    return text_of_file(file, None if told is None else told.append)


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Small files are shared too; and how many lines each process has found."""
    found: list[int] = []
    plain = shares.read_by_shares

    def counting(*arguments: Any) -> list[shares.Share]:  # noqa: ANN401 - whatever it takes
        given = plain(*arguments)
        found.extend(shares.os.fstat(part.numbers.fileno()).st_size // 8 for share in given for part in share)
        return given

    monkeypatch.setattr(graph_text, "_SHARED", 1)
    monkeypatch.setattr(graph_text, "read_by_shares", counting)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 3, 7])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
def test_the_text_is_the_same(
    path: Path,
    shared: list[int],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    ending: str,
    begin: bytes,
) -> None:
    path.write_bytes(begin + TEXT.replace("\n", ending).encode())
    monkeypatch.setattr(graph_text, "processes", lambda: 1)
    alone = read(path)
    assert shared == []
    monkeypatch.setattr(graph_text, "processes", lambda: number)
    together = read(path)
    assert len(shared) == 2 * number
    # none of the lines was read by two
    assert sum(shared) == len([line for line in TEXT.split("\n") if line and not line.startswith("#")])
    assert (together.triples, together.blank, together.size) == (alone.triples, alone.blank, alone.size)
    assert sorted(b"".join(together.written()).split(b"\n")) == sorted(b"".join(alone.written()).split(b"\n"))
    assert together.digest == alone.digest


@pytest.mark.slow
def test_a_mistake_is_told_with_its_place_in_the_whole_file(path: Path, shared: list[int]) -> None:
    path.write_text(TEXT + "\n<urn:a> <urn:p> oops .\n", encoding="utf-8")
    with pytest.raises(DataSyntaxError, match=rf"mine\.nt:{TEXT.count(chr(10)) + 2}:"):
        read(path)
    assert shared == []


@pytest.mark.slow
def test_where_no_process_can_be_run_the_file_is_read_by_this_one(
    path: Path, shared: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = read(path).digest
    shared.clear()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert read(path).digest == expected
    assert shared == []
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    assert read(path).digest == expected
    assert shared == []
    monkeypatch.undo()
    monkeypatch.setattr("tempfile.tempdir", "/no/such/directory")
    assert shares.read_by_shares(path, 2) == []


def test_a_compressed_file_is_read_by_one(tmp_path: Path, shared: list[int]) -> None:
    import gzip

    path = tmp_path / "mine.nt.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert read(path).triples > 200
    assert shared == []


def test_who_breaks_off_leaves_no_process_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    plain = subprocess.Popen

    def starting(*_: Any, **__: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 - as of Popen
        started.append(plain(["sleep", "60"]))
        return started[-1]

    def stop(_: int) -> None:
        raise StoreError("enough")

    monkeypatch.setattr(shares.subprocess, "Popen", starting)
    with pytest.raises(StoreError, match="enough"):
        shares.read_by_shares(path, 2, stop)
    assert [process.poll() for process in started] == [-9, -9]


@pytest.mark.slow
def test_who_asks_is_told_how_much_was_read(path: Path, shared: list[int]) -> None:
    path.write_text(TEXT + "\n" + '<urn:a> <urn:p> "x" .\n' * 300_000, encoding="utf-8")
    told: list[int] = []
    read(path, told=told)
    assert shared
    assert 0 < sum(told) <= path.stat().st_size
    assert all(each >= 0 for each in told)
