"""Ways through a directed graph that is given as the successors of each node."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

T = TypeVar("T", bound="Hashable")


def shortest(edges: Mapping[T, Sequence[T]], start: T, end: T) -> list[tuple[T, T]]:
    """The edges of a shortest way that has at least one."""
    came: dict[T, T] = {}
    frontier = [start]
    while frontier and end not in came:
        following: list[T] = []
        for node in frontier:
            for target in edges.get(node, ()):
                if target not in came:
                    came[target] = node
                    following.append(target)
        frontier = following
    if end not in came:
        return []
    route = [(came[end], end)]
    while route[-1][0] != start:
        node = route[-1][0]
        route.append((came[node], node))
    return route[::-1]


def all_edges(edges: Mapping[T, Sequence[T]], start: T, end: T) -> list[tuple[T, T]]:
    """The edges of all ways."""
    back: dict[T, list[T]] = defaultdict(list)
    for node, targets in edges.items():
        for target in targets:
            back[target].append(node)
    ahead, behind = _closure(edges, start), _closure(back, end)
    return [(node, target) for node in ahead for target in edges.get(node, ()) if target in behind]


def _closure(edges: Mapping[T, Sequence[T]], start: T) -> dict[T, None]:
    reached: dict[T, None] = {start: None}
    waiting = [start]
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in reached:
                reached[target] = None
                waiting.append(target)
    return reached
