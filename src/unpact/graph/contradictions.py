"""The contradictions of a view, with the triples that each rests on, kept beside the view."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, Triple, parse

from unpact.graph.derivations import Derivations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unpact.graph.closure import Inference
    from unpact.reason.codes import Coded


class Contradiction(NamedTuple):
    """Triples that cannot all hold.

    Args:
        rule: of OWL 2 RL, by which they cannot.
        premises: these triples.
        axioms: the triples of the ontology that say so.
        leaves: what premises and axioms rest on: what is written, and what a rule of the corpus constructed.
    """

    rule: str
    premises: tuple[Triple, ...]
    axioms: tuple[Triple, ...]
    leaves: tuple[Triple, ...]


class Contradictions(NamedTuple):
    """Those of one view.

    Args:
        found: each once. One that rests on all that another of its rule rests on, and more, only repeats it
            for another thing that is the same, and is left out.
        constructed: the leaves that are not written, but that a rule of the corpus constructed.
        derivations: how everything in the view was reached, where there are such leaves: what the rule made
            them from is found by asking it again, and may be inferred in turn.
    """

    found: tuple[Contradiction, ...] = ()
    constructed: frozenset[Triple] = frozenset()
    derivations: Derivations | None = None

    @classmethod
    def of(cls, inference: Inference) -> Contradictions:
        """Those of a closure that was just drawn."""
        # a run that finds the view on disk infers nothing
        from unpact.reason.clashes import clashes
        from unpact.reason.leaves import Leaves

        closure = inference.closure
        leaves = Leaves(closure)
        known: list[tuple[str, tuple[tuple[Coded, ...], ...]]] = [
            (each.rule, (each.premises, each.axioms, leaves.of((*each.premises, *each.axioms))))
            for each in clashes(closure)
        ]

        def triples(facts: Iterable[Coded]) -> tuple[Triple, ...]:
            return tuple(Triple(*closure.codes.decode(fact)) for fact in facts)  # type: ignore[arg-type]  # subjects are never literals

        found = (Contradiction(rule, *map(triples, parts)) for rule, parts in _roots(known))
        reached = Derivations.of(inference) if leaves.stated else None
        return cls(tuple(found), frozenset(triples(leaves.stated)), reached)

    @classmethod
    def read(cls, content: bytes) -> Contradictions:
        """What `dumped` wrote."""
        kept = json.loads(content)
        found = (Contradiction(rule, *map(_read, parts)) for rule, *parts in kept["found"])
        reached = Derivations.read(kept["derivations"].encode()) if kept["derivations"] else None
        return cls(tuple(found), frozenset(_read(kept["constructed"])), reached)

    def dumped(self) -> bytes:
        """As bytes that `read` takes."""
        found = [[each.rule, *map(_written, each[1:])] for each in self.found]
        content = {
            "found": found,
            "constructed": sorted(_written(self.constructed)),
            "derivations": "" if self.derivations is None else self.derivations.dumped().decode(),
        }
        return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def _roots(
    known: Sequence[tuple[str, tuple[tuple[Coded, ...], ...]]],
) -> Iterator[tuple[str, tuple[tuple[Coded, ...], ...]]]:
    """Those that rest on nothing but what another of the same rule rests on, in their order."""
    kept: set[int] = set()
    by_leaf: dict[tuple[str, Coded], list[frozenset[Coded]]] = {}
    # of two that rest on the same, the one with more premises says more
    sizes = [(len(leaves), -len(premises)) for _, (premises, _, leaves) in known]
    for place in sorted(range(len(known)), key=sizes.__getitem__):
        rule, (*_, leaves) = known[place]
        those = frozenset(leaves)
        if any(less <= those for leaf in leaves for less in by_leaf.get((rule, leaf), ())):
            continue
        kept.add(place)
        # one of its leaves is enough to find it by
        by_leaf.setdefault((rule, leaves[0]), []).append(those)
    yield from (each for place, each in enumerate(known) if place in kept)


def _written(triples: Iterable[Triple]) -> list[str]:
    return [str(triple) for triple in triples]


def _read(lines: Iterable[str]) -> tuple[Triple, ...]:
    text = "".join(f"{line} .\n" for line in lines)
    return tuple(quad.triple for quad in parse(input=text, format=RdfFormat.N_TRIPLES, lenient=True))
