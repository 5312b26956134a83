"""Answers: rows of RDF terms, and the same rows as plain Python values for programs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Self

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as RdfLiteral

from unpact.names import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from unpact.query.stored import StoredQuery

Term = NamedNode | BlankNode | RdfLiteral | Triple
Kind = Literal["select", "ask", "construct"]

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer",
        "long",
        "int",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    )
)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query.

    A SELECT has its own variables. ASK is one column ``answer`` with one row, CONSTRUCT and DESCRIBE are
    three columns ``subject``, ``predicate``, ``object``, so that every renderer can show them. `as_of` is the
    day, month or year that the rows are about, where the query takes one. `cut` says that there are more rows
    than were wanted.
    """

    query: StoredQuery | None
    variables: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]
    kind: Kind = "select"
    text: str = field(default="", repr=False)
    as_of: str | None = None
    cut: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def answer(self) -> bool | None:
        """The answer of an ASK query, else None."""
        if self.kind != "ask":
            return None
        value = self.rows[0][0]
        return isinstance(value, RdfLiteral) and value.value == "true"

    def triples(self) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE; nothing for other queries."""
        if self.kind == "construct":
            for subject, predicate, value in self.rows:
                if (
                    isinstance(subject, NamedNode | BlankNode)
                    and isinstance(predicate, NamedNode)
                    and value is not None
                ):
                    yield Triple(subject, predicate, value)


class Thing(str):
    """The IRI of a thing, usable as a plain string, with the thing's label at hand."""

    __slots__ = ("_labels",)
    _labels: Callable[[str], str | None] | None

    def __new__(cls, iri: str, labels: Callable[[str], str | None] | None = None) -> Self:
        """Make the thing; `labels` is asked for its label when needed."""
        thing = super().__new__(cls, iri)
        thing._labels = labels
        return thing

    @property
    def label(self) -> str:
        """The label, or the last part of the IRI when it has none."""
        found = self._labels(str(self)) if self._labels else None
        return found if found is not None else self.local_name

    @property
    def local_name(self) -> str:
        """The part of the IRI behind its last ``#`` or ``/``."""
        return str(self).rpartition("#" if "#" in self else "/")[2]


class Row:
    """One row: values by position, by column name (``row["date"]``) or as attributes (``row.date``).

    Not a `Sequence`, whose methods ``count`` and ``index`` would hide columns of these names.
    """

    __slots__ = ("_names", "_values")

    def __init__(self, names: tuple[str, ...], values: Sequence[Any]) -> None:
        self._names = names
        self._values = tuple(values)

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401 - a value of any Python type
        if isinstance(key, str):
            try:
                return self._values[self._names.index(key)]
            except ValueError:
                raise KeyError(key) from None
        return self._values[key]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a value of any Python type
        if name.startswith("_") or name not in self._names:
            raise AttributeError(f"the row has no column {name!r} (columns: {', '.join(self._names)})")
        return self[name]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return self._names == other._names and self._values == other._values
        return self._values == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in zip(self._names, self._values, strict=True))
        return f"Row({inside})"

    def asdict(self) -> dict[str, Any]:
        """The row as a dictionary from column to value."""
        return dict(zip(self._names, self._values, strict=True))


def to_python(term: Term | None, labels: Callable[[str], str | None] | None = None) -> Any:  # noqa: ANN401 - that is its job
    """The Python value of a term.

    IRIs become Thing, numbers int, Decimal or float, xsd:date date, xsd:dateTime datetime, xsd:boolean
    bool. Partial dates (``2016``, ``2016-12``), texts and whatever Python cannot hold stay strings.
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return Thing(term.value, labels)
    if isinstance(term, RdfLiteral):
        try:
            return _CONVERTERS.get(term.datatype.value, str)(term.value)
        except (ValueError, ArithmeticError):
            return term.value
    return str(term)


def _decimal(text: str) -> Decimal:
    # imported when a number comes back, which no table or CSV file needs
    from decimal import Decimal

    return Decimal(text)


_CONVERTERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(_INTEGERS, int),
    XSD + "decimal": _decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": lambda value: value in ("true", "1"),
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}
