"""The words of RDF, RDFS and OWL that the rules of OWL 2 RL are made of, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import OWL, RDF, RDFS
from unpact.reason.facts import of_class

if TYPE_CHECKING:
    from unpact.reason.codes import Codes

_RDF = ("type", "first", "rest", "nil")
_RDFS = ("subClassOf", "subPropertyOf", "domain", "range", "Datatype", "Literal")
_OWL = (
    "AllDifferent",
    "AllDisjointClasses",
    "AllDisjointProperties",
    "AsymmetricProperty",
    "DatatypeProperty",
    "FunctionalProperty",
    "InverseFunctionalProperty",
    "IrreflexiveProperty",
    "Nothing",
    "SymmetricProperty",
    "Thing",
    "TransitiveProperty",
    "allValuesFrom",
    "assertionProperty",
    "complementOf",
    "differentFrom",
    "disjointWith",
    "distinctMembers",
    "equivalentClass",
    "equivalentProperty",
    "hasKey",
    "hasValue",
    "intersectionOf",
    "inverseOf",
    "maxCardinality",
    "maxQualifiedCardinality",
    "members",
    "onClass",
    "onProperty",
    "oneOf",
    "propertyChainAxiom",
    "propertyDisjointWith",
    "sameAs",
    "someValuesFrom",
    "sourceIndividual",
    "targetIndividual",
    "targetValue",
    "topDataProperty",
    "topObjectProperty",
    "unionOf",
)

_SCHEMA = (
    "first",
    "rest",
    "subClassOf",
    "subPropertyOf",
    "domain",
    "range",
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
)


class Words:
    """Numbers of the words, by their local names: ``words["subClassOf"]``."""

    def __init__(self, codes: Codes) -> None:
        self._codes = {
            name: codes.code(NamedNode(namespace + name))
            for namespace, names in ((RDF, _RDF), (RDFS, _RDFS), (OWL, _OWL))
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
    kinds = {"Datatype", "DatatypeProperty", "FunctionalProperty", "InverseFunctionalProperty"}
    kinds |= {"SymmetricProperty", "TransitiveProperty"}
    return frozenset(of_class(words[name]) if name in kinds else words[name] for name in (*_SCHEMA, *kinds))
