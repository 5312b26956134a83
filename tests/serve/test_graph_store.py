"""Graphs by their names, as the SPARQL 1.1 Graph Store HTTP Protocol reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from unpact.serve.exchange import Asked

if TYPE_CHECKING:
    from unpact.serve.exchange import Reply
    from unpact.serve.site import Site

_BODIES = "https://w3id.org/unpact/graph/data/article/bodies"


def _get(site: Site, *fields: tuple[str, str], accept: str = "") -> Reply:
    return site.answer(Asked("/graph-store", fields, accept))


def test_a_named_graph_has_its_own_triples(site: Site) -> None:
    reply = _get(site, ("graph", _BODIES))
    assert (reply.status, reply.media_type) == (200, "text/turtle; charset=utf-8")
    lines = "".join(
        f"{triple} .\n"
        for triple in site.graph.construct(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{_BODIES}> {{ ?s ?p ?o }} }}"
        )
    )
    assert len(lines.splitlines()) > 100
    assert isomorphic(Graph().parse(data=reply.body), Graph().parse(data=lines, format="nt"))


@pytest.mark.slow
def test_the_default_graph_is_the_union_of_all(site: Site) -> None:
    reply = _get(site, ("default", ""), accept="application/n-triples")
    assert reply.media_type == "application/n-triples"
    number = len({quad.triple for quad in parse(reply.body, format=RdfFormat.N_TRIPLES)})
    (row,) = site.graph.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert [getattr(cell, "value", "") for cell in row] == [str(number)]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ((), 400),
        ((("default", ""), ("graph", _BODIES)), 400),
        ((("graph", _BODIES), ("graph", _BODIES)), 400),
        ((("graph", ""),), 404),
        ((("graph", "http://example.org/none"),), 404),
        ((("graph", "> } INSERT"),), 404),
    ],
)
def test_requests_that_name_no_graph(site: Site, fields: tuple[tuple[str, str], ...], status: int) -> None:
    assert _get(site, *fields).status == status


def test_media_types(site: Site) -> None:
    graph = ("graph", _BODIES)
    for accept, given in (
        ("application/rdf+xml", "application/rdf+xml"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/html, */*;q=0.1", "text/turtle; charset=utf-8"),
    ):
        reply = _get(site, graph, accept=accept)
        assert (reply.status, reply.media_type, reply.varies) == (200, given, True)
    assert _get(site, graph, accept="image/png").status == 406
    assert _get(site, graph, ("format", "nt")).media_type == "application/n-triples"


def test_the_same_bytes_each_time(site: Site) -> None:
    assert _get(site, ("graph", _BODIES)) == _get(site, ("graph", _BODIES))
