"""Makes explanations of solutions: each construct of a query with what it matched, in the query's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query import algebra as alg
from unpact.query.scope import aggregates, visible
from unpact.why import parts, plan
from unpact.why.failing import failure_of
from unpact.why.found import inside, number, shared
from unpact.why.opening import MARK, OUTER_GRAPH, aggregated_columns, in_graph
from unpact.why.walk import Walk
from unpact.why.wording import expression_text, group_text, minus_text, pattern_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.graph.interface import Term
    from unpact.why.found import Behind, Found, Key, Lookups, Values

    Looked = Lookups[parts.Explanation]


class Telling(Walk[parts.Explanation]):
    """Explains rows."""

    def result(self, row: Key, behind: Behind, lookups: Looked) -> parts.Explanation:
        """The explanation of `row`."""
        query = behind.query
        solutions = self.solutions(behind, lookups)
        grouped = query.columns is not None and aggregates(query)
        fails = query.form == "ASK" or (grouped and not query.group_by)
        columns = [name for name in behind.variables if name != OUTER_GRAPH]
        return parts.Explanation(
            tuple(name[1:] for name in columns),
            row[: len(columns)],
            solutions,
            sum(solution.times for solution in solutions),
            _groups(behind) if grouped else (),
            _aggregates(behind, row) if grouped else (),
            alg.text_of(query.having),
            failure_of(self.asking, query.where) if fails and not solutions else None,
            self.asking.prologue,
        )

    def solutions(self, behind: Behind, lookups: Looked) -> tuple[parts.Solution, ...]:
        """The solutions behind one row, each once, sorted by their values."""
        found = [each for _, solutions in behind.groups for each in solutions]
        return tuple(self.solution(behind, each, lookups) for each in sorted_solutions(behind, found))

    def solution(self, behind: Behind, found: Found, lookups: Looked) -> parts.Solution:
        """One solution."""
        return parts.Solution(tuple(self._parts(behind.opened.nodes, found.values, lookups)), found.times)

    def _parts(self, nodes: Iterable[plan.Node], values: Values, lookups: Looked) -> Iterator[parts.Part]:
        for node in nodes:
            part = self._part(node, values, lookups)
            if part is not None:
                yield part

    def _part(self, node: plan.Node, values: Values, lookups: Looked) -> parts.Part | None:
        part: parts.Part | None
        match node:
            case plan.Leaf():
                part = self._leaf(node, values, lookups)
            case plan.Test():
                part = self._test(node, values, lookups)
            case plan.Filter() | plan.Bind():
                part = self._expression(node, values, lookups)
            case plan.Values():
                part = _line(node, values)
            case plan.SubSelect():
                explanation = lookups.rows[node][self.key(node, values)]
                part = None if explanation is None else parts.SubSelect(explanation)
            case plan.Service():
                looked_for = self._filled(node.group, visible(node.group), None, values)
                part = parts.ServiceCall(node.head, looked_for)
            case plan.Optional() | plan.Union():
                part = self._choice(node, values, lookups)
        return part

    def _choice(self, node: plan.Optional | plan.Union, values: Values, lookups: Looked) -> parts.Part:
        if isinstance(node, plan.Optional) and values.get(node.marker) is None:
            return parts.OptionalMiss(self._filled(node.group, node.seen, node.graph, values))
        matched = tuple(self._parts(inside(node, values), values, lookups))
        if isinstance(node, plan.Optional):
            return parts.OptionalMatch(matched)
        return parts.UnionBranch(number(values, node.marker), len(node.branches), matched)

    def _expression(
        self, node: plan.Filter | plan.Bind, values: Values, lookups: Looked
    ) -> parts.FilterTest | parts.Assignment:
        fill = self.asking.wording.fill(values, node.seen)
        written = expression_text(node.expression), expression_text(node.expression, fill)
        tests = tuple(self._test(test, values, lookups) for test in node.tests)
        if isinstance(node, plan.Filter):
            return parts.FilterTest(*written, tests)
        return parts.Assignment(node.variable[1:], *written, values.get(node.variable), tests)

    def _leaf(self, node: plan.Leaf, values: Values, lookups: Looked) -> parts.Part | None:
        pattern = node.pattern
        graph = None if node.graph is None else self.asking.term(node.graph, values)
        pair = self.pair(node, values)
        if pair is None:
            return None
        if not isinstance(pattern.predicate, str):
            steps = lookups.paths[pattern.predicate][pair]
            return parts.PathMatch(pattern_text(pattern), pair.start, pair.end, steps, graph)
        predicate = self.asking.term(pattern.predicate, values)
        if predicate is None:
            return None
        return parts.TripleMatch(pattern_text(pattern), (pair.start, predicate, pair.end), graph)

    def _test(self, node: plan.Test, values: Values, lookups: Looked) -> parts.ExistsMatch | parts.Negation:
        known = {name: value for name in shared(node) if (value := values.get(name)) is not None}
        if node.keyword == "MINUS":
            text = minus_text(node.group, self.asking.wording.fill(known, known))
            looked_for = self._in_graph(text, node.graph, values)
        else:
            looked_for = self._filled(node.group, node.seen, node.graph, values)
        if self.to_be_asked(node):
            explanation = lookups.tests[node].get(self.key(node, values))
            if explanation is not None:
                return parts.ExistsMatch(looked_for, explanation, supports=node.supports)
        candidates, at_least = self.asking.candidates(node)
        bindings = tuple((name[1:], value) for name, value in known.items())
        return parts.Negation(node.keyword, looked_for, bindings, candidates, at_least)

    def _filled(self, group: alg.Group, names: Iterable[str], graph: str | None, values: Values) -> str:
        return self._in_graph(group_text(group, self.asking.wording.fill(values, names)), graph, values)

    def _in_graph(self, text: str, graph: str | None, values: Values) -> str:
        if graph is None:
            return text
        named: Term | None = self.asking.term(graph, values)
        return in_graph(text, graph if named is None else self.asking.wording.term(named))


def _groups(behind: Behind) -> tuple[parts.Group, ...]:
    names = [name[1:] for name in behind.columns if name != OUTER_GRAPH]
    return tuple(
        parts.Group(tuple(zip(names, key, strict=False)), sum(each.times for each in found))
        for key, found in behind.groups
    )


def _aggregates(behind: Behind, row: Key) -> tuple[parts.Aggregate, ...]:
    values = dict(zip(behind.variables, row, strict=True))
    return tuple(
        parts.Aggregate(
            column.variable[1:], expression_text(column.expression or ()), values.get(column.variable)
        )
        for column in aggregated_columns(behind.query)
    )


def _line(node: plan.Values, values: Values) -> parts.ValuesLine:
    at = number(values, node.marker)
    cells = tuple(
        (name[1:], None if text.upper() == "UNDEF" else values.get(name))
        for name, text in zip(node.names, node.lines[at - 1], strict=True)
    )
    return parts.ValuesLine(at, len(node.lines), cells)


def sorted_solutions(behind: Behind, found: Iterable[Found]) -> list[Found]:
    """Solutions in an order that no engine decides: by the values of their variables, bound ones first."""
    shown = behind.opened.shown

    def order(each: Found) -> list[tuple[bool, str]]:
        # two solutions may differ in what matched alone, which the markers tell
        marks = sorted(name for name in each.values if name.startswith(MARK))
        cells = (each.values[name] for name in (*shown, *marks) if name in each.values)
        return [(cell is None, str(cell)) for cell in cells]

    return sorted(found, key=order)
