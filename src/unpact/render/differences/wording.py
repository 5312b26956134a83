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
from unpact.names import OWL, RDF, RDFS, SH, SKOS, UNP, compact, expand
from unpact.notation import words as notation
from unpact.render.labels import Labels
from unpact.render.rows import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.diff.model import FactChange, ThingChange
    from unpact.diff.structure import Value
    from unpact.graph.memory import MemoryGraph

ARROW = " → "

# How statements are told, by the first that fits: a class, and a phrase with values of its properties.
_TOLD = (
    ("unp:Membership", "{org:member}: {kind} of {org:organization}"),
    ("unp:OfficeHolding", "{unp:holder}: {kind}, {unp:post}"),
    ("unp:LegalStanding", "{unp:actor}: {unp:status} under {unp:treaty}"),
    ("unp:EntryIntoForce", "{kind} of {unp:treaty} for {unp:actor}"),
    ("unp:Withdrawal", "{kind} of {unp:actor} from {unp:treaty}"),
    ("unp:Accession", "{kind} of {unp:actor} to {unp:treaty}"),
    ("unp:Succession", "{kind} of {unp:actor} to {unp:treaty}"),
    ("unp:Reservation", "{kind} of {unp:actor} to {unp:treaty}"),
    ("unp:TreatyAct", "{kind} of {unp:treaty} by {unp:actor}"),
)
_VOCABULARIES = (OWL, RDF, RDFS, SH, SKOS)
_FIELD = re.compile(r"\{([^}]+)\}")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DEPRECATED = NamedNode(OWL + "deprecated")
_TRUE = "true"
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
            for used in (RDFS + "label", SKOS + "prefLabel")
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
        told = self._told(change)
        if told is not None:
            return told
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
        return one_line(term_words(value, self.labels))

    def property(self, used: NamedNode) -> str:
        """What a property is called."""
        if used == TYPE:
            return "class"
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
        if isinstance(fact.old, Listed) and isinstance(fact.new, Listed):
            what = self._members(fact.old, fact.new)
        else:
            what = ARROW.join(side for side in (old, new) if side)
        return f"{self.aspect(fact)} {fact.change}: {what}"

    def _members(self, old: Listed, new: Listed) -> str:
        """Which members of a list went and came."""
        gone = [self.value(each) for each in old.members if each not in new.members]
        come = [self.value(each) for each in new.members if each not in old.members]
        parts = [f"{word} {', '.join(each)}" for word, each in (("without", gone), ("with", come)) if each]
        return "; ".join(parts) or f"{self.value(old)}{ARROW}{self.value(new)}"

    def _told(self, change: ThingChange) -> str | None:
        classes = {above for kind in change.kinds for above in self._above.get(kind, ())}
        values = {compact(used.value): each for used, each in change.roles.items()}
        for name, sentence in _TOLD:
            if expand(name) not in classes:
                continue
            if all(field == "kind" or field in values for field in _FIELD.findall(sentence)):
                return _FIELD.sub(lambda found: self._role(found[1], change, values), sentence) + _when(
                    values
                )
        return None

    def _role(self, name: str, change: ThingChange, values: Mapping[str, tuple[Value, ...]]) -> str:
        if name == "kind":
            return ", ".join(map(self.kind, change.kinds))
        return ", ".join(self._shortly(value) for value in values[name])

    def _shortly(self, value: Value) -> str:
        short = self._short.get(value) if isinstance(value, NamedNode) else None
        return short or self.value(value)

    def _facts(self, change: ThingChange) -> str:
        told = [
            f"{self.property(used)}: {', '.join(map(self.value, values))}"
            for used, values in change.roles.items()
            if used != TYPE and used not in EVIDENCE
        ]
        return "; ".join(sorted(told)[:_TOLD_FACTS])


def compact_words(value: Value) -> str:
    """A sentence or a source as one types it."""
    return compact(value.value) if isinstance(value, NamedNode) else str(value)


def cited(evidence: Iterable[NamedNode]) -> str:
    """Sentences and sources, one behind the other."""
    return " ".join(compact(each.value) for each in evidence)


def _when(values: Mapping[str, tuple[Value, ...]]) -> str:
    """The day of an act, or the beginning and end of what lasts, behind what is told."""
    day = _date(values, "date")
    if day:
        return f" ({day})"
    start, end = (_date(values, *names) for names in (("start", "earliestStart"), ("end", "latestEnd")))
    if start and end:
        return f" ({start} to {end})"
    return f" (from {start})" if start else f" (to {end})" if end else ""


def _date(values: Mapping[str, tuple[Value, ...]], *names: str) -> str:
    for name in names:
        found = [value.value for value in values.get(f"unp:{name}", ()) if isinstance(value, Literal)]
        if found:
            return ", ".join(found)
    return ""
