"""Patterns and expressions as SPARQL text again, with values in place of variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.errors import UsageError
from unpact.names import PREFIXES, XSD
from unpact.query import algebra as alg
from unpact.query.scope import groups_in, values_names, visible
from unpact.query.terms import to_sparql
from unpact.query.tokens import declared_prefixes
from unpact.why.scope import narrowable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unpact.graph.interface import Term
    from unpact.query.tokens import Token

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_BARE = {
    XSD + "integer": re.compile(r"[0-9]+"),
    XSD + "decimal": re.compile(r"[0-9]+\.[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
# around these a value needs no space
_OPEN = "([{ \t\r\n"
_CLOSE = ")]},; \t\r\n"


class Wording:
    """Writes terms with the prefixes of one query.

    Args:
        prologue: its PREFIX lines; the prefixes of `unpact.names` need none.
    """

    def __init__(self, prologue: Sequence[Token] = ()) -> None:
        self._prefixes = {**PREFIXES, **declared_prefixes(list(prologue))}
        self._terms: dict[Term, str] = {}

    def term(self, term: Term) -> str:
        """A term as SPARQL, in the shortest form that reads back as the same term; ``_:name`` for a blank
        node.
        """
        if term not in self._terms:
            self._terms[term] = self._written(term)
        return self._terms[term]

    def fill(self, values: Mapping[str, Term | None], names: Iterable[str]) -> dict[str, str]:
        """What to write in place of those of `names` that have a value."""
        return {name: self.term(value) for name in names if (value := values.get(name)) is not None}

    def _written(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return self._iri(term)
        if isinstance(term, Literal):
            bare = _BARE.get(term.datatype.value)
            if bare is not None and bare.fullmatch(term.value):
                return term.value
        try:
            text = to_sparql(term)
        except UsageError:
            return str(term)
        if isinstance(term, Literal) and text.endswith(f"^^{to_sparql(term.datatype)}"):
            return text.removesuffix(to_sparql(term.datatype)) + self._iri(term.datatype)
        return text

    def _iri(self, node: NamedNode) -> str:
        best, found = "", f"<{node.value}>"
        for prefix, namespace in self._prefixes.items():
            local = node.value[len(namespace) :]
            if len(namespace) > len(best) and node.value.startswith(namespace) and _LOCAL.fullmatch(local):
                best, found = namespace, f"{prefix}:{local}"
        return found


def group_text(group: alg.Group, fill: Mapping[str, str] | None = None) -> str:
    """The inside of a group as SPARQL.

    Args:
        group: what to write.
        fill: what to write in place of which ``?variable``. Where the language wants a variable, as behind
            AS, the variable stays, and a VALUES in front gives its value.
    """
    fill = fill or {}
    kept = set(_wanted(group)) & fill.keys()
    inside = _elements(group, {name: text for name, text in fill.items() if name not in kept})
    bound = sorted(_bound_in_own(group) & kept)
    given = " ".join(f"VALUES {name} {{ {fill[name]} }}" for name in sorted(kept) if name not in bound)
    if bound:
        # what BIND assigns may not be bound in front of it
        tests = " && ".join(f"SAMETERM({name}, {fill[name]})" for name in bound)
        inside = f"{inside} FILTER({tests})"
    return f"{given} {inside}".strip()


def minus_text(group: alg.Group, fill: Mapping[str, str]) -> str:
    """The inside of a MINUS as SPARQL that matches what would take away a solution with these values.

    A variable that the group need not bind takes nothing away where it is unbound, and one at least has to be
    bound (SPARQL 1.1, section 18.5).
    """
    sure = narrowable(group) & fill.keys()
    text = group_text(group, {name: fill[name] for name in sure})
    unsure = sorted(fill.keys() - sure)
    conditions = [f"(!BOUND({name}) || SAMETERM({name}, {fill[name]}))" for name in unsure]
    if unsure and not sure:
        conditions.insert(0, f"({' || '.join(f'BOUND({name})' for name in unsure)})")
    return f"{text} FILTER({' && '.join(conditions)})" if conditions else text


def expression_text(tokens: Sequence[Token], fill: Mapping[str, str] | None = None) -> str:
    """An expression as it was written, with `fill` in place of its variables."""
    fill = fill or {}
    parts: list[str] = []
    end = tokens[0].start if tokens else 0
    grown = False
    for token in tokens:
        spaced = token.start > end
        text = token.text
        if token.kind == "var":
            name = alg.variable(text)
            text = fill.get(name, name)
        replaced = token.kind == "var" and name in fill
        last = parts[-1][-1] if parts else ""
        if spaced or (replaced and last and last not in _OPEN) or (grown and text[0] not in _CLOSE):
            parts.append(" ")
        parts.append(text)
        end, grown = token.end, replaced
    return "".join(parts)


def pattern_text(pattern: alg.TriplePattern, fill: Mapping[str, str] | None = None) -> str:
    """A triple pattern as SPARQL, without a dot behind it."""
    return pattern.renamed(fill or {}).text()


def _elements(group: alg.Group, fill: Mapping[str, str]) -> str:
    found = ""
    after_triples = False
    for element in group.elements:
        triples = isinstance(element, alg.Triples)
        text = _element(element, fill)
        if found:
            found += " . " if triples and after_triples else " "
        found += text
        after_triples = triples
    return found


def _element(element: alg.Element, fill: Mapping[str, str]) -> str:
    match element:
        case alg.Triples(patterns):
            return " . ".join(pattern_text(pattern, fill) for pattern in patterns)
        case alg.SubSelect(query):
            return f"{{ {alg.text_of(query.tokens)} }}"
        case alg.Values(tokens):
            return alg.text_of(tokens)
        case alg.Filter(tokens) | alg.Bind(tokens) | alg.Service(tokens):
            return expression_text(tokens, fill)
        case _:
            return _group_of(element, fill)


def _group_of(element: alg.Element, fill: Mapping[str, str]) -> str:
    match element:
        case alg.Nested(keyword, inner):
            head = " ".join(fill.get(word, word) for word in keyword.split())
            return f"{head} {{ {_elements(inner, fill)} }}".strip()
        case alg.Union(branches):
            return " UNION ".join(f"{{ {_elements(branch, fill)} }}" for branch in branches)
        case alg.Exists(inner):
            return f"FILTER EXISTS {{ {_elements(inner, fill)} }}"
        case alg.Minus(_, inner):
            # what is written outside a MINUS is not seen inside it
            return f"MINUS {{ {_elements(inner, {})} }}"
        case _:
            raise AssertionError(element)


def _wanted(group: alg.Group) -> Iterator[str]:
    """The variables that a value cannot take the place of."""
    for element in group.elements:
        for inner in groups_in(element):
            yield from _wanted(inner)
        match element:
            case alg.SubSelect(query):
                yield from (alg.variable(token.text) for token in query.tokens if token.kind == "var")
            case alg.Minus(_, inner):
                # it takes away by the variables that it shares
                yield from visible(inner)
            case alg.Values(tokens):
                yield from values_names(tokens)
            case alg.Bind(tokens, column):
                yield column.variable
                yield from _tested(tokens)
            case alg.Filter(tokens):
                yield from _tested(tokens)


def _tested(tokens: Sequence[Token]) -> Iterator[str]:
    """What stands in BOUND(...), which takes nothing but a variable."""
    for word, _, token in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.upper == "BOUND" and token.kind == "var":
            yield alg.variable(token.text)


def _bound_in_own(group: alg.Group) -> set[str]:
    return {element.column.variable for element in group.elements if isinstance(element, alg.Bind)}
