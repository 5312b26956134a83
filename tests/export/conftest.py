from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import unpact
from unpact.export.exporter import Exporter
from unpact.export.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def knowledge() -> unpact.Knowledge:
    return unpact.open()


@pytest.fixture(scope="session")
def exporting(knowledge: unpact.Knowledge) -> Callable[..., Exporter]:
    """Makes an exporter of the real view; arguments as of Selection."""

    def make(**selection: object) -> Exporter:
        return Exporter(knowledge.graph, knowledge.corpus, knowledge.queries, Selection(**selection))  # type: ignore[arg-type]

    return make
