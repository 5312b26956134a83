"""What the graph says already, so that nothing is said twice and nothing is contradicted unseen.

The file that is being written may be part of the graph, from an earlier import: what it says does not count,
or else a second run would find everything known and write nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.names import RDFS, UNP
from unpact.query.bind import fill
from unpact.query.resolve import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.graph.interface import Graph, Row

_HERE = Path(__file__).parent
_LABEL = RDFS + "label"


class KnownAgent(NamedTuple):
    """An agent of the graph: its English label, everything it is called, and its codes by property."""

    iri: str
    label: str
    names: tuple[str, ...]
    codes: dict[str, str]


class KnownAct(NamedTuple):
    """An act under the treaty; its date as it is written."""

    iri: str
    kind: str
    date: str | None


class KnownMembership(NamedTuple):
    """A membership in the body; its ends as they are written."""

    iri: str
    start: str | None
    end: str | None


class Known:
    """Asks the graph.

    Args:
        graph: with one named graph for each file.
        own: the named graph of the file that is being written, if it is one of these.
    """

    def __init__(self, graph: Graph, own: str | None = None) -> None:
        self.graph = graph
        self._own = own

    def agents(self, classes: Iterable[str]) -> dict[str, KnownAgent]:
        """The agents of some classes, given as IRIs, by their IRIs."""
        rows = [row for each in classes for row in self._rows("known_names", **{"class": [NamedNode(each)]})]
        names: dict[str, list[tuple[str, Literal]]] = {}
        for agent, used, name in rows:
            if isinstance(agent, NamedNode) and isinstance(used, NamedNode) and isinstance(name, Literal):
                names.setdefault(agent.value, []).append((used.value, name))
        return {iri: _agent(iri, found) for iri, found in sorted(names.items())}

    def acts(self, treaty: str) -> dict[str, list[KnownAct]]:
        """The acts under a treaty, by their actors."""
        found: dict[str, list[KnownAct]] = {}
        for act, kind, actor, date in self._rows("known_acts", treaty=[NamedNode(treaty)]):
            if isinstance(act, NamedNode) and isinstance(kind, NamedNode) and isinstance(actor, NamedNode):
                found.setdefault(actor.value, []).append(KnownAct(act.value, kind.value, _text(date)))
        return found

    def memberships(self, body: str) -> dict[str, list[KnownMembership]]:
        """The memberships in a body, by their members."""
        found: dict[str, list[KnownMembership]] = {}
        for membership, member, start, end in self._rows("known_memberships", body=[NamedNode(body)]):
            if isinstance(membership, NamedNode) and isinstance(member, NamedNode):
                known = KnownMembership(membership.value, _text(start), _text(end))
                found.setdefault(member.value, []).append(known)
        return found

    def sources(self) -> dict[str, str | None]:
        """The sources, with the day of which they give the state of things."""
        return {
            source.value: _text(day)
            for source, day in self._rows("known_sources")
            if isinstance(source, NamedNode)
        }

    def roles(self) -> set[str]:
        """The topics that are roles."""
        return {role.value for (role,) in self._rows("known_roles") if isinstance(role, NamedNode)}

    def taken(self, iris: Sequence[str]) -> set[str]:
        """Those of the IRIs that name something already."""
        rows = self._rows("known_taken", things=[NamedNode(iri) for iri in iris]) if iris else ()
        return {thing.value for (thing,) in rows if isinstance(thing, NamedNode)}

    def _rows(self, name: str, **values: list[NamedNode]) -> Iterable[Row]:
        text = (_HERE / f"{name}.rq").read_text(encoding="utf-8")
        if self._own is not None and "$own" in text:
            values["own"] = [NamedNode(self._own)]
        return self.graph.select(fill(text, values))


def _agent(iri: str, names: list[tuple[str, Literal]]) -> KnownAgent:
    labels = sorted(
        (name.language != "en", name.language or "", name.value) for used, name in names if used == _LABEL
    )
    return KnownAgent(
        iri,
        labels[0][2] if labels else local_name(iri),
        tuple(sorted({name.value for _, name in names} | {local_name(iri)})),
        {used.removeprefix(UNP): name.value for used, name in names if used.startswith(UNP)},
    )


def _text(term: object) -> str | None:
    return term.value if isinstance(term, Literal) else None
