"""The forms of a description: which one a client gets, and that all say the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph

from unpact.corpus import bundled
from unpact.corpus.syntax import read_quads
from unpact.describe.turtle import triples_about
from unpact.names import GRAPH, ID, SOURCE, TOPIC, UNP
from unpact.serve.addresses import path_of
from unpact.serve.exchange import Asked

from .pages import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from unpact.serve.site import Site

    from .pages import Open

_FORMS = {
    "ttl": ("text/turtle; charset=utf-8", "text/turtle"),
    "jsonld": ("application/ld+json", "application/ld+json"),
    "nt": ("application/n-triples", "application/n-triples"),
    "rdf": ("application/rdf+xml", "application/rdf+xml"),
    "html": ("text/html; charset=utf-8", "text/html"),
}
_READERS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "rdf": RdfFormat.RDF_XML}
_THINGS = [
    ID + "pakistan",
    ID + "country-programme-2",
    ID + "source-fcdo-unodc",
    TOPIC + "corruption",
    SOURCE + "6.3.1",
    UNP + "Treaty",
    UNP + "actor",
]


def canonical(triples: Iterable[Triple]) -> set[str]:
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def read(body: bytes, suffix: str) -> list[Triple]:
    if suffix == "jsonld":
        # an independent reader of JSON-LD
        body = Graph().parse(data=body, format="json-ld").serialize(format="nt").encode()
        suffix = "nt"
    return [quad.triple for quad in parse(input=body, format=_READERS[suffix])]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
@pytest.mark.parametrize("iri", _THINGS)
def test_each_form_says_what_there_is_to_say(site: Site, iri: str, suffix: str) -> None:
    expected = canonical(triples_about(site.graph, NamedNode(iri)))
    assert expected
    reply = site.answer(Asked(f"{path_of(iri)}.{suffix}"))
    assert reply.media_type == _FORMS[suffix][0]
    assert canonical(read(reply.body, suffix)) == expected


@pytest.mark.slow
@pytest.mark.parametrize("suffix", _FORMS)
def test_a_suffix_decides_whatever_is_accepted(site: Site, suffix: str) -> None:
    for accept in ("text/html", "text/turtle", "application/json", ""):
        reply = site.answer(Asked(f"/topic/terrorism.{suffix}", (), accept))
        assert (reply.status, reply.media_type, reply.varies) == (200, _FORMS[suffix][0], False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        ("", "html"),
        ("*/*", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("text/turtle;q=0.9, application/ld+json", "jsonld"),
        ("application/ld+json, text/turtle;q=0.9", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml, text/html;q=0.2", "rdf"),
        ("application/*", "jsonld"),
        ("text/html;q=0.1, text/turtle;q=0.2", "ttl"),
    ],
)
def test_an_accept_decides_without_a_suffix(site: Site, accept: str, suffix: str) -> None:
    reply = site.answer(Asked("/topic/terrorism", (), accept))
    assert (reply.status, reply.media_type, reply.varies) == (200, _FORMS[suffix][0], True)


def test_what_nobody_makes_is_refused(site: Site) -> None:
    reply = site.answer(Asked("/topic/terrorism", (), "image/png"))
    assert (reply.status, reply.varies) == (406, True)
    assert b"text/turtle" in reply.body


@pytest.mark.slow
def test_headers_and_page_name_the_other_forms(site: Site, opened: Open) -> None:
    reply = site.answer(Asked("/id/uncac", (), "text/turtle"))
    links = dict(reply.headers)["Link"]
    for suffix, (_, media_type) in _FORMS.items():
        assert f'</id/uncac.{suffix}>; rel="alternate"; type="{media_type}"' in links
    assert f'<{ID}uncac>; rel="describes"' in links
    page = opened("/id/uncac")
    alternates = {
        each.attributes["type"]: each.attributes["href"]
        for each in page.named("link")
        if each.attributes["rel"] == "alternate"
    }
    assert alternates == {
        _FORMS[suffix][1]: f"/id/uncac.{suffix}" for suffix in ("ttl", "jsonld", "nt", "rdf")
    }
    # people find them in the page, too
    assert {"/id/uncac.ttl", "/id/uncac.jsonld"} <= {each.attributes["href"] for each in page.named("a")}


def test_headers_stay_ascii_for_whatever_iri(hostile: Site) -> None:
    reply = hostile.answer(Asked("/id/it's?a=b&c#d", (), "text/turtle"))
    assert reply.status == 200
    assert dict(reply.headers)["Link"].isascii()
    assert "</id/it%27s%3Fa%3Db%26c%23d.ttl>" in dict(reply.headers)["Link"]


def test_a_thing_of_someone_else_has_forms_too(site: Site) -> None:
    query = (("iri", "http://www.w3.org/ns/org#Organization"),)
    reply = site.answer(Asked("/about.ttl", query))
    assert reply.media_type == "text/turtle; charset=utf-8"
    assert "</about.ttl?iri=http%3A%2F%2Fwww.w3.org%2Fns%2Forg%23Organization>" in dict(reply.headers)["Link"]
    assert site.answer(Asked("/about.exe", query)).status == 404


def test_json_ld_reads_like_json(site: Site) -> None:
    document = json.loads(site.answer(Asked("/id/unodc.jsonld")).body)
    (node,) = [each for each in document["@graph"] if each.get("@id") == "id:unodc"]
    assert node["acronym"] == "UNODC"
    assert node["seat"] == "id:vienna"


@pytest.mark.slow
def test_the_same_description_is_the_same_bytes(site: Site) -> None:
    for suffix in ("ttl", "jsonld", "nt", "rdf", "svg"):
        asked = Asked(f"/id/country-programme-2.{suffix}")
        assert site.answer(asked).body == site.answer(asked).body


def test_a_graph_gives_its_triples(site: Site) -> None:
    # nothing in it is corrected
    (file,) = [each for each in bundled().data_files() if each.graph_iri == GRAPH + "data/record/congress"]
    expected = canonical(quad.triple for quad in read_quads(file))
    for suffix in ("ttl", "nt", "rdf", "jsonld"):
        reply = site.answer(Asked(f"/graph/data/record/congress.{suffix}"))
        assert canonical(read(reply.body, suffix)) == expected
    assert (
        canonical(read(site.answer(Asked("/graph/data/record/congress", (), "text/turtle")).body, "ttl"))
        == expected
    )


@pytest.mark.slow
def test_the_ontology_gives_its_file(site: Site) -> None:
    (file,) = [each for each in bundled().ontology_files() if each.relative == "ontology/unpact.ttl"]
    expected = canonical(quad.triple for quad in read_quads(file))
    assert canonical(read(site.answer(Asked("/ontology", (), "text/turtle")).body, "ttl")) == expected
    assert canonical(read(site.answer(Asked("/ontology.rdf")).body, "rdf")) == expected


def test_a_shape_gives_itself_with_what_is_nested(site: Site) -> None:
    triples = read(site.answer(Asked("/shape/treaty-act-actor.ttl")).body, "ttl")
    subjects = {triple.subject for triple in triples}
    assert len([each for each in triples if each.predicate.value.endswith("#class")]) == 2
    assert len([each for each in subjects if isinstance(each, NamedNode)]) == 1


@pytest.mark.slow
def test_hostile_words_are_escaped_in_every_form(hostile: Site) -> None:
    expected = canonical(triples_about(hostile.graph, NamedNode(ID + "hostile")))
    for suffix in ("ttl", "nt", "jsonld", "rdf"):
        assert canonical(read(hostile.answer(Asked(f"/id/hostile.{suffix}")).body, suffix)) == expected
    picture = hostile.answer(Asked("/id/hostile.svg"))
    root = ET.fromstring(picture.body)  # noqa: S314 - our own
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_what_a_syntax_has_no_form_for_is_told(hostile: Site) -> None:
    asked = Asked("/id/it's?a=b&c#d.rdf")
    reply = hostile.answer(asked)
    assert reply.status == 406
    assert b"text/turtle" in reply.body


@pytest.mark.slow
def test_what_is_not_there_is_not_there_in_any_form(site: Site) -> None:
    for suffix in ("ttl", "html", "svg"):
        reply = site.answer(Asked(f"/id/nothing-at-all.{suffix}", (), "text/html"))
        assert reply.status == 404
        assert Parsed(reply).text
