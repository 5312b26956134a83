"""The triples that explanations are made of."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from unpact.graph.interface import Term

#: Subject, predicate and object.
Fact: TypeAlias = tuple[Term, Term, Term]


class PathStep(NamedTuple):
    """One triple of a way; `inverse` when it is gone from object to subject."""

    fact: Fact
    inverse: bool = False
