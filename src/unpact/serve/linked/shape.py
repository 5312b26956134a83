"""The page of a shape: what has to be true, how bad it is where it is not, and how to mend it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from unpact.serve.exchange import Asked
    from unpact.serve.linked.subject import Subject
    from unpact.serve.site import Site
    from unpact.validate.explain.run import Explainer
    from unpact.validate.shapes import Shapes


class Entry(NamedTuple):
    """A shape in a list.

    Args:
        node: its IRI.
        title: what it is called.
        severity: of what it finds.
    """

    node: NamedNode
    title: str
    severity: str


def page_of_shape(site: Site, _asked: Asked, subject: Subject) -> dict[str, Any]:
    """What the template `shape.html` needs."""
    node, shapes = subject.node, site.shapes
    identifier = shapes.check(node)
    explainer = _explainer(shapes, site.settings.source.cache)
    told = explainer.explain(identifier) if identifier in explainer.checks else None
    triples = shapes.graph.triples
    classes = [each for each in triples.objects(node, sh("targetClass")) if isinstance(each, NamedNode)]
    paths = [each for each in triples.objects(node, sh("path")) if isinstance(each, NamedNode)]
    site.labels.load([*classes, *paths])
    return {
        "title": told.check.title if told else identifier,
        "thing": node,
        "identifier": identifier,
        "told": told,
        "classes": classes,
        "paths": paths,
        "parts": entries(shapes, triples.objects(node, sh("property"))),
        "around": entries(shapes, triples.subjects(sh("property"), node)),
    }


def entries(shapes: Shapes, nodes: Iterable[object]) -> list[Entry]:
    """The shapes among some nodes that have a name and find something, by their titles."""
    checks = {check.id: check for check in shapes.checks()}
    found = [
        Entry(node, check.title, check.severity.value)
        for node in nodes
        if isinstance(node, NamedNode) and (check := checks.get(shapes.check(node))) is not None
    ]
    return sorted(found, key=lambda entry: (entry.title, entry.node.value))


@lru_cache(maxsize=1)
def _explainer(shapes: Shapes, cache: bool) -> Explainer:  # noqa: FBT001 - a key of the cache, not an option
    """What explains the checks; the example that goes with each is looked for in the bundled data."""
    from unpact.validate.explain.run import Explainer

    return Explainer(shapes, cache=cache)
