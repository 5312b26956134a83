"""Constraints that a value node meets or fails by itself, each as one SPARQL expression (SHACL, section 4).

An expression is true where the constraint is violated, and never an error, so several can be asked at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from unpact.corpus.lexical import lexical_space
from unpact.errors import ShapesError
from unpact.names import RDF, XSD
from unpact.query.terms import to_sparql
from unpact.shacl.scope import NotCompilable, written
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term

_KINDS = {
    sh("IRI"): "isIRI({v})",
    sh("BlankNode"): "isBLANK({v})",
    sh("Literal"): "isLITERAL({v})",
    sh("BlankNodeOrIRI"): "!isLITERAL({v})",
    sh("BlankNodeOrLiteral"): "!isIRI({v})",
    sh("IRIOrLiteral"): "!isBLANK({v})",
}
_RANGES = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
_ORDERED = (XSD + "date", XSD + "dateTime")


class ValueTest(NamedTuple):
    """One constraint.

    Args:
        component: of SHACL, such as `sh:DatatypeConstraintComponent`.
        parameter: its value in the shape.
        violated: the expression.
    """

    component: NamedNode
    parameter: Term
    violated: str


def value_tests(graph: ShapesGraph, shape: Shape, v: str) -> Iterator[ValueTest]:
    """The tests of a shape, for the value node at the variable `v`.

    Raises:
        NotCompilable: for a regular expression or a term that SPARQL cannot take.
        ShapesError: for a parameter that SHACL does not allow.
    """
    for datatype in graph.values(shape, "datatype"):
        yield _test("Datatype", datatype, _datatype(datatype, v))
    for kind in graph.values(shape, "nodeKind"):
        if kind not in _KINDS or not isinstance(kind, NamedNode):
            raise ShapesError(f"sh:nodeKind of {shape.node} is {kind}, which is no kind of node")
        yield _test("NodeKind", kind, f"!({_KINDS[kind].format(v=v)})")
    for name, operator in _RANGES.items():
        for bound in graph.values(shape, name):
            component = name[0].upper() + name[1:]
            yield _test(component, bound, f"!COALESCE({v} {operator} {written(bound)}, false)")
    yield from _strings(graph, shape, v)
    for head in graph.values(shape, "in"):
        members = [f"sameTerm({v}, {written(each)})" for each in graph.members(head, "in")]
        yield _test("In", head, f"!({' || '.join(members)})" if members else "true")


def _strings(graph: ShapesGraph, shape: Shape, v: str) -> Iterator[ValueTest]:
    flags = next((each.value for each in graph.values(shape, "flags") if isinstance(each, Literal)), "")
    for pattern in graph.values(shape, "pattern"):
        if not isinstance(pattern, Literal):
            raise ShapesError(f"sh:pattern of {shape.node} is no text")
        yield _test(
            "Pattern", pattern, f"isBLANK({v}) || !COALESCE({_matches(pattern.value, flags, v)}, false)"
        )
    for name, operator in (("minLength", ">="), ("maxLength", "<=")):
        length = graph.integer(shape, name)
        if length is not None:
            component = name[0].upper() + name[1:]
            within = f"COALESCE(STRLEN(STR({v})) {operator} {length}, false)"
            value = graph.values(shape, name)[0]
            yield _test(component, value, f"isBLANK({v}) || !{within}")
    for head in graph.values(shape, "languageIn"):
        tags = [each.value for each in graph.members(head, "languageIn") if isinstance(each, Literal)]
        within = " || ".join(f"LANGMATCHES(LANG({v}), {to_sparql(Literal(tag))})" for tag in tags)
        yield _test("LanguageIn", head, f'!COALESCE(LANG({v}) != "" && ({within or "false"}), false)')


def _test(component: str, parameter: Term, violated: str) -> ValueTest:
    return ValueTest(sh(f"{component}ConstraintComponent"), parameter, violated)


def _datatype(datatype: Term, v: str) -> str:
    if not isinstance(datatype, NamedNode):
        raise ShapesError(f"sh:datatype is {datatype}, which is no datatype")
    other = f"COALESCE(DATATYPE({v}) != {written(datatype)}, true)"
    if datatype.value == RDF + "langString":
        return other
    space = lexical_space(datatype.value)
    if space is None:
        return other
    # a literal outside the lexical space of its datatype has a datatype, but no value (section 4.1.2)
    ill_formed = f"!COALESCE(REGEX(STR({v}), {to_sparql(Literal(space.expression))}), false)"
    if datatype.value in _ORDERED:
        # 30 February fits the expression; it has no place in the order of days
        ill_formed += f" || !COALESCE(IF({v} < {to_sparql(_day(datatype))}, true, true), false)"
    for operator, bound in (("<", space.least), (">", space.greatest)):
        if bound is not None:
            ill_formed += f" || COALESCE(<{XSD}integer>(STR({v})) {operator} {bound}, true)"
    return f"{other} || {ill_formed}"


def _day(datatype: NamedNode) -> Literal:
    text = "2000-01-01T00:00:00" if datatype.value.endswith("dateTime") else "2000-01-01"
    return Literal(text, datatype=datatype)


def _refuse_broken(expression: str) -> None:
    try:
        re.compile(expression)
    except re.error as error:
        raise ShapesError(f"sh:pattern {expression!r} is no regular expression: {error}") from None


def _matches(expression: str, flags: str, v: str) -> str:
    # the embedded engine says of an expression that it cannot read only that nothing matches
    probe = (
        f"SELECT (REGEX('', {to_sparql(Literal(expression))}, {to_sparql(Literal(flags))}) AS ?known) {{}}"
    )
    try:
        known = [solution["known"] for solution in Store().query(probe)]  # type: ignore[union-attr]
    except SyntaxError as error:
        raise NotCompilable(f"sh:pattern {expression!r}: {error}") from None
    if known[0] is None:
        _refuse_broken(expression)
        raise NotCompilable(f"sh:pattern {expression!r} is beyond SPARQL's regular expressions")
    return f"REGEX(STR({v}), {to_sparql(Literal(expression))}, {to_sparql(Literal(flags))})"
