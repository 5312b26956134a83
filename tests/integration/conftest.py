"""The servers that the tests of this folder share: each is started when the first test asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from . import servers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .servers import Server


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """With `pytest --dist loadgroup` one process has all of them, and starts and fills each server once."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("servers"))


def _shared(name: str) -> object:
    @pytest.fixture(scope="session", name=f"{name}_server")
    def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
        """One of `servers.BEGIN`; who fills it empties it."""
        with servers.BEGIN[name](tmp_path_factory.mktemp(name)) as running:
            yield running

    return server


fuseki_server, fuseki_tdb2_server, virtuoso_server, rdf4j_server, oxigraph_server = map(
    _shared, servers.BEGIN
)
