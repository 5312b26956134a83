"""The kind of a service: named by the user, or told by what the service says of itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

FUSEKI, VIRTUOSO, GENERIC = "fuseki", "virtuoso", "generic"
#: The kinds that can be named. Of most nothing is particular but how they are loaded.
PROFILES = (FUSEKI, VIRTUOSO, "graphdb", "rdf4j", "oxigraph", "neptune", GENERIC)

# as they stand in the header Server
_SERVERS = {"virtuoso": VIRTUOSO, "fuseki": FUSEKI, "graphdb": "graphdb", "oxigraph": "oxigraph"}
_NEPTUNE = re.compile(r"\.neptune\.amazonaws\.com(\.cn)?\Z")


def checked_profile(name: str | None) -> str | None:
    """The same name.

    Raises:
        UsageError: for one that is no kind of service.
    """
    if name is not None and name not in PROFILES:
        hint = f"Choose one of {', '.join(PROFILES)}."
        raise UsageError(f"there is no kind of service {name!r}", hint=hint)
    return name


def profile_of(headers: Mapping[str, str], host: str) -> str:
    """The kind of service that answered; `generic` where it does not say.

    Args:
        headers: of its answer, with any spelling of their names.
        host: that was asked.
    """
    said = {name.lower(): value for name, value in headers.items()}
    server = said.get("server", "").lower()
    for word, profile in _SERVERS.items():
        if word in server:
            return profile
    if "fuseki-request-id" in said:
        return FUSEKI
    return "neptune" if _NEPTUNE.search(host) else GENERIC
