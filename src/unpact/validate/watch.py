"""Tells when files change, by looking at them again and again: the same on every system and every disk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from unpact.corpus import user_files
from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from os import stat_result

    from unpact.corpus import Corpus

INTERVAL = 0.5
"""Seconds from one look to the next."""
SETTLING = 0.1
"""Seconds in which nothing may change before a save counts as done."""
# whoever writes without a pause is not waited for
_PATIENCE = 50
_SHOWN = 3


class Stamp(NamedTuple):
    """By what a file is seen to have changed; an editor that replaces it changes the inode at least.

    Args:
        modified: in nanoseconds.
        size: in bytes.
        inode: its number in the file system.
    """

    modified: int
    size: int
    inode: int


Snapshot = dict[Path, Stamp]


class Change(NamedTuple):
    """What has changed from one snapshot to the next; nothing in the first, which is the beginning.

    Args:
        changed: files with another content.
        appeared: files that were not there before.
        gone: files that are there no more.
        watched: the number of files that are there now.
    """

    changed: tuple[Path, ...] = ()
    appeared: tuple[Path, ...] = ()
    gone: tuple[Path, ...] = ()
    watched: int = 0

    def __str__(self) -> str:
        files = [
            *(f"{_shown(path)} changed" for path in self.changed),
            *(f"{_shown(path)} appeared" for path in self.appeared),
            *(f"{_shown(path)} is gone" for path in self.gone),
        ]
        if not files:
            return f"watching {self.watched:,} file{'' if self.watched == 1 else 's'}"
        more = [f"and {len(files) - _SHOWN:,} more"] if len(files) > _SHOWN else []
        return ", ".join([*files[:_SHOWN], *more])


def changes(
    look: Callable[[], Snapshot],
    *,
    sleep: Callable[[float], None] = time.sleep,
    interval: float = INTERVAL,
    settling: float = SETTLING,
) -> Iterator[Change]:
    """One change after another, without end, and an empty one first.

    What changes while the last change is being dealt with is the next one. A save in several steps is one
    change, and a file that is as it was after it is none.

    Args:
        look: takes a snapshot.
        sleep: waits for so many seconds.
        interval: from one look to the next.
        settling: how long nothing may change before a save counts as done.
    """
    known = look()
    yield Change(watched=len(known))
    while True:
        sleep(interval)
        now = look()
        if now == known:
            continue
        for _ in range(_PATIENCE):
            sleep(settling)
            later = look()
            if later == now:
                break
            now = later
        if now != known:
            change = difference(known, now)
            known = now
            yield change


def difference(before: Snapshot, after: Snapshot) -> Change:
    """What has changed from one snapshot to another."""
    return Change(
        tuple(path for path, stamp in after.items() if path in before and before[path] != stamp),
        tuple(path for path in after if path not in before),
        tuple(path for path in before if path not in after),
        len(after),
    )


def snapshot(paths: Iterable[Path], *, stat: Callable[[Path], stat_result] = Path.stat) -> Snapshot:
    """The stamps of the files that are there; one that cannot be looked at counts as not there."""
    found = {}
    for path in paths:
        try:
            status = stat(path)
        except OSError:
            continue
        found[path] = Stamp(status.st_mtime_ns, status.st_size, status.st_ino)
    return found


def watched_files(
    corpus: Corpus,
    paths: Iterable[str | Path] = (),
    *,
    shapes: Iterable[str | Path] = (),
    alone: bool = False,
) -> list[Path]:
    """The files that a validation depends on, as far as they are there now.

    Args:
        corpus: the bundled tree.
        paths: the user's files, directories and patterns.
        shapes: the user's own shapes, named in the same way.
        alone: whether the bundled facts, and with the user's own shapes the ontology too, are left out.
    """
    own, own_shapes = list(paths), list(shapes)
    found = [*_named(own), *_named(own_shapes)]
    tree = [] if own_shapes else corpus.shape_files()
    if not (alone and own_shapes):
        tree += [*corpus.ontology_files(), *corpus.rule_files()]
    if not alone:
        tree += corpus.data_files()
    return list(dict.fromkeys([*found, *(file.path for file in tree)]))


def _named(paths: Iterable[str | Path]) -> Iterator[Path]:
    for each in paths:
        try:
            yield from [file.path for file in user_files([each])]
        except UsageError:
            # it may come back, and the validation says what is wrong with it now
            continue


def _shown(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
