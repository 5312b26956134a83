"""Copies the triples that a query can look at, a pattern at a time: what one has found narrows the next.

The copy gives the query the answer that the whole gives (SPARQL 1.1, section 18.5). What a variable can be is
known from the required patterns that bind it, and is used where no solution with another value could be left:
in the patterns beside them and in the groups behind them, but not in what stands before them, nor through a
group whose own required patterns do not bind it, since OPTIONAL tells whether something is missing there.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from unpact.graph.dialects.looks import Reader, in_blocks, may_be_empty, readable
from unpact.graph.dialects.values import columns, covers, either, narrowed, written
from unpact.query import algebra as alg
from unpact.query.scope import aggregates, groups_in, projected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyoxigraph import Quad

    from unpact.graph.dialects.values import Known, Places
    from unpact.graph.interface import Term
    from unpact.query.tokens import Token

_ANYTHING: Places = (None, None, None)
# how many triples a pattern is thought to have by what is known of it; only the order of these matters
_FOR_A_SUBJECT, _FOR_AN_OBJECT, _FOR_A_CLASS, _FOR_A_PREDICATE, _WHATEVER = 1, 10, 100, 1_000, 1_000_000
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Copying:
    """Fills a store with what a query looks at.

    Args:
        fetch: from the values for `subjects`, `predicates` and `objects`, each of which may be left out, to
            the quads that match.
    """

    def __init__(self, fetch: Callable[[dict[str, list[NamedNode]]], Iterable[Quad]]) -> None:
        self.store = Store()
        self._fetch = fetch
        self._done: list[Places] = []
        self._numbers = count()

    def of(self, text: str) -> None:
        """Copy what a query looks at; everything where its text does not tell.

        Args:
            text: of the query.
        """
        query = readable(text)
        if query is None:
            self._everything()
            return
        self._reader = Reader(query)
        self._group(query.where, {})

    def _everything(self) -> None:
        self._copy(_ANYTHING)

    def _group(self, group: alg.Group, around: Known) -> dict[str, frozenset[Term]]:
        """Copy what a group looks at.

        Args:
            group: of the query.
            around: what variables can be in each solution that this group is joined with.

        Returns:
            What variables can be that the group always binds.
        """
        known: dict[str, frozenset[Term]] = {}
        tested = dict(self._tested(group))
        for element in in_blocks(group):
            match element:
                case alg.Triples(patterns):
                    self._block(patterns, {**tested, **around}, known)
                case alg.Values(tokens):
                    known.update(narrowed(known, self._values(tokens)))
                case alg.Nested("OPTIONAL" | "LATERAL", inner):
                    self._group(inner, known)
                case alg.Nested(keyword, inner):
                    if keyword.startswith("GRAPH ?") and not _has_triples(inner):
                        # it tells of graphs rather than of triples
                        self._everything()
                    known.update(narrowed(known, self._group(inner, {**around, **known})))
                case alg.Union(branches):
                    found = [self._group(branch, {**around, **known}) for branch in branches]
                    known.update(narrowed(known, either(found)))
                case alg.SubSelect(query):
                    known.update(narrowed(known, self._selected(query, {**around, **known})))
                case _:
                    for inner in groups_in(element):
                        self._group(inner, known)
        return known

    def _selected(self, query: alg.Query, around: Known) -> dict[str, frozenset[Term]]:
        """A sub-query: its groups, or its first rows, are what they are by all that is in it."""
        shown = projected(query)
        if aggregates(query):
            shown &= {key.variable for key in query.group_by or () if key.expression is None}
        words = {token.upper for token in query.tokens}
        around = {} if words & {"LIMIT", "OFFSET"} else {name: around[name] for name in shown & around.keys()}
        computed = {column.variable for column in query.columns or () if column.expression is not None}
        found = self._group(query.where, around)
        return {name: found[name] for name in shown & found.keys() - computed}

    def _block(
        self, patterns: Sequence[alg.TriplePattern], around: Known, known: dict[str, frozenset[Term]]
    ) -> None:
        """Required patterns, the narrowest first; what they find is added to what is known."""
        left = [single for pattern in patterns for single in self._singles(pattern)]
        bound = {name for pattern in left for name in _ends(pattern) if not may_be_empty(pattern.predicate)}
        while left:
            limits = {**around, **known}
            pattern = min(left, key=lambda each: self._size(each, limits))
            left.remove(pattern)
            if isinstance(pattern.predicate, str):
                places = self._places(pattern, limits)
                found = list(self._matching(places))
                for name, values in zip(
                    (pattern.subject, pattern.predicate, pattern.object), columns(found), strict=True
                ):
                    if name.startswith("?"):
                        known.update(narrowed(known, {name: values}))
                continue
            if may_be_empty(pattern.predicate) and bound.isdisjoint(_ends(pattern)):
                self._nodes(pattern)
            start, _, end = self._places(pattern, limits)
            self._path(pattern.predicate, start, end)

    def _nodes(self, pattern: alg.TriplePattern) -> None:
        """A path of no steps leads from what it begins or ends with to itself, if the graph has that node."""
        terms = [self._place(end, {}) for end in (pattern.subject, pattern.object)]
        if terms == [None, None]:
            self._everything()
        for term in terms:
            if term is not None:
                self._copy((term, None, None))
                self._copy((None, None, term))

    def _singles(self, pattern: alg.TriplePattern) -> Iterator[alg.TriplePattern]:
        """A sequence of plain steps as the patterns that it stands for (section 18.2.2.4)."""
        path = pattern.predicate
        if isinstance(path, alg.Step):
            yield alg.TriplePattern(pattern.subject, path.iri, pattern.object)
        elif isinstance(path, alg.Inverse):
            yield from self._singles(alg.TriplePattern(pattern.object, path.path, pattern.subject))
        elif isinstance(path, alg.Chain):
            between = [f"?between__{next(self._numbers)}" for _ in path.parts[1:]]
            nodes = [pattern.subject, *between, pattern.object]
            for start, part, end in zip(nodes, path.parts, nodes[1:], strict=False):
                yield from self._singles(alg.TriplePattern(start, part, end))
        else:
            yield pattern

    def _path(self, path: alg.Path, start: frozenset[Term] | None, end: frozenset[Term] | None) -> None:
        match path:
            case alg.Step(iri):
                self._copy((start, self._place(iri, {}), end))
            case alg.Inverse(inner):
                self._path(inner, end, start)
            case alg.Choice(parts):
                for part in parts:
                    self._path(part, start, end)
            case alg.Chain(parts):
                last = len(parts) - 1
                for index, part in enumerate(parts):
                    self._path(part, None if index else start, end if index == last else None)
            case alg.Repeat(inner, sign):
                once = sign == "?"
                self._path(inner, start if once else None, end if once else None)
            case _:
                self._everything()

    def _place(self, text: str, limits: Known) -> frozenset[Term] | None:
        if text.startswith("?"):
            return limits.get(text)
        iri = self._reader.iri(text)
        return None if iri is None else frozenset((NamedNode(iri),))

    def _places(self, pattern: alg.TriplePattern, limits: Known) -> Places:
        predicate = pattern.predicate
        middle = self._place(predicate, limits) if isinstance(predicate, str) else None
        return self._place(pattern.subject, limits), middle, self._place(pattern.object, limits)

    def _size(self, pattern: alg.TriplePattern, limits: Known) -> int:
        subjects, predicates, objects = (written(place) for place in self._places(pattern, limits))
        if not isinstance(pattern.predicate, str):
            return _WHATEVER
        of_class = predicates is not None and any(each.value == _TYPE for each in predicates)
        sizes = [_WHATEVER if predicates is None else _FOR_A_PREDICATE * len(predicates)]
        if subjects is not None:
            sizes.append(_FOR_A_SUBJECT * len(subjects))
        if objects is not None:
            sizes.append((_FOR_A_CLASS if of_class else _FOR_AN_OBJECT) * len(objects))
        return min(sizes)

    def _matching(self, places: Places) -> Iterator[Quad]:
        """The quads of the copy that match, once they are in it."""
        if any(place is not None and not place for place in places):
            return
        self._copy(places)
        # what is no IRI, though it may have been found for the variable elsewhere, is no predicate
        iris = (None,) if places[1] is None else [each for each in places[1] if isinstance(each, NamedNode)]
        for predicate in iris:
            for quad in self.store.quads_for_pattern(None, predicate, None):
                if all(
                    place is None or term in place
                    for place, term in zip(places, (quad.subject, quad.predicate, quad.object), strict=True)
                ):
                    yield quad

    def _copy(self, places: Places) -> None:
        if any(place is not None and not place for place in places):
            return
        subjects, predicates, objects = (written(place) for place in places)
        if subjects is not None and objects is not None and min(len(subjects), len(objects)) > 1:
            # one of two lists is enough: the shorter
            subjects, objects = (subjects, None) if len(subjects) <= len(objects) else (None, objects)
        wanted: Places = (subjects, predicates, objects)
        if any(covers(done, wanted) for done in self._done):
            return
        values = {
            name: sorted(place, key=str)
            for name, place in zip(("subjects", "predicates", "objects"), wanted, strict=True)
            if place is not None
        }
        self.store.extend(self._fetch(values))  # type: ignore[arg-type]  # `_written` leaves IRIs alone
        self._done.append(wanted)

    def _values(self, tokens: Sequence[Token]) -> dict[str, frozenset[Term]]:
        """What ``VALUES ?x { ... }`` says, where its values are IRIs alone."""
        name, opening, *values, _ = tokens[1:]
        if name.kind != "var" or opening.text != "{":
            return {}
        return self._all_iris(name, values)

    def _tested(self, group: alg.Group) -> Iterator[tuple[str, frozenset[Term]]]:
        """What ``FILTER(?x IN (...))`` and ``FILTER(?x = ...)`` say, where the values are IRIs alone."""
        for element in group.elements:
            if not isinstance(element, alg.Filter):
                continue
            match [token for token in element.tokens[1:] if token.text != ","]:
                case [opening, name, sign, *values, closing] if (opening.text, name.kind, closing.text) == (
                    "(",
                    "var",
                    ")",
                ) and (sign.text == "=" or sign.upper == "IN"):
                    inside = values[1:-1] if sign.upper == "IN" else values
                    yield from self._all_iris(name, inside).items()

    def _all_iris(self, name: Token, values: Sequence[Token]) -> dict[str, frozenset[Term]]:
        iris = [self._reader.iri(token.text) if token.kind in ("iri", "pname") else None for token in values]
        if not iris or None in iris:
            return {}
        return {alg.variable(name.text): frozenset(NamedNode(iri) for iri in iris if iri is not None)}


def _ends(pattern: alg.TriplePattern) -> set[str]:
    return {name for name in (pattern.subject, pattern.object) if name.startswith("?")}


def _has_triples(group: alg.Group) -> bool:
    return any(isinstance(element, alg.Triples) for element in group.elements)
