"""The terms that SHACL has, as its own vocabulary declares them, and those of RDF, RDFS, OWL and XSD.

pyshacl ships the vocabulary and SHACL for SHACL. Both files are read here without importing pyshacl, which
would take longer than all checks together.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, parse

from unpact.errors import StoreError
from unpact.names import OWL, RDF, RDFS, SH, XSD
from unpact.shacl.shapes import TYPE, sh
from unpact.shacl.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Iterable

# the node expressions of SHACL Advanced Features (2017), which the vocabulary file leaves out
_EXPRESSIONS = (
    *("values", "exists", "if", "then", "else", "minus", "distinct", "count", "min", "max", "sum"),
    *("groupConcat", "separator", "orderBy", "desc", "limit", "offset"),
)
_RDF = (
    *(
        "type",
        "Property",
        "Statement",
        "subject",
        "predicate",
        "object",
        "Bag",
        "Seq",
        "Alt",
        "value",
        "List",
    ),
    *("nil", "first", "rest", "langString", "dirLangString", "HTML", "XMLLiteral", "JSON", "PlainLiteral"),
    *("language", "direction", "CompoundLiteral"),
)
_RDFS = (
    *("Resource", "Class", "Literal", "Container", "ContainerMembershipProperty", "Datatype", "subClassOf"),
    *("subPropertyOf", "domain", "range", "label", "comment", "member", "seeAlso", "isDefinedBy"),
)
_OWL = (
    *("AllDifferent", "AllDisjointClasses", "AllDisjointProperties", "Annotation", "AnnotationProperty"),
    *("AsymmetricProperty", "Axiom", "Class", "DataRange", "DatatypeProperty", "DeprecatedClass"),
    *("DeprecatedProperty", "FunctionalProperty", "InverseFunctionalProperty", "IrreflexiveProperty"),
    *("NamedIndividual", "NegativePropertyAssertion", "Nothing", "ObjectProperty", "Ontology"),
    *("OntologyProperty", "ReflexiveProperty", "Restriction", "SymmetricProperty", "TransitiveProperty"),
    *("Thing", "allValuesFrom", "annotatedProperty", "annotatedSource", "annotatedTarget"),
    *("assertionProperty", "backwardCompatibleWith", "bottomDataProperty", "bottomObjectProperty"),
    *(
        "cardinality",
        "complementOf",
        "datatypeComplementOf",
        "deprecated",
        "differentFrom",
        "disjointUnionOf",
    ),
    *("disjointWith", "distinctMembers", "equivalentClass", "equivalentProperty", "hasKey", "hasSelf"),
    *("hasValue", "imports", "incompatibleWith", "intersectionOf", "inverseOf", "maxCardinality"),
    *("maxQualifiedCardinality", "members", "minCardinality", "minQualifiedCardinality", "onClass"),
    *("onDataRange", "onDatatype", "onProperties", "onProperty", "oneOf", "priorVersion"),
    *("propertyChainAxiom", "propertyDisjointWith", "qualifiedCardinality", "rational", "real", "sameAs"),
    *("someValuesFrom", "sourceIndividual", "targetIndividual", "targetValue", "topDataProperty"),
    *("topObjectProperty", "unionOf", "versionIRI", "versionInfo", "withRestrictions"),
)
_XSD = (
    *("string", "boolean", "decimal", "integer", "double", "float", "date", "time", "dateTime"),
    *("dateTimeStamp", "gYear", "gMonth", "gDay", "gYearMonth", "gMonthDay", "duration", "yearMonthDuration"),
    *("dayTimeDuration", "byte", "short", "int", "long", "unsignedByte", "unsignedShort", "unsignedInt"),
    *("unsignedLong", "positiveInteger", "nonNegativeInteger", "negativeInteger", "nonPositiveInteger"),
    *("hexBinary", "base64Binary", "anyURI", "language", "normalizedString", "token", "NMTOKEN", "Name"),
    *("NCName", "QName", "ENTITY", "ID", "IDREF", "NOTATION", "ENTITIES", "IDREFS", "NMTOKENS"),
    *("anyType", "anySimpleType", "anyAtomicType"),
)
STANDARD: Final = frozenset(
    namespace + name
    for namespace, names in ((RDF, _RDF), (RDFS, _RDFS), (OWL, _OWL), (XSD, _XSD))
    for name in names
)
"""The IRIs of RDF 1.1 and 1.2, RDF Schema, OWL 2 and the XSD datatypes."""

STANDARD_NAMESPACES: Final = (RDF, RDFS, OWL, XSD)


@cache
def shacl_terms() -> frozenset[str]:
    """The IRIs in the SHACL namespace that SHACL or SHACL Advanced Features define.

    Raises:
        StoreError: when pyshacl is not installed as it should be.
    """
    triples = _vocabulary()
    found = {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode) and term.value.startswith(SH)
    }
    return frozenset(found.union(SH + name for name in _EXPRESSIONS))


@cache
def constraint_parameters() -> frozenset[NamedNode]:
    """The parameters of the constraint components of SHACL: whatever has a value for one is a shape.

    Raises:
        StoreError: when pyshacl is not installed as it should be.
    """
    triples = _vocabulary()
    components = triples.subjects(TYPE, sh("ConstraintComponent"))
    parameters = _all(triples, components, sh("parameter"))
    return frozenset(
        path for path in _all(triples, parameters, sh("path")) if isinstance(path, NamedNode)
    ).union([sh("sparql"), sh("js"), sh("expression")])


def asset(name: str) -> Triples:
    """A Turtle file that pyshacl ships.

    Raises:
        StoreError: when it is not there.
    """
    spec = find_spec("pyshacl")
    folders = (spec.submodule_search_locations if spec is not None else None) or []
    for folder in folders:
        path = Path(folder, "assets", name)
        if path.is_file():
            return Triples(quad.triple for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE))
    raise StoreError(
        f"pyshacl is installed without its file assets/{name}", hint="Install it again: pip install pyshacl."
    )


@cache
def _vocabulary() -> Triples:
    return asset("shacl.ttl")


def _all(triples: Triples, subjects: Iterable[object], predicate: NamedNode) -> list[object]:
    return [found for each in subjects for found in triples.objects(each, predicate)]  # type: ignore[arg-type]
