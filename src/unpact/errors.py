"""The errors a user can meet. Each says what is wrong, where, and what to do next, and knows its exit code.

`str(error)` is the one line that the command line prints. Exit codes: 2 for wrong usage or bad input, 3 when
a store or the network failed or the time ran out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class UnpactError(Exception):
    """Base of all errors that unpact raises on purpose.

    Args:
        message: what is wrong, without a full stop at the end.
        where: the file, with line and column if known, the query or the option that is meant.
        hint: what to type next.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        self.message = message
        self.where = where
        self.hint = hint
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """How it goes to another process: with all that it knows, whatever its class was given for that."""
        return _restored, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        if not self.hint:
            return text
        joint = "" if text.endswith((".", "?", "!")) else "."
        return f"{text}{joint} {self.hint}"


class UsageError(UnpactError):
    """A command, option or argument that cannot be meant as it was given."""


class TooManyTriplesError(UsageError):
    """A store or a service has more triples than are copied.

    Args:
        message: what is wrong.
        triples: that it has.
        where: its name.
        hint: what to type next.
    """

    def __init__(self, message: str, *, triples: int, where: str, hint: str) -> None:
        super().__init__(message, where=where, hint=hint)
        self.triples = triples


class DataSyntaxError(UnpactError):
    """RDF that cannot be read as it stands: wrong syntax, or a literal outside its datatype's lexical space.

    Args:
        message: what is wrong, without the position.
        path: the file; `-` is the standard input.
        line: counted from 1, if known.
        column: counted from 1, if known.
        hint: what to type next.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str,
        line: int | None = None,
        column: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, where=_position(str(path), line, column), hint=hint)
        self.path = path
        self.line = line
        self.column = column


class QuerySyntaxError(UnpactError):
    """SPARQL that does not parse.

    Args:
        message: what is wrong, without the position.
        line: counted from 1 in the query as the user wrote it, if known.
        column: counted from 1, if known.
        where: the query's name or file; "the query" when it has none.
        hint: what to type next.
    """

    def __init__(
        self,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        where: str | None = None,
        hint: str | None = None,
    ) -> None:
        if where is None and line is not None:
            place = f"query, line {line}" + (f", column {column}" if column is not None else "")
        else:
            place = _position(where or "query", line, column)
        super().__init__(message, where=place, hint=hint)
        self.line = line
        self.column = column


class UnknownNameError(UnpactError):
    """A name that nothing in the graph, or no stored query, has.

    Args:
        message: what was looked for.
        suggestions: the nearest names there are, best first; they make the hint unless one is given.
    """

    def __init__(
        self,
        message: str,
        *,
        suggestions: Iterable[str] = (),
        where: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.suggestions = tuple(suggestions)
        if hint is None and self.suggestions:
            hint = f"Did you mean {_alternatives(self.suggestions)}?"
        super().__init__(message, where=where, hint=hint)


class AmbiguousNameError(UnpactError):
    """A name that more than one thing has.

    Args:
        message: what was looked for.
        candidates: what it could mean, each written so that it is accepted as input.
    """

    def __init__(
        self,
        message: str,
        *,
        candidates: Iterable[str] = (),
        where: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.candidates = tuple(candidates)
        if hint is None and self.candidates:
            hint = f"Say which one: {_alternatives(self.candidates)}."
        super().__init__(message, where=where, hint=hint)


class NetworkRefused(UnpactError):  # noqa: N818 - it is a refusal, not a failure
    """A query that would reach the network without being allowed to."""


class ShapesError(UnpactError):
    """Shapes that SHACL does not allow."""


class StoreError(UnpactError):
    """A store, file or service that failed while it was used."""

    exit_code = 3


class QueryTimeout(UnpactError):  # noqa: N818 - named as concurrent.futures and asyncio users say it
    """A query that was ended because its time was over."""

    exit_code = 3


def _restored(cls: type[UnpactError], args: tuple[object, ...], state: dict[str, object]) -> UnpactError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _position(name: str, line: int | None, column: int | None) -> str:
    """`name:line:column`, the form that editors and CI systems link."""
    return ":".join([name, *(str(number) for number in (line, column) if number is not None)])


def _alternatives(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
