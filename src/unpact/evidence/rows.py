"""The sentences behind each row of an answer (``--cite``).

The query is opened up (see `unpact.evidence.expand`), each solution names the triples it matched, and each
triple leads to its sentences. Types, labels and identifiers merely name a thing: they count only where a
row rests on nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.errors import UsageError
from unpact.evidence.expand import Expansion, expand
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.premises import Evidence, Premises
from unpact.names import RDF, RDFS, SKOS, UNP
from unpact.query import algebra as alg
from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.terms import to_sparql
from unpact.query.tokens import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unpact.graph.interface import Graph

Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[Term, Term, Term]

_NAMING = frozenset(
    (RDF + "type", RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", UNP + "acronym", UNP + "identifier")
)


def sentences_behind_rows(
    graph: Graph,
    text: str,
    variables: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    evidence: Evidence,
) -> list[tuple[NamedNode, ...]]:
    """For each of `rows`, the answer to the bound query `text`, the sentences (and other sources) it rests
    on, sorted.

    Empty where a row rests on no sentence, as with rows about the ontology itself. Raises UsageError for a
    query that cannot be taken apart (quoted triples).
    """
    premises = Premises(graph, evidence)
    try:
        form = parse_query(text).form
        if form in ("CONSTRUCT", "DESCRIBE"):
            return [premises.sentences([_fact(row)]) for row in rows]
        opened = expand(text)
    except ShapeError as error:
        line, column = place(text, error.offset)
        raise UsageError(
            f"the rows of this query cannot be cited: {error} (line {line}, column {column})"
        ) from None
    facts = _facts_of_rows(graph, opened, premises, variables, rows)
    return [_sentences(each, premises) for each in facts]


def facts_behind_rows(
    graph: Graph, text: str, variables: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> set[Fact]:
    """The triples behind any of `rows`, the answer to the bound query `text`.

    Raises ShapeError for a query that cannot be taken apart.
    """
    if parse_query(text).form in ("CONSTRUCT", "DESCRIBE"):
        return {_fact(row) for row in rows}
    premises = Premises(graph, EvidenceIndex(graph))
    return {
        fact for facts in _facts_of_rows(graph, expand(text), premises, variables, rows) for fact in facts
    }


def _facts_of_rows(
    graph: Graph,
    opened: Expansion,
    premises: Premises,
    variables: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
) -> Iterable[Iterable[Fact]]:
    columns = tuple(variables) if opened.columns is None else opened.columns
    behind = _Behind(graph, opened, premises).facts_by_key(columns)
    for row in rows:
        shown = dict(zip(variables, row, strict=True))
        yield behind.get(tuple(shown.get(column) for column in columns), {})


def _sentences(facts: Iterable[Fact], premises: Premises) -> tuple[NamedNode, ...]:
    known = list(facts)
    telling = [fact for fact in known if not _names(fact, premises)]
    return premises.sentences(telling) or premises.sentences(known)


def _names(fact: Fact, premises: Premises) -> bool:
    predicate = fact[1]
    return isinstance(predicate, NamedNode) and (
        predicate.value in _NAMING or predicate.value in premises.identifier_properties()
    )


def _fact(row: Sequence[Term | None]) -> Fact:
    subject, predicate, value = row
    if subject is None or predicate is None or value is None:
        raise UsageError("a row without subject, predicate and object is no triple")
    return subject, predicate, value


class _Behind:
    """Turns the solutions of the opened query into triples."""

    def __init__(self, graph: Graph, opened: Expansion, premises: Premises) -> None:
        self._graph = graph
        self._opened = opened
        self._premises = premises
        self._constants = self._read_constants()
        self._paths: dict[tuple[alg.Path, Term, Term], tuple[Fact, ...]] = {}

    def facts_by_key(self, columns: Sequence[str]) -> dict[tuple[Term | None, ...], dict[Fact, None]]:
        """For each combination of values of `columns`, the triples of all solutions that show it, in
        order.
        """
        solutions = self._graph.select(self._opened.text)
        names = [f"?{name}" for name in solutions.variables]
        found: dict[tuple[Term | None, ...], dict[Fact, None]] = {}
        for solution in solutions:
            values = dict(zip(names, solution, strict=True))
            facts = found.setdefault(tuple(values.get(f"?{column}") for column in columns), {})
            for fact in self._facts(values):
                facts[fact] = None
        return found

    def _facts(self, values: Mapping[str, Term | None]) -> Iterable[Fact]:
        for leaf in self._opened.leaves:
            pattern = leaf.pattern
            subject, value = self._term(pattern.subject, values), self._term(pattern.object, values)
            if subject is None or value is None:
                continue
            if not isinstance(pattern.predicate, str):
                yield from self._path_facts(pattern.predicate, subject, value)
                continue
            predicate = self._term(pattern.predicate, values)
            if predicate is not None and (leaf.certain or self._premises.holds((subject, predicate, value))):
                yield subject, predicate, value

    def _term(self, text: str, values: Mapping[str, Term | None]) -> Term | None:
        return values.get(text) if text.startswith("?") else self._constants[text]

    def _read_constants(self) -> dict[str, Term]:
        """The terms behind the constants of the patterns, read by the engine itself."""
        texts: dict[str, None] = {}
        for leaf in self._opened.leaves:
            pattern = leaf.pattern
            for part in (pattern.subject, pattern.predicate, pattern.object):
                steps = _steps(part) if not isinstance(part, str) else () if part.startswith("?") else (part,)
                texts.update(dict.fromkeys(steps))
        terms: dict[str, Term] = {}
        if "a" in texts:
            del texts["a"]
            terms["a"] = NamedNode(RDF + "type")
        if texts:
            binds = " ".join(f"BIND({text} AS ?constant{index})" for index, text in enumerate(texts))
            shown = " ".join(f"?constant{index}" for index in range(len(texts)))
            (row,) = self._graph.select(f"{self._opened.prologue} SELECT {shown} WHERE {{ {binds} }}")
            terms.update((text, term) for text, term in zip(texts, row, strict=True) if term is not None)
        return terms

    def _path_facts(self, path: alg.Path, subject: Term, value: Term) -> tuple[Fact, ...]:
        key = (path, subject, value)
        if key not in self._paths:
            self._paths[key] = ()  # a path that runs in a circle ends here
            self._paths[key] = tuple(dict.fromkeys(self._find(path, subject, value)))
        return self._paths[key]

    def _find(self, path: alg.Path, subject: Term, value: Term) -> Iterable[Fact]:
        """Every triple that lies on some way along `path` from `subject` to `value`."""
        match path:
            case alg.Step(iri):
                fact = (subject, self._constants[iri], value)
                if self._premises.holds(fact):
                    yield fact
            case alg.Inverse(inner):
                yield from self._path_facts(inner, value, subject)
            case alg.Choice(parts):
                for part in parts:
                    yield from self._path_facts(part, subject, value)
            case alg.Chain(parts):
                yield from self._chain_facts(parts, subject, value)
            case alg.Repeat(inner, sign):
                yield from self._repeated_facts(inner, sign, subject, value)
            case alg.Negated():
                for (predicate,) in self._way(subject, "?predicate", value, "?predicate"):
                    yield subject, predicate, value

    def _chain_facts(self, parts: tuple[alg.Path, ...], subject: Term, value: Term) -> Iterable[Fact]:
        first, *others = parts
        rest = alg.Chain(tuple(others)) if len(others) > 1 else others[0]
        way = f"({alg.path_text(first)}) ?middle . ?middle {alg.path_text(rest)}"
        for (middle,) in self._way(subject, way, value, "?middle"):
            yield from self._path_facts(first, subject, middle)
            yield from self._path_facts(rest, middle, value)

    def _repeated_facts(self, path: alg.Path, sign: str, subject: Term, value: Term) -> Iterable[Fact]:
        if sign == "?":
            yield from self._path_facts(path, subject, value)
            return
        step = alg.path_text(path)
        way = f"({step})* ?from . ?from ({step}) ?to . ?to ({step})*"
        for start, end in self._way(subject, way, value, "?from ?to"):
            yield from self._path_facts(path, start, end)

    def _way(self, subject: Term, way: str, value: Term, shown: str) -> list[tuple[Term, ...]]:
        try:
            pattern = f"{to_sparql(subject)} {way} {to_sparql(value)}"
        except UsageError:
            return []  # a blank node cannot be named in a query
        if isinstance(subject, Literal):
            return []
        rows = self._graph.select(f"{self._opened.prologue} SELECT DISTINCT {shown} WHERE {{ {pattern} }}")
        return [tuple(term for term in row if term is not None) for row in rows]


def _steps(path: alg.Path) -> Iterable[str]:
    match path:
        case alg.Step(iri):
            yield iri
        case alg.Inverse(inner) | alg.Repeat(inner, _):
            yield from _steps(inner)
        case alg.Chain(parts) | alg.Choice(parts):
            for part in parts:
                yield from _steps(part)
