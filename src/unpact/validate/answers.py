"""The answers of a validation as a document that can be kept and read again.

They are written in the terms of SHACL's validation report, with what a report leaves out: which shape with
targets was asked, of which node, and the parameter of the constraint.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from unpact.shacl.run import Answer, Result
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Node, Term

_OWN = "urn:x-unpact:answers:"
_ALL, _ASKED, _ANSWERED, _TARGET, _PARAMETER = (
    NamedNode(_OWN + name) for name in ("all", "asked", "answered", "target", "parameter")
)
_FOCUS, _COMPONENT, _SHAPE, _VALUE, _PATH, _SOURCE, _MESSAGE, _DETAIL = (
    sh(name)
    for name in (
        *("focusNode", "sourceConstraintComponent", "sourceShape", "value", "resultPath"),
        *("sourceConstraint", "resultMessage", "detail"),
    )
)


def written(answers: Mapping[Shape, Sequence[Answer]]) -> bytes:
    """The answers as N-Triples."""
    writer = _Writer()
    triples = [
        triple
        for shape, found in answers.items()
        for triple in (Triple(_ALL, _ASKED, shape.node), *writer.answers(shape, found))
    ]
    content = BytesIO()
    serialize(triples, content, format=RdfFormat.N_TRIPLES)
    return content.getvalue()


def read(content: bytes, shapes: ShapesGraph) -> dict[Shape, list[Answer]]:
    """The answers that `written` wrote.

    Args:
        content: what it wrote.
        shapes: the shapes that were asked then, which are those of now.
    """
    # a list, and no index of triples: a message may come twice
    said: dict[Node, list[tuple[NamedNode, Term]]] = {}
    for quad in parse(input=content, format=RdfFormat.N_TRIPLES):
        said.setdefault(quad.subject, []).append((quad.predicate, quad.object))
    found: dict[Shape, list[Answer]] = {
        shapes.shape(node): [] for used, node in said.get(_ALL, ()) if used == _ASKED
    }
    results = _Reader(said, shapes)
    for subject, pairs in said.items():
        known = dict(pairs)
        if _ANSWERED in known:
            found[shapes.shape(known[_ANSWERED])].append(Answer(known[_TARGET], results.result(subject)))
    return found


class _Writer:
    def __init__(self) -> None:
        self._count = 0

    def answers(self, shape: Shape, answers: Sequence[Answer]) -> Iterator[Triple]:
        for answer in answers:
            node = self._node()
            yield Triple(node, _ANSWERED, shape.node)
            yield Triple(node, _TARGET, answer.target)
            yield from self._result(node, answer.result)

    def _result(self, node: NamedNode, result: Result) -> Iterator[Triple]:
        pairs = (
            (_FOCUS, result.focus),
            (_SHAPE, result.shape.node),
            (_COMPONENT, result.component),
            (_VALUE, result.value),
            (_PATH, result.path),
            (_PARAMETER, result.parameter),
            (_SOURCE, result.source),
            *((_MESSAGE, message) for message in result.messages),
        )
        yield from (Triple(node, used, value) for used, value in pairs if value is not None)
        for each in result.details:
            inner = self._node()
            yield Triple(node, _DETAIL, inner)
            yield from self._result(inner, each)

    def _node(self) -> NamedNode:
        self._count += 1
        return NamedNode(f"{_OWN}{self._count}")


class _Reader:
    def __init__(self, said: Mapping[Node, Sequence[tuple[NamedNode, Term]]], shapes: ShapesGraph) -> None:
        self._said = said
        self._shapes = shapes

    def result(self, node: Node) -> Result:
        pairs = self._said[node]
        known = dict(pairs)
        return Result(
            known[_FOCUS],
            self._shapes.shape(known[_SHAPE]),
            known[_COMPONENT],  # type: ignore[arg-type]  # written from a Result
            known.get(_VALUE),
            known.get(_PATH),
            known.get(_PARAMETER),
            known.get(_SOURCE),  # type: ignore[arg-type]  # the same
            tuple(each for used, each in pairs if used == _MESSAGE and isinstance(each, Literal)),
            tuple(self.result(each) for used, each in pairs if used == _DETAIL),  # type: ignore[arg-type]  # the same
        )
