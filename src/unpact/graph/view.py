"""Views: the graphs that questions are asked of, built from the files with all that follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import pyoxigraph
from pyoxigraph import NamedNode

from unpact.corpus.files import content_hash
from unpact.errors import UsageError
from unpact.graph import cache as disk
from unpact.graph.memory import MemoryGraph
from unpact.names import INFERRED_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad, Triple

    from unpact.corpus import Corpus, CorpusFile
    from unpact.graph.closure import Inference
    from unpact.graph.contradictions import Contradictions
    from unpact.graph.derivations import Derivations, Ways

_INFERRED = NamedNode(INFERRED_GRAPH)

View: TypeAlias = Literal["best", "article"]

# what `load_ahead` has begun to load, by the root of the corpus and the view, until `build_view` takes it
_ahead: dict[tuple[Path, str], MemoryGraph] = {}


def view_files(
    corpus: Corpus, view: str = "best", extra: Sequence[CorpusFile] = (), *, only_extra: bool = False
) -> list[CorpusFile]:
    """The files that a view is built from, rules left out.

    Args:
        corpus: the ontology and the bundled facts.
        view: `article` for what the article states, `best` for the article and the record.
        extra: the user's own files.
        only_extra: leave out the bundled facts; the ontology stays.

    Raises:
        UsageError: for an unknown view.
    """
    if view not in get_args(View):
        raise UsageError(f"there is no view {view!r}", hint=f"Choose one of {', '.join(get_args(View))}.")
    data = [] if only_extra else corpus.data_files("article" if view == "article" else None)
    return [*corpus.ontology_files(), *data, *extra]


def build_view(
    corpus: Corpus,
    view: str = "best",
    extra: Sequence[CorpusFile] = (),
    *,
    only_extra: bool = False,
    cache: bool = True,
) -> MemoryGraph:
    """The graph of a view: every file a named graph, and what follows from them in `.../graph/inferred`.

    Where the record corrects the article, the corrected triples of the article are left out.

    Args:
        corpus: the ontology, its rules and the bundled facts.
        view: `article` or `best`.
        extra: the user's own files.
        only_extra: leave out the bundled facts; the ontology stays.
        cache: keep the result on disk, and take it from there when no file has changed.

    Raises:
        DataSyntaxError: for a file that is not RDF, or an ill-typed literal.
        UsageError: for an unknown view or a file that cannot be read.
    """
    if (
        cache
        and not extra
        and not only_extra
        and (begun := _ahead.pop((corpus.root, view), None)) is not None
    ):
        return begun
    # read once: what is hashed is what is parsed, whoever writes to the files meanwhile
    files = [file.snapshot() for file in view_files(corpus, view, extra, only_extra=only_extra)]
    rules = [file.snapshot() for file in corpus.rule_files()]
    return build_files(view, files, rules, cache=cache)


def build_files(
    view: str, files: Sequence[CorpusFile], rules: Sequence[CorpusFile], *, cache: bool = True
) -> MemoryGraph:
    """The graph of a view whose files are at hand, with their contents; see `build_view`.

    Raises:
        DataSyntaxError: for a file that is not RDF, or an ill-typed literal.
    """
    if not cache:
        return _build(files, rules)[0]
    key = view_key(view, [*files, *rules])
    graph = _from_disk(key)
    return _contradicted(key, files, rules)[0] if graph is None else graph


def build_contradicted(
    view: str, files: Sequence[CorpusFile], rules: Sequence[CorpusFile], *, cache: bool = True
) -> tuple[MemoryGraph, Contradictions]:
    """The graph of a view, and where it contradicts itself; arguments and errors as for `build_files`."""
    if not cache:
        return _contradicted(None, files, rules)
    key = view_key(view, [*files, *rules])
    found = kept_contradictions(key)
    graph = None if found is None else _from_disk(key)
    return _contradicted(key, files, rules) if found is None or graph is None else (graph, found)


def _contradicted(
    key: str | None, files: Sequence[CorpusFile], rules: Sequence[CorpusFile]
) -> tuple[MemoryGraph, Contradictions]:
    """Build a view, and keep it under `key`, if it has one."""
    from unpact.graph.contradictions import Contradictions

    graph, inference = _build(files, rules)
    found = Contradictions.of(inference)
    # as large as the graph
    del inference
    if key is not None:
        # with every view, so that nothing has to be inferred again for them
        disk.save(key, found.dumped(), disk.CONTRADICTIONS)
        _keep(key, graph)
    return graph, found


def kept_contradictions(key: str) -> Contradictions | None:
    """Where a view that was built before contradicts itself, by its `view_key`; None if that is not kept."""
    content = disk.load(key, disk.CONTRADICTIONS)
    if content is None:
        return None
    from unpact.graph.contradictions import Contradictions

    return Contradictions.read(disk.body(content))


def build_explained(
    corpus: Corpus,
    view: str = "best",
    extra: Sequence[CorpusFile] = (),
    *,
    only_extra: bool = False,
    cache: bool = True,
    ways: Callable[[MemoryGraph, str], Ways],
) -> tuple[MemoryGraph, Derivations]:
    """The graph of a view, and how each inferred triple in it was reached.

    How it was reached is kept on disk when it is asked for, not whenever a view is built.

    Args:
        corpus: the ontology, its rules and the bundled facts.
        view: as the other arguments, as for `build_view`.
        extra: likewise.
        only_extra: likewise.
        cache: likewise.
        ways: from the graph and the text of a rule to what the rule makes, with what that rests on.
    """
    from unpact.graph.derivations import Derivations

    files = [file.snapshot() for file in view_files(corpus, view, extra, only_extra=only_extra)]
    rules = [file.snapshot() for file in corpus.rule_files()]
    if not cache:
        return _reached(files, rules, ways)
    key = view_key(view, [*files, *rules])
    begun = None if extra or only_extra else _ahead.pop((corpus.root, view), None)
    graph_kept = _from_disk(key) if begun is None else begun
    steps = disk.load(key, disk.DERIVATIONS)
    # blank nodes have the same names in the two only when they were kept by one run
    if graph_kept is not None and steps is not None:
        return graph_kept, Derivations.read(disk.body(steps))
    graph, reached = _reached(files, rules, ways)
    disk.save(key, reached.dumped(), disk.DERIVATIONS)
    _keep(key, graph)
    return graph, reached


def _reached(
    files: Sequence[CorpusFile], rules: Sequence[CorpusFile], ways: Callable[[MemoryGraph, str], Ways]
) -> tuple[MemoryGraph, Derivations]:
    graph, inference = _build(files, rules)
    return graph, completed(graph, inference, rules, ways)


def completed(
    graph: MemoryGraph,
    inference: Inference,
    rules: Sequence[CorpusFile],
    ways: Callable[[MemoryGraph, str], Ways],
) -> Derivations:
    """How what an inference gave was reached, with the premises of what the rules of the corpus gave."""
    from unpact.graph.derivations import Derivations

    made = {file.relative: ways(graph, file.read().decode("utf-8")) for file in rules}
    return Derivations.of(inference).completed(made)


def build_asserted(
    corpus: Corpus, view: str = "best", extra: Sequence[CorpusFile] = (), *, only_extra: bool = False
) -> MemoryGraph:
    """The graph of a view without anything inferred; arguments and errors as for `build_view`."""
    return asserted(view_files(corpus, view, extra, only_extra=only_extra))[0]


def load_ahead(corpus: Corpus, view: str = "best") -> None:
    """Begin to load a view that is on disk, for the `build_view` to come; does nothing where it is not there.

    A command that calls this before it imports what it needs has the graph by the time it asks for it.
    """
    files = [*view_files(corpus, view), *corpus.rule_files()]
    graph = _from_disk(view_key(view, files))
    if graph is not None:
        _ahead[corpus.root, view] = graph


def _from_disk(key: str) -> MemoryGraph | None:
    quads = disk.load(key)
    if quads is None:
        return None
    from unpact.graph.loading import Loading

    return MemoryGraph(Loading(quads))


def _build(files: Sequence[CorpusFile], rules: Sequence[CorpusFile]) -> tuple[MemoryGraph, Inference]:
    # a run that finds the view on disk parses and infers nothing
    from unpact.graph.closure import infer

    graph, quads = asserted(files)
    return graph, infer(graph, rules, [quad.triple for quad in quads])


def inferred(graph: MemoryGraph) -> frozenset[Triple]:
    """What follows in a view and is not stated."""
    found = graph.store.quads_for_pattern(None, None, None, _INFERRED)
    return frozenset(quad.triple for quad in found)


def asserted(files: Sequence[CorpusFile]) -> tuple[MemoryGraph, list[Quad]]:
    """The files in a graph, and their quads in the order of the files."""
    from unpact.corpus.syntax import read_quads
    from unpact.graph.corrections import leave_out_corrected

    graph = MemoryGraph()
    quads = [quad for file in files for quad in read_quads(file)]
    graph.store.extend(quads)
    # before anything is inferred, so that nothing follows from what is wrong
    left_out = leave_out_corrected(graph)
    return graph, [quad for quad in quads if quad not in left_out]


def view_key(view: str, files: Sequence[CorpusFile]) -> str:
    """What a view is kept under: a hash over all that it is built from.

    Args:
        view: `article` or `best`.
        files: of the view, with the rules.

    Raises:
        UsageError: for a file that cannot be read.
    """
    from unpact.graph.corrections import query_text

    return key_of(view, query_text(), content_hash(files))


def key_of(*parts: str) -> str:
    """A hash over some texts and over what made them: the key of what is kept on disk."""
    from hashlib import sha256

    from unpact import __version__

    made_by = (str(disk.FORMAT), __version__, pyoxigraph.__version__)
    return sha256("\n".join((*made_by, *parts)).encode()).hexdigest()


def _keep(key: str, graph: MemoryGraph) -> None:
    from unpact.graph.loading import dumped

    disk.save(key, dumped(graph.store))
