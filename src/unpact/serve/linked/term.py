"""The pages of a class and of a property."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.describe.facts import outgoing
from unpact.names import OWL, RDF, RDFS, SKOS, compact
from unpact.serve.linked.hierarchy import Hierarchy, terms_of
from unpact.serve.linked.patterns import INFERRED, number, select, things
from unpact.serve.linked.shape import entries
from unpact.serve.linked.values import plain, plain_parts
from unpact.serve.paging import page_of
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any

    from unpact.query.stored import StoredQuery
    from unpact.serve.exchange import Asked
    from unpact.serve.linked.shape import Entry
    from unpact.serve.linked.subject import Subject
    from unpact.serve.linked.values import Value
    from unpact.serve.site import Site

# things of a class that one page lists
_INSTANCES = 200
_DEFINITIONS = frozenset({SKOS + "definition", RDFS + "comment"})
_OF_THE_FORM = frozenset({OWL + "FunctionalProperty", OWL + "TransitiveProperty", OWL + "SymmetricProperty"})
# what the page says in a place of its own
_SAID = _DEFINITIONS | {RDF + "type", OWL + "inverseOf"}
_SAID |= {RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range", "isDefinedBy", "label")}


class Use(NamedTuple):
    """A triple in which a property is used."""

    subject: NamedNode
    value: Value


class Ends(NamedTuple):
    """A property with what it leads from and to."""

    property: NamedNode
    domains: tuple[NamedNode, ...]
    ranges: tuple[NamedNode, ...]


def page_of_class(site: Site, asked: Asked, subject: Subject) -> dict[str, Any]:
    """What the template `class.html` needs.

    Raises:
        UsageError: for a page of its things that there is not.
    """
    node, graph = subject.node, site.graph
    hierarchy = hierarchy_of(site, "subclasses")
    page = page_of(things(graph, "instances", **{"class": [node]}), asked, _INSTANCES)
    properties = ends_of(site)
    wider = hierarchy.above(node)
    own = [each for each in properties if node in (*each.domains, *each.ranges)]
    inherited = [each for each in properties if wider & set(each.domains) and each not in own]
    tree = hierarchy.around(node)
    site.labels.load([*page.items, *terms_of(tree), *_in_ends([*own, *inherited])])
    return {
        **_common(site, node),
        "tree": tree,
        "page": page,
        "instances": sorted(page.items, key=site.labels),
        "domain_of": _in_order(site, (each for each in own if node in each.domains)),
        "range_of": _in_order(site, (each for each in own if node in each.ranges)),
        "inherited": _in_order(site, inherited),
        "shapes": _shapes_about(site, {node, *wider}),
    }


def page_of_property(site: Site, _asked: Asked, subject: Subject) -> dict[str, Any]:
    """What the template `property.html` needs."""
    node, graph = subject.node, site.graph
    (count,) = next(iter(select(graph, "use_count", property=[node], inferred=INFERRED)))
    rows = list(select(graph, "uses", property=[node], inferred=INFERRED))
    uses = [
        Use(used, plain(value)) for used, value in rows if isinstance(used, NamedNode) and value is not None
    ]
    inverses = things(graph, "inverses", property=[node])
    ends = next((each for each in ends_of(site) if each.property == node), Ends(node, (), ()))
    tree = hierarchy_of(site, "subproperties").around(node)
    named = (each for use in uses for each in (use.subject, use.value.thing) if each is not None)
    site.labels.load([*named, *inverses, *terms_of(tree), *_in_ends([ends])])
    types = [fact.value for fact in outgoing(graph, [node]) if fact.property.value == RDF + "type"]
    return {
        **_common(site, node),
        "tree": tree,
        "ends": ends,
        "inverses": inverses,
        "forms": [each for each in types if isinstance(each, NamedNode) and each.value in _OF_THE_FORM],
        "count": number(count),
        "uses": uses,
        "shapes": _shapes_on(site, node),
    }


def hierarchy_of(site: Site, name: str) -> Hierarchy:
    """What is stated in ``subclasses.rq`` or ``subproperties.rq``."""
    rows = select(site.graph, name, inferred=INFERRED)
    pairs = [(one, two) for one, two in rows if isinstance(one, NamedNode) and isinstance(two, NamedNode)]
    site.labels.load(term for pair in pairs for term in pair)
    return Hierarchy(pairs, site.labels)


def ends_of(site: Site) -> list[Ends]:
    """Every property that has a domain or a range."""
    found: dict[NamedNode, dict[str, set[NamedNode]]] = {}
    for used, end, kind in select(site.graph, "ends", inferred=INFERRED):
        if isinstance(used, NamedNode) and end is not None and isinstance(kind, NamedNode):
            found.setdefault(used, {}).setdefault(plain(end).text, set()).add(kind)
    return [
        Ends(used, *(tuple(sorted(said.get(end, ()), key=str)) for end in ("domain", "range")))
        for used, said in found.items()
    ]


def _common(site: Site, node: NamedNode) -> dict[str, Any]:
    facts = [fact for fact in outgoing(site.graph, [node]) if not fact.inferred]
    definitions = [plain(fact.value) for fact in facts if fact.property.value in _DEFINITIONS]
    others = [fact for fact in facts if fact.property.value not in _SAID]
    site.labels.load(
        each for fact in others for each in (fact.property, fact.value) if isinstance(each, NamedNode)
    )
    return {
        "thing": node,
        "definitions": definitions,
        "parts": plain_parts(others, site.labels),
        "queries": list(_using(site, node)),
    }


def _using(site: Site, node: NamedNode) -> Iterator[StoredQuery]:
    """The stored queries whose text has a term in it."""
    short = re.escape(compact(node.value))
    pattern = re.compile(rf"(?<![\w:.-]){short}(?![\w-])|<{re.escape(node.value)}>")
    return (query for query in site.questions if pattern.search(query.text))


def _shapes_about(site: Site, classes: Collection[NamedNode]) -> list[Entry]:
    """The shapes whose targets are of one of some classes."""
    triples = site.shapes.graph.triples
    return entries(
        site.shapes, {shape for each in classes for shape in triples.subjects(sh("targetClass"), each)}
    )


def _shapes_on(site: Site, node: NamedNode) -> list[Entry]:
    """The shapes that constrain the values of a property."""
    return entries(site.shapes, site.shapes.graph.triples.subjects(sh("path"), node))


def _in_ends(ends: Iterable[Ends]) -> Iterator[NamedNode]:
    for each in ends:
        yield from (each.property, *each.domains, *each.ranges)


def _in_order(site: Site, ends: Iterable[Ends]) -> list[Ends]:
    return sorted(ends, key=lambda each: (site.labels(each.property), each.property.value))
