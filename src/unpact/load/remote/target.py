"""The service that is loaded into, and the three addresses that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from unpact.errors import UsageError
from unpact.graph.access import credentials_for
from unpact.graph.address import Address, Credentials, address_of
from unpact.load.remote.profiles import PROFILES

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.load.remote.profiles import Profile

#: Seconds that a service may take for one request.
TIMEOUT = 600.0


class Target:
    """A SPARQL 1.1 service.

    Args:
        url: of the dataset, or of its queries.
        profile: the kind of service, a name of `PROFILES`.
        update: the address of its updates, where it does not follow from `url`.
        data: the same for its Graph Store.
        timeout: seconds that one request may take.
        credentials: who asks; by default what the environment says, else `~/.netrc`, else nobody.
        ask: is called with the address when the service wants to know who asks and nothing says so; may give
            None.

    Raises:
        UsageError: for an unknown profile, for an address or credentials that cannot be meant, and for
            addresses of more than one server, since credentials belong to one.
    """

    def __init__(
        self,
        url: str,
        profile: str = "generic",
        *,
        update: str | None = None,
        data: str | None = None,
        timeout: float = TIMEOUT,
        credentials: Credentials | None = None,
        ask: Callable[[str], Credentials | None] | None = None,
    ) -> None:
        if profile not in PROFILES:
            raise UsageError(f"no profile is called {profile!r}", hint=f"There are: {', '.join(PROFILES)}.")
        self.profile: Profile = PROFILES[profile]
        self.query, base = _asked_and_base(address_of(url), self.profile)
        self.update: Address = _under(base, self.profile.update) if update is None else address_of(update)
        self.data: Address = _under(base, self.profile.data) if data is None else address_of(data)
        for other in (self.update, self.data):
            if other.origin != self.query.origin:
                raise UsageError(
                    f"{other.shown} is not on the server of {self.query.shown}",
                    hint="Name three addresses of one server.",
                )
        self.timeout = timeout
        self.credentials: Credentials = credentials_for(self.query) if credentials is None else credentials
        self.ask = ask

    @property
    def name(self) -> str:
        """The address as it may be shown."""
        return self.query.shown


def _asked_and_base(named: Address, profile: Profile) -> tuple[Address, Address]:
    """The address of the queries and that of the dataset, whichever of the two the user named."""
    parts = urlsplit(named.url)
    path = parts.path.rstrip("/")
    for ending in profile.query:
        if ending and path.endswith(ending):
            return named, address_of(urlunsplit(parts._replace(path=path.removesuffix(ending))))
    return _under(named, profile.query[0]), named


def _under(base: Address, ending: str) -> Address:
    if not ending:
        return base
    parts = urlsplit(base.url)
    return address_of(urlunsplit(parts._replace(path=parts.path.rstrip("/") + ending)))
