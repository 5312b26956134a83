"""The stored queries that can be asked about a thing, with the thing filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from unpact.names import compact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import NamedNode

    from unpact.query.stored import StoredQuery


class Question(NamedTuple):
    """A stored query whose answer is a link away.

    Args:
        title: of the query.
        path: of the page with the answer.
        help: what the thing is in the question.
    """

    title: str
    path: str
    help: str


def questions_about(
    thing: NamedNode, classes: Collection[str], queries: Iterable[StoredQuery]
) -> tuple[Question, ...]:
    """The queries that take a thing of these classes, and for which nothing else has to be given."""
    return tuple(_questions(thing, classes, queries))


def _questions(
    thing: NamedNode, classes: Collection[str], queries: Iterable[StoredQuery]
) -> Iterator[Question]:
    for query in queries:
        for parameter in query.parameters:
            others = (each for each in query.parameters if each is not parameter)
            if parameter.class_iri in classes and not any(each.required for each in others):
                asked = urlencode({parameter.name: compact(thing.value)})
                path = f"/query/{quote(query.topic)}/{quote(query.name)}?{asked}"
                yield Question(query.title, path, parameter.help)
