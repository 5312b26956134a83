"""Makes explanations of solutions: each construct of the query with what it matched, in the order of the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query import algebra as alg
from unpact.query.lint.scope import aggregates, visible
from unpact.why import parts, plan
from unpact.why.failing import failure_of
from unpact.why.opening import MARK, OUTER_GRAPH, aggregated_columns
from unpact.why.walk import Walk, number, shared
from unpact.why.wording import expression_text, group_text, pattern_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.graph.interface import Term
    from unpact.why.walk import Behind, Found, Key, Lookups, Values

    Looked = Lookups[parts.Explanation]


class Telling(Walk[parts.Explanation]):
    """Explains rows."""

    def result(self, row: Key, behind: Behind, lookups: Looked) -> parts.Explanation:
        """The explanation of `row`."""
        query = behind.query
        solutions = self.solutions(behind, lookups)
        count = sum(solution.times for solution in solutions)
        columns = [column.variable for column in query.columns or ()]
        variables = tuple(name[1:] for name in columns or behind.columns if name != OUTER_GRAPH)
        if not row:
            variables = ()
        grouped = query.columns is not None and aggregates(query)
        groups: list[parts.Group] = []
        computed: list[parts.Aggregate] = []
        if grouped:
            names = [name[1:] for name in behind.columns if name != OUTER_GRAPH]
            for key, found in behind.groups:
                keys = tuple(zip(names, key, strict=False))
                groups.append(parts.Group(keys, sum(each.times for each in found)))
            values = dict(zip(columns, row, strict=False))
            computed = [
                parts.Aggregate(
                    column.variable[1:],
                    expression_text(column.expression or ()),
                    values.get(column.variable),
                )
                for column in aggregated_columns(query)
            ]
        empty_group = grouped and not query.group_by
        failed = not solutions and (query.form == "ASK" or empty_group)
        return parts.Explanation(
            variables,
            row,
            solutions,
            count,
            tuple(groups),
            tuple(computed),
            alg.text_of(query.having),
            failure_of(self.asking, query.where) if failed else None,
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
        match node:
            case plan.Leaf():
                return self._leaf(node, values, lookups)
            case plan.Optional():
                if values.get(node.marker) is None:
                    return parts.OptionalMiss(self._filled(node.group, node.seen, node.graph, values))
                return parts.OptionalMatch(tuple(self._parts(node.inside, values, lookups)))
            case plan.Union():
                at = number(values, node.marker)
                inside = tuple(self._parts(node.branches[at - 1], values, lookups))
                return parts.UnionBranch(at, len(node.branches), inside)
            case plan.Test():
                return self._test(node, values, lookups)
            case plan.Filter():
                fill = self.asking.wording.fill(values, node.seen)
                written = expression_text(node.expression), expression_text(node.expression, fill)
                return parts.FilterTest(*written, self._tests(node.tests, values, lookups))
            case plan.Bind():
                fill = self.asking.wording.fill(values, node.seen)
                written = expression_text(node.expression), expression_text(node.expression, fill)
                value = values.get(node.variable)
                tests = self._tests(node.tests, values, lookups)
                return parts.Assignment(node.variable[1:], *written, value, tests)
            case plan.Values():
                at = number(values, node.marker)
                line = zip(node.names, node.lines[at - 1], strict=True)
                cells = tuple(
                    (name[1:], None if text.upper() == "UNDEF" else values.get(name)) for name, text in line
                )
                return parts.ValuesLine(at, len(node.lines), cells)
            case plan.SubSelect():
                explanation = lookups.rows[node][self.key(node, values)]
                return None if explanation is None else parts.SubSelect(explanation)
            case plan.Service():
                seen = visible(node.group)
                return parts.ServiceCall(node.head, self._filled(node.group, seen, None, values))

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

    def _tests(
        self, nodes: Iterable[plan.Test], values: Values, lookups: Looked
    ) -> tuple[parts.ExistsMatch | parts.Negation, ...]:
        return tuple(self._test(node, values, lookups) for node in nodes)

    def _test(self, node: plan.Test, values: Values, lookups: Looked) -> parts.ExistsMatch | parts.Negation:
        looked_for = self._filled(node.group, node.seen, node.graph, values)
        if self.to_be_asked(node):
            explanation = lookups.tests[node].get(self.key(node, values))
            if explanation is not None:
                return parts.ExistsMatch(looked_for, explanation, supports=node.supports)
        known = tuple((name[1:], value) for name in shared(node) if (value := values.get(name)) is not None)
        candidates, at_least = self.asking.candidates(node)
        return parts.Negation(node.keyword, looked_for, known, candidates, at_least)

    def _filled(self, group: alg.Group, names: Iterable[str], graph: str | None, values: Values) -> str:
        text = group_text(group, self.asking.wording.fill(values, names))
        if graph is None:
            return text
        named: Term | None = self.asking.term(graph, values)
        return f"GRAPH {graph if named is None else self.asking.wording.term(named)} {{ {text} }}"


def sorted_solutions(behind: Behind, found: Iterable[Found]) -> list[Found]:
    """Solutions in an order that no engine decides: by the values of their variables, the bound ones first."""
    shown = behind.opened.shown

    def order(each: Found) -> list[tuple[bool, str]]:
        # two solutions may differ in what matched alone, which the markers tell
        marks = sorted(name for name in each.values if name.startswith(MARK))
        cells = (each.values[name] for name in (*shown, *marks) if name in each.values)
        return [(cell is None, str(cell)) for cell in cells]

    return sorted(found, key=order)
