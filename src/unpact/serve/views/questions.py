"""The stored queries: an overview, and a page and a route for each."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from unpact.errors import AmbiguousNameError, UnknownNameError
from unpact.render.rows import one_line
from unpact.serve.exchange import see_other, text
from unpact.serve.negotiation import best
from unpact.serve.questions.answers import data
from unpact.serve.questions.formats import FORMATS, PAGE, choose, split
from unpact.serve.questions.links import path_of_query
from unpact.serve.questions.listing import as_json, listing
from unpact.serve.questions.page import page
from unpact.serve.questions.values import read

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.site import Site

_JSON = "application/json"


def overview(site: Site, asked: Asked) -> Reply:
    """All stored queries by topic; with `q` those that speak of it, and those that can be asked about it."""
    wanted = one_line(asked.first("q") or "").strip()
    if best(asked.accept, ("text/html", _JSON)) == _JSON:
        return as_json(site, wanted)
    title = f"Questions about {wanted}" if wanted else "Questions"
    return site.page("questions.html", title=title, wanted=wanted, listing=listing(site, wanted))._replace(
        varies=True
    )


def by_name(site: Site, asked: Asked, name: str) -> Reply:
    """On to the query that has the name, wherever it is; or to the topic."""
    stem, form = split(name)
    if form is None and stem in site.topics and stem not in site.catalogue.names():
        return see_other(f"/query#{stem}")
    return _found(site, asked, stem, form.suffix if form else "")


def answer(site: Site, asked: Asked, topic: str, name: str) -> Reply:
    """The answer of a stored query in the format that is asked for; without its values, the form for them."""
    stem, by_suffix = split(name)
    suffix = by_suffix.suffix if by_suffix else ""
    if f"{topic}/{stem}" not in {f"{path.parent.name}/{path.stem}" for path in site.catalogue.paths()}:
        return _found(site, asked, f"{topic}/{stem}", suffix)
    query = site.catalogue.find(f"{topic}/{stem}")
    chosen = choose(by_suffix, asked.accept)
    if chosen is None:
        known = ", ".join(each.media_types[0] for each in FORMATS)
        sentence = f"This answer has none of the media types that were asked for. It has {known}."
        return text(sentence, HTTPStatus.NOT_ACCEPTABLE)._replace(varies=True)
    given = read(query, asked.query, site.resolver)
    if chosen.format == PAGE:
        return page(site, query, given)._replace(varies=chosen.varies)
    return data(site, query, given, chosen)


def _found(site: Site, asked: Asked, name: str, suffix: str) -> Reply:
    """On to the query of a name; else those with names like it."""
    try:
        query = site.catalogue.find(name)
    except AmbiguousNameError as error:
        return _unknown(site, asked, error.message, error.candidates)
    except UnknownNameError as error:
        return _unknown(site, asked, error.message, error.suggestions)
    behind = f"?{urlencode(asked.query)}" if asked.query else ""
    return see_other(path_of_query(query, suffix) + behind)


def _unknown(site: Site, asked: Asked, message: str, names: tuple[str, ...]) -> Reply:
    queries = [site.catalogue.find(name) for name in names]
    sentence = f"{message[:1].upper()}{message[1:]}"
    status = HTTPStatus.NOT_FOUND
    if best(asked.accept, ("text/plain", "text/html")) != "text/html":
        near = ", ".join(path_of_query(query) for query in queries)
        hint = f"Near to it: {near}." if near else "All are at /query."
        return site.renderer.failure(asked, sentence, status, hint)
    return site.page("question_unknown.html", status, title=sentence, queries=queries)._replace(varies=True)
