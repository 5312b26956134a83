"""Parameters of stored queries: their types, and how a value given by a person becomes RDF terms.

A type is either one of the plain types below or a class of the ontology (``State``, ``org:Membership``),
whose values are things found by name. ``topic`` is short for skos:Concept.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.errors import UsageError
from unpact.names import PREFIXES, UNP
from unpact.query.period import HINT, read_period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

TOPIC_CLASS = "http://www.w3.org/2004/02/skos/core#Concept"
PERIOD = "period"
#: What a text of a plain type looks like, in the regular expressions that Python, JSON Schema and HTML share.
PATTERNS: Mapping[str, str] = {
    PERIOD: r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|today",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "integer": r"[+-]?[0-9]+",
    "decimal": r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)",
    "language": r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*",
}
#: The type that JSON has for values of a plain type, where it is not that of a text.
JSON_TYPES: Mapping[str, str] = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
_XSD = "http://www.w3.org/2001/XMLSchema#"
# What is left of bytes on the command line that are not UTF-8.
_SURROGATE = "[\ud800-\udfff]"
_CLASS_NAME = re.compile(r"(?:([a-z][a-z0-9]*):)?([A-Z][A-Za-z0-9]*)\Z")

Term = NamedNode | BlankNode | Literal | Triple
Scalar: TypeAlias = "str | int | Decimal | float | date | NamedNode | Literal"
Value: TypeAlias = "Scalar | list[Scalar] | tuple[Scalar, ...] | None"


class NameResolver(Protocol):
    """Finds the one thing of a class that a text names."""

    def resolve(self, value: str, cls: str | None = None) -> NamedNode:
        """Return the thing; raises UnknownNameError or AmbiguousNameError."""


class Parameter(NamedTuple):
    """One declared input of a stored query."""

    name: str
    type: str
    required: bool
    help: str
    list: bool = False
    default: str | tuple[str, ...] | None = None

    @property
    def optional(self) -> bool:
        """True when the query may run without any value for it."""
        return not self.required and self.default is None

    @property
    def option(self) -> str:
        """Its name as a command-line option, without the dashes: ``as_of`` is ``as-of``."""
        return self.name.replace("_", "-")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names that stand for its values in the query: a period has one for each of its two ends."""
        return (f"{self.name}_first", f"{self.name}_last") if self.type == PERIOD else (self.name,)

    @property
    def class_iri(self) -> str | None:
        """The class whose instances are its values; None for a plain type."""
        return class_of_type(self.type)

    def with_default(self, default: str | tuple[str, ...]) -> Parameter:
        """The same parameter with a default value."""
        return self._replace(default=default)


def class_of_type(type_name: str) -> str | None:
    """The class IRI behind a type name, or None for plain and malformed types."""
    if type_name == "topic":
        return TOPIC_CLASS
    if (match := _CLASS_NAME.match(type_name)) is None:
        return None
    prefix, local = match.groups()
    namespace = UNP if prefix is None else PREFIXES.get(prefix)
    return None if namespace is None else namespace + local


def is_known_type(type_name: str) -> bool:
    """True for a plain type and for a well-formed class name; that the class exists is checked against the
    graph.
    """
    return type_name in _PLAIN or class_of_type(type_name) is not None


def parse_plain(parameter: Parameter, value: Scalar) -> Literal | None:
    """The literal for a value of a plain type; None when the parameter's values are things. Raises
    UsageError.
    """
    plain = _PLAIN.get(parameter.type)
    if plain is None:
        return None
    text = value.value if isinstance(value, Literal | NamedNode) else _text(value)
    if not text.isprintable() and re.search(_SURROGATE, text):
        raise UsageError(f"parameter {parameter.name!r}: {text!r} is not Unicode text")
    literal = plain.read(text.strip() if parameter.type != "string" else text)
    if literal is None:
        raise UsageError(f"parameter {parameter.name!r}: {text!r} is not {plain.meaning}", hint=plain.hint)
    return literal


def to_terms(parameter: Parameter, value: Value, resolver: NameResolver) -> tuple[Term, ...]:
    """The terms for a value as a person or a program gives it; none for None or an empty list.

    Raises UsageError for a value of the wrong type or a list where one value is wanted, UnknownNameError and
    AmbiguousNameError for a name that does not lead to one thing.
    """
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        if not parameter.list and len(value) > 1:
            raise UsageError(
                f"parameter {parameter.name!r} takes one value only, but {len(value)} were given"
            )
        return tuple(dict.fromkeys(_to_term(parameter, single, resolver) for single in value))
    return (_to_term(parameter, value, resolver),)


def day_term(day: date) -> Literal:
    """A day as an RDF term."""
    return Literal(day.isoformat(), datatype=NamedNode(_XSD + "date"))


def _to_term(parameter: Parameter, value: Scalar, resolver: NameResolver) -> Term:
    literal = parse_plain(parameter, value)
    if literal is not None:
        return literal
    if isinstance(value, NamedNode):
        value = value.value
    if not isinstance(value, str):
        raise UsageError(
            f"parameter {parameter.name!r} wants the name of a thing of type {parameter.type}, not {value!r}"
        )
    return resolver.resolve(value, parameter.class_iri)


def _text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    # imported here: texts are all that a command line gives
    from decimal import Decimal

    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)


class _Plain(NamedTuple):
    read: Callable[[str], Literal | None]
    meaning: str
    hint: str | None = None


def _matching(type_name: str, datatype: str | None) -> Callable[[str], Literal | None]:
    def read(text: str) -> Literal | None:
        if re.fullmatch(PATTERNS[type_name], text) is None:
            return None
        return Literal(text, datatype=NamedNode(_XSD + datatype)) if datatype else Literal(text)

    return read


def _date(text: str) -> Literal | None:
    if re.fullmatch(PATTERNS["date"], text) is None:
        return None
    try:
        date.fromisoformat(text)
    except ValueError:
        return None
    return Literal(text, datatype=NamedNode(_XSD + "date"))


def _period(text: str) -> Literal | None:
    return None if read_period(text) is None else Literal(text)


def _boolean(text: str) -> Literal | None:
    words = {"true": "true", "yes": "true", "1": "true", "false": "false", "no": "false", "0": "false"}
    word = words.get(text.lower())
    return None if word is None else Literal(word, datatype=NamedNode(_XSD + "boolean"))


_PLAIN: Mapping[str, _Plain] = {
    "string": _Plain(Literal, "a text"),
    "integer": _Plain(_matching("integer", "integer"), "a whole number", "Write digits only, e.g. 2016."),
    "decimal": _Plain(_matching("decimal", "decimal"), "a number", "Write it like 1500 or 0.5."),
    "date": _Plain(_date, "a day of the calendar", "Write year, month and day, e.g. 2022-12-31."),
    PERIOD: _Plain(_period, "a year, a month or a day", HINT),
    "boolean": _Plain(_boolean, "true or false"),
    "language": _Plain(_matching("language", None), "a language tag", "Write it like en, fr or zh-Hans."),
}
PLAIN_TYPES = tuple(_PLAIN)
