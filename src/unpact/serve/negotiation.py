"""Which of several media types a reply has (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mimeparse

if TYPE_CHECKING:
    from collections.abc import Sequence


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The media type that a client likes best.

    Args:
        accept: the header; without one, and for one that is none, the first of `offered` will do.
        offered: the media types there are, the most usual first; among equals the first wins.

    Returns:
        one of `offered`; None when the client takes none of them.
    """
    if not accept.strip():
        return offered[0]
    try:
        # of equally good ones the library takes the last
        found = mimeparse.best_match(list(reversed(offered)), accept.lower())
    except (mimeparse.MimeTypeParseException, ValueError):
        return offered[0]
    return found or None
