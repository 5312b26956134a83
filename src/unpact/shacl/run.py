"""Asks the questions of a plan and reads the results of a validation off the rows."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.graph.reached import reached
from unpact.shacl.scope import written
from unpact.shacl.shapes import SUBCLASS, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from unpact.graph.interface import Graph
    from unpact.shacl.plan import Compiler, Question
    from unpact.shacl.shapes import Shape
    from unpact.shacl.triples import Node, Term
    from unpact.shacl.violations import Reading


class Result(NamedTuple):
    """One result of a validation (SHACL, section 3.6.2).

    Args:
        focus: the node that violates a constraint.
        shape: that has the constraint.
        component: of the constraint.
        value: that is wrong, if it is one value.
        path: a property, or the node of a path in the shapes graph.
        parameter: of the constraint.
        source: of a SPARQL constraint.
        messages: what the shape's author says, values in place.
        details: the results of a nested shape.
    """

    focus: Term
    shape: Shape
    component: NamedNode
    value: Term | None
    path: Term | None
    parameter: Term | None
    source: Node | None
    messages: tuple[Literal, ...]
    details: tuple[Result, ...] = ()


class Answer(NamedTuple):
    """A result with the node that a shape with targets was asked of.

    Args:
        target: the node; a shape inside the one with targets has focus nodes that are values of it.
        result: what is wrong.
    """

    target: Term
    result: Result


def ask(graph: Graph, questions: Iterable[Question], compiler: Compiler | None = None) -> Iterator[Result]:
    """The results of some questions; those of `sh:node` are explained where a compiler can ask more."""
    return (answer.result for answer in answers_to(graph, questions, compiler))


def answers_to(
    graph: Graph, questions: Iterable[Question], compiler: Compiler | None = None
) -> Iterator[Answer]:
    """The same, each with the node that was asked of."""
    for question in questions:
        for carried, result in _answered(graph, question, compiler):
            outermost = carried[0] if carried else None
            yield Answer(result.focus if outermost is None else outermost, result)


def subclasses_in(graph: Graph) -> Callable[[Term], Sequence[Term]]:
    """A function that gives the classes that the instances of a class have: it and those below it.

    Where a graph says of every instance of a lower class that it is one of the upper class too, as one with
    its inferences does, the upper class is enough.
    """
    below: dict[Term, list[Term]] = {}
    for sub, sup in graph.select(f"SELECT DISTINCT ?sub ?sup WHERE {{ ?sub <{SUBCLASS.value}> ?sup }}"):
        if isinstance(sub, NamedNode) and sup is not None:
            below.setdefault(sup, []).append(sub)

    @cache
    def subclasses(cls: Term) -> Sequence[Term]:
        found = reached([cls], lambda each: below.get(each, ()))
        if len(found) > 1:
            lower = " ".join(written(each) for each in found if each != cls)
            kinds = f"VALUES ?kind {{ {lower} }} ?instance <{TYPE.value}> ?kind"
            if not graph.ask(f"ASK {{ {kinds} MINUS {{ ?instance <{TYPE.value}> {written(cls)} }} }}"):
                return (cls,)
        return tuple(found)

    return subclasses


def _answered(
    graph: Graph, question: Question, compiler: Compiler | None
) -> Iterator[tuple[tuple[Term | None, ...], Result]]:
    """The results, each with what its row carried."""
    rows = graph.select(question.select)
    columns = [f"?{name}" for name in rows.variables]
    distinct = dict.fromkeys(rows)
    for other in question.others:
        distinct.update(dict.fromkeys(graph.select(other.select)))
    found = [dict(zip(columns, row, strict=True)) for row in distinct]
    for number, reading in enumerate(question.readings):
        nested: dict[tuple[Term | None, ...], list[Result]] = {}
        for alternative in (question, *question.others) if found else ():
            of_target = _nested(graph, alternative.readings[number], alternative, compiler, found)
            nested = {**of_target, **nested}
        for row in found:
            if reading.flag is not None and not _holds(row.get(reading.flag)):
                continue
            focus = row[question.focus]
            if focus is None:
                continue
            carried = tuple(row[each] for each in question.carried)
            value = row.get(reading.value) if reading.value is not None else None
            details = tuple(nested.get((*carried, focus, value), ()))
            yield carried, _result(reading, row, focus, value, details)


def _nested(
    graph: Graph,
    reading: Reading,
    question: Question,
    compiler: Compiler | None,
    rows: list[dict[str, Term | None]],
) -> Mapping[tuple[Term | None, ...], list[Result]]:
    """The results of a nested shape by the row that they explain."""
    found: dict[tuple[Term | None, ...], list[Result]] = {}
    if compiler is None or reading.details is None:
        return found
    own = reading.value == question.focus
    known = len(question.carried) + (0 if own else 1)
    for inner in compiler.details(reading, question, rows):
        for carried, result in _answered(graph, inner, compiler):
            # a row of the nested shape itself ends with its focus node, which is the value that failed
            value = carried[known] if len(carried) > known else result.focus
            key = (*carried[:known], value, value) if own else (*carried[:known], value)
            found.setdefault(key, []).append(result)
    return found


def _result(
    reading: Reading,
    row: Mapping[str, Term | None],
    focus: Term,
    value: Term | None,
    details: tuple[Result, ...],
) -> Result:
    shape = reading.shape
    path = row.get(reading.path) if reading.path is not None else None
    if path is None and shape.path is not None:
        path = shape.path.node
    texts = (*reading.messages, *(each for each in shape.messages if each not in reading.messages))
    if reading.source is not None or reading.bound is not None:
        known = {
            **{name[1:]: term for name, term in row.items() if term is not None},
            **(reading.bound or {}),
        }
        texts = tuple(_filled(text, {**known, "this": focus}) for text in texts)
    return Result(
        focus, shape, reading.component, value, path, reading.parameter, reading.source, texts, details
    )


def _filled(text: Literal, values: Mapping[str, Term]) -> Literal:
    """A message with the values of its `{$variables}` (section 5.2.2)."""
    content = text.value
    if "{" not in content:
        return text
    for name, term in values.items():
        shown = str(getattr(term, "value", term))
        content = content.replace(f"{{${name}}}", shown).replace(f"{{?{name}}}", shown)
    return Literal(content, language=text.language) if text.language else Literal(content)


def _holds(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.value == "true"
