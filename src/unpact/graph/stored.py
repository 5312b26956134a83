"""A graph on disk, opened for reading only: a store that `unpact load` made, or any of Oxigraph's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Store

from unpact.errors import StoreError, UsageError
from unpact.graph.generations import Reading, is_generations
from unpact.graph.interface import ByForm, Solutions, Triples
from unpact.graph.memory import MemoryGraph, evaluate
from unpact.graph.outline import outline
from unpact.names import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import BlankNode, DefaultGraph, Variable

    from unpact.graph.generations import Manifest
    from unpact.graph.interface import Row

T = TypeVar("T")

# what each database of this kind has, and no other directory is likely to have
_MARK, _LOCK = "CURRENT", "LOCK"
# the engine raises either for files that it cannot read, or not make sense of
_BROKEN = (OSError, RuntimeError)
_HINT = "Name the directory of a store. To make one, type: unpact load --store DIR"


class StoredGraph(ByForm):
    """A `Graph` over a store on disk, which is not changed.

    Args:
        path: the directory of the store. Of one that unpact loaded, what it holds now is what is asked, even
            if something else is loaded meanwhile.
        default_graph: the graphs whose union a query without FROM is about; where there are none, all.

    Raises:
        UsageError: for a path that is missing, or that is no store.
        StoreError: for a store that another process is writing to, or that cannot be opened.
    """

    def __init__(self, path: Path | str, *, default_graph: Sequence[str] = ()) -> None:
        self.path = Path(path)
        self._reading = Reading(self.path) if is_generations(self.path) else None
        database = self.path if self._reading is None else self._reading.database
        self._whole = MemoryGraph(_opened(database))
        self.default_graph = tuple(default_graph)

    @property
    def name(self) -> str:
        """The path, as the user gave it."""
        return str(self.path)

    @property
    def manifest(self) -> Manifest | None:
        """What unpact loaded into it; None for a store that something else made."""
        return None if self._reading is None else self._reading.manifest

    @property
    def store(self) -> Store:
        """The engine's own store."""
        return self._whole.store

    def __len__(self) -> int:
        return len(self.store)

    def over(self, default_graph: Sequence[str]) -> StoredGraph:
        """The same store, with other graphs for its default graph."""
        other = StoredGraph.__new__(StoredGraph)
        other.path, other._whole, other._reading = self.path, self._whole, self._reading  # noqa: SLF001 - own
        other.default_graph = tuple(default_graph)
        return other

    def query(self, text: str) -> Solutions | bool | Triples:
        """Run any query. Without FROM, the default graph is the union of all graphs, or of those chosen.

        Raises:
            QuerySyntaxError: with the line and column at which the engine stopped.
            UsageError: when brackets are nested deeper than the engine can bear.
            StoreError: when the store cannot be read.
        """
        try:
            whole = not self.default_graph or outline(text).names_dataset
            answer = self._whole.query(text) if whole else self._of_chosen(text)
        except _BROKEN as error:
            raise self._failed(error) from None
        if isinstance(answer, Solutions):
            return Solutions(answer.variables, self._read(answer))
        return answer if isinstance(answer, bool) else Triples(self._read(answer))

    def named_graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted; where a default graph was chosen, of those in it."""
        names = self._whole.named_graphs()
        return tuple(name for name in names if not self.default_graph or name in self.default_graph)

    def _of_chosen(self, text: str) -> Solutions | bool | Triples:
        graphs: list[NamedNode | BlankNode | DefaultGraph] = [
            NamedNode(graph) for graph in self.default_graph
        ]
        # refuses what does not parse, as the engine says it
        evaluate(Store(), text)
        answer = self.store.query(
            text,
            prefixes=PREFIXES,
            default_graph=graphs,
            named_graphs=[NamedNode(graph) for graph in self.default_graph],
        )
        if isinstance(answer, QuerySolutions):
            variables = answer.variables
            return Solutions((variable.value for variable in variables), _rows(answer, variables))
        return bool(answer) if isinstance(answer, QueryBoolean) else Triples(answer)

    def _read(self, items: Iterator[T]) -> Iterator[T]:
        try:
            yield from items
        except _BROKEN as error:
            # a damaged file is met where it is read, not where the store is opened
            raise self._failed(error) from None

    def _failed(self, error: OSError | RuntimeError) -> StoreError:
        return _failure(self.path, error)


def _opened(path: Path) -> Store:
    try:
        if not path.exists():
            raise UsageError("there is no such directory", where=str(path), hint=_HINT)
        if not (path / _MARK).is_file():
            raise UsageError("this is no store", where=str(path), hint=_HINT)
        _refuse_locked(path)
        return Store.read_only(str(path))
    except _BROKEN as error:
        raise _failure(path, error) from None


def _refuse_locked(path: Path) -> None:
    """Refuse a store that another process has open for writing: reading beside it is undefined.

    The engine's lock is one of POSIX, which the process that holds it cannot see; a store that this process
    itself writes to is not noticed.
    """
    try:
        import fcntl
    except ModuleNotFoundError:
        # Windows does not let the engine open a file that is locked
        return
    lock = path / _LOCK
    if not lock.exists():
        return
    with lock.open("rb") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            message = "another process has this store open for writing"
            hint = "Wait until it has ended, or check a copy of the store."
            raise StoreError(message, where=str(path), hint=hint) from None


def _failure(path: Path, error: OSError | RuntimeError) -> StoreError:
    reason = " ".join((getattr(error, "strerror", None) or str(error)).split())
    return StoreError(
        f"the store cannot be read: {reason}",
        where=str(path),
        hint="Make sure that you may read all files in it, or load it again.",
    )


def _rows(answer: QuerySolutions, variables: list[Variable]) -> Iterator[Row]:
    for solution in answer:
        yield tuple(solution[variable] for variable in variables)
