"""What terms are, in a form that compares: as RDF does, and blank nodes by where they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from unpact.names import RDF, XSD
from unpact.turtle.prologue import unescape

if TYPE_CHECKING:
    from unpact.turtle.nodes import Name, String
    from unpact.turtle.prologue import Prologue

TYPE = RDF + "type"
FIRST = RDF + "first"
REST = RDF + "rest"
NIL = RDF + "nil"
REIFIES = RDF + "reifies"
_LANG_STRING = RDF + "langString"
_DIR_LANG_STRING = RDF + "dirLangString"
_STRING = XSD + "string"
_LONG = ('"""', "'''")
_DATATYPES = {
    "integer": XSD + "integer",
    "decimal": XSD + "decimal",
    "double": XSD + "double",
    "true": XSD + "boolean",
    "false": XSD + "boolean",
}


class Label(NamedTuple):
    """A blank node with a label; it is the same one in the whole document."""

    label: str


class Anonymous(NamedTuple):
    """A blank node without a label, by where it is written.

    Args:
        start: the offset of its bracket, of its reifier, or of the item that a cell of a collection holds.
        cell: tells a cell from brackets that are its item.
    """

    start: int
    cell: bool = False


class LiteralKey(NamedTuple):
    """A literal by its lexical form and its datatype or language (RDF 1.1 Concepts, section 3.3)."""

    value: str
    datatype: str
    language: str | None = None
    direction: str | None = None


class TripleKey(NamedTuple):
    """A triple as a term (RDF 1.2)."""

    subject: Key
    predicate: str
    object: Key


Blank: TypeAlias = Label | Anonymous
# an IRI is plain text
Key: TypeAlias = str | Label | Anonymous | LiteralKey | TripleKey


def name_key(text: str, name: Name, prologue: Prologue) -> Key:
    """What a name stands for; a prefixed name without a declaration stands for itself."""
    written = text[name.start : name.end]
    kind = name.kind
    if kind == "prefixed":
        expanded = prologue.expand(written, name.start)
        return written if expanded is None else expanded
    if kind == "iri":
        return prologue.iri(written, name.start)
    if kind == "label":
        return Label(written)
    if kind == "a":
        return TYPE
    return LiteralKey(written, _DATATYPES[kind])


def string_key(text: str, string: String, prologue: Prologue) -> LiteralKey:
    """The literal that is written with quotation marks."""
    width = 3 if text.startswith(_LONG, string.start) and string.quoted - string.start >= 6 else 1  # noqa: PLR2004 - two times three marks
    value = text[string.start + width : string.quoted - width]
    if "\\" in value:
        value = unescape(value)
    if string.language is not None:
        # tags are compared without regard to case, so the engine writes them small
        tag, _, direction = text[string.language + 1 : string.end].lower().partition("--")
        return LiteralKey(value, _DIR_LANG_STRING if direction else _LANG_STRING, tag, direction or None)
    if string.datatype is None:
        return LiteralKey(value, _STRING)
    datatype = name_key(text, string.datatype, prologue)
    return LiteralKey(value, datatype if isinstance(datatype, str) else "")
