"""Lines that are each kept once, however many there are."""

from __future__ import annotations

from array import array
from collections import Counter
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from unpact.load.remote.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.load.remote.shares import Written

_STEP = 2**19
_IN_MEMORY = 2**22
# numbers that are in one set at a time: 70 bytes each
_AT_ONCE = 2**22


class DistinctLines:
    """Takes lines, and gives each of them once when there are no more.

    Lines are told apart by the numbers of 64 bits that Python makes of them: where no two numbers are equal
    no two lines are. Lines whose numbers are equal, which are few, are compared by their hashes.
    """

    def __init__(self) -> None:
        self._spools = [Spool(_IN_MEMORY)]
        self._numbers = array("q")
        self._hashes: int | None = None
        self.number = 0

    @property
    def size(self) -> int:
        """Bytes of all lines."""
        return sum(spool.size for spool in self._spools)

    def add(self, text: bytes) -> None:
        """Take whole lines.

        Raises:
            StoreError: where the disk has no room for them.
        """
        self._spools[-1].write(text)
        self._numbers.extend(map(hash, text.splitlines()))

    def add_written(self, written: Written) -> None:
        """Take whole lines that another process has written."""
        spool = Spool.of(written.lines)
        self._spools.append(spool)
        with written.numbers as numbers:
            numbers.seek(0)
            self._numbers.frombytes(numbers.read())

    def end(self) -> None:
        """There are no more lines: leave out those that were there before.

        Raises:
            StoreError: where the disk has no room for the others.
        """
        suspected = _seen_twice(self._numbers)
        self.number = len(self._numbers)
        if suspected:
            self._leave_out(suspected)
        del self._numbers

    def parts(self) -> Iterator[bytes]:
        """The lines, some thousand at a time. Several readers may be under way at once."""
        known, hashes = self._hashes is not None, 0
        for part in self._written():
            if not known:
                hashes += sum([hash_of(line) for line in part.splitlines()])
            yield part
        self._hashes = self._hashes if known else hashes

    @property
    def hashes(self) -> int:
        """The sum of the hashes of all lines: the same in every order. It is known when somebody has read all
        parts.
        """
        if self._hashes is None:
            for _ in self.parts():
                pass
        return self._hashes or 0

    def close(self) -> None:
        """Let go of the lines."""
        for spool in self._spools:
            spool.close()

    def _leave_out(self, suspected: set[int]) -> None:
        numbers, seen = iter(self._numbers), set()
        once = Spool(_IN_MEMORY)
        for part in self._written():
            kept = []
            for line in part.splitlines(keepends=True):
                if next(numbers) in suspected:
                    found = sha256(line).digest()
                    if found in seen:
                        continue
                    seen.add(found)
                kept.append(line)
            once.write(b"".join(kept))
            self.number -= part.count(b"\n") - len(kept)
        self.close()
        self._spools = [once]

    def _written(self) -> Iterator[bytes]:
        return chain.from_iterable(spool.lines(_STEP) for spool in self._spools)


def hash_of(line: bytes) -> int:
    """The SHA-256 of a line, as a number."""
    return int.from_bytes(sha256(line).digest())


def _seen_twice(numbers: array[int]) -> set[int]:
    twice: set[int] = set()
    shares = len(numbers) // _AT_ONCE + 1
    for share in range(shares):
        some = [each for each in numbers if each % shares == share]
        if len(set(some)) < len(some):
            twice.update(each for each, times in Counter(some).items() if times > 1)
    return twice
