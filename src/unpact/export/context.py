"""The JSON-LD context: what each short name stands for, and which values a property has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.export.content import select
from unpact.export.short import short_names
from unpact.names import OWL, PREFIXES, RDF, XSD, compact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unpact.graph.interface import Graph

_STRING = XSD + "string"


class Term(NamedTuple):
    """What a short name means.

    Args:
        name: the key in a document.
        iri: the class or the property.
        kind: `@id` where strings are IRIs, `@language` where values are grouped by language, the IRI of a
            datatype where strings have it, else nothing.
    """

    name: str
    iri: str
    kind: str = ""


class Context(NamedTuple):
    """The short names of a graph.

    Args:
        terms: by the IRI of the class or property.
    """

    terms: Mapping[str, Term]

    def definition(self) -> dict[str, object]:
        """The value of `@context`."""
        found: dict[str, object] = dict(PREFIXES)
        for term in sorted(self.terms.values()):
            short = compact(term.iri)
            if term.kind == "@language":
                found[term.name] = {"@id": short, "@container": "@language"}
            elif term.kind:
                kind = term.kind if term.kind == "@id" else compact(term.kind)
                found[term.name] = {"@id": short, "@type": kind}
            else:
                found[term.name] = short
        return found


def context_of(graph: Graph) -> Context:
    """The context of a graph: a name for each of its classes and properties, after the last part of its IRI.

    Where two have the same, it is that of the ontology of unpact; the other is written with its prefix.
    """
    kinds: dict[str, set[str]] = {}
    for used, kind in select(graph, "values_of_properties"):
        if isinstance(used, NamedNode) and isinstance(kind, Literal):
            kinds.setdefault(used.value, set()).add(kind.value)
    classes: set[str] = set()
    declared: dict[str, set[str]] = {}
    for term, kind, limit in select(graph, "declared_terms"):
        if not (isinstance(term, NamedNode) and isinstance(kind, NamedNode)):
            continue
        if kind.value == OWL + "Class":
            classes.add(term.value)
        else:
            of_things = kind.value == OWL + "ObjectProperty"
            ranges = {"@id"} if of_things else {limit.value} if isinstance(limit, NamedNode) else set()
            declared.setdefault(term.value, set()).update(ranges)
    found = {iri: _kind(kinds.get(iri, set()), declared.get(iri, set())) for iri in {*kinds, *declared}}
    found.pop(RDF + "type", None)
    return Context(_named({**dict.fromkeys(classes, ""), **found}))


def _kind(observed: set[str], declared: set[str]) -> str:
    if "@id" in declared:
        return "@id"
    kinds = observed or {kind for kind in declared if kind.startswith(XSD)}
    (only, *others) = sorted(kinds) or [""]
    return "" if others or only == _STRING else only


def _named(kinds: Mapping[str, str]) -> dict[str, Term]:
    names = short_names(kinds, taken=PREFIXES)
    # only what has a prefix can be written in another way where the term does not fit
    return {
        iri: Term(name, iri, kinds[iri])
        for iri, name in names.items()
        if ":" not in name and compact(iri) != iri
    }
