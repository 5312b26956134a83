"""What happened to a thing, or is planned, in the order of the earliest possible day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.describe.facts import outgoing
from unpact.describe.show import Detail
from unpact.names import UNP, XSD
from unpact.serve.linked.values import together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.describe.show import Description
    from unpact.describe.wording import Labeller
    from unpact.graph.interface import Graph

#: The properties whose values are days in the life of a thing, as the stored query `timeline` has them.
RELATIONS = frozenset(
    UNP + name
    for name in (
        *("date", "start", "end", "established", "enacted", "published", "asOf"),
        *("plannedDate", "plannedStart", "plannedEnd", "movedFrom", "movedTo"),
        *("openedForSignature", "enteredIntoForce"),
    )
)
_DATES = frozenset(XSD + name for name in ("date", "gYearMonth", "gYear"))
# the day of which a source tells, or up to which it reaches, is no event
_NO_EVENT = frozenset({UNP + "Source", UNP + "CompleteRecord"})


class Event(NamedTuple):
    """One dated fact.

    Args:
        day: the earliest on which it can lie, to be sorted by.
        date: as it is given.
        relation: what the date means.
        node: what is dated; None for the thing itself.
        kinds: of the node.
        when: what the dates of the node say: planned, current, ended and so on.
        sentences: and sources that the date rests on.
    """

    day: str
    date: str
    relation: NamedNode
    node: NamedNode | None
    kinds: tuple[NamedNode, ...]
    when: str | None
    sentences: tuple[NamedNode, ...]


def timeline_of(graph: Graph, description: Description, labels: Labeller) -> tuple[Event, ...]:
    """The dated facts of a thing, of the statements in its facts, and of what points to it."""
    found = [*_of_description(description), *_of_named(graph, description)]
    return tuple(
        sorted(found, key=lambda each: (each.day, each.date, labels(each.node) if each.node else ""))
    )


def _of_description(description: Description) -> Iterator[Event]:
    if not _is_no_event(description.kinds):
        yield from _of(None, description.kinds, description.facts, description.when)
    for detail in description.facts:
        if isinstance(detail.value, NamedNode):
            yield from _of(detail.value, (), detail.parts, detail.when)
    for mention in description.mentions:
        if not _is_no_event(mention.kinds):
            yield from _of(mention.node, mention.kinds, mention.details, mention.when)


def _of_named(graph: Graph, description: Description) -> Iterator[Event]:
    """The dates of what points to the thing and goes by its name: a description does not unfold it."""
    named = {
        each.node: each for each in description.mentions if not each.details and not _is_no_event(each.kinds)
    }
    for fact in outgoing(graph, named):
        mention = named[fact.subject]
        detail = Detail(fact.property, fact.value, fact.inferred, ())
        yield from _of(fact.subject, mention.kinds, [detail], mention.when)


def _of(
    node: NamedNode | None, kinds: tuple[NamedNode, ...], details: Iterable[Detail], when: str | None
) -> Iterator[Event]:
    for detail in details:
        value = detail.value
        if (
            detail.property.value in RELATIONS
            and not detail.inferred
            and isinstance(value, Literal)
            and value.datatype.value in _DATES
        ):
            # a year begins on its first day, and a month on its first
            day = f"{value.value}-01-01"[:10]
            yield Event(day, value.value, detail.property, node, kinds, when, together([detail]))


def _is_no_event(kinds: Iterable[NamedNode]) -> bool:
    return any(kind.value in _NO_EVENT for kind in kinds)
