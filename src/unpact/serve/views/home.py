"""The home page: what can be asked, and where to begin; and the page for paths that lead nowhere."""

from __future__ import annotations

import tomllib
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from unpact.describe.statistics import totals
from unpact.errors import UnpactError
from unpact.query.parameters import class_of_type
from unpact.query.run import bound_text
from unpact.serve.links import link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.site import Site

_BEGINNINGS = Path(__file__).with_suffix(".toml")


class Question(NamedTuple):
    """A question in words, and the page that answers it."""

    words: str
    link: str


class Kind(NamedTuple):
    """A kind of thing, how many there are, and the page that lists them."""

    words: str
    number: int
    link: str


def home(site: Site, _asked: Asked) -> Reply:
    """What there is, a few questions, the kinds of things, and all stored queries by topic."""
    return site.page(
        "home.html",
        title="unpact",
        totals=totals(site.graph),
        questions=list(_questions(site)),
        kinds=[kind for kind in _kinds(site) if kind.number],
        topics=site.topics,
    )


def missing(site: Site, asked: Asked, path: str) -> Reply:
    """There is no such page."""
    hint = "Begin at the home page, or search."
    return site.renderer.failure(asked, f"There is no page /{path}.", HTTPStatus.NOT_FOUND, hint)


@cache
def beginnings() -> Mapping[str, list[dict[str, Any]]]:
    """The tables `question` and `kind` of the file beside this module."""
    return tomllib.loads(_BEGINNINGS.read_text(encoding="utf-8"))


def _questions(site: Site) -> Iterable[Question]:
    for each in beginnings()["question"]:
        query, parameters = each["query"], each["parameters"]
        try:
            bound_text(site.graph, site.catalogue.find(query), parameters, resolver=site.resolver)
        except UnpactError:
            # other facts are served, and do not know the things that it asks about
            continue
        yield Question(each["words"], link(f"/query/{query}", *parameters.items()))


def _kinds(site: Site) -> Iterable[Kind]:
    for each in beginnings()["kind"]:
        things = site.resolver.things(class_of_type(each["class"]))
        yield Kind(each["words"], len(things), link("/search", ("kind", each["class"])))
