"""What a CONSTRUCT query makes of a graph, all of it, each triple with the triples behind it.

One query gives every solution, each of which fills in the whole template: for many triples that is far
quicker than to ask for each of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from unpact.query.parse import parse_query
from unpact.why.asking import Asking, constants
from unpact.why.constructed import template_of
from unpact.why.opening import open_query
from unpact.why.supporting import Supporting
from unpact.why.walk import Behind, Found

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
    made: defaultdict[Fact, list[Behind]] = defaultdict(list)
    solutions = asking.select("*", opened.body)
    names = [f"?{name}" for name in solutions.variables]
    for solution in solutions:
        values = dict(zip(names, solution, strict=True))
        behind = Behind(query, (), opened, (), (((), (Found(values, 1),)),))
        for pattern in template:
            predicate = pattern.predicate if isinstance(pattern.predicate, str) else ""
            start, used, end = (
                asking.term(part, values) for part in (pattern.subject, predicate, pattern.object)
            )
            if start is not None and used is not None and end is not None:
                ways = made[start, used, end]
                if len(ways) < _WAYS:
                    ways.append(behind)
    kept = {id(each): each for ways in made.values() for each in ways}
    lookups = walk.look_up(kept.values())
    facts = {key: walk.result((), each, lookups) for key, each in kept.items()}
    return {fact: [facts[id(each)] for each in ways] for fact, ways in made.items()}
