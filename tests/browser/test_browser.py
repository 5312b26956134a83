"""What people do with the pages, in a real browser."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

import unpact

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from ..servers.unpact_server import Served  # noqa: TID252 - test folders are no packages

PARTY_STATUS = "/query/treaties/party-status?state=Pakistan&as-of=2023-08-18"
UNCAC = "/query/treaties/regional-comparison?group=regional-programme&treaty=UNCAC&as-of=2023-08-18"
PAGES = {
    "home": "/",
    "questions": "/query",
    "question": PARTY_STATUS,
    "comparison": UNCAC,
    "thing": "/id/pakistan",
    "sentence": "/source/lasting-partnership/6.3.1",
    "term": "/ontology/Treaty",
    "shape": "/shape/treaty-act",
    "vocabulary": "/ontology",
    "article": "/article",
    "timeline": "/timeline",
    "matrix": "/matrix",
    "search": "/search?q=narcotic",
    "sparql": "/sparql?query=SELECT+%3Ftreaty+WHERE+%7B+%3Ftreaty+a+unp%3ATreaty+%7D",
    "failure": "/query/treaties/party-status?state=Atlantis",
}
PHONE = {"width": 360, "height": 740}


def test_a_newcomer_finds_which_states_are_party_to_uncac_since_when_and_on_which_source(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("party to UNCAC")).first.click()
    rows = page.get_by_role("main").locator("tbody tr")
    known = unpact.open().query(
        "regional-comparison", group="regional-programme", treaty="UNCAC", as_of="2023-08-18"
    )
    assert rows.count() >= len(known) == 8
    pakistan = page.locator("tbody tr", has=page.get_by_role("link", name="Pakistan", exact=True)).first
    said = pakistan.inner_text()
    assert "2007-08-31" in said
    assert "party" in said
    sources = pakistan.get_by_role("link").filter(has_text=re.compile("source|s:"))
    assert sources.count() >= 1
    sources.first.click()
    page.wait_for_load_state()
    assert page.locator("h1").count() == 1 or "#" in page.url


def test_search_and_read_a_thing(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill("Comisión de Estupefacientes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    page.goto("/search?q=CND")
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("Commission on Narcotic Drugs")
    ).first.click()
    assert page.url.endswith("/id/cnd")
    assert "Commission on Narcotic Drugs" in page.locator("h1").inner_text()


def test_search_offers_things_while_one_types(page: Page) -> None:
    page.goto("/query")
    box = page.get_by_role("combobox", name=re.compile("Search"))
    box.press_sequentially("paki", delay=20)
    offer = page.get_by_role("option", name=re.compile("Pakistan")).first
    offer.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile(r"/id/|/search"))


def test_run_a_stored_query_with_a_parameter(page: Page) -> None:
    page.goto("/query/treaties/party-status")
    page.get_by_label(re.compile(r"^state")).first.select_option(label="Kazakhstan")
    page.get_by_label(re.compile(r"^as of")).first.fill("2023-08-18")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url(re.compile("state=kazakhstan"))
    known = unpact.open().query("party-status", state="Kazakhstan", as_of="2023-08-18")
    assert page.get_by_role("main").locator("table").first.locator("tbody tr").count() == len(known)


def test_follow_a_fact_to_its_sentence(page: Page) -> None:
    page.goto("/id/pakistan")
    link = page.get_by_role("main").get_by_role("link", name=re.compile(r"^s:\d")).first
    name = link.inner_text()
    link.click()
    page.wait_for_url(re.compile("/source/|/article"))
    assert name.removeprefix("s:") in page.get_by_role("main").inner_text()


@pytest.mark.skipif(not os.environ.get("UNPACT_ARTICLE"), reason="no copy of the article: UNPACT_ARTICLE")
def test_read_the_sentence_itself(page: Page) -> None:
    text = Path(os.environ["UNPACT_ARTICLE"]).read_text(encoding="utf-8")
    page.goto("/source/lasting-partnership/6.3.1")
    said = " ".join(page.get_by_role("main").inner_text().split())
    words = re.findall(r"\w+", text)
    # some run of eight words of the article stands on the page
    assert any(" ".join(words[at : at + 8]) in said for at in range(len(words) - 8))


def test_download_csv(page: Page, tmp_path: Path) -> None:
    page.goto(PARTY_STATUS)
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("link", name=re.compile("CSV")).first.click()
    file = tmp_path / "answer.csv"
    waiting.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    known = unpact.open().query("party-status", state="Pakistan", as_of="2023-08-18")
    assert tuple(rows[0]) == known.columns
    assert len(rows) - 1 == len(known)


def test_see_an_error_and_mend_it(page: Page) -> None:
    page.goto("/query/treaties/party-status?state=Pakistn")
    wrong = page.locator("[aria-invalid=true]").first
    assert wrong.count() == 1
    described = (wrong.get_attribute("aria-describedby") or "").split()
    assert any("Pakist" in page.locator(f"[id='{each}']").inner_text() for each in described)


def test_a_syntax_error_is_marked_where_it_is(page: Page) -> None:
    page.goto("/sparql")
    page.get_by_role("textbox").last.fill("SELECT * WHERE {\n  ?a ?b\n}")
    page.get_by_role("button", name=re.compile("Run|Ask")).click()
    assert "line 3" in page.get_by_role("main").inner_text()


def test_keyboard_only(page: Page) -> None:
    page.goto("/query")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        address = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if address.startswith("/query/"):
            break
    assert address.startswith("/query/")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}*")


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_a_phone(browser: Browser, server: Served, name: str) -> None:
    context = browser.new_context(base_url=server.address, viewport=PHONE)
    page = context.new_page()
    page.goto(PAGES[name])
    too_wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        " ? [...document.querySelectorAll('main *, header *, footer *')].filter(e =>"
        " e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.wide'))"
        ".slice(0, 5).map(e => e.outerHTML.slice(0, 120)) : []"
    )
    context.close()
    assert too_wide == []


#: The Web Content Accessibility Guidelines 2.2 at the levels A and AA, as axe knows them, and good manners.
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_everybody(browser: Browser, server: Served, name: str) -> None:
    assert violations(browser, server, name, "light", WCAG) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_can_be_read_in_the_dark(browser: Browser, server: Served, name: str) -> None:
    assert violations(browser, server, name, "dark", {"type": "rule", "values": ["color-contrast"]}) == []


def violations(
    browser: Browser, server: Served, name: str, scheme: Literal["light", "dark"], rules: dict[str, object]
) -> list[str]:
    """What axe finds on a page."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context = browser.new_context(base_url=server.address, color_scheme=scheme)
    page = context.new_page()
    page.goto(PAGES[name])
    found = axe.Axe().run(page, options={"runOnly": rules})
    context.close()
    return [
        f"{each['id']}: {node['html'][:150]}"
        for each in found.response["violations"]
        for node in each["nodes"][:3]
    ]


@pytest.mark.parametrize("name", ["home", "question", "thing", "article", "matrix"])
def test_screenshots(page: Page, shots: Path, name: str) -> None:
    page.goto(PAGES[name])
    page.screenshot(path=shots / f"{name}.png")
    assert (shots / f"{name}.png").stat().st_size > 10_000


def test_pages_work_without_scripts(browser: Browser, server: Served) -> None:
    context = browser.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator("input[type=search]").first.fill("UNCAC")
    page.locator("form[role=search] button").first.click()
    page.wait_for_url("**/search?*")
    assert page.get_by_role("main").get_by_role("link").count() > 0
    context.close()


def test_pages_print_whole_tables(page: Page) -> None:
    page.goto("/matrix")
    page.emulate_media(media="print")
    assert page.locator("header.site nav").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.wide')).overflowX") == "visible"
