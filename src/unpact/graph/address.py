"""The address of a service as it may be shown, and what the environment says about who asks there.

A password on the command line stands in the list of processes and in the shell's history. So credentials come
from the environment alone, an address that contains some is refused, and no message repeats either.
"""

from __future__ import annotations

import os
from base64 import b64encode
from typing import NamedTuple
from urllib.parse import urlsplit

from unpact.errors import UsageError

USER, PASSWORD, TOKEN = "UNPACT_ENDPOINT_USER", "UNPACT_ENDPOINT_PASSWORD", "UNPACT_ENDPOINT_TOKEN"
_PORTS = {"http": 80, "https": 443}


class Address(NamedTuple):
    """Where a service is.

    Args:
        url: to send to.
        shown: the same without what a query string may hide.
        origin: scheme, host and port.
    """

    url: str
    shown: str
    origin: tuple[str, str, int]


class Credentials(NamedTuple):
    """Who asks: a bearer token (RFC 6750), a user with a password (RFC 7617), or nobody."""

    user: str | None = None
    password: str | None = None
    token: str | None = None

    @property
    def authorization(self) -> str | None:
        """The header that says so; None for nobody."""
        if self.token is not None:
            return f"Bearer {self.token}"
        return None if self._pair is None else f"Basic {self._pair}"

    @property
    def _pair(self) -> str | None:
        if self.user is None or self.password is None:
            return None
        return b64encode(f"{self.user}:{self.password}".encode()).decode()

    def hidden_in(self, text: str) -> str:
        """A text from outside without what must not be shown."""
        for secret in (self.token, self.password, self._pair):
            if secret:
                text = text.replace(secret, "…")
        return text


def address_of(url: str) -> Address:
    """Read the address of a service.

    Raises:
        UsageError: for one that is not of http or https, or that contains a user or a password.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        # the address may contain a password that stands where the port should
        raise UsageError("the address of the service cannot be read", hint=_example()) from None
    if "@" in parts.netloc:
        raise UsageError(
            "the address of the service contains a user or a password",
            hint=f"Leave them out of it, and set {USER} and {PASSWORD}, or {TOKEN}, in the environment.",
        )
    if parts.scheme not in _PORTS or not host or any(each.isspace() for each in url):
        raise UsageError(f"{url!r} is not an address of http or https", hint=_example())
    shown = f"{parts.scheme}://{parts.netloc}{parts.path}"
    sent = shown + (f"?{parts.query}" if parts.query else "")
    return Address(sent, shown, (parts.scheme, host, port or _PORTS[parts.scheme]))


def credentials() -> Credentials:
    """What the environment says: `UNPACT_ENDPOINT_TOKEN`, or `UNPACT_ENDPOINT_USER` with its password.

    Raises:
        UsageError: for both, for half of a pair, and for what no HTTP header can carry.
    """
    user, password, token = (os.environ.get(name) or None for name in (USER, PASSWORD, TOKEN))
    if token and (user or password):
        raise UsageError(f"{TOKEN} and {USER} are both set", hint="Unset the one that is not meant.")
    if (user is None) != (password is None):
        missing, there = (PASSWORD, USER) if user else (USER, PASSWORD)
        raise UsageError(f"{there} is set, and {missing} is not", hint=f"Set {missing} too.")
    if token and not (token.isascii() and token.isprintable() and " " not in token):
        raise UsageError(f"{TOKEN} contains characters that no token has")
    if user and ":" in user:
        raise UsageError(f"{USER} contains a colon, which no user's name may in HTTP")
    return Credentials(user, password, token)


def _example() -> str:
    return "Name the address of its queries, as in http://localhost:3030/data/sparql."
