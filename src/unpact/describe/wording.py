"""A description in words: one line a fact, its sentences at the end."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import Literal, NamedNode

from unpact.names import compact

if TYPE_CHECKING:
    from unpact.describe.show import Description, Detail, Mention
    from unpact.graph.interface import Term

N = TypeVar("N", bound=Hashable)
Labeller = Callable[[NamedNode], str]
Noted = Callable[[NamedNode, NamedNode, "Term"], tuple[str, ...]]
"""Gives the notes on a triple: what the record corrects or contests in it."""


def no_notes(_subject: NamedNode, _used: NamedNode, _value: Term) -> tuple[str, ...]:
    """For descriptions without notes."""
    return ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a description, the sentences it rests on, and the notes on it."""

    text: str
    sentences: tuple[NamedNode, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


def things_in(description: Description) -> Iterable[NamedNode]:
    """Every thing that the words of `description` name, for reading their labels at once."""
    yield description.thing
    yield from description.kinds
    for detail in (*description.names, *description.facts):
        yield from _things(detail)
    for mention in description.mentions:
        yield mention.node
        yield from mention.kinds
        for detail in (*mention.links, *mention.details):
            yield from _things(detail)


def _things(detail: Detail) -> Iterable[NamedNode]:
    yield detail.property
    if isinstance(detail.value, NamedNode):
        yield detail.value
    for part in detail.parts:
        yield from _things(part)


def heading(description: Description, labels: Labeller) -> str:
    """The thing, its kinds and how to write it: ``Pakistan (state) id:pakistan``."""
    kinds = ", ".join(labels(kind) for kind in description.kinds)
    return f"{labels(description.thing)}{f' ({kinds})' if kinds else ''}  {compact(description.thing.value)}"


def as_of_line(description: Description) -> str:
    """The day that the description is about, and what the dates of the thing say then."""
    return f"as of {description.as_of}{f': {description.when}' if description.when else ''}"


def sections(description: Description, labels: Labeller, noted: Noted = no_notes) -> list[Section]:
    """The names, the facts, and then one section for each kind of thing that speaks of it."""
    found = [
        Section(title, tuple(_property_lines(description.thing, details, labels, noted)))
        for title, details in (("Names", description.names), ("Facts", description.facts))
        if details
    ]
    groups: dict[str, list[Mention]] = {}
    for mention in description.mentions:
        title = ", ".join(labels(kind) for kind in mention.kinds) or "Other mentions"
        groups.setdefault(title[:1].upper() + title[1:], []).append(mention)
    for title, mentions in sorted(groups.items()):
        lines = [_mention_line(mention, labels, noted) for mention in mentions]
        found.append(Section(title, tuple(sorted(lines, key=lambda line: line.text))))
    return found


def _property_lines(
    thing: NamedNode, details: Iterable[Detail], labels: Labeller, noted: Noted
) -> Iterable[Line]:
    """One line for the values of a property that rest on the same sentences, in the order of the property's
    label.
    """
    groups: dict[tuple[str, bool, tuple[NamedNode, ...], tuple[str, ...]], list[str]] = {}
    for detail in details:
        key = (
            labels(detail.property),
            detail.inferred,
            detail.sentences,
            notes_within(thing, [detail], noted),
        )
        groups.setdefault(key, []).append(_value(detail, labels))
    for (name, inferred, sentences, notes), values in sorted(
        groups.items(), key=lambda group: (group[0][:2], group[1])
    ):
        mark = " (inferred)" if inferred else ""
        # A semicolon, because labels have commas of their own.
        yield Line(f"{name}: {'; '.join(sorted(values))}{mark}", sentences, notes)


def notes_within(
    subject: NamedNode,
    details: Iterable[Detail],
    noted: Callable[[NamedNode, NamedNode, Term], Iterable[N]],
) -> tuple[N, ...]:
    """The notes on the triples of a node, and of the values that are shown by what they say, each once."""
    found: dict[N, None] = {}
    for detail in details:
        found.update(dict.fromkeys(noted(subject, detail.property, detail.value)))
        if isinstance(detail.value, NamedNode):
            found.update(dict.fromkeys(notes_within(detail.value, detail.parts, noted)))
    return tuple(found)


def _mention_line(mention: Mention, labels: Labeller, noted: Noted) -> Line:
    """``Country Programme II (serves state)`` for a thing with a name; for another node what it says in its
    place.
    """
    roles = ", ".join(sorted({labels(link.property) for link in mention.links}))
    mark = " (inferred)" if all(link.inferred for link in mention.links) else ""
    mark += f" ({mention.when})" if mention.when else ""
    name = labels(mention.node) if mention.named or not mention.details else ""
    said = ": ".join(part for part in (name, joined(mention.details, labels)) if part)
    details = (*mention.links, *mention.details)
    return Line(f"{said} ({roles}){mark}", _together(details), notes_within(mention.node, details, noted))


def joined(details: Iterable[Detail], labels: Labeller) -> str:
    """``treaty: UNCAC; date: 2003-12``: facts of one node in a row."""
    groups: dict[str, list[str]] = {}
    for detail in details:
        groups.setdefault(labels(detail.property), []).append(_value(detail, labels))
    return "; ".join(f"{name}: {', '.join(sorted(values))}" for name, values in sorted(groups.items()))


def _value(detail: Detail, labels: Labeller) -> str:
    if not detail.parts:
        return term_words(detail.value, labels)
    parts = joined(detail.parts, labels)
    mark = f" ({detail.when})" if detail.when else ""
    named = detail.named and isinstance(detail.value, NamedNode)
    return (f"{term_words(detail.value, labels)} ({parts})" if named else parts) + mark


def term_words(term: Term, labels: Labeller) -> str:
    """The words for a value; text in a language other than English says which."""
    if isinstance(term, NamedNode):
        return labels(term)
    if isinstance(term, Literal):
        return f"{term.value} [{term.language}]" if term.language and term.language != "en" else term.value
    return str(term)


def _together(details: Iterable[Detail]) -> tuple[NamedNode, ...]:
    return tuple(dict.fromkeys(sentence for detail in details for sentence in detail.sentences))


def as_json(description: Description, labels: Labeller, noted: Noted = no_notes) -> dict[str, object]:
    """A description as a JSON object: IRIs with their labels, values with their sentences and notes."""
    thing = description.thing
    return {
        "thing": _json_thing(description.thing, labels),
        "kinds": [_json_thing(kind, labels) for kind in description.kinds],
        "as_of": description.as_of,
        "when": description.when,
        "sentences": [sentence.value for sentence in description.sentences],
        "names": [
            _json_detail(detail, labels, notes_within(thing, [detail], noted)) for detail in description.names
        ],
        "facts": [
            _json_detail(detail, labels, notes_within(thing, [detail], noted)) for detail in description.facts
        ],
        "mentions": [
            {
                "node": _json_thing(mention.node, labels),
                "kinds": [_json_thing(kind, labels) for kind in mention.kinds],
                "properties": [_json_thing(link.property, labels) for link in mention.links],
                "inferred": all(link.inferred for link in mention.links),
                "when": mention.when,
                "sentences": [sentence.value for sentence in _together((*mention.links, *mention.details))],
                "facts": [_json_detail(detail, labels) for detail in mention.details],
                "notes": list(notes_within(mention.node, (*mention.links, *mention.details), noted)),
            }
            for mention in description.mentions
        ],
    }


def _json_detail(detail: Detail, labels: Labeller, notes: tuple[str, ...] = ()) -> dict[str, object]:
    found: dict[str, object] = {
        "property": _json_thing(detail.property, labels),
        "value": _json_value(detail.value, labels),
        "inferred": detail.inferred,
        "sentences": [sentence.value for sentence in detail.sentences],
    }
    if detail.parts:
        found["when"] = detail.when
        found["facts"] = [_json_detail(part, labels) for part in detail.parts]
    if notes:
        found["notes"] = list(notes)
    return found


def _json_thing(thing: NamedNode, labels: Labeller) -> dict[str, str]:
    return {"iri": thing.value, "label": labels(thing)}


def _json_value(value: Term, labels: Labeller) -> dict[str, str]:
    if isinstance(value, NamedNode):
        return _json_thing(value, labels)
    if isinstance(value, Literal):
        if value.language:
            return {"value": value.value, "language": value.language}
        return {"value": value.value, "datatype": compact(value.datatype.value)}
    return {"value": str(value)}
