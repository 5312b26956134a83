"""The triples that shapes see: the facts and the inferred types of what they name.

Other inferred triples, and nodes that rules made, stay out: a shape speaks of what somebody wrote.
"""

from __future__ import annotations

from functools import cache as cache_once
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Quad, Store, Triple

from unpact.corpus import content_hash
from unpact.errors import DataSyntaxError
from unpact.graph import cache as disk
from unpact.graph.contradictions import Contradictions
from unpact.graph.corrections import corrected
from unpact.graph.memory import MemoryGraph
from unpact.graph.view import build_contradicted, kept_contradictions, view_files, view_key
from unpact.names import INFERRED_GRAPH, RDF
from unpact.shacl.engine import Data
from unpact.shacl.folding import Folds, folds_of
from unpact.validate.loading import is_plain, load_files, plain_triples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from unpact.corpus import Corpus, CorpusFile
    from unpact.finding import Finding

_INFERRED, _TYPE = NamedNode(INFERRED_GRAPH), NamedNode(RDF + "type")


class Checked(NamedTuple):
    """What is validated.

    Args:
        data: the triples that shapes see.
        files: that they come from.
        store: gives the same triples, each in the graph of its file; needed when something is wrong.
        key: under which what follows from all this may be kept; None where nothing may.
        lines: gives the same triples as lines of N-Quads, in any order.
        contradictions: gives those of the ontology and the facts; none of files that are checked as they are.
        rules: of the corpus, by which some triples were inferred.
        ill_typed: a finding for each literal that its datatype does not allow.
    """

    data: Data
    files: list[CorpusFile]
    store: Callable[[], Store]
    key: str | None
    lines: Callable[[], bytes]
    contradictions: Callable[[], Contradictions] = Contradictions
    rules: Sequence[CorpusFile] = ()
    ill_typed: Sequence[Finding] = ()


def checked_with_context(
    corpus: Corpus, extra: Sequence[CorpusFile], *, alone: bool = False, cache: bool = True
) -> Checked:
    """The bundled facts, with the user's files, and what follows of types.

    Args:
        corpus: the ontology, its rules and the bundled facts.
        extra: the user's own files.
        alone: leave out the bundled facts; the ontology stays.
        cache: take the triples from disk when no file has changed.

    Raises:
        DataSyntaxError: for a file that is not RDF, or an ill-typed literal.
        UsageError: for a file that cannot be read.
    """
    files = [file.snapshot() for file in view_files(corpus, "best", extra, only_extra=alone)]
    return checked_files(files, [file.snapshot() for file in corpus.rule_files()], cache=cache)


def checked_files(files: Sequence[CorpusFile], rules: Sequence[CorpusFile], *, cache: bool = True) -> Checked:
    """What shapes see of files that are at hand, with their contents; see `checked_with_context`.

    Raises:
        DataSyntaxError: for a file that is not RDF, or an ill-typed literal.
    """
    key = _key(files, rules)
    used = tuple(rules)

    @cache_once
    def built() -> tuple[MemoryGraph, Contradictions]:
        return build_contradicted("best", files, rules, cache=cache)

    def view() -> MemoryGraph:
        return built()[0]

    def contradictions() -> Contradictions:
        found = kept_contradictions(view_key("best", [*files, *rules])) if cache else None
        return built()[1] if found is None else found

    def written() -> Iterator[Triple]:
        return _as_written(files, view())

    kept = disk.load(key) if cache else None
    if kept is not None:
        from unpact.graph.loading import Loading

        data = Data(MemoryGraph(Loading(kept)), written)
        return Checked(data, list(files), lambda: view().store, key, lambda: kept, contradictions, used)
    graph = view()
    triples = list(dict.fromkeys(checked_triples(graph)))
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    folds = folds_of(written())
    lines = cache_once(lambda: _lines(store))
    if cache and folds == Folds():
        disk.save(key, lines())
    data = Data(MemoryGraph(store), written, folds=folds)
    key_kept = key if cache else None
    return Checked(data, list(files), lambda: graph.store, key_kept, lines, contradictions, used)


def lines_of(files: Sequence[CorpusFile], rules: Sequence[CorpusFile]) -> bytes | None:
    """The lines of `checked_files`; None where some literal is written otherwise than the lines have it, and
    where the files cannot be read as RDF.
    """
    kept = disk.load(_key(files, rules))
    if kept is not None:
        return kept
    try:
        checked = checked_files(files, rules)
    except DataSyntaxError:
        return None
    return checked.lines() if checked.data.folds == Folds() else None


def checked_alone(files: Sequence[CorpusFile], *, cache: bool = True) -> Checked:
    """Files as they are, without the ontology and without inference.

    Ill-typed literals stay, since SHACL has an opinion on them, and are reported as well.

    Args:
        files: of the user.
        cache: whether what follows from the files may be kept on disk.

    Raises:
        DataSyntaxError: for a file that is not RDF.
        UsageError: for a file that cannot be read.
    """
    from unpact.validate.syntax import ill_typed_findings

    files = [file.snapshot() for file in files]
    store, seen, triples = load_files(files)
    wrong = [
        each for file, quads in zip(files, seen, strict=True) for each in ill_typed_findings(file, quads)
    ]
    folds = folds_of(plain_triples(quad.triple for quads in seen for quad in quads))
    # a triple that stands in two files is two quads
    data = Data(MemoryGraph(store), triples, flat=len(files) == 1, folds=folds)
    key = content_hash(files) + "-alone" if cache else None
    return Checked(data, files, lambda: store, key, lambda: _lines(store), ill_typed=wrong)


def checked_triples(graph: MemoryGraph) -> Iterator[Triple]:
    """The triples of a view that shapes see."""
    named = set()
    types = []
    for quad in graph.store:
        if quad.graph_name == _INFERRED:
            if quad.predicate == _TYPE:
                types.append(quad.triple)
        elif is_plain(quad):
            named |= {quad.subject, quad.object}
            yield quad.triple
    yield from (triple for triple in types if triple.subject in named)


def _as_written(files: Iterable[CorpusFile], graph: MemoryGraph) -> Iterator[Triple]:
    """The same triples with their literals as the files have them."""
    from unpact.corpus.syntax import read_quads

    quads = [quad for file in files for quad in read_quads(file)]
    store = Store()
    store.extend(quads)
    left_out = corrected(MemoryGraph(store))
    yield from plain_triples(quad.triple for quad in quads if quad not in left_out)
    inferred = graph.store.quads_for_pattern(None, _TYPE, None, _INFERRED)
    known = {
        term for quad in graph.store if quad.graph_name != _INFERRED for term in (quad.subject, quad.object)
    }
    yield from (quad.triple for quad in inferred if quad.subject in known)


def _key(files: Sequence[CorpusFile], rules: Sequence[CorpusFile]) -> str:
    return view_key("best", [*files, *rules]) + "-checked"


def _lines(store: Store) -> bytes:
    from unpact.graph.loading import dumped

    return dumped(store)
