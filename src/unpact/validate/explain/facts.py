"""The data that examples come from: types as one writes them, labels, and things of every kind."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import ID, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from unpact.shacl.triples import Term

TYPE, LABEL = NamedNode(RDF + "type"), NamedNode(RDFS + "label")
_SUBCLASS, _SUBPROPERTY = NamedNode(RDFS + "subClassOf"), NamedNode(RDFS + "subPropertyOf")
_DOMAIN, _RANGE = NamedNode(RDFS + "domain"), NamedNode(RDFS + "range")


class Facts:
    """The triples that shapes see.

    Args:
        store: the triples, in one graph; what is derived here is of its first state.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._above: dict[tuple[NamedNode, Term], frozenset[Term]] = {}

    def about(self, node: Term, used: NamedNode | None = None) -> list[Triple]:
        """The triples with a node for subject, in a stable order."""
        if isinstance(node, Literal | Triple):
            return []
        found = (quad.triple for quad in self.store.quads_for_pattern(node, used, None, None))
        return sorted(found, key=str)

    def types(self, node: Term) -> list[Triple]:
        """The types of a node that do not follow from one another."""
        triples = self.about(node, TYPE)
        implied = {cls for each in triples for cls in self.above(each.object)}
        return [each for each in triples if each.object not in implied]

    def label(self, node: Term) -> list[Triple]:
        """The English label of a node, if it has one."""
        english = [
            each
            for each in self.about(node, LABEL)
            if isinstance(each.object, Literal) and each.object.language in ("en", None)
        ]
        return english[:1]

    def above(self, cls: Term) -> frozenset[Term]:
        """The classes above a class."""
        return self._all_above(_SUBCLASS, cls)

    def implied(self, triple: Triple) -> Iterator[Triple]:
        """The types that follow from a triple: by the class, the domain or the range."""
        if triple.predicate == TYPE:
            for cls in self.above(triple.object):
                yield Triple(triple.subject, TYPE, cls)
            return
        for used in (triple.predicate, *self._all_above(_SUBPROPERTY, triple.predicate)):
            for of, node in ((_DOMAIN, triple.subject), (_RANGE, triple.object)):
                for found in self.about(used, of):
                    if isinstance(node, NamedNode | BlankNode):
                        for cls in (found.object, *self.above(found.object)):
                            yield Triple(node, TYPE, cls)

    def instances(self, cls: Term) -> list[NamedNode]:
        """The described things of a class, the best known first."""
        found = (quad.subject for quad in self.store.quads_for_pattern(None, TYPE, cls, None))
        things = (each for each in found if isinstance(each, NamedNode) and each.value.startswith(ID))
        return sorted(
            (each for each in things if self.label(each)), key=lambda each: (-self._known[each], str(each))
        )

    def values(self, used: NamedNode) -> list[Term]:
        """Some values of a property anywhere, in a stable order."""
        found = {quad.object for quad in self.store.quads_for_pattern(None, used, None, None)}
        return sorted(found, key=str)[:6]

    @cached_property
    def things(self) -> list[NamedNode]:
        """A described thing of each class, those of the most frequent classes first."""
        classes: Counter[Term] = Counter()
        for quad in self.store.quads_for_pattern(None, TYPE, None, None):
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(ID):
                classes[quad.object] += 1
        ordered = sorted(classes, key=lambda cls: (-classes[cls], str(cls)))
        return list(dict.fromkeys(each for cls in ordered for each in self.instances(cls)[:1]))

    @cached_property
    def properties(self) -> list[NamedNode]:
        """The properties of described things, the most frequent first."""
        used = Counter(
            quad.predicate
            for quad in self.store
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(ID)
        )
        return sorted(used, key=lambda each: (-used[each], each.value))

    @cached_property
    def _known(self) -> Counter[Term]:
        """How often each thing is named."""
        return Counter(quad.object for quad in self.store)

    def _all_above(self, used: NamedNode, term: Term) -> frozenset[Term]:
        key = (used, term)
        if key not in self._above:
            found: set[Term] = set()
            todo: Iterable[Term] = [term]
            while todo:
                todo = [each.object for lower in todo for each in self.about(lower, used)]
                todo = [each for each in todo if each not in found and each != term]
                found.update(todo)
            self._above[key] = frozenset(found)
        return self._above[key]
