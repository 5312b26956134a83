"""Evaluates a query here, over a copy of the triples that it can look at.

For a service that holds triples well and gives wrong answers to some queries. The copy is fetched by plain
patterns, a few requests for a query, in parts where the service cuts its answers off.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from unpact.errors import StoreError
from unpact.graph.dialects.copying import Copying
from unpact.graph.memory import MemoryGraph
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from unpact.graph.dialects.looks import Look
    from unpact.graph.interface import Row, Solutions, Triples

    Ask = Callable[[str], tuple[list[Row], bool]]

#: The quads that are copied at most for one query; about half a gigabyte of memory.
MOST_QUADS = 1_000_000
_FOLDER = Path(__file__).parent
_DIGITS = "0123456789abcdef"
# of a hash: as many tell a million parts apart
_MOST_DIGITS = 5


def evaluate_here(text: str, ask: Ask, *, name: str, most: int = MOST_QUADS) -> Solutions | bool | Triples:
    """The answer of a query over what it can look at.

    Args:
        text: of the query.
        ask: from a SELECT query to its rows, and whether the service has left some out. Blank nodes have to
            keep their names from one answer to the next.
        name: of the service, for messages.
        most: the quads that are copied.

    Raises:
        StoreError: where there are too many, or where the parts of an answer do not fit together.
    """
    fetched = 0

    def fetch(values: dict[str, list[NamedNode]]) -> list[Quad]:
        nonlocal fetched
        text = fill(_text("quads.rq"), values)
        rows, cut = ask(text)
        total = _total(ask, values) if cut else len(rows)
        fetched += total
        if fetched > most:
            raise StoreError(
                f"the query looks at more than the {most:,} triples that are fetched to answer it here",
                where=name,
                hint="Ask something narrower, or call the service 'generic' to have it answer by itself.",
            )
        return [_quad(row) for row in (_in_parts(ask, values, len(rows), total, name) if cut else rows)]

    copying = Copying(fetch)
    copying.of(text)
    return MemoryGraph(copying.store).query(text)


def requests(looks: Iterable[Look]) -> Iterator[dict[str, list[NamedNode]]]:
    """The values for as few requests as fetch no more than is wanted; looks of one place share one."""
    together: defaultdict[tuple[object, ...], set[Look]] = defaultdict(set)
    for look in looks:
        shape = tuple(place is not None for place in look)
        several = sum(shape) > 1
        # of two places one is the same throughout: the subject, or else the predicate
        fixed = (look.subject, None) if look.subject is not None else (None, look.predicate)
        rest = look.predicate if all(shape) else None
        together[shape, fixed if several else None, rest].add(look)
    for _, group in sorted(together.items(), key=lambda item: repr(item[0])):
        places = zip(*group, strict=True)
        yield {
            name: [NamedNode(iri) for iri in sorted({iri for iri in place if iri is not None})]
            for name, place in zip(("subjects", "predicates", "objects"), places, strict=True)
        }


def _in_parts(ask: Ask, values: Mapping[str, list[NamedNode]], most: int, total: int, name: str) -> set[Row]:
    """All rows, in parts of at most `most`.

    No part is a page of rows (LIMIT and OFFSET): where no order is asked for, Virtuoso gives some rows twice
    and others never, and it sorts no more rows than it gives.
    """
    digits = 1
    while most * 16**digits < 2 * total and digits < _MOST_DIGITS:
        digits += 1
    left = ["".join(each) for each in product(_DIGITS, repeat=digits)]
    found: set[Row] = set()
    while left:
        part = left.pop()
        rows, cut = ask(fill(_text("quads.rq"), {**values, "part": [Literal(part)]}))
        if cut and len(part) < _MOST_DIGITS:
            left += [part + digit for digit in _DIGITS]
        else:
            found.update(rows)
    if len(found) != total:
        raise StoreError(
            f"the service has {total} triples to answer from and gives {len(found)}",
            where=name,
            hint="If somebody is loading into it, wait until that has ended, and ask again.",
        )
    return found


def _total(ask: Ask, values: dict[str, list[NamedNode]]) -> int:
    ((count,), *_), _ = ask(fill(_text("count.rq"), values))
    return int(count.value) if isinstance(count, Literal) else 0


def _quad(row: Row) -> Quad:
    graph, subject, predicate, value = row
    if not (
        isinstance(graph, NamedNode)
        and isinstance(subject, (NamedNode, BlankNode))
        and isinstance(predicate, NamedNode)
        and value is not None
        and not isinstance(value, Triple)
    ):
        raise StoreError("the service gives something that is no triple of a named graph")
    return Quad(subject, predicate, value, graph)


def _text(file: str) -> str:
    return (_FOLDER / file).read_text(encoding="utf-8")
