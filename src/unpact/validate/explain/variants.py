"""Values as somebody could get them wrong: of another kind, another language, misspelt, out of bounds."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.names import XSD
from unpact.validate.explain.nested import parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term
    from unpact.validate.explain.facts import Facts

_STRING = NamedNode(XSD + "string")
_INTEGER = NamedNode(XSD + "integer")
_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger"))
_EARLY = {"date": "1900-01-01", "gYearMonth": "1900-01", "gYear": "1900", "dateTime": "1900-01-01T00:00:00Z"}
_LATE = {"date": "2099-12-31", "gYearMonth": "2099-12", "gYear": "2099", "dateTime": "2099-12-31T00:00:00Z"}
_LANGUAGES = ("de", "la", "en")
_MOST_THINGS = 40


def wrong_values(graph: ShapesGraph, facts: Facts, shape: Shape, value: Term) -> Iterator[Term]:
    """Values to put in the place of one, the likeliest mistakes first; not all of them are wrong."""
    asked = parameters(graph, shape.node)
    for head in asked.get("in", ()):
        yield from _misspelt(graph.members(head, "in"))
    for names, wrong in _WRONG:
        if not asked.keys().isdisjoint(names):
            yield from wrong(value)
    for name in _BOUNDS:
        for bound in asked.get(name, ()):
            yield from around(bound)
    for cls in asked.get("class", ()):
        yield from facts.instances(cls)[:2]
    if "class" in asked:
        yield from facts.things[:_MOST_THINGS]
    if "nodeKind" in asked or "class" in asked:
        yield from _of_other_kind(facts, value)


def around(bound: Term) -> Iterator[Literal]:
    """Values far below and above one of the same datatype."""
    if not isinstance(bound, Literal):
        return
    name = bound.datatype.value.removeprefix(XSD)
    if name in _EARLY:
        yield Literal(_EARLY[name], datatype=bound.datatype)
        yield Literal(_LATE[name], datatype=bound.datatype)
    elif bound.datatype.value in _NUMBERS:
        try:
            number = Decimal(bound.value)
        except InvalidOperation:
            return
        for other in (number - 1, number + 1, number, number * 1000 + 1):
            yield Literal(f"{other:f}", datatype=bound.datatype)


def another(value: Term) -> Iterator[Term]:
    """Another value of the same kind, where the data has none to offer."""
    if isinstance(value, Literal):
        if value.language is not None:
            yield Literal(f"{value.value} (2)", language=value.language)
        elif value.datatype == _STRING:
            yield Literal(f"{value.value} (2)")
        else:
            yield from around(value)


def _misspelt(members: list[Term]) -> Iterator[Term]:
    for each in members[:2]:
        if isinstance(each, NamedNode):
            yield NamedNode(f"{each.value[:-2]}{each.value[-1]}")
        elif isinstance(each, Literal):
            yield (
                Literal(f"{each.value}s", datatype=each.datatype)
                if each.language is None
                else Literal(f"{each.value}s", language=each.language)
            )


def _garbled(value: Term) -> Iterator[Term]:
    if isinstance(value, NamedNode):
        scheme, _, rest = value.value.partition(":")
        yield NamedNode(f"ftp:{rest}" if scheme != "ftp" else f"urn:{rest}")
    elif isinstance(value, Literal):
        text = value.value
        for other in (text.lower(), text.upper(), f"{text} ", text[:-1], f"n/a: {text}", "?", "", text * 30):
            if other != text:
                yield _with_text(value, other)


def _retagged(value: Term) -> Iterator[Term]:
    if isinstance(value, Literal):
        for language in _LANGUAGES:
            yield Literal(value.value, language=language)
        yield Literal(value.value)


def _retyped(value: Term) -> Iterator[Term]:
    if not isinstance(value, Literal):
        return
    yield Literal(value.value)
    yield Literal(value.value, language="en")
    yield Literal("1", datatype=_INTEGER)


def _of_other_kind(facts: Facts, value: Term) -> Iterator[Term]:
    if isinstance(value, Literal):
        yield from facts.things[:1]
        return
    label = facts.label(value)
    if label:
        yield label[0].object
    elif isinstance(value, NamedNode):
        yield Literal(value.value.rpartition("/")[2])
    yield BlankNode("unnamed")


def _with_text(value: Literal, text: str) -> Literal:
    if value.language is not None:
        return Literal(text, language=value.language)
    return Literal(text, datatype=value.datatype)


_BOUNDS = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
_WRONG: tuple[tuple[tuple[str, ...], Callable[[Term], Iterator[Term]]], ...] = (
    (("pattern", "minLength", "maxLength"), _garbled),
    (("languageIn",), _retagged),
    (("datatype",), _retyped),
    (("lessThan", "lessThanOrEquals"), around),
)
