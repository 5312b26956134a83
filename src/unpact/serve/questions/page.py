"""The page of a question: its form, its answer and what the answer rests on, ready for the template."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UnpactError
from unpact.serve.questions.answers import answer, sparql
from unpact.serve.questions.cited import cite
from unpact.serve.questions.controls import Option, controls, troubles
from unpact.serve.questions.formats import FORMATS, PAGE
from unpact.serve.questions.links import address, command_line, curl_line, in_words, texts_of
from unpact.serve.questions.reasons import explain
from unpact.serve.questions.tables import columns_of, heading, lines, note_shown

if TYPE_CHECKING:
    from unpact.evidence.discrepancies import Discrepancy
    from unpact.query.result import Result
    from unpact.query.stored import StoredQuery
    from unpact.serve.exchange import Reply
    from unpact.serve.questions.reasons import Reason
    from unpact.serve.questions.tables import Cell, Line, NoteShown
    from unpact.serve.questions.values import Given
    from unpact.serve.site import Site

#: Rows that a page shows; the files have them all.
MOST_SHOWN = 1000


class Shown(NamedTuple):
    """An answer as a page shows it.

    Args:
        columns: their names, in words, without those that the rows do not differ in.
        lines: the rows, with cells for these columns.
        same: columns that have in each row what was asked about, and that.
        empty: the names of columns that no row has a value for.
        total: number of rows.
        is_cut: whether there are more than were fetched.
        as_of: what the rows are about, if they are about a day.
        is_cited: whether the rows have their sentences.
        sources: those that the rows name by number.
        notes: the discrepancies that the rows touch.
        reason: why the row that was asked for is there.
        reason_number: of that row.
        trouble: why it cannot be explained.
    """

    columns: tuple[str, ...]
    lines: list[Line]
    same: list[tuple[str, Cell]]
    empty: list[str]
    total: int
    is_cut: bool
    as_of: str | None
    is_cited: bool
    sources: list[Cell]
    notes: list[NoteShown]
    reason: Reason | None
    reason_number: int | None
    trouble: str


class Elsewhere(NamedTuple):
    """The same question elsewhere: addresses of its formats, two lines to type, and the query."""

    formats: tuple[Option, ...]
    command: str
    curl: str
    sparql: str


def page(site: Site, query: StoredQuery, given: Given) -> Reply:
    """The page of a question; with a wrong value, its form alone."""
    shown = elsewhere = None
    status = HTTPStatus.BAD_REQUEST if given.problems else HTTPStatus.OK
    if given.is_complete:
        result, discrepancies = answer(site, query, given, named=True, in_memory=True)
        shown = _shown(site, query, given, result, discrepancies)
        elsewhere = _elsewhere(site, query, given)
        if shown.trouble:
            status = HTTPStatus.BAD_REQUEST
    words = in_words(query, given.texts)
    return site.page(
        "question.html",
        status,
        title=f"{query.title}: {words}" if words and shown else query.title,
        query=query,
        path=address(query, {}),
        words=words,
        controls=controls(site, query, given),
        troubles=troubles(query, given),
        examples=_examples(query, given),
        shown=shown,
        elsewhere=elsewhere,
        columns=[(heading(name), name, meaning) for name, meaning in query.columns.items()],
        most=MOST_SHOWN,
    )._replace(varies=True)


def _shown(
    site: Site,
    query: StoredQuery,
    given: Given,
    result: Result,
    discrepancies: list[Discrepancy],
) -> Shown:
    from unpact.render.labels import things_in
    from unpact.render.notes import notes
    from unpact.render.rows import Rows

    labels = site.labels
    is_cited = given.cite is not False
    rows = result.rows[:MOST_SHOWN]
    cited = cite(site, result, discrepancies, MOST_SHOWN) if is_cited else None
    labels.load(things_in(Rows(result.variables, rows)))
    told = notes(site.explainer.graph, discrepancies, labels)
    reason, trouble = None, ""
    if given.why is not None:
        try:
            reason = explain(site, result, given.why)
        except UnpactError as error:
            trouble = str(error)[:1].upper() + str(error)[1:]
    more = {} if is_cited else {"cite": "false"}
    explanations = [
        address(query, given.texts, **more, why=str(number)) + "#why" for number in range(1, len(rows) + 1)
    ]
    table, sources = lines(rows, labels, cited, explanations)
    told_apart, same, empty = columns_of(rows, given.things)
    return Shown(
        columns=tuple(heading(result.variables[at]) for at in told_apart),
        lines=[line._replace(cells=tuple(line.cells[at] for at in told_apart)) for line in table],
        same=[(heading(result.variables[at]), table[0].cells[at]) for at in same],
        empty=[heading(result.variables[at]) for at in empty],
        total=len(result.rows),
        is_cut=result.cut,
        as_of=result.as_of,
        is_cited=is_cited,
        sources=sources,
        notes=[note_shown(number, note, labels) for number, note in enumerate(told, 1)],
        reason=reason,
        reason_number=given.why,
        trouble=trouble,
    )


def _elsewhere(site: Site, query: StoredQuery, given: Given) -> Elsewhere:
    texts = given.texts
    formats = tuple(
        Option(address(query, texts, form.suffix), form.words) for form in FORMATS if form != PAGE
    )
    short = query.name if query.name in site.catalogue.names() else f"{query.topic}/{query.name}"
    return Elsewhere(
        formats,
        command_line(query, texts, short, site.settings.source),
        curl_line(site.settings.address, address(query, texts, ".csv")),
        sparql(site, query, given),
    )


def _examples(query: StoredQuery, given: Given) -> list[Option]:
    """The examples as links; those that the values at hand fit into, with these in place of theirs."""
    found = []
    for example in query.examples:
        texts = texts_of(example)
        if not given.is_complete and not given.problems:
            texts |= given.texts
        found.append(Option(address(query, texts), in_words(query, texts) or "without further choice"))
    return list(dict.fromkeys(found))
