"""JSON-LD 1.1 that reads like JSON: short names, plain strings and numbers, texts by language."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TextIO

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.errors import UsageError
from unpact.export.nodes import TYPE, Nodes
from unpact.names import PREFIXES, XSD, compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.export.content import Content
    from unpact.export.context import Context, Term
    from unpact.export.nodes import Resource, Value

# the numbers that every reader of JSON keeps exact
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_SCHEME = re.compile(r"(\w+):(?!//)")


def write_context(context: Context, stream: TextIO) -> None:
    """Write the context as a document of its own, for others to refer to."""
    stream.write(_json({"@context": context.definition()}, "") + "\n")


def write_jsonld(content: Content, context: Context, stream: TextIO) -> None:
    """Write the triples of all graphs as one, an object a thing, with the context in front.

    Raises:
        UsageError: for what JSON-LD has no form for, such as triples as terms.
    """
    nodes = Nodes(content.triples())
    writer = _Writer(nodes, context)
    stream.write(f'{{\n  "@context": {_json(context.definition(), "  ")},\n  "@graph": [')
    separator = "\n    "
    for subject in nodes.subjects():
        stream.write(separator + _json(writer.node(subject), "    "))
        separator = ",\n    "
    stream.write("\n  ]\n}\n")


class _Writer:
    def __init__(self, nodes: Nodes, context: Context) -> None:
        self._nodes = nodes
        self._terms = context.terms

    def node(self, subject: Resource) -> dict[str, Any]:
        """What is said of a subject."""
        found: dict[str, Any] = {}
        if not self._nodes.is_nested(subject) and self._nodes.needs_label(subject):
            found["@id"] = self._reference(subject)
        for used, values in self._nodes.said_of(subject).items():
            if used == TYPE:
                self._types(values, found)
            else:
                self._property(used.value, values, found)
        # an empty object would not count as a node
        return found or {"@id": str(subject)}

    def _types(self, values: Sequence[Value], found: dict[str, Any]) -> None:
        plain = [each for each in values if isinstance(each, NamedNode)]
        if plain:
            names = [self._class(each) for each in plain]
            found["@type"] = names[0] if len(names) == 1 else names
        others = [each for each in values if not isinstance(each, NamedNode)]
        if others:
            found[compact(TYPE.value)] = _one_or_all([self._value(each, "") for each in others])

    def _property(self, iri: str, values: Sequence[Value], found: dict[str, Any]) -> None:
        term = self._terms.get(iri)
        if term is None:
            found[_named(iri)] = _one_or_all([self._value(each, "") for each in values])
            return
        texts = [each for each in values if _is_text(each)] if term.kind == "@language" else []
        # what is no text in a language stands beside the map, under the longer name of the property
        others = [each for each in values if each not in texts]
        if texts:
            found[term.name] = _by_language(texts)
        if others:
            self._others(term, others, found)

    def _others(self, term: Term, values: Sequence[Value], found: dict[str, Any]) -> None:
        by_language = term.kind == "@language"
        written = [self._value(each, "" if by_language else term.kind) for each in values]
        found[_named(term.iri) if by_language else term.name] = _one_or_all(written)

    def _value(self, value: Value, kind: str) -> Any:  # noqa: ANN401 - whatever JSON has
        if isinstance(value, Literal):
            return _literal(value, kind)
        items = self._nodes.items(value)
        if items is not None:
            return {"@list": [self._value(item, kind) for item in items]}
        if self._nodes.is_nested(value):
            return self.node(value)
        reference = self._reference(value)
        return reference if kind == "@id" else {"@id": reference}

    def _reference(self, node: Value | Resource) -> str:
        if isinstance(node, NamedNode):
            return _named(node.value)
        if isinstance(node, BlankNode):
            return str(node)
        raise UsageError(f"JSON-LD has no form for {node} inside a triple", hint="Choose another --format.")

    def _class(self, node: NamedNode) -> str:
        term = self._terms.get(node.value)
        return _named(node.value) if term is None else term.name


def _named(iri: str) -> str:
    short = compact(iri)
    scheme = _SCHEME.match(iri) if short == iri else None
    if scheme and scheme[1] in PREFIXES:
        raise UsageError(
            f"<{iri}> would be read with the prefix {scheme[1]}: in JSON-LD", hint="Choose another --format."
        )
    return short


def _literal(literal: Literal, kind: str) -> Any:  # noqa: ANN401 - whatever JSON has
    datatype = literal.datatype.value
    if literal.language is not None:
        if literal.direction is not None:
            raise UsageError(f"JSON-LD loses the direction of {literal}", hint="Choose another --format.")
        return {"@value": literal.value, "@language": literal.language}
    if datatype == XSD + "string":
        return {"@value": literal.value} if kind else literal.value
    if kind in ("", datatype) and (native := _native(literal.value, datatype)) is not None:
        return native
    if kind == datatype:
        return literal.value
    return {"@value": literal.value, "@type": compact(datatype)}


def _native(text: str, datatype: str) -> int | bool | None:
    """The number or truth value whose one way to be written is `text`."""
    if datatype == XSD + "integer" and _INTEGER.fullmatch(text):
        return int(text)
    if datatype == XSD + "boolean" and text in ("true", "false"):
        return text == "true"
    return None


def _is_text(value: Value) -> bool:
    return isinstance(value, Literal) and value.language is not None


def _by_language(texts: Sequence[Value]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for text in texts:
        if isinstance(text, Literal):
            found.setdefault(text.language or "", []).append(text.value)
    return {language: _one_or_all(found[language]) for language in sorted(found)}


def _one_or_all(values: Sequence[Any]) -> Any:  # noqa: ANN401 - whatever JSON has
    return values[0] if len(values) == 1 else values


def _json(value: object, indent: str) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + indent)
