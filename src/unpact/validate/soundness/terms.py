"""Terms in the namespace of SHACL that SHACL does not have: a misspelt parameter constrains nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.names import SH
from unpact.validate.soundness.checks import UNKNOWN_TERM
from unpact.validate.soundness.nearest import nearest
from unpact.validate.soundness.vocabulary import shacl_terms
from unpact.validate.soundness.wording import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.finding import Finding
    from unpact.shacl.triples import Term
    from unpact.validate.soundness.reporting import Reporter


def unknown_terms(reporter: Reporter) -> Iterator[Finding]:
    """Each triple with a term that is none of SHACL's, as subject, property or value."""
    known = shacl_terms()
    triples = reporter.shapes.triples
    for subject in triples.subjects_all():
        if _is_unknown(subject, known):
            yield _finding(reporter, subject, (subject, None, None))
        for predicate, values in triples.properties(subject).items():
            for value in values:
                at = (subject, predicate, value)
                if _is_unknown(predicate, known):
                    yield _finding(reporter, predicate, at)
                if _is_unknown(value, known):
                    yield _finding(reporter, value, at)


def _is_unknown(term: Term, known: frozenset[str]) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(SH) and term.value not in known


def _finding(reporter: Reporter, term: Term, at: tuple[Term, NamedNode | None, Term | None]) -> Finding:
    iri = term.value if isinstance(term, NamedNode) else ""
    meant = nearest(iri, (each for each in shacl_terms() if "-" not in each))
    if meant is None:
        return reporter.finding(UNKNOWN_TERM, f"SHACL has no term {word(term)}, so it has no effect", at)
    better = word(NamedNode(meant))
    message = f"SHACL has no term {word(term)}: did you mean {better}?"
    return reporter.finding(UNKNOWN_TERM, message, at, mend=f"Write {better}.")
