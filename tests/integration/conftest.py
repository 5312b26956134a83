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


@pytest.fixture(scope="session")
def fuseki_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Fuseki that keeps its data in memory; who fills it empties it."""
    with servers.fuseki(tmp_path_factory.mktemp("fuseki")) as server:
        yield server


@pytest.fixture(scope="session")
def fuseki_tdb2_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Fuseki that keeps its data on disk; who fills it empties it."""
    with servers.fuseki(tmp_path_factory.mktemp("fuseki"), storage="tdb2") as server:
        yield server


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Virtuoso that its dba may write to; who fills it empties it."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(scope="session")
def rdf4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An RDF4J that keeps its data on disk; who fills it empties it."""
    with servers.rdf4j(tmp_path_factory.mktemp("rdf4j")) as server:
        yield server


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph that keeps its data on disk; who fills it empties it."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server
