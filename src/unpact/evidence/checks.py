"""What `unpact.evidence.coverage` checks, each check with its id and what has to be true."""

from __future__ import annotations

from unpact.finding import Severity
from unpact.validate.checks import Check

_TEXTS = {
    "triple-without-sentence": "Every asserted triple of the article names the sentence that states it.",
    "axiom-incomplete": "An owl:Axiom repeats one triple: its subject, its property and its value.",
    "axiom-without-triple": "The triple that an owl:Axiom repeats is in the data.",
    "unknown-passage": "What a fact rests on is a sentence of the article.",
    "passage-without-fact": "Every sentence of the article has a fact, or is marked as stating none.",
    "factless-with-facts": "No fact rests on a sentence that is marked as stating none.",
    "factless-without-reason": "A sentence that is marked as stating no fact has a reason.",
}

COVERAGE_CHECKS = tuple(
    Check(f"coverage/{name}", Severity.VIOLATION, name.replace("-", " ").capitalize(), text, None, None, None)
    for name, text in _TEXTS.items()
)
