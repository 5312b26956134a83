"""-o FILE: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from unpact.cli.output import discard_unfinished, opened
from unpact.errors import UsageError

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions and devices")


def test_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    with opened(str(target)) as stream:
        stream.write("a\r\n")
        assert not target.exists()
    assert target.read_bytes() == b"a\r\n"
    assert list(tmp_path.iterdir()) == [target]


def write_and_stop(target: Path) -> None:
    with opened(str(target)) as stream:
        stream.write("new")
        raise KeyboardInterrupt


def test_failure_leaves_the_older_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_and_stop(target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_unfinished_files_can_be_discarded_from_outside(tmp_path: Path) -> None:
    found: list[int] = []
    with pytest.raises(UsageError, match="cannot write"):
        write_and_discard(tmp_path / "answer.csv", found)
    assert found == [1, 0]


def write_and_discard(target: Path, found: list[int]) -> None:
    with opened(str(target)):
        found.append(len(list(target.parent.iterdir())))
        discard_unfinished()
        found.append(len(list(target.parent.iterdir())))


@posix
def test_permissions_of_the_older_file_stay(tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("old")
    target.chmod(0o640)
    with opened(str(target)) as stream:
        stream.write("new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@posix
def test_new_file_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with opened(str(tmp_path / "answer.csv")) as stream:
            stream.write("new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "answer.csv").stat().st_mode) == 0o640


@posix
def test_link_is_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    with opened(str(link)) as stream:
        stream.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_folder_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "answer.csv"
    with pytest.raises(UsageError, match=r"no such file or directory.*-o FILE"), opened(str(path)):
        pass


@posix
def test_device_is_written_directly() -> None:
    with opened("/dev/null") as stream:
        stream.write("nothing")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_disk_is_a_sentence() -> None:
    with pytest.raises(UsageError, match="no space left on device"):
        fill_up()


def fill_up() -> None:
    with opened("/dev/full") as stream:
        stream.write("something")
