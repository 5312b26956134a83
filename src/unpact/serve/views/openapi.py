"""What the server offers to programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from unpact.serve.exchange import Reply
from unpact.serve.openapi.document import describe

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked
    from unpact.serve.site import Site


def document(site: Site, _asked: Asked) -> Reply:
    """The description of the server as OpenAPI 3.1."""
    described = describe(site.catalogue, site.settings.address)
    return Reply(json.dumps(described, ensure_ascii=False).encode(), "application/json")
