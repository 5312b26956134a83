from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.load.remote import distinct_lines
from unpact.load.remote.distinct_lines import DistinctLines, hash_of

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = st.lists(st.sampled_from([b"a", b"b", b"c", b"dd", b"ee", b"fff"]), max_size=30)
PARTS = st.lists(LINES, max_size=4)


def kept(parts: list[list[bytes]]) -> DistinctLines:
    lines = DistinctLines()
    for part in parts:
        lines.add(b"".join(line + b"\n" for line in part))
    lines.end()
    return lines


@pytest.mark.slow
@pytest.mark.parametrize("number_of", [hash, len, lambda _: 0], ids=["usual", "often equal", "always equal"])
@pytest.mark.parametrize("at_once", [2**22, 3])
@given(parts=PARTS)
def test_each_line_is_given_once_whatever_the_numbers_are(
    number_of: Callable[[bytes], int], at_once: int, parts: list[list[bytes]]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(distinct_lines, "hash", number_of, raising=False)
        patched.setattr(distinct_lines, "_AT_ONCE", at_once)
        patched.setattr(distinct_lines, "_STEP", 5)
        lines = kept(parts)
        expected = list(dict.fromkeys(line for part in parts for line in part))
        assert b"".join(lines.parts()).split() == expected
        assert lines.number == len(expected)
        assert lines.size == sum(map(len, expected)) + len(expected)


@pytest.mark.slow
@given(LINES)
def test_the_sum_of_the_hashes_is_the_same_in_every_order(
    lines: list[bytes],
) -> None:
    others = lines.copy()
    random.Random(1).shuffle(others)  # noqa: S311 - no secret
    one, other = kept([lines]), kept([others, lines])
    assert one.hashes == other.hashes == sum(map(hash_of, set(lines)))


def test_whoever_stops_reading_leaves_no_half_a_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distinct_lines, "_STEP", 2)
    lines = kept([[b"a", b"b", b"c"]])
    reader = lines.parts()
    next(reader)
    reader.close()  # type: ignore[attr-defined]
    assert lines.hashes == sum(map(hash_of, (b"a", b"b", b"c")))
