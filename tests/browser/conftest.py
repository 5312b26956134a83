"""A real browser, headless, and a server for it to look at; both are started once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..servers.unpact_server import Served, serving  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
#: Where screenshots go, for people to look at after a run.
SHOTS = "UNPACT_SCREENSHOTS"


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """With `pytest --dist loadgroup` one process has all of them, and one browser and one server."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            item.add_marker(pytest.mark.slow)


# no longer than it is needed: while it is there, no other test of this process can run an event loop
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium of the system."""
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install 'unpact[test]'")
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.skip("no Chromium: .ci/browser installs Debian's")
    with api.sync_playwright() as playwright:
        # in a container, as on CI, there is no other user to drop to, and little shared memory
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The bundled facts, with the article where it is at hand."""
    article = os.environ.get("UNPACT_ARTICLE")
    options = ("--article", article) if article else ()
    with serving(tmp_path_factory.mktemp("browsed"), "--workers", "2", *options) as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    """An empty window; what goes wrong in it, or is refused by the policy of the server, fails the test."""
    context = browser.new_context(base_url=server.address, viewport={"width": 1100, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    expected = "Failed to load resource: the server responded with a status of 4"
    assert [each for each in problems if not each.startswith(expected)] == []


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for screenshots."""
    named = os.environ.get(SHOTS)
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
