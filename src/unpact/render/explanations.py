"""What made a row of an answer match: as a tree for people, and as JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.notation import statement, typed_words
from unpact.render.proofs import Explained
from unpact.render.rows import one_line
from unpact.render.tree import Branch
from unpact.why import parts as why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from unpact.graph.interface import Term
    from unpact.why.proof import Proof

Json: TypeAlias = dict[str, object]
#: how the triples behind a row are proved
Prove: TypeAlias = "Callable[[why.Fact], Proof | None]"

# of many solutions behind one row so many are drawn
_DRAWN = 3


def row_title(number: int, explanation: why.Explanation) -> str:
    """A row on one line."""
    cells = (
        f"{name} = {_value(value, 'nothing')}"
        for name, value in zip(explanation.variables, explanation.row, strict=True)
    )
    return f"row {number}: {', '.join(cells)}"


class RowTree:
    """Draws the explanations of rows.

    Args:
        prove: gives the proof of a triple.
        texts: the words of sentences, by IRI.
    """

    def __init__(self, prove: Prove, texts: Mapping[str, str]) -> None:
        self._prove = prove
        self._explained = Explained(texts)

    def row(self, number: int, explanation: why.Explanation) -> Branch:
        """The tree of one row."""
        return Branch(row_title(number, explanation), below=tuple(self._explanation(explanation)))

    def _explanation(self, explanation: why.Explanation) -> Iterator[Branch]:
        if explanation.failure is not None:
            yield self._failure(explanation.failure)
        for aggregate in explanation.aggregates:
            value = _value(aggregate.value, "nothing")
            counted = f"over {explanation.count} {_plural('solution', explanation.count)}"
            yield Branch(f"?{aggregate.variable} = {value}: {one_line(aggregate.expression)} {counted}")
        if explanation.having:
            yield Branch(f"having {one_line(explanation.having)}")
        solutions = explanation.solutions
        if len(solutions) == 1:
            yield from self._parts(solutions[0].parts)
            return
        for number, solution in enumerate(solutions[:_DRAWN], 1):
            below = tuple(self._parts(solution.parts))
            yield Branch(f"solution {number} of {len(solutions)}", below=below)
        if len(solutions) > _DRAWN:
            yield Branch(f"and {len(solutions) - _DRAWN} more, which --format json has")

    def _failure(self, failure: why.Failure) -> Branch:
        if not failure.matched:
            return Branch(f"nothing matches: {one_line(failure.failed)}")
        count = f"at least {failure.solutions}" if failure.at_least else str(failure.solutions)
        below = (Branch(f"matched {count} times before it: {one_line(failure.matched)}"),)
        return Branch(f"nothing goes with: {one_line(failure.failed)}", below=below)

    def _parts(self, parts: Iterable[why.Part]) -> Iterator[Branch]:
        for part in parts:
            yield self._part(part)

    def _part(self, part: why.Part) -> Branch:
        match part:
            case why.TripleMatch():
                return self._fact(part.fact)
            case why.PathMatch():
                return self._path(part)
            case why.OptionalMatch() | why.UnionBranch() | why.SubSelect() | why.ExistsMatch():
                return self._nested(part)
            case why.FilterTest() | why.Assignment():
                return self._expression(part)
            case _:
                return Branch(_plain(part))

    def _nested(self, part: why.OptionalMatch | why.UnionBranch | why.SubSelect | why.ExistsMatch) -> Branch:
        match part:
            case why.OptionalMatch():
                return Branch("optional, matched", below=tuple(self._parts(part.parts)))
            case why.UnionBranch():
                title = f"alternative {part.number} of {part.of}"
                return Branch(title, below=tuple(self._parts(part.parts)))
            case why.SubSelect():
                return Branch("sub-select", below=tuple(self._explanation(part.explanation)))
            case why.ExistsMatch():
                below = tuple(self._explanation(part.explanation))
                return Branch(f"exists: {one_line(part.looked_for)}", below=below)

    def _expression(self, part: why.FilterTest | why.Assignment) -> Branch:
        below = tuple(self._parts(part.tests))
        if isinstance(part, why.FilterTest):
            return Branch(f"filter {one_line(part.filled)}", below=below)
        value = _value(part.value, "nothing")
        return Branch(f"?{part.variable.lstrip('?')} = {value}, from {one_line(part.filled)}", below=below)

    def _path(self, path: why.PathMatch) -> Branch:
        title = f"path {one_line(path.pattern)}"
        if path.steps is None:
            return Branch(f"{title} (the way cannot be looked up)")
        if not path.steps:
            return Branch(f"{title} (no step: both ends are {typed_words(path.subject)})")
        return Branch(title, below=tuple(self._fact(step.fact) for step in path.steps))

    def _fact(self, fact: why.Fact) -> Branch:
        proof = self._prove(fact)
        if proof is not None:
            return self._explained.branch(proof)
        return Branch(statement(Triple(*fact)))  # type: ignore[arg-type]  # a triple of the graph


def explanation_json(
    part: object, term: Callable[[object], Json], fact: Callable[[why.Fact], object]
) -> object:
    """An explanation, or a part of one, as nested objects, each with its class as its `kind`.

    Args:
        part: to show.
        term: writes a term as SPARQL 1.1 Query Results JSON has it.
        fact: writes a triple.
    """
    if isinstance(part, NamedNode | BlankNode | Literal | Triple):
        return term(part)
    if is_dataclass(part):
        found: Json = {"kind": type(part).__name__}
        for each in fields(part):
            value = getattr(part, each.name)
            if each.name == "fact":
                found["fact"] = fact(value)
            elif each.name in ("shared", "cells", "keys"):
                found[each.name] = {name: None if cell is None else term(cell) for name, cell in value}
            elif value not in ((), ""):
                found[each.name] = explanation_json(value, term, fact)
        return found
    if isinstance(part, tuple):
        return [explanation_json(each, term, fact) for each in part]
    return part


def _plain(part: why.Part) -> str:
    """A part that no triple stands behind."""
    match part:
        case why.OptionalMiss():
            return f"optional, nothing matches: {one_line(part.looked_for)}"
        case why.Negation():
            among = f"at least {part.candidates}" if part.at_least else str(part.candidates)
            return f"nothing matches: {one_line(part.looked_for)} (looked for among {among})"
        case why.ValuesLine():
            cells = ", ".join(f"{name} = {_value(value, 'UNDEF')}" for name, value in part.cells)
            return f"line {part.number} of {part.of} of the values: {cells}"
        case why.ServiceCall():
            return f"{one_line(part.head)}: {one_line(part.looked_for)}"
        case _:
            return type(part).__name__


def _value(term: Term | None, nothing: str) -> str:
    return nothing if term is None else typed_words(term)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
