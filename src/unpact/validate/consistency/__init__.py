"""Contradictions between facts and the ontology, names that lead nowhere, and terms that are given up.

A file may be right by itself and contradict the graph that it joins, so both are looked at together.
Contradictions come from the rules of OWL 2 RL that conclude `false` (the profiles' recommendation, section
4.3). Of data that stays in a store nothing is inferred: there a few queries find the commonest.
All else is found by a query beside this file; its first lines say what it looks for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.finding import Finding, Severity
from unpact.names import UNP
from unpact.validate.checks import Check
from unpact.validate.consistency.contradicted import contradicted, pairs_behind
from unpact.validate.consistency.disjoint import DISJOINT, disjoint_finding, said, word
from unpact.validate.consistency.reasons import Reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from unpact.corpus import CorpusFile
    from unpact.finding import Place, Term
    from unpact.graph.contradictions import Contradictions
    from unpact.graph.interface import Graph
    from unpact.validate.locating import Locator

    Locate = Callable[[Term | None, Term | None, Term | None], Place | None]

_ONE_VALUE, _ITSELF, _ONLY_NAMED, _UNDECLARED, _DEPRECATED = (
    f"consistency/{name}" for name in ("one-value", "itself", "only-named", "undeclared", "deprecated")
)

_TEXTS = {
    DISJOINT: ("Classes that exclude each other", "Nothing belongs to two classes that exclude each other."),
    _ONE_VALUE: ("Properties with one value", "A functional property has one value for each thing."),
    _ITSELF: (
        "Properties with one direction",
        "What such a property links is two things, one way.",
    ),
    "consistency/complement": (
        "Classes that are the rest of each other",
        "Nothing belongs to a class and to the class of all that does not belong to it.",
    ),
    "consistency/nothing": ("The empty class", "Nothing belongs to owl:Nothing, or to a class below it."),
    "consistency/disjoint-properties": (
        "Properties that exclude each other",
        "No two things are linked by two properties that exclude each other.",
    ),
    "consistency/denied": (
        "What is said not to be",
        "What an owl:NegativePropertyAssertion denies does not hold.",
    ),
    "consistency/different": (
        "Things that are different",
        "Things that are said to be different do not turn out to be the same.",
    ),
    "consistency/no-value": (
        "Properties without a value",
        "Where a class allows no value of a property, its members have none.",
    ),
    "consistency/datatype": (
        "Values of the right datatype",
        "A literal belongs to the datatype that the ontology gives to all values of the property.",
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


def consistency_findings(
    graph: Graph,
    locator: Locator | None = None,
    contradictions: Contradictions | None = None,
    rules: Sequence[CorpusFile] = (),
) -> list[Finding]:
    """What contradicts the ontology, is only named, or is deprecated.

    Args:
        graph: facts, ontology and inferred types, in one graph.
        locator: of the files; None where no finding needs a place, nor the reason for what is inferred.
        contradictions: of the same; None where nothing was inferred, and queries have to do.
        rules: of the corpus, by which some of the triples were inferred.
    """
    locate = _nowhere if locator is None else locator.place
    found = (
        [*_disjoint(graph), *_itself(graph, locate)]
        if contradictions is None
        else _contradicted(graph, locator, contradictions, rules)
    )
    return [
        *found,
        *_values(graph, locate, contradictions),
        *_undeclared(graph, locate),
        *_only_named(graph, locate),
        *_deprecated(graph, locate),
    ]


def only_named(findings: Iterable[Finding]) -> set[Term]:
    """The things of which nothing is said; what shapes demand of them only repeats that."""
    found = {each.value for each in findings if each.check == _ONLY_NAMED and each.value is not None}
    terms = (each.value for each in findings if each.check == _UNDECLARED)
    return found | {each for each in terms if isinstance(each, NamedNode) and each.value.startswith(UNP)}


def _contradicted(
    graph: Graph, locator: Locator | None, contradictions: Contradictions, rules: Sequence[CorpusFile]
) -> Iterator[Finding]:
    if not contradictions.found:
        return
    reasons = grounding = None
    if locator is not None:
        from unpact.validate.consistency.grounds import Grounding

        grounding = Grounding(contradictions, locator, rules)
        if any(each.rule in ("cax-dw", "cax-adc") for each in contradictions.found):
            reasons = Reasons(graph, locator)
    yield from contradicted(contradictions.found, grounding, reasons)


def _disjoint(graph: Graph) -> Iterator[Finding]:
    for focus, *classes in graph.select(_query(DISJOINT)):
        yield disjoint_finding(focus, classes)


def _nowhere(*_: Term | None) -> None:
    """No place."""


def _values(graph: Graph, locate: Locate, contradictions: Contradictions | None) -> Iterator[Finding]:
    """Two values of a property that has one; two literals only where their values were not compared."""
    told = (
        set()
        if contradictions is None
        else {
            pair
            for each in contradictions.found
            for pair in pairs_behind(each)
            if each.rule.startswith("eq-diff")
        }
    )
    for focus, used, first, second in graph.select(_query(_ONE_VALUE)):
        if contradictions is not None and isinstance(first, Literal) and isinstance(second, Literal):
            continue
        if (focus, used, frozenset((first, second))) in told:
            continue
        message = f"{word(used)} of {word(focus)} has two values, {word(first)} and {word(second)}."
        place = locate(focus, used, second) or locate(focus, used, first)
        yield _finding(_ONE_VALUE, message, (focus, used, second), place, "Keep one of the two.")


def _itself(graph: Graph, locate: Locate) -> Iterator[Finding]:
    for focus, used, value in graph.select(_query(_ITSELF)):
        message = f"{word(used)} leads from {word(focus)} to {word(value)} and back, and has one direction."
        place = locate(focus, used, value)
        yield _finding(_ITSELF, message, (focus, used, value), place, "Remove one of the two.")


def _undeclared(graph: Graph, locate: Locate) -> Iterator[Finding]:
    rows = list(graph.select(_query(_UNDECLARED)))
    if not rows:
        return
    missing = {row[3] for row in rows}
    labelled = (row[0] for row in graph.select("SELECT DISTINCT ?term WHERE { ?term rdfs:label ?label }"))
    known = [shown for each in labelled if each not in missing if (shown := word(each)).startswith("unp:")]
    for focus, used, value, term in rows:
        near = _nearest(term, known)
        message = f"The ontology has no term {word(term)}."
        mend = f"Did you mean {near}?" if near else "Use a term of ontology/unpact.ttl."
        if used is None:
            # here the term is spoken of, and may have been meant to be declared
            mend += f" If it is a new term, say what it is: {word(term)} a owl:Class, for example."
        yield _finding(_UNDECLARED, message, (focus, used, value), locate(focus, used, value), mend)


def _only_named(graph: Graph, locate: Locate) -> Iterator[Finding]:
    rows = list(graph.select(_query(_ONLY_NAMED)))
    if not rows:
        return
    known = _described(graph)
    for focus, subject, used in rows:
        near = _nearest(focus, known)
        message = f"Nothing is said of {word(focus)}, which {word(subject)} names."
        mend = (
            f"Did you mean {near}?" if near else f'Describe it: {word(focus)} a unp:… ; rdfs:label "…"@en .'
        )
        yield _finding(_ONLY_NAMED, message, (subject, used, focus), locate(subject, used, focus), mend)


def _deprecated(graph: Graph, locate: Locate) -> Iterator[Finding]:
    for focus, used, value, term, instead in graph.select(_query(_DEPRECATED)):
        message = f"The ontology has given up {word(term)}, which {word(focus)} uses."
        mend = f"Use {word(instead)} instead." if instead else f"Use another term. {said(term)}"
        yield _finding(_DEPRECATED, message, (focus, used, value), locate(focus, used, value), mend)


def _described(graph: Graph) -> list[str]:
    subjects = graph.select("SELECT DISTINCT ?thing WHERE { ?thing rdfs:label ?label FILTER(isIRI(?thing)) }")
    return [word(row[0]) for row in subjects]


def _nearest(term: Term | None, known: list[str]) -> str | None:
    import difflib

    found = difflib.get_close_matches(word(term), known, n=1, cutoff=0.75)
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


def _query(check: str) -> str:
    return Path(__file__).with_name(f"{check.partition('/')[2]}.rq").read_text(encoding="utf-8")
