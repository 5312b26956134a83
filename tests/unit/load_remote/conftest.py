"""What the tests of loading into a service share."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

pytest.importorskip("httpx", reason="the extra unpact[remote] is not installed")

from unpact.load.remote.content import Content, graphs_of

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
# names and texts that look like blank nodes, and a text over several lines
_NODES = st.sampled_from([NamedNode("urn:a"), NamedNode("urn:_:b"), BlankNode("b1"), BlankNode("b2")])
_VALUES = _NODES | st.sampled_from(
    [Literal("_:b1"), Literal("two\nlines\r\n_:b2 ."), Literal("\u2028", language="en")]
)
_QUOTED = st.builds(Triple, _NODES, st.just(NamedNode("urn:p")), _VALUES)
TRIPLES = st.lists(st.builds(Triple, _NODES, st.just(NamedNode("urn:p")), _VALUES | _QUOTED), max_size=12)
OTHERS = "<urn:g:others> { <urn:o> <urn:p> <urn:o> . }"


def content_of(trig: str, key: str) -> Content:
    store = Store()
    store.load(trig, format=RdfFormat.TRIG)
    graphs = graphs_of(store)
    return Content(graphs, key * 64, "best", {name: f"{name.rpartition(':')[2]}.ttl" for name in graphs})


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
