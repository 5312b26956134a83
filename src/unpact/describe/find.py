"""Things by something they are called: part of a label, an acronym, an identifier, in any language, even
misspelt.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.describe.kinds import kinds_of
from unpact.names import UNP
from unpact.query.resolve import Name, Resolver, local_name, normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.graph.interface import Graph

    _Rank = Callable[[str, str], float | None]

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


def find(graph: Graph, text: str, *, limit: int | None = None) -> list[Match]:
    """The things that `text` may mean, best first: whole names, beginnings, words, parts of names.

    Names that are only similar count when none contains `text`. Case, accents and punctuation do not matter.
    """
    wanted = normalise(text)
    if not text.strip():
        return []
    names = [*Resolver(graph).names()]
    names += [
        Name(thing, "", local_name(thing), None) for thing in dict.fromkeys(name.thing for name in names)
    ]
    ranked = _best(names, wanted, _fit) or _best(names, wanted, _likeness)
    if limit is not None:
        ranked = ranked[:limit]
    kinds = kinds_of(graph, [NamedNode(name.thing) for name in ranked])
    return [
        Match(thing, kinds.get(thing, ()), name.text, name.language)
        for name in ranked
        for thing in (NamedNode(name.thing),)
    ]


def _best(names: list[Name], wanted: str, rank: _Rank) -> list[Name]:
    """The best name of each thing that fits, the best things first."""
    best: dict[str, tuple[tuple[float, bool, int, str, str], Name]] = {}
    for name in names:
        fit = rank(wanted, normalise(name.text))
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
    if name == wanted:
        return _WHOLE
    if name.startswith(wanted):
        return _START
    if f" {wanted}" in f" {name}":
        return _WORD
    if wanted in name:
        return _INSIDE
    return _WORDS if set(wanted.split()) <= set(name.split()) else None


def _likeness(wanted: str, name: str) -> float | None:
    """One minus how alike two names are, or `wanted` and one word of the name; None when they are not."""
    matcher = difflib.SequenceMatcher(b=wanted)
    best = 0.0
    for candidate in {name, *name.split()}:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
            best = max(best, matcher.ratio())
    return _CLOSE + 1 - best if best >= _LIKENESS else None
