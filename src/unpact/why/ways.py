"""The triples that a property path went along (SPARQL 1.1, section 9), for many pairs of nodes at once."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.errors import UsageError
from unpact.names import RDF
from unpact.query import algebra as alg
from unpact.query.tokens import significant, tokenize
from unpact.why.routes import all_edges, shortest
from unpact.why.scope import askable
from unpact.why.triples import PathStep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from unpact.graph.interface import Row, Term

    Select = Callable[[str, str], Iterable[Row]]
    Steps = tuple[PathStep, ...]


_TYPE = f"<{RDF}type>"


class Pair(NamedTuple):
    """The ends of a path, and the graph that GRAPH names around it, if any."""

    start: Term
    end: Term
    graph: Term | None = None


class Ways:
    """Finds ways along paths.

    Args:
        select: runs a SELECT, given its columns and the inside of its WHERE clause.
        terms: the term behind the text of each property.
        every: give the triples of all ways instead of a shortest one.
    """

    def __init__(self, select: Select, terms: Mapping[str, Term], *, every: bool = False) -> None:
        self._select = select
        self._terms = terms
        self._every = every

    def find(self, path: alg.Path, pairs: Iterable[Pair], *, known: bool = True) -> dict[Pair, Steps]:
        """The steps of a way for each of `pairs` that the path leads along; no steps for one of length zero.

        `known` pairs are those of which the engine has said that the path leads along them.
        """
        wanted = list(dict.fromkeys(pairs))
        if not wanted:
            return {}
        found: dict[Pair, Steps]
        match path:
            case alg.Step(iri):
                holding = wanted if known else self._holding(path, wanted)
                found = {pair: (self._step(pair, iri),) for pair in holding}
            case alg.Inverse(inner):
                turned = {pair: Pair(pair.end, pair.start, pair.graph) for pair in wanted}
                back = self.find(inner, turned.values(), known=known)
                found = {pair: _reversed(back[other]) for pair, other in turned.items() if other in back}
            case alg.Choice(parts):
                found = self._choice(parts, wanted)
            case alg.Chain(parts):
                found = self._chain(parts, wanted)
            case alg.Repeat(inner, "?"):
                found = self._at_most_once(inner, wanted)
            case alg.Repeat(inner, sign):
                found = self._repeated(inner, sign, wanted)
            case alg.Negated(text):
                found = self._negated(text, wanted)
        return found

    def _step(self, pair: Pair, iri: str) -> PathStep:
        return PathStep((pair.start, self._terms[iri], pair.end))

    def _holding(self, path: alg.Path, pairs: Sequence[Pair]) -> list[Pair]:
        pattern = f"?start {alg.path_text(path)} ?end"
        return [pair for pair, _ in self._rows(pattern, (), pairs)]

    def _choice(self, parts: Sequence[alg.Path], pairs: Sequence[Pair]) -> dict[Pair, Steps]:
        found: dict[Pair, list[Steps]] = defaultdict(list)
        for part in parts:
            for pair, steps in self.find(part, pairs, known=False).items():
                found[pair].append(steps)
        return {pair: self._best(ways) for pair, ways in found.items()}

    def _chain(self, parts: Sequence[alg.Path], pairs: Sequence[Pair]) -> dict[Pair, Steps]:
        names = [f"?middle{number}" for number in range(1, len(parts))]
        ends = ("?start", *names, "?end")
        pattern = " . ".join(
            f"{first} {_bracketed(part)} {last}"
            for first, part, last in zip(ends, parts, ends[1:], strict=False)
        )
        routes = [
            (
                pair,
                [Pair(one, other, pair.graph) for one, other in pairwise((pair.start, *middle, pair.end))],
            )
            for pair, middle in self._rows(pattern, names, pairs)
        ]
        legs = [self.find(part, (route[at] for _, route in routes)) for at, part in enumerate(parts)]
        found: dict[Pair, list[Steps]] = defaultdict(list)
        for pair, route in routes:
            ways = [leg.get(each) for leg, each in zip(legs, route, strict=True)]
            if None not in ways:
                found[pair].append(tuple(step for way in ways for step in way or ()))
        return {pair: self._best(ways) for pair, ways in found.items()}

    def _at_most_once(self, path: alg.Path, pairs: Sequence[Pair]) -> dict[Pair, Steps]:
        found: dict[Pair, Steps] = {pair: () for pair in pairs if pair.start == pair.end}
        found.update(self.find(path, (pair for pair in pairs if pair not in found), known=False))
        return found

    def _repeated(self, path: alg.Path, sign: str, pairs: Sequence[Pair]) -> dict[Pair, Steps]:
        found: dict[Pair, Steps] = {}
        if sign == "*":
            found = {pair: () for pair in pairs if pair.start == pair.end}
        by_graph: dict[Term | None, list[Pair]] = defaultdict(list)
        for pair in pairs:
            if pair not in found:
                by_graph[pair.graph].append(pair)
        for graph, others in by_graph.items():
            if len({pair.end for pair in others}) < len({pair.start for pair in others}):
                turned = {pair: Pair(pair.end, pair.start, graph) for pair in others}
                routes = self._routes(alg.Inverse(path), graph, list(turned.values()))
                backward = self._along(alg.Inverse(path), graph, routes)
                found.update({pair: _reversed(backward[at]) for pair, at in turned.items() if at in backward})
            else:
                found.update(self._along(path, graph, self._routes(path, graph, others)))
        return found

    def _along(
        self, path: alg.Path, graph: Term | None, routes: Mapping[Pair, Sequence[tuple[Term, Term]]]
    ) -> dict[Pair, Steps]:
        legs = self.find(path, (Pair(*edge, graph) for route in routes.values() for edge in route))
        return {
            pair: tuple(step for edge in route for step in legs.get(Pair(*edge, graph), ()))
            for pair, route in routes.items()
        }

    def _routes(
        self, path: alg.Path, graph: Term | None, pairs: Sequence[Pair]
    ) -> dict[Pair, list[tuple[Term, Term]]]:
        """The single repetitions on the way for each pair, level by level from all starts together."""
        edges: dict[Term, list[Term]] = {}
        frontier = list(dict.fromkeys(pair.start for pair in pairs))
        routes: dict[Pair, list[tuple[Term, Term]]] = {}
        while frontier:
            for node in frontier:
                edges[node] = []
            for start, end in self._successors(path, graph, frontier):
                edges[start].append(end)
            reached = dict.fromkeys(end for node in frontier for end in edges[node])
            frontier = [node for node in reached if node not in edges]
            if not self._every:
                routes |= {
                    pair: route
                    for pair in pairs
                    if pair not in routes and (route := shortest(edges, pair.start, pair.end))
                }
                if len(routes) == len(pairs):
                    return routes
        if self._every:
            routes = {pair: route for pair in pairs if (route := all_edges(edges, pair.start, pair.end))}
        return routes

    def _successors(
        self, path: alg.Path, graph: Term | None, nodes: Sequence[Term]
    ) -> list[tuple[Term, Term]]:
        pairs = [Pair(node, node, graph) for node in nodes]
        pattern = f"?start {alg.path_text(path)} ?end"
        rows = self._select("?start ?end", f"{_given(pairs, ends=False)} {_within(pattern, graph)}")
        wanted = set(nodes)
        edges = [
            (start, end) for start, end in rows if start is not None and end is not None and start in wanted
        ]
        return sorted(edges, key=lambda edge: (str(edge[0]), str(edge[1])))

    def _negated(self, text: str, pairs: Sequence[Pair]) -> dict[Pair, Steps]:
        forward, backward = _excluded(text)
        found: dict[Pair, list[Steps]] = defaultdict(list)
        if forward is not None:
            pattern = f"?start ?used ?end {_unless(forward)}"
            for pair, (used,) in self._rows(pattern, ("?used",), pairs):
                found[pair].append((PathStep((pair.start, used, pair.end)),))
        if backward is not None:
            pattern = f"?end ?used ?start {_unless(backward)}"
            for pair, (used,) in self._rows(pattern, ("?used",), pairs):
                found[pair].append((PathStep((pair.end, used, pair.start), inverse=True),))
        return {pair: self._best(ways) for pair, ways in found.items()}

    def _best(self, ways: Sequence[Steps]) -> Steps:
        if self._every:
            return tuple(dict.fromkeys(step for way in ways for step in way))
        return min(ways, key=lambda way: (len(way), [str(step) for step in way]))

    def _rows(
        self, pattern: str, names: Sequence[str], pairs: Sequence[Pair]
    ) -> list[tuple[Pair, tuple[Term, ...]]]:
        """The solutions of a pattern between ?start and ?end, for those of `pairs` that have any.

        An end that cannot stand in a query, such as a blank node, is compared here.
        """
        kinds: dict[tuple[bool, bool, Term | None], list[Pair]] = defaultdict(list)
        for pair in pairs:
            kinds[_writable(pair.start), _writable(pair.end), pair.graph].append(pair)
        found: list[tuple[Pair, tuple[Term, ...]]] = []
        for (_, _, graph), some in kinds.items():
            wanted = set(some)
            columns = " ".join(("?start", "?end", *names))
            for row in self._select(columns, f"{_given(some)} {_within(pattern, graph)}"):
                terms = tuple(term for term in row if term is not None)
                if len(terms) == len(row) and (pair := Pair(terms[0], terms[1], graph)) in wanted:
                    found.append((pair, terms[2:]))
        return found


def _given(pairs: Sequence[Pair], *, ends: bool = True) -> str:
    """A VALUES block of the ends that can stand in a query."""
    columns = []
    if all(_writable(pair.start) for pair in pairs):
        columns.append(("?start", [askable(pair.start) for pair in pairs]))
    if ends and all(_writable(pair.end) for pair in pairs):
        columns.append(("?end", [askable(pair.end) for pair in pairs]))
    if not columns:
        return ""
    lines = dict.fromkeys(zip(*(texts for _, texts in columns), strict=True))
    head = " ".join(name for name, _ in columns)
    body = " ".join(f"({' '.join(line)})" for line in lines)
    return f"VALUES ({head}) {{ {body} }}"


def _within(pattern: str, graph: Term | None) -> str:
    return f"GRAPH {graph} {{ {pattern} }}" if isinstance(graph, NamedNode) else pattern


def _writable(term: Term) -> bool:
    try:
        askable(term)
    except UsageError:
        return False
    return True


def _bracketed(path: alg.Path) -> str:
    return f"({alg.path_text(path)})" if not isinstance(path, alg.Step) else path.iri


def _reversed(steps: Steps) -> Steps:
    return tuple(PathStep(step.fact, not step.inverse) for step in reversed(steps))


def _excluded(text: str) -> tuple[list[str] | None, list[str] | None]:
    """The properties that a negated set leaves out forwards and backwards; None where it does not go so."""
    forward: list[str] = []
    backward: list[str] = []
    turned = False
    for token in significant(tokenize(text)):
        if token.kind in ("iri", "pname") or token.text == "a":
            (backward if turned else forward).append(_TYPE if token.text == "a" else token.text)
        turned = token.text == "^"
    return (None if backward and not forward else forward), (backward or None)


def _unless(names: Sequence[str]) -> str:
    return f"FILTER(?used NOT IN ({', '.join(names)}))" if names else ""
