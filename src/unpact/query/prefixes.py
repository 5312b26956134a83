"""Prefixed names of a query whose prefix nobody declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unpact.query.tokens import Token


def undeclared_prefixes(code: Sequence[Token], known: Iterable[str]) -> Iterator[Token]:
    """The prefixed names whose prefix is neither declared before nor among `known`, in their order.

    Args:
        code: the tokens of a query, without spaces and comments.
        known: prefixes without their colon.
    """
    declared = set(known)
    for index, token in enumerate(code):
        if token.kind == "pname":
            prefix = token.text.partition(":")[0]
            if index and code[index - 1].upper == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                yield token
