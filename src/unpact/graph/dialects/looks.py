"""Which triples a query can look at: all that can match one of its patterns.

The answer of a query depends on these triples alone (SPARQL 1.1, section 18.5), so it can be computed from a
copy of them, and does not change with any others. What is found may be more than the query needs, and is
never less; where that cannot be told from the text, it is everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.names import PREFIXES, RDF
from unpact.query import algebra as alg
from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.scope import groups_in
from unpact.query.tokens import declared_prefixes, expand_token, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Look(NamedTuple):
    """A pattern for triples: each place an IRI, or None for whatever stands there."""

    subject: str | None
    predicate: str | None
    object: str | None

    def covers(self, other: Look) -> bool:
        """Whether all that matches `other` matches this one."""
        return all(mine is None or mine == its for mine, its in zip(self, other, strict=True))


EVERYTHING = Look(None, None, None)


def looks_of(text: str) -> frozenset[Look]:
    """The patterns that each triple which the query looks at matches one of.

    Args:
        text: of a query; the prefixes of `unpact.names` need no declaration.
    """
    query = readable(text)
    if query is None:
        return frozenset((EVERYTHING,))
    found = set(Reader(query).group(query.where))
    return frozenset(
        look for look in found if not any(other != look and other.covers(look) for other in found)
    )


def readable(text: str) -> alg.Query | None:
    """A query whose patterns can be read from its text; None for one that may look at everything.

    Args:
        text: of a query.
    """
    try:
        query = parse_query(text)
    except ShapeError:
        # what this parser does not know, the service may
        return None
    if query.form == "DESCRIBE" or any(token.upper == "BASE" for token in query.prologue):
        return None
    # EXISTS in a place that is no group, as behind HAVING
    tests = sum(token.upper == "EXISTS" for token in query.tokens)
    return query if tests == _tests_in(query.where) else None


def dataset_of(text: str) -> tuple[str, ...]:
    """The graphs that a query names with FROM and FROM NAMED, in its order.

    Args:
        text: of a query that can be parsed.
    """
    query = parse_query(text)
    prefixes = {**PREFIXES, **declared_prefixes(list(query.prologue))}
    names = (expand_token(token, prefixes) for token in query.dataset)
    return tuple(name for name in names if name is not None)


def in_blocks(group: alg.Group) -> Iterator[alg.Element]:
    """The elements of a group with the patterns in blocks, which nothing but tests divides (section 5.1.1).

    Args:
        group: of a query.
    """
    patterns: list[alg.TriplePattern] = []
    tests: list[alg.Element] = []
    for element in (*group.elements, None):
        if isinstance(element, alg.Triples):
            patterns += element.patterns
        elif isinstance(element, (alg.Filter, alg.Exists)):
            tests.append(element)
        else:
            if patterns:
                yield alg.Triples(tuple(patterns))
            yield from tests
            if element is not None:
                yield element
            patterns, tests = [], []


class Reader:
    """Reads the patterns of groups.

    Args:
        query: that the groups are of.
    """

    def __init__(self, query: alg.Query) -> None:
        self._prefixes = {**PREFIXES, **declared_prefixes(list(query.prologue))}

    def group(self, group: alg.Group) -> Iterator[Look]:
        """The patterns of a group and of all groups in it."""
        for element in in_blocks(group):
            if isinstance(element, alg.Triples):
                yield from self._triples(element.patterns)
                continue
            if isinstance(element, alg.Nested) and _names_graphs_only(element):
                yield EVERYTHING
            for inner in groups_in(element):
                yield from self.group(inner)

    def _triples(self, patterns: Iterable[alg.TriplePattern]) -> Iterator[Look]:
        patterns = tuple(patterns)
        bound = {
            name
            for pattern in patterns
            if not may_be_empty(pattern.predicate)
            for name in (pattern.subject, pattern.object)
            if _is_variable(name)
        }
        for pattern in patterns:
            if may_be_empty(pattern.predicate) and bound.isdisjoint((pattern.subject, pattern.object)):
                # it leads to itself from what it begins or ends with, if that is a node of the graph
                ends = {self.iri(pattern.subject), self.iri(pattern.object)}
                for end in ends - {None} or {None}:
                    yield from (Look(end, None, None), Look(None, None, end))
            yield from self._path(pattern.predicate, self.iri(pattern.subject), self.iri(pattern.object))

    def _path(self, path: str | alg.Path, start: str | None, end: str | None) -> Iterator[Look]:
        match path:
            case str():
                yield Look(start, self.iri(path), end)
            case alg.Step(iri):
                yield Look(start, self.iri(iri), end)
            case alg.Inverse(inner):
                yield from self._path(inner, end, start)
            case alg.Choice(parts):
                for part in parts:
                    yield from self._path(part, start, end)
            case alg.Chain(parts):
                last = len(parts) - 1
                for index, part in enumerate(parts):
                    yield from self._path(part, None if index else start, end if index == last else None)
            case alg.Repeat(inner, sign):
                once = sign == "?"
                yield from self._path(inner, start if once else None, end if once else None)
            case _:
                yield EVERYTHING

    def iri(self, text: str) -> str | None:
        """The IRI that a term stands for; None for variables, and for literals, which stores spell anew."""
        if text == "a":
            return RDF + "type"
        token, *others = significant(tokenize(text))
        return None if others else expand_token(token, self._prefixes)


def _tests_in(group: alg.Group) -> int:
    found = 0
    for element in group.elements:
        if isinstance(element, alg.Exists):
            found += 1
        elif isinstance(element, (alg.Filter, alg.Bind)):
            found += len(element.tests)
        found += sum(map(_tests_in, groups_in(element)))
    return found


def _is_variable(text: str) -> bool:
    return text.startswith("?")


def may_be_empty(path: str | alg.Path) -> bool:
    """Whether a path may have no steps."""
    match path:
        case alg.Repeat(inner, sign):
            return sign != "+" or may_be_empty(inner)
        case alg.Inverse(inner):
            return may_be_empty(inner)
        case alg.Choice(parts):
            return any(map(may_be_empty, parts))
        case alg.Chain(parts):
            return all(map(may_be_empty, parts))
        case _:
            return False


def _names_graphs_only(element: alg.Nested) -> bool:
    """``GRAPH ?g { }`` and the like, which tell of graphs rather than of triples."""
    return element.keyword.startswith("GRAPH ?") and not any(
        isinstance(each, alg.Triples) for each in element.group.elements
    )
