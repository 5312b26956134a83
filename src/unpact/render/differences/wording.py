"""The words for things that changed, and for their facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.describe.patterns import select
from unpact.describe.wording import term_words
from unpact.diff.structure import Listed, Nested, terms_in
from unpact.diff.things import ANNOTATIONS
from unpact.diff.told import EVIDENCE, TYPE
from unpact.names import DCTERMS, OWL, RDF, RDFS, SH, SKOS, UNP, compact
from unpact.notation import words as notation
from unpact.render.differences.telling import told
from unpact.render.labels import Labels
from unpact.render.rows import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.diff.model import FactChange, ThingChange
    from unpact.diff.structure import Value
    from unpact.graph.memory import MemoryGraph

ARROW = " → "

_VOCABULARIES = (OWL, RDF, RDFS, SH, SKOS)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DEPRECATED = NamedNode(OWL + "deprecated")
_TRUE, _EMPTY = "true", '""'
_SAID = {
    TYPE: "class",
    NamedNode(RDFS + "subClassOf"): "subclass of",
    NamedNode(RDFS + "subPropertyOf"): "subproperty of",
}
# of what has no name so many facts are told instead
_TOLD_FACTS = 4


class Wording:
    """Gives the words for what changed, in one language.

    Args:
        graph: the names and classes of all things.
        language: a language tag such as `fr`.
    """

    def __init__(self, graph: MemoryGraph, language: str = "en") -> None:
        self._graph = graph
        self.labels = Labels(graph, language)
        self._named = {
            quad.subject
            for used in (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title")
            for quad in graph.store.quads_for_pattern(None, NamedNode(used), None)
        }
        self._short = {
            quad.subject: quad.object.value
            for quad in sorted(graph.store.quads_for_pattern(None, NamedNode(UNP + "acronym"), None), key=str)
            if isinstance(quad.object, Literal)
        }
        self._above: dict[NamedNode, set[str]] = {}

    def load(self, changes: Iterable[ThingChange]) -> None:
        """Read the labels and classes of all that changed at once."""
        things: set[NamedNode] = set()
        kinds: set[NamedNode] = set()
        for change in changes:
            kinds.update(change.kinds)
            things.update(terms_in(change.thing))
            things.update(change.roles)
            things.update(
                term for values in change.roles.values() for each in values for term in terms_in(each)
            )
            for fact in change.facts:
                things.add(fact.predicate)
                things.update(term for each in (fact.old, fact.new) if each for term in terms_in(each))
        self.labels.load(sorted(things | kinds, key=str))
        self._above = {kind: {kind.value} for kind in kinds}
        for kind, above in (
            select(self._graph, "superclasses", classes=sorted(kinds, key=str)) if kinds else ()
        ):
            if isinstance(kind, NamedNode) and isinstance(above, NamedNode):
                self._above[kind].add(above.value)

    def heading(self, change: ThingChange) -> str:
        """What a thing is called: its name and class, or, of a statement, who, what and when."""
        kinds = ", ".join(map(self.kind, change.kinds))
        thing = change.thing
        statement = self._told(change)
        if statement is not None:
            return statement
        if not isinstance(thing, NamedNode):
            return f"{kinds or 'something without a name'}: {self.value(thing)}"
        if thing not in self._named and (facts := self._facts(change)):
            return f"{kinds or self.labels(thing)}: {facts}"
        return f"{one_line(self.labels(thing))}{f' ({kinds})' if kinds else ''}"

    def kind(self, kind: NamedNode) -> str:
        """What a class is called."""
        name = self.labels(kind)
        return _HUMP.sub(" ", name).lower() if kind.value.startswith(_VOCABULARIES) else name

    def value(self, value: Value) -> str:
        """The words for a value on one line."""
        if isinstance(value, Listed):
            return f"({', '.join(map(self.value, value.members))})"
        if isinstance(value, Nested):
            facts = (
                f"{self.property(used)}: {self.value(each)}" for used, each in value.facts if used != TYPE
            )
            return f"[{'; '.join(facts)}]"
        return one_line(term_words(value, self.labels)) or _EMPTY

    def property(self, used: NamedNode) -> str:
        """What a property is called."""
        if used in _SAID:
            return _SAID[used]
        name = self.labels(used)
        return _HUMP.sub(" ", name).lower() if used.value.startswith(_VOCABULARIES) else name

    def aspect(self, fact: FactChange) -> str:
        """What it is of a thing that changed: a property, or the evidence of a fact."""
        if fact.about is None:
            return "evidence" if fact.predicate in EVIDENCE else self.property(fact.predicate)
        used, value = fact.about
        of = f"{self.property(used)} {self.value(value)}"
        if fact.predicate == ANNOTATIONS:
            return f"number of annotations of {of}"
        return f"{'evidence' if fact.predicate in EVIDENCE else self.property(fact.predicate)} of {of}"

    def sides(self, fact: FactChange) -> tuple[str, str]:
        """The old and the new value of a fact; both differ, be it only by their datatypes."""
        write = compact_words if fact.predicate in EVIDENCE else self.value
        old, new = ("" if each is None else write(each) for each in (fact.old, fact.new))
        if (
            old == new
            and not isinstance(fact.old, Listed | Nested)
            and not isinstance(fact.new, Listed | Nested)
        ):
            return notation(fact.old), notation(fact.new)
        return old, new

    def fact(self, fact: FactChange) -> str:
        """`end added: 2023-12`, `start changed: 2020 → 2020-01-01`."""
        if fact.predicate == _DEPRECATED and isinstance(fact.new, Literal) and fact.new.value == _TRUE:
            return "now deprecated"
        old, new = self.sides(fact)
        what = new or old
        if old and new:
            what = self._changed(fact.old, fact.new) or f"{old}{ARROW}{new}"
        return f"{self.aspect(fact)} {fact.change}: {what}"

    def _changed(self, old: Value | None, new: Value | None) -> str | None:
        """What changed inside a list, inside what hangs on a blank node, or in a text of several lines."""
        if isinstance(old, Listed) and isinstance(new, Listed):
            return self._members(old, new)
        if isinstance(old, Nested) and isinstance(new, Nested):
            gone = [fact for fact in old.facts if fact not in new.facts]
            come = [fact for fact in new.facts if fact not in old.facts]
            if len(gone) == len(come) == 1 and gone[0][0] == come[0][0]:
                (used, before), (_, after) = gone[0], come[0]
                inside = self._changed(before, after) or f"{self.value(before)}{ARROW}{self.value(after)}"
                return f"{self.property(used)}: {inside}"
        if isinstance(old, Literal) and isinstance(new, Literal) and "\n" in old.value and "\n" in new.value:
            return _changed_lines(old.value, new.value)
        return None

    def _members(self, old: Listed, new: Listed) -> str:
        """Which members of a list went and came."""
        gone = [self.value(each) for each in old.members if each not in new.members]
        come = [self.value(each) for each in new.members if each not in old.members]
        parts = [f"{word} {', '.join(each)}" for word, each in (("without", gone), ("with", come)) if each]
        return "; ".join(parts) or f"{self.value(old)}{ARROW}{self.value(new)}"

    def _told(self, change: ThingChange) -> str | None:
        classes = {above for kind in change.kinds for above in self._above.get(kind, ())}
        return told(change, classes, ", ".join(map(self.kind, change.kinds)), self._shortly)

    def _shortly(self, value: Value) -> str:
        short = self._short.get(value) if isinstance(value, NamedNode) else None
        return short or self.value(value)

    def _facts(self, change: ThingChange) -> str:
        facts = [
            f"{self.property(used)}: {', '.join(map(self.value, values))}"
            for used, values in change.roles.items()
            if used != TYPE and used not in EVIDENCE
        ]
        return "; ".join(sorted(facts)[:_TOLD_FACTS])


def compact_words(value: Value) -> str:
    """A sentence or a source as one types it."""
    return compact(value.value) if isinstance(value, NamedNode) else str(value)


def _changed_lines(old: str, new: str) -> str | None:
    """The lines that went and those that came; None where only their layout changed."""
    from difflib import SequenceMatcher

    before, after = ([line.strip() for line in text.splitlines() if line.strip()] for text in (old, new))
    gone: list[str] = []
    come: list[str] = []
    for word, begin, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if word != "equal":
            gone += before[begin:end]
            come += after[first:last]
    parts = [
        f"{word} {one_line(' '.join(each))}" for word, each in (("without", gone), ("with", come)) if each
    ]
    return "; ".join(parts) or None


def cited(evidence: Iterable[NamedNode]) -> str:
    """Sentences and sources, one behind the other."""
    return " ".join(compact(each.value) for each in evidence)
