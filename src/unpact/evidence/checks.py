"""What `unpact.evidence.coverage` checks, each check with its id and what has to be true."""

from __future__ import annotations

from unpact.finding import Severity
from unpact.validate.checks import Check

_COVERAGE = {
    "triple-without-sentence": (
        "Facts that say where they are stated",
        "The subject of each fact of the article has unp:statedIn, or an owl:Axiom annotates the fact.",
    ),
    "passage-without-fact": (
        "Sentences with facts",
        "A fact rests on each sentence of the article, or the sentence is marked as stating none.",
    ),
    "unknown-passage": ("Sentences that there are", "What unp:statedIn names is a sentence of the article."),
    "factless-with-facts": (
        "Marks that are right",
        "No fact rests on a sentence that is marked as stating none.",
    ),
    "factless-without-reason": (
        "Marks with a reason",
        "A sentence that is marked as stating no fact has a unp:reason.",
    ),
    "axiom-incomplete": (
        "Complete annotations",
        "An owl:Axiom names subject, property, value and sentence of what it annotates.",
    ),
    "axiom-without-triple": (
        "Annotations of what is there",
        "The triple that an owl:Axiom annotates is written in the data too.",
    ),
}

COVERAGE_CHECKS = tuple(
    Check(f"coverage/{name}", Severity.VIOLATION, title, text, None, None, None)
    for name, (title, text) in _COVERAGE.items()
)
