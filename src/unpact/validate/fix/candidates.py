"""What could stand in place of a literal that a constraint does not allow.

A candidate says the same in another form: with a language tag, with another datatype, or without the blanks
at its ends. Whether it mends anything has to be tried.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.corpus.lexical import is_well_typed, lexical_space
from unpact.errors import ShapesError
from unpact.names import RDF, SH, XSD
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from unpact.shacl.run import Result
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Term

_STRING = NamedNode(XSD + "string")
_LANG_STRING = NamedNode(RDF + "langString")
# RFC 5646 has a longer grammar, of which this much is needed to write a tag in Turtle
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ANNOTATIONS = frozenset(map(sh, ("name", "description", "message", "severity", "order", "group")))
_TYPE = NamedNode(RDF + "type")


class Candidate(NamedTuple):
    """A literal to put in place of another.

    Args:
        literal: the new one.
        tag: its language tag as the shape spells it, since the engine gives only small letters.
    """

    literal: Literal
    tag: str | None = None


def candidates(result: Result, graph: ShapesGraph) -> list[Candidate]:
    """What could stand in place of the value of a result, each literal once; nothing for most constraints.

    Args:
        result: of a validation.
        graph: the shapes.
    """
    name = result.component.value.removeprefix(SH).removesuffix("ConstraintComponent")
    find = _FINDERS.get(name)
    if find is None or not isinstance(result.value, Literal):
        return []
    found: dict[Literal, Candidate] = {}
    for candidate in find(result.value, result, graph):
        if candidate.literal != result.value:
            found.setdefault(candidate.literal, candidate)
    return list(found.values())


def _tagged(literal: Literal, result: Result, graph: ShapesGraph) -> Iterator[Candidate]:
    """The text in each of the languages that the shape allows."""
    if literal.datatype != _STRING or not literal.value.strip():
        return
    for head in graph.values(result.shape, "languageIn"):
        for tag in _members(head, "languageIn", graph):
            if isinstance(tag, Literal) and _TAG.fullmatch(tag.value):
                yield Candidate(Literal(literal.value, language=tag.value), tag.value)


def _typed(literal: Literal, result: Result, graph: ShapesGraph) -> Iterator[Candidate]:
    """The text with the datatype that the shape asks for."""
    for datatype in graph.values(result.shape, "datatype"):
        if datatype == _LANG_STRING:
            yield from _tagged(literal, result, graph)
        else:
            yield from _of_datatype(literal, datatype)


def _alternatives(literal: Literal, result: Result, graph: ShapesGraph) -> Iterator[Candidate]:
    """The text with each datatype of a list whose members ask for a datatype and nothing else."""
    name = "or" if result.component == sh("OrConstraintComponent") else "xone"
    heads = graph.values(result.shape, name) if result.parameter is None else [result.parameter]
    for head in heads:
        datatypes = [_only_datatype(member, graph) for member in _members(head, name, graph)]
        if None not in datatypes:
            for datatype in datatypes:
                yield from _of_datatype(literal, datatype)


def _stripped(literal: Literal, result: Result, graph: ShapesGraph) -> Iterator[Candidate]:  # noqa: ARG001 - as the others
    """The text without the blanks at its ends."""
    text = literal.value.strip()
    if not text:
        return
    if literal.language is None:
        yield Candidate(Literal(text, datatype=literal.datatype))
    elif literal.direction is None:
        yield Candidate(Literal(text, language=literal.language))


def _of_datatype(literal: Literal, datatype: Term | None) -> Iterator[Candidate]:
    # a tag says in which language a text is, and to take it away would lose that
    if literal.language is not None or not isinstance(datatype, NamedNode):
        return
    # any text is well formed for a datatype that nobody here knows
    known = datatype == _STRING or lexical_space(datatype.value) is not None
    if known and is_well_typed(literal.value, datatype.value):
        yield Candidate(Literal(literal.value, datatype=datatype))


def _only_datatype(shape: Term, graph: ShapesGraph) -> Term | None:
    """The datatype that a shape asks for; None where it asks for more, or for something else."""
    used = graph.triples.properties(shape)
    datatypes = used.get(sh("datatype"), [])
    others = used.keys() - _ANNOTATIONS - {sh("datatype"), _TYPE}
    return datatypes[0] if len(datatypes) == 1 and not others else None


def _members(head: Term, parameter: str, graph: ShapesGraph) -> Iterable[Term]:
    try:
        return graph.members(head, parameter)
    except ShapesError:
        return ()


_FINDERS: dict[str, Callable[[Literal, Result, ShapesGraph], Iterator[Candidate]]] = {
    "LanguageIn": _tagged,
    "Datatype": _typed,
    "Or": _alternatives,
    "Xone": _alternatives,
    "Pattern": _stripped,
    "In": _stripped,
    "MaxLength": _stripped,
}
