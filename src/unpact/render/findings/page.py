"""One page of HTML that needs nothing beside it, for people who were not there when the checks ran."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, NamedTuple, TextIO

from pyoxigraph import NamedNode

from unpact.notation import typed_words
from unpact.render.findings.characters import harmless
from unpact.render.findings.excerpt import excerpt_of
from unpact.render.findings.fingerprints import fingerprinted
from unpact.render.findings.markup import Element, add, as_html, follow
from unpact.render.findings.report import quantity, sentence
from unpact.render.findings.source import Sources
from unpact.render.findings.wording import path_text, premises_of, rule_of

if TYPE_CHECKING:
    from unpact.finding import Finding
    from unpact.render.findings.excerpt import Excerpt
    from unpact.render.findings.report import Report
    from unpact.render.findings.style import Style
    from unpact.validate.checks import Check

# lines are wrapped, but nobody reads the one line of a generated file to its end
_COLUMNS = 300
_TEMPLATE = Path(__file__).with_name("page.html")


class _Page(NamedTuple):
    """What the parts of the page need to know of each other."""

    report: Report
    style: Style
    sources: Sources
    anchors: dict[str, str]


def write_html(report: Report, stream: TextIO, style: Style) -> None:
    """Write the summary, the findings file by file, and all checks with their help."""
    anchors = {check.id: f"check-{number}" for number, check in enumerate(report.all_checks(), 1)}
    page = _Page(report, style, Sources(report.read), anchors)
    template = Template(_TEMPLATE.read_text(encoding="utf-8"))
    stream.write(
        template.substitute(
            sentence=escape(sentence(report)),
            verdict="The data conforms." if report.conforms else "The data does not conform.",
            verdict_class="good" if report.conforms else "bad",
            summary=_summary(page),
            findings=_findings(page),
            checks=_checks(page),
            version=escape(harmless(report.tool_version)),
            seconds="" if report.seconds is None else f", {report.seconds:.2f} s",
        )
    )


def _summary(page: _Page) -> str:
    if not page.report.findings:
        return ""
    used = [severity for severity, number in page.report.counts().items() if number]
    checks = page.report.check_of()
    frame = Element("div", {"class": "scroll"})
    table = add(frame, "table")
    add(table, "caption", "Findings of each check")
    head = add(add(table, "thead"), "tr")
    add(head, "th", "Check", {"scope": "col"})
    for severity in used:
        add(head, "th", f"{severity}s", {"scope": "col", "class": "count"})
    body = add(table, "tbody")
    for check, counts in page.report.counts_by_check().items():
        row = add(body, "tr")
        name = add(row, "th", attributes={"scope": "row"})
        _link_check(name, check, page)
        if checks[check].title != check:
            add(add(name, "div"), "span", checks[check].title, {"class": "faint"})
        for severity in used:
            add(row, "td", str(counts[severity] or "-"), {"class": "count"})
    return as_html(frame)


def _findings(page: _Page) -> str:
    report = page.report
    if not report.findings:
        return ""
    # a finding of the same content keeps its anchor in the next report
    anchor = {id(each): digits[:16] for each, digits in fingerprinted(report.ordered(), page.sources)}
    frame = Element("section")
    add(frame, "h2", "Findings by file")
    for file, findings in report.by_file():
        section = add(frame, "section", attributes={"class": "file"})
        heading = add(section, "h3", file if file is not None else "In no file")
        add(heading, "span", f" {quantity(len(findings), 'finding')}", {"class": "faint"})
        for finding in findings:
            _add_finding(section, finding, f"finding-{anchor[id(finding)]}", page)
    return as_html(frame)


def _add_finding(section: Element, finding: Finding, anchor: str, page: _Page) -> None:
    severity = str(finding.severity)
    article = add(
        section,
        "article",
        attributes={"class": f"finding {severity}", "id": anchor, "data-severity": severity},
    )
    follow(add(article, "span", severity, {"class": "severity"}), " ")
    _link_check(article, finding.check, page)
    place = finding.place
    if place is not None and place.line is not None:
        column = "" if place.column is None else f", column {place.column}"
        add(article, "span", f" line {place.line}{column}", {"class": "faint"})
    add(article, "p", finding.message, {"dir": "auto"})
    _add_terms(article, finding, page.style)
    excerpt = excerpt_of(finding, page.sources, _COLUMNS)
    if excerpt is not None:
        _add_source(article, excerpt)
    if finding.mend:
        mend = add(article, "p")
        follow(add(mend, "strong", "Mend:"), f" {finding.mend.strip()}")
    if finding.grounds is not None:
        add(article, "p", rule_of(finding))
        listed = add(article, "ul")
        for line in premises_of(finding):
            add(add(listed, "li"), "code", line)


def _add_terms(article: Element, finding: Finding, style: Style) -> None:
    terms: list[tuple[str, str | None, str]] = []
    if finding.focus is not None:
        label = style.labels(finding.focus) if isinstance(finding.focus, NamedNode) else None
        terms.append(("Focus", label, typed_words(finding.focus)))
    if finding.path is not None:
        terms.append(("Path", None, path_text(finding.path)))
    if finding.value is not None:
        terms.append(("Value", None, typed_words(finding.value)))
    if not terms:
        return
    listed = add(article, "dl")
    for name, label, written in terms:
        add(listed, "dt", name)
        definition = add(listed, "dd")
        if label is not None and label != written:
            follow(add(definition, "bdi", label), " ")
        add(definition, "code", written)


def _add_source(article: Element, excerpt: Excerpt) -> None:
    code = add(add(article, "pre"), "code")
    follow(add(code, "span", f"{excerpt.number}  ", {"class": "number"}), excerpt.before)
    if excerpt.marked is not None:
        # a blank shows where something is missing behind the end of a line
        follow(add(code, "mark", excerpt.marked or " "), excerpt.after)


def _link_check(parent: Element, check: str, page: _Page) -> None:
    add(add(parent, "a", attributes={"href": f"#{page.anchors[check]}"}), "code", check)


def _checks(page: _Page) -> str:
    checks = page.report.all_checks()
    if not checks:
        return ""
    counts = page.report.counts_by_check()
    frame = Element("section")
    add(frame, "h2", "All checks")
    for check in checks:
        found = ", ".join(
            quantity(number, severity) for severity, number in counts.get(check.id, {}).items() if number
        )
        _add_check(frame, check, found, page.anchors[check.id])
    return as_html(frame)


def _add_check(frame: Element, check: Check, found: str, anchor: str) -> None:
    section = add(frame, "section", attributes={"class": "check", "id": anchor})
    add(section, "h3", check.id)
    title = add(section, "p", f"{check.title}: " if check.title != check.id else "")
    add(title, "span", found or "nothing found", {"class": "found" if found else "passed"})
    if check.help:
        add(section, "p", check.help)
    if check.mend:
        follow(add(add(section, "p"), "strong", "Mend:"), f" {check.mend.strip()}")
    if check.file is not None:
        written = add(section, "p", "Written in ", {"class": "faint"})
        add(written, "code", check.file if check.line is None else f"{check.file}:{check.line}")
