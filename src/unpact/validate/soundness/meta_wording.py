"""Results of SHACL for SHACL in words: the shape, the property and what is wanted there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from unpact.names import SH
from unpact.shacl.shapes import sh
from unpact.validate.soundness.wording import word

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from unpact.shacl.run import Result
    from unpact.shacl.triples import Term
    from unpact.validate.soundness.reporting import Reporter

    Described: TypeAlias = tuple[tuple[Term, NamedNode | None, Term | None], str]

_KINDS: Final = {
    sh("IRI"): "an IRI",
    sh("Literal"): "a literal",
    sh("IRIOrLiteral"): "an IRI or a literal",
}
_NODE_KINDS: Final = (
    "sh:IRI, sh:BlankNode, sh:Literal, sh:BlankNodeOrIRI, sh:BlankNodeOrLiteral or sh:IRIOrLiteral"
)
_CHOICES: Final = {sh("deactivated"): "true or false", sh("nodeKind"): _NODE_KINDS}


def described(reporter: Reporter, result: Result) -> Described:
    """The triple that a result is about, and a sentence on it."""
    name = reporter.name(result.focus)
    component = result.component.value.removeprefix(SH).removesuffix("ConstraintComponent")
    used = _property(result)
    if used is None:
        if component == "NodeKind":
            return (result.focus, None, None), f"{name} stands where an IRI is wanted"
        return (result.focus, None, None), f"{name} is a class as well, and so needs an IRI"
    at = (result.focus, used, result.value)
    if component == "MaxCount":
        values = reporter.shapes.triples.objects(result.focus, used)
        message = f"{name} has {len(values)} values of {word(used)}, and can have one"
        return (result.focus, used, values[-1]), message
    wanted = _wanted(result, component, used)
    shown = ""
    if result.value is not None and component != "Node":
        shown = f" is {word(result.value)}, and"
        head = reporter.shapes.triples.object(result.focus, used)
        if head != result.value and result.shape.path is not None and result.shape.path.predicate is None:
            # the value is a member of the list that the property has
            at, shown = (result.focus, used, head), f" lists {word(result.value)}, and each member"
    return at, f"{word(used)} of {name}{shown} has to be {wanted}"


def _wanted(result: Result, component: str, used: NamedNode) -> str:
    """What a property of SHACL can have for a value."""
    parameter = result.parameter
    if component == "Datatype" and parameter is not None:
        return f"an {word(parameter)}"
    if component == "NodeKind":
        return next((text for kind, text in _KINDS.items() if kind == parameter), word(used))
    if component == "In":
        return _CHOICES.get(used, "one of the values that SHACL lists")
    if component == "Node":
        return "a well-formed list, written ( … )"
    return "text, with or without a language"


def _property(result: Result) -> NamedNode | None:
    """The property of SHACL that a result is about, be it at the beginning of a longer path."""
    path = result.shape.path
    found = () if path is None else path.predicates
    return next((each for each in found if each.value.startswith(SH)), None)
