"""What a query may not do: reach the network, or change anything.

The engine would follow ``SERVICE`` without asking. Its parser reads ``SERVICEex:a`` as it reads ``SERVICE
ex:a``, so the words are looked for inside tokens too; strings, IRIs and comments are left alone.
`tests/unit/test_query_policy.py` holds this against the engine's own reading.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from unpact.errors import NetworkRefused, UsageError
from unpact.names import GRAPH, PREFIXES
from unpact.query.tokens import Token, declared_prefixes, expand_token, place, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_HINT = "Add --allow-network if the query may reach other servers."
_SUSPICIOUS = ("service", "from", "\\u")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_ESCAPE = r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})"


def refuse_remote(
    text: str, *, allow_network: bool = False, local_graphs: Callable[[], Collection[str]] = tuple
) -> None:
    """Refuse `text` when it reaches beyond the graph at hand.

    `local_graphs` gives the names of graphs that FROM may name besides our own; it is called only when
    needed. Raises NetworkRefused (line and keyword named) for SERVICE and remote FROM, UsageError for an
    update.
    """
    _refuse_updates(text)
    if allow_network:
        return
    for token, keyword in remote_access(text, local_graphs):
        raise _refused(text, token, keyword)


def remote_access(
    text: str, local_graphs: Callable[[], Collection[str]] = tuple
) -> Iterator[tuple[Token, str]]:
    """Each token of `text` at which a query would leave the graph at hand, and its keyword: SERVICE or FROM.

    `local_graphs` as for `refuse_remote`. What is written with escapes is found as well, at the place that
    it would have without them.
    """
    lowered = text.lower()
    if not any(mark in lowered for mark in _SUSPICIOUS):
        return
    found = list(_scan(text, local_graphs))
    yield from found
    # Some parsers (not the embedded one) turn \u0053 into S before they read anything else.
    if not found and (unescaped := re.sub(_ESCAPE, _character, text)) != text:
        yield from _scan(unescaped, local_graphs)


def _refuse_updates(text: str) -> None:
    raised = text.upper()
    if not any(word in raised for word in _UPDATES):
        return
    code = significant(tokenize(text))
    index = 0
    while index < len(code) and code[index].upper in ("PREFIX", "BASE"):
        index += 3 if code[index].upper == "PREFIX" else 2
    if index < len(code) and code[index].kind == "word" and code[index].upper in _UPDATES:
        line = place(text, code[index].start)[0]
        raise UsageError(
            f"line {line}: {code[index].upper} would change the graph, and only queries are run",
            hint="Use SELECT, ASK, CONSTRUCT or DESCRIBE; change facts in the Turtle files.",
        )


def _scan(text: str, local_graphs: Callable[[], Collection[str]]) -> Iterator[tuple[Token, str]]:
    code = significant(tokenize(text))
    prefixes = {**PREFIXES, **declared_prefixes(code)}
    for index, token in enumerate(code):
        before = code[index - 1].upper if index else ""
        after = code[index + 1] if index + 1 < len(code) else None
        if _means_service(token, before, after):
            yield token, "SERVICE"
        if _means_from(token, before):
            named = (
                code[index + 2]
                if after is not None and after.upper == "NAMED" and index + 2 < len(code)
                else after
            )
            iri = expand_token(named, prefixes) if named is not None and token.upper == "FROM" else None
            if iri is None or not (iri.startswith(GRAPH) or iri in local_graphs()):
                yield token, "FROM"


def _means_service(token: Token, before: str, after: Token | None) -> bool:
    if token.kind == "word":
        return "SERVICE" in token.upper
    if token.kind == "pname" and "service" in token.text.partition(":")[0].lower():
        return before != "GRAPH" and after is not None and after.text == "{"
    return False


def _means_from(token: Token, before: str) -> bool:
    if token.kind == "word":
        return "FROM" in token.upper
    return token.kind == "pname" and token.text.lower().startswith("from") and before in ("*", ")")


def _refused(text: str, token: Token, keyword: str) -> NetworkRefused:
    line = place(text, min(token.start, len(text)))[0]
    return NetworkRefused(
        f"line {line}: {keyword} would reach another server, which is not allowed", hint=_HINT
    )


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= sys.maxunicode else match[0]
