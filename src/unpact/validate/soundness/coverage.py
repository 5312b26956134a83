"""Which triples of the data some shape looks at; `unpact.validate.soundness.reach` says when one does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from unpact.validate.soundness.index import DataIndex
from unpact.validate.soundness.reach import reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode, Triple

    from unpact.shacl.engine import Data
    from unpact.shacl.shapes import ShapesGraph


class Unseen(NamedTuple):
    """The triples of one property that no shape looks at.

    Args:
        predicate: the property.
        triples: how many no shape looks at.
        of: how many there are with this property.
        examples: some of them, in the order of the data.
    """

    predicate: NamedNode
    triples: int
    of: int
    examples: tuple[Triple, ...]


class Coverage(NamedTuple):
    """What shapes look at.

    Args:
        triples: how many there are.
        looked_at: how many of them some shape looks at.
        unseen: the others by property, the most frequent first.
    """

    triples: int
    looked_at: int
    unseen: tuple[Unseen, ...]


def looked_at(
    shapes: ShapesGraph, data: Data, *, among: Iterable[Triple] | None = None, examples: int = 3
) -> Coverage:
    """Which triples some shape looks at.

    Args:
        shapes: those that SHACL does not allow look at nothing.
        data: that the shapes see.
        among: the triples to count, such as the facts without the ontology; all where it is None.
        examples: how many to keep of each property.
    """
    index = DataIndex(data.triples())
    seen = reach_of(shapes, index).triples
    counted = index.triples if among is None else index.numbered(among)
    total: Counter[int] = Counter()
    missed: Counter[int] = Counter()
    kept: dict[int, list[Triple]] = {}
    for triple in counted:
        used = triple[1]
        total[used] += 1
        if triple not in seen:
            missed[used] += 1
            if missed[used] <= examples:
                kept.setdefault(used, []).append(index.triple(triple))
    unseen = [
        Unseen(index.terms[used], count, total[used], tuple(kept.get(used, ())))  # type: ignore[arg-type]
        for used, count in missed.items()
    ]
    unseen.sort(key=lambda each: (-each.triples, each.predicate.value))
    return Coverage(len(counted), len(counted) - missed.total(), tuple(unseen))
