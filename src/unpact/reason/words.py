"""The words of RDF, RDFS and OWL that the rules of OWL 2 RL are made of, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import OWL, RDF, RDFS
from unpact.reason.facts import of_class

if TYPE_CHECKING:
    from unpact.reason.codes import Codes

# what rules are compiled from: properties, and classes whose members are told by their type
_PROPERTIES = {
    RDF: ("first", "rest"),
    RDFS: ("subClassOf", "subPropertyOf", "domain", "range"),
    OWL: (
        "allValuesFrom",
        "equivalentClass",
        "equivalentProperty",
        "hasKey",
        "hasValue",
        "intersectionOf",
        "inverseOf",
        "maxCardinality",
        "maxQualifiedCardinality",
        "onClass",
        "onProperty",
        "oneOf",
        "propertyChainAxiom",
        "someValuesFrom",
        "unionOf",
    ),
}
_CLASSES = {
    RDFS: ("Datatype",),
    OWL: (
        "DatatypeProperty",
        "FunctionalProperty",
        "InverseFunctionalProperty",
        "SymmetricProperty",
        "TransitiveProperty",
    ),
}
# what they are made of besides, or tell a contradiction by
_OTHERS = {
    RDF: ("type", "nil"),
    RDFS: ("Literal",),
    OWL: (
        "AllDifferent",
        "AllDisjointClasses",
        "AllDisjointProperties",
        "AsymmetricProperty",
        "IrreflexiveProperty",
        "Nothing",
        "Thing",
        "assertionProperty",
        "complementOf",
        "differentFrom",
        "disjointWith",
        "distinctMembers",
        "members",
        "propertyDisjointWith",
        "sameAs",
        "sourceIndividual",
        "targetIndividual",
        "targetValue",
        "topDataProperty",
        "topObjectProperty",
    ),
}


class Words:
    """Numbers of the words, by their local names: ``words["subClassOf"]``."""

    def __init__(self, codes: Codes) -> None:
        self._codes = {
            name: codes.code(NamedNode(namespace + name))
            for group in (_PROPERTIES, _CLASSES, _OTHERS)
            for namespace, names in group.items()
            for name in names
        }

    def __getitem__(self, name: str) -> int:
        return self._codes[name]

    @property
    def type(self) -> int:
        """rdf:type."""
        return self._codes["type"]


def schema_relations(words: Words) -> frozenset[int]:
    """The relations that rules are compiled from: properties, and classes of properties."""
    properties = (words[name] for names in _PROPERTIES.values() for name in names)
    classes = (of_class(words[name]) for names in _CLASSES.values() for name in names)
    return frozenset((*properties, *classes))
