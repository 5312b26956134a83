"""SHACL over data that stays where it is: in a store on disk, or behind a SPARQL service.

Each constraint is a query that the store answers itself. Nothing is inferred, and no finding has a line: its
place is the store. Only a shape that no query can ask needs a copy of the data, which is made in memory.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, Store, Triple

from unpact.corpus import user_files
from unpact.errors import ShapesError, StoreError, UsageError
from unpact.finding import Place, Severity
from unpact.graph.copied import MOST_TRIPLES
from unpact.names import INFERRED_GRAPH, OWL, UNP
from unpact.shacl.engine import Data, validate_graph
from unpact.shacl.plan import Compiler
from unpact.shacl.run import subclasses_in
from unpact.shacl.scope import NotCompilable
from unpact.validate.consistency import consistency_findings, only_named
from unpact.validate.locating import Locator
from unpact.validate.run import Validation, bundled_shapes, finding_of, in_order
from unpact.validate.shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import httpx

    from unpact.corpus import Corpus
    from unpact.graph.interface import Graph
    from unpact.graph.remote import RemoteGraph
    from unpact.graph.stored import StoredGraph
    from unpact.shacl.engine import EngineName
    from unpact.shacl.shapes import ShapesGraph

_ALL = "{ ?s ?p ?o }"
_ONTOLOGY = f"ASK {{ <{UNP.rstrip('#')}> a <{OWL}Ontology> }}"
# Inferred triples that the default graph does not have are out of the way already.
_INFERRED = f"ASK {{ GRAPH <{INFERRED_GRAPH}> {_ALL} ?s ?p ?o }}"


class Elsewhere(NamedTuple):
    """Data that stays where it is.

    Args:
        data: to validate.
        name: of the store: its path or its address, as it may be shown.
        copy: of the data, which is made when it is needed.
        notes: what the reader should know of what is checked.
    """

    data: Data
    name: str
    copy: Copy
    notes: tuple[str, ...]


class Copy:
    """The triples of a graph, fetched once, when somebody needs them all.

    Args:
        graph: that has them.
        name: of it, for messages.
        most: triples that are fetched.
    """

    def __init__(self, graph: Graph, name: str, most: int) -> None:
        self._graph = graph
        self._name = name
        self._most = most
        self.triples: list[Triple] | None = None

    def __call__(self) -> list[Triple]:
        """The triples.

        Raises:
            UsageError: where there are too many.
            StoreError: when the store does not give them all.
        """
        if self.triples is None:
            self.triples = self._fetched()
        return self.triples

    def _fetched(self) -> list[Triple]:
        counted = _number(self._graph, f"SELECT (COUNT(*) AS ?number) WHERE {_ALL}")
        if counted > self._most:
            raise UsageError(
                f"some shapes can be checked only on a copy in memory, and {counted:,} triples are more than "
                f"the {self._most:,} that are copied",
                where=self._name,
                hint="Check fewer graphs, or leave these shapes out.",
            )
        found = list(dict.fromkeys(self._graph.construct(f"CONSTRUCT {_ALL} WHERE {_ALL}")))
        # a triple of several graphs may have been counted more than once
        if len(found) < counted:
            distinct = f"{{ SELECT DISTINCT ?s ?p ?o WHERE {_ALL} }}"
            there = _number(self._graph, f"SELECT (COUNT(*) AS ?number) WHERE {distinct}")
            if len(found) < there:
                message = f"the service gave only {len(found):,} of its {there:,} triples"
                raise StoreError(message, where=self._name, hint="Check a copy of the data.")
        # SHACL is defined for RDF 1.1, which has no triples inside triples
        return [triple for triple in found if not isinstance(triple.object, Triple)]


def data_of_store(
    path: Path | str, *, graphs: Sequence[str] = (), most_triples: int = MOST_TRIPLES
) -> Elsewhere:
    """The data of an Oxigraph store on disk.

    Args:
        path: of its directory.
        graphs: to check; where none are named, all but that of inferred triples.
        most_triples: that are copied to memory, should that be needed.

    Raises:
        UsageError: for a path that is no store, and for graphs without triples.
        StoreError: for a store that is being written to, or cannot be read.
    """
    from unpact.graph.stored import StoredGraph

    return _data(StoredGraph(path, default_graph=graphs), most_triples)


def data_at_endpoint(
    url: str,
    *,
    graphs: Sequence[str] = (),
    timeout: float | None = None,
    most_triples: int = MOST_TRIPLES,
    transport: httpx.BaseTransport | None = None,
) -> Elsewhere:
    """The data of a SPARQL service.

    Args:
        url: of its queries; credentials come from the environment, as for `RemoteGraph`.
        graphs: to check; where none are named, the default graph of the service, or all named graphs where
            that is empty; but not that of inferred triples.
        timeout: seconds that the service may take for one answer.
        most_triples: that are copied to memory, should that be needed.
        transport: in place of the network.

    Raises:
        UsageError: for an address that cannot be meant, and for graphs without triples.
        StoreError: when the service does not answer.
    """
    from unpact.graph.remote import TIMEOUT, RemoteGraph

    seconds = TIMEOUT if timeout is None else timeout
    return _data(RemoteGraph(url, timeout=seconds, default_graph=graphs, transport=transport), most_triples)


def validate_elsewhere(
    corpus: Corpus,
    elsewhere: Elsewhere,
    *,
    shapes: Iterable[str | Path] = (),
    engine: EngineName = "set",
    details: bool = False,
) -> Validation:
    """Check data where it is.

    Args:
        corpus: with the bundled shapes.
        elsewhere: the data.
        shapes: the user's own files of shapes in place of the bundled ones.
        engine: `set` for one query a constraint, `pyshacl` for the reference, which needs a copy.
        details: whether results are to say what the values of `sh:node` fail.

    Raises:
        UsageError: for a path that cannot be read, where no shape has a node to check, and where a copy is
            needed that would be too large.
        DataSyntaxError: for a file of shapes that is not RDF.
        ShapesError: for shapes that SHACL does not allow, where no finding says what is wrong with them.
        StoreError: when the store does not answer.
    """
    own = user_files(shapes)
    asked = Shapes(own or bundled_shapes(corpus))
    data = elsewhere.data
    # a tenth of a second to import
    from unpact.validate.soundness.run import shapes_findings, soundness_elsewhere

    try:
        outcome = validate_graph(data, asked.graph, engine=engine, details=details)
    except ShapesError:
        findings = shapes_findings(asked.graph, meta=True, place=asked.place)
        if not findings:
            raise
        return Validation(findings, [], asked, [], [], usable=False, store=elsewhere.name)
    sound = soundness_elsewhere(asked.graph, data.graph, own=bool(own), place=asked.place)
    said = any(each.severity is Severity.VIOLATION for each in sound)
    if not said and not outcome.results and not _has_focus(data.graph, asked.graph):
        raise UsageError(
            "no shape has a node to check there, so nothing would be checked",
            where=elsewhere.name,
            hint="Name the graphs that hold the facts, or the shapes that speak of them.",
        )
    contradictions = [] if own else consistency_findings(data.graph)
    unsaid = only_named(contradictions)
    nowhere = Locator(Store, ())
    found = [finding_of(each, asked, nowhere) for each in outcome.results if each.focus not in unsaid]
    place = Place(elsewhere.name)
    # what is wrong with the shapes is written in their files
    facts = (replace(each, place=place) for each in (*contradictions, *found))
    findings = in_order([*facts, *(each if each.place else replace(each, place=place) for each in sound)])
    notes = [
        *elsewhere.notes,
        *(
            f"{asked.check(shape.node)} was asked by pyshacl, since {reason}"
            for shape, reason in outcome.beyond.items()
        ),
    ]
    if elsewhere.copy.triples is not None:
        notes.append(f"{len(elsewhere.copy.triples):,} triples of {elsewhere.name} were copied for that")
    if not own:
        notes.append(
            f"nothing is inferred in {elsewhere.name}, so of what contradicts the ontology only classes that "
            "exclude each other and properties with one value or one direction are looked at; files are "
            "checked for all of it"
        )
    if not own and not data.graph.ask(_ONTOLOGY):
        notes.append(
            f"{elsewhere.name} does not hold the ontology of unpact, so no class is known to be below "
            "another: some findings may be wrong, and some may be missing"
        )
    return Validation(findings, outcome.results, asked, [], notes, store=elsewhere.name)


def _data(graph: RemoteGraph | StoredGraph, most: int) -> Elsewhere:
    chosen, notes = _without_inferred(graph)
    copy = Copy(chosen, chosen.name, most)
    return Elsewhere(Data(chosen, copy, flat=False), chosen.name, copy, notes)


def _without_inferred(graph: RemoteGraph | StoredGraph) -> tuple[RemoteGraph | StoredGraph, tuple[str, ...]]:
    """The graph that is meant: a shape speaks of what somebody wrote, and an empty graph is never meant."""
    full = graph.ask(f"ASK {_ALL}")
    if full and (graph.default_graph or not graph.ask(_INFERRED)):
        return graph, ()
    # of the graphs that were chosen, none has a triple
    there = () if graph.default_graph else graph.named_graphs()
    names = [name for name in there if name != INFERRED_GRAPH]
    notes = []
    if not full:
        notes.append(f"the default graph is empty, so the {len(names)} named graphs are checked together")
    elif not names:
        # a default graph of its own, which happens to have an inferred triple
        return graph, ()
    if INFERRED_GRAPH in there:
        notes.append(
            f"the {len(names)} graphs beside that of the inferred triples are checked, "
            "without what these say of types"
        )
    if not names:
        raise UsageError(
            "there are no triples to check", where=graph.name, hint="Name the graphs that hold the facts."
        )
    return graph.over(names), tuple(f"{note} ({graph.name})" for note in notes)


def _has_focus(graph: Graph, shapes: ShapesGraph) -> bool:
    """Whether the data has a node that some shape is about."""
    compiler = Compiler(shapes, subclasses_in(graph), flat=False)
    for shape in shapes.with_targets():
        try:
            targets = compiler.focus_nodes(shape.targets)
        except NotCompilable:
            return True
        if any(graph.ask(f"ASK {{ {nodes.pattern} }}") for nodes in targets):
            return True
    return False


def _number(graph: Graph, query: str) -> int:
    for row in graph.select(query):
        if row and isinstance(row[0], Literal) and row[0].value.isdecimal():
            return int(row[0].value)
    raise StoreError("the store does not say how many triples there are", where=getattr(graph, "name", None))
