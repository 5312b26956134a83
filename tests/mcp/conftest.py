"""The tools at work on the bundled graph, without a process of their own."""

from __future__ import annotations

import pytest

from unpact.corpus import bundled
from unpact.mcp.toolbox import Settings, Toolbox
from unpact.query.catalogue import Catalogue
from unpact.why.run import Explainer


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.of(file.path for file in bundled().query_files())


@pytest.fixture(scope="session")
def explainer() -> Explainer:
    return Explainer(bundled())


@pytest.fixture(scope="session")
def toolbox(explainer: Explainer, catalogue: Catalogue) -> Toolbox:
    return Toolbox(explainer, catalogue, Settings())
