"""Things by something they are called: part of a label, an acronym, an identifier, in any language, even
misspelt.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.describe.kinds import kinds_of
from unpact.names import UNP
from unpact.query.resolve import Name, Resolver, local_name, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from unpact.graph.interface import Graph

    # how well a name, as `normalise` leaves it, fits what is wanted: less is better
    _Rank = Callable[[str], float | None]

# How well a name fits what was typed, best first.
_WHOLE, _START, _WORD, _INSIDE, _WORDS, _CLOSE = range(6)
# Below this likeness two words have nothing to do with each other ("treaty" and "entry" reach 0.73).
_LIKENESS = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that was found, what it is, and the name that led to it."""

    thing: NamedNode
    kinds: tuple[NamedNode, ...]
    name: str
    language: str | None


class Finder:
    """Finds the things of one graph by their names; these are read once, and kept.

    Args:
        graph: it must not change while it is searched.
        resolver: of the same graph, if there is one already.
    """

    def __init__(self, graph: Graph, resolver: Resolver | None = None) -> None:
        names = [*(resolver or Resolver(graph)).names()]
        things = list(dict.fromkeys(name.thing for name in names))
        names += [Name(thing, "", local_name(thing), None) for thing in things]
        self._graph = graph
        self._names = [(name, normalise(name.text)) for name in names]
        self._kinds: dict[NamedNode, tuple[NamedNode, ...]] = {}

    def find(
        self,
        text: str,
        *,
        limit: int | None = None,
        among: Container[str] | None = None,
        similar: bool = True,
    ) -> list[Match]:
        """The things that `text` may mean, best first: whole names, beginnings, words, parts of names.

        Case, accents and punctuation do not matter.

        Args:
            text: what a person typed.
            limit: how many things are wanted at most.
            among: the IRIs of the only things that count.
            similar: whether names that are only similar will do when none contains `text`.
        """
        wanted = normalise(text)
        if not text.strip():
            return []
        names = [each for each in self._names if among is None or each[0].thing in among]
        ranked = _best(names, partial(_fit, wanted))
        if similar and not ranked:
            ranked = _best(names, _likeness_to(wanted))
        if limit is not None:
            ranked = ranked[:limit]
        things = [NamedNode(name.thing) for name in ranked]
        kinds = self.kinds(things)
        return [
            Match(thing, kinds[thing], name.text, name.language)
            for thing, name in zip(things, ranked, strict=True)
        ]

    def kinds(self, things: Iterable[NamedNode]) -> Mapping[NamedNode, tuple[NamedNode, ...]]:
        """The narrowest classes of each of `things`, and of those asked for before."""
        unknown = [thing for thing in things if thing not in self._kinds]
        found = kinds_of(self._graph, unknown)
        self._kinds.update((thing, found.get(thing, ())) for thing in unknown)
        return self._kinds


def find(graph: Graph, text: str, *, limit: int | None = None) -> list[Match]:
    """The things of a graph that `text` may mean, as `Finder.find` has it, for a single question."""
    return Finder(graph).find(text, limit=limit)


def _best(names: Iterable[tuple[Name, str]], rank: _Rank) -> list[Name]:
    """The best name of each thing that fits, the best things first."""
    best: dict[str, tuple[tuple[float, bool, int, str, str], Name]] = {}
    for name, normal in names:
        fit = rank(normal)
        if fit is None:
            continue
        # Things come before the terms of the ontology; among equally good names the shortest is nearest to
        # what was typed, and English names come before others.
        key = (
            fit,
            name.thing.startswith(UNP),
            len(name.text),
            "" if name.language in (None, "en") else name.language,
            name.text,
        )
        if name.thing not in best or key < best[name.thing][0]:
            best[name.thing] = (key, name)
    return [name for _, name in sorted(best.values(), key=lambda found: (found[0], found[1].thing))]


def _fit(wanted: str, name: str) -> float | None:
    if wanted not in name:
        return _WORDS if _has_words(name, wanted.split()) else None
    if name == wanted:
        return _WHOLE
    if name.startswith(wanted):
        return _START
    return _WORD if f" {wanted}" in f" {name}" else _INSIDE


def _has_words(name: str, wanted: list[str]) -> bool:
    # one word that is not in the name is no word of it; most names end here
    return len(wanted) > 1 and all(word in name for word in wanted) and set(wanted) <= set(name.split())


def _likeness_to(wanted: str) -> _Rank:
    """Ranks a name by how little like `wanted` it, or the likest word in it, is; None when it is not."""
    matcher = difflib.SequenceMatcher(b=wanted)

    # thousands of names share their words
    @cache
    def likeness(candidate: str) -> float:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() < _LIKENESS or matcher.quick_ratio() < _LIKENESS:
            return 0.0
        return matcher.ratio()

    def rank(name: str) -> float | None:
        best = max(likeness(candidate) for candidate in (name, *name.split()))
        return _CLOSE + 1 - best if best >= _LIKENESS else None

    return rank
