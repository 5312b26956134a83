"""What makes a finding the same finding after the file around it has changed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from unpact.render.findings.characters import encodable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.finding import Finding, Term
    from unpact.render.findings.source import Sources


def fingerprinted(findings: Iterable[Finding], sources: Sources) -> list[tuple[Finding, str]]:
    """Each finding with 64 hexadecimal digits that no other has, and that do not depend on line numbers.

    They come from the check, the focus node, the path and the value. Where the focus node has no name of its
    own, file and message stand in for it. Findings that agree in all this are numbered in their order.
    """
    seen: Counter[str] = Counter()
    result = []
    for finding in findings:
        identity = _identity(finding, sources)
        text = encodable(json.dumps([identity, seen[identity]]))
        seen[identity] += 1
        result.append((finding, hashlib.sha256(text.encode()).hexdigest()))
    return result


def _identity(finding: Finding, sources: Sources) -> str:
    named = finding.focus is not None and not isinstance(finding.focus, BlankNode)
    terms = [_term(term, finding, sources) for term in (finding.focus, finding.path, finding.value)]
    return json.dumps([finding.check, *terms, *([] if named else [finding.file, finding.message])])


def _term(term: Term | None, finding: Finding, sources: Sources) -> str | None:
    if term is None:
        return None
    if not isinstance(term, BlankNode):
        return str(term)
    # the label of a blank node changes with the nodes above it; its source line does not
    line = sources.line(finding.file, finding.line) if finding.file and finding.line else None
    return f"_: {(line or '').strip()}"
