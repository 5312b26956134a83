"""Classes, properties, paths and targets by the names that the ontology gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.names import RDF, RDFS, SH, compact
from unpact.notation import words
from unpact.shacl.shapes import sh
from unpact.validate.explain.phrases import both, either

if TYPE_CHECKING:
    from pyoxigraph import Store

    from unpact.shacl.shapes import Shape, Targets
    from unpact.shacl.triples import Term, Triples

_LABEL = NamedNode(RDFS + "label")
_FIRST = NamedNode(RDF + "first")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ROUNDS = {
    "zeroOrMorePath": "any number of steps, or none, by",
    "oneOrMorePath": "one or more steps by",
    "zeroOrOnePath": "one step, or none, by",
}
# written with a vowel, and spoken with a consonant
_CONSONANT = ("uni", "use", "eu", "one")


class Noun(NamedTuple):
    """What a path leads to, in words.

    Args:
        one: behind a number: `unp:date`, `thing that has it for unp:pillar`.
        many: the same in the plural.
        each: behind `each`: `value of unp:date`.
    """

    one: str
    many: str
    each: str


class Naming:
    """Names terms.

    Args:
        store: in which the ontology's labels are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def label(self, term: Term) -> str | None:
        """The English label of a term, or else the one without a language."""
        if not isinstance(term, NamedNode):
            return None
        found = [
            each.object
            for each in self._store.quads_for_pattern(term, _LABEL, None, None)
            if isinstance(each.object, Literal) and each.object.language in ("en", None)
        ]
        return min((each.value for each in found), default=None)

    def kind(self, cls: Term) -> str:
        """A class without an article: `state (unp:State)`."""
        label = self.label(cls)
        return f"{label} ({words(cls)})" if label is not None else words(cls)

    def a_kind(self, cls: Term) -> str:
        """A class with its article: `an international organization (unp:InternationalOrganization)`."""
        return with_article(self.kind(cls))

    def property(self, used: Term) -> str:
        """A property: `unp:actor`, or `unp:charStart (first character)` where the label says more."""
        label, short = self.label(used), words(used)
        if label is None or _plain(label) == _plain(short.rpartition(":")[2]):
            return short
        return f"{short} ({label})"

    def path(self, graph: Triples, node: Term) -> Noun:
        """What a well-formed path leads to."""
        if isinstance(node, NamedNode):
            name = self.property(node)
            return Noun(name, name, f"value of {name}")
        if graph.objects(node, _FIRST):
            steps = [self.path(graph, each).one for each in graph.collection(node)]
            name = " of its ".join(reversed(steps))
            return Noun(name, name, name)
        inverse = graph.object(node, sh("inversePath"))
        if inverse is not None:
            name = self.path(graph, inverse).one
            found = f"thing that has it for {name}"
            return Noun(found, f"things that have it for {name}", found)
        choices = graph.object(node, sh("alternativePath"))
        if choices is not None:
            return self._choice([self.path(graph, each) for each in graph.collection(choices)])
        for used, values in graph.properties(node).items():
            rounds = _ROUNDS.get(used.value.removeprefix(SH))
            if rounds is not None:
                found = f"that {rounds} {self.path(graph, values[0]).one} lead to"
                return Noun(f"thing {found}", f"things {found}", f"thing {found}")
        return Noun("value", "values", "value")

    def targets(self, targets: Targets) -> str:
        """The nodes that a shape looks at, behind `each`: `state (unp:State) or thing with unp:date`."""
        found = [self.kind(each) for each in targets.classes]
        if targets.subjects_of:
            found.append(f"thing with {either([self.property(each) for each in targets.subjects_of])}")
        if targets.objects_of:
            found.append(f"value of {either([self.property(each) for each in targets.objects_of])}")
        if targets.nodes:
            found.append(f"node of these: {both([words(each) for each in targets.nodes])}")
        return either(found)

    def shape(self, shape: Shape) -> str:
        """A shape by its name, where it has one."""
        return compact(shape.node.value) if isinstance(shape.node, NamedNode) else "a shape without a name"

    def _choice(self, nouns: list[Noun]) -> Noun:
        one, many = either([each.one for each in nouns]), either([each.many for each in nouns])
        if all(each.each == f"value of {each.one}" for each in nouns):
            return Noun(one, many, f"value of {one}")
        return Noun(one, many, either([each.each for each in nouns]))


def with_article(noun: str) -> str:
    """A noun behind `a` or `an`."""
    low = noun.lower()
    vowel = low.startswith(("a", "e", "i", "o", "u")) and not low.startswith((*_CONSONANT, "unp:"))
    return f"{'an' if vowel else 'a'} {noun}"


def _plain(text: str) -> str:
    return _HUMP.sub(" ", text).replace("-", " ").lower()
