"""Links to pages with a query string."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.serve.exchange import Asked


def link(path: str, *pairs: tuple[str, str]) -> str:
    """The link to a decoded path with names and values; those without a value are left out."""
    given = [(name, value) for name, value in pairs if value]
    return quote(path) + (f"?{urlencode(given)}" if given else "")


def changed(asked: Asked, **values: str) -> str:
    """The link to what was asked with other values; an empty one takes its name away."""
    kept: Iterable[tuple[str, str]] = (pair for pair in asked.query if pair[0] not in values)
    return link(asked.path, *kept, *values.items())
