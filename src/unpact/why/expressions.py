"""The expressions of FILTER and BIND, and the tests in them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from unpact.why import plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unpact.query import algebra as alg
    from unpact.query.tokens import Token


def filter_node(
    tokens: Sequence[Token], tests: tuple[alg.Exists, ...], graph: str | None, seen: frozenset[str]
) -> plan.Filter | plan.Test:
    """The plan for a FILTER; one that is nothing but a NOT EXISTS is a test of its own."""
    expression = tuple(tokens)
    while expression[0].text == "(" and _closes(expression):
        expression = expression[1:-1]
    if tests and [token.upper for token in expression[:3]] == ["NOT", "EXISTS", "{"] and len(tests) == 1:
        depths = list(_depths(expression[2:]))
        if depths.index(0) == len(depths) - 1:
            return plan.Test("NOT EXISTS", tests[0].group, seen, graph, alone=True, supports=False)
    return plan.Filter(expression, seen, test_nodes(tokens, tests, graph, seen))


def test_nodes(
    tokens: Sequence[Token], tests: tuple[alg.Exists, ...], graph: str | None, seen: frozenset[str]
) -> tuple[plan.Test, ...]:
    """The tests in an expression. A row rests on what one matches, unless the expression turns it round."""
    before = {token.start: last.text for last, token in pairwise(tokens)}
    return tuple(
        plan.Test(
            "EXISTS",
            test.group,
            seen,
            graph,
            alone=False,
            supports=test.head[0].upper == "EXISTS" and before.get(test.head[0].start) != "!",
        )
        for test in tests
    )


def _closes(tokens: Sequence[Token]) -> bool:
    """Whether the first bracket is closed by the last one."""
    depths = list(_depths(tokens))
    return 0 in depths and depths.index(0) == len(depths) - 1


def _depths(tokens: Iterable[Token]) -> Iterator[int]:
    depth = 0
    for token in tokens:
        depth += (token.text in ("(", "{", "[")) - (token.text in (")", "}", "]"))
        yield depth
