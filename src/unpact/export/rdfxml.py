"""RDF/XML (RDF 1.1 XML Syntax), a description a thing, elements named after classes and properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.errors import UsageError
from unpact.export.nodes import TYPE, Nodes
from unpact.export.xml import attribute, text
from unpact.names import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.export.content import Content
    from unpact.export.nodes import Resource, Value

# the end of an IRI that can be the name of an element, in the letters that every XML parser takes
_ENDING = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*\Z")
# these mean something else as elements (section 5.1 and 7.2.2)
_RESERVED = frozenset(
    f"{RDF}{name}"
    for name in (
        *("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("Description", "li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
)


def write_rdfxml(content: Content, stream: TextIO) -> None:
    """Write the triples of all graphs as one.

    Raises:
        UsageError: for what RDF/XML has no form for: a property whose IRI does not end in a name, characters
            that XML does not have, triples as terms, texts with a direction.
    """
    nodes = Nodes(content.triples(), long_lists=False)
    names = _ElementNames()
    descriptions = [list(_description(subject, nodes, names)) for subject in nodes.subjects()]
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
    stream.writelines(f"\n    xmlns:{prefix}={attribute(iri)}" for prefix, iri in names.used())
    stream.write(">\n")
    for lines in descriptions:
        stream.writelines(f"\n  {line}" for line in lines)
        stream.write("\n")
    stream.write("\n</rdf:RDF>\n")


class _ElementNames:
    """Splits IRIs into a namespace, which gets a prefix, and a local name."""

    def __init__(self) -> None:
        self._prefixes: dict[str, str] = {namespace: prefix for prefix, namespace in PREFIXES.items()}
        self._used = {RDF}

    def used(self) -> list[tuple[str, str]]:
        """The prefixes that were used, with their namespaces, in order."""
        return sorted((self._prefixes[namespace], namespace) for namespace in self._used)

    def of(self, iri: str) -> str | None:
        """The name of an element for a class or a property; None where its IRI does not end in a name."""
        ending = _ENDING.search(iri)
        if ending is None or not iri[: ending.start()]:
            return None
        namespace = iri[: ending.start()]
        prefix = self._prefixes.setdefault(namespace, f"ns{len(self._prefixes) - len(PREFIXES) + 1}")
        self._used.add(namespace)
        return f"{prefix}:{ending[0]}"


def _description(subject: Resource, nodes: Nodes, names: _ElementNames) -> Iterator[str]:
    said = dict(nodes.said_of(subject))
    element = "rdf:Description"
    for kind in said.get(TYPE, ()):
        name = names.of(kind.value) if isinstance(kind, NamedNode) and kind.value not in _RESERVED else None
        if name is not None:
            element = name
            said[TYPE] = [each for each in said[TYPE] if each != kind]
            break
    named = not nodes.is_nested(subject) and nodes.needs_label(subject)
    about = f" {_reference(subject, 'about')}" if named else ""
    if not any(said.values()):
        yield f"<{element}{about}/>"
        return
    yield f"<{element}{about}>"
    for used, values in said.items():
        name = None if used.value in _RESERVED else names.of(used.value)
        if name is None:
            raise UsageError(
                f"RDF/XML cannot name the property <{used.value}>", hint="Choose another --format."
            )
        for value in values:
            for line in _property(name, value, nodes, names):
                yield f"  {line}"
    yield f"</{element}>"


def _property(name: str, value: Value, nodes: Nodes, names: _ElementNames) -> Iterator[str]:
    if isinstance(value, Literal):
        yield f"<{name}{_kind(value)}>{text(value.value)}</{name}>"
    elif not nodes.is_nested(value):
        yield f"<{name} {_reference(value, 'resource')}/>"
    elif (items := nodes.items(value)) is not None and not any(isinstance(item, Literal) for item in items):
        yield f'<{name} rdf:parseType="Collection">'
        for item in items:
            yield from _within(item, nodes, names)
        yield f"</{name}>"
    else:
        yield f"<{name}>"
        yield from _within(value, nodes, names)
        yield f"</{name}>"


def _within(value: Value, nodes: Nodes, names: _ElementNames) -> Iterator[str]:
    """A node as an element inside a property."""
    if nodes.is_nested(value):
        yield from (f"  {line}" for line in _description(value, nodes, names))
    else:
        yield f"  <rdf:Description {_reference(value, 'about')}/>"


def _kind(literal: Literal) -> str:
    if literal.direction is not None:
        raise UsageError(f"RDF/XML loses the direction of {literal}", hint="Choose another --format.")
    if literal.language is not None:
        return f" xml:lang={attribute(literal.language)}"
    if literal.datatype.value == XSD + "string":
        return ""
    return f" rdf:datatype={attribute(literal.datatype.value)}"


def _reference(node: Resource | Value, role: str) -> str:
    if isinstance(node, NamedNode):
        return f"rdf:{role}={attribute(node.value)}"
    if isinstance(node, BlankNode):
        return f"rdf:nodeID={attribute(node.value)}"
    raise UsageError(f"RDF/XML has no form for {node} inside a triple", hint="Choose another --format.")
