"""What the tests of the pages about one thing share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unpact.serve.exchange import Asked
from unpact.serve.settings import Settings, Source
from unpact.serve.site import Site

from .pages import Parsed

if TYPE_CHECKING:
    from .pages import Open

_HOSTILE = Path(__file__).with_name("hostile.ttl")


@pytest.fixture(scope="session")
def opened(site: Site) -> Open:
    """Opens the page of a path, which must be there."""
    usual = site

    def open_page(path: str, *query: tuple[str, str], site: Site = usual) -> Parsed:
        reply = site.answer(Asked(path, query, "text/html"))
        assert reply.status == 200, reply.body.decode()
        assert reply.media_type == "text/html; charset=utf-8"
        return Parsed(reply)

    return open_page


@pytest.fixture(scope="session")
def hostile() -> Site:
    """A site whose facts are meant to do harm to whoever looks at them."""
    return Site(Settings(Source(data=(str(_HOSTILE),), only_data=True)))
