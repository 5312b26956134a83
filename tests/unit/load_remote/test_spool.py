from __future__ import annotations

import tempfile
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.errors import StoreError
from unpact.load.remote.spool import Spool

LINES = st.lists(st.binary(max_size=8).map(lambda line: line.replace(b"\n", b"") + b"\n"), max_size=20)


@pytest.mark.slow
@given(LINES, st.integers(1, 40), st.integers(1, 12))
def test_what_was_written_is_read_in_whole_lines(lines: list[bytes], most: int, step: int) -> None:
    spool = Spool(most)
    for line in lines:
        spool.write(line)
    parts = list(spool.lines(step))
    assert b"".join(parts) == b"".join(lines)
    assert all(part.endswith(b"\n") for part in parts)
    longest = max(map(len, lines), default=0)
    assert all(len(part) <= max(step, 2 * longest) for part in parts)
    assert spool.size == sum(map(len, lines))
    spool.close()


@pytest.mark.parametrize("most", [1_000, 10])
def test_several_may_read_while_more_is_written(most: int) -> None:
    spool = Spool(most)
    for number in range(10):
        spool.write(b"%d\n" % number)
    pairs = list(zip_longest(spool.lines(4), spool.lines(4)))
    assert all(one == other for one, other in pairs)
    reader = spool.lines(2)
    assert next(reader) == b"0\n"
    spool.write(b"10\n")
    assert b"".join(reader).endswith(b"9\n10\n")
    spool.close()


def test_a_full_disk_is_said_with_the_directory_and_what_to_do() -> None:
    resource = pytest.importorskip("resource", reason="this system has no limit for the size of a file")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    spool = Spool(10)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        spool.write(b"x" * 4_000)
        with pytest.raises(StoreError, match="cannot keep what is loaded: file too large") as raised:
            spool.write(b"x" * 4_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        spool.close()
    assert str(raised.value).startswith(tempfile.gettempdir())
    assert "TMPDIR" in str(raised.value)
    assert raised.value.exit_code == 3
