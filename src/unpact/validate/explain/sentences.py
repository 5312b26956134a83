"""What has to be true for a check to find nothing, in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from unpact.shacl.shapes import sh
from unpact.validate.explain.naming import with_article
from unpact.validate.explain.phrases import Every, both, in_english
from unpact.validate.explain.sites import asks_something, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.validate.explain.constraints import Constraints
    from unpact.validate.explain.sites import Site
    from unpact.validate.shapes import Shapes


def sentences(shapes: Shapes, constraints: Constraints, sites: Sequence[Site]) -> list[str]:
    """The sentences of the sites of one check, each once."""
    return list(dict.fromkeys(each for site in sites for each in _of_site(shapes, constraints, site)))


def queries(shapes: Shapes, sites: Sequence[Site]) -> list[str]:
    """The texts of the SPARQL constraints of a check, without the indentation of the file."""
    import textwrap

    graph = shapes.graph
    found = []
    for site in sites:
        for constraint in graph.values(site.shape, "sparql"):
            text = graph.triples.object(constraint, sh("select"))
            if isinstance(text, Literal) and not graph.is_deactivated(constraint):
                found.append(textwrap.dedent(text.value).strip())
    return list(dict.fromkeys(found))


def _of_site(shapes: Shapes, constraints: Constraints, site: Site) -> Iterator[str]:
    graph, shape = shapes.graph, site.shape
    around = _around(constraints, site)
    if not asks_something(graph, shape):
        parts = parts_of(shapes, shape)
        yield f"Each {around} is looked at by {_counted(len(parts))}: {both(parts)}."
        return
    if shape.path is None:
        for each in constraints.of_values(shape):
            yield f"Each {around} {in_english(each)}."
    else:
        yield from _of_path(constraints, site, around)
    if graph.values(shape, "sparql"):
        yield f"No row comes back from the query of this check for any {around}."


def _of_path(constraints: Constraints, site: Site, around: str) -> Iterator[str]:
    shape = site.shape
    of_focus, of_values = constraints.of_focus(shape), constraints.of_values(shape)
    if of_focus:
        yield f"Each {around} {in_english(Every(tuple(of_focus)))}."
    if of_values:
        each = constraints.noun(shape).each
        # where the first sentence names the things, the second need not
        whose = "" if of_focus else _whose(each, around)
        yield f"Each {each}{whose} {in_english(Every(tuple(of_values)))}."


def _around(constraints: Constraints, site: Site) -> str:
    """The nodes that the shape at a site looks at, behind `each`."""
    found = constraints.naming.targets(site.root.targets)
    for outer in site.chain[:-1]:
        each = constraints.noun(outer).each
        found = f"{each}{_whose(each, found)}"
    return found


def _whose(each: str, around: str) -> str:
    if " has it for " in each:
        return f", where it is {with_article(around)},"
    return f" of {with_article(around)}"


def _counted(number: int) -> str:
    return "one check" if number == 1 else f"{number} checks"
