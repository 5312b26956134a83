"""Literals that the embedded store does not keep as they are written.

Oxigraph stores numbers, booleans and points in time by value: `"01"^^xsd:integer` comes back as `1`, and
`"5"^^xsd:byte` as an `xsd:integer`. SHACL asks for terms, so a constraint that could see the difference is
left to the reference engine, and the values of results are written as the data has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, Store

from unpact.names import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from unpact.shacl.triples import Term

_AS_WRITTEN = frozenset(XSD + name for name in ("string", "anyURI", "language", "token", "normalizedString"))
_NUMBERED = "urn:unpact:literal:"
_PREDICATE = NamedNode(_NUMBERED)


class Folds(NamedTuple):
    """What the store writes otherwise than the data.

    Args:
        originals: the literals as written, by subject, predicate and literal as stored.
        retyped: the properties of which a value has another datatype in the store.
        rewritten: those of which a value has another lexical form.
        merged: those of which two values of one subject are one in the store.
    """

    originals: Mapping[tuple[Term, Term, Term], Literal] = {}
    retyped: frozenset[NamedNode] = frozenset()
    rewritten: frozenset[NamedNode] = frozenset()
    merged: frozenset[NamedNode] = frozenset()

    @property
    def changed(self) -> frozenset[NamedNode]:
        """The properties of which some value differs."""
        return self.retyped | self.rewritten

    def original(self, subject: Term, predicate: Term | None, value: Term) -> Term:
        """A value as the data writes it."""
        if predicate is None or not self.originals:
            return value
        return self.originals.get((subject, predicate, value), value)


def folds_of(triples: Iterable[Triple]) -> Folds:
    """What the store would fold of some triples."""
    typed = [
        (triple.subject, triple.predicate, triple.object)
        for triple in triples
        if isinstance(triple.object, Literal) and _may_fold(triple.object)
    ]
    folded = folded_of(literal for _, _, literal in typed)
    if not folded:
        return Folds()
    originals: dict[tuple[Term, Term, Term], Literal] = {}
    retyped: set[NamedNode] = set()
    rewritten: set[NamedNode] = set()
    merged: set[NamedNode] = set()
    seen: dict[tuple[Term, Term, Term], Term] = {}
    for subject, predicate, literal in typed:
        kept = folded.get(literal, literal)
        place = (subject, predicate, kept)
        if seen.setdefault(place, literal) != literal:
            merged.add(predicate)
        if kept != literal:
            originals[place] = literal
            (retyped if kept.datatype != literal.datatype else rewritten).add(predicate)
    return Folds(originals, frozenset(retyped), frozenset(rewritten), frozenset(merged))


def folded_of(literals: Iterable[Literal]) -> dict[Literal, Literal]:
    """The literals that come out of the store changed, each with what comes out."""
    distinct = {literal: number for number, literal in enumerate(literals)}
    store = Store()
    store.extend(
        Quad(NamedNode(f"{_NUMBERED}{number}"), _PREDICATE, literal) for literal, number in distinct.items()
    )
    stored = {quad.subject: quad.object for quad in store}
    found = {}
    for literal, number in distinct.items():
        kept = stored[NamedNode(f"{_NUMBERED}{number}")]
        if isinstance(kept, Literal) and kept != literal:
            found[literal] = kept
    return found


def _may_fold(literal: Literal) -> bool:
    return literal.language is None and literal.datatype.value not in _AS_WRITTEN
