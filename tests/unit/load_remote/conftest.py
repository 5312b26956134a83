"""What the tests of loading into a service share."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Store

pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")

from unpact.load.content import Content

from .fake_service import Service

if TYPE_CHECKING:
    from pathlib import Path

OLD = """
<urn:g:same> { <urn:a> <urn:p> "same" , [ <urn:q> "blank" ] . }
<urn:g:changed> { <urn:a> <urn:p> "old" . <urn:b> <urn:p> [ <urn:q> 1 ] . }
<urn:g:gone> { <urn:a> <urn:p> "gone" . }
"""
NEW = """
<urn:g:same> { <urn:a> <urn:p> "same" , [ <urn:q> "blank" ] . }
<urn:g:changed> { <urn:a> <urn:p> "new" , "newer" . <urn:b> <urn:p> [ <urn:q> 2 ; <urn:r> [ <urn:q> 3 ] ] . }
<urn:g:new> { <urn:n> <urn:p> <urn:a> . }
"""
OTHERS = "<urn:g:others> { <urn:o> <urn:p> <urn:o> . }"


def content_of(trig: str, key: str) -> Content:
    store = Store()
    store.load(trig, format=RdfFormat.TRIG)
    names = [name.value for name in store.named_graphs()]
    return Content(store, key * 64, "best", {name: f"{name.rpartition(':')[2]}.ttl" for name in names})


@pytest.fixture
def old() -> Content:
    return content_of(OLD, "0")


@pytest.fixture
def new() -> Content:
    return content_of(NEW, "1")


@pytest.fixture
def service() -> Service:
    service = Service()
    service.store.load(OTHERS, format=RdfFormat.TRIG)
    return service


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited."""
    waited: list[float] = []
    monkeypatch.setattr("unpact.load.remote.retry.time", SimpleNamespace(sleep=waited.append))
    return waited


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"UNPACT_ENDPOINT_{name}", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "no-netrc"))
