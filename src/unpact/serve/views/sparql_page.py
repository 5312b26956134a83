"""The page on which people write queries, and read their answers."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode

from unpact.errors import QuerySyntaxError, UnpactError
from unpact.names import PREFIXES
from unpact.query.run import bound_text, run_text
from unpact.render.labels import things_in
from unpact.render.rows import words
from unpact.serve.chart import chart_of, number_of
from unpact.serve.failures import status_of
from unpact.serve.sparql.asking import graph_for, no_other_server
from unpact.serve.sparql.formats import RDF, RESULTS

if TYPE_CHECKING:
    from unpact.render.rows import Cell
    from unpact.serve.chart import Chart
    from unpact.serve.exchange import Reply
    from unpact.serve.site import Site
    from unpact.serve.sparql.formats import Format
    from unpact.serve.sparql.request import QueryRequest

#: Rows that the page shows; downloads have the others.
SHOWN = 1000
# what the editor begins with
_FIRST = Path(__file__).with_name("first_query.rq")
# the lines of a header, and those around a part that stands only with a value
_OF_TEMPLATES = re.compile(r"#\+|\s*#\s*(?:if\s+\$\w+|end)\s*\Z")
_LEAST_LINES, _MOST_LINES = 8, 30
_DOWNLOADS = {"select": RESULTS, "ask": RESULTS, "construct": RDF}


class ShownCell(NamedTuple):
    """A cell: a thing, which is a link, or a text in a language; numbers stand at the right."""

    thing: NamedNode | None
    text: str
    language: str | None
    is_number: bool


class Download(NamedTuple):
    """A link to the answer in another format."""

    label: str
    address: str


class Shown(NamedTuple):
    """An answer.

    Args:
        columns: their names.
        numeric: the places of those that hold nothing but numbers.
        rows: as far as they are shown.
        truth: the answer of an ASK; None for others.
        cut: whether there are more rows.
        seconds: that the answer took.
        chart: of all rows, where there is one.
        downloads: the formats of the answer.
        command: that fetches it in a shell.
    """

    columns: tuple[str, ...]
    numeric: set[int]
    rows: list[list[ShownCell]]
    truth: bool | None
    cut: bool
    seconds: float
    chart: Chart | None
    downloads: list[Download]
    command: str


class Fault(NamedTuple):
    """What is wrong with a query: a sentence, and the line that is meant with a caret below it."""

    sentence: str
    hint: str | None
    line: int | None = None
    excerpt: str = ""
    caret: str = ""


def page(site: Site, request: QueryRequest) -> Reply:
    """The editor, with the answer where there is a query.

    Raises:
        UnpactError: for an example that there is not.
    """
    text, shown, fault, status = request.text, None, None, 200
    if text is not None:
        try:
            with no_other_server():
                shown = _shown(site, request, text)
        except UnpactError as error:
            fault, status = _fault(text, error), status_of(error)
    else:
        example = request.example
        text = _FIRST.read_text(encoding="utf-8") if example is None else _example(site, example)
    return site.page(
        "sparql.html",
        status,
        title="SPARQL",
        text=text,
        lines=min(max(text.count("\n") + 2, _LEAST_LINES), _MOST_LINES),
        request=request,
        shown=shown,
        fault=fault,
        prefixes=PREFIXES,
        topics=site.topics,
    )._replace(varies=True)


def _shown(site: Site, request: QueryRequest, text: str) -> Shown:
    graph = graph_for(site.graph, request)
    begun = perf_counter()
    result = run_text(graph, text, most_rows=min(SHOWN, site.settings.limits.rows))
    seconds = perf_counter() - begun
    site.labels.load(things_in(result))
    formats = _DOWNLOADS[result.kind]
    rows = [[_cell(cell, site) for cell in row] for row in result.rows]
    return Shown(
        result.variables,
        {
            place
            for place, cells in enumerate(zip(*rows, strict=True))
            if all(cell.is_number for cell in cells)
        },
        rows,
        result.answer,
        result.cut,
        seconds,
        None if result.cut else chart_of(result, site.labels),
        [_download(request, each) for each in formats],
        _command(site, request, formats[0]),
    )


def _cell(cell: Cell, site: Site) -> ShownCell:
    if isinstance(cell, NamedNode):
        return ShownCell(cell, "", None, is_number=False)
    if isinstance(cell, Literal):
        return ShownCell(None, cell.value, cell.language, is_number=number_of(cell) is not None)
    return ShownCell(None, words(cell, site.labels), None, is_number=False)


def _download(request: QueryRequest, form: Format) -> Download:
    fields = [*request.parameters(), ("format", form.name)]
    return Download(form.label, f"/sparql?{urlencode(fields)}")


def _command(site: Site, request: QueryRequest, form: Format) -> str:
    fields = "".join(
        f" --data-urlencode {shlex.quote(f'{name}={value}')}" for name, value in request.parameters()
    )
    return f"curl -H 'Accept: {form.media_type}'{fields} {site.settings.address}/sparql"


def _fault(text: str, error: UnpactError) -> Fault:
    sentence = f"{error.where}: {error.message}" if error.where else error.message
    if not isinstance(error, QuerySyntaxError) or error.line is None:
        return Fault(sentence, error.hint)
    lines = text.split("\n")
    line = lines[error.line - 1].rstrip("\r") if error.line <= len(lines) else ""
    before = line[: (error.column or 1) - 1]
    # tabs stay, so that the caret stands below what is meant however wide they are
    blank = "".join(character if character == "\t" else " " for character in before)
    return Fault(sentence, error.hint, error.line, line, f"{blank}^")


def _example(site: Site, name: str) -> str:
    """The text of a stored query with the values of its first example, without what is for the filling in."""
    query = site.catalogue.find(name)
    values = query.examples[0] if query.examples else {}
    text = bound_text(site.graph, query, values, resolver=site.resolver)
    lines = [line for line in text.split("\n") if line.strip() and not _OF_TEMPLATES.match(line)]
    return "\n".join([f"# {query.title}", *lines])
