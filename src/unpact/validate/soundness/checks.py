"""The checks of this package, with their stable ids."""

from __future__ import annotations

from typing import Final

from unpact.finding import Severity
from unpact.validate.checks import Check

SHAPES_EMPTY: Final = "shapes/empty"
DATA_EMPTY: Final = "data/empty"
UNREACHED: Final = "shapes/unreached"
UNCOVERED: Final = "shapes/uncovered-class"
UNKNOWN_TERM: Final = "shapes/unknown-term"
NO_EFFECT: Final = "shapes/no-effect"
UNKNOWN_IRI: Final = "shapes/unknown-iri"
ILL_FORMED: Final = "shapes/ill-formed"


def _check(name: str, severity: Severity, title: str, about: str, mend: str | None = None) -> Check:
    return Check(name, severity, title, about, mend, None, None)


CHECKS: Final = (
    _check(
        SHAPES_EMPTY,
        Severity.VIOLATION,
        "No shapes",
        "Some shape has a target; otherwise nothing is checked.",
        "Give a shape sh:targetClass, sh:targetNode, sh:targetSubjectsOf or sh:targetObjectsOf.",
    ),
    _check(DATA_EMPTY, Severity.VIOLATION, "No data", "There are triples to check."),
    _check(
        UNREACHED,
        Severity.WARNING,
        "Shape without focus nodes",
        "Each shape with targets has a focus node in the data.",
    ),
    _check(
        UNCOVERED,
        Severity.WARNING,
        "Class without a shape",
        "Some instance of each class in the data is a focus node.",
        "Write a shape with sh:targetClass for the class.",
    ),
    _check(
        UNKNOWN_TERM,
        Severity.VIOLATION,
        "Unknown term of SHACL",
        "Each term in the namespace of SHACL is a term of SHACL or of its advanced features.",
    ),
    _check(
        NO_EFFECT,
        Severity.WARNING,
        "Parameter without effect",
        "Each parameter stands where it constrains something; what SHACL forbids there is a violation.",
    ),
    _check(
        UNKNOWN_IRI,
        Severity.WARNING,
        "Unknown class, property or datatype",
        "The ontology or the data knows the classes, properties and datatypes that shapes name.",
    ),
    _check(
        ILL_FORMED,
        Severity.VIOLATION,
        "Ill-formed shape",
        "Each shape keeps the syntax rules of SHACL (appendix B of the recommendation).",
    ),
)
