"""States and treaties: how each stands towards each on a day, as a table."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.describe.patterns import select
from unpact.names import RDFS, UNP
from unpact.query.resolve import local_name
from unpact.query.run import run
from unpact.render.notes import notes
from unpact.serve.fields import Field, are_right, choices_of, read_period, read_things
from unpact.serve.links import link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unpact.query.parameters import Value
    from unpact.query.result import Result
    from unpact.render.notes import Note
    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.site import Site

_HERE = Path(__file__).parent
_QUERY = "treaties/regional-comparison"
_OF_A_STATE = "/query/treaties/party-status"
_ENTITY = UNP + "Entity"
_TREATY = UNP + "Treaty"
_LABEL = NamedNode(RDFS + "label")


class Sign(NamedTuple):
    """What stands for a status in a cell: a letter, and the class by which style sheets know it."""

    letter: str
    style: str


SIGNS: Mapping[NamedNode, Sign] = {
    NamedNode(UNP + "PartyStatus"): Sign("P", "party"),
    NamedNode(UNP + "StatedPartyStatus"): Sign("T", "stated"),
    NamedNode(UNP + "ContractingStatus"): Sign("C", "contracting"),
    NamedNode(UNP + "SignatoryStatus"): Sign("S", "signatory"),
    NamedNode(UNP + "NotPartyStatus"): Sign("N", "not-party"),
    NamedNode(UNP + "UnknownStatus"): Sign("?", "unknown"),
}
# of a status that facts of a user bring along
_OTHER = Sign("…", "other")


class Standing(NamedTuple):
    """How a state stands towards a treaty, and what that rests on; columns as in the stored query."""

    status: NamedNode
    when: str
    basis: NamedNode | None
    kind: NamedNode | None
    date: str
    in_force: str

    @property
    def sign(self) -> Sign:
        """The letter and the style."""
        return SIGNS.get(self.status, _OTHER)

    @property
    def mark(self) -> str:
        """What is to be said of the time; nothing where the status holds, and where none is known."""
        return "" if self.when == "current" or self.sign.style == "unknown" else self.when


class Cell(NamedTuple):
    """The standings of one state towards one treaty: more than one where dates leave open which holds."""

    standings: tuple[Standing, ...]
    link: str


class Column(NamedTuple):
    """A treaty, and the shortest of its names."""

    treaty: NamedNode
    name: str


class Line(NamedTuple):
    """A state with its cells, one for each column."""

    state: NamedNode
    cells: tuple[Cell, ...]


def matrix(site: Site, asked: Asked) -> Reply:
    """The states of a `group`, or all with any act, by the treaties that are wanted, `as-of` a period."""
    fields, parameters = _filters(site, asked)
    if not are_right(fields):
        return _page(site, fields, HTTPStatus.BAD_REQUEST)
    result = run(site.graph, site.catalogue.find(_QUERY), parameters, resolver=site.resolver)
    found = _standings(result)
    states, treaties = _axes(found, all_states="group" in parameters, all_treaties="treaty" in parameters)
    site.labels.load([*states, *treaties, *SIGNS, *_acts(found)])
    columns = sorted((Column(each, _short(site, each)) for each in treaties), key=lambda column: column.name)
    lines = [
        Line(
            state,
            tuple(
                Cell(found[state, column.treaty], _asking(state, column.treaty, result)) for column in columns
            ),
        )
        for state in sorted(states, key=site.labels)
    ]
    return _page(
        site,
        fields,
        columns=columns,
        lines=lines,
        as_of=result.as_of,
        notes=_notes(site, found, columns),
        query=link(f"/query/{_QUERY}", *((each.name, value) for each in fields for value in each.values)),
    )


def _page(
    site: Site,
    fields: Sequence[Field],
    status: int = HTTPStatus.OK,
    **values: object,
) -> Reply:
    nothing = {"columns": (), "lines": (), "as_of": None, "notes": (), "query": ""}
    legend = [(sign, status_of) for status_of, sign in SIGNS.items()]
    shown = nothing | values
    return site.page(
        "matrix.html", status, title="States and treaties", fields=fields, legend=legend, **shown
    )


def _filters(site: Site, asked: Asked) -> tuple[list[Field], dict[str, Value]]:
    """The fields as they were filled in, and the parameters of the stored query."""
    rows = select(site.graph, "groups_of_states", folder=_HERE)
    groups = choices_of((group for (group,) in rows if isinstance(group, NamedNode)), site.labels)
    treaties = choices_of(map(NamedNode, sorted(site.resolver.things(_TREATY))), site.labels)
    group, groups_wanted = read_things(
        Field("group", "States of", choices=groups).filled_from(asked),
        site.resolver,
        _ENTITY,
    )
    treaty, treaties_wanted = read_things(
        Field("treaty", "Only these treaties", choices=treaties, is_many=True).filled_from(asked),
        site.resolver,
        _TREATY,
    )
    day, period = read_period(
        Field("as-of", "As of", hint="A year, month or day; today if it is empty.").filled_from(asked)
    )
    parameters: dict[str, Value] = {}
    if groups_wanted:
        parameters["group"] = [*groups_wanted]
    if treaties_wanted:
        parameters["treaty"] = [*treaties_wanted]
    if period:
        parameters["as_of"] = period.text
    return [group, day, treaty], parameters


def _standings(result: Result) -> dict[tuple[NamedNode, NamedNode], tuple[Standing, ...]]:
    """What the rows say of each state and treaty."""
    found: dict[tuple[NamedNode, NamedNode], tuple[Standing, ...]] = {}
    for row in result.rows:
        value = dict(zip(result.variables, row, strict=True))
        state, treaty, status = value["state"], value["instrument"], value["status"]
        basis, kind = value["basis"], value["kind"]
        if not (
            isinstance(state, NamedNode) and isinstance(treaty, NamedNode) and isinstance(status, NamedNode)
        ):
            continue
        standing = Standing(
            status,
            _text(value["when"]),
            basis if isinstance(basis, NamedNode) else None,
            kind if isinstance(kind, NamedNode) else None,
            _text(value["date"]),
            " to ".join(text for text in (_text(value["inForce"]), _text(value["inForceBy"])) if text),
        )
        found[state, treaty] = (*found.get((state, treaty), ()), standing)
    return found


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""


def _axes(
    found: Mapping[tuple[NamedNode, NamedNode], Sequence[Standing]], *, all_states: bool, all_treaties: bool
) -> tuple[list[NamedNode], list[NamedNode]]:
    """The states and the treaties of the table: those that were asked for, or those with any standing."""
    known = [pair for pair, standings in found.items() if any(each.basis is not None for each in standings)]
    states = dict.fromkeys(state for state, _ in (found if all_states else known))
    treaties = dict.fromkeys(treaty for _, treaty in (found if all_treaties else known))
    return list(states), list(treaties)


def _acts(found: Mapping[tuple[NamedNode, NamedNode], Sequence[Standing]]) -> Iterable[NamedNode]:
    for standings in found.values():
        for each in standings:
            if each.basis is not None and each.kind is not None:
                yield from (each.basis, each.kind)


def _short(site: Site, treaty: NamedNode) -> str:
    """Its acronym, or its label."""
    acronyms = [
        name.text
        for name in site.resolver.names(_TREATY)
        if name.thing == treaty.value and name.property == UNP + "acronym"
    ]
    return min(acronyms, key=lambda each: (len(each), each), default=site.labels(treaty))


def _asking(state: NamedNode, treaty: NamedNode, result: Result) -> str:
    """The page of the stored query that says more on one cell."""
    names = (("state", local_name(state.value)), ("treaty", local_name(treaty.value)))
    return link(_OF_A_STATE, *names, ("as-of", result.as_of or ""))


def _notes(
    site: Site,
    found: Mapping[tuple[NamedNode, NamedNode], Sequence[Standing]],
    columns: Sequence[Column],
) -> list[Note]:
    """The notes on the acts of the table and on the names of its treaties."""
    acts = {each.basis for standings in found.values() for each in standings}
    treaties = {column.treaty for column in columns}
    touched = [
        each
        for each in site.discrepancies
        if not acts.isdisjoint(each.contested)
        or (_LABEL in each.properties and not treaties.isdisjoint(each.about))
    ]
    return notes(site.graph, touched, site.labels)
