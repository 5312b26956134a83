"""A description with its structure: every property, every value and every sentence of it can be a link.

The command line writes the same facts as lines of text (`unpact.describe.wording`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.describe.show import Detail
from unpact.describe.wording import notes_within
from unpact.evidence.premises import reading_order

if TYPE_CHECKING:
    from unpact.describe.facts import Fact
    from unpact.describe.show import Mention
    from unpact.describe.wording import Labeller
    from unpact.graph.interface import Term
    from unpact.render.notes import Note

#: Gives the notes on a triple: what the record corrects or contests in it.
Noted = Callable[[NamedNode, NamedNode, "Term"], "Sequence[Note]"]


class Value(NamedTuple):
    """One value of a property.

    Args:
        thing: that it is, to be linked; None for a text.
        text: of a literal; empty for a thing.
        language: of the text.
        named: whether the thing goes by its name, or by what it says alone.
        parts: what the thing says, where it stands for a statement.
        when: what the dates of the thing say: planned, current, ended and so on.
    """

    thing: NamedNode | None
    text: str = ""
    language: str | None = None
    named: bool = True
    parts: tuple[Part, ...] = ()
    when: str | None = None


class Part(NamedTuple):
    """A property with all its values."""

    property: NamedNode
    values: tuple[Value, ...]


class Line(NamedTuple):
    """Values of one property that rest on the same sentences.

    Args:
        values: in the order of their words.
        inferred: whether they follow from other facts.
        sentences: and sources that they rest on.
        notes: on what the record corrects or contests in them.
    """

    values: tuple[Value, ...]
    inferred: bool
    sentences: tuple[NamedNode, ...]
    notes: tuple[Note, ...]


class Group(NamedTuple):
    """A property with the lines that give its values."""

    property: NamedNode
    lines: tuple[Line, ...]


class Speaking(NamedTuple):
    """A node that points to the thing described.

    Args:
        node: its IRI.
        named: whether it goes by its name.
        roles: the properties by which it points there.
        parts: what else it says, where it stands for a statement.
        inferred: whether all of that follows from other facts.
        when: what its dates say.
        sentences: and sources that it rests on.
        notes: on what the record corrects or contests in it.
    """

    node: NamedNode
    named: bool
    roles: tuple[NamedNode, ...]
    parts: tuple[Part, ...]
    inferred: bool
    when: str | None
    sentences: tuple[NamedNode, ...]
    notes: tuple[Note, ...]


class Kind(NamedTuple):
    """Nodes of the same classes that point to the thing described."""

    kinds: tuple[NamedNode, ...]
    nodes: tuple[Speaking, ...]


def groups_of(
    thing: NamedNode, details: Iterable[Detail], labels: Labeller, noted: Noted
) -> tuple[Group, ...]:
    """The facts of a thing, by property in the order of its words."""
    found: dict[NamedNode, dict[tuple[object, ...], list[Value]]] = {}
    for detail in details:
        key = (detail.inferred, detail.sentences, notes_within(thing, [detail], noted))
        found.setdefault(detail.property, {}).setdefault(key, []).append(value_of(detail, labels))
    return tuple(
        Group(used, tuple(_lines(lines, labels)))
        for used, lines in sorted(found.items(), key=lambda item: (labels(item[0]), item[0].value))
    )


def kinds_of_mentions(mentions: Iterable[Mention], labels: Labeller, noted: Noted) -> tuple[Kind, ...]:
    """What points to a thing, by what it is; in the order of the words."""
    found: dict[tuple[NamedNode, ...], list[Speaking]] = {}
    for mention in mentions:
        found.setdefault(mention.kinds, []).append(_speaking(mention, labels, noted))
    return tuple(
        Kind(kinds, tuple(sorted(nodes, key=lambda each: (labels(each.node), each.node.value))))
        # what has no class comes last
        for kinds, nodes in sorted(
            found.items(), key=lambda item: (not item[0], [labels(kind) for kind in item[0]])
        )
    )


def value_of(detail: Detail, labels: Labeller) -> Value:
    """A value with all that it says."""
    value = detail.value
    if isinstance(value, NamedNode):
        return Value(
            value,
            named=detail.named or not detail.parts,
            parts=parts_of(detail.parts, labels),
            when=detail.when,
        )
    return plain(value)


def plain(value: Term) -> Value:
    """A value without what it says itself."""
    if isinstance(value, NamedNode):
        return Value(value)
    if isinstance(value, Literal):
        return Value(None, value.value, value.language)
    return Value(None, str(value))


def parts_of(details: Iterable[Detail], labels: Labeller) -> tuple[Part, ...]:
    """The facts of one node in a row."""
    found: dict[NamedNode, list[Value]] = {}
    for detail in details:
        found.setdefault(detail.property, []).append(value_of(detail, labels))
    return tuple(
        Part(used, _in_order(values, labels))
        for used, values in sorted(found.items(), key=lambda item: (labels(item[0]), item[0].value))
    )


def plain_parts(facts: Iterable[Fact], labels: Labeller) -> tuple[Part, ...]:
    """Facts by property, their values without what these say themselves."""
    return parts_of((Detail(fact.property, fact.value, fact.inferred, ()) for fact in facts), labels)


def _in_order(values: Iterable[Value], labels: Labeller) -> tuple[Value, ...]:
    """Values in the order of their words."""
    return tuple(
        sorted(
            values,
            key=lambda each: (
                labels(each.thing) if each.thing else each.text,
                str(each.thing),
                each.language or "",
            ),
        )
    )


def together(details: Iterable[Detail]) -> tuple[NamedNode, ...]:
    """The sentences and sources of some facts, in reading order."""
    found = {sentence for detail in details for sentence in detail.sentences}
    return tuple(sorted(found, key=lambda sentence: reading_order(sentence.value)))


def _lines(lines: dict[tuple[object, ...], list[Value]], labels: Labeller) -> Iterable[Line]:
    made = [Line(_in_order(values, labels), *key) for key, values in lines.items()]  # type: ignore[arg-type]  # as put there
    # what is stated before what follows
    return sorted(
        made, key=lambda line: (line.inferred, [labels(v.thing) if v.thing else v.text for v in line.values])
    )


def _speaking(mention: Mention, labels: Labeller, noted: Noted) -> Speaking:
    details = (*mention.links, *mention.details)
    return Speaking(
        mention.node,
        mention.named or not mention.details,
        tuple(sorted({link.property for link in mention.links}, key=labels)),
        parts_of(mention.details, labels),
        all(link.inferred for link in mention.links),
        mention.when,
        together(details),
        notes_within(mention.node, details, noted),
    )
