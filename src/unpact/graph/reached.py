"""What is reached from somewhere by steps of one kind, such as the classes below a class."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


def reached(starts: Iterable[T], onward: Callable[[T], Iterable[T]]) -> dict[T, None]:
    """The starts, and what steps from these lead to, each once; circles do no harm.

    Args:
        starts: where the steps begin.
        onward: gives what one step leads to.
    """
    found: dict[T, None] = {}
    todo = list(starts)
    while todo:
        each = todo.pop()
        if each not in found:
            found[each] = None
            todo += onward(each)
    return found
