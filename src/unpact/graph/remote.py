"""A graph behind a SPARQL 1.1 service, asked over HTTP."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from unpact.errors import StoreError, UsageError
from unpact.extras import need
from unpact.graph.dialects.profile import FUSEKI, GRAPHDB, RDF4J, VIRTUOSO
from unpact.graph.interface import ByForm, Solutions, Triples
from unpact.graph.memory import evaluate
from unpact.graph.outline import outline
from unpact.graph.renaming import Renaming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import httpx
    from pyoxigraph import QuerySolutions

    from unpact.graph.answer import Answer
    from unpact.graph.dialects.fuseki import OtherGraphs
    from unpact.graph.dialects.virtuoso import PlainBlankNodes
    from unpact.graph.interface import Row, Term
    from unpact.graph.outline import Outline
    from unpact.graph.service import Service

#: Seconds that a service may take for one answer.
TIMEOUT = 120.0

_OF_ROWS = ("SELECT", "ASK")
_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_RDF = "application/n-triples, text/turtle;q=0.9"
_RESULT_FORMATS = (QueryResultsFormat.JSON, QueryResultsFormat.XML)
_RDF_FORMATS = (RdfFormat.N_TRIPLES, RdfFormat.TURTLE, RdfFormat.RDF_XML)


class RemoteGraph(ByForm):
    """A `Graph` that a service holds (SPARQL 1.1 Protocol, section 2.1).

    Blank nodes have other names in each answer: those of one answer are told apart from those of all others.

    Args:
        url: of the service's queries. Who asks is said by the environment alone: `UNPACT_ENDPOINT_TOKEN`, or
            `UNPACT_ENDPOINT_USER` and `UNPACT_ENDPOINT_PASSWORD`.
        timeout: seconds that the service may take for one answer.
        default_graph: the graphs whose union a query without FROM is about; where there are none, the
            service's own default graph, which is not the union on every service.
        transport: in place of the network.
        profile: the kind of service, one of `unpact.graph.dialects.profile.PROFILES`; None for what it says
            of itself in its first answer. All give the same rows: what a kind gets wrong is made up for.

    Raises:
        UsageError: for an address, a kind or credentials that cannot be meant, and where httpx is not
            installed.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT,
        default_graph: Sequence[str] = (),
        transport: httpx.BaseTransport | None = None,
        profile: str | None = None,
    ) -> None:
        self._service = _service(url, timeout, transport, profile)
        self.default_graph = tuple(default_graph)
        self._numbers = count(1)
        self._others: OtherGraphs | None = None

    @property
    def profile(self) -> str | None:
        """The kind of service; None before its first answer where neither its name nor its address tells."""
        return self._service.profile

    @property
    def name(self) -> str:
        """The address as it may be shown."""
        return self._service.name

    def over(self, default_graph: Sequence[str]) -> RemoteGraph:
        """The same service, with other graphs for its default graph."""
        other = RemoteGraph.__new__(RemoteGraph)
        other._service, other._numbers = self._service, self._numbers  # noqa: SLF001 - of this very class
        other.default_graph = tuple(default_graph)
        other._others = None  # noqa: SLF001 - likewise
        return other

    def close(self) -> None:
        """Close the connections."""
        self._service.close()

    def query(self, text: str) -> Solutions | bool | Triples:
        """Run any query. Rows and triples are read while they come in.

        Raises:
            QuerySyntaxError: for a query that the service refuses and the embedded engine cannot read.
            UsageError: for an update.
            StoreError: when the service does not answer, now or while the rows are read.
        """
        read = outline(text)
        if read.form is None:
            evaluate(Store(), text)
            raise UsageError("only SELECT, ASK, CONSTRUCT and DESCRIBE ask a service anything")
        if self._to_be_evaluated_here(text, read):
            return self._here(text, read)
        answer = self._asked(text, read)
        # the first answer may be what tells the kind of service
        if self._to_be_evaluated_here(text, read) or (
            answer.most_rows is not None and self.profile == VIRTUOSO
        ):
            answer.close()
            return self._here(text, read)
        if read.form in _OF_ROWS:
            return self._results(answer)
        return Triples(self._triples(answer))

    def named_graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted; where a default graph was chosen, of those in it."""
        rows = self.select("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
        return tuple(sorted(getattr(row[0], "value", "") for row in rows))

    def _asked(self, text: str, read: Outline) -> Answer:
        from unpact.graph.service import Refused

        sent = text
        if self.profile in (RDF4J, GRAPHDB):
            from unpact.graph.dialects.rdf4j import with_sort_values

            sent = with_sort_values(text)
        fields = [("query", read.prologue + sent), *self._dataset(text, read)]
        try:
            return self._service.ask(fields, self._accepted(read))
        except Refused:
            if "service" not in text.lower():
                # says with line and column what is wrong, if it is the query; SERVICE would be followed
                evaluate(Store(), text)
            raise

    def _accepted(self, read: Outline) -> str:
        if read.form not in _OF_ROWS:
            return _RDF
        if self.profile != VIRTUOSO:
            return _RESULTS
        from unpact.graph.dialects.virtuoso import RESULTS

        return RESULTS

    def _dataset(self, text: str, read: Outline) -> Iterator[tuple[str, str]]:
        """The fields that say which graphs are asked (SPARQL 1.1 Protocol, section 2.1.4)."""
        if read.names_dataset or not self.default_graph:
            return
        # named as well, so that GRAPH sees them: with a default graph of its own, a query has no others
        if self._union_will_do(text):
            from unpact.graph.dialects.fuseki import UNION_GRAPH

            yield "default-graph-uri", UNION_GRAPH
            named = self.default_graph if "graph" in text.lower() else ()
        else:
            yield from (("default-graph-uri", graph) for graph in self.default_graph)
            named = self.default_graph
        yield from (("named-graph-uri", graph) for graph in named)

    def _union_will_do(self, text: str) -> bool:
        if self.profile != FUSEKI:
            return False
        if self._others is None:
            from unpact.graph.dialects.fuseki import OtherGraphs

            self._others = OtherGraphs(self.over(())._raw, self.default_graph)  # noqa: SLF001 - likewise
        return not self._others.matter_to(text)

    def _to_be_evaluated_here(self, text: str, read: Outline) -> bool:
        if self.profile != VIRTUOSO and (self._service.said != VIRTUOSO or read.form in _OF_ROWS):
            return False
        from unpact.graph.dialects.virtuoso import evaluated_here

        return evaluated_here(text) is not None

    def _here(self, text: str, read: Outline) -> Solutions | bool | Triples:
        from unpact.graph.dialects.here import evaluate_here
        from unpact.graph.dialects.looks import dataset_of

        graphs = dataset_of(text) if read.names_dataset else self.default_graph
        answer = evaluate_here(text, self.over(graphs)._raw, name=self.name)  # noqa: SLF001 - likewise
        if isinstance(answer, bool):
            return answer
        rename = Renaming(next(self._numbers))
        if isinstance(answer, Triples):
            return Triples(rename.triple(triple) for triple in answer)
        return Solutions(answer.variables, (tuple(map(rename, row)) for row in answer))

    def _raw(self, text: str) -> tuple[list[Row], bool]:
        """The rows of a plain SELECT query with blank nodes as they come, and whether some are left out."""
        answer = self._asked(text, outline(text))
        solutions = self._results(answer, raw=True)
        return list(solutions) if isinstance(solutions, Solutions) else [], answer.most_rows is not None

    def _results(self, answer: Answer, *, raw: bool = False) -> Solutions | bool:
        form = QueryResultsFormat.from_media_type(answer.media_type)
        if form not in _RESULT_FORMATS:
            raise self._no_result(answer, "results of a query in JSON or XML")
        try:
            # the stub knows files alone, and `read` is all that is called
            results = parse_query_results(self._readable(answer, form), form)  # type: ignore[arg-type]
        except SyntaxError as error:
            raise self._no_result(answer, f"what it declares: {error.msg}") from None
        if isinstance(results, QueryBoolean):
            answer.close()
            return bool(results)
        rename = None if raw else Renaming(next(self._numbers))
        rows = self._rows(results, answer, rename, most=None if raw else answer.most_rows)
        return Solutions((variable.value for variable in results.variables), rows)

    def _readable(self, answer: Answer, form: QueryResultsFormat) -> Answer | PlainBlankNodes:
        if VIRTUOSO not in (self.profile, self._service.said):
            return answer
        from unpact.graph.dialects.virtuoso import PlainBlankNodes

        return PlainBlankNodes(answer, form.file_extension)

    def _rows(
        self,
        results: QuerySolutions,
        answer: Answer,
        rename: Callable[[Term | None], Term | None] | None,
        most: int | None,
    ) -> Iterator[Row]:
        number = 0
        try:
            for solution in results:
                number += 1
                values = tuple(solution)
                yield values if rename is None else tuple(map(rename, values))
        except SyntaxError as error:
            raise self._no_result(answer, f"what it declares: {error.msg}") from None
        finally:
            answer.close()
            # an error would keep it in its traceback, and the engine wants it dropped in this very thread
            del results
        if most is not None and number >= most:
            message = f"the service cuts answers off at {most} rows, so some may be missing"
            raise StoreError(
                message, where=self.name, hint="Ask about fewer graphs, or check a copy of the data."
            )

    def _triples(self, answer: Answer) -> Iterator[Triple]:
        form = RdfFormat.from_media_type(answer.media_type)
        # text/plain was the type of N-Triples before 2014, and is that of any message
        if form not in _RDF_FORMATS or answer.media_type.startswith("text/plain"):
            raise self._no_result(answer, "RDF")
        rename = Renaming(next(self._numbers))
        try:
            # lenient: what a store took in is what is checked, however it is spelt
            for quad in parse(answer, format=form, lenient=True):  # type: ignore[arg-type]
                yield rename.triple(quad.triple)
        except SyntaxError as error:
            raise self._no_result(answer, f"what it declares: {error.msg}") from None
        finally:
            answer.close()

    def _no_result(self, answer: Answer, wanted: str) -> StoreError:
        answer.close()
        given = answer.media_type.partition(";")[0].strip()
        kind = f"an answer of the type {given!r}" if given else "an answer without a type"
        return StoreError(
            f"the service gives {kind}, which is not {wanted}",
            where=self.name,
            hint="Check the address: that of the queries often ends in /sparql or /query.",
        )


def _service(url: str, timeout: float, transport: httpx.BaseTransport | None, profile: str | None) -> Service:
    need("asking a service", "remote", "httpx")
    from unpact.graph.service import Service

    return Service(url, timeout=timeout, transport=transport, profile=profile)
