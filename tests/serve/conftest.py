"""What the tests of the server share."""

from __future__ import annotations

import pytest

from unpact.serve.settings import Settings
from unpact.serve.site import Site


@pytest.fixture(scope="session")
def site() -> Site:
    return Site(Settings())
