"""Rows as an assistant gets them: as JSON with labels and citations, and as Markdown that says the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.names import compact
from unpact.render.markdown import escaped, write_md
from unpact.render.results_json import plain
from unpact.render.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.query.result import Result
    from unpact.render.labels import Labels
    from unpact.render.notes import Note
    from unpact.render.rows import Term

Json = dict[str, Any]

# no variable of SPARQL has a blank, so no column is called the same
_SENTENCES = "rests on"


class Reply(NamedTuple):
    """What a tool answers: text for people and models, the same as JSON, or an error."""

    text: str
    structured: Json | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class CitedRows:
    """An answer with what it rests on.

    Args:
        result: the rows.
        sentences: those behind each row; none where they are not asked for or not known.
        citations: what is known of each of them, as `unpact.mcp.citations` gives it.
        notes: on discrepancies.
        uncited: why there are no sentences, where there should be some.
    """

    result: Result
    sentences: Sequence[tuple[NamedNode, ...]]
    citations: Sequence[Json]
    notes: Sequence[Note]
    uncited: str | None = field(default=None)

    def reply(self, labels: Labels) -> Reply:
        """The whole answer, things in the words of `labels`."""
        return Reply(self._text(labels), self._json(labels))

    def _json(self, labels: Labels) -> Json:
        result = self.result
        answer: Json = {
            "rows": [
                {
                    "values": {
                        name: value_json(cell, labels)
                        for name, cell in zip(result.variables, row, strict=True)
                    },
                    "sentences": [compact(each.value) for each in behind],
                }
                for row, behind in zip(result.rows, self.sentences, strict=True)
            ],
            "citations": list(self.citations),
            "notes": [{"note": str(note), **note.as_json()} for note in self.notes],
            "cut": result.cut,
        }
        if result.as_of is not None:
            answer["as_of"] = result.as_of
        if self.uncited is not None:
            answer["uncited"] = self.uncited
        return answer

    def _text(self, labels: Labels) -> str:
        result = self.result
        stream = StringIO()
        if result.rows:
            rows = [
                (*row, Literal(", ".join(compact(each.value) for each in behind)))
                for row, behind in zip(result.rows, self.sentences, strict=True)
            ]
            write_md(Rows((*result.variables, _SENTENCES), rows), stream, labels, self.notes)
        else:
            stream.write("no rows\n")
        if result.as_of is not None:
            stream.write(f"\nas of {result.as_of}\n")
        if result.cut:
            stream.write(f"\nOnly the first {len(result.rows):,} rows are shown.\n")
        if self.uncited is not None:
            stream.write(f"\nThe rows name no sentences: {escaped(self.uncited)}\n")
        stream.write(legend(self.citations))
        return stream.getvalue()


def value_json(cell: Term | None, labels: Labels) -> Any:  # noqa: ANN401 - a value of JSON
    """A thing with its label, or the plain value of anything else."""
    return thing_json(cell, labels) if isinstance(cell, NamedNode) else plain(cell)


def thing_json(thing: NamedNode, labels: Labels) -> Json:
    """The IRI of a thing with its label."""
    return {"iri": thing.value, "label": labels(thing)}


def legend(citations: Sequence[Json]) -> str:
    """What is known of each cited sentence or source, a line each; nothing of those known by number alone."""
    lines = []
    for each in citations:
        told = [each[key] for key in ("publisher", "title", "address") if key in each]
        if "text" in each:
            told.append(f'"{each["text"]}"')
        if told:
            lines.append(f"- {each['id']}: {escaped(', '.join(told))}\n")
    return "".join(["\nSentences and sources:\n", *lines]) if lines else ""
