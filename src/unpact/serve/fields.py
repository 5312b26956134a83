"""The fields of a form of filters: what they were filled in with, and what is wrong with it, if anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UnknownNameError, UnpactError
from unpact.query.period import period_of
from unpact.query.resolve import local_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import NamedNode

    from unpact.query.period import Period
    from unpact.query.resolve import Resolver
    from unpact.render.labels import Labels
    from unpact.serve.exchange import Asked


class Choice(NamedTuple):
    """One of the values that a field offers."""

    value: str
    words: str


def choices_of(things: Iterable[NamedNode], labels: Labels) -> tuple[Choice, ...]:
    """Things to choose from, in the order of their words."""
    named = list(things)
    labels.load(named)
    found = (Choice(local_name(each.value), labels(each)) for each in named)
    return tuple(sorted(found, key=lambda each: each.words))


class Field(NamedTuple):
    """A field of a form.

    Args:
        name: of the parameter.
        label: for people.
        values: that it was filled in with; one at most unless `is_many`.
        choices: the values to choose from; any text will do where there are none.
        hint: how it is filled in.
        error: what is wrong with the values, as a sentence; empty where nothing is.
        is_many: whether it takes several of its choices.
    """

    name: str
    label: str
    values: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    error: str = ""
    is_many: bool = False

    @property
    def value(self) -> str:
        """The first of the values, or nothing."""
        return self.values[0] if self.values else ""

    def filled_from(self, asked: Asked) -> Field:
        """The same field with the values of a request; ``as_of`` stands for ``as-of``, too."""
        names = (self.name, self.name.replace("-", "_"))
        given = [value.strip() for name, value in asked.query if name in names]
        values = tuple(dict.fromkeys(value for value in given if value))
        return self._replace(values=values if self.is_many else values[:1])

    def with_error(self, error: UnpactError) -> Field:
        """The same field with what is wrong, and what could be meant."""
        sentence = error.message[:1].upper() + error.message[1:] + "."
        if isinstance(error, UnknownNameError):
            # its hint is a command to type
            further = f"Did you mean {' or '.join(error.suggestions)}?" if error.suggestions else None
        else:
            further = error.hint
        return self._replace(error=f"{sentence} {further}" if further else sentence)


def read_period(field: Field) -> tuple[Field, Period | None]:
    """The year, month or day in a field; None where it is empty or wrong, which the field then says."""
    if not field.value:
        return field, None
    try:
        return field, period_of(field.value)
    except UnpactError as error:
        return field.with_error(error), None


def read_things(field: Field, resolver: Resolver, cls: str | None = None) -> tuple[Field, list[NamedNode]]:
    """The things of class `cls` that the values of a field name; the field says of the first wrong one."""
    try:
        things = [resolver.resolve(value, cls) for value in field.values]
        return field._replace(values=tuple(local_name(thing.value) for thing in things)), things
    except UnpactError as error:
        return field.with_error(error), []


def are_right(fields: Iterable[Field]) -> bool:
    """Whether nothing is wrong with any of some fields."""
    return not any(field.error for field in fields)
