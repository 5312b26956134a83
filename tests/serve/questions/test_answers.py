"""Stored queries over HTTP, for programs: the rows of every example, the formats, and what is refused."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from unpact.corpus import bundled
from unpact.query.catalogue import Catalogue
from unpact.query.expected import expected_file, to_tsv
from unpact.query.result import Result
from unpact.serve.questions.formats import FORMATS
from unpact.serve.questions.links import address, texts_of
from unpact.serve.settings import Limits, Settings
from unpact.serve.site import Site

if TYPE_CHECKING:
    from conftest import Browser
    from unpact.query.stored import StoredQuery

QUERIES = tuple(Catalogue(file.path for file in bundled().query_files()))
EXPECTED = Path(__file__).parents[2] / "queries"
PARTY = "/query/treaties/party-status"
UNCAC_2015 = "?state=PK&treaty=UNCAC&as-of=2015-03-12"
RESULTS = "application/sparql-results+json"


def rows_of(browser: Browser, address: str) -> list[dict[str, Any]]:
    reply = browser.get(address, RESULTS)
    assert reply.status == 200, reply.body.decode()
    rows: list[dict[str, Any]] = json.loads(reply.body)["results"]["bindings"]
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("query", QUERIES, ids=lambda query: f"{query.topic}/{query.name}")
def test_every_example_has_the_rows_of_the_query(browser: Browser, query: StoredQuery) -> None:
    for number, example in enumerate(query.examples):
        reply = browser.get(address(query, texts_of(example)), RESULTS)
        assert reply.status == 200, reply.body.decode()
        rows = parse_query_results(reply.body, QueryResultsFormat.JSON)
        assert isinstance(rows, QuerySolutions)
        # those that `unpact.query.run` gives, as tests/test_stored_queries.py sees to
        expected = expected_file(EXPECTED, query, number).read_text(encoding="utf-8")
        columns = tuple(variable.value for variable in rows.variables)
        assert to_tsv(Result(None, columns, [tuple(row) for row in rows])) == expected


def test_no_parameter_has_a_name_that_every_question_has() -> None:
    names = {parameter.name for query in QUERIES for parameter in query.parameters}
    assert not names & {"cite", "why"}


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_suffix_and_accept_give_the_same(browser: Browser, form: Any) -> None:  # noqa: ANN401 - a format
    by_suffix = browser.get(f"{PARTY}{form.suffix}{UNCAC_2015}", "image/png")
    for media_type in form.media_types:
        by_accept = browser.get(f"{PARTY}{UNCAC_2015}", media_type)
        assert (by_accept.status, by_accept.body) == (200, by_suffix.body)
        assert by_accept.media_type.partition(";")[0] == media_type
        assert by_accept.varies
    assert by_suffix.media_type.partition(";")[0] == form.media_types[0]
    assert not by_suffix.varies


def test_a_program_without_wishes_gets_json(browser: Browser) -> None:
    for accept in ("", "*/*"):
        assert browser.get(PARTY + UNCAC_2015, accept).media_type == RESULTS


def test_csv_has_the_columns_and_the_values(browser: Browser) -> None:
    reply = browser.get(f"{PARTY}.csv{UNCAC_2015}")
    (row,) = csv.DictReader(StringIO(reply.body.decode(), newline=""))
    assert row["instrument"] == "https://w3id.org/unpact/id/uncac"
    assert (row["date"], row["inForce"]) == ("2007-08-31", "2007-09-30")
    (link,) = (value for name, value in reply.headers if name == "Link")
    assert link.startswith(f"<{PARTY}.html?state=PK&treaty=UNCAC&as-of=2015-03-12>")


def test_sentences_come_with_the_rows_that_ask_for_them(browser: Browser) -> None:
    (row,) = rows_of(browser, f"{PARTY}{UNCAC_2015}&cite=true")
    assert "https://w3id.org/unpact/id/source-untc-2015" in row["sentences"]["value"].split()


def test_turtle_has_the_triples_that_the_rows_rest_on(browser: Browser, site: Site) -> None:
    reply = browser.get(f"{PARTY}.ttl{UNCAC_2015}")
    triples = [quad.triple for quad in parse(reply.body, format=RdfFormat.TURTLE)]
    dates = {each.object.value for each in triples if each.predicate.value.endswith("#date")}  # type: ignore[union-attr]
    assert dates == {"2007-08-31"}
    text = " ".join(f"{each} ." for each in triples)
    assert site.graph.ask(f"ASK {{ {text} }}"), "every triple is one of the graph"


@pytest.mark.slow
def test_notes_come_with_the_formats_that_have_a_place_for_them(browser: Browser) -> None:
    path = "/query/timeline/by-modality"
    notes = json.loads(browser.get(f"{path}.json").body)["notes"]
    assert notes
    markdown = browser.get(f"{path}.md").body.decode()
    assert all(note["subject"] in markdown for note in notes)
    turtle = browser.get(f"{path}.ttl").body.decode()
    assert turtle.startswith("# Note: ")


def test_the_query_runs_as_it_is_given(browser: Browser, site: Site) -> None:
    text = browser.get(f"{PARTY}.rq{UNCAC_2015}").body.decode()
    assert "$" not in text
    (row,) = site.knowledge.sparql(text)
    assert row.instrument == "https://w3id.org/unpact/id/uncac"


def test_underscore_and_hyphen_are_the_same(browser: Browser) -> None:
    first, second = (
        rows_of(browser, f"{PARTY}?state=PK&{name}=2022&treaty=TIP") for name in ("as-of", "as_of")
    )
    assert first == second != []


def test_lists_are_repeated(browser: Browser) -> None:
    rows = rows_of(browser, f"{PARTY}?state=PK&treaty=UNCAC&treaty=UNTOC&as-of=2015")
    assert {row["instrument"]["value"].rpartition("/")[2] for row in rows} == {"uncac", "untoc"}


def test_blank_values_are_none(browser: Browser) -> None:
    assert rows_of(browser, f"{PARTY}?state=PK&treaty=&as-of=&treaty=UNCAC") == rows_of(
        browser, f"{PARTY}?state=PK&treaty=UNCAC"
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "a value for state is needed"),
        ("?state=Pakistn", "Did you mean Pakistan"),
        ("?state=PK&as-of=2022-13", "'2022-13' is not a year, a month or a day"),
        ("?state=PK&state=IR", "takes one value only"),
        ("?state=PK&as-of=2022&as_of=2023", "takes one value only"),
        ("?state=PK&states=IR", "has no parameter 'states'"),
        ("?state=PK&cite=perhaps", "cite is true or false"),
        ("?state=uncac", "no TreatyParticipant is called 'uncac'"),
        ("?state=%00", "no TreatyParticipant is called"),
        ("?state=%22%3E%7D%20DROP%20ALL", "no TreatyParticipant is called"),
        ("?state=id:uncac", "id:uncac is not a TreatyParticipant"),
        (f"?state={'x' * 5000}", "no TreatyParticipant is called"),
    ],
)
def test_what_is_wrong_is_said(browser: Browser, query: str, sentence: str) -> None:
    for accept in (RESULTS, "text/csv", "*/*"):
        reply = browser.get(PARTY + query, accept)
        assert (reply.status, reply.media_type) == (400, "text/plain; charset=utf-8")
        assert sentence in reply.body.decode()


def test_a_short_name_leads_to_the_query(browser: Browser) -> None:
    reply = browser.get("/query/party-status.csv?state=PK&as-of=2022&treaty=TIP&treaty=UNCAC")
    location = dict(reply.headers)["Location"]
    assert reply.status == 303
    assert location == "/query/treaties/party-status.csv?state=PK&as-of=2022&treaty=TIP&treaty=UNCAC"
    assert browser.get(location).status == 200


def test_other_spellings_lead_to_the_query(browser: Browser) -> None:
    for path in ("/query/treaties/Party_Status", "/query/PARTY-STATUS"):
        assert dict(browser.get(path).headers)["Location"] == PARTY


def test_a_topic_leads_to_its_place_in_the_overview(browser: Browser) -> None:
    assert dict(browser.get("/query/evidence").headers)["Location"] == "/query#evidence"


@pytest.mark.parametrize("path", ["/query/party-statos", "/query/treaties/party-statos", "/query/x/y.csv"])
def test_an_unknown_name_is_told_with_those_near_to_it(browser: Browser, path: str) -> None:
    reply = browser.get(path, "application/json")
    assert reply.status == 404
    assert ("/query/treaties/party-status" in reply.body.decode()) == ("statos" in path)
    assert "/query" in reply.body.decode()
    page = browser.get(path)
    assert page.status == 404
    assert ('href="/query/treaties/party-status"' in page.body.decode()) == ("statos" in path)


def test_what_no_format_satisfies_is_told(browser: Browser) -> None:
    reply = browser.get(PARTY + UNCAC_2015, "image/png")
    assert reply.status == 406
    assert "text/csv" in reply.body.decode()


@pytest.mark.slow
def test_an_answer_that_is_cut_says_so(browser_of: type[Browser]) -> None:
    few = browser_of(Site(Settings(limits=Limits(rows=3))))
    reply = few.get("/query/treaties/treaties", RESULTS)
    assert len(json.loads(reply.body)["results"]["bindings"]) == 3
    assert ("X-Rows-Left-Out", "true") in reply.headers
    assert "There are more rows: these are the first 3" in " ".join(
        few.get("/query/treaties/treaties").body.decode().split()
    )
