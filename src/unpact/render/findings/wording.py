"""The terms of a finding in words and in the syntax of Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.names import compact
from unpact.notation import typed_words

if TYPE_CHECKING:
    from unpact.finding import Finding, Term
    from unpact.render.rows import Labeller


def path_text(path: Term) -> str:
    """A property as a CURIE; a longer path is a literal with its SPARQL form already."""
    return path.value if isinstance(path, Literal) else typed_words(path)


def plain(term: Term | None) -> str | None:
    """The IRI or the lexical form; None for nothing."""
    if term is None:
        return None
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def focus_words(finding: Finding, labels: Labeller) -> str:
    """The words for the focus node: its label and its CURIE, without what the message says already.

    The label of a blank node is nobody's name, so it has none.
    """
    focus = finding.focus
    if focus is None or isinstance(focus, BlankNode):
        return ""
    if not isinstance(focus, NamedNode):
        candidates = [typed_words(focus)]
    else:
        candidates = list(dict.fromkeys((labels(focus), compact(focus.value))))
    return ", ".join(words for words in candidates if words not in finding.message)


def rule_of(finding: Finding) -> str:
    """The rule that the finding breaks, by its name and in words; empty where it rests on one place alone."""
    grounds = finding.grounds
    if grounds is None:
        return ""
    return f"by {grounds.rule}: {grounds.reading}" if grounds.reading else f"by {grounds.rule}"


def premises_of(finding: Finding) -> list[str]:
    """What the finding rests on, each with its place as editors link it."""
    grounds = finding.grounds
    if grounds is None:
        return []
    return [f"{each.place}: {each.said}" if each.place else each.said for each in grounds.premises]


def message_of(finding: Finding, labels: Labeller) -> str:
    """The message with the focus node behind it; the id of the check should there be no message."""
    words = focus_words(finding, labels)
    message = finding.message.strip() or finding.check
    return f"{message} ({words})" if words else message
