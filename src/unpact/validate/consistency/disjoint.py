"""A thing of two classes that exclude each other, with the reasons why it is of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from unpact.finding import Finding, Severity
from unpact.names import RDF, compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.finding import Term
    from unpact.graph.contradictions import Contradiction
    from unpact.validate.consistency.grounds import Grounding
    from unpact.validate.consistency.reasons import Reason, Reasons

DISJOINT = "consistency/disjoint-classes"
_TYPE = NamedNode(RDF + "type")


def disjoint_finding(
    focus: Term | None,
    classes: Sequence[Term | None],
    *,
    reasons: Reasons | None = None,
    grounding: Grounding | None = None,
    by: Contradiction | None = None,
) -> Finding:
    """The finding about one thing and two classes.

    Args:
        focus: the thing.
        classes: the two, in the order of their names.
        reasons: for either; None where they are not explained.
        grounding: finds what the contradiction rests on.
        by: the contradiction; None where only a query found it.
    """
    both = [None if reasons is None else reasons.of(focus, cls) for cls in classes]
    first, second = (f"{_a(cls)}{_because(why)}" for cls, why in zip(classes, both, strict=True))
    message = f"{word(focus)} is both {first} and {second}, which exclude each other."
    wrong = max((why for why in both if why is not None), key=lambda why: why.fault, default=None)
    mend = "Keep one of the two, or give the other thing a name of its own."
    if wrong is not None and not wrong.typing:
        mend = f"Name another thing, use another property, or correct what {word(focus)} is."
    place = None if wrong is None else wrong.place
    grounds = None
    if by is not None and grounding is not None:
        place = place or grounding.place(by, ())
        grounds = grounding.of(by, [why.triple for why in both if why is not None])
    return Finding(
        DISJOINT,
        Severity.VIOLATION,
        message,
        focus,
        _TYPE,
        classes[1],
        place,
        f"{mend} {said(focus)}".strip(),
        grounds,
    )


def word(term: Term | None) -> str:
    """A term in words: a name with its prefix, if it has one."""
    return compact(term.value) if isinstance(term, NamedNode) else str(term)


def said(term: Term | None) -> str:
    """What to type to see what is said of a thing; empty for what has no short name."""
    shown = compact(term.value) if isinstance(term, NamedNode) else None
    return f"To see what is said of it, type: unpact show {shown}" if shown else ""


def _a(cls: Term | None) -> str:
    return "in a class without a name" if isinstance(cls, BlankNode) else f"a {word(cls)}"


def _because(reason: Reason | None) -> str:
    return f" ({reason.words})" if reason is not None and reason.words else ""
