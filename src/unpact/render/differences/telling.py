"""Statements told by who, what and when: `accession of Pakistan to TIP (2022-11)`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from unpact.names import compact, expand

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from unpact.diff.model import ThingChange
    from unpact.diff.structure import Value

# How statements are told, by the first that fits: a class, and a phrase with values of its properties.
_TOLD = (
    ("unp:Membership", "{org:member}: {kind} of {org:organization}"),
    ("unp:OfficeHolding", "{unp:holder}: {kind}, {unp:post}"),
    ("unp:LegalStanding", "{unp:actor}: {unp:status} under {unp:treaty}"),
    ("unp:EntryIntoForce", "{kind} of {unp:treaty} for {unp:actor}"),
    ("unp:Withdrawal", "{kind} of {unp:actor} from {unp:treaty}"),
    ("unp:Accession", "{kind} of {unp:actor} to {unp:treaty}"),
    ("unp:Succession", "{kind} of {unp:actor} to {unp:treaty}"),
    ("unp:Reservation", "{kind} of {unp:actor} to {unp:treaty}"),
    ("unp:TreatyAct", "{kind} of {unp:treaty} by {unp:actor}"),
)
_FIELD = re.compile(r"\{([^}]+)\}")


def told(
    change: ThingChange, classes: Collection[str], kind: str, write: Callable[[Value], str]
) -> str | None:
    """A statement in a phrase; None for anything else, and where it lacks what it would be told by.

    Args:
        change: with the roles of the statement.
        classes: the IRIs of its classes, and of those above them.
        kind: what its class is called.
        write: the short words for a value.
    """
    values = {compact(used.value): each for used, each in change.roles.items()}

    def role(found: re.Match[str]) -> str:
        return kind if found[1] == "kind" else ", ".join(map(write, values[found[1]]))

    for name, phrase in _TOLD:
        needed = set(_FIELD.findall(phrase)) - {"kind"}
        if expand(name) in classes and needed <= values.keys():
            return _FIELD.sub(role, phrase) + _when(values)
    return None


def _when(values: Mapping[str, tuple[Value, ...]]) -> str:
    """The day of an act, or the beginning and end of what lasts, behind what is told."""
    day = _date(values, "date")
    if day:
        return f" ({day})"
    start, end = (_date(values, *names) for names in (("start", "earliestStart"), ("end", "latestEnd")))
    if start and end:
        return f" ({start} to {end})"
    return f" (from {start})" if start else f" (to {end})" if end else ""


def _date(values: Mapping[str, tuple[Value, ...]], *names: str) -> str:
    for name in names:
        found = [value.value for value in values.get(f"unp:{name}", ()) if isinstance(value, Literal)]
        if found:
            return ", ".join(found)
    return ""
