"""The home page: what can be asked; and the page for paths that lead nowhere."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.site import Site


def home(site: Site, _asked: Asked) -> Reply:
    """All stored queries by topic."""
    return site.page("home.html", title="unpact", topics=site.catalogue.topics())


def missing(site: Site, asked: Asked, path: str) -> Reply:
    """There is no such page."""
    hint = "Begin at the home page, or search."
    return site.renderer.failure(asked, f"There is no page /{path}.", HTTPStatus.NOT_FOUND, hint)
