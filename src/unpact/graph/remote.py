"""A graph behind a SPARQL 1.1 service, asked over HTTP."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from unpact.errors import StoreError, UsageError
from unpact.graph.interface import ByForm, Solutions, Triples
from unpact.graph.memory import evaluate
from unpact.graph.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import httpx
    from pyoxigraph import QuerySolutions

    from unpact.graph.answer import Answer
    from unpact.graph.interface import Row, Term
    from unpact.graph.service import Service

#: Seconds that a service may take for one answer.
TIMEOUT = 120.0

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

    Raises:
        UsageError: for an address or credentials that cannot be meant, and where httpx is not installed.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT,
        default_graph: Sequence[str] = (),
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._service = _service(url, timeout, transport)
        self.default_graph = tuple(default_graph)
        self._numbers = count(1)

    @property
    def name(self) -> str:
        """The address as it may be shown."""
        return self._service.name

    def over(self, default_graph: Sequence[str]) -> RemoteGraph:
        """The same service, with other graphs for its default graph."""
        other = RemoteGraph.__new__(RemoteGraph)
        other._service, other._numbers = self._service, self._numbers  # noqa: SLF001 - of this very class
        other.default_graph = tuple(default_graph)
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
        from unpact.graph.service import Refused

        read = outline(text)
        if read.form is None:
            evaluate(Store(), text)
            raise UsageError("only SELECT, ASK, CONSTRUCT and DESCRIBE ask a service anything")
        fields = [("query", read.prologue + text)]
        if not read.names_dataset:
            # named as well, so that GRAPH sees them: with a default graph of its own, a query has no others
            for parameter in ("default-graph-uri", "named-graph-uri"):
                fields += [(parameter, graph) for graph in self.default_graph]
        of_rows = read.form in ("SELECT", "ASK")
        try:
            answer = self._service.ask(fields, _RESULTS if of_rows else _RDF)
        except Refused:
            if "service" not in text.lower():
                # says with line and column what is wrong, if it is the query; SERVICE would be followed
                evaluate(Store(), text)
            raise
        return self._results(answer) if of_rows else Triples(self._triples(answer))

    def named_graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted; where a default graph was chosen, of those in it."""
        rows = self.select("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
        return tuple(sorted(getattr(row[0], "value", "") for row in rows))

    def _results(self, answer: Answer) -> Solutions | bool:
        form = QueryResultsFormat.from_media_type(answer.media_type)
        if form not in _RESULT_FORMATS:
            raise self._no_result(answer, "results of a query in JSON or XML")
        try:
            # the stub knows files alone, and `read` is all that is called
            results = parse_query_results(answer, form)  # type: ignore[arg-type]
        except SyntaxError as error:
            raise self._no_result(answer, f"what it declares: {error.msg}") from None
        if isinstance(results, QueryBoolean):
            answer.close()
            return bool(results)
        return Solutions((variable.value for variable in results.variables), self._rows(results, answer))

    def _rows(self, results: QuerySolutions, answer: Answer) -> Iterator[Row]:
        rename = _Renaming(next(self._numbers))
        variables = results.variables
        number = 0
        try:
            for solution in results:
                number += 1
                yield tuple(rename(solution[variable]) for variable in variables)
        except SyntaxError as error:
            raise self._no_result(answer, f"what it declares: {error.msg}") from None
        finally:
            answer.close()
            # an error would keep it in its traceback, and the engine wants it dropped in this very thread
            del results
        if answer.most_rows is not None and number >= answer.most_rows:
            message = f"the service cuts answers off at {answer.most_rows} rows, so some may be missing"
            raise StoreError(
                message, where=self.name, hint="Ask about fewer graphs, or check a copy of the data."
            )

    def _triples(self, answer: Answer) -> Iterator[Triple]:
        form = RdfFormat.from_media_type(answer.media_type)
        # text/plain was the type of N-Triples before 2014, and is that of any message
        if form not in _RDF_FORMATS or answer.media_type.startswith("text/plain"):
            raise self._no_result(answer, "RDF")
        rename = _Renaming(next(self._numbers))
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


class _Renaming:
    """Gives the blank nodes of one answer names that no other answer has.

    Args:
        answer: its number.
    """

    def __init__(self, answer: int) -> None:
        self._answer = answer
        self._known: dict[str, BlankNode] = {}

    def __call__(self, term: Term | None) -> Term | None:
        if isinstance(term, BlankNode):
            fresh = BlankNode(f"a{self._answer}b{len(self._known)}")
            return self._known.setdefault(term.value, fresh)
        return self.triple(term) if isinstance(term, Triple) else term

    def triple(self, triple: Triple) -> Triple:
        """A triple with its blank nodes renamed."""
        subject, value = self(triple.subject), self(triple.object)
        return Triple(subject, triple.predicate, value)  # type: ignore[arg-type]  # a term of the same kind


def _service(url: str, timeout: float, transport: httpx.BaseTransport | None) -> Service:
    try:
        from unpact.graph.service import Service
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        hint = "Type: pip install 'unpact[remote]'"
        raise UsageError("asking a service needs the package httpx", hint=hint) from None
    return Service(url, timeout=timeout, transport=transport)
