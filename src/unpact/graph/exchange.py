"""What every exchange with a service needs: where it may be sent on to, and what of its words may be
shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from unpact.errors import StoreError, UsageError
from unpact.graph.address import address_of
from unpact.graph.answer import BROKEN

if TYPE_CHECKING:
    import httpx

    from unpact.graph.address import Address, Credentials

_LONGEST = 200


def moved(address: Address, asked: str, location: str) -> str:
    """Where a service sends a request on to. Credentials go to no other server.

    Args:
        address: the one that the user named.
        asked: the one that the request went to.
        location: of the answer's header.

    Raises:
        StoreError: for another server.
    """
    try:
        new = address_of(urljoin(asked, location))
    except (UsageError, ValueError):
        raise StoreError("the service sends questions to an unusable address", where=address.shown) from None
    if new.origin != address.origin:
        hint = "If you trust that one, name its address."
        raise StoreError(f"the service sends questions on to {new.shown}", where=address.shown, hint=hint)
    return new.url


def said(response: httpx.Response, credentials: Credentials) -> str:
    """The beginning of what the service says itself; a page for a browser says nothing here. Closes the
    answer.
    """
    try:
        if "html" in response.headers.get("Content-Type", "").lower():
            return ""
        text = bytearray()
        for chunk in response.iter_bytes():
            text += chunk
            if len(text) > 10 * _LONGEST:
                break
        return plain(text.decode("utf-8", errors="replace"), credentials)
    except BROKEN:
        return ""
    finally:
        response.close()


def plain(text: str, credentials: Credentials) -> str:
    """A text from outside on one line, short, and without what must not be shown."""
    printable = "".join(each if each.isprintable() else " " for each in credentials.hidden_in(text))
    line = " ".join(printable.split()).rstrip(".")
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + " …"
