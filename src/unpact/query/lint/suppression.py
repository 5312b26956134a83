"""Comments that silence a finding: ``# lint: ignore query/not-exists-join``, then a reason.

The comment holds for its own line, and for the next line of code when it stands on a line of its own. A
query that cannot be read cannot be silenced.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from unpact.finding import Severity
from unpact.query.algebra import Span
from unpact.query.tokens import place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from unpact.finding import Finding
    from unpact.query.lint.source import QueryText
    from unpact.query.tokens import Token

SUPPRESSION = "query/suppression"
_COMMENT = re.compile(r"#[ \t]*lint:[ \t]*ignore\b")
_CHECK = re.compile(r"[ \t,]*(query/[a-z0-9-]+)")


def suppressed(source: QueryText) -> set[tuple[int, str]]:
    """Line and check of everything that comments silence."""
    found: set[tuple[int, str]] = set()
    lines = source.text.split("\n")
    for token, checks in _comments(source):
        line, column = place(source.text, token.start)
        silenced = [line]
        if not lines[line - 1][: column - 1].strip():
            below = line + 1
            while below <= len(lines) and lines[below - 1].lstrip().startswith("#"):
                below += 1
            silenced.append(below)
        found.update((number, check) for number in silenced for check, _ in checks)
    return found


def check_suppressions(source: QueryText, known: Collection[str]) -> Iterator[Finding]:
    """Comments that name no check, or one that does not exist, and so silence nothing."""
    for token, checks in _comments(source):
        if not checks:
            message = "this comment names no check, so it silences nothing"
            mend = "Write: # lint: ignore query/..., then the reason."
            span = Span(token.start, token.end)
            yield source.finding(SUPPRESSION, Severity.WARNING, message, span, mend=mend)
        for check, span in checks:
            if check in known:
                continue
            close = difflib.get_close_matches(check, known, n=1)
            question = f"; did you mean {close[0]}?" if close else ""
            message = f"there is no check {check}{question}"
            yield source.finding(SUPPRESSION, Severity.WARNING, message, span)


def _comments(source: QueryText) -> Iterator[tuple[Token, list[tuple[str, Span]]]]:
    """Each such comment with the checks that it names."""
    for token in source.tokens:
        match = _COMMENT.match(token.text) if token.kind == "comment" else None
        if match is None:
            continue
        checks: list[tuple[str, Span]] = []
        position = match.end()
        while (name := _CHECK.match(token.text, position)) is not None:
            checks.append((name[1], Span(token.start + name.start(1), token.start + name.end(1))))
            position = name.end()
        yield token, checks
