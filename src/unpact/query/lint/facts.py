"""What the patterns of a query say about its variables: literal or thing, and of which classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.names import RDF
from unpact.query import algebra as alg
from unpact.query.lint.source import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.query.algebra import Span
    from unpact.query.lint.source import QueryText
    from unpact.query.lint.vocabulary import Vocabulary

TYPE = RDF + "type"


class Fact(NamedTuple):
    """One thing that a pattern says of a variable.

    Args:
        name: the variable, as ``?name``.
        because: what says so, to stand behind "as".
        span: where the variable stands in the pattern.
        literal: True when it must be a literal, False when it must be a thing.
        cls: a class that it must be an instance of; only of things.
        declared: whether the ontology says so, and not only the values that there are.
    """

    name: str
    because: str
    span: Span
    literal: bool = False
    cls: str | None = None
    declared: bool = True


class Step(NamedTuple):
    """The first or the last step of a path: the property, and whether it is gone backwards."""

    property: str
    inverse: bool


def facts_of(pattern: alg.TriplePattern, source: QueryText, vocabulary: Vocabulary) -> Iterator[Fact]:
    """Everything that one triple pattern says of its variables."""
    subject_span, _, object_span = pattern.spans
    predicate = as_path(pattern)
    if predicate is None:
        return
    if isinstance(predicate, alg.Step) and is_type(predicate, source):
        cls = source.iri(pattern.object)
        if is_variable(pattern.subject) and cls is not None:
            yield Fact(pattern.subject, f"a {word(cls)}", subject_span, cls=cls)
        return
    for term, span, steps in (
        (pattern.subject, subject_span, [(step, False) for step in ends(predicate, source, first=True)]),
        (pattern.object, object_span, [(step, True) for step in ends(predicate, source, first=False)]),
    ):
        # a choice of properties says for certain only what each of them says
        if is_variable(term) and len(steps) == 1:
            step, is_value = steps[0]
            yield from _of_step(term, step, span, vocabulary, is_value=is_value != step.inverse)


def _of_step(name: str, step: Step, span: Span, vocabulary: Vocabulary, *, is_value: bool) -> Iterator[Fact]:
    known = vocabulary.property(step.property)
    label = word(step.property)
    if not is_value:
        yield Fact(name, f"the subject of {label}", span)
        for cls in known.domains:
            yield Fact(name, f"the subject of {label}", span, cls=cls)
        return
    if known.literal is not None:
        yield Fact(name, f"a value of {label}", span, literal=known.literal, declared=known.declared)
    if known.literal is False:
        for cls in known.ranges:
            yield Fact(name, f"a value of {label}", span, cls=cls)


def is_type(path: alg.Path, source: QueryText) -> bool:
    """Whether a path is ``a``."""
    return isinstance(path, alg.Step) and (path.iri == "a" or source.iri(path.iri) == TYPE)


def is_variable(term: str) -> bool:
    """Whether a term of a pattern is a variable; blank nodes are."""
    return term.startswith("?")


def as_path(pattern: alg.TriplePattern) -> alg.Path | None:
    """The predicate of a pattern as a path; None for a variable."""
    predicate = pattern.predicate
    if isinstance(predicate, str):
        return None if is_variable(predicate) else alg.Step(predicate, pattern.spans[1])
    return predicate


def ends(path: alg.Path, source: QueryText, *, first: bool) -> list[Step]:
    """The steps with which a path may begin or end; none when it may be empty or is not known."""
    match path:
        case alg.Step(term):
            iri = TYPE if term == "a" else source.iri(term)
            return [] if iri is None else [Step(iri, inverse=False)]
        case alg.Inverse(inner):
            return [Step(step.property, not step.inverse) for step in ends(inner, source, first=not first)]
        case alg.Chain(parts):
            return ends(parts[0] if first else parts[-1], source, first=first)
        case alg.Choice(parts):
            found = [ends(part, source, first=first) for part in parts]
            return [step for steps in found for step in steps] if all(found) else []
        case alg.Repeat(inner, "+"):
            return ends(inner, source, first=first)
        case _:
            return []
