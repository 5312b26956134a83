from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from unpact.finding import Finding, Place, Severity
from unpact.render.findings import Report, write_findings

VOID = {"meta", "input"}


# reads a page, and refuses one whose elements are not closed in order
class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def with_class(self, name: str) -> list[dict[str, str | None]]:
        return [found for _, found in self.tags if name in (found.get("class") or "").split()]


def written(report: Report) -> str:
    stream = io.StringIO()
    write_findings(report, "html", stream)
    return stream.getvalue()


@pytest.mark.slow
@given(report=st.from_type(Report))
def test_page_is_well_formed_and_its_links_lead_somewhere(report: Report) -> None:
    page = Page(written(report))
    assert len(page.with_class("finding")) == len(report.findings)
    assert len(page.with_class("check")) == len(report.all_checks())
    ids = [found["id"] for _, found in page.tags if "id" in found]
    assert len(set(ids)) == len(ids)
    targets = [found["href"] or "" for tag, found in page.tags if tag == "a"]
    assert all(target.startswith("#") and target[1:] in ids for target in targets)
    assert [tag for tag, _ in page.tags].count("script") == 1


def test_page_needs_nothing_beside_it(report: Report) -> None:
    page = Page(written(report))
    names = {tag for tag, _ in page.tags}
    assert not names & {"link", "img", "iframe", "object"}
    assert not any(set(found) & {"src", "srcset", "style", "onclick"} for _, found in page.tags)
    assert "$" not in written(report).replace("xsd:", "")
    policy = next(
        found["content"] for _, found in page.tags if found.get("http-equiv") == "Content-Security-Policy"
    )
    assert (policy or "").startswith("default-src 'none'")


def test_page_shows_the_source_with_what_is_meant(report: Report) -> None:
    text = written(report)
    assert "<mark>unp:treaty</mark> id:untoc ;" in text
    assert "The data does not conform." in text
    assert "2 violations, 1 warning in 1 of 34 files (70 shapes checked)." in text
    assert "In no file" in text
    assert "nothing found" in text


def test_page_of_nothing_still_lists_the_checks(nothing: Report) -> None:
    page = Page(written(nothing))
    assert page.with_class("finding") == []
    assert len(page.with_class("passed")) == len(nothing.checks)
    assert "The data conforms." in "".join(page.text)


def test_nothing_in_a_finding_becomes_markup() -> None:
    evil = "</code></script><script>alert(1)</script><img src=x onerror=alert(1)>&\" '"
    finding = Finding(evil, Severity.VIOLATION, evil, value=Literal(evil), place=Place(evil, 1, 1), mend=evil)
    report = Report([finding], [], False, 1, lambda _: evil, tool_version=evil)  # noqa: FBT003
    text = written(report)
    page = Page(text)
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert "img" not in {tag for tag, _ in page.tags}
    assert evil in "".join(page.text)


def test_form_of_the_filter_stays_hidden_without_script(report: Report) -> None:
    (form,) = [found for tag, found in Page(written(report)).tags if tag == "form"]
    assert "hidden" in form
