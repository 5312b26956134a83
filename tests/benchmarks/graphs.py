"""Graphs in the shape of the real data, as large as wanted, with a known share of errors.

The facts of the project are copied under new names until there are enough triples; sentences, topics and the
ontology stand in the graph once. The errors are drawn with a seed, so that every run has the same.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import ID, RDF, UNP, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TYPE = NamedNode(RDF + "type")
SEED = 20230818
# what a mistake does to a triple: it goes, it gets a value of another kind, or a value too many
MISTAKES = ("lost", "replaced", "doubled")


def triples(unit: Sequence[Triple], size: int, errors: float) -> Iterator[Triple]:
    """At least `size` triples.

    Args:
        unit: the facts to copy, with all that they refer to.
        size: how many triples to give.
        errors: the share of the copied triples that get a mistake, 0.005 for one in two hundred.
    """
    chance = random.Random(SEED)  # noqa: S311 - a repeatable draw, no secret
    shared = [triple for triple in unit if not _copied(triple.subject)]
    copied = [triple for triple in unit if _copied(triple.subject)]
    yield from shared
    count, copy = len(shared), 0
    while count < size:
        for triple in copied:
            count += 1
            new = Triple(_renamed(triple.subject, copy), triple.predicate, _renamed(triple.object, copy))
            if triple.predicate != TYPE and chance.random() < errors:
                yield from _mistaken(new, chance)
            else:
                yield new
        copy += 1


def write(path: Path, unit: Sequence[Triple], size: int, errors: float = 0.005) -> int:
    """Write a graph as N-Triples, which every engine reads; how many triples it has."""
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for triple in triples(unit, size, errors):
            stream.write(f"{triple} .\n")
            count += 1
    return count


def _copied(term: object) -> bool:
    return isinstance(term, BlankNode) or (isinstance(term, NamedNode) and term.value.startswith(ID))


def _renamed(term: object, copy: int) -> NamedNode | BlankNode | Literal:
    if isinstance(term, BlankNode):
        return BlankNode(f"{term.value}c{copy}")
    if isinstance(term, NamedNode) and term.value.startswith(ID):
        return NamedNode(f"{term.value}-{copy}")
    assert isinstance(term, NamedNode | Literal)
    return term


def _mistaken(triple: Triple, chance: random.Random) -> Iterator[Triple]:
    mistake = chance.choice(MISTAKES)
    wrong = chance.choice(
        [
            Literal("mistaken"),
            Literal("2020", datatype=NamedNode(XSD + "gYear")),
            NamedNode(f"{UNP}Mistake"),
            NamedNode(f"{ID}nothing-{chance.randrange(1000)}"),
        ]
    )
    if mistake == "doubled":
        yield triple
    if mistake != "lost":
        yield Triple(triple.subject, triple.predicate, wrong)
