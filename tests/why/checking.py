"""Holds explanations against the graph that they explain, and writes them as short lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.query.dotted import write_out_dotted
from unpact.why import parts as P  # noqa: N812 - a short name for many classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from unpact.graph.interface import Graph, Term
    from unpact.why.parts import Fact


class Check:
    """Finds what is wrong with explanations of one graph; `facts` are all its triples."""

    def __init__(self, graph: Graph, facts: set[Fact]) -> None:
        self._graph = graph
        self._facts = facts
        self._asked: dict[str, bool] = {}
        self.seen: set[type] = set()

    def wrong(self, explanation: P.Explanation) -> list[str]:
        found = [
            line for solution in explanation.solutions for line in self._parts(explanation, solution.parts)
        ]
        if explanation.count < len(explanation.solutions):
            found.append("fewer solutions are counted than are shown")
        if not explanation.solutions and explanation.failure is None:
            found.append(f"nothing explains {explanation.row}")
        return found

    def _parts(self, whole: P.Explanation, parts: Iterable[P.Part]) -> Iterator[str]:
        for part in parts:
            self.seen.add(type(part))
            match part:
                case P.OptionalMatch() | P.UnionBranch():
                    yield from self._parts(whole, part.parts)
                case P.SubSelect(explanation) | P.ExistsMatch(explanation=explanation):
                    yield from self.wrong(explanation)
                case P.FilterTest() | P.Assignment():
                    yield from self._parts(whole, part.tests)
                case P.PathMatch():
                    yield from self._path(part)
                case _:
                    yield from self._single(whole, part)

    def _single(self, whole: P.Explanation, part: P.Part) -> Iterator[str]:
        match part:
            case P.TripleMatch(fact=fact) if fact not in self._facts:
                yield f"no such triple: {fact}"
            case P.OptionalMiss(looked_for) if self._matches(whole, looked_for):
                yield f"this OPTIONAL matches: {looked_for}"
            case P.Negation(keyword, looked_for) if part.shared and self._matches(whole, looked_for):
                yield f"this {keyword} matches: {looked_for}"

    def _path(self, part: P.PathMatch) -> Iterator[str]:
        if part.steps is None:
            yield f"no way: {part}"
            return
        at: Term = part.subject
        for step in part.steps:
            start, _, end = step.fact[::-1] if step.inverse else step.fact
            if step.fact not in self._facts:
                yield f"no such triple: {step.fact}"
            if start != at:
                yield f"the steps do not connect: {part}"
            at = end
        if at != part.object:
            yield f"the way ends elsewhere: {part}"

    def _matches(self, whole: P.Explanation, pattern: str) -> bool:
        if "_:" in pattern:
            return False  # a blank node of the graph, which no query can name
        text = write_out_dotted(f"{whole.prologue} ASK {{ {pattern} }}")
        if text not in self._asked:
            self._asked[text] = self._graph.ask(text)
        return self._asked[text]


def facts_in(store: Store) -> set[Fact]:
    return {(quad.subject, quad.predicate, quad.object) for quad in store}


def short(term: Term | None) -> str:
    """The last part of an IRI, a literal's text."""
    if isinstance(term, NamedNode):
        return term.value.rpartition("#")[2].rpartition("/")[2].rpartition(":")[2]
    if isinstance(term, Literal):
        return term.value
    return "-" if term is None else "blank"


def told(explanation: P.Explanation) -> list[str]:
    """An explanation in short lines; what is nested is indented."""
    found = [f"group {_bindings(group.keys)} of {group.count}" for group in explanation.groups]
    found += [f"{each.variable} = {each.expression} = {short(each.value)}" for each in explanation.aggregates]
    for number, solution in enumerate(explanation.solutions, 1):
        times = f" x {solution.times}" if solution.times > 1 else ""
        found.append(f"solution {number} of {explanation.count}{times}")
        found += _inside(solution.parts)
    if explanation.failure is not None:
        failure = explanation.failure
        found += [f"{failure.solutions} of {failure.matched}", f"none with {failure.failed}"]
    return found


def _told(part: P.Part) -> list[str]:
    match part:
        case P.OptionalMatch():
            return ["optional", *_inside(part.parts)]
        case P.UnionBranch():
            return [f"branch {part.number} of {part.of}", *_inside(part.parts)]
        case P.ExistsMatch():
            return [f"exists {part.looked_for}", *_indented(told(part.explanation))]
        case P.SubSelect():
            return ["sub-select", *_indented(told(part.explanation))]
        case P.FilterTest():
            return [f"filter {part.filled}", *_inside(part.tests)]
        case _:
            return [_line(part)]


def _line(part: P.Part) -> str:
    line = ""
    match part:
        case P.TripleMatch():
            line = f"{part.pattern} -> {_fact(part.fact)}{_where(part.graph)}"
        case P.PathMatch():
            steps = None if part.steps is None else [_step(step) for step in part.steps]
            line = f"path {short(part.subject)} to {short(part.object)}{_where(part.graph)}: {steps}"
        case P.OptionalMiss():
            line = f"no {part.looked_for}"
        case P.Negation():
            more = " and more" if part.at_least else ""
            line = f"{part.keyword} {part.looked_for} ({_bindings(part.shared)}) of {part.candidates}{more}"
        case P.Assignment():
            line = f"{part.variable} = {part.filled} = {short(part.value)}"
        case P.ValuesLine():
            line = f"line {part.number} of {part.of}: {_bindings(part.cells)}"
        case P.ServiceCall():
            line = f"{part.head}: {part.looked_for}"
    return line


def _inside(parts: Iterable[P.Part]) -> list[str]:
    return _indented(line for part in parts for line in _told(part))


def _where(graph: Term | None) -> str:
    return "" if graph is None else f" in {short(graph)}"


def _bindings(bindings: Iterable[P.Binding]) -> str:
    return ", ".join(f"{name} {short(value)}" for name, value in bindings)


def _fact(fact: Fact) -> str:
    return " ".join(short(term) for term in fact)


def _step(step: P.PathStep) -> str:
    return ("^" if step.inverse else "") + _fact(step.fact)


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
