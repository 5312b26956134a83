"""From a query and its parameters to rows: values are resolved, bound, held against the policy, and the
text is run.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Store

from unpact.errors import QuerySyntaxError, StoreError, UsageError
from unpact.graph.interface import Graph, Solutions
from unpact.names import PREFIXES, XSD
from unpact.query.bind import bind
from unpact.query.dotted import write_out_dotted
from unpact.query.parameters import PERIOD, NameResolver, Term, Value, day_term, to_terms
from unpact.query.period import period_of
from unpact.query.policy import refuse_remote
from unpact.query.resolve import Resolver
from unpact.query.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from unpact.graph.memory import MemoryGraph
    from unpact.graph.stored import StoredGraph
    from unpact.query.stored import StoredQuery

_BOOLEAN = NamedNode(XSD + "boolean")


def run(
    graph: Graph,
    query: StoredQuery,
    params: Mapping[str, Value] | None = None,
    *,
    resolver: NameResolver | None = None,
    timeout: float | None = None,
    most_rows: int | None = None,
    today: date | None = None,
) -> Result:
    """Run a stored query with `params` (names as declared; ``-`` may stand for ``_``).

    `today` is the day that a period is about when none is given; the day that it is, unless it is said here.
    `timeout` (seconds) runs it in a process of its own, which needs an embedded graph. `most_rows` is the
    number of rows after which the answer is cut, and says so. Raises UsageError
    for an unknown parameter, a missing or ill-typed value, UnknownNameError and AmbiguousNameError for
    names, QueryTimeout.
    """
    values, as_of = _values(graph, query, params, resolver, today)
    text = bind(query, values)
    try:
        result = run_text(graph, text, timeout=timeout, most_rows=most_rows)
    except QuerySyntaxError as error:
        raise QuerySyntaxError(
            error.message, line=error.line, column=error.column, where=str(query.path)
        ) from None
    return Result(query, result.variables, result.rows, result.kind, text, as_of, result.cut)


def bound_text(
    graph: Graph,
    query: StoredQuery,
    params: Mapping[str, Value] | None = None,
    *,
    resolver: NameResolver | None = None,
    today: date | None = None,
) -> str:
    """The SPARQL text that `run` would run; errors as there."""
    return bind(query, _values(graph, query, params, resolver, today)[0])


def _values(
    graph: Graph,
    query: StoredQuery,
    params: Mapping[str, Value] | None,
    resolver: NameResolver | None,
    today: date | None,
) -> tuple[dict[str, tuple[Term, ...]], str | None]:
    """The terms for each input of the query, and the period that the answer is about, if it is about one."""
    known = {parameter.name: parameter for parameter in query.parameters}
    given = {name.replace("-", "_"): value for name, value in (params or {}).items()}
    for name in given:
        if name not in known:
            names = ", ".join(known) or "none"
            raise UsageError(
                f"query {query.name} has no parameter {name!r} (it has: {names})",
                hint=f"unpact query {query.name} --help",
            )
    resolver = Resolver(graph) if resolver is None else resolver
    values: dict[str, tuple[Term, ...]] = {}
    as_of = None
    for parameter in query.parameters:
        value = given.get(parameter.name)
        value = parameter.default if value is None else value
        terms = to_terms(parameter, value, resolver)
        if parameter.type != PERIOD:
            values[parameter.name] = terms
        elif terms and isinstance(terms[0], Literal):
            period = period_of(terms[0].value, today)
            as_of = period.text
            ends = (day_term(period.first), day_term(period.last))
            values.update(zip(parameter.inputs, ((end,) for end in ends), strict=True))
    return values, as_of


def run_text(
    graph: Graph,
    text: str,
    *,
    allow_network: bool = False,
    timeout: float | None = None,
    most_rows: int | None = None,
) -> Result:
    """Run any SPARQL 1.1 query; `most_rows` as for `run`.

    Raises QuerySyntaxError with line and column of `text`, NetworkRefused unless `allow_network`,
    UsageError for an update, QueryTimeout when `timeout` seconds have passed, StoreError when a remote
    service fails.
    """
    refuse_remote(text, allow_network=allow_network, local_graphs=graph.named_graphs)
    given, text = text, write_out_dotted(text)
    if timeout is not None:
        from unpact.query.isolated import run_isolated

        return _cut(run_isolated(_embedded(graph), text, timeout), most_rows)
    with failures_of(given):
        answer = graph.query(text)
        if isinstance(answer, bool):
            row = (Literal("true" if answer else "false", datatype=_BOOLEAN),)
            return Result(None, ("answer",), [row], "ask", text)
        if isinstance(answer, Solutions):
            # one more than wanted, to know whether there are more
            rows = list(islice(answer, None if most_rows is None else most_rows + 1))
            return _cut(Result(None, answer.variables, rows, "select", text), most_rows)
        triples = [(triple.subject, triple.predicate, triple.object) for triple in answer]
        triples.sort(key=lambda triple: [str(term) for term in triple])
        made = Result(None, ("subject", "predicate", "object"), list(triples), "construct", text)
        return _cut(made, most_rows)


@contextmanager
def failures_of(text: str) -> Iterator[None]:
    """Tell what an engine raises in the words of `run_text`; `text` is the query as the user wrote it."""
    try:
        yield
    except QuerySyntaxError:
        from unpact.query.positions import syntax_error

        raise syntax_error(text, _engine_parse) from None
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the query failed while it ran: {error}") from None


def _cut(result: Result, most_rows: int | None) -> Result:
    if most_rows is None or len(result.rows) <= most_rows:
        return result
    return replace(result, rows=result.rows[:most_rows], cut=True)


def _engine_parse(text: str) -> object:
    return Store().query(write_out_dotted(text), prefixes=PREFIXES)


def _embedded(graph: Graph) -> MemoryGraph | StoredGraph:
    from unpact.graph.memory import MemoryGraph
    from unpact.graph.stored import StoredGraph

    if isinstance(graph, MemoryGraph):
        return graph
    if isinstance(graph, StoredGraph) and not graph.default_graph:
        return graph
    raise UsageError("a time limit needs a graph in memory or a whole store on disk")
