"""The answer of a query in Python: rows with values of Python's own types, a data frame or a graph."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import rdflib

    from unpact.query.result import Result, Row
    from unpact.render.notes import Note
    from unpact.why.parts import Explanation


class Answer(Sequence["Row"]):
    """The rows of an answer, with values of Python's own types.

    Args:
        result: the terms as the engine gave them.
        label: gives the label of a thing, named by its IRI.
        notes: finds what the record corrects or contests in an answer.
        explain: gives the explanation of a row, by its place.
    """

    def __init__(
        self,
        result: Result,
        label: Callable[[str], str],
        notes: Callable[[Result], list[Note]] | None = None,
        explain: Callable[[Result, int], Explanation] | None = None,
    ) -> None:
        self.result = result
        self._label = label
        self._find_notes = notes
        self._explain = explain

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.result.variables

    @property
    def as_of(self) -> str | None:
        """The day, month or year that the answer is about, where the query takes one."""
        return self.result.as_of

    def why(self, place: int) -> Explanation:
        """What made a row match: the triples behind it, and what was looked for and not found.

        Args:
            place: of the row, from 0.

        Raises:
            IndexError: for a row that the answer does not have.
            UsageError: for a query that cannot be taken apart, and for an answer without a graph.
        """
        if not 0 <= place < len(self):
            raise IndexError(f"the answer has no row {place}")
        if self._explain is None:
            raise UsageError("this answer does not know the graph that it came from")
        return self._explain(self.result, place)

    @property
    def truth(self) -> bool:
        """The answer of an ASK query.

        Raises:
            UsageError: for any other query.
        """
        answer = self.result.answer
        if answer is None:
            raise UsageError("only an ASK query is answered by true or false")
        return answer

    @cached_property
    def notes(self) -> list[Note]:
        """What the record corrects or contests in these rows; `str(note)` is one line."""
        return [] if self._find_notes is None else self._find_notes(self.result)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._rows[index]

    def __repr__(self) -> str:
        return f"<Answer: {len(self)} rows of {', '.join(self.columns)}>"

    @cached_property
    def _rows(self) -> list[Row]:
        from unpact.query.result import Row, to_python

        return [Row(self.columns, [to_python(term, self._label) for term in row]) for row in self.result.rows]

    def to_pandas(self) -> pd.DataFrame:
        """A data frame with the columns of the answer; things are their IRIs.

        Raises:
            UsageError: when pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise UsageError("pandas is not installed", hint="Type: pip install 'unpact[pandas]'") from None
        # a list for each column keeps pandas from guessing at rows, and an empty answer keeps its columns
        return pd.DataFrame({name: [row[at] for row in self] for at, name in enumerate(self.columns)})

    def to_rdflib(self) -> rdflib.Graph:
        """The triples of a CONSTRUCT or DESCRIBE query as an rdflib graph.

        Raises:
            UsageError: for any other query.
        """
        if self.result.kind != "construct":
            raise UsageError("only CONSTRUCT and DESCRIBE queries are answered by a graph")
        from unpact.graph.rdflib_engine import graph_of

        return graph_of(self.result.triples())
