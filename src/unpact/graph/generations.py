"""A store on disk whose content changes all at once: each load is a database of its own beside the last one.

    DIR/unpact.json               which generation is current, and what it holds
    DIR/writing                   locked by whoever loads
    DIR/generations/NAME/         an Oxigraph database, never written to again once it is current
    DIR/generations/NAME.reading  locked by whoever reads that generation

`unpact.json` is replaced in one step, so that whoever opens the store finds the old content or the new one,
whatever happens to the process that loads. Readers keep the generation that they opened; one that nobody
reads any more is removed by the next load.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from unpact.errors import StoreError, UsageError
from unpact.graph.locks import Lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_POINTER, _WRITING, _GENERATIONS, _READING = "unpact.json", "writing", "generations", ".reading"
_FORMAT = 1
_OURS = frozenset((_POINTER, _WRITING, _GENERATIONS))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a store holds.

    Args:
        key: a hash over all that the content was made from.
        view: `best` or `article`.
        version: of unpact, which loaded it.
        loaded: when, as an xsd:dateTime.
        triples: of each named graph, by its IRI.
        sources: of each named graph, the file that it came from.
    """

    key: str
    view: str
    version: str
    loaded: str
    triples: dict[str, int] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)


def is_generations(path: Path) -> bool:
    """Whether a directory is a store of this kind."""
    return (path / _POINTER).is_file()


def manifest_of(path: Path) -> Manifest | None:
    """What the store in a directory holds now; None where there is no store yet.

    Raises:
        StoreError: for a file that unpact did not write.
    """
    found = _pointer(path)
    return None if found is None else found[1]


class Reading:
    """The current generation of a store, kept from being removed until this is closed.

    Args:
        path: the directory of the store.

    Raises:
        StoreError: where no generation can be opened.
    """

    def __init__(self, path: Path) -> None:
        for _ in range(100):
            found = _pointer(path)
            if found is None:
                break
            name, self.manifest = found
            self.database = path / _GENERATIONS / name
            self._lock = Lock(path / _GENERATIONS / (name + _READING))
            # a load may have replaced and removed it between the look and the lock
            if self._lock.share() and self.database.is_dir():
                return
            self._lock.release()
        raise StoreError("the store has no content that can be opened", where=str(path), hint=_LOAD)

    def close(self) -> None:
        """Let the generation go."""
        self._lock.release()


@contextmanager
def new_generation(path: Path) -> Iterator[Writing]:
    """A place for the next content of a store; what is in it counts once it is published.

    Without that it is removed on the way out, and the store is as it was.

    Args:
        path: the directory of the store; made if it is not there.

    Raises:
        UsageError: for a directory that holds other things.
        StoreError: where another process is loading, or where nothing can be written.
    """
    try:
        _refuse_others(path)
        (path / _GENERATIONS).mkdir(parents=True, exist_ok=True)
        lock = Lock(path / _WRITING)
        if not lock.take():
            hint = "Wait until it has ended, and try again."
            raise StoreError("another process is loading into this store", where=str(path), hint=hint)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        _remove_unused(path)
        writing = Writing(path)
        try:
            yield writing
        except OSError as error:
            raise _unwritable(path, error) from None
        finally:
            _remove_unused(path)
    finally:
        lock.release()


class Writing:
    """The next generation of a store.

    Args:
        path: the directory of the store.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._name = secrets.token_hex(8)
        #: where the database goes
        self.database = path / _GENERATIONS / self._name

    def publish(self, manifest: Manifest) -> None:
        """Make this the content of the store, in one step; the database has to be closed before."""
        _synced(self.database)
        temporary = self._path / f".{_POINTER}.{self._name}"
        content = {"format": _FORMAT, "generation": self._name, **asdict(manifest)}
        try:
            with temporary.open("w", encoding="utf-8") as stream:
                json.dump(content, stream, indent=1)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(self._path / _POINTER)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _synced(self._path)


_LOAD = "Type: unpact load --store DIR"


def _pointer(path: Path) -> tuple[str, Manifest] | None:
    try:
        content = json.loads((path / _POINTER).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"{_POINTER} cannot be read: {error}", where=str(path), hint=_LOAD) from None
    try:
        if content.pop("format") != _FORMAT:
            hint = "Use that version, or load the store anew."
            raise StoreError("the store was made by another version of unpact", where=str(path), hint=hint)
        return content.pop("generation"), Manifest(**content)
    except (AttributeError, KeyError, TypeError):
        raise StoreError(f"{_POINTER} is not what unpact writes", where=str(path), hint=_LOAD) from None


def _refuse_others(path: Path) -> None:
    """Refuse a directory that is used for something else, since a load removes what it does not know."""
    if path.exists() and not path.is_dir():
        raise UsageError("this is no directory", where=str(path), hint="Name a directory for the store.")
    names = {entry.name for entry in path.iterdir()} if path.is_dir() else set()
    if names and not names & _OURS:
        hint = "Name an empty or a new directory."
        raise UsageError("this directory holds other things", where=str(path), hint=hint)


def _remove_unused(path: Path) -> None:
    """Remove the generations that are neither current nor read by anybody; what a killed load left too."""
    found = _pointer(path)
    current = None if found is None else found[0]
    folder = path / _GENERATIONS
    names = {entry.name.removesuffix(_READING) for entry in folder.iterdir()}
    for name in names - {current}:
        lock = Lock(folder / (name + _READING))
        # what cannot be removed now, as on Windows while it is open, is left to the next load
        with suppress(OSError):
            if lock.take():
                shutil.rmtree(folder / name, ignore_errors=True)
                lock.path.unlink(missing_ok=True)
        lock.release()
    for unfinished in path.glob(f".{_POINTER}.*"):
        unfinished.unlink(missing_ok=True)


def _synced(folder: Path) -> None:
    """Make the names in a directory last, where the system has a way to."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, error: OSError) -> StoreError:
    reason = " ".join((error.strerror or str(error)).split()).lower()
    hint = "The store is as it was. Make room, or check the permissions, and load again."
    return StoreError(f"the store cannot be written: {reason}", where=str(path), hint=hint)
