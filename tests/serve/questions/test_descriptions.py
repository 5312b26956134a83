"""What the server says of itself to programs: OpenAPI, VoID, and the examples as SHACL executables."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from openapi_spec_validator import validate
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from unpact.names import SH
from unpact.serve.openapi.document import describe
from unpact.serve.routes import ROUTES
from unpact.serve.settings import Settings, Source
from unpact.serve.site import Site

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Browser

VOID = "http://rdfs.org/ns/void#"
SCHEMA = "https://schema.org/"


@pytest.fixture(scope="module")
def document(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(browser.get("/openapi.json").body)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    "topic", ["treaties", pytest.param("", marks=pytest.mark.slow)], ids=["a topic", "all topics"]
)
def test_it_is_openapi(site: Site, topic: str) -> None:
    queries = [query for query in site.catalogue if topic in ("", query.topic)]
    document = describe(queries, "http://127.0.0.1:8123")
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_query_has_a_path_with_its_parameters(site: Site, document: dict[str, Any]) -> None:
    for query in site.catalogue:
        operation = document["paths"][f"/query/{query.topic}/{query.name}"]["get"]
        assert operation["tags"] == [query.topic]
        own = {each["name"]: each for each in operation["parameters"] if "name" in each}
        assert list(own) == [parameter.option for parameter in query.parameters]
        for parameter in query.parameters:
            assert own[parameter.option]["required"] == parameter.required
            assert (own[parameter.option]["schema"]["type"] == "array") == parameter.list
    names = [each["operationId"] for path in document["paths"].values() for each in path.values()]
    assert len(names) == len(set(names))


def test_every_route_is_described(document: dict[str, Any]) -> None:
    described = set(document["paths"])
    for route in ROUTES:
        # that a suffix stands for a media type is said with the answers
        path = route.path.replace(":path}", "}").removesuffix(".{suffix}")
        if path not in ("/", "/{path}", "/query/{topic}/{name}"):
            assert path in described
            assert {method.lower() for method in route.methods} == set(document["paths"][path])


def test_the_parts_that_are_named_are_there(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"\$ref": "([^"]*)"', json.dumps(document)))
    assert named
    for reference in named:
        kind, name = reference.removeprefix("#/components/").split("/")
        assert name in document["components"][kind]


def triples(browser: Browser, path: str, accept: str = "text/turtle") -> Store:
    reply = browser.get(path, accept)
    assert reply.status == 200
    assert reply.media_type.partition(";")[0] == accept
    store = Store()
    store.extend(parse(reply.body, format=RdfFormat.from_media_type(reply.media_type)))
    return store


def objects(store: Store, used: str) -> set[str]:
    return {
        quad.object.value
        for quad in store.quads_for_pattern(None, NamedNode(used), None)
        if isinstance(quad.object, NamedNode | Literal)
    }


@pytest.fixture(scope="module")
def turtle(browser: Browser) -> Store:
    return triples(browser, "/.well-known/void")


@pytest.mark.slow
@pytest.mark.parametrize(
    "media_type", ["application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_the_dataset_is_described_in_every_form_of_rdf(
    browser: Browser, turtle: Store, media_type: str
) -> None:
    found = triples(browser, "/.well-known/void", media_type)
    assert len(found) == len(turtle)
    assert objects(found, f"{VOID}sparqlEndpoint") == {"http://127.0.0.1:8123/sparql"}
    numbers = {
        int(quad.object.value)
        for quad in found.quads_for_pattern(
            NamedNode("https://w3id.org/unpact/dataset"), NamedNode(f"{VOID}triples"), None
        )
        if isinstance(quad.object, Literal)
    }
    assert min(numbers) > 10_000


@pytest.mark.slow
def test_facts_of_ones_own_are_another_dataset(tmp_path: Path, browser_of: type[Browser]) -> None:
    file = tmp_path / "own.ttl"
    file.write_text("<https://example.org/a> a <https://example.org/B> .", encoding="utf-8")
    own = browser_of(Site(Settings(Source(data=(str(file),), only_data=True))))
    found = triples(own, "/.well-known/void")
    datasets = {
        quad.subject for quad in found.quads_for_pattern(None, NamedNode(f"{VOID}sparqlEndpoint"), None)
    }
    assert datasets == {NamedNode("http://127.0.0.1:8123/.well-known/void#dataset")}


@pytest.mark.slow
def test_the_examples_are_queries_that_run_here(browser: Browser, site: Site) -> None:
    found = triples(browser, "/.well-known/sparql-examples")
    assert objects(found, f"{SCHEMA}target") == {"http://127.0.0.1:8123/sparql"}
    selects = sorted(objects(found, f"{SH}select"))
    assert len(selects) > len(site.catalogue)
    for text in selects[::20]:
        assert site.knowledge.sparql(text).columns


@pytest.mark.parametrize("path", ["/.well-known/void", "/.well-known/sparql-examples"])
def test_what_is_no_rdf_is_not_there(browser: Browser, path: str) -> None:
    reply = browser.get(path, "image/png")
    assert reply.status == 406
    assert "text/turtle" in reply.body.decode()
