"""What a comparison finds, in the words of the domain: things with their facts, not triples."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import NamedNode, Triple

    from unpact.diff.answers import AnswerChange
    from unpact.diff.changes import Changes
    from unpact.diff.molecules import Parts
    from unpact.diff.structure import Value
    from unpact.graph.memory import MemoryGraph

Change: TypeAlias = Literal["added", "removed", "changed"]
Section: TypeAlias = Literal["facts", "topics", "ontology", "shapes"]
CHANGES: tuple[Change, ...] = ("added", "removed", "changed")
SECTIONS: tuple[Section, ...] = ("facts", "topics", "ontology", "shapes")


@dataclass(frozen=True, slots=True)
class FactChange:
    """One property of a thing, and how a value of it changed.

    Args:
        predicate: the property.
        old: the value that went; None where one was only added.
        new: the value that came; None where one was only removed.
        evidence: the sentences and sources of the value that came, or of the one that went.
        about: where an annotation of a fact changed, such as its evidence, that fact: property and value.
    """

    predicate: NamedNode
    old: Value | None
    new: Value | None
    evidence: tuple[NamedNode, ...] = ()
    about: tuple[NamedNode, Value] | None = None

    @property
    def change(self) -> Change:
        """Whether a value was added, removed, or changed to another."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A thing and what changed in it.

    Args:
        thing: its IRI; for what has none, what it consists of.
        section: facts, topics, ontology or shapes.
        change: `added` or `removed` for a thing that the other side says nothing of.
        kinds: its narrowest classes.
        facts: sorted by property; all of them for a thing that was added or removed.
        evidence: the sentences and sources that the thing itself names.
        roles: the values by which a statement is told, by property.
    """

    thing: Value
    section: Section
    change: Change
    kinds: tuple[NamedNode, ...]
    facts: tuple[FactChange, ...]
    evidence: tuple[NamedNode, ...] = ()
    roles: Mapping[NamedNode, tuple[Value, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class TextChange:
    """A rule or a stored query that was added, removed or changed.

    Args:
        name: of a rule its file, of a query `topic/name`.
        title: of a query.
        change: how.
    """

    name: str
    change: Change
    title: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """How two versions differ.

    Args:
        old: the name of the one.
        new: the name of the other.
        triples: which asserted triples went and came, with the blank nodes of their files.
        things: what changed, by section and in the order in which it is told.
        renamed: new IRIs by old ones, of things of which nothing else changed.
        words: a graph with the names and classes of everything named here.
        parts: all that the new version states.
        rules: CONSTRUCT rules; of two trees.
        queries: stored queries; of two trees.
        inferred: what follows from the one and not from the other, where that was asked for.
        answers: how the answers of the stored queries' examples changed, where that was asked for.
    """

    old: str
    new: str
    triples: Changes
    things: tuple[ThingChange, ...]
    renamed: Mapping[NamedNode, NamedNode]
    words: MemoryGraph = field(repr=False)
    parts: Parts = field(repr=False)
    rules: tuple[TextChange, ...] = ()
    queries: tuple[TextChange, ...] = ()
    inferred: tuple[ThingChange, ...] | None = None
    answers: tuple[AnswerChange, ...] | None = None

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.triples or self.rules or self.queries or self.inferred or self.answers)

    def section(self, name: Section) -> Iterator[ThingChange]:
        """The things of a section."""
        return (thing for thing in self.things if thing.section == name)

    def following(self) -> Iterator[ThingChange]:
        """The things of which what follows changed, without those that are added or removed themselves."""
        whole = {each.thing for each in self.things if each.change != "changed"}
        return (each for each in self.inferred or () if each.thing not in whole)

    @property
    def added(self) -> frozenset[Triple]:
        """The asserted triples that came."""
        return frozenset(self.triples.added.triples())

    @property
    def removed(self) -> frozenset[Triple]:
        """The asserted triples that went."""
        return frozenset(self.triples.removed.triples())

    def patch(self) -> str:
        """A SPARQL 1.1 Update that makes the old graph isomorphic to the new one; empty for no difference.

        Raises:
            UsageError: for a triple term with a blank node, which SPARQL 1.1 cannot write.
        """
        from unpact.diff.patch import patch_text

        return patch_text(self.triples, self.parts)
