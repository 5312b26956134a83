from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unpact.names import ID, TOPIC, UNP
from unpact.serve.addresses import path_of
from unpact.serve.exchange import Asked
from unpact.serve.linked.dated import RELATIONS

from .pages import Parsed

if TYPE_CHECKING:
    from unpact.serve.site import Site

    from .pages import Open

_STEP = 120


def things_of(site: Site) -> list[str]:
    rows = site.graph.select(
        "SELECT DISTINCT ?thing WHERE { ?thing a ?kind FILTER isIRI(?thing) } ORDER BY STR(?thing)"
    )
    return [thing.value for (thing,) in rows if thing.value.startswith((ID, TOPIC))]


@pytest.mark.slow
def test_a_sample_of_the_things_has_pages(site: Site, opened: Open) -> None:
    for thing in things_of(site)[::_STEP]:
        assert opened(path_of(thing)).text


@pytest.mark.slow
def test_every_thing_has_a_page(site: Site, opened: Open) -> None:
    things = things_of(site)
    assert len(things) > 2000
    for thing in things:
        assert opened(path_of(thing)).text


def test_a_page_says_what_a_thing_is_and_links_it(opened: Open) -> None:
    page = opened("/id/country-programme-2")
    assert "/ontology/CountryProgramme" in page.links
    assert "/source/lasting-partnership/2.4.1" in page.links
    assert "/id/pakistan" in page.links
    assert "/ontology/runBy" in page.links
    assert "Budget of the second country programme: 70000000 in the record" in page.text
    assert "/id/discrepancy-country-programme-2-budget" in page.links


@pytest.mark.slow
def test_names_say_their_language(opened: Open) -> None:
    page = opened("/id/japan")
    languages = {each.attributes["lang"] for each in page.named("span") if "lang" in each.attributes}
    assert {"en", "ar", "fr"} <= languages


@pytest.mark.slow
def test_what_is_inferred_is_marked(opened: Open) -> None:
    page = opened("/id/unodc")
    assert "Country Office in Islamabad inferred" in page.text


def test_as_of_decides_what_has_ended(opened: Open) -> None:
    assert "As of 2017 current" in opened("/id/country-programme-2", ("as-of", "2017")).text
    assert "today ended" in opened("/id/country-programme-2").text


def test_an_as_of_that_is_no_period_is_refused(site: Site) -> None:
    reply = site.answer(Asked("/id/country-programme-2", (("as-of", "soon"),), "text/html"))
    assert reply.status == 400


def test_the_timeline_is_in_order_and_says_what_is_over(opened: Open) -> None:
    page = opened("/id/country-programme-2")
    start = page.text.index("Timeline")
    assert page.text.index("2016 start ended", start) < page.text.index("2016-12 date of Signing", start)
    assert page.text.index("2016-12 date of Signing", start) < page.text.index("2021 end ended", start)


@pytest.mark.slow
def test_the_timeline_knows_programmes_that_only_point_to_a_thing(opened: Open) -> None:
    page = opened("/id/unodc")
    assert "2016 start of UNODC Country Programme-II" in page.text


def test_the_timeline_has_the_relations_of_the_stored_query(site: Site) -> None:
    text = site.catalogue.find("timeline").text
    listed = text[text.index("VALUES ?relation {") : text.index("}", text.index("VALUES ?relation {"))]
    assert {
        UNP + word.removeprefix("unp:") for word in listed.split() if word.startswith("unp:")
    } == RELATIONS


@pytest.mark.slow
def test_what_links_here_is_grouped_by_kind(opened: Open) -> None:
    page = opened("/id/uncac")
    headings = page.text
    assert "accession 4" in headings
    assert "Accession of Kazakhstan" in headings


@pytest.mark.slow
def test_questions_are_asked_with_the_thing(site: Site, opened: Open) -> None:
    links = [link for link in opened("/id/pakistan").links if link.startswith("/query/")]
    assert "/query/treaties/party-status?state=id%3Apakistan" in links
    # each names a parameter of its query that takes such a thing
    for link in (each for each in links if "?" in each):
        path, _, query = link.partition("?")
        parameter = site.catalogue.find(path.removeprefix("/query/")).parameter(query.partition("=")[0])
        assert parameter is not None
        assert site.resolver.resolve("id:pakistan", parameter.class_iri).value == ID + "pakistan"


@pytest.mark.slow
def test_nothing_is_asked_that_needs_more_than_the_thing(site: Site, opened: Open) -> None:
    links = [each for each in opened("/id/uncac").links if each.startswith("/query/") and "?" in each]
    for link in links:
        path, _, query = link.partition("?")
        parameters = site.catalogue.find(path.removeprefix("/query/")).parameters
        assert {each.name for each in parameters if each.required} <= {query.partition("=")[0]}


def test_a_source_of_the_record_says_what_rests_on_it(opened: Open) -> None:
    page = opened("/id/source-fcdo-unodc")
    assert "What rests on it" in page.text
    assert "/id/unodc" in page.links
    # whoever publishes it is a link away, on the web
    assert any(link.startswith("https://blogs.fcdo.gov.uk/") for link in page.links)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/id/pakistann", "/id/pakistan"),
        ("/id/uncac2", "/id/uncac"),
        ("/ontology/Treatys", "/ontology/Treaty"),
    ],
)
def test_an_unknown_thing_has_near_names(site: Site, path: str, near: str) -> None:
    reply = site.answer(Asked(path, (), "text/html"))
    assert reply.status == 404
    assert reply.varies
    assert f'href="{near}"'.encode() in reply.body
    told = site.answer(Asked(path, (), "text/turtle"))
    assert (told.status, told.media_type) == (404, "text/plain; charset=utf-8")
    assert b"Did you mean" in told.body


@pytest.mark.parametrize("path", ["/id/a b", '/id/"', "/topic/", "/graph/no/such", "/shape/none"])
def test_what_nothing_is_known_of_is_not_found(site: Site, path: str) -> None:
    reply = site.answer(Asked(path, (), "application/ld+json"))
    assert (reply.status, reply.media_type) == (404, "text/plain; charset=utf-8")


def test_the_page_of_what_is_not_there_escapes_its_name(site: Site) -> None:
    reply = site.answer(Asked("/id/<script>alert(1)", (), "text/html"))
    assert reply.status == 404
    page = Parsed(reply)
    assert "<script>alert(1)" in page.text


@pytest.mark.slow
def test_a_thing_of_someone_else_is_named_in_the_query_string(site: Site, opened: Open) -> None:
    page = opened("/about", ("iri", "http://www.w3.org/ns/org#Organization"))
    assert "Class" in page.text
    assert site.answer(Asked("/about", (), "text/html")).status == 400
    assert site.answer(Asked("/about", (("iri", "no iri"),), "text/html")).status == 404
    assert site.answer(Asked("/about", (("iri", "https://example.org/none"),), "")).status == 404


@pytest.mark.slow
def test_hostile_words_stay_words(hostile: Site, opened: Open) -> None:
    page = opened("/id/hostile", site=hostile)
    assert "<script>alert(1)</script>" in page.text
    assert not page.named("img")
    assert all(each.attributes["src"].startswith("/static/") for each in page.named("script"))


def test_no_link_leads_to_a_script(hostile: Site, opened: Open) -> None:
    page = opened("/id/hostile", site=hostile)
    assert "/about?iri=javascript%3Aalert%284%29" in page.links
    assert "https://example.org/?a=1&b='2'" in page.links
    assert not any(link.lower().startswith(("javascript:", "data:")) for link in page.links)
    about = opened("/about", ("iri", "javascript:alert(4)"), site=hostile)
    assert "an IRI that runs" in about.text


@pytest.mark.slow
def test_an_odd_iri_has_a_page_that_its_links_lead_to(hostile: Site, opened: Open) -> None:
    page = opened("/id/hostile", site=hostile)
    (link,) = {each for each in page.links if "it%27s" in each}
    assert link == "/id/it%27s%3Fa%3Db%26c%23d"
    assert "it's & <b>bold</b>" in opened("/id/it's?a=b&c#d", site=hostile).text


def test_a_name_may_end_like_a_suffix(hostile: Site, opened: Open) -> None:
    assert "a name with a dot" in opened("/id/name.ttl", site=hostile).text
    reply = hostile.answer(Asked("/id/name.ttl.ttl"))
    assert reply.media_type == "text/turtle; charset=utf-8"


def test_letters_from_right_to_left_are_set_so(hostile: Site, opened: Open) -> None:
    page = opened("/id/hebrew", site=hostile)
    assert any(
        each.attributes.get("lang") == "he" and each.attributes["dir"] == "auto"
        for each in page.named("span")
    )
