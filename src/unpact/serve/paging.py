"""Long lists in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from unpact.errors import UsageError
from unpact.serve.links import changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.serve.exchange import Asked

Item = TypeVar("Item")


class Page(NamedTuple, Generic[Item]):
    """One page of a list.

    Args:
        items: those on it.
        start: how many come before.
        total: how many there are on all pages.
        number: of the page, from 1.
        last: the number of the last page.
        previous: the link to the page before; None on the first.
        next: the link to the page behind; None on the last.
    """

    items: Sequence[Item]
    start: int
    total: int
    number: int
    last: int
    previous: str | None
    next: str | None


def page_of(items: Sequence[Item], asked: Asked, size: int) -> Page[Item]:
    """The page of `size` items that the parameter `page` of a request names; the first without one.

    Raises:
        UsageError: there is no such page.
    """
    text = asked.first("page") or "1"
    last = max(1, -(-len(items) // size))
    # more digits than that are no number of a page, and cost time to read
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004
    if not 1 <= number <= last:
        pages = "there is only one" if last == 1 else f"there are {last}"
        raise UsageError(
            f"there is no page {text!r} ({pages})", hint=f"The first page: {changed(asked, page='')}"
        )
    start = (number - 1) * size
    return Page(
        items[start : start + size],
        start,
        len(items),
        number,
        last,
        changed(asked, page=str(number - 1) if number > 2 else "") if number > 1 else None,  # noqa: PLR2004 - the first page needs no number
        changed(asked, page=str(number + 1)) if number < last else None,
    )
