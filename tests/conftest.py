"""What all tests share: no test may read or fill the cache of the user who runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator


# how long an example takes says more of the machine than of the code
settings.register_profile("unpact", deadline=None)
settings.load_profile("unpact")


def pytest_configure(config: pytest.Config) -> None:
    """Tests that share a costly fixture are marked as one group, which one worker runs."""
    if getattr(config.option, "dist", "no") == "load":
        config.option.dist = "loadgroup"


@pytest.fixture(scope="session", autouse=True)
def _cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNPACT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield
