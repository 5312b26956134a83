"""The kind of a service: named by the user, or told by what the service says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

FUSEKI, VIRTUOSO, RDF4J, GRAPHDB, GENERIC = "fuseki", "virtuoso", "rdf4j", "graphdb", "generic"
#: The kinds that can be named. Of most nothing is particular but how they are loaded.
PROFILES = (FUSEKI, VIRTUOSO, GRAPHDB, RDF4J, "oxigraph", "neptune", GENERIC)

# as they stand in the header Server
_SERVERS = {"virtuoso": VIRTUOSO, "fuseki": FUSEKI, "graphdb": GRAPHDB, "oxigraph": "oxigraph"}
# as their addresses are
_ADDRESSES = {
    "neptune": re.compile(r"https?://[^/:]+\.neptune\.amazonaws\.com(\.cn)?(?=[:/?]|\Z)", re.IGNORECASE),
    # and that of GraphDB, which is made of it
    RDF4J: re.compile(r"[^?]+/repositories/[^/?]+/?(\?|\Z)"),
}


def checked_profile(name: str | None) -> str | None:
    """The same name.

    Raises:
        UsageError: for one that is no kind of service.
    """
    if name is not None and name not in PROFILES:
        hint = f"Choose one of {', '.join(PROFILES)}."
        raise UsageError(f"there is no kind of service {name!r}", hint=hint)
    return name


def addressed_as(url: str) -> str | None:
    """The kind of service that has such an address; None for one that any may have."""
    return next((name for name, address in _ADDRESSES.items() if address.match(url)), None)


def profile_of(headers: Mapping[str, str], url: str) -> str:
    """The kind of service that answered; `generic` where it does not say.

    Args:
        headers: of its answer, with any spelling of their names.
        url: that was asked.
    """
    said = {name.lower(): value for name, value in headers.items()}
    server = said.get("server", "").lower()
    for word, profile in _SERVERS.items():
        if word in server:
            return profile
    if "fuseki-request-id" in said:
        return FUSEKI
    return addressed_as(url) or GENERIC
