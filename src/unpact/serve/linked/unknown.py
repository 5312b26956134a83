"""What there is under a name that nothing has: the things whose names come near to it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from unpact.names import compact
from unpact.query.resolve import local_name
from unpact.serve.exchange import text
from unpact.serve.negotiation import best

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.site import Site

_MOST, _LONGEST = 5, 80
_PAGE, _SENTENCE = "text/html", "text/plain"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_.]+")


def unknown(site: Site, asked: Asked, iri: str) -> Reply:
    """A page with links for browsers, a sentence with names for all others; both say that it is not there."""
    words = _HUMP.sub(" ", local_name(iri.rstrip("/#"))).strip()
    # longer ones are no names that somebody mistyped
    near = _nearest(site, words[:_LONGEST], iri) if words else []
    sentence = f"Nothing is known of {compact(iri)}."
    if best(asked.accept, (_SENTENCE, _PAGE)) == _PAGE:
        site.labels.load(near)
        page = site.page(
            "unknown.html",
            HTTPStatus.NOT_FOUND,
            title="Nothing is known of it",
            sentence=sentence,
            near=near,
            words=words,
        )
        return page._replace(varies=True)
    hint = f" Did you mean {' or '.join(compact(each.value) for each in near)}?" if near else ""
    return text(sentence + hint, HTTPStatus.NOT_FOUND)._replace(varies=True)


def _nearest(site: Site, words: str, iri: str) -> list[NamedNode]:
    """The things whose names are like some words, those in the same namespace first."""
    namespace = iri[: len(iri) - len(local_name(iri))]
    found = [match.thing for match in site.finder.find(words)]
    return sorted(found, key=lambda thing: not thing.value.startswith(namespace))[:_MOST]
