"""Which solutions of a CONSTRUCT query made a triple."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode

from unpact.query import algebra as alg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.graph.interface import Term
    from unpact.why.found import Behind, Found
    from unpact.why.parts import Explanation
    from unpact.why.triples import Fact
    from unpact.why.walk import Walk

    #: The opened pattern and its solutions; None and none where the template cannot give the triple.
    Making: TypeAlias = tuple[Behind | None, list[Found]]


def makings(walk: Walk[Explanation], query: alg.Query, triples: Sequence[Fact]) -> list[Making]:
    """The solutions that made each of `triples`, each solution once.

    Every pattern of the template is held against every triple, and the query asked once for all that agree
    with the same pattern.
    """
    template = list(template_of(query))
    walk.asking.read(term for pattern in template for term in _terms(pattern))
    made: list[dict[tuple[Term | None, ...], Found]] = [{} for _ in triples]
    behind: list[Behind | None] = [None for _ in triples]
    for pattern in template:
        names = tuple(dict.fromkeys(name for name in pattern.variables() if not name.startswith(alg.BLANK)))
        fitting: dict[tuple[Term, ...], list[int]] = defaultdict(list)
        for at, triple in enumerate(triples):
            values = _unified(walk, pattern, triple)
            if values is not None:
                fitting[tuple(values[name] for name in names)].append(at)
        if not fitting:
            continue
        # the variables of the pattern are the columns
        asked = replace(query, form="SELECT", columns=tuple(alg.Column(name, None) for name in names))
        found = walk.behind(asked, names, list(fitting))
        for each, places in zip(found, fitting.values(), strict=True):
            for _, solutions in each.groups:
                for solution in solutions:
                    shown = tuple(solution.values.get(name) for name in each.opened.shown)
                    for at in places:
                        behind[at] = each
                        made[at].setdefault(shown, solution)
    return [(each, list(solutions.values())) for each, solutions in zip(behind, made, strict=True)]


def template_of(query: alg.Query) -> Iterator[alg.TriplePattern]:
    """The patterns that a CONSTRUCT query fills in."""
    if query.template is not None:
        yield from query.template.patterns
        return
    # CONSTRUCT WHERE: the pattern is its own template
    for element in query.where.elements:
        if isinstance(element, alg.Triples):
            yield from element.patterns


def _terms(pattern: alg.TriplePattern) -> Iterator[str]:
    for text in (pattern.subject, pattern.predicate, pattern.object):
        if isinstance(text, str) and not text.startswith("?"):
            yield text


def _unified(walk: Walk[Explanation], pattern: alg.TriplePattern, triple: Fact) -> dict[str, Term] | None:
    """The values of the template's variables that give the triple; None where there are none."""
    values: dict[str, Term] = {}
    for text, term in zip((pattern.subject, pattern.predicate, pattern.object), triple, strict=True):
        if not isinstance(text, str):
            return None
        if text.startswith(alg.BLANK):
            if not isinstance(term, BlankNode):
                return None
        elif text.startswith("?"):
            if values.setdefault(text, term) != term:
                return None
        elif walk.asking.terms[text] != term:
            return None
    return values
