"""What rules of the corpus say where a triple does not hold: another value, or why they say nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import RDF
from unpact.query import algebra as alg
from unpact.query.parse import parse_query
from unpact.query.terms import to_sparql
from unpact.why.constructed import template_of
from unpact.why.readings import heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Triple

    from unpact.graph.interface import Graph, Term


_TYPE = NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A rule that gives the property of a triple to something, and not this triple.

    Args:
        rule: its path.
        reading: the rule in plain words.
        values: what it gives to the subject instead.
        failed: where it gives the subject nothing, the part of its pattern that goes with nothing; empty
            where that cannot be told.
    """

    rule: str
    reading: str
    values: tuple[Term, ...]
    failed: str = ""


def otherwise(graph: Graph, rules: Mapping[str, str], triple: Triple) -> Iterator[Otherwise]:
    """The rules that could have said something about the subject of a triple.

    Args:
        graph: the view.
        rules: the texts of the rules, by their paths.
        triple: what does not hold.
    """
    for path, text in rules.items():
        made = [
            each
            for each in graph.construct(text)
            if each.predicate == triple.predicate
            and (each.predicate != _TYPE or each.object == triple.object)
        ]
        if not made:
            continue
        values = {each.object for each in made if each.subject == triple.subject}
        failed = "" if values else _failed(graph, text, triple)
        yield Otherwise(path, heading(text), tuple(sorted(values, key=str)), failed)


def _failed(graph: Graph, text: str, triple: Triple) -> str:
    """The part of the pattern of a rule that no solution for the subject goes with."""
    from unpact.why.matching import explain_rows

    query = parse_query(text)
    if not isinstance(triple.subject, NamedNode):
        return ""
    for pattern in template_of(query):
        if pattern.subject.startswith("?") and pattern.subject not in set(_computed(query.where)):
            asked = _asked(query, pattern.subject, triple.subject)
            (found,) = explain_rows(graph, asked, ("answer",), [(None,)])
            if found.failure is not None:
                return found.failure.failed
    return ""


def _asked(query: alg.Query, variable: str, subject: NamedNode) -> str:
    """Whether the pattern of a rule matches with the subject in place of a variable."""
    where = query.tokens[_begin(query) :]
    body = alg.text_of(where)
    prologue = alg.text_of(query.prologue)
    return f"{prologue} ASK {{ VALUES {variable} {{ {to_sparql(subject)} }} {body.strip().removeprefix('{')}"


def _begin(query: alg.Query) -> int:
    """Where the pattern begins: behind WHERE, or at the second group, the first being the template."""
    for place, token in enumerate(query.tokens):
        if token.upper == "WHERE":
            return place + 1
    raise AssertionError("a rule has a WHERE clause")


def _computed(group: alg.Group) -> Iterator[str]:
    """The variables that BIND gives a value to at the top of a pattern."""
    for element in group.elements:
        if isinstance(element, alg.Bind):
            yield element.column.variable
