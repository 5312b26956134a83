"""Which triples a query looks at by its text, so that it is asked again only when one of them has changed.

The footprint of a query is what its text names: properties, and classes whose instances it looks for. A query
with a variable in the place of a property looks at everything. A footprint may be larger than it need be, but
never smaller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.graph.reached import reached
from unpact.query.tokens import significant, tokenize
from unpact.shacl.shapes import SUBCLASS, TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Store

    from unpact.shacl.looks import Changes
    from unpact.shacl.plan import Question
    from unpact.shacl.triples import Term

_TERMS = frozenset(("var", "iri", "string", "number", "bnode", "true", "false", "[", "("))
# what a property may follow
_SUBJECTS = frozenset(("var", "iri", "bnode", "[", "]", ";"))
# how one that is ruled out begins
_STEPS = ("iri", "^", "a")


class Footprint(NamedTuple):
    """What a question looks at.

    Args:
        names: the IRIs that it names, be they properties, classes or things.
        types: whether it looks at the types of things without naming them.
        everything: whether it looks at every triple.
    """

    names: frozenset[str]
    types: bool
    everything: bool


class Touched:
    """What changes touch: properties, and classes with those above them, whose instances have changed too.

    Args:
        changes: that left the hierarchy of the classes as it is.
        store: the data, with that hierarchy.
    """

    def __init__(self, changes: Changes, store: Store) -> None:
        self._properties = {each.value for each in changes.by_property}
        changed = [triple.object for triple in changes.by_property.get(TYPE, ())]
        above = reached(changed, lambda each: _above(each, store))
        self._classes = {each.value for each in above if isinstance(each, NamedNode)}

    def may_change(self, question: Question) -> bool:
        """Whether a question may have another answer now."""
        footprint = footprint_of(question)
        if footprint.everything or (footprint.types and self._classes):
            return True
        return not footprint.names.isdisjoint(self._properties | self._classes)


def _above(cls: Term, store: Store) -> list[Term]:
    if not isinstance(cls, NamedNode):
        return []
    return [quad.object for quad in store.quads_for_pattern(cls, SUBCLASS, None)]


def footprint_of(question: Question) -> Footprint:
    """What a question looks at, by its text."""
    found = [_of_text(each.select) for each in (question, *question.others)]
    return Footprint(
        frozenset().union(*(each.names for each in found)),
        any(each.types for each in found),
        any(each.everything for each in found),
    )


def _of_text(text: str) -> Footprint:
    tokens = significant(tokenize(text))
    names = frozenset(token.text[1:-1] for token in tokens if token.kind == "iri")
    code = [token.text if token.kind in ("punct", "word") else token.kind for token in tokens]
    is_type = [token.text in ("a", f"<{TYPE.value}>") for token in tokens]
    # before a class that is named; in a path, or before a variable, it may lead to any
    types = any(here and code[at + 1 : at + 2] != ["iri"] for at, here in enumerate(is_type))
    return Footprint(names, types, _has_free_property(code))


def _has_free_property(code: Sequence[str]) -> bool:
    """Whether a variable, or what is none of some properties, may stand where a property does."""
    body = code[code.index("{") :] if "{" in code else code
    for at, word in enumerate(body):
        after, then = [*body[at + 1 : at + 3], "", ""][:2]
        if after == "var" and then in _TERMS and (word in _SUBJECTS or _ends_a_collection(body, at)):
            return True
        if word == "!" and (after in _STEPS or (after == "(" and then in (*_STEPS, ")"))):
            return True
    return False


def _ends_a_collection(body: Sequence[str], at: int) -> bool:
    """Whether a bracket closes a list at the beginning of a triple, where no function and no filter is."""
    depth = 0
    for back in range(at, -1, -1):
        depth += (body[back] == ")") - (body[back] == "(")
        if depth == 0:
            return body[at] == ")" and body[back - 1 : back] in (["{"], ["}"], ["."])
    return False
