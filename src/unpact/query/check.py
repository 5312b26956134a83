"""``unpact queries check``: are the stored queries complete, right about the graph, and deterministic?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from unpact.errors import UnpactError
from unpact.names import OWL, PREFIXES, RDF, RDFS, XSD, compact
from unpact.query.bind import fill
from unpact.query.catalogue import Catalogue
from unpact.query.faults import StoredQueryError
from unpact.query.order import order_problem
from unpact.query.policy import refuse_remote
from unpact.query.positions import syntax_error
from unpact.query.resolve import Resolver
from unpact.query.run import bound_text, run_text
from unpact.query.tokens import declared_prefixes, expand_token, place, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.graph.interface import Graph
    from unpact.query.stored import StoredQuery

# Vocabularies of the languages themselves: they are right without being mentioned in our files.
_BUILT_IN = (RDF, RDFS, OWL, XSD)


@dataclass(frozen=True, slots=True, order=True)
class QueryFinding:
    """One thing that is wrong with a stored query."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def check_queries(paths: Iterable[Path], graph: Graph) -> list[QueryFinding]:
    """Check the stored queries in `paths` against `graph`, which holds ontology and data. Empty when all is
    well.

    Checked are the header against the query, the syntax, that nothing remote is reached, every IRI and
    parameter type, ORDER BY, and that each example runs, returns rows and returns them in one order only.
    No queries at all is a finding.
    """
    files = sorted(paths)
    if not files:
        return [QueryFinding(Path("queries"), 1, "there are no stored queries to check")]
    resolver = Resolver(graph)
    findings: list[QueryFinding] = []
    stems = Counter(path.stem for path in files)
    for path in files:
        if stems[path.stem] > 1:
            findings.append(
                QueryFinding(
                    path, 1, f"{stems[path.stem]} queries are called {path.stem!r}; names must be unique"
                )
            )
        try:
            (query,) = Catalogue([path])
        except StoredQueryError as error:
            findings.append(QueryFinding(path, error.line, error.problem))
        except UnpactError as error:
            findings.append(QueryFinding(path, 1, error.message))
        else:
            findings += _check(query, graph, resolver)
    return sorted(set(findings))


def _check(query: StoredQuery, graph: Graph, resolver: Resolver) -> Iterator[QueryFinding]:
    try:
        _parse(query.text)
    except SyntaxError:
        error = syntax_error(query.text, _parse)
        yield QueryFinding(
            query.path, error.line or 1, f"the file is not valid SPARQL as it stands: {error.message}"
        )
        return
    try:
        refuse_remote(query.text, local_graphs=graph.named_graphs)
    except UnpactError as error:
        yield QueryFinding(query.path, 1, error.message)
        return
    unknown = list(_unknown_iris(query, graph)) + list(_unknown_types(query, graph))
    yield from unknown
    if not any("of no class" in finding.message for finding in unknown):
        yield from _check_examples(query, graph, resolver)


def _parse(text: str) -> object:
    return Store().query(text, prefixes=PREFIXES)


def _unknown_iris(query: StoredQuery, graph: Graph) -> Iterator[QueryFinding]:
    code = significant(tokenize(query.text))
    prefixes = {**PREFIXES, **declared_prefixes(code)}
    known_graphs = set(graph.named_graphs())
    seen: set[str] = set()
    for index, token in enumerate(code):
        declares = index > 0 and (
            code[index - 1].upper in ("PREFIX", "BASE") or code[index - 2].upper == "PREFIX"
        )
        iri = None if declares else expand_token(token, prefixes)
        if iri is None or iri in seen or iri.startswith(_BUILT_IN) or iri in known_graphs:
            continue
        seen.add(iri)
        if not _known(graph, iri):
            line = place(query.text, token.start)[0]
            yield QueryFinding(query.path, line, f"{compact(iri)} is neither in the ontology nor in the data")


def _unknown_types(query: StoredQuery, graph: Graph) -> Iterator[QueryFinding]:
    for parameter in query.parameters:
        cls = parameter.class_iri
        if cls is not None and not _known(graph, cls):
            line = _line_of(query.text, f"{parameter.name}:")
            yield QueryFinding(
                query.path,
                line,
                f"parameter {parameter.name!r} is of no class of the ontology: {compact(cls)}",
            )


def _known(graph: Graph, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    return graph.ask(
        fill(Path(__file__).with_name("exists.rq").read_text(encoding="utf-8"), {"thing": (node,)})
    )


def _check_examples(query: StoredQuery, graph: Graph, resolver: Resolver) -> Iterator[QueryFinding]:
    line = _line_of(query.text, "examples:")
    for number, example in enumerate(query.examples):
        what = f"example {number} {dict(example)}"
        try:
            text = bound_text(graph, query, example, resolver=resolver)
            rows = run_text(graph, text).rows
            problem = order_problem(graph, text)
        except UnpactError as error:
            yield QueryFinding(query.path, line, f"{what} fails: {error}")
            continue
        if not rows:
            yield QueryFinding(query.path, line, f"{what} returns no rows")
        if problem is not None:
            order_line = _line_of(query.text, "ORDER BY", header=False)
            yield QueryFinding(query.path, order_line, f"{what}: {problem}")


def _line_of(text: str, beginning: str, *, header: bool = True) -> int:
    """The line of the header (or of the query) that begins with, or holds, a key."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#+") == header and (
            line.lstrip("#+- ").startswith(beginning) if header else beginning.lower() in line.lower()
        ):
            return number
    return 1
