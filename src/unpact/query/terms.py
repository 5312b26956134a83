"""An RDF term written as SPARQL, in the one form that every engine reads back as the same term.

Whatever cannot be written so is refused. That, and not escaping alone, is what makes injection impossible.
"""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.errors import UsageError

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_BAD_IN_IRI = re.compile(r'[<>"{}|^`\\\x00-\x20]')
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
# rdflib replaces \uXXXX in the whole query before it looks for strings, so an escaped backslash in front of
# it is not safe.
_CODEPOINT_ESCAPE = r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Term = NamedNode | BlankNode | Literal | Triple


def to_sparql(term: Term) -> str:
    """Write `term` as SPARQL text. Raises UsageError for a blank node, a quoted triple or text no engine
    could carry.
    """
    if isinstance(term, NamedNode):
        return _iri(term.value)
    if isinstance(term, Literal):
        quoted = _string(term.value)
        if term.language:
            return f"{quoted}@{term.language}"
        datatype = term.datatype.value
        return quoted if datatype == _XSD_STRING else f"{quoted}^^{_iri(datatype)}"
    raise UsageError(
        f"{term} has no name of its own, so no query can be asked about it",
        hint="Use an IRI, a name or a value.",
    )


def _iri(value: str) -> str:
    if _BAD_IN_IRI.search(value) or ":" not in value:
        raise UsageError(f"{value!r} is not an absolute IRI")
    return f"<{value}>"


def _string(value: str) -> str:
    if bad := re.search(_CONTROL, value):
        raise UsageError(
            f"the value {value!r} contains the character U+{ord(bad[0]):04X}, which no query text may contain"
        )
    if re.search(_CODEPOINT_ESCAPE, value):
        raise UsageError(
            f"the value {value!r} contains a backslash escape of the form \\uXXXX",
            hint="Write the character itself.",
        )
    return '"' + "".join(_ESCAPES.get(character, character) for character in value) + '"'
