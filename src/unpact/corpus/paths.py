"""The files that a user means by paths: files, folders, patterns, or the standard input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from unpact.corpus.files import unreadable
from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STDIN = "-"


def _any(path: Path) -> Path:
    return path


class Paths:
    """How the paths of one kind of file are read.

    Args:
        fits: whether a file that lies in a folder is one of the kind.
        empty: the error for a folder that holds none.
        named: given each file that is named itself, or by a pattern; raises UsageError for one that will not
            do.
    """

    def __init__(
        self,
        fits: Callable[[Path], bool],
        empty: Callable[[Path], UsageError],
        named: Callable[[Path], Path] = _any,
    ) -> None:
        self._fits = fits
        self._empty = empty
        self._named = named

    def expand(self, names: Iterable[str | Path]) -> Iterator[Path]:
        """The files, each once, in the order given; those of a folder or a pattern are sorted.

        Args:
            names: files; folders, searched all the way down but for what is hidden; patterns such as
                `facts/*.ttl`, for shells that leave them alone; `-` for the standard input.

        Raises:
            UsageError: for a path that is not there or cannot be read, a pattern that fits no file, a folder
                without such files, or a second `-`.
        """
        seen: set[Path] = set()
        for name in map(str, names):
            for path in self._of_name(name):
                key = path if name == STDIN else path.resolve()
                if key not in seen:
                    seen.add(key)
                    yield path
                elif name == STDIN:
                    raise UsageError("the standard input can be read only once", where=STDIN)

    def _of_name(self, name: str) -> list[Path]:
        if not name:
            raise UsageError("an empty path names no file")
        path = Path(name)
        if name == STDIN:
            return [path]
        try:
            if path.is_dir():
                return self._in_folder(path)
            if path.exists():
                return [self._named(path)]
        except OSError as error:
            raise unreadable(path, error) from None
        if any(character in name for character in "*?["):
            return self._of_pattern(path)
        raise unreadable(path, FileNotFoundError())

    def _in_folder(self, folder: Path) -> list[Path]:
        # rglob is silent about a folder that may not be read, so it is listed first
        next(folder.iterdir(), None)
        files = (file for file in folder.rglob("*") if not _hidden(file.relative_to(folder)))
        found = sorted(file for file in files if self._fits(file) and file.is_file())
        if not found:
            raise self._empty(folder)
        return found

    def _of_pattern(self, pattern: Path) -> list[Path]:
        anchor = Path(pattern.anchor)
        matches = sorted(anchor.glob(pattern.relative_to(anchor).as_posix()))
        files = [path for path in matches if path.is_file()]
        if not files:
            raise UsageError("no file fits this pattern", where=str(pattern), hint="Check the pattern.")
        return [self._named(path) for path in files]


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)
