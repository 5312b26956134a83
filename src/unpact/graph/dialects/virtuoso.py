"""OpenLink Virtuoso 7: what it gets wrong, and what is done about it.

Its store is sound: the triples that go in come out again, term for term. Its query engine is not: measured
with version 7.2.5, many queries give rows that the recommendation does not allow, without an error, and which
rows depends on the plan that it makes. So a query that has one of the constructs in `EVALUATED_HERE` is
evaluated here over the triples that it looks at (see `here`); all others are sent as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from unpact.query import algebra as alg
from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.scope import groups_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.query.tokens import Token

#: Constructs of SPARQL with what Virtuoso 7 does wrong there.
EVALUATED_HERE = {
    "OPTIONAL": "behind UNION, or with several of them, some rows come twice in spite of DISTINCT, some lose"
    " values, and a FILTER on the required part is lost",
    "UNION": "beside other patterns, DISTINCT leaves some rows twice",
    "path with *, + or ?": "with a dataset of several graphs it finds nothing beside other patterns; between"
    " two variables it fails with 'transitive start not given'",
    "path with |": "is made into a union, and loses rows as that does",
    "BIND": "an IRI that is computed comes back as a string; an error in the expression becomes a value",
    "COALESCE": "a comparison with an unbound variable is true in it",
    "IF": "is made of COALESCE's kind of truth, and fails with an error of SQL for unbound arguments",
    "CONSTRUCT": "its triples are cut off at ResultSetMaxRows without a word; so whatever kind is named",
    "DESCRIBE": "the same",
}

#: What is asked for: its JSON takes five times as long as its XML, 0.2 ms a row.
RESULTS = "application/sparql-results+xml, application/sparql-results+json;q=0.9"

# neither is ever a part of a literal, where quotes and angles are escaped
_NAMES = {"srj": b'"type": "bnode", "value": "', "srx": b"<bnode>"}
_SCHEME = b"nodeID://"


class Readable(Protocol):
    """What can be read as a binary file is."""

    def read(self, size: int = -1) -> bytes:
        """Some more bytes; none at the end."""


def evaluated_here(text: str) -> str | None:
    """The construct for which a query is evaluated here; None for one that is sent as it is.

    Args:
        text: of a query.
    """
    try:
        query = parse_query(text)
    except ShapeError:
        # Virtuoso knows more than SPARQL, and who writes that means Virtuoso
        return None
    found = set(_constructs(query))
    if "SERVICE" in found:
        return None
    return next((name for name in EVALUATED_HERE if name in found), None)


def _constructs(query: alg.Query) -> Iterator[str]:
    yield query.form
    yield from _words(query.tokens)
    yield from _in_group(query.where)


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    return (token.upper for token in tokens if token.kind == "word")


def _in_group(group: alg.Group) -> Iterator[str]:
    for element in group.elements:
        if isinstance(element, alg.Triples):
            for pattern in element.patterns:
                yield from _in_path(pattern.predicate)
        for inner in groups_in(element):
            yield from _in_group(inner)


def _in_path(path: str | alg.Path) -> Iterator[str]:
    match path:
        case alg.Repeat(inner):
            yield "path with *, + or ?"
            yield from _in_path(inner)
        case alg.Choice(parts):
            yield "path with |"
            for part in parts:
                yield from _in_path(part)
        case alg.Chain(parts):
            for part in parts:
                yield from _in_path(part)
        case alg.Inverse(inner):
            yield from _in_path(inner)


class PlainBlankNodes:
    """An answer in which blank nodes have names, where Virtuoso writes addresses (``nodeID://b10000``).

    Args:
        answer: to read from.
        form: that it is in, by its file extension: `srj` (JSON) or `srx` (XML).
    """

    def __init__(self, answer: Readable, form: str) -> None:
        self._answer = answer
        self._name = _NAMES[form]
        self._address = self._name + _SCHEME
        self._ready, self._rest, self._ended = b"", b"", False

    def read(self, size: int = -1) -> bytes:
        """Some more bytes; none at the end."""
        while not self._ready and not self._ended:
            chunk = self._answer.read()
            data = (self._rest + chunk).replace(self._address, self._name)
            self._ended = not chunk
            # an address may go on in the next chunk
            end = len(data) if self._ended else max(0, len(data) - len(self._address) + 1)
            self._ready, self._rest = data[:end], data[end:]
        size = len(self._ready) if size < 0 else size
        taken, self._ready = self._ready[:size], self._ready[size:]
        return taken
