"""The page of a graph: the file that it was read from, what is in it, and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.describe.statistics import graph_sizes
from unpact.names import GRAPH, RDF
from unpact.serve.linked.patterns import select
from unpact.serve.linked.subject import triples_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from unpact.serve.exchange import Asked
    from unpact.serve.linked.subject import Subject
    from unpact.serve.site import Site

# longer lists say how many more there are; the RDF of the page has all
_MOST = 300


class Kin(NamedTuple):
    """The things of one class in a graph.

    Args:
        kind: the class; None for what has none in this graph.
        size: how many there are.
        things: the first of them by their names.
    """

    kind: NamedNode | None
    size: int
    things: tuple[NamedNode, ...]


def page_of_file(site: Site, _asked: Asked, subject: Subject) -> dict[str, Any]:
    """What the template `file.html` needs."""
    node = subject.node
    if subject.file is None:
        size = graph_sizes(site.graph).get(node.value, 0)
        pairs = list(select(site.graph, "members", file=[node]))
    else:
        triples = list(triples_of(site, subject))
        size = len(triples)
        classes = {each.subject: each.object for each in triples if each.predicate.value == RDF + "type"}
        pairs = [(each.subject, classes.get(each.subject)) for each in triples]
    by_kind: dict[NamedNode | None, set[NamedNode]] = {}
    for thing, kind in pairs:
        if isinstance(thing, NamedNode):
            by_kind.setdefault(kind if isinstance(kind, NamedNode) else None, set()).add(thing)
    return {
        "title": node.value.removeprefix(GRAPH),
        "thing": node,
        "size": size,
        "count": len(set().union(*by_kind.values())),
        "kinds": _kinds(site, by_kind.items()),
    }


def _kinds(site: Site, by_kind: Iterable[tuple[NamedNode | None, set[NamedNode]]]) -> tuple[Kin, ...]:
    found = [Kin(kind, len(things), tuple(sorted(things, key=str)[:_MOST])) for kind, things in by_kind]
    site.labels.load(each for kin in found for each in (*kin.things, *((kin.kind,) if kin.kind else ())))
    found = [kin._replace(things=tuple(sorted(kin.things, key=site.labels))) for kin in found]
    return tuple(sorted(found, key=lambda kin: (kin.kind is None, site.labels(kin.kind) if kin.kind else "")))
