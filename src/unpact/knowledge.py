"""The Python API: a `Knowledge`, which `unpact.open()` gives, answers in Python's own types.

Each method hands over to the package that does the work; none of them is imported before it is needed.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from unpact.answer import Answer
from unpact.errors import TooManyTriplesError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    import rdflib
    from pyoxigraph import NamedNode

    from unpact.corpus import Corpus
    from unpact.describe.find import Match
    from unpact.describe.show import Description
    from unpact.export.selection import Selection
    from unpact.export.void import Publication
    from unpact.graph.derivations import Derivations
    from unpact.graph.interface import Graph
    from unpact.graph.memory import MemoryGraph
    from unpact.query.catalogue import Catalogue
    from unpact.query.parameters import Value
    from unpact.query.resolve import Resolver
    from unpact.query.result import Result, Thing
    from unpact.render.labels import Labels
    from unpact.render.notes import Note
    from unpact.why.parts import Explanation
    from unpact.why.proof import Proof
    from unpact.why.run import Explainer, Lacking


class Knowledge:
    """The graph of a view, or of a store, open for questions.

    Args:
        graph: the view, or the graph of a store.
        corpus: where the stored queries come from.
        language: of the labels.
        today: the day that questions without `as_of` are about; the day that it is, where it is None.
        explainer: gives what explains the graph, when it is first asked why; the bundled view, where it is
            None.
    """

    def __init__(
        self,
        graph: Graph,
        corpus: Corpus,
        *,
        language: str = "en",
        today: date | None = None,
        explainer: Callable[[], Explainer] | None = None,
    ) -> None:
        self.graph = graph
        self.corpus = corpus
        self.language = language
        self.today = today
        self._open_explainer = explainer

    def query(self, name: str, /, *, timeout: float | None = None, **parameters: Value) -> Answer:
        """Run a stored query.

        Args:
            name: `party-status`, or `treaties/party-status`.
            timeout: seconds after which the query is ended; it then runs in a process of its own.
            parameters: as the query's header declares them; things by any of their names, `as_of` as a year,
                a month or a day: "2022", "2022-11", "2022-11-04" or a date.

        Raises:
            UnknownNameError: no query, or no thing, has the name.
            AmbiguousNameError: more than one has.
            UsageError: a parameter is unknown, missing or ill-typed.
            QueryTimeout: the time was over.
        """
        from unpact.query.run import run

        query = self.queries.find(name)
        result = run(self.graph, query, parameters, resolver=self.resolver, timeout=timeout, today=self.today)
        return Answer(result, self._label, self._notes, self._explain)

    def sparql(self, text: str, *, timeout: float | None = None, allow_network: bool = False) -> Answer:
        """Run any SPARQL 1.1 query; the prefixes of `unpact.names.PREFIXES` need no declaration.

        Raises:
            QuerySyntaxError: with line and column.
            NetworkRefused: for SERVICE and remote FROM, unless `allow_network`.
            QueryTimeout: the time was over.
        """
        from unpact.query.run import run_text

        result = run_text(self.graph, text, timeout=timeout, allow_network=allow_network)
        return Answer(result, self._label, self._notes, self._explain)

    @cached_property
    def queries(self) -> Catalogue:
        """The stored queries: iterate over them, `find` one by name, `search` them by word."""
        from unpact.query.catalogue import Catalogue

        return Catalogue.of(file.path for file in self.corpus.query_files())

    def resolve(self, value: str, cls: str | None = None) -> Thing:
        """The one thing that a name means.

        Args:
            value: IRI, CURIE, local name, ISO code, acronym or any label in any language.
            cls: only things of this class: `State`, `org:Organization` or an IRI.

        Raises:
            UnknownNameError: with the nearest names.
            AmbiguousNameError: with the candidates.
        """
        from unpact.query.result import to_python

        thing: Thing = to_python(self._thing(value, cls), self._label)
        return thing

    def show(self, thing: str, *, as_of: str | date = "today") -> Description:
        """Everything about one thing as of a day, month or year, each fact with its sentences.

        Raises:
            UsageError: for an `as_of` that is no day, month or year.
            UnknownNameError, AmbiguousNameError: as in `resolve`.
        """
        from unpact.describe.show import show
        from unpact.query.period import period_of

        period = period_of(as_of, self.today)
        graph, derivations = self._explained
        return show(graph, self._thing(thing), period, derivations)

    def find(self, text: str, *, limit: int | None = None) -> list[Match]:
        """The things whose names contain `text` or come near to it, best first."""
        from unpact.describe.find import find

        return find(self.graph, text, limit=limit)

    def cite(self, thing: str) -> list[Thing]:
        """The sentences that what is said of a thing rests on, in reading order; errors as in `resolve`."""
        from unpact.query.result import to_python

        return [to_python(sentence, self._label) for sentence in self.show(thing).sentences]

    def why(self, subject: str, predicate: str, value: str) -> Proof | None:
        """The proof of a triple, down to files, lines and sentences; None for one that does not hold.

        Args:
            subject: any name of a thing.
            predicate: a property by its CURIE, IRI or local name, or `a`.
            value: any name of a thing, or a value: bare where the subject has it so, else as Turtle has it.

        Raises:
            UnknownNameError, AmbiguousNameError: as in `resolve`.
            UsageError: for a literal that is none of Turtle.
        """
        from unpact.why.claim import triple_of

        return self.explainer.why(triple_of(self.explainer.graph, subject, predicate, value))

    def why_not(self, subject: str, predicate: str, value: str) -> list[Lacking]:
        """The rules of the ontology that lack one premise to conclude a triple; arguments as for `why`."""
        from unpact.why.claim import triple_of

        return self.explainer.why_not(triple_of(self.explainer.graph, subject, predicate, value))

    def export(
        self,
        target: str | Path,
        *formats: str,
        selection: Selection | None = None,
        publication: Publication | None = None,
    ) -> None:
        """Write the graph, or a part of it, for other tools: whole, or not at all.

        Args:
            target: a file, compressed if its name ends in `.gz`; for tables and for several formats a folder.
            formats: as `unpact export --format` takes them; where there are none, the file's ending tells.
            selection: an `unpact.export.selection.Selection`; what each format is meant for, where there is
                none.
            publication: an `unpact.export.void.Publication`, for the format `void`.

        Raises:
            UsageError: for an unknown format, a folder that holds other things, and what a format has no
                place for.
            UnknownNameError, AmbiguousNameError: for names in the selection.
        """
        from unpact.export.exporter import Exporter
        from unpact.export.formats import target_of
        from unpact.export.release import write
        from unpact.export.selection import Selection
        from unpact.export.void import Publication

        chosen, about = selection or Selection(), publication or Publication()
        exporter = Exporter(
            self.graph, self.corpus, self.queries, chosen, language=self.language, publication=about
        )
        write(exporter, target_of(formats, str(target)))

    @cached_property
    def explainer(self) -> Explainer:
        """What explains the graph; opened when it is first needed."""
        from unpact.graph.memory import MemoryGraph
        from unpact.why.run import Explainer

        if self._open_explainer is not None:
            return self._open_explainer()
        if isinstance(self.graph, MemoryGraph):
            return Explainer(self.corpus)
        return Explainer.of_graph(self._in_memory, self.corpus)

    @cached_property
    def resolver(self) -> Resolver:
        """Finds things by their names, which it reads once."""
        from unpact.query.resolve import Resolver

        return Resolver(self.graph)

    @cached_property
    def labels(self) -> Labels:
        """The words for things, each read once."""
        from unpact.render.labels import Labels

        return Labels(self.graph, self.language)

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy as an rdflib dataset: one named graph a file, inferred triples in one of their own."""
        from unpact.graph.rdflib_engine import RdflibGraph

        return RdflibGraph.copy_of(self._in_memory).dataset

    def __len__(self) -> int:
        from unpact.describe.statistics import graph_sizes

        return sum(graph_sizes(self.graph).values())

    def __repr__(self) -> str:
        return f"<Knowledge: {len(self)} triples in {len(self.graph.named_graphs())} graphs>"

    @cached_property
    def _explained(self) -> tuple[Graph, Derivations | None]:
        """The graph, and how what follows in it was reached; None where it is too large for that."""
        try:
            return self.explainer.graph, self.explainer.derivations
        except TooManyTriplesError:
            return self.graph, None

    @property
    def _in_memory(self) -> MemoryGraph:
        from unpact.graph.copied import copied
        from unpact.graph.memory import MemoryGraph

        graph = self.graph
        return graph if isinstance(graph, MemoryGraph) else copied(graph, name=_name(graph))

    def _notes(self, result: Result) -> list[Note]:
        from unpact.evidence.notes import touched
        from unpact.render.notes import notes

        return notes(self.graph, touched(self.graph, result), self.labels)

    def _explain(self, result: Result, place: int) -> Explanation:
        from unpact.why.matching import explain_rows

        (found,) = explain_rows(self.graph, result.text, result.variables, [result.rows[place]])
        return found

    def _label(self, iri: str) -> str:
        from pyoxigraph import NamedNode

        thing = NamedNode(iri)
        self.labels.load([thing])
        return self.labels(thing)

    def _thing(self, value: str, cls: str | None = None) -> NamedNode:
        return self.resolver.resolve(value, None if cls is None else _class_iri(cls))


def _name(graph: Graph) -> str:
    name = getattr(graph, "name", "")
    return name if isinstance(name, str) else ""


def _class_iri(name: str) -> str:
    from unpact.names import UNP, expand

    if "://" in name:
        return name
    iri = expand(name) if ":" in name else expand(f"unp:{name}")
    if iri is None:
        raise UnknownNameError(f"{name!r} names no class", hint=f"Use a class of {UNP} or a CURIE.")
    return iri
