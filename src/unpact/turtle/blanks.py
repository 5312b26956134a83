"""Which blank node of a document has which number, counted as `corpus.syntax.read_quads` counts them.

That is by first appearance in the triples that the engine gives. Most statements need no tree for it: where
nothing is nested, blank nodes appear in the order of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unpact.turtle import terminals
from unpact.turtle.keys import Anonymous, Label, TripleKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from unpact.turtle.keys import Blank, Key
    from unpact.turtle.split import Statements
    from unpact.turtle.triples import Written

# From one blank node to the next. A label begins with an underscore, as no other name does.
_NEXT = re.compile(
    rf"(?>(?:[ \t\r\n;,.)\]^>]++|{terminals.IRI}|(?!_){terminals.NAME}|{terminals.STRING}|{terminals.NUMBER}"
    rf"|{terminals.AT}|{terminals.COMMENT})*)"
    rf"(?:(?P<label>{terminals.LABEL})|(?P<empty>\[{terminals.TRIVIA}\])|(?P<nested>[^ ]))",
    re.DOTALL,
)


def numbered_blanks(
    statements: Statements, written: Callable[[int], Iterable[Written]], *, quads: bool
) -> list[Blank]:
    """The blank nodes of a document in the order of their numbers.

    Args:
        statements: the document.
        written: gives the triples of a statement by its number.
        quads: whether a label may also be that of a graph, which has no number.
    """
    found: dict[Blank, None] = {}
    for number, flat in _with_blanks(statements):
        if flat is None or quads:
            for triple in written(number):
                found.update((blank, None) for blank in (*_blanks(triple.subject), *_blanks(triple.object)))
        else:
            found.update((blank, None) for blank in flat)
    return list(found)


def _with_blanks(statements: Statements) -> Iterator[tuple[int, list[Blank] | None]]:
    """The statements that have blank nodes; with these in order, or with None where some are nested."""
    number = -1
    flat: list[Blank] = []
    match = _next(statements, 0)
    while match is not None:
        start = match.start(match.lastgroup or 0)
        current = statements.at(start)
        if current != number:
            if flat:
                yield number, flat
            number, flat = current, []
        if match.lastgroup == "nested":
            yield number, None
            flat = []
            match = _next(statements, max(match.end(), statements.end(number)))
            continue
        flat.append(Label(match["label"]) if match["label"] else Anonymous(start))
        match = _next(statements, match.end())
    if flat:
        yield number, flat


def _next(statements: Statements, offset: int) -> re.Match[str] | None:
    return _NEXT.match(statements.text, statements.look_from(offset))


def _blanks(key: Key) -> Iterator[Blank]:
    if isinstance(key, Label | Anonymous):
        yield key
    elif isinstance(key, TripleKey):
        yield from _blanks(key.subject)
        yield from _blanks(key.object)
