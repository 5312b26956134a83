"""The page of a thing, and its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.describe.patterns import select as describing
from unpact.describe.show import show
from unpact.describe.wording import things_in
from unpact.names import BASE, DCTERMS, SKOS, UNP
from unpact.query.period import TODAY, period_of
from unpact.render.notes import notes_on_facts
from unpact.serve.linked.dated import timeline_of
from unpact.serve.linked.questions import questions_about
from unpact.serve.linked.resting import statements_on
from unpact.serve.linked.values import groups_of, kinds_of_mentions
from unpact.serve.pictures.around import around
from unpact.serve.pictures.picture import picture_of

if TYPE_CHECKING:
    from typing import Any

    from unpact.describe.show import Description
    from unpact.serve.exchange import Asked
    from unpact.serve.linked.subject import Subject
    from unpact.serve.pictures.drawing import Drawing
    from unpact.serve.site import Site

_EVIDENCE = frozenset({UNP + "statedIn", UNP + "accordingTo"})
_SOURCE = UNP + "Source"
_MORE = frozenset({DCTERMS + "source", SKOS + "exactMatch", SKOS + "closeMatch"})


class Cited(NamedTuple):
    """A sentence or a source that something on a page rests on.

    Args:
        thing: its IRI.
        text: of the sentence, where there is a copy of the article.
    """

    thing: NamedNode
    text: str | None


def page_of_thing(site: Site, asked: Asked, subject: Subject) -> dict[str, Any]:
    """What the template `thing.html` needs.

    Raises:
        UsageError: for an `as-of` that is no day, month or year.
    """
    node = subject.node
    description = _described(site, node, asked.first("as-of"))
    labels = site.labels
    about = notes_on_facts(site.graph, labels, site.discrepancies)
    picture = picture_of(around(site.graph, description, labels))
    classes = _classes(site, node)
    events = timeline_of(site.graph, description, labels)
    mentions = [
        each
        for each in description.mentions
        if not all(link.property.value in _EVIDENCE for link in each.links)
    ]
    statements = statements_on(site.graph, node, labels) if _SOURCE in classes else ()
    labels.load([*description.sentences, *(event.node for event in events if event.node), node])
    return {
        "thing": node,
        "kinds": description.kinds,
        "as_of": description.as_of,
        "when": description.when,
        "is_today": asked.first("as-of") in (None, "", TODAY),
        "names": groups_of(node, description.names, labels, about),
        "facts": groups_of(node, description.facts, labels, about),
        "mentions": kinds_of_mentions(mentions, labels, about),
        "events": events,
        "picture": picture,
        "statements": statements,
        "cited": tuple(Cited(each, site.passages.get(each.value)) for each in description.sentences),
        "own_sentences": description.own_sentences,
        "questions": questions_about(node, classes, site.questions),
        "elsewhere": _elsewhere(node, description),
    }


def drawing_of_thing(site: Site, asked: Asked, node: NamedNode) -> Drawing | None:
    """The picture alone; None for a thing that nothing is next to. Errors as above."""
    description = _described(site, node, asked.first("as-of"))
    return picture_of(around(site.graph, description, site.labels))


def _described(site: Site, node: NamedNode, as_of: str | None) -> Description:
    description = show(site.graph, node, period_of(as_of or TODAY), site.explainer.derivations)
    site.labels.load(things_in(description))
    return description


def _classes(site: Site, node: NamedNode) -> frozenset[str]:
    """All classes of a thing, wide ones too."""
    rows = describing(site.graph, "kinds", things=[node])
    return frozenset(kind.value for _, kind in rows if isinstance(kind, NamedNode))


def _elsewhere(node: NamedNode, description: Description) -> tuple[str, ...]:
    """Where the web has more on a thing; only what a browser fetches, whatever an IRI may be."""
    places = [
        detail.value.value
        for detail in description.facts
        if detail.property.value in _MORE and isinstance(detail.value, NamedNode)
    ]
    return tuple(each for each in (node.value, *places) if is_of_the_web(each) and not each.startswith(BASE))


def is_of_the_web(iri: str) -> bool:
    """Whether an IRI may be the target of a link: one with another scheme could be a script."""
    return iri.startswith(("https://", "http://"))
