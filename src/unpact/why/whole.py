"""What a CONSTRUCT query makes of a graph, all of it, each triple with the triples behind it.

One query gives every solution, each of which fills in the whole template: for many triples that is far
quicker than to ask for each of them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from unpact.query.parse import parse_query
from unpact.why.asking import Asking, constants
from unpact.why.constructed import template_of
from unpact.why.found import Behind, Found
from unpact.why.opening import open_query
from unpact.why.supporting import Supporting
from unpact.why.telling import sorted_solutions

if TYPE_CHECKING:
    from unpact.graph.interface import Graph
    from unpact.why.parts import Fact

#: one way to a triple: the triples behind it
Way = tuple["Fact", ...]
_WAYS = 3


def ways_of_constructed(graph: Graph, text: str) -> dict[Fact, list[Way]]:
    """Each triple that a CONSTRUCT query makes, with the triples behind the first few of its solutions.

    Args:
        graph: what the query is asked of.
        text: the query; its template has no blank nodes.

    Raises:
        ShapeError: for a query that cannot be taken apart.
    """
    query = parse_query(text)
    walk = Supporting(Asking(graph, query), every=True)
    opened = open_query(query, None)
    template = list(template_of(query))
    asking = walk.asking
    asking.read(constants(opened.nodes))
    asking.read(
        part
        for pattern in template
        for part in (pattern.subject, pattern.predicate, pattern.object)
        if isinstance(part, str)
    )
    made: defaultdict[Fact, list[Found]] = defaultdict(list)
    solutions = asking.select("*", opened.body)
    names = [f"?{name}" for name in solutions.variables]
    for solution in solutions:
        found = Found(dict(zip(names, solution, strict=True)), 1)
        for pattern in template:
            predicate = pattern.predicate if isinstance(pattern.predicate, str) else ""
            start, used, end = (
                asking.term(part, found.values) for part in (pattern.subject, predicate, pattern.object)
            )
            if start is not None and used is not None and end is not None:
                made[start, used, end].append(found)
    behind = Behind(query, (), opened, (), ())
    # sorted, so that every run gives the same ways
    kept = {fact: sorted_solutions(behind, ways)[:_WAYS] for fact, ways in made.items()}
    some = {id(each): replace(behind, groups=(((), (each,)),)) for ways in kept.values() for each in ways}
    lookups = walk.look_up(some.values())
    facts = {key: walk.result((), each, lookups) for key, each in some.items()}
    return {fact: [facts[id(each)] for each in ways] for fact, ways in kept.items()}
