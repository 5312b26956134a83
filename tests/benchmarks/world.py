"""Writes graphs in the shape of the real data, as large as wanted: what all states did under many treaties.

Run it with ``python tests/benchmarks/world.py TRIPLES FILE``. A file that ends in `.nt` gets the facts
alone; one that ends in `.nq` gets them in a named graph, and what follows from them in the graph of what is
inferred, which stored queries need; all of its triples count. Both are the same in every run, and are
written in a stream.

One chapter is made (see `chapter`), and the reasoner is asked once what follows from it. The others are
copies under other numbers, in which the states have changed places. Since a name means nothing to the
reasoner, what follows from a copy is the copy of what follows.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chapter import CHAPTER, STATES, Chapter, shared

from unpact.corpus import bundled
from unpact.corpus.files import CorpusFile
from unpact.graph.view import build_view, inferred
from unpact.names import INFERRED_GRAPH, USER_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: The graph of the facts in a file of quads.
WORLD_GRAPH = USER_GRAPH + "world"

_STATE = re.compile(r"(?<=[Ss]tate[- ])\d{3}")
# prime to the number of states, so that each comes to stand in the place of each
_STEP = 37


class World(NamedTuple):
    """The parts that a world is put together from, as lines of N-Triples; `chapter` ones have to be renamed.

    Args:
        shared: the facts that every chapter speaks of.
        chapter: the facts of one chapter.
        follows: from the shared facts and from the ontology.
        follows_chapter: from a chapter, in its own words.
        follows_about_shared: from a chapter, of nothing but what all share.
    """

    shared: list[str]
    chapter: list[str]
    follows: list[str]
    follows_chapter: list[str]
    follows_about_shared: list[str]


def facts_alone() -> World:
    """The parts without what follows from them."""
    return World(list(shared()), Chapter().lines(), [], [], [])


def with_what_follows() -> World:
    """The parts with all that the reasoner finds."""
    plain = facts_alone()
    first = closure(plain.shared)
    more = sorted(closure([*plain.shared, *plain.chapter]) - first)
    own = [line for line in more if CHAPTER in line]
    return plain._replace(
        follows=sorted(first),
        follows_chapter=own,
        follows_about_shared=[line for line in more if CHAPTER not in line],
    )


def blocks(world: World, size: int) -> Iterator[tuple[str, list[str]]]:
    """The lines of a graph with at least `size` triples, with the graph that they belong to.

    Args:
        world: the parts.
        size: how many triples to give; the last chapter is whole, so there are a few thousand more.
    """
    yield WORLD_GRAPH, world.shared
    yield INFERRED_GRAPH, world.follows
    count = len(world.shared) + len(world.follows)
    facts, follows = "\n".join(world.chapter), "\n".join(world.follows_chapter)
    said = set()
    number = 0
    while count < size or number == 0:
        about = {renamed(line, number) for line in world.follows_about_shared} - said
        said |= about
        for graph, lines in (
            (WORLD_GRAPH, renamed(facts, number).split("\n")),
            (INFERRED_GRAPH, renamed(follows, number).split("\n") if follows else []),
            (INFERRED_GRAPH, sorted(about)),
        ):
            yield graph, lines
            count += len(lines)
        number += 1


def renamed(text: str, number: int) -> str:
    """The same in the chapter with this number, where the states have changed places."""
    places = {f"{at:03}": f"{(at - 1 + number * _STEP) % STATES + 1:03}" for at in range(1, STATES + 1)}
    return _STATE.sub(lambda found: places[found[0]], text).replace(CHAPTER, f"{number:06}")


def write(path: Path, size: int) -> int:
    """Write a world; how many triples it has.

    Args:
        path: ends in `.nt` for the facts alone, in `.nq` for the facts and what follows from them.
        size: how many triples it has at least.
    """
    quads = path.suffix == ".nq"
    count = 0
    with path.open("w", encoding="utf-8", buffering=1 << 20) as stream:
        for graph, lines in blocks(with_what_follows() if quads else facts_alone(), size):
            end = f" <{graph}> .\n" if quads else " .\n"
            # every line ends with a blank and a full stop
            stream.write("".join([line[:-2] + end for line in lines]))
            count += len(lines)
    return count


def closure(lines: Iterable[str]) -> set[str]:
    content = "\n".join(lines).encode()
    file = CorpusFile(Path("world.nt"), "world.nt", WORLD_GRAPH, "user", content)
    graph = build_view(bundled(), extra=[file], only_extra=True, cache=False)
    return {f"{triple} ." for triple in inferred(graph)}


if __name__ == "__main__":
    written = write(Path(sys.argv[2]), int(sys.argv[1]))
    sys.stdout.write(f"{written:,} triples\n")
