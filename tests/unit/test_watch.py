"""When files change, and what --watch makes of it; nothing here waits for a clock."""

from __future__ import annotations

import os
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from unpact.cli.options import OutputOptions
from unpact.cli.validate_options import Source
from unpact.cli.validate_watch import refuse_unwatchable, watch
from unpact.corpus import Corpus
from unpact.errors import UsageError
from unpact.validate.watch import Change, Stamp, changes, difference, snapshot, watched_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.validate.watch import Snapshot

A, B, C = Path("a.ttl"), Path("b.ttl"), Path("c.ttl")
OLD, NEW = Stamp(1, 10, 100), Stamp(2, 10, 100)


class Disk:
    """Snapshots, one after the other, and how long was waited between them."""

    def __init__(self, *snapshots: Snapshot) -> None:
        self._snapshots: Iterator[Snapshot] = iter(snapshots)
        self.waited: list[float] = []

    def look(self) -> Snapshot:
        return next(self._snapshots)

    def changes(self) -> Iterator[Change]:
        return changes(self.look, sleep=self.waited.append, interval=0.5, settling=0.1)


def test_the_first_change_is_the_beginning() -> None:
    disk = Disk({A: OLD})
    assert next(disk.changes()) == Change(watched=1)
    assert disk.waited == []


@pytest.mark.parametrize("stamp", [Stamp(2, 10, 100), Stamp(1, 11, 100), Stamp(1, 10, 101)])
def test_time_size_and_inode_tell_a_change(stamp: Stamp) -> None:
    disk = Disk({A: OLD, B: OLD}, {A: OLD, B: OLD}, {A: stamp, B: OLD}, {A: stamp, B: OLD})
    _, change = islice(disk.changes(), 2)
    assert change == Change(changed=(A,), watched=2)
    assert disk.waited == [0.5, 0.5, 0.1]


def test_a_save_in_several_steps_is_one_change() -> None:
    # an editor that moves the file away, writes a new one, and writes to it again
    disk = Disk({A: OLD}, {}, {A: NEW}, {A: NEW._replace(size=20)}, {A: NEW._replace(size=20)})
    _, change = islice(disk.changes(), 2)
    assert change == Change(changed=(A,), watched=1)


def test_what_ends_as_it_began_is_no_change() -> None:
    disk = Disk({A: OLD}, {A: OLD, B: OLD}, {A: OLD}, {A: OLD}, {A: NEW}, {A: NEW})
    _, change = islice(disk.changes(), 2)
    assert change.changed == (A,)


def test_whoever_writes_without_end_is_not_waited_for_for_ever() -> None:
    growing = (Disk({A: OLD}, *({A: OLD._replace(size=size)} for size in range(1000)))).changes()
    assert [change.changed for change in islice(growing, 3)] == [(), (A,), (A,)]


def test_files_that_appear_and_go_are_changes() -> None:
    change = difference({A: OLD, B: OLD}, {B: NEW, C: OLD})
    assert change == Change((B,), (C,), (A,), watched=2)
    assert str(change) == "b.ttl changed, c.ttl appeared, a.ttl is gone"


def test_what_changes_during_a_validation_is_seen_after_it() -> None:
    snapshots = [{A: OLD}, {A: NEW}, {A: NEW}]
    found = changes(lambda: snapshots.pop(0), sleep=lambda _: None)
    next(found)
    assert len(snapshots) == 2
    assert next(found).changed == (A,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(watched=1), "watching 1 file"),
        (Change(watched=1200), "watching 1,200 files"),
        (Change((A, B), (C, A, B)), "a.ttl changed, b.ttl changed, c.ttl appeared, and 2 more"),
        (Change((Path.cwd() / "x" / "a.ttl",)), "x/a.ttl changed"),
        (Change((Path("/elsewhere/a.ttl"),)), "/elsewhere/a.ttl changed"),
    ],
)  # fmt: skip
def test_a_change_in_words(change: Change, words: str) -> None:
    assert str(change) == words


def test_a_snapshot_leaves_out_what_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"12345")
    os.utime(file, ns=(7, 7))
    found = snapshot([file, tmp_path / "b.ttl"])
    assert found == {file: Stamp(7, 5, file.stat().st_ino)}

    def refused(_: Path) -> os.stat_result:
        raise PermissionError

    assert snapshot([file], stat=refused) == {}


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    for name in (
        "ontology/unpact.ttl",
        "ontology/rules/01_a.rq",
        "ontology/shapes/must/a.ttl",
        "data/article/a.ttl",
    ):
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return Corpus(tmp_path / "tree")


def test_the_tree_and_the_users_files_are_watched(corpus: Corpus, tmp_path: Path) -> None:
    def watched(*paths: Path, shapes: tuple[Path, ...] = (), alone: bool = False) -> set[str]:
        found = watched_files(corpus, paths, shapes=shapes, alone=alone)
        return {path.relative_to(tmp_path).as_posix() for path in found}

    folder = tmp_path / "mine"
    folder.mkdir()
    schema = {"tree/ontology/unpact.ttl", "tree/ontology/rules/01_a.rq"}
    shapes, data = "tree/ontology/shapes/must/a.ttl", "tree/data/article/a.ttl"
    assert watched() == {*schema, shapes, data}
    assert watched(folder) == {*schema, shapes, data}
    (folder / "a.ttl").touch()
    (folder / "s.ttl").touch()
    assert watched(folder, alone=True) == {*schema, shapes, "mine/a.ttl", "mine/s.ttl"}
    own = folder / "s.ttl"
    assert watched(folder / "a.ttl", shapes=(own,)) == {*schema, data, "mine/a.ttl", "mine/s.ttl"}
    assert watched(folder / "*.ttl", shapes=(own,), alone=True) == {"mine/a.ttl", "mine/s.ttl"}
    assert watched(folder / "gone.ttl", shapes=(own,), alone=True) == {"mine/s.ttl"}


def test_a_watch_goes_on_after_verdicts_and_errors(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = [
        None,
        click.exceptions.Exit(1),
        UsageError("no such file", where="a.ttl"),
        click.UsageError("wrong"),
        OSError(13, "Permission denied", "b.ttl"),
        None,
    ]
    number = len(outcomes)

    def once() -> None:
        outcome = outcomes.pop(0)
        if outcome is not None:
            raise outcome

    watch((), Source(), once, changed=[Change((Path("\x1b[2Ja.ttl"),))] * number)
    assert not outcomes
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = shown.err.splitlines()
    times = [line for line in lines if line.endswith("?[2Ja.ttl changed")]
    assert len(times) == number
    assert all(line[len("unpact: ")].isdigit() and line[10] == ":" == line[13] for line in times)
    assert "unpact: a.ttl: no such file" in lines
    assert "unpact: b.ttl: permission denied" in lines


@pytest.mark.parametrize("error", [KeyboardInterrupt, BrokenPipeError, ZeroDivisionError])
def test_nothing_else_is_survived(error: type[BaseException]) -> None:
    def once() -> None:
        raise error

    with pytest.raises(error):
        watch((), Source(), once, changed=[Change(), Change()])


def test_the_tree_is_watched_where_nothing_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def asleep(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("unpact.validate.watch.changes", partial(changes, sleep=asleep))
    runs: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        watch((), Source(), lambda: runs.append(1))
    assert runs == [1]


@pytest.mark.parametrize(
    ("path", "source", "output"),
    [
        (("-",), Source(), OutputOptions()),
        ((), Source(shapes=("-",)), OutputOptions()),
        ((), Source(), OutputOptions(output="x.json")),
        ((), Source(), OutputOptions(output="-")),
    ],
)
def test_what_cannot_be_done_again_is_refused(
    path: tuple[str, ...], source: Source, output: OutputOptions
) -> None:
    with pytest.raises(click.UsageError, match="--watch"):
        refuse_unwatchable(path, source, output)
    refuse_unwatchable(("mine.ttl",), Source(), OutputOptions())
