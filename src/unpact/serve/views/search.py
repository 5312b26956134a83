"""Search: things by any of their names, in any language, and the stored queries that fit; what a search box
offers while one types.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.describe.find import Match
from unpact.errors import UsageError
from unpact.query.parameters import class_of_type
from unpact.query.resolve import local_name, normalise
from unpact.serve.addresses import path_of
from unpact.serve.exchange import Reply
from unpact.serve.links import changed
from unpact.serve.paging import page_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.query.stored import StoredQuery
    from unpact.serve.exchange import Asked
    from unpact.serve.site import Site

_JSON = "application/json"
_PER_PAGE = 50
_QUESTIONS = 8
_SUGGESTIONS = 10
_KINDS = 12
_LONGEST = 200


class Kind(NamedTuple):
    """A kind of thing among the results, how many are of it, and the link to them alone."""

    iri: NamedNode
    number: int
    link: str


class Found(NamedTuple):
    """A thing that was found, and the name that led to it where that is not the one that is shown."""

    thing: NamedNode
    kinds: tuple[NamedNode, ...]
    called: str | None
    language: str | None


def search(site: Site, asked: Asked) -> Reply:
    """The things that `q` may mean, those of a `kind` where one is given, best first."""
    text = _text(asked)
    kind = asked.first("kind") or ""
    found = _found(site, text, kind)
    page = page_of(found, asked, _PER_PAGE)
    kinds = () if kind else tuple(_kinds(asked, found))
    chosen = NamedNode(class_of_type(kind) or "") if kind else None
    site.labels.load(
        [each for match in page.items for each in (match.thing, *match.kinds)]
        + [each.iri for each in kinds]
        + ([chosen] if chosen else [])
    )
    return site.page(
        "search.html",
        title=f"Search: {text}" if text else "Search",
        text=text,
        kind=chosen,
        all_kinds=changed(asked, kind="", page=""),
        page=page,
        found=[_shown(site, match) for match in page.items],
        kinds=kinds,
        exact=_exact(found, text) if page.number == 1 else None,
        questions=_questions(site, text) if page.number == 1 and not kind else (),
    )


def suggest(site: Site, asked: Asked) -> Reply:
    """A few things that `q` may become, as JSON, best first."""
    found = site.finder.find(_text(asked), limit=_SUGGESTIONS, similar=False)
    site.labels.load(each for match in found for each in (match.thing, *match.kinds))
    suggestions = [
        {
            "thing": each.thing.value,
            "label": site.labels(each.thing),
            "called": each.called,
            "kind": ", ".join(site.labels(kind) for kind in each.kinds),
            "path": path_of(each.thing.value),
        }
        for each in (_shown(site, match) for match in found)
    ]
    content = json.dumps({"suggestions": suggestions}, ensure_ascii=False, separators=(",", ":"))
    return Reply(content.encode(), _JSON)


def _shown(site: Site, match: Match) -> Found:
    # the last part of an IRI is nothing that a person calls a thing
    said = (site.labels(match.thing), local_name(match.thing.value))
    called = None if match.name in said else match.name
    return Found(match.thing, match.kinds, called, match.language)


def _text(asked: Asked) -> str:
    text = (asked.first("q") or "").strip()
    if len(text) > _LONGEST:
        raise UsageError(f"a search may have {_LONGEST} characters at most, not {len(text):,}")
    return text


def _found(site: Site, text: str, kind: str) -> list[Match]:
    if not kind:
        return site.finder.find(text)
    iri = class_of_type(kind)
    things = frozenset() if iri is None else site.resolver.things(iri)
    if not things:
        raise UsageError(f"nothing is of the kind {kind!r}", hint="The home page lists the kinds of things.")
    return site.finder.find(text, among=things) if text else _all(site, things)


def _all(site: Site, things: Iterable[str]) -> list[Match]:
    """Everything of a set, by its labels."""
    named = [NamedNode(thing) for thing in things]
    site.labels.load(named)
    kinds = site.finder.kinds(named)
    matches = [Match(thing, kinds[thing], site.labels(thing), None) for thing in named]
    return sorted(matches, key=lambda match: (normalise(match.name), match.thing.value))


def _kinds(asked: Asked, found: Iterable[Match]) -> Iterable[Kind]:
    counts = Counter(kind for match in found for kind in match.kinds)
    for iri, count in sorted(counts.items(), key=lambda each: (-each[1], each[0].value))[:_KINDS]:
        name = local_name(iri.value)
        # of other vocabularies there are only the classes that queries have prefixes for
        if class_of_type(name) == iri.value:
            yield Kind(iri, count, changed(asked, kind=name, page=""))


def _exact(found: list[Match], text: str) -> Match | None:
    """The one thing that is called so, and not only similar."""
    wanted = normalise(text)
    whole = [match for match in found if normalise(match.name) == wanted]
    return whole[0] if len(whole) == 1 and len(found) > 1 else None


def _questions(site: Site, text: str) -> list[StoredQuery]:
    return site.catalogue.search(text)[:_QUESTIONS] if text else []
