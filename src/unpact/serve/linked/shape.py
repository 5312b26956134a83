"""The page of a shape: what has to be true, how bad it is where it is not, and how to mend it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from typing import Any

    from unpact.serve.exchange import Asked
    from unpact.serve.linked.subject import Subject
    from unpact.serve.site import Site
    from unpact.validate.explain.run import Explainer
    from unpact.validate.shapes import Shapes


def page_of_shape(site: Site, _asked: Asked, subject: Subject) -> dict[str, Any]:
    """What the template `shape.html` needs."""
    node, shapes = subject.node, site.shapes
    identifier = shapes.check(node)
    explainer = _explainer(shapes, site.settings.source.cache)
    told = explainer.explain(identifier) if identifier in explainer.checks else None
    triples = shapes.graph.triples
    classes = [each for each in triples.objects(node, sh("targetClass")) if isinstance(each, NamedNode)]
    paths = [each for each in triples.objects(node, sh("path")) if isinstance(each, NamedNode)]
    parts = [each for each in triples.objects(node, sh("property")) if isinstance(each, NamedNode)]
    around = [each for each in triples.subjects(sh("property"), node) if isinstance(each, NamedNode)]
    site.name_all([*classes, *paths])
    return {
        "title": told.check.title if told else identifier,
        "thing": node,
        "identifier": identifier,
        "told": told,
        "classes": classes,
        "paths": paths,
        "parts": [(each, _title(explainer, shapes, each)) for each in parts],
        "around": [(each, _title(explainer, shapes, each)) for each in around],
    }


def _title(explainer: Explainer, shapes: Shapes, node: NamedNode) -> str:
    check = explainer.checks.get(shapes.check(node))
    return check.title if check else node.value


@lru_cache(maxsize=1)
def _explainer(shapes: Shapes, cache: bool) -> Explainer:  # noqa: FBT001 - a key of the cache, not an option
    """What explains the checks; the example that goes with each is looked for in the bundled data."""
    from unpact.validate.explain.run import Explainer

    return Explainer(shapes, cache=cache)
