"""The checks of queries: what each holds to be true, for reports that name what was checked."""

from __future__ import annotations

from typing import NamedTuple

from unpact.finding import Severity
from unpact.query.lint.bindings import UNBOUND
from unpact.query.lint.existence import JOIN
from unpact.query.lint.joins import PRODUCT
from unpact.query.lint.stored import HEADER, ORDER
from unpact.query.lint.suppression import SUPPRESSION
from unpact.query.lint.syntax import PREFIX, REMOTE, SYNTAX
from unpact.query.lint.terms import TERM
from unpact.query.lint.terms_of_pattern import WRONG
from unpact.query.lint.usage import UNUSED


class LintCheck(NamedTuple):
    """One check of queries.

    Args:
        id: the stable id that its findings carry.
        severity: of its findings, unless one says otherwise.
        title: a few words.
        help: what has to be true, in whole sentences.
    """

    id: str
    severity: Severity
    title: str
    help: str


CHECKS = (
    LintCheck(SYNTAX, Severity.VIOLATION, "Syntax", "The text is SPARQL 1.1."),
    LintCheck(PREFIX, Severity.VIOLATION, "Unknown prefix", "Every prefix is declared, or is one of ours."),
    LintCheck(
        TERM,
        Severity.VIOLATION,
        "Unknown term",
        "Every IRI in one of our namespaces is in the ontology or in the data.",
    ),
    LintCheck(
        UNBOUND,
        Severity.VIOLATION,
        "Unbound variable",
        "What is selected, filtered, grouped or ordered by can be bound where it is used.",
    ),
    LintCheck(
        WRONG,
        Severity.VIOLATION,
        "Value of the wrong kind",
        "Subjects and objects are of the kind, datatype and class that the ontology gives the property.",
    ),
    LintCheck(REMOTE, Severity.VIOLATION, "Remote access", "A query reaches no other server."),
    LintCheck(
        HEADER, Severity.VIOLATION, "Header", "A stored query has a header, which fits the query below it."
    ),
    LintCheck(
        PRODUCT,
        Severity.WARNING,
        "Cartesian product",
        "The patterns of a group are connected by variables that they share.",
    ),
    LintCheck(
        JOIN,
        Severity.WARNING,
        "EXISTS over a join",
        "EXISTS and NOT EXISTS look for one triple; more are looked for with MINUS or a sub-select.",
    ),
    LintCheck(
        UNUSED,
        Severity.WARNING,
        "Unused variable",
        "What is computed or looked up is used; what only has to be there is written [].",
    ),
    LintCheck(
        SUPPRESSION, Severity.WARNING, "Suppression", "A comment that silences a check names one that exists."
    ),
    LintCheck(ORDER, Severity.INFO, "No order", "A stored query with LIMIT has ORDER BY."),
)
