"""The values in a query string: which parameter each is for, what it means, and what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UnpactError, UsageError
from unpact.query.parameters import to_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unpact.query.parameters import NameResolver, Parameter, Term
    from unpact.query.stored import StoredQuery

#: Names in the query string that every question has beside its own parameters.
CITE, WHY = "cite", "why"
_TRUTH = {"true": True, "false": False}
_NUMBER = re.compile("[1-9][0-9]{0,8}")


class Problem(NamedTuple):
    """What is wrong with one value.

    Args:
        name: of the parameter; empty where it belongs to none.
        value: as it was given.
        error: says what is wrong.
    """

    name: str
    value: str
    error: UnpactError


class Given(NamedTuple):
    """What a query string says.

    Args:
        texts: the values by parameter as they were written, without blank ones.
        things: the IRIs that they mean, by parameter, as far as they are names of things.
        problems: what is wrong with them.
        missing: the parameters that need a value and have none.
        cite: whether the sentences are wanted; None where nothing says so.
        why: the number of the row that is to be explained, from 1.
    """

    texts: Mapping[str, tuple[str, ...]]
    things: Mapping[str, frozenset[str]]
    problems: tuple[Problem, ...] = ()
    missing: tuple[Parameter, ...] = ()
    cite: bool | None = None
    why: int | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the question can be asked."""
        return not self.problems and not self.missing

    def check(self) -> None:
        """Raise what is wrong first; UsageError for a missing value."""
        for problem in self.problems:
            raise problem.error
        for parameter in self.missing:
            raise _needed(parameter)

    def values(self) -> dict[str, tuple[str, ...]]:
        """The values as `unpact.query.run.run` takes them."""
        return dict(self.texts)


def read(query: StoredQuery, pairs: Iterable[tuple[str, str]], resolver: NameResolver) -> Given:
    """Read a query string.

    Args:
        query: whose parameters are given; `-` may stand for `_` in their names.
        pairs: names and values in their order.
        resolver: finds things by their names.
    """
    texts: dict[str, list[str]] = {}
    common: dict[str, list[str]] = {CITE: [], WHY: []}
    blank: set[str] = set()
    problems: list[Problem] = []
    for written, value in pairs:
        name = written.replace("-", "_")
        if query.parameter(name) is not None:
            if value.strip():
                texts.setdefault(name, []).append(value)
            else:
                # what a form sends for a control that was left empty
                blank.add(name)
        elif name in common:
            common[name].append(value)
        else:
            problems.append(Problem("", written, _unknown(query, written)))
    if not all(value in _TRUTH for value in common[CITE]) or len(common[CITE]) > 1:
        problems.append(_common(f"{CITE} is true or false", common[CITE]))
    if not all(_NUMBER.fullmatch(value) for value in common[WHY]) or len(common[WHY]) > 1:
        problems.append(_common(f"{WHY} is the number of one row", common[WHY]))
    things: dict[str, frozenset[str]] = {}
    for parameter in query.parameters:
        values = texts.get(parameter.name, [])
        terms, wrong = _terms(parameter, values, resolver)
        problems += wrong
        things[parameter.name] = frozenset(
            term.value for term in terms if parameter.class_iri is not None and hasattr(term, "value")
        )
    needed = [each for each in query.parameters if each.required and each.name not in texts]
    problems += [Problem(each.name, "", _needed(each)) for each in needed if each.name in blank]
    given = Given(
        {name: tuple(values) for name, values in texts.items()}, things, tuple(problems), tuple(needed)
    )
    if problems:
        return given
    return given._replace(
        cite=next((_TRUTH[value] for value in common[CITE]), None),
        why=next((int(value) for value in common[WHY]), None),
    )


def _terms(
    parameter: Parameter, values: list[str], resolver: NameResolver
) -> tuple[list[Term], list[Problem]]:
    terms: list[Term] = []
    problems: list[Problem] = []
    if len(values) > 1 and not parameter.list:
        try:
            to_terms(parameter, tuple(values), resolver)
        except UnpactError as error:
            return [], [Problem(parameter.name, values[0], error)]
    for value in values:
        try:
            terms += to_terms(parameter, value, resolver)
        except UnpactError as error:
            problems.append(Problem(parameter.name, value, error))
    return terms, problems


def _common(rule: str, values: Sequence[str]) -> Problem:
    found = ", ".join(map(repr, values))
    return Problem("", found, UsageError(f"{rule}, not {found}"))


def _needed(parameter: Parameter) -> UsageError:
    return UsageError(f"a value for {parameter.option} is needed", hint=f"It is: {parameter.help}.")


def _unknown(query: StoredQuery, written: str) -> UsageError:
    known = ", ".join((*(each.option for each in query.parameters), CITE, WHY))
    return UsageError(f"this question has no parameter {written!r}", hint=f"It has: {known}.")
