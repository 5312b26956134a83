"""Which triples a question looks at, so that it is asked again only when one of them has changed.

The footprint of a query is what its text names: properties, and classes whose instances it looks for. A query
with a variable in the place of a property looks at everything. A footprint may be larger than it need be, but
never smaller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.names import RDF, RDFS
from unpact.query.tokens import significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Triple

    from unpact.shacl.plan import Question

_TYPE = NamedNode(RDF + "type")
_TERMS = frozenset(("var", "iri", "string", "number", "bnode", "true", "false", "[", "("))
_SUBCLASS = NamedNode(RDFS + "subClassOf")


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


class Changes:
    """The triples by which two graphs differ.

    Args:
        triples: those that came and those that went.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.properties: set[str] = set()
        self.classes: set[str] = set()
        for triple in triples:
            if triple.predicate == _TYPE and isinstance(triple.object, NamedNode):
                self.classes.add(triple.object.value)
            else:
                self.properties.add(triple.predicate.value)

    @property
    def any(self) -> bool:
        """Whether the graphs differ at all."""
        return bool(self.properties or self.classes)

    def touch(self, question: Question) -> bool:
        """Whether a question may have another answer now."""
        if not self.any:
            return False
        # the questions themselves are made after the class hierarchy
        if _SUBCLASS.value in self.properties:
            return True
        footprint = footprint_of(question)
        if footprint.everything or (footprint.types and self.classes):
            return True
        return not footprint.names.isdisjoint(self.properties | self.classes)


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
    is_type = [token.text in ("a", f"<{_TYPE.value}>") for token in tokens]
    types = any(here and code[at + 1 : at + 2] == ["var"] for at, here in enumerate(is_type))
    return Footprint(names, types, _has_free_property(code))


def _has_free_property(code: Sequence[str]) -> bool:
    """Whether a variable, or what is none of some properties, may stand where a property does."""
    body = code[code.index("{") :] if "{" in code else code
    for at, word in enumerate(body):
        after = body[at + 1] if at + 1 < len(body) else ""
        if word in ("var", "iri", ";", "]") and after == "var" and _ends_a_triple(body, at + 2):
            return True
        if word == "!" and after in ("iri", "^"):
            return True
    return False


def _ends_a_triple(body: Sequence[str], at: int) -> bool:
    """Whether a term stands here that a variable before it may link to something."""
    return at < len(body) and body[at] in _TERMS
