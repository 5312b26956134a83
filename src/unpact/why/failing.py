"""Why a pattern has no solution at all: as far as it goes, and the part that goes no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query import algebra as alg
from unpact.why.parts import Failure
from unpact.why.wording import group_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.why.asking import Asking


def failure_of(asking: Asking, where: alg.Group) -> Failure | None:
    """The longest beginning of a pattern that has solutions, filters last, and the element behind it.

    None where the whole of it has some.
    """
    matched: list[alg.Element] = []
    solutions, at_least = 1, False
    for element in _in_order(where):
        longer = [*matched, element]
        number, more = asking.count(group_text(alg.Group(tuple(longer))))
        if number == 0:
            before = group_text(alg.Group(tuple(matched)))
            return Failure(before, solutions if matched else 0, at_least, group_text(alg.Group((element,))))
        matched, solutions, at_least = longer, number, more
    return None


def _in_order(group: alg.Group) -> Iterator[alg.Element]:
    late: list[alg.Element] = []
    for element in group.elements:
        match element:
            case alg.Triples(patterns):
                yield from (alg.Triples((pattern,)) for pattern in patterns)
            case alg.Filter() | alg.Exists():
                late.append(element)
            case _:
                yield element
    yield from late
