"""What there is under a name that nothing has: the things whose names come near to it."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from unpact.describe.find import find
from unpact.names import compact
from unpact.query.resolve import local_name
from unpact.serve.exchange import text
from unpact.serve.negotiation import best

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.site import Site

_MOST = 5
_PAGE, _SENTENCE = "text/html", "text/plain"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_.]+")


def unknown(site: Site, asked: Asked, iri: str) -> Reply:
    """A page with links for browsers, a sentence with names for all others; both say that it is not there."""
    words = _HUMP.sub(" ", local_name(iri.rstrip("/#"))).strip()
    near = [match.thing for match in find(site.graph, words, limit=_MOST)]
    sentence = f"Nothing is known of {compact(iri)}."
    if best(asked.accept, (_SENTENCE, _PAGE)) == _PAGE:
        site.name_all(near)
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
