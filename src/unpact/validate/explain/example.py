"""An example of a check: a thing of the data as it is, and with one mistake that the check finds."""

from __future__ import annotations

from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, NamedNode, Triple

from unpact.names import ID, PREFIXES, SOURCE
from unpact.render.turtle import write_ttl
from unpact.shacl.scope import NotCompilable
from unpact.validate.explain.changes import Changes
from unpact.validate.explain.facts import TYPE
from unpact.validate.explain.nested import classes_in
from unpact.validate.explain.sites import asks_something
from unpact.validate.explain.walking import links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unpact.shacl.shapes import Shape
    from unpact.shacl.triples import Term
    from unpact.validate.explain.sites import Site
    from unpact.validate.explain.trial import Change, Trial
    from unpact.validate.shapes import Shapes

_MOST_NODES = 12
_MOST_CHANGES = 120
_NOTE = BlankNode("note")


class Example(NamedTuple):
    """A pair of texts.

    Args:
        fails: what the check finds something in.
        mended: the same put right.
        syntax: of both, `turtle` or `sparql`.
    """

    fails: str
    mended: str
    syntax: str = "turtle"


def example_of(shapes: Shapes, trial: Trial, sites: Sequence[Site], check: str) -> Example | None:
    """The first mistake that this check alone finds, or else the first that it finds among others.

    Raises:
        NotCompilable: when the shapes cannot be asked in a query.
    """
    second: Example | None = None
    for site in sites:
        if not asks_something(shapes.graph, site.shape):
            continue
        changes = Changes(shapes.graph, trial.facts)
        for focus in islice(_focus_nodes(shapes, trial, changes, site), _MOST_NODES):
            for change in islice(changes.of(site.shape, focus), _MOST_CHANGES):
                found = trial.new_checks(site.root, change)
                if found == {check}:
                    return _written(shapes, trial, changes, site.shape, focus, change)
                if check in found and second is None:
                    second = _written(shapes, trial, changes, site.shape, focus, change)
    return second


def _focus_nodes(shapes: Shapes, trial: Trial, changes: Changes, site: Site) -> Iterator[Term]:
    """The nodes that conform: those with a value first, then those with the fewest triples."""
    failing = trial.failing(site.root)
    roots = trial.focus_nodes(site.root) - failing
    nodes = roots
    for outer in site.chain[:-1]:
        if outer.path is None:
            raise NotCompilable("a property shape without a path")
        path = outer.path.node
        nodes = {
            link.value for node in nodes for link in links(shapes.graph.triples, path, trial.store, node)
        }

    mentioned = changes.mentioned(site.shape)

    def order(node: Term) -> tuple[bool, int, bool, int, list[str]]:
        own = trial.facts.about(node)
        # a node without a name has another one in each run
        text = (
            [f"{each.predicate} {each.object}" for each in own]
            if isinstance(node, BlankNode)
            else [str(node)]
        )
        told = len({each.predicate for each in own} & mentioned)
        return not changes.links(site.shape, node), -told, not trial.facts.label(node), len(own), text

    yield from sorted(nodes, key=order)


def _written(
    shapes: Shapes, trial: Trial, changes: Changes, shape: Shape, focus: Term, change: Change
) -> Example:
    facts = trial.facts
    mentioned = changes.mentioned(shape)
    present = changes.links(shape, focus)
    kept = [
        *facts.types(focus),
        *facts.label(focus),
        *(each for link in present for each in (*link.step.before, link.triple)),
        *(each for each in facts.about(focus) if each.predicate in mentioned and each.predicate != TYPE),
        *change.removed,
    ]
    of_classes = bool(classes_in(shapes.graph, shape))
    values = [link.value for link in present] if of_classes else []
    mended = [*kept, *_kinds(trial, values), *_kinds(trial, _subjects(change.removed, focus))]
    replaced = set(change.removed)
    failing = [each for each in mended if each not in replaced]
    failing += [*change.added, *_kinds(trial, _subjects(change.added, focus))]
    if of_classes:
        failing += _kinds(trial, [each.object for each in change.added if each.predicate != TYPE])
        gone = set(values) - _terms(failing, but=TYPE)
        failing = [each for each in failing if each.subject not in gone]
    return Example(*(_turtle(each, focus) for each in (failing, mended)))


def _subjects(triples: Iterable[Triple], focus: Term) -> list[Term]:
    return [each.subject for each in triples if each.subject != focus]


def _terms(triples: Iterable[Triple], *, but: NamedNode) -> set[Term]:
    return {term for each in triples if each.predicate != but for term in (each.object,)} | {
        each.subject for each in triples if each.predicate != but
    }


def _kinds(trial: Trial, nodes: Iterable[Term]) -> list[Triple]:
    """What described things are."""
    named = [
        each
        for each in dict.fromkeys(nodes)
        if isinstance(each, NamedNode) and each.value.startswith((ID, SOURCE))
    ]
    return [triple for each in named for triple in trial.facts.types(each)]


def _turtle(triples: Iterable[Triple], focus: Term) -> str:
    stream = StringIO()
    write_ttl((_renamed(each, focus) for each in triples), stream, PREFIXES)
    return stream.getvalue()


def _renamed(triple: Triple, focus: Term) -> Triple:
    """A node without a name under one that is the same in each run."""
    if not isinstance(focus, BlankNode) or triple.subject != focus:
        return triple
    return Triple(_NOTE, triple.predicate, triple.object)
