"""The pages of stored queries: forms, answers with what they rest on, and what is wrong with a value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from unpact.corpus import bundled
from unpact.names import UNP
from unpact.query.catalogue import Catalogue
from unpact.query.header import parse_stored_query
from unpact.query.parameters import to_terms
from unpact.query.resolve import Resolver
from unpact.serve.questions.controls import controls
from unpact.serve.questions.links import address, texts_of
from unpact.serve.questions.reasons import linked
from unpact.serve.questions.tables import heading
from unpact.serve.questions.values import Given, read
from unpact.serve.settings import Settings, Source
from unpact.serve.site import Site

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from conftest import Browser
    from unpact.query.stored import StoredQuery

QUERIES = tuple(Catalogue(file.path for file in bundled().query_files()))
PARTY = "/query/treaties/party-status"
COMPARISON = "/query/treaties/regional-comparison?group=regional-programme&treaty=UNCAC&as-of=2015"
RESULTS = "application/sparql-results+json"


OWN_FACTS = f"""@prefix unp: <{UNP}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/t> a unp:Convention ; rdfs:label "<script>alert('x')</script>\\u0007"@en .
<https://example.org/a> a unp:Convention ; rdfs:label "Twins"@en .
<https://example.org/b> a unp:Convention ; rdfs:label "Twins"@en .
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, browser_of: type[Browser]) -> Browser:
    """A site with facts of one's own."""
    file = tmp_path_factory.mktemp("own") / "facts.ttl"
    file.write_text(OWN_FACTS, encoding="utf-8")
    return browser_of(Site(Settings(Source(data=(str(file),)))))


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def bindings(browser: Browser, place: str) -> list[dict[str, dict[str, str]]]:
    rows: list[dict[str, dict[str, str]]] = json.loads(browser.get(place, RESULTS).body)["results"][
        "bindings"
    ]
    return rows


def test_without_its_values_a_question_is_a_form_with_examples(browser: Browser) -> None:
    page = browser.page(PARTY)
    assert page.status == 200
    assert not page.all("table")
    assert not page.all("*[@role='alert']")
    (state,) = page.all("select[@name='state']")
    assert state.get("required") is not None
    assert "Pakistan" in [words(option) for option in state]
    (label,) = page.all("label[@for='state-value']")
    assert words(label) == "state (needed)"
    examples = [link.get("href") for link in page.all("section[@aria-labelledby='examples']//a")]
    assert examples[0] == f"{PARTY}?state=Pakistan&as-of=2023-08-18"


def test_every_control_has_a_label_and_help(browser: Browser) -> None:
    page = browser.page(PARTY)
    labelled = {each.get("for") for each in page.all("label")} - {None}
    ticked = {id(each) for label in page.all("label") for each in label}
    ids = {each.get("id") for each in page.all("*[@id]")}
    for each in [*page.all("main//input"), *page.all("main//select")]:
        assert each.get("id") in labelled or id(each) in ticked or each.get("aria-label")
        described = (each.get("aria-describedby") or "").split()
        assert set(described) <= ids
    assert all(each.get("aria-describedby") in ids for each in page.all("fieldset"))


@pytest.mark.slow
def test_which_states_are_party_since_when_and_on_which_source(browser: Browser) -> None:
    found = browser.page("/query?q=UNCAC")
    (link,) = (each for each in found.all("a") if words(each).startswith("States and treaties compared"))
    page = browser.page(link.get("href", ""))
    states = {row[1] for row in page.rows()}
    assert states >= {
        "Afghanistan",
        "Iran",
        "Kazakhstan",
        "Kyrgyzstan",
        "Pakistan",
        "Tajikistan",
        "Turkmenistan",
        "Uzbekistan",
    }
    headings = [words(each) for each in page.all("thead//th")]
    assert "The instrument is UN Convention against Corruption in each." in words(
        page.all("p[@role='status']")[0]
    )
    (pakistan,) = (row for row in page.rows() if row[1] == "Pakistan")
    told = dict(zip(headings, pakistan, strict=True))
    assert (told["status"], told["date"], told["in force"]) == ("party", "2007-08-31", "2007-09-30")
    sources = [words(each) for each in page.all("ol[@class='sources']/li")]
    numbers = [part.removeprefix("source ") for part in told["rests on"].split(", ") if "source" in part]
    assert "Multilateral Treaties Deposited with the Secretary-General" in {
        sources[int(number) - 1] for number in numbers
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "place",
    [
        COMPARISON,
        "/query/timeline/by-modality",
        "/query/evidence/discrepancies",
        "/query/states/names?state=Pakistan",
        "/query/graph/topics?cite=false",
        "/query/treaties/treaties",
    ],
)
def test_the_page_has_the_rows_of_the_data(browser: Browser, site: Site, place: str) -> None:
    page = browser.page(place)
    query = site.catalogue.find("/".join(urlsplit(place).path.split("/")[2:]))
    rows, expected = page.rows(), bindings(browser, place)
    assert expected
    assert len(rows) == len(expected)
    said = words(page.all("p[@role='status']")[0])
    # what no row has, and what was asked about and is the same in each, is said once
    names = [
        name
        for name in query.columns
        if any(name in binding for binding in expected) and f"The {heading(name)} is" not in said
    ]
    assert {name for name in query.columns if not any(name in binding for binding in expected)} == {
        name
        for name in query.columns
        if heading(name) in said.partition("No row has a value for: ")[2].rstrip(".").split(", ")
    }
    for row, binding in zip(page.all("tbody/tr"), expected, strict=True):
        cells = list(row)[1 : 1 + len(names)]
        for name, cell in zip(names, cells, strict=True):
            term = binding.get(name)
            if term is None:
                assert words(cell) == ""
            elif term["type"] == "uri":
                (link,) = cell.iter("a")
                assert link.get("href", "").startswith(
                    ("/id/", "/ontology/", "/source/", "/topic/", "/graph/", "/about?iri=")
                )
            else:
                assert words(cell) == " ".join(term["value"].split())


@pytest.mark.slow
def test_the_page_has_the_sentences_of_each_row(browser: Browser) -> None:
    place = "/query/programmes/pillars"
    page = browser.page(place)
    column = [words(each) for each in page.all("thead//th")].index("rests on")
    expected = bindings(browser, f"{place}?cite=true")
    assert expected
    for row, binding in zip(page.all("tbody/tr"), expected, strict=True):
        shown = [link.get("href", "") for link in list(row)[column].iter("a")]
        sentences = [iri for iri in binding["sentences"]["value"].split() if "/source/" in iri]
        assert [href for href in shown if href.startswith("/source/")] == [
            iri.removeprefix("https://w3id.org/unpact") for iri in sentences
        ]
    assert "rests on" not in {words(each) for each in browser.page(f"{place}?cite=false").all("th")}


@pytest.mark.slow
def test_notes_stand_with_the_rows_that_they_are_about(browser: Browser) -> None:
    place = "/query/timeline/by-modality"
    page = browser.page(place)
    notes = json.loads(browser.get(place, RESULTS).body)["notes"]
    shown = [words(each) for each in page.all("dl[@class='notes']/dt")]
    assert [note["subject"] in " ".join(shown) for note in notes] == [True] * len(notes)
    places = {each.get("id") for each in page.all("dl[@class='notes']/dt")}
    named = {link.get("href", "") for link in page.all("tbody//a") if "note" in link.get("href", "")}
    assert named
    assert {href.removeprefix("#") for href in named} == places


@pytest.mark.slow
def test_a_row_is_explained(browser: Browser) -> None:
    page = browser.page(f"{COMPARISON}&why=5")
    assert words(page.one("h3[@id='why']")) == "Why row 5 is there"
    tree = page.one("ul[@class='reasons']")
    assert "id:pakistan-ratification-uncac" in words(tree)
    assert "/id/pakistan-ratification-uncac" in {link.get("href") for link in tree.iter("a")}
    assert any(words(each).startswith("stated in") for each in tree.iter("span"))
    # each row of the answer leads to its explanation
    links = [link.get("href", "") for link in page.all("tbody//a") if "why=" in link.get("href", "")]
    assert links[4] == f"{COMPARISON}&why=5#why"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("99", "The answer has no row 99. It has rows 1 to 8."),
        ("0", "Why is the number of one row, not '0'."),
        ("first", "Why is the number of one row, not 'first'."),
        ("", "Why is the number of one row, not ''."),
        ("3&why=4", "Why is the number of one row, not '3', '4'."),
        ("1" * 400, "Why is the number of one row"),
    ],
)
def test_a_row_that_is_not_there_is_not_explained(browser: Browser, number: str, sentence: str) -> None:
    page = browser.page(f"{COMPARISON}&why={number}")
    assert page.status == 400
    assert sentence in words(page.one("*[@role='alert']"))


def test_an_empty_answer_says_so(browser: Browser) -> None:
    page = browser.page("/query/treaties/changes?from=1700-01-01&until=1700-12-31")
    assert page.status == 200
    assert words(page.one("*[@role='status']")).startswith("Nothing in the graph answers this")
    assert not page.all("table")


def test_a_wrong_value_is_told_beside_its_control(browser: Browser) -> None:
    page = browser.page(f"{PARTY}?state=Pakistn&as-of=2022-13&treaty=UNCAC&treaty=Nope")
    assert page.status == 400
    for name, sentence in (("state", "Pakistn"), ("as-of", "2022-13"), ("treaty", "Nope")):
        first = page.all(f"*[@name='{name}']")[0]
        assert first.get("aria-invalid") == "true"
        assert f"{name}-wrong" in (first.get("aria-describedby") or "")
        assert sentence in words(page.one(f"*[@id='{name}-wrong']"))
    values = [each.get("value") for each in page.all("input[@name='treaty']")]
    assert values[:2] == ["UNCAC", "Nope"]
    near = page.all("*[@id='state-wrong']//a")
    assert f"{PARTY}?state=Pakistan&treaty=UNCAC&treaty=Nope&as-of=2022-13" in {
        each.get("href") for each in near
    }


def test_a_name_of_several_things_leads_to_each(own: Browser) -> None:
    page = own.page("/query/treaties/dates?treaty=Twins")
    assert page.status == 400
    links = [each.get("href", "") for each in page.all("*[@id='treaty-wrong']//a")]
    names = [f"/query/treaties/dates?{urlencode({'treaty': f'https://example.org/{name}'})}" for name in "ab"]
    assert links == names
    assert [own.page(link).status for link in links] == [200, 200]


@pytest.mark.slow
@pytest.mark.parametrize("query", [each for each in QUERIES if each.parameters], ids=lambda query: query.name)
def test_the_form_asks_what_is_shown(browser: Browser, site: Site, query: StoredQuery) -> None:
    for example in query.examples:
        # with something wrong beside them the values stand in the form, and nothing is asked
        page = browser.page(address(query, texts_of(example), nothing="1"))
        pairs = parse_qsl(urlsplit(page.submitted()).query, keep_blank_values=True)
        again = read(query, pairs, site.resolver)
        assert again.is_complete
        for parameter in query.parameters:
            terms = [
                set(to_terms(parameter, texts.get(parameter.name), site.resolver))
                for texts in (again.texts, texts_of(example))
            ]
            assert terms[0] == terms[1]


@pytest.mark.slow
def test_what_is_offered_means_one_thing(site: Site) -> None:
    seen: set[str | None] = set()
    for query in QUERIES:
        for parameter, control in zip(query.parameters, controls(site, query, Given({}, {})), strict=True):
            kind = parameter.class_iri
            if kind in seen:
                continue
            seen.add(kind)
            # of some hundreds of names to complete a few will do
            some = control.options[:: 1 if control.kind in ("choice", "ticks") else 25]
            meant = [site.resolver.resolve(option.value, kind) for option in some]
            assert len(meant) == len(set(meant))
            if control.kind in ("choice", "ticks"):
                assert {thing.value for thing in meant} == site.resolver.things(kind)


def test_plain_values_have_controls_of_their_kind(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "test" / "plain.rq"
    query = parse_stored_query(
        """#+ title: Plain
#+ description: Values of plain types.
#+ keywords: [plain]
#+ parameters:
#+   whether: {type: boolean, required: true, help: "yes or no"}
#+   number: {type: integer, default: "3", help: "a number"}
#+ columns:
#+   it: it
#+ examples:
#+   - {whether: "true"}
SELECT ?it WHERE { ?it ?that $whether . ?it ?this $number }
""",
        path,
    )
    given = read(query, [("whether", "true"), ("number", "three")], Resolver(site.graph))
    whether, number = controls(site, query, given)
    assert [(each.value, each.label, each.is_chosen) for each in whether.options] == [
        ("true", "yes", True),
        ("false", "no", False),
    ]
    assert (whether.kind, number.kind, number.plain.keys) == ("choice", "text", "numeric")
    assert number.help == "A number. Left empty: 3."
    (trouble,) = number.troubles
    assert trouble.sentence == "'three' is not a whole number. Write digits only, e.g. 2016."


@pytest.mark.slow
def test_the_same_is_said_for_a_command_line(browser: Browser) -> None:
    page = browser.page(f"{PARTY}?state=PK&treaty=UNCAC&treaty=TIP&as-of=2022")
    command, curl, sparql = (words(each) for each in page.all("pre"))
    assert command == "unpact query party-status --state PK --treaty UNCAC --treaty TIP --as-of 2022 --cite"
    assert curl.startswith("curl 'http://127.0.0.1:8123/query/treaties/party-status.csv?state=PK")
    assert "<https://w3id.org/unpact/id/pakistan>" in sparql
    for link in page.all("p[@class='files']/a"):
        assert browser.get(link.get("href", "")).status == 200


HOSTILE = '"><script>alert(1)</script>{{ 7 * 7 }}'


@pytest.mark.parametrize("name", ["state", "as-of", "treaty", "bogus", "cite", "why", HOSTILE])
def test_what_is_typed_stays_text(browser: Browser, name: str) -> None:
    pairs = {"state": "PK"} | {name: HOSTILE}
    page = browser.page(f"{PARTY}?{urlencode(pairs)}")
    assert page.status == 400
    assert not [each for each in page.all("script") if not each.get("src")]
    # the name of what there is not is told, and a wrong value
    assert ("alert(1)" in words(page.one("main"))) == (name != "bogus")
    assert not page.all("*[@style]")


@pytest.mark.slow
def test_what_data_say_stays_text(own: Browser) -> None:
    page = own.page("/query/treaties/treaties")
    assert "<script>alert('x')</script>" in " ".join(cell for row in page.rows() for cell in row)
    form = own.page(PARTY)
    assert "<script>alert('x')</script>" in words(form.one("form[@class='question']"))
    for each in (page, form):
        assert not [script for script in each.all("script") if not script.get("src")]


def test_names_in_explanations_lead_to_their_pages() -> None:
    parts = list(linked('id:pakistan unp:date "see xid:no" (s:2.5.2), https://id:x/ id:a.'))
    assert (
        "".join(part.text for part in parts)
        == 'id:pakistan unp:date "see xid:no" (s:2.5.2), https://id:x/ id:a.'
    )
    assert [(part.text, part.path) for part in parts if part.path] == [
        ("id:pakistan", "/id/pakistan"),
        ("unp:date", "/ontology/date"),
        ("s:2.5.2", "/source/lasting-partnership/2.5.2"),
        ("id:a", "/id/a"),
    ]
