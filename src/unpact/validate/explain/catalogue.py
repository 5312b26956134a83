"""Every check that can be explained, with what kind of check it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.validate.checks import Check

if TYPE_CHECKING:
    from unpact.validate.shapes import Shapes


def other_checks() -> list[Check]:
    """The checks that no shape makes: of syntax, ontology, the shapes themselves, coverage and queries."""
    from unpact.evidence.checks import COVERAGE_CHECKS
    from unpact.query.check import STORED_CHECKS
    from unpact.query.lint.checks import CHECKS
    from unpact.validate.consistency import CONSISTENCY_CHECKS
    from unpact.validate.soundness.checks import CHECKS as SOUNDNESS_CHECKS
    from unpact.validate.syntax import SYNTAX_CHECKS

    of_queries = [Check(*each, mend=None, file=None, line=None) for each in (*CHECKS, *STORED_CHECKS)]
    return [*SYNTAX_CHECKS, *CONSISTENCY_CHECKS, *SOUNDNESS_CHECKS, *COVERAGE_CHECKS, *of_queries]


def all_checks(shapes: Shapes, *, places: bool = False) -> list[Check]:
    """Every check, those of the shapes last.

    Args:
        shapes: whose checks there are beside the others.
        places: whether to say where each shape is written.
    """
    return [*other_checks(), *shapes.checks(places=places)]
