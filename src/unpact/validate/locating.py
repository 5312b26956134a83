"""In which file, and where in it, the thing stands that a result of a check speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from unpact.finding import Place
from unpact.names import INFERRED_GRAPH, RDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pyoxigraph import Store

    from unpact.corpus import CorpusFile
    from unpact.finding import Term
    from unpact.turtle.places import Places

_INFERRED = NamedNode(INFERRED_GRAPH)
_TYPE = NamedNode(RDF + "type")
_QUADS = (".trig", ".nq", ".jsonld")
_Pattern = tuple[NamedNode | BlankNode | None, NamedNode | None, "Term | None"]


class Locator:
    """Finds places in the files of a graph; a file is read again only when something in it is wrong.

    Args:
        store: gives the data, each file a named graph, once something is to be found.
        files: the files; the user's own come last, and theirs is the mistake when a triple is in several.
    """

    def __init__(self, store: Callable[[], Store], files: Sequence[CorpusFile]) -> None:
        self._store = store
        self._files: dict[object, tuple[int, CorpusFile]] = {
            NamedNode(file.graph_iri): (rank, file) for rank, file in enumerate(files)
        }
        self._own = {file.relative for file in files if file.layer == "user"}
        # a file of quads names graphs of its own
        self._of_quads = [each for each in self._files.values() if each[1].suffix in _QUADS][-1:]
        self._places: dict[str, Places] = {}

    def place(self, focus: Term | None, path: Term | None, value: Term | None) -> Place | None:
        """Where the wrong triple is written; or else its property, its subject, or a triple that names it.

        A bundled fact is right by itself: where a file of the user's own names the thing, that is where the
        mistake is.
        """
        found = self._place(focus, path, value)
        if found is None or not self._own or found.file in self._own or focus is None:
            return found
        triple, file = self._written((None, None, focus))
        if triple is None or file is None or file.relative not in self._own:
            return found
        return self._in_file(file, triple)

    def about(self, node: Term | None) -> Iterator[tuple[int, Triple]]:
        """The triples that files have of a node, each with the number of its file."""
        if not isinstance(node, NamedNode | BlankNode):
            return
        for pattern in ((node, None, None), (None, None, node)):
            for triple, rank, _ in self._of_files(pattern):
                yield rank, triple

    def exact(self, triple: Triple) -> Place | None:
        """Where a triple is written, in the last file that has it; None for one that nobody wrote."""
        if isinstance(triple.subject, Triple):
            return None
        found, file = self._written((triple.subject, triple.predicate, triple.object))
        return None if found is None or file is None else self._in_file(file, found)

    def store(self) -> Store:
        """The data."""
        return self._store()

    def rank(self, triple: Triple) -> int:
        """The number of the last file that has a triple, the user's own coming last; -1 where none has it."""
        pattern = (triple.subject, triple.predicate, triple.object)
        return max((rank for _, rank, _ in self._of_files(pattern)), default=-1)  # type: ignore[arg-type]  # as in `exact`

    def _place(self, focus: Term | None, path: Term | None, value: Term | None) -> Place | None:
        if not isinstance(focus, NamedNode | BlankNode):
            return self._as_object(focus) if focus is not None else None
        used = path if isinstance(path, NamedNode) else None
        patterns: list[_Pattern] = [(focus, used, value), (focus, used, None), (focus, None, None)]
        if used is None and isinstance(value, NamedNode | BlankNode):
            # the value of an inverse path is the subject of the triple
            patterns.insert(0, (value, None, focus))
        for pattern in patterns:
            triple, file = self._written(pattern)
            if triple is not None and file is not None:
                # a subject as a whole is where it begins
                whole = pattern == (focus, None, None)
                return self._in_file(file, triple, whole=whole, exact=pattern[2] is not None)
        return self._as_object(focus)

    def _as_object(self, node: Term) -> Place | None:
        triple, file = self._written((None, None, node))
        return None if triple is None or file is None else self._in_file(file, triple)

    def _in_file(self, file: CorpusFile, triple: Triple, *, whole: bool = False, exact: bool = True) -> Place:
        # the tree of Turtle takes a while to import, and most data has nothing wrong
        from unpact.turtle.places import places_of

        if file.graph_iri not in self._places:
            self._places[file.graph_iri] = places_of(file)
        places = self._places[file.graph_iri]
        if whole:
            found = places.of(triple.subject)
        else:
            found = places.of(triple.subject, triple.predicate, triple.object if exact else None)
        return found or Place(file.relative)

    def _written(self, pattern: _Pattern) -> tuple[Triple, CorpusFile] | tuple[None, None]:
        """A triple that fits the pattern, with its file: one of the user's own, or of the file that says what
        the subject is, or of the last file.
        """
        found = list(self._of_files(pattern))
        if not found:
            return None, None
        triple, _, file = max(
            found,
            key=lambda each: (
                each[2].layer == "user",
                pattern[1:] == (None, None) and each[0].predicate == _TYPE,
                each[1],
                str(each[0]),
            ),
        )
        return triple, file

    def _of_files(self, pattern: _Pattern) -> Iterator[tuple[Triple, int, CorpusFile]]:
        for quad in self._store().quads_for_pattern(*pattern, None):
            if quad.graph_name == _INFERRED:
                continue
            known = self._files.get(quad.graph_name)
            for rank, file in self._of_quads if known is None else (known,):
                yield quad.triple, rank, file
