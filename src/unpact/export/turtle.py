"""Turtle and TriG in the layout of `unpact fmt`: sorted, so that a changed fact is a changed line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.export.nodes import TYPE, Nodes
from unpact.names import PREFIXES, compact
from unpact.turtle.edit import written
from unpact.turtle.layout import WIDTH, lay_out
from unpact.turtle.split import Statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from unpact.export.content import Content
    from unpact.export.nodes import Resource, Value

_STEP = "    "


def write_ttl(content: Content, stream: TextIO) -> None:
    """Write the triples of all graphs as one, a statement a subject."""
    write_turtle(content.triples(), stream)


def write_trig(content: Content, stream: TextIO) -> None:
    """Write each graph between braces."""
    graphs = content.by_graph()
    # one blank node may be in several graphs, and must have one label then
    places: dict[BlankNode, set[object]] = {}
    for name, triples in graphs.items():
        for term in (term for triple in triples for term in (triple.subject, triple.object, name)):
            if isinstance(term, BlankNode):
                places.setdefault(term, set()).add(name)
    shared = {node for node, names in places.items() if len(names) > 1} | {
        name for name in graphs if isinstance(name, BlankNode)
    }
    page = _Page(PREFIXES)
    blocks: list[str] = []
    for name, triples in graphs.items():
        indent = "" if name is None else _STEP
        body = "\n".join(page.statements(Nodes(triples, shared), indent))
        blocks.append(body if name is None else f"{page.term(name)} {{\n{body}}}\n")
    _write(page, blocks, stream)


def write_turtle(triples: Iterable[Triple], stream: TextIO, prefixes: Mapping[str, str] = PREFIXES) -> None:
    """Write triples, of which blank nodes must be named alike in every run, with the prefixes that they use.

    Args:
        triples: in any order, repeated or not.
        stream: opened as UTF-8, with newlines left as they are.
        prefixes: those that may be used.
    """
    page = _Page(prefixes)
    statements = list(page.statements(Nodes(triples), ""))
    _write(page, statements, stream)


def _write(page: _Page, blocks: Iterable[str], stream: TextIO) -> None:
    """Write what a page declares and the blocks, with empty lines between."""
    gap = ""
    for block in ("".join(page.declarations()), *blocks):
        if block:
            stream.write(f"{gap}{block}")
            gap = "\n"


class _Page:
    """Writes statements, and remembers the prefixes that they need."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._names: dict[NamedNode, str] = {}

    def declarations(self) -> Iterator[str]:
        """The prefixes of all that was written, in their own order."""
        used = {name.partition(":")[0] for name in self._names.values()}
        for prefix, namespace in self._prefixes.items():
            if prefix in used:
                yield f"@prefix {prefix}: <{namespace}> .\n"

    def statements(self, nodes: Nodes, indent: str) -> Iterator[str]:
        """A statement for each subject, with the newline at its end."""
        for subject in nodes.subjects():
            name = self.term(subject) if nodes.needs_label(subject) else "[]"
            said = self._properties(subject, nodes)
            if name == "[]" or any(_is_of_several_parts(text) for _, texts in said for text in texts):
                yield _laid_out(f"{name} {_on_one_line(said)} .", indent)
            else:
                yield _statement(name, said, indent)

    def term(self, term: Value | Resource) -> str:
        """A term by its name, its label or its value."""
        if isinstance(term, NamedNode):
            return self._name(term)
        if not isinstance(term, Literal):
            return str(term)
        text = written(term, like='"""' if "\n" in term.value else "", prefixes=self._prefixes)
        if "^^" in text:
            self._name(term.datatype)
        return text

    def _properties(self, subject: Resource, nodes: Nodes) -> list[tuple[str, list[str]]]:
        return [
            ("a" if used == TYPE else self._name(used), [self._value(value, nodes) for value in values])
            for used, values in nodes.said_of(subject).items()
        ]

    def _value(self, value: Value, nodes: Nodes) -> str:
        if not nodes.is_nested(value):
            return self.term(value)
        items = nodes.items(value)
        if items is not None:
            return f"( {' '.join(self._value(item, nodes) for item in items)} )"
        said = self._properties(value, nodes)
        return f"[ {_on_one_line(said)} ]" if said else "[]"

    def _name(self, node: NamedNode) -> str:
        known = self._names.get(node)
        if known is None:
            short = compact(node.value, self._prefixes)
            known = self._names[node] = str(node) if short == node.value else short
        return known


def _is_of_several_parts(text: str) -> bool:
    return text[0] in "[(" or "\n" in text


def _on_one_line(said: Iterable[tuple[str, list[str]]]) -> str:
    return " ; ".join(f"{used} {' , '.join(texts)}" for used, texts in said)


def _statement(name: str, said: Iterable[tuple[str, list[str]]], indent: str) -> str:
    """A statement of simple terms, as the layout has it."""
    lines: list[str] = []
    start = f"{indent}{name} "
    for used, texts in said:
        together = " , ".join(texts)
        line = f"{start}{used}"
        if len(texts) > 1 and len(line) + len(f" {together} ;") > WIDTH:
            together = f" ,\n{indent}{2 * _STEP}".join(texts)
        lines.append(f"{line} {together}")
        start = indent + _STEP
    return " ;\n".join(lines) + " .\n"


def _laid_out(statement: str, indent: str) -> str:
    """A statement with parts that may be broken, as the layout has it."""
    text = statement if not indent else f"<> {{\n{statement}\n}}"
    found = lay_out(Statements(text, file="", base=""))
    # in a graph, what stands between its braces
    return found if not indent else found.partition("\n")[2].rpartition("}")[0]
