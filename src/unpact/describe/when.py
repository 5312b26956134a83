"""Whether something is planned, current or ended as of a period.

A description says so in the words that the column `when` of the stored queries has (see CONTRIBUTING.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.names import RDF, UNP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.describe.facts import Fact
    from unpact.query.period import Period

_KIND = RDF + "type"
# what lasts, even where nothing is stated of its beginning and its end
_LASTING = frozenset(NamedNode(UNP + name) for name in ("Membership", "OfficeHolding", "LegalStanding"))


def when_of(facts: Iterable[Fact], period: Period) -> str | None:
    """What the dates of a thing, among its facts, say as of `period`; None where they say nothing to mark.

    An interval is ``planned``, ``current``, ``ended``, ``uncertain`` or ``unknown``. What happens on a day is
    ``later`` or ``uncertain``, and has no mark when it has happened. What is only planned is ``planned`` as
    long as its time is not over, and then ``unknown``.
    """
    known = list(facts)
    days = {
        fact.property.value.removeprefix(UNP): fact.value.value
        for fact in known
        if isinstance(fact.value, Literal) and fact.property.value.startswith(UNP)
    }
    first, last = period.first.isoformat(), period.last.isoformat()
    if days.keys() & {"earliestStart", "latestEnd"} or any(
        fact.property.value == _KIND and fact.value in _LASTING for fact in known
    ):
        return _of_interval(days, first, last)
    if "earliestDate" in days:
        return "later" if days["earliestDate"] > last else "uncertain" if days["latestDate"] > last else None
    planned = days.get("plannedEnd") or days.get("plannedStart") or days.get("plannedDate")
    if planned is not None:
        return "planned" if planned >= first[: len(planned)] else "unknown"
    return None


def _of_interval(days: Mapping[str, str], first: str, last: str) -> str:
    if days.get("earliestStart", last) > last:
        return "planned"
    if days.get("latestEnd", first) < first:
        return "ended"
    begun = "begunBy" in days and days["begunBy"] <= last
    lasting = "lastsUntil" in days and days["lastsUntil"] >= first
    if begun and lasting:
        return "current"
    stated = (begun or "earliestStart" in days) and (lasting or "latestEnd" in days)
    return "uncertain" if stated else "unknown"
