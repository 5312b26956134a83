"""What to do about a result of SHACL, in words, as far as the constraint alone says it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.corpus.lexical import example, is_well_typed
from unpact.names import SH, XSD
from unpact.notation import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from unpact.shacl.run import Result
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Term

_SHOWN = 6
_KINDS = {
    "IRI": "Name a thing: id:…, without quotation marks.",
    "Literal": 'Write a value in quotation marks: "…".',
    "BlankNodeOrIRI": "Name a thing: id:…, without quotation marks.",
    "IRIOrLiteral": "Give the node a name, or write a value.",
    "BlankNodeOrLiteral": "Write a value in quotation marks, or a node in brackets.",
    "BlankNode": "Write a node in brackets: [ … ].",
}


def mend_of(result: Result, graph: ShapesGraph, path: str | None) -> str | None:
    """What to type to mend a result; None where the constraint does not say.

    Args:
        result: of a validation.
        graph: the shapes, in which the lists of parameters stand.
        path: of the result, in words.
    """
    name = result.component.value.removeprefix(SH).removesuffix("ConstraintComponent")
    write = _WRITERS.get(name)
    if write is None or (result.parameter is None and name not in _WITHOUT_PARAMETER):
        return None
    return write(result, graph, path or "the property")


def _min_count(result: Result, graph: ShapesGraph, path: str) -> str:
    wanted = words(result.parameter)
    number = "a value" if wanted == "1" else f"at least {wanted} values"
    return f"Give {words(result.focus)} {number} for {path}{_such_as(result, graph)}."


def _max_count(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    wanted = words(result.parameter)
    if wanted == "0":
        return f"Remove {path} from {words(result.focus)}."
    return f"Keep {'one value' if wanted == '1' else f'{wanted} values'} of {path}, and remove the others."


def _class(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    wanted = words(result.parameter)
    if isinstance(result.value, Literal):
        return f"Name a thing that is a {wanted}, without quotation marks."
    return f"Name a {wanted}, or say what it is: {words(result.value)} a {wanted} ."


def _datatype(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    parameter = result.parameter
    if not isinstance(parameter, NamedNode):
        return f"Write a value of the datatype {words(parameter)}."
    if isinstance(result.value, Literal) and is_well_typed(result.value.value, parameter.value):
        mended = Literal(result.value.value, datatype=parameter)
        if parameter.value.startswith(XSD) and mended != result.value:
            return f"Write {words(mended)}."
    shown = example(parameter.value)
    such = f", such as {words(Literal(shown, datatype=parameter))}" if shown else ""
    return f"Write a value of the datatype {words(parameter)}{such}."


def _node_kind(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    kind = result.parameter.value.removeprefix(SH) if isinstance(result.parameter, NamedNode) else ""
    return _KINDS.get(kind, f"Write a node of the kind {words(result.parameter)}.")


def _in(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    return _one_of([words(each) for each in _members(result, graph)], words(result.value))


def _language_in(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    tags = [each.value for each in _members(result, graph) if isinstance(each, Literal)]
    text = result.value.value if isinstance(result.value, Literal) else "…"
    return _one_of([str(Literal(text, language=tag)) for tag in tags], "")


def _closed(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    return f"Remove {path} from {words(result.focus)}, or state it in a node of its own."


def _has_value(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    return f"Add {path} {words(result.parameter)} to {words(result.focus)}."


def _unique_language(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
    return f"Keep one value of {path} for each language."


def _ordered(operator: str) -> Callable[[Result, ShapesGraph, str], str]:
    def write(result: Result, graph: ShapesGraph, path: str) -> str:  # noqa: ARG001 - as the others
        return f"Write a value that is {operator} {words(result.parameter)}."

    return write


def _such_as(result: Result, graph: ShapesGraph) -> str:
    """What the same shape says of the values that it misses."""
    shape = result.shape
    for cls in graph.values(shape, "class"):
        return f", a {words(cls)}"
    for datatype in graph.values(shape, "datatype"):
        shown = example(datatype.value) if isinstance(datatype, NamedNode) else None
        if shown and isinstance(datatype, NamedNode):
            return f", such as {words(Literal(shown, datatype=datatype))}"
    return ""


def _members(result: Result, graph: ShapesGraph) -> list[Term]:
    if result.parameter is None:
        return []
    try:
        return graph.triples.collection(result.parameter)
    except ValueError:
        return []


def _one_of(options: Sequence[str], given: str) -> str:
    """The options, the nearest to what was given first, and not more than one can read."""
    near = difflib.get_close_matches(given, options, n=1, cutoff=0.5) if given else []
    ordered = [*near, *(each for each in options if each not in near)]
    rest = ", …" if len(ordered) > _SHOWN else ""
    shown = ordered[:_SHOWN]
    if not shown:
        return "No value is allowed here."
    return f"Write {shown[0]}." if len(ordered) == 1 else f"Write one of {', '.join(shown)}{rest}."


_WITHOUT_PARAMETER = frozenset(("Closed", "UniqueLang"))
_WRITERS: dict[str, Callable[[Result, ShapesGraph, str], str]] = {
    "MinCount": _min_count,
    "MaxCount": _max_count,
    "Class": _class,
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    "In": _in,
    "LanguageIn": _language_in,
    "Closed": _closed,
    "HasValue": _has_value,
    "UniqueLang": _unique_language,
    "MinInclusive": _ordered("at least"),
    "MaxInclusive": _ordered("at most"),
    "MinExclusive": _ordered("more than"),
    "MaxExclusive": _ordered("less than"),
    "LessThan": _ordered("less than the value of"),
    "LessThanOrEquals": _ordered("at most the value of"),
}
