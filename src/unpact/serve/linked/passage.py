"""The page of a sentence: where it stands, its text where there is a copy of it, and what rests on it.

Sections and the article itself have the same page, with their sentences instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.describe.facts import outgoing
from unpact.describe.kinds import kinds_of
from unpact.describe.patterns import select as describing
from unpact.evidence.premises import reading_order
from unpact.names import RDF, UNP
from unpact.serve.linked.patterns import select
from unpact.serve.linked.resting import statements_on
from unpact.serve.linked.values import plain, plain_parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from unpact.describe.facts import Fact
    from unpact.serve.exchange import Asked
    from unpact.serve.linked.subject import Subject
    from unpact.serve.site import Site

_TYPE = RDF + "type"
_STATEMENT = NamedNode(UNP + "Statement")
# where a sentence stands is said in words
_PLACE = frozenset(
    UNP + name for name in ("section", "sectionNumber", "paragraphNumber", "sentenceNumber", "inSource")
)


class Sentence(NamedTuple):
    """A sentence, with its text where there is a copy of it."""

    node: NamedNode
    text: str | None


class Stretch(NamedTuple):
    """A section with its sentences."""

    node: NamedNode
    sentences: tuple[Sentence, ...]


class Place(NamedTuple):
    """Where a sentence stands.

    Args:
        section: that it belongs to.
        paragraph: in the section, counted from 1.
        number: in the paragraph, counted from 1.
        before: the sentence before it, in whatever paragraph.
        after: the sentence behind it.
    """

    section: NamedNode
    paragraph: str
    number: str
    before: Sentence | None
    after: Sentence | None


class Kin(NamedTuple):
    """Things of the same classes."""

    kinds: tuple[NamedNode, ...]
    things: tuple[NamedNode, ...]


def page_of_passage(site: Site, _asked: Asked, subject: Subject) -> dict[str, Any]:
    """What the template `passage.html` needs."""
    node, labels = subject.node, site.labels
    facts = outgoing(site.graph, [node])
    labels.load(fact.property for fact in facts)
    statements = statements_on(site.graph, node, labels)
    stretches = _stretches(site, node)
    kinds = kinds_of(site.graph, [node]).get(node, ())
    labels.load([*kinds, *(sentence.node for each in stretches for sentence in each.sentences)])
    return {
        "thing": node,
        "kinds": kinds,
        "text": site.passages.get(node.value),
        "has_text": bool(site.passages),
        "place": _place(site, node, facts),
        "stretches": stretches,
        "statements": statements,
        "named": _named(site, {thing for each in statements for thing in each.things}),
        "parts": plain_parts(_others(facts), labels),
    }


def _stretches(site: Site, node: NamedNode) -> tuple[Stretch, ...]:
    """The sections with sentences that are in a section, or in an article; none in a sentence."""
    found: dict[NamedNode, list[Sentence]] = {}
    for passage, section, article in select(site.graph, "passages"):
        if node in (section, article) and isinstance(passage, NamedNode) and isinstance(section, NamedNode):
            found.setdefault(section, []).append(_sentence(site, passage))
    return tuple(
        Stretch(section, tuple(sorted(sentences, key=_order)))
        for section, sentences in sorted(found.items(), key=lambda item: reading_order(item[0].value))
    )


def _place(site: Site, node: NamedNode, facts: Iterable[Fact]) -> Place | None:
    said = {fact.property.value.removeprefix(UNP): fact.value for fact in facts}
    section = said.get("section")
    if not isinstance(section, NamedNode):
        return None
    rows = list(select(site.graph, "passages"))
    article = next((where for passage, _, where in rows if passage == node), None)
    ordered = sorted(
        (
            _sentence(site, passage)
            for passage, _, where in rows
            if where == article and isinstance(passage, NamedNode)
        ),
        key=_order,
    )
    number = next(place for place, each in enumerate(ordered) if each.node == node)
    return Place(
        section,
        plain(said["paragraphNumber"]).text if "paragraphNumber" in said else "",
        plain(said["sentenceNumber"]).text if "sentenceNumber" in said else "",
        ordered[number - 1] if number else None,
        ordered[number + 1] if number + 1 < len(ordered) else None,
    )


def _sentence(site: Site, node: NamedNode) -> Sentence:
    return Sentence(node, site.passages.get(node.value))


def _order(sentence: Sentence) -> list[tuple[int, str]]:
    return reading_order(sentence.node.value)


def _named(site: Site, things: Collection[NamedNode]) -> tuple[Kin, ...]:
    """Things by what they are, in the order of the words; neither statements nor terms of the ontology."""
    labels = site.labels
    classes = describing(site.graph, "kinds", things=sorted(things, key=str)) if things else ()
    statements = {thing for thing, kind in classes if kind == _STATEMENT}
    shown = [each for each in things if each not in statements and not each.value.startswith(UNP)]
    kinds = kinds_of(site.graph, shown)
    labels.load([*shown, *(kind for found in kinds.values() for kind in found)])
    by_kind: dict[tuple[NamedNode, ...], list[NamedNode]] = {}
    for thing in shown:
        by_kind.setdefault(kinds.get(thing, ()), []).append(thing)
    return tuple(
        Kin(found, tuple(sorted(members, key=lambda each: (labels(each), each.value))))
        for found, members in sorted(
            by_kind.items(), key=lambda item: (not item[0], [labels(kind) for kind in item[0]])
        )
    )


def _others(facts: Iterable[Fact]) -> Iterator[Fact]:
    """What else is said of the passage: offsets, hashes, and of an article its title and date."""
    said = _PLACE | {_TYPE}
    return (fact for fact in facts if not fact.inferred and fact.property.value not in said)
