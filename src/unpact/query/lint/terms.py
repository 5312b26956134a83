"""IRIs that nobody knows: misspelt terms, and prefixes that stand for something else than usual."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.names import GRAPH, ID, PREFIXES, SOURCE
from unpact.query.algebra import Span
from unpact.query.lint.source import word
from unpact.query.lint.vocabulary import is_ours
from unpact.query.tokens import expand_token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.finding import Finding
    from unpact.query import algebra as alg
    from unpact.query.lint.source import QueryText
    from unpact.query.lint.vocabulary import Vocabulary
    from unpact.query.tokens import Token

TERM = "query/unknown-term"
# What a CONSTRUCT may make up as it goes along.
_MADE = (ID, SOURCE, GRAPH)
# From here on a namespace is taken for a misspelt one of ours.
_ALIKE = 0.85
_DECLARING = ("PREFIX", "BASE", "VERSION")


def check_terms(source: QueryText, query: alg.Query, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Every IRI that neither the ontology nor the data mentions.

    In our namespaces that is a violation, or a warning where the vocabulary has the term and only the graph
    does not; elsewhere it is worth a note, unless it calls a function.
    """
    template = _template(query)
    prefixes = dict(source.prefixes)
    for index, token in enumerate(source.code):
        iri = expand_token(token, prefixes)
        if iri is None or ":" not in iri:
            continue
        before = source.code[index - 1] if index else None
        if before is not None and before.upper in _DECLARING:
            continue
        if index > 1 and source.code[index - 2].upper == "PREFIX":
            yield from _check_declaration(source, before, token)
            continue
        if vocabulary.knows(iri):
            continue
        if template.start <= token.start < template.end and iri.startswith(_MADE):
            continue
        following = source.code[index + 1].text if index + 1 < len(source.code) else ""
        if is_ours(iri):
            yield _unknown(source, token, iri, vocabulary)
        elif following != "(":
            yield _foreign(source, token, iri, vocabulary)


def _unknown(source: QueryText, token: Token, iri: str, vocabulary: Vocabulary) -> Finding:
    span = Span(token.start, token.end)
    if vocabulary.is_published(iri):
        message = f"nothing in the graph uses {word(iri)}, so a pattern with it finds nothing"
        return source.finding(TERM, Severity.WARNING, message, span)
    near = [word(other) for other in vocabulary.nearest(iri)]
    message = f"{word(iri)} is neither in the ontology nor in the data{_question(near)}"
    return source.finding(
        TERM, Severity.VIOLATION, message, span, mend=f"Write {near[0]}." if len(near) == 1 else None
    )


def _foreign(source: QueryText, token: Token, iri: str, vocabulary: Vocabulary) -> Finding:
    near = [word(other) for other in vocabulary.nearest(iri)] if vocabulary.knows_namespace(iri) else []
    message = f"nothing in the graph is called {word(iri)}{_question(near)}"
    return source.finding(TERM, Severity.INFO, message, Span(token.start, token.end))


def _question(near: list[str]) -> str:
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _check_declaration(source: QueryText, name: Token | None, iri: Token) -> Iterator[Finding]:
    """A prefix that the project uses, declared as another namespace."""
    prefix = "" if name is None else name.text[:-1]
    usual = PREFIXES.get(prefix)
    given = iri.text[1:-1]
    if usual is None or usual == given:
        return
    alike = difflib.SequenceMatcher(None, given, usual).ratio() >= _ALIKE
    severity = Severity.VIOLATION if alike else Severity.INFO
    message = f"{prefix}: is declared as <{given}>, and is <{usual}> everywhere else"
    mend = f"Write <{usual}>." if alike else "Choose another prefix."
    yield source.finding(TERM, severity, message, Span(iri.start, iri.end), mend=mend)


def _template(query: alg.Query) -> Span:
    """Where the template of a CONSTRUCT stands; an empty span for other queries."""
    patterns = query.template.patterns if query.template is not None else ()
    spans = [span for pattern in patterns for span in pattern.spans]
    return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else Span(0, 0)
