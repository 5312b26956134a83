"""Contradictions between facts and the ontology, names that lead nowhere, and terms that are given up.

Each check is a query beside this file; its first lines say what it looks for and which rule of OWL 2 RL
(section 4.3 of the profiles' recommendation) that is. A file may be right by itself and contradict the graph
that it joins, so these are asked of both together.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.finding import Finding, Severity
from unpact.names import RDF, UNP, compact
from unpact.validate.checks import Check
from unpact.validate.consistency.reasons import Reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from unpact.finding import Place, Term
    from unpact.graph.interface import Graph
    from unpact.validate.consistency.reasons import Reason
    from unpact.validate.locating import Locator

    Locate = Callable[[Term | None, Term | None, Term | None], Place | None]

_TYPE = NamedNode(RDF + "type")
_DISJOINT, _ONE_VALUE, _ITSELF, _ONLY_NAMED, _UNDECLARED, _DEPRECATED = (
    f"consistency/{name}"
    for name in ("disjoint-classes", "one-value", "itself", "only-named", "undeclared", "deprecated")
)

_TEXTS = {
    _DISJOINT: ("Classes that exclude each other", "Nothing belongs to two classes that exclude each other."),
    _ONE_VALUE: ("Properties with one value", "A functional property has one value for each thing."),
    _ITSELF: (
        "Properties with one direction",
        "What such a property links is two things, one way.",
    ),
    _UNDECLARED: ("Terms that there are", "A term of the ontology's namespace is one that the ontology has."),
    _ONLY_NAMED: ("Things that are described", "Something is said of each thing that is named as a value."),
    _DEPRECATED: ("Terms that are in force", "A term that the ontology marks as deprecated is used no more."),
}
# what is deprecated is still there, and who uses it may take his time
_SEVERITIES = {_DEPRECATED: Severity.WARNING}
CONSISTENCY_CHECKS = tuple(
    Check(check, _SEVERITIES.get(check, Severity.VIOLATION), title, text, None, None, None)
    for check, (title, text) in _TEXTS.items()
)


def consistency_findings(graph: Graph, locator: Locator | None = None) -> list[Finding]:
    """What contradicts the ontology, is only named, or is deprecated.

    Args:
        graph: facts, ontology and inferred types, in one graph.
        locator: of the files; None where no finding needs a place, nor the reason for what is inferred.
    """
    locate = _nowhere if locator is None else locator.place
    return [
        *_disjoint(graph, locator),
        *_values(graph, locate),
        *_undeclared(graph, locate),
        *_only_named(graph, locate),
        *_deprecated(graph, locate),
    ]


def only_named(findings: Iterable[Finding]) -> set[Term]:
    """The things of which nothing is said; what shapes demand of them only repeats that."""
    found = {each.value for each in findings if each.check == _ONLY_NAMED and each.value is not None}
    terms = (each.value for each in findings if each.check == _UNDECLARED)
    return found | {each for each in terms if isinstance(each, NamedNode) and each.value.startswith(UNP)}


def _disjoint(graph: Graph, locator: Locator | None) -> Iterator[Finding]:
    rows = list(graph.select(_query(_DISJOINT)))
    reasons = Reasons(graph, locator) if rows and locator is not None else None
    for focus, *classes in rows:
        both = [None if reasons is None else reasons.of(focus, cls) for cls in classes]
        first, second = (f"a {_word(cls)}{_because(why)}" for cls, why in zip(classes, both, strict=True))
        message = f"{_word(focus)} is both {first} and {second}, which exclude each other."
        wrong = max((why for why in both if why is not None), key=lambda why: why.fault, default=None)
        if wrong is None:
            place = None if locator is None else locator.place(focus, _TYPE, classes[1])
        else:
            place = wrong.place
        mend = "Keep one of the two, or give the other thing a name of its own."
        if wrong is not None and not wrong.typing:
            mend = f"Name another thing, use another property, or correct what {_word(focus)} is."
        triple = (focus, _TYPE, classes[1])
        yield _finding(_DISJOINT, message, triple, place, f"{mend} {_said(focus)}".strip())


def _because(reason: Reason | None) -> str:
    return f" ({reason.words})" if reason is not None and reason.words else ""


def _nowhere(*_: Term | None) -> None:
    """No place."""


def _values(graph: Graph, locate: Locate) -> Iterator[Finding]:
    for focus, used, first, second in graph.select(_query(_ONE_VALUE)):
        message = f"{_word(used)} of {_word(focus)} has two values, {_word(first)} and {_word(second)}."
        place = locate(focus, used, second) or locate(focus, used, first)
        yield _finding(_ONE_VALUE, message, (focus, used, second), place, "Keep one of the two.")
    for focus, used, value in graph.select(_query(_ITSELF)):
        message = (
            f"{_word(used)} leads from {_word(focus)} to {_word(value)} and back, and has one direction."
        )
        yield _finding(
            _ITSELF, message, (focus, used, value), locate(focus, used, value), "Remove one of the two."
        )


def _undeclared(graph: Graph, locate: Locate) -> Iterator[Finding]:
    rows = list(graph.select(_query(_UNDECLARED)))
    if not rows:
        return
    missing = {row[3] for row in rows}
    labelled = (row[0] for row in graph.select("SELECT DISTINCT ?term WHERE { ?term rdfs:label ?label }"))
    known = [word for each in labelled if each not in missing if (word := _word(each)).startswith("unp:")]
    for focus, used, value, term in rows:
        near = _nearest(term, known)
        message = f"The ontology has no term {_word(term)}."
        mend = f"Did you mean {near}?" if near else "Use a term of ontology/unpact.ttl."
        if used is None:
            # here the term is spoken of, and may have been meant to be declared
            mend += f" If it is a new term, say what it is: {_word(term)} a owl:Class, for example."
        yield _finding(_UNDECLARED, message, (focus, used, value), locate(focus, used, value), mend)


def _only_named(graph: Graph, locate: Locate) -> Iterator[Finding]:
    rows = list(graph.select(_query(_ONLY_NAMED)))
    if not rows:
        return
    known = _described(graph)
    for focus, subject, used in rows:
        near = _nearest(focus, known)
        message = f"Nothing is said of {_word(focus)}, which {_word(subject)} names."
        mend = (
            f"Did you mean {near}?" if near else f'Describe it: {_word(focus)} a unp:… ; rdfs:label "…"@en .'
        )
        yield _finding(_ONLY_NAMED, message, (subject, used, focus), locate(subject, used, focus), mend)


def _deprecated(graph: Graph, locate: Locate) -> Iterator[Finding]:
    for focus, used, value, term, instead in graph.select(_query(_DEPRECATED)):
        message = f"The ontology has given up {_word(term)}, which {_word(focus)} uses."
        mend = f"Use {_word(instead)} instead." if instead else f"Use another term. {_said(term)}"
        yield _finding(_DEPRECATED, message, (focus, used, value), locate(focus, used, value), mend)


def _described(graph: Graph) -> list[str]:
    subjects = graph.select("SELECT DISTINCT ?thing WHERE { ?thing rdfs:label ?label FILTER(isIRI(?thing)) }")
    return [_word(row[0]) for row in subjects]


def _nearest(term: Term | None, known: list[str]) -> str | None:
    import difflib

    found = difflib.get_close_matches(_word(term), known, n=1, cutoff=0.75)
    return found[0] if found else None


def _finding(
    check: str,
    message: str,
    triple: tuple[Term | None, Term | None, Term | None],
    place: Place | None,
    mend: str,
) -> Finding:
    severity = _SEVERITIES.get(check, Severity.VIOLATION)
    return Finding(check, severity, message, *triple, place, mend)


def _said(term: Term | None) -> str:
    shown = compact(term.value) if isinstance(term, NamedNode) else None
    return f"To see what is said of it, type: unpact show {shown}" if shown else ""


def _word(term: Term | None) -> str:
    return compact(term.value) if isinstance(term, NamedNode) else str(term)


def _query(check: str) -> str:
    return Path(__file__).with_name(f"{check.partition('/')[2]}.rq").read_text(encoding="utf-8")
