"""Property paths (SHACL, section 2.3.1) and the SPARQL 1.1 text that means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, NamedNode

from unpact.errors import ShapesError
from unpact.names import RDF, SH, compact

if TYPE_CHECKING:
    from unpact.shacl.triples import Term, Triples

_FIRST = NamedNode(RDF + "first")
_INVERSE, _CHOICE = NamedNode(SH + "inversePath"), NamedNode(SH + "alternativePath")
# operator by property, with whether it lets a node reach itself without a step
_REPEATS = {
    NamedNode(SH + "zeroOrMorePath"): ("*", True),
    NamedNode(SH + "oneOrMorePath"): ("+", False),
    NamedNode(SH + "zeroOrOnePath"): ("?", True),
}


class Path(NamedTuple):
    """One path.

    Args:
        node: what stands behind `sh:path` in the shapes graph.
        sparql: the path as SPARQL writes it, with full IRIs.
        words: the same with prefixes, for people.
        predicate: the property, where the path is one.
        nullable: whether it leads from each node to itself.
        predicates: all properties in it.
        one_step: whether it is one triple long, in either direction.
        operator: what makes it of its parts: `/`, `|`, `^`, `*`, `+` or `?`; empty for a property.
        parts: the paths that it is made of.
    """

    node: Term
    sparql: str
    words: str
    predicate: NamedNode | None = None
    nullable: bool = False
    predicates: frozenset[NamedNode] = frozenset()
    one_step: bool = False
    operator: str = ""
    parts: tuple[Path, ...] = ()


def read_path(graph: Triples, node: Term, seen: frozenset[Term] = frozenset()) -> Path:
    """The path that begins at `node`.

    Raises:
        ShapesError: for what is no path: a literal, an unknown operator, a malformed list, a circle.
    """
    if isinstance(node, NamedNode):
        used = frozenset((node,))
        return Path(node, f"<{node.value}>", compact(node.value), node, predicates=used, one_step=True)
    if not isinstance(node, BlankNode) or node in seen:
        raise ShapesError(f"{node} is not a property path")
    seen |= {node}
    if graph.objects(node, _FIRST):
        steps = [read_path(graph, each, seen) for each in _members(graph, node)]
        return _joined(node, steps, "/", nullable=all(step.nullable for step in steps))
    inverse = graph.object(node, _INVERSE)
    if inverse is not None:
        inner = read_path(graph, inverse, seen)
        sparql, words = f"^{_grouped(inner.sparql, inner)}", f"^{_grouped(inner.words, inner)}"
        return Path(
            node, sparql, words, None, inner.nullable, inner.predicates, inner.one_step, "^", (inner,)
        )
    choices = graph.object(node, _CHOICE)
    if choices is not None:
        branches = [read_path(graph, each, seen) for each in _members(graph, choices)]
        return _joined(node, branches, "|", nullable=any(branch.nullable for branch in branches))
    for operation, (operator, nullable) in _REPEATS.items():
        repeated = graph.object(node, operation)
        if repeated is not None:
            inner = read_path(graph, repeated, seen)
            text, words = _grouped(inner.sparql, inner) + operator, _grouped(inner.words, inner) + operator
            return Path(
                node,
                text,
                words,
                nullable=nullable or inner.nullable,
                predicates=inner.predicates,
                operator=operator,
                parts=(inner,),
            )
    raise ShapesError(f"{node} is not a property path")


def _members(graph: Triples, node: Term) -> list[Term]:
    try:
        return graph.collection(node)
    except ValueError as error:
        raise ShapesError(f"a path is not well formed: {error}") from None


def _joined(node: Term, parts: list[Path], operator: str, *, nullable: bool) -> Path:
    if not parts:
        raise ShapesError(f"{node} is an empty property path")
    sparql = operator.join(_grouped(part.sparql, part) for part in parts)
    words = operator.join(_grouped(part.words, part) for part in parts)
    used = frozenset[NamedNode]().union(*(part.predicates for part in parts))
    one_step = operator == "|" and all(part.one_step for part in parts)
    return Path(node, f"({sparql})", words, None, nullable, used, one_step, operator, tuple(parts))


def _grouped(text: str, path: Path) -> str:
    return text if path.predicate is not None else f"({text})"
