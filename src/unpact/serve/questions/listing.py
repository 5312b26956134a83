"""The questions there are, and those that can be asked about what a text names."""

from __future__ import annotations

import json
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.query.described import as_object
from unpact.query.resolve import normalise
from unpact.serve.addresses import path_of
from unpact.serve.exchange import Reply
from unpact.serve.questions.links import address, in_words, path_of_query, texts_of
from unpact.serve.questions.tables import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unpact.query.parameters import Parameter
    from unpact.query.stored import StoredQuery
    from unpact.serve.site import Site

# a text that names more things than this asks for none of them in particular
_MOST_THINGS, _LONGEST = 3, 12
# a parameter that takes more things than this takes almost anything
_WIDE = 600


class Entry(NamedTuple):
    """A question in the overview: where it is, what it asks, and one way to ask it."""

    title: str
    path: str
    description: str
    example: str
    example_path: str


class About(NamedTuple):
    """What a text names.

    Args:
        things: in the order of the text.
        entries: the questions that ask about things of their kinds.
        further: those that ask about almost anything.
    """

    things: tuple[Cell, ...]
    entries: tuple[Entry, ...]
    further: tuple[Entry, ...]


class Listing(NamedTuple):
    """What the overview shows: what can be asked about the things of a text, and the questions by topic."""

    about: About | None
    topics: Mapping[str, list[Entry]]


def listing(site: Site, wanted: str) -> Listing:
    """The questions that a text is about; all of them for an empty one."""
    found = site.catalogue.search(wanted) if wanted else list(site.questions)
    topics: dict[str, list[Entry]] = {}
    for query in found:
        topics.setdefault(query.topic, []).append(_entry(query, texts_of(query.examples[0])))
    return Listing(_about(site, wanted) if wanted else None, topics)


def as_json(site: Site, wanted: str) -> Reply:
    """What the headers of the questions say that a text is about, each with its path."""
    found = site.catalogue.search(wanted) if wanted else list(site.questions)
    content = [{"path": path_of_query(query), **as_object(query)} for query in found]
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return Reply(body, "application/json", varies=True)


def _entry(query: StoredQuery, texts: Mapping[str, tuple[str, ...]]) -> Entry:
    return Entry(
        query.title, path_of_query(query), query.description, in_words(query, texts), address(query, texts)
    )


def _about(site: Site, wanted: str) -> About | None:
    named = _named(site, wanted.split()[:_LONGEST])
    if not named or len(named) > _MOST_THINGS:
        return None
    near: list[tuple[int, str, str, Entry]] = []
    far: list[tuple[int, str, str, Entry]] = []
    for query in site.questions:
        way = min(_ways(site, query, [thing for thing, _ in named]), default=None)
        if way is not None:
            width, places = way
            texts = _filled(query, dict(zip(places, (word for _, word in named), strict=True)))
            ranked = (width, query.topic, query.name, _entry(query, texts))
            (near if width <= _WIDE else far).append(ranked)
    site.labels.load(NamedNode(thing) for thing, _ in named)
    cells = tuple(Cell(site.labels(NamedNode(thing)), path_of(thing)) for thing, _ in named)
    entries, further = (
        tuple(entry for *_, entry in sorted(each, key=lambda ranked: ranked[:3])) for each in (near, far)
    )
    return About(cells, entries, further)


def _named(site: Site, words: Sequence[str]) -> list[tuple[str, str]]:
    """The things that some of the words name, the longest names first come, each with a name of it alone."""
    meanings = site.resolver.meanings()
    found: list[tuple[str, str]] = []
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            things = meanings.get(normalise(text := " ".join(words[start:end])), frozenset())
            if len(things) == 1:
                (thing,) = things
                found.append((thing, text))
                start = end
                break
        else:
            start += 1
    return list(dict.fromkeys(found))


def _ways(site: Site, query: StoredQuery, things: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The ways to give each thing to a parameter of its own, each with the most things that one takes."""
    takers: list[Parameter] = [each for each in query.parameters if each.class_iri is not None]
    for chosen in permutations(takers, len(things)):
        classes = [site.resolver.things(each.class_iri) for each in chosen]
        if all(thing in members for thing, members in zip(things, classes, strict=True)):
            yield max(map(len, classes)), tuple(each.name for each in chosen)


def _filled(query: StoredQuery, given: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Values for a question: those given, and from its first example what it needs beside them."""
    example = texts_of(query.examples[0])
    needed: Iterable[str] = (each.name for each in query.parameters if each.required)
    return {name: example[name] for name in needed if name in example} | {
        name: (text,) for name, text in given.items()
    }
