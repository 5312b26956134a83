"""The queries that an explanation asks beside the opened one, with the names and the dataset of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.graph.memory import MemoryGraph
from unpact.names import RDF
from unpact.query import algebra as alg
from unpact.query.scope import visible
from unpact.why import plan
from unpact.why.wording import Wording, group_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.graph.interface import Graph, Row, Solutions, Term

#: Where counting ends: who looked in vain among so many needs no better number.
MOST_COUNTED = 10_000


class Asking:
    """Asks a graph in the words of one query.

    Args:
        graph: what the query was asked of.
        query: its prologue and its FROM clauses count.
    """

    def __init__(self, graph: Graph, query: alg.Query) -> None:
        self._graph = graph
        self.prologue = alg.text_of(query.prologue)
        self.wording = Wording(query.prologue)
        self._dataset = alg.text_of(query.dataset)
        self._terms: dict[str, Term] = {"a": NamedNode(RDF + "type")}
        self._counts: dict[str, tuple[int, bool]] = {}

    def select(self, columns: str, body: str, behind: str = "") -> Solutions:
        """The solutions of the pattern `body`; `behind` stands behind it."""
        return self._graph.select(
            f"{self.prologue} SELECT {columns} {self._dataset} WHERE {{ {body} }} {behind}"
        )

    def distinct(self, columns: str, body: str) -> Iterable[Row]:
        """The same, each row once."""
        return self.select(f"DISTINCT {columns}", body)

    def term(self, text: str, values: Mapping[str, Term | None]) -> Term | None:
        """The term of a solution that a variable or a constant of the query stands for."""
        return values.get(text) if text.startswith("?") else self._terms[text]

    @property
    def terms(self) -> Mapping[str, Term]:
        """The terms behind the constants that have been read."""
        return self._terms

    def read(self, texts: Iterable[str]) -> None:
        """Read constants: the embedded engine knows best which terms they are."""
        unread = [text for text in dict.fromkeys(texts) if text not in self._terms and text[0] != "?"]
        if not unread:
            return
        binds = " ".join(f"BIND({text} AS ?constant{index})" for index, text in enumerate(unread))
        shown = " ".join(f"?constant{index}" for index in range(len(unread)))
        (row,) = MemoryGraph().select(f"{self.prologue} SELECT {shown} WHERE {{ {binds} }}")
        self._terms.update((text, term) for text, term in zip(unread, row, strict=True) if term is not None)

    def count(self, body: str) -> tuple[int, bool]:
        """How many solutions a pattern has, and whether counting ended before all were counted."""
        if body not in self._counts:
            limited = f"{{ SELECT * WHERE {{ {body} }} LIMIT {MOST_COUNTED + 1} }}"
            ((number,),) = self.select("(COUNT(*) AS ?number)", limited)
            counted = int(number.value) if isinstance(number, Literal) else 0
            self._counts[body] = (min(counted, MOST_COUNTED), counted > MOST_COUNTED)
        return self._counts[body]

    def candidates(self, node: plan.Test) -> tuple[int, bool]:
        """How many solutions the pattern of a test has when only its constants are fixed."""
        body = group_text(_by_itself(node.group) if node.keyword != "MINUS" else node.group)
        return self.count(body if node.graph is None else f"GRAPH {node.graph} {{ {body} }}")


def constants(nodes: Iterable[plan.Node]) -> Iterator[str]:
    """The texts of the constants in patterns, paths and names of graphs."""
    for node in nodes:
        match node:
            case plan.Leaf(pattern, graph):
                yield from () if graph is None else (graph,)
                yield pattern.subject
                yield pattern.object
                predicate = pattern.predicate
                yield from (predicate,) if isinstance(predicate, str) else steps(predicate)
            case plan.Optional():
                yield from constants(node.inside)
            case plan.Union():
                for branch in node.branches:
                    yield from constants(branch)
            case plan.SubSelect() | plan.Test():
                yield from () if node.graph is None else (node.graph,)
            case plan.Filter() | plan.Bind():
                yield from constants(node.tests)


def steps(path: alg.Path) -> Iterator[str]:
    """The properties of a path, as text."""
    match path:
        case alg.Step(iri):
            yield iri
        case alg.Inverse(inner) | alg.Repeat(inner, _):
            yield from steps(inner)
        case alg.Chain(parts) | alg.Choice(parts):
            for part in parts:
                yield from steps(part)


def _by_itself(group: alg.Group) -> alg.Group:
    """The group without the filters that need a value from outside."""
    known = visible(group)
    kept = [
        element
        for element in group.elements
        if not isinstance(element, alg.Filter | alg.Bind)
        or {alg.variable(token.text) for token in element.tokens if token.kind == "var"} <= known
    ]
    return alg.Group(tuple(kept))
