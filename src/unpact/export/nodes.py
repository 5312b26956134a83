"""Triples grouped by subject, and which blank nodes can be written where they are used, without a label."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from pyoxigraph import BlankNode, NamedNode, Triple

from unpact.names import OWL, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pyoxigraph import Literal

Resource: TypeAlias = "NamedNode | BlankNode | Triple"
Value: TypeAlias = "NamedNode | BlankNode | Literal | Triple"

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
NIL = NamedNode(RDF + "nil")
_FIRST, _REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
_SOURCE = NamedNode(OWL + "annotatedSource")
# what is nested deeper gets a label: readers, and parsers that recurse, have had enough by then
_DEEPEST = 20


class Nodes:
    """What is said of each subject.

    Args:
        triples: in any order, repeated or not; the labels of blank nodes must not depend on chance.
        shared: blank nodes that are also used elsewhere, and so need their labels.
        long_lists: whether a list of any length can be written without nesting.
    """

    def __init__(
        self, triples: Iterable[Triple], shared: Collection[BlankNode] = (), *, long_lists: bool = True
    ) -> None:
        found: dict[Resource, dict[NamedNode, set[Value]]] = {}
        for triple in triples:
            found.setdefault(triple.subject, {}).setdefault(triple.predicate, set()).add(triple.object)
        self._said = {
            subject: {
                used: sorted(values, key=str) for used, values in sorted(said.items(), key=_property_order)
            }
            for subject, said in found.items()
        }
        self._uses = self._used()
        self._labelled = set(shared)
        self._label_where_needed(long_lists=long_lists)

    def said_of(self, subject: Resource) -> Mapping[NamedNode, list[Value]]:
        """The values of each property, `rdf:type` first and `rdfs:label` next."""
        return self._said.get(subject, {})

    def every_subject(self) -> Collection[Resource]:
        """All of which something is said, nested or not, in no order."""
        return self._said.keys()

    def subjects(self) -> list[Resource]:
        """The subjects that have a statement of their own: IRIs in their order, each followed by the blank
        nodes that annotate it, then the other blank nodes.
        """
        return sorted((each for each in self._said if not self.is_nested(each)), key=self._subject_order)

    def is_nested(self, node: object) -> TypeGuard[BlankNode]:
        """Whether a blank node is written in the one place where it is used."""
        return isinstance(node, BlankNode) and node not in self._labelled and self._uses[node] == 1

    def needs_label(self, node: Resource) -> bool:
        """Whether a subject that is not nested is named anywhere else."""
        return not isinstance(node, BlankNode) or node in self._labelled or self._uses[node] > 0

    def items(self, node: Value) -> list[Value] | None:
        """The members of an RDF list that can be written as one; None for anything else."""
        members: list[Value] = []
        while node != NIL:
            said = self._said.get(node, {}) if self.is_nested(node) else {}
            if set(said) != {_FIRST, _REST} or len(said[_FIRST]) != 1 or len(said[_REST]) != 1:
                return None
            members += said[_FIRST]
            node = said[_REST][0]
        return members or None

    def _used(self) -> Counter[BlankNode]:
        uses: Counter[BlankNode] = Counter()
        for subject, said in self._said.items():
            # a triple term cannot hold brackets
            uses.update(2 * _blanks_within(subject))
            for value in (value for values in said.values() for value in values):
                if isinstance(value, BlankNode):
                    uses[value] += 1
                else:
                    uses.update(2 * _blanks_within(value))
        return uses

    def _label_where_needed(self, *, long_lists: bool) -> None:
        """Label the blank nodes that lead to themselves, and those that would be nested too deeply."""
        reached: set[BlankNode] = set()
        level: list[Resource] = [each for each in self._said if not self.is_nested(each)]
        depth = 0
        while level:
            said = (values for node in level for values in self._said.get(node, {}).values())
            below = [value for values in said for value in values if self.is_nested(value)]
            depth += 1
            for node in below:
                reached.add(node)
                # the rest of a list stands beside its first member, and not below it
                if depth % _DEEPEST == 0 and not (long_lists and self.items(node)):
                    self._labelled.add(node)
            level = list(below)
        self._labelled |= {each for each in self._said if self.is_nested(each)} - reached

    def _subject_order(self, subject: Resource) -> tuple[str, bool, str]:
        if not isinstance(subject, BlankNode):
            return str(subject), False, ""
        # said of a blank node by itself: its label, which changes with anything else, decides last
        about = [str(value) for value in self._said[subject].get(_SOURCE, [])]
        text = " ".join(
            f"{used} {value}"
            for used, values in self._said[subject].items()
            for value in values
            if not isinstance(value, BlankNode)
        )
        return (about[0] if about else "_"), True, f"{text} {subject}"


def _blanks_within(term: Value) -> list[BlankNode]:
    if isinstance(term, Triple):
        parts = (term.subject, term.object)
        return [
            found
            for part in parts
            for found in ([part] if isinstance(part, BlankNode) else _blanks_within(part))
        ]
    return []


def _property_order(item: tuple[NamedNode, object]) -> tuple[bool, bool, str]:
    return item[0] != TYPE, item[0] != LABEL, item[0].value
