"""The page for queries: it works without scripts, marks mistakes, and keeps what a graph says harmless."""

from __future__ import annotations

import re
import shlex
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib import Graph

from unpact.names import XSD
from unpact.render.rows import Rows
from unpact.serve.chart import MOST, chart_of
from unpact.serve.exchange import Asked
from unpact.serve.settings import Limits, Settings, Source
from unpact.serve.site import Site

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.render.rows import Cell
    from unpact.serve.exchange import Reply

_HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class _Page(HTMLParser):
    """The elements of a page with their attributes and texts."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[list[str]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        texts: list[str] = []
        self.elements.append((tag, {name: value or "" for name, value in attrs}, texts))
        if tag not in ("meta", "link", "input", "rect", "line", "circle", "polyline"):
            self._open.append(texts)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the name of the library
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for texts in self._open:
            texts.append(data)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        found = ["".join(texts) for _, texts in self.find(tag, **attributes)]
        # browsers pass over a line break that comes first in it
        return [text.removeprefix("\n") for text in found] if tag == "textarea" else found

    def find(self, tag: str, **attributes: str) -> list[tuple[dict[str, str], list[str]]]:
        return [
            (found, texts)
            for name, found, texts in self.elements
            if name == tag and attributes.items() <= found.items()
        ]


def _get(site: Site, **fields: str) -> tuple[Reply, _Page]:
    reply = site.answer(Asked("/sparql", tuple(fields.items()), _HTML))
    assert reply.media_type.startswith("text/html")
    return reply, _Page(reply.body.decode())


def test_a_browser_gets_an_editor_with_a_query_that_has_an_answer(site: Site) -> None:
    reply, page = _get(site)
    assert reply.status == 200
    assert reply.varies
    (text,) = page.texts("textarea", id="query", name="query")
    assert len(list(site.graph.select(text))) > 5
    assert page.find("label", **{"for": "query"})
    assert page.find("form", action="/sparql", method="get")
    assert [text for text in page.texts("code") if text == "unp:"]


@pytest.mark.slow
@pytest.mark.parametrize("each", [16, pytest.param(1, marks=pytest.mark.slow)])
def test_every_stored_query_is_an_example_that_runs(site: Site, each: int) -> None:
    _, page = _get(site)
    links = [found["href"] for found, _ in page.find("a") if "example=" in found.get("href", "")]
    assert len(links) == len(site.catalogue)
    for link in links[::each]:
        _, example = _get(site, **dict(parse_qsl(urlsplit(link).query)))
        (text,) = example.texts("textarea")
        assert text.startswith("# ")
        assert "#+" not in text
        assert "# if $" not in text
        assert list(site.graph.select(text)), link


def test_an_example_that_there_is_not(site: Site) -> None:
    reply, page = _get(site, example="treaties/none")
    assert reply.status == 400
    assert "no stored query is called" in "".join(page.texts("main"))


def test_rows_are_a_table_with_things_as_links(site: Site) -> None:
    query = 'SELECT ?t ?n ("éa"@fr AS ?text) WHERE { VALUES (?t ?n) { (id:uncac 3) } }'
    _, page = _get(site, query=query)
    assert page.texts("th", scope="col")[:3] == ["t", "n", "text"]
    assert [
        found["href"] for found, texts in page.find("a") if "Convention against Corruption" in "".join(texts)
    ] == ["/id/uncac"]
    assert page.texts("td", **{"class": "number"}) == ["3"]
    assert page.texts("th", **{"class": "number"}) == ["n"]
    assert page.texts("td", lang="fr") == ["éa"]
    assert re.search(r"1 row in \d+\.\d{3} seconds", "".join(page.texts("main")))


@pytest.mark.parametrize(
    ("query", "word"), [("ASK { ?t a unp:Treaty }", "Yes"), ("ASK { FILTER(false) }", "No")]
)
def test_truth_is_a_word(site: Site, query: str, word: str) -> None:
    _, page = _get(site, query=query)
    assert page.texts("p", **{"class": "truth"}) == [word]


def test_triples_are_a_table_and_their_downloads_are_rdf(site: Site) -> None:
    _, page = _get(site, query="DESCRIBE id:uncac")
    assert page.texts("th", scope="col")[:3] == ["subject", "predicate", "object"]
    assert {"Turtle", "N-Triples", "RDF/XML", "JSON-LD"} <= set(page.texts("a"))


def test_downloads_and_the_command_ask_the_same(site: Site) -> None:
    graph = "https://w3id.org/unpact/graph/data/article/bodies"
    query = "SELECT ?s WHERE { ?s ?p 'it''s' }\n# é & <b>".replace("'it''s'", '"it\'s"')
    _, page = _get(site, query=query, **{"default-graph-uri": graph})
    asked = [("query", query), ("default-graph-uri", graph)]
    links = [found["href"] for found, _ in page.find("a") if "format=" in found.get("href", "")]
    assert [dict(parse_qsl(urlsplit(link).query))["format"] for link in links] == [
        "json",
        "xml",
        "csv",
        "tsv",
    ]
    for link in links:
        assert parse_qsl(urlsplit(link).query)[:2] == asked
    (command,) = page.texts("pre", **{"class": "command"})
    words = shlex.split(command)
    assert words[0] == "curl"
    assert words[-1] == f"{site.settings.address}/sparql"
    data = [word for option, word in pairwise(words) if option == "--data-urlencode"]
    assert data == [f"{name}={value}" for name, value in asked]
    assert page.find("input", type="hidden", name="default-graph-uri", value=graph)


@pytest.mark.parametrize(
    ("query", "line", "marked"),
    [
        ("SELECT * {\n\t?s ?p }", 2, "\t?s ?p }"),
        ("SELECT *\r\nWHERE { ?s ?p }", 2, "WHERE { ?s ?p }"),
        ("SELECT ?x WHERE { ?x a nowhere:Thing }", 1, "nowhere:Thing"),
        ('SELECT * { ?s <script> <"> }', 1, "<script>"),
    ],
)
def test_a_mistake_is_marked(site: Site, query: str, line: int, marked: str) -> None:
    reply, page = _get(site, query=query)
    assert reply.status == 400
    ((field, _),) = page.find("textarea", **{"aria-invalid": "true"})
    assert page.texts("textarea") == [query]
    (fault,) = page.texts("div", id=field["aria-describedby"], role="alert")
    assert f"line {line}, column" in fault
    assert marked in fault
    (excerpt,) = page.texts("pre", **{"class": "excerpt"})
    shown, caret = excerpt.removeprefix("Line ").split("\n")
    column = int(re.findall(r"column (\d+)", fault)[0])
    assert caret.index("^") == column - 1 + len(f"{line} ")
    assert [each == "\t" for each in shown[: caret.index("^")]] == [each == "\t" for each in caret[:-1]]


def test_what_is_refused_is_told_on_the_page(site: Site) -> None:
    reply, page = _get(site, query="SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert reply.status == 403
    (fault,) = page.texts("div", id="fault")
    assert "SERVICE would reach another server" in fault
    assert "--allow-network" not in fault


@pytest.mark.slow
def test_a_page_shows_as_many_rows_as_can_be_read() -> None:
    site = Site(Settings(limits=Limits(rows=7)))
    _, page = _get(site, query="SELECT * { ?s ?p ?o }")
    assert "There are more rows: these are the first 7." in "".join(page.texts("p", role="status"))
    assert not page.find("svg")


_HOSTILE = """
@prefix ex: <http://example.org/> .
ex:a a ex:Kind ; ex:says "<script>alert(1)</script>" , "\\"'><img src=x onerror=alert(1)>" ; ex:number 3 ;
  <http://www.w3.org/2000/01/rdf-schema#label> "</title><script>alert(2)</script>" .
ex:b a ex:Kind ; ex:number 4 ; <http://www.w3.org/2000/01/rdf-schema#label> "</text></svg><script>" .
<javascript:alert(3)> ex:number 5 .
"""


@pytest.mark.slow
def test_what_a_graph_says_is_harmless(tmp_path: Path) -> None:
    Graph().parse(data=_HOSTILE, format="turtle")
    file = tmp_path / "hostile.ttl"
    file.write_text(_HOSTILE, encoding="utf-8")
    site = Site(Settings(Source(data=(str(file),), only_data=True)))
    for query in (
        "SELECT * { ?s <http://example.org/says> ?o }",
        "SELECT ?s ?n { ?s <http://example.org/number> ?n }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        '</textarea><script>alert("query")</script>',
    ):
        reply, page = _get(site, query=query)
        assert b"alert(" in reply.body
        assert [
            found for found, _ in page.find("script") if not found.get("src", "").startswith("/static/")
        ] == []
        assert not page.find("img")
        assert not [name for _, found, _ in page.elements for name in found if name.startswith("on")]
        assert not [found for found, _ in page.find("a") if found["href"].startswith("javascript")]
        assert not [found for _, found, _ in page.elements if "style" in found]


def _literal(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + kind))


def _chart(*rows: tuple[Cell, ...]) -> object:
    return chart_of(Rows(("what", "number")[: len(rows[0])], rows), lambda thing: thing.value)


_A, _B = NamedNode("urn:a"), NamedNode("urn:b")


def test_bars_are_as_long_as_their_numbers() -> None:
    chart = chart_of(
        Rows(("what", "n"), [(_A, _literal("10", "integer")), (_B, _literal("-2.5", "decimal"))]), str
    )
    assert chart is not None
    first, second = chart.bars
    assert first.width == pytest.approx(4 * second.width, rel=0.01)
    assert first.x == chart.zero
    assert second.x + second.width == pytest.approx(chart.zero)
    assert (first.value, second.value) == ("10", "-2.5")
    assert chart.title == "n by what"
    for bar in chart.bars:
        assert 0 < bar.x <= bar.end < chart.width
        assert bar.y < chart.height


def test_days_are_as_far_apart_as_they_are() -> None:
    days = (("2020-12", "gYearMonth", "4"), ("2020", "gYear", "1"), ("2021-01-01", "date", "2"))
    rows = [(_literal(day, kind), _literal(number, "integer")) for day, kind, number in days]
    chart = chart_of(Rows(("day", "n"), rows), str)
    assert chart is not None
    assert [point.label for point in chart.points] == ["2020", "2020-12", "2021-01-01"]
    first, second, third = (point.x for point in chart.points)
    assert (second - first) / (third - first) == pytest.approx(335 / 366, abs=0.01)
    assert chart.points[1].y < chart.points[2].y < chart.points[0].y
    assert [tick.text for tick in chart.numbers] == ["0", "1", "2", "3", "4"]
    assert [tick.text for tick in chart.days] == ["2020", "2021-01-01"]


def test_numbers_that_are_all_equal_have_a_chart() -> None:
    for value in ("0", "7", "-7"):
        days = [(_literal(f"202{year}", "gYear"), _literal(value, "integer")) for year in range(3)]
        line = chart_of(Rows(("day", "n"), days), str)
        assert line is not None
        assert len({point.y for point in line.points}) == 1
        assert all(0 <= point.y <= line.height for point in line.points)
        bars = chart_of(Rows(("a", "n"), [(_A, row[1]) for row in days]), str)
        assert bars is not None
        assert len({bar.width for bar in bars.bars}) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [(_A, _literal("1", "integer"))],
        [(_A, _literal("1", "integer"))] * (MOST + 1),
        [(_A, _B), (_B, _A)],
        [(_literal("1", "integer"), _literal("1", "integer"))] * 2,
        [(_A, _literal("1", "integer")), (_B, None)],
        [(_A, _literal("1", "integer")), (None, _literal("2", "integer"))],
        [(BlankNode(), _literal("1", "integer"))] * 2,
        [(_A, _literal("1", "integer")), (_B, _literal("INF", "double"))],
        [(_A, _literal("1", "integer")), (_B, _literal("one", "integer"))],
        [(_A, _literal("1", "integer")), (_B, _literal("1" + "0" * 400, "integer"))],
        [(_A,), (_B,)],
    ],
)
def test_no_chart_of_what_has_none(rows: list[tuple[Cell, ...]]) -> None:
    assert _chart(*rows) is None


def test_a_chart_stands_above_its_table(site: Site) -> None:
    query = (
        "SELECT ?kind (COUNT(*) AS ?n) { VALUES ?kind { unp:Treaty unp:State } ?t a ?kind } GROUP BY ?kind"
    )
    _, page = _get(site, query=query)
    ((picture, _),) = page.find("svg", role="img")
    assert [found["id"] for found, _ in page.find("title") if "id" in found] == [picture["aria-labelledby"]]
    assert page.texts("text", **{"class": "label"}) == [
        text for text in page.texts("a") if text in ("treaty", "state")
    ]
