"""Everything that has a date, in order; imprecise dates stay as they are."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from unpact.describe.patterns import select
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.premises import Premises
from unpact.names import UNP
from unpact.query.resolve import local_name
from unpact.query.run import run
from unpact.render.notes import notes
from unpact.serve.calendar import heading_of_month, in_words
from unpact.serve.fields import Choice, Field, are_right, choices_of, read_period, read_things
from unpact.serve.links import changed, link
from unpact.serve.paging import page_of
from unpact.serve.strip import strip_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.query.period import Period
    from unpact.render.notes import Note
    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.site import Site

_HERE = Path(__file__).parent
_QUERY = "timeline/timeline"
_PER_PAGE = 100
_STATE, _BODY = UNP + "State", UNP + "Organization"
_PLAIN = NamedNode(UNP + "date")


class Dated(NamedTuple):
    """A row of the stored query: a thing, what its date means, and the date as its source gives it."""

    day: str
    thing: NamedNode
    relation: NamedNode
    date: Literal

    @property
    def year(self) -> str:
        """The year of the date."""
        return self.day.partition("-")[0]


class Entry(NamedTuple):
    """A row in words, with what it rests on and what is to be noted on it."""

    thing: NamedNode
    kinds: tuple[NamedNode, ...]
    relation: NamedNode | None
    date: str
    words: str
    evidence: tuple[NamedNode, ...]
    notes: Sequence[Note]


class Month(NamedTuple):
    """The entries of a month, or those of a year of which no month is stated."""

    heading: str
    entries: list[Entry]


class Year(NamedTuple):
    """The entries of a year by month."""

    year: str
    months: list[Month]


class _Wanted(NamedTuple):
    """What the fields ask for."""

    first: Period | None
    last: Period | None
    kind: str
    around: list[NamedNode]


def timeline(site: Site, asked: Asked) -> Reply:
    """What is dated `from` a period `until` another, of a `kind`, and around a `state` or a `body`."""
    fields, wanted = _filters(site, asked)
    everything = _rows(site, wanted)
    of_kind = [each for each in everything if not wanted.kind or wanted.kind in _kinds(site, each)]
    fields = [*fields, _kind_field(site, everything, wanted.kind)]
    if not are_right(fields):
        return _page(site, asked, fields, status=HTTPStatus.BAD_REQUEST)
    return _page(site, asked, fields, of_kind)


def _page(
    site: Site,
    asked: Asked,
    fields: Sequence[Field],
    rows: Sequence[Dated] = (),
    status: int = HTTPStatus.OK,
) -> Reply:
    page = page_of(rows, asked, _PER_PAGE)
    counts = Counter(each.year for each in rows)
    return site.page(
        "timeline.html",
        status,
        title="Timeline",
        fields=fields,
        page=page,
        years=_by_year(site, page.items),
        strip=strip_of(counts),
        counts=[
            (year, count, changed(asked, **{"from": year, "until": year, "page": ""}))
            for year, count in sorted(counts.items())
        ],
        query=link(f"/query/{_QUERY}"),
    )


def _filters(site: Site, asked: Asked) -> tuple[list[Field], _Wanted]:
    hint = "A year, month or day."
    first, begin = read_period(Field("from", "From", hint=hint).filled_from(asked))
    last, end = read_period(Field("until", "Until", hint=hint).filled_from(asked))
    if begin and end and end.last < begin.first:
        last = last._replace(error="This lies before the beginning.")
    state, states = _thing_field(site, asked, "state", "State", _STATE)
    body, bodies = _thing_field(site, asked, "body", "Body", _BODY)
    kind = Field("kind", "Kind").filled_from(asked).value
    return [first, last, state, body], _Wanted(begin, end, kind, [*states, *bodies])


def _thing_field(site: Site, asked: Asked, name: str, label: str, cls: str) -> tuple[Field, list[NamedNode]]:
    choices = choices_of(map(NamedNode, site.resolver.things(cls)), site.labels)
    return read_things(Field(name, label, choices=choices).filled_from(asked), site.resolver, cls)


def _kind_field(site: Site, rows: Iterable[Dated], kind: str) -> Field:
    """The kinds that there are among some rows, how many of each."""
    counts = Counter(each for row in rows for each in site.finder.kinds([row.thing])[row.thing])
    site.labels.load(counts)
    choices = [
        Choice(local_name(each.value), f"{site.labels(each)} ({count})") for each, count in counts.items()
    ]
    field = Field(
        "kind", "Kind", (kind,) if kind else (), tuple(sorted(choices, key=lambda each: each.words))
    )
    if kind and not any(kind == choice.value for choice in choices):
        return field._replace(error="Nothing that the other fields leave is of this kind.")
    return field


def _kinds(site: Site, row: Dated) -> Iterable[str]:
    return (local_name(kind.value) for kind in site.finder.kinds([row.thing])[row.thing])


def _rows(site: Site, wanted: _Wanted) -> list[Dated]:
    """The rows of the stored query that have to do with every one of the things that are wanted."""
    parameters = {
        name: day.isoformat()
        for name, day in (
            ("from", wanted.first and wanted.first.first),
            ("until", wanted.last and wanted.last.last),
        )
        if day
    }
    result = run(site.graph, site.catalogue.find(_QUERY), parameters, resolver=site.resolver)
    rows = [
        Dated(day.value, thing, relation, date)
        for day, thing, relation, date in result.rows
        if isinstance(thing, NamedNode) and isinstance(relation, NamedNode)
        if isinstance(day, Literal) and isinstance(date, Literal)
    ]
    for centre in wanted.around:
        near = {thing for (thing,) in select(site.graph, "around", folder=_HERE, centre=[centre])}
        rows = [row for row in rows if row.thing in near]
    # all kinds with one query
    site.finder.kinds(row.thing for row in rows)
    # by day, as the query has them, a year would stand among the days of its January
    return sorted(rows, key=lambda row: row.date.value)


def _by_year(site: Site, rows: Sequence[Dated]) -> list[Year]:
    return [
        Year(
            year,
            [
                Month(heading_of_month(month), list(entries))
                for month, entries in groupby(
                    of_year, key=lambda each: each.date[:7] if "-" in each.date else ""
                )
            ],
        )
        for year, of_year in groupby(_entries(site, rows), key=lambda each: each.date[:4])
    ]


def _entries(site: Site, rows: Sequence[Dated]) -> list[Entry]:
    evidence = EvidenceIndex(site.graph)
    evidence.load(row.thing for row in rows)
    premises = Premises(site.graph, evidence)
    known = site.discrepancies
    entries = []
    for row in rows:
        fact = (row.thing, row.relation, row.date)
        touched = [each for each in known if each.is_touched_by(fact)]
        entries.append(
            Entry(
                row.thing,
                site.finder.kinds([row.thing])[row.thing],
                None if row.relation == _PLAIN else row.relation,
                row.date.value,
                in_words(row.date.value),
                evidence.of_triple(Triple(*fact)) or premises.sentences([fact]),
                notes(site.graph, touched, site.labels),
            )
        )
    site.labels.load(
        thing
        for each in entries
        for thing in (each.thing, *each.kinds, *each.evidence, *((each.relation,) if each.relation else ()))
    )
    return entries
