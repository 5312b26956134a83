"""Mistakes that need no constraint to be made: triples left out, turned round, swapped or written twice."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import OWL, PREFIXES
from unpact.validate.explain.facts import LABEL, TYPE
from unpact.validate.explain.trial import Change
from unpact.validate.explain.variants import around

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from unpact.shacl.triples import Node, Term
    from unpact.validate.explain.facts import Facts

_PREFIX = re.compile(r"PREFIX\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w?$<])([\w-]*):([A-Za-z][\w-]*)")
_IRI = re.compile(r"<([^<>\s]+)>")
_CLASS = NamedNode(OWL + "Class")
_NEIGHBOURS = 8


def iris_in(query: str) -> frozenset[NamedNode]:
    """The IRIs that a query names, as far as a reader without a parser can tell."""
    prefixes = {**PREFIXES, **dict(_PREFIX.findall(query))}
    body = _PREFIX.sub("", query)
    names = [
        prefixes[prefix] + local for prefix, local in _NAME.findall(_IRI.sub("", body)) if prefix in prefixes
    ]
    return frozenset(NamedNode(each) for each in (*names, *_IRI.findall(body)) if ":" in each)


def rearranged(facts: Facts, focus: Term, mentioned: AbstractSet[NamedNode]) -> Iterator[Change]:
    """Changes at a node with the properties and classes that a shape mentions."""
    if not isinstance(focus, NamedNode | BlankNode):
        return
    own = facts.about(focus)
    told = [each for each in own if each.predicate in mentioned]
    yield from _swapped(told)
    for triple in told:
        yield from (Change((triple,), (_with(triple, value),)) for value in around(triple.object))
    yield from _turned(told)
    yield from _twice(facts, focus, told, mentioned)
    yield from (Change((triple,)) for triple in own)
    # what the values of the node say of one another
    values = {each.object for each in told}
    for value in sorted(values, key=str):
        yield from (Change((each,)) for each in facts.about(value) if each.object in values)
    near = [quad.subject for quad in facts.store.quads_for_pattern(None, None, focus, None)]
    for node in sorted(set(near), key=str)[:_NEIGHBOURS]:
        yield from _turned(
            [each for each in facts.about(node) if each.predicate in mentioned and each.object != focus]
        )


def _with(triple: Triple, value: Term) -> Triple:
    return Triple(triple.subject, triple.predicate, value)


def _swapped(told: list[Triple]) -> Iterator[Change]:
    literals = [each for each in told if isinstance(each.object, Literal)]
    for one, other in combinations(literals, 2):
        if one.predicate != other.predicate:
            added = (
                Triple(one.subject, one.predicate, other.object),
                Triple(one.subject, other.predicate, one.object),
            )
            yield Change((one, other), added)


def _turned(told: list[Triple]) -> Iterator[Change]:
    for each in told:
        if isinstance(each.object, NamedNode | BlankNode) and each.predicate != TYPE:
            yield Change((), (Triple(each.object, each.predicate, each.subject),))


def _twice(
    facts: Facts, focus: Node, told: list[Triple], mentioned: AbstractSet[NamedNode]
) -> Iterator[Change]:
    """The node again under another name; as what it is, and as each other kind that is mentioned."""
    if not isinstance(focus, NamedNode):
        return
    copy = NamedNode(f"{focus.value}-again")
    own: list[Term] = [each.object for each in facts.types(focus)]
    kinds = [own, *([cls] for cls in _classes(facts, mentioned) if cls not in own)]
    kept = [each for each in (*told, *facts.about(focus, LABEL)[:1]) if each.predicate != TYPE]
    for classes in kinds:
        types = [Triple(copy, TYPE, cls) for cls in classes]
        yield Change((), (*types, *(Triple(copy, each.predicate, each.object) for each in kept)))


def _classes(facts: Facts, mentioned: AbstractSet[NamedNode]) -> list[Term]:
    found = [each for each in mentioned if Triple(each, TYPE, _CLASS) in facts.about(each, TYPE)]
    return sorted(found, key=str)
