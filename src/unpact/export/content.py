"""The triples of an export: those of a selection, with blank nodes named alike in every run."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    Store,
    Triple,
)

from unpact.export.selection import graphs_called, layer_of
from unpact.names import OWL
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from unpact.graph.interface import Graph, Solutions
    from unpact.query.terms import Term

_HERE = Path(__file__).parent
_ANNOTATED = tuple(NamedNode(OWL + f"annotated{part}") for part in ("Source", "Property", "Target"))


class Content:
    """What an export holds.

    Args:
        store: where the quads are; it is read anew for each format, and never copied.
        layers: as `layer_of` gives them; quads of other layers are left out.
        extra: quads that no store has, such as those of the shapes.
        graphs: names of graphs, as for `graphs_called`; none for all.
        things: subjects; None for all. What is said of a blank node comes along with what leads to it, and
            an OWL axiom with the triple that it annotates.

    Raises:
        UnknownNameError: for a name that no graph has.
    """

    def __init__(
        self,
        store: Store,
        layers: Collection[str],
        *,
        extra: Sequence[Quad] = (),
        graphs: Sequence[str] = (),
        things: Collection[NamedNode] | None = None,
    ) -> None:
        self._store = store
        self._extra = extra
        self.things = things
        known = {graph.value: graph for graph in store.named_graphs() if isinstance(graph, NamedNode)}
        known.update(
            (quad.graph_name.value, quad.graph_name)
            for quad in extra
            if isinstance(quad.graph_name, NamedNode)
        )
        chosen = {name for name in known if layer_of(name) in layers}
        if graphs:
            chosen &= graphs_called(graphs, sorted(known))
        self._graphs = tuple(known[name] for name in sorted(chosen))
        # a store of the user's own may have triples outside of every named graph
        self._with_default = "user" in layers and not graphs

    def quads(self) -> Iterator[Quad]:
        """Each quad once, in no order; blank nodes are labelled after RDF Dataset Canonicalization 1.0.

        Only the quads with blank nodes are held in memory. For those that are made to look alike the
        algorithm needs exponential time.
        """
        blank: list[Quad] = []
        for quad in self._selected():
            if _has_blank(quad.subject) or _has_blank(quad.object) or isinstance(quad.graph_name, BlankNode):
                blank.append(quad)
            else:
                yield quad
        yield from _canonical(blank)

    def triples(self) -> Iterator[Triple]:
        """Each triple as often as it has graphs; otherwise as `quads`."""
        blank: list[Quad] = []
        for quad in self._selected():
            if _has_blank(quad.subject) or _has_blank(quad.object):
                blank.append(Quad(*quad.triple))
            else:
                yield quad.triple
        yield from (quad.triple for quad in _canonical(blank))

    def by_graph(self) -> dict[NamedNode | BlankNode | None, list[Triple]]:
        """The triples of each graph, that without a name first and the others sorted by name."""
        found: dict[NamedNode | BlankNode | None, list[Triple]] = {}
        for quad in self.quads():
            name = None if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
            found.setdefault(name, []).append(quad.triple)
        return dict(sorted(found.items(), key=lambda item: "" if item[0] is None else str(item[0])))

    def is_empty(self) -> bool:
        """Whether there is nothing to export."""
        return next(self._selected(), None) is None

    def _selected(self) -> Iterator[Quad]:
        return self._all() if self.things is None else iter(_about(self.things, self._all()))

    def _all(self) -> Iterator[Quad]:
        names: Iterable[NamedNode | DefaultGraph] = self._graphs
        if self._with_default:
            names = (DefaultGraph(), *names)
        held = chain.from_iterable(self._store.quads_for_pattern(None, None, None, name) for name in names)
        chosen = frozenset(self._graphs)
        return chain(held, (quad for quad in self._extra if quad.graph_name in chosen))


def store_of(graph: Graph) -> Store:
    """The engine's store behind a graph; where it is elsewhere, a copy of what it holds."""
    store = getattr(graph, "store", None)
    if isinstance(store, Store):
        return store
    copy = Store()
    copy.bulk_extend(
        Quad(subject, used, value, name if isinstance(name, NamedNode) else DefaultGraph())  # type: ignore[arg-type]
        for name, subject, used, value in select(graph, "quads")
    )
    return copy


def select(graph: Graph, name: str, **inputs: Sequence[Term]) -> Solutions:
    """The rows of ``<name>.rq`` beside this module, each ``$input`` in it replaced by its terms."""
    return graph.select(fill((_HERE / f"{name}.rq").read_text(encoding="utf-8"), inputs))


def _canonical(quads: Sequence[Quad]) -> Iterable[Quad]:
    if not quads:
        return ()
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _about(things: Collection[NamedNode], quads: Iterable[Quad]) -> Iterator[Quad]:
    """The quads about some things, with those of the blank nodes that belong to them."""
    told: set[tuple[object, object, object]] = set()
    waiting: dict[BlankNode, list[Quad]] = {}
    reached: list[BlankNode] = []
    for quad in quads:
        if isinstance(quad.subject, BlankNode):
            waiting.setdefault(quad.subject, []).append(quad)
        elif quad.subject in things:
            told.add((quad.subject, quad.predicate, quad.object))
            if isinstance(quad.object, BlankNode):
                reached.append(quad.object)
            yield quad
    for node, said in waiting.items():
        parts = {quad.predicate: quad.object for quad in said}
        if tuple(parts.get(part) for part in _ANNOTATED) in told:
            reached.append(node)
    for node in reached:
        for quad in waiting.pop(node, ()):
            if isinstance(quad.object, BlankNode):
                reached.append(quad.object)
            yield quad


def _has_blank(term: object) -> bool:
    if isinstance(term, Triple):
        return _has_blank(term.subject) or _has_blank(term.object)
    return isinstance(term, BlankNode)
