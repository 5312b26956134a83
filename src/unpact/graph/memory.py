"""The embedded engine: a graph in memory, held by Oxigraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, Store, Triple

from unpact.errors import QuerySyntaxError, UsageError
from unpact.graph.interface import ByForm, Solutions, Triples
from unpact.names import INFERRED_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from pyoxigraph import BlankNode, DefaultGraph, QueryTriples, Variable

    from unpact.graph.interface import Row
    from unpact.graph.loading import Loading

    Dataset = tuple[list[NamedNode | BlankNode | DefaultGraph], list[NamedNode | BlankNode]]

_INFERRED = NamedNode(INFERRED_GRAPH)
_POSITION = r"error at (\d+):(\d+): (.*)\Z"
# FROM as a keyword: strings, IRIs and comments are stepped over, and neither ?from nor ex:from counts
_FROM = r"""
      <[^<>"{}|^`\\\s]*> | \#[^\n]*
    | \"{3} (?: \"{0,2} (?:[^"\\]|\\.) )* \"{3} | '{3} (?: '{0,2} (?:[^'\\]|\\.) )* '{3}
    | " (?:[^"\\\n]|\\.)* " | ' (?:[^'\\\n]|\\.)* '
    | (?<![\w:?$-]) (?P<keyword> FROM ) (?![\w:-])
    """
# the engine lists every token that it would have accepted, which can fill a screen
_LONGEST = 80
# the engine's parser recurses, and a few thousand levels end the whole process with a stack overflow
_DEEPEST = 400


class MemoryGraph(ByForm):
    """A `Graph` over a `pyoxigraph.Store` whose triples all lie in named graphs.

    Args:
        store: what to query; it is not copied. One that is still being loaded is waited for when it is
            needed.
        dataset: the graphs that are the default graph together, and those that a query may name; where it is
            None, the named graphs are both.
    """

    def __init__(self, store: Store | Loading | None = None, dataset: Dataset | None = None) -> None:
        self._store = Store() if store is None else store
        self._dataset = dataset

    @property
    def store(self) -> Store:
        """The engine's own store."""
        if not isinstance(self._store, Store):
            self._store = self._store.store()
        return self._store

    def __len__(self) -> int:
        return len(self.store)

    def query(self, text: str) -> Solutions | bool | Triples:
        """Run any query. Where it has no FROM, the default graph is the union of the named graphs.

        Raises:
            QuerySyntaxError: with the line and column at which the engine stopped.
            UsageError: when brackets are nested deeper than the engine can bear.
        """
        answer = evaluate(self.store, text, self._dataset)
        if isinstance(answer, QuerySolutions):
            variables = answer.variables
            return Solutions((variable.value for variable in variables), _rows(answer, variables))
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        return Triples(answer)

    def write_rows(self, text: str, stream: IO[bytes]) -> None:
        """Write the rows of a SELECT query as SPARQL 1.1 Query Results TSV, without an object for each term.

        Raises:
            UsageError: for a query of another form, and as for `query`.
            QuerySyntaxError: as for `query`.
        """
        answer = evaluate(self.store, text, self._dataset)
        if not isinstance(answer, QuerySolutions):
            raise UsageError("a SELECT query is needed here")
        answer.serialize(stream, format=QueryResultsFormat.TSV)

    def is_asserted(self, triple: Triple) -> bool:
        """Whether a triple is in a graph other than that of what is inferred."""
        if isinstance(triple.subject, Triple):
            return False
        found = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        return any(quad.graph_name != _INFERRED for quad in found)

    def named_graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        names = (graph.value for graph in self.store.named_graphs() if isinstance(graph, NamedNode))
        return tuple(sorted(names))


def evaluate(
    store: Store, text: str, dataset: Dataset | None = None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The engine's own answer to a query; errors as in `MemoryGraph.query`."""
    if text.count("(") + text.count("{") + text.count("[") > _DEEPEST:
        _refuse_deep_nesting(text)
    try:
        if dataset is not None:
            default, named = dataset
            return store.query(text, prefixes=PREFIXES, default_graph=default, named_graphs=named)
        # the engine would let the union win over a FROM of the query
        return store.query(text, prefixes=PREFIXES, use_default_graph_as_union=not _names_its_dataset(text))
    except SyntaxError as error:
        raise _syntax_error(str(error)) from None


def _names_its_dataset(text: str) -> bool:
    if "from" not in text.lower():
        return False
    # compiled when it is first needed: most runs are over before that
    found = re.finditer(_FROM, text, re.VERBOSE | re.DOTALL | re.IGNORECASE)
    return any(match["keyword"] for match in found)


def _rows(answer: QuerySolutions, variables: list[Variable]) -> Iterator[Row]:
    for solution in answer:
        yield tuple(solution[variable] for variable in variables)


def _syntax_error(message: str) -> QuerySyntaxError:
    found = re.match(_POSITION, message, re.DOTALL)
    if found is None:
        return QuerySyntaxError(message.strip())
    problem = " ".join(found[3].split())
    if len(problem) > _LONGEST:
        problem = problem[:_LONGEST].rpartition(",")[0] + " ..."
    return QuerySyntaxError(problem, line=int(found[1]), column=int(found[2]))


def _refuse_deep_nesting(text: str) -> None:
    depth = 0
    for character in text:
        if character in "({[":
            depth += 1
            if depth > _DEEPEST:
                raise UsageError(f"the query nests brackets more than {_DEEPEST} deep")
        elif character in ")}]":
            depth -= 1
