"""``unpact cite``: the sentences behind a thing, with their text when the article is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import announce_empty, answer_json, answer_rows, answer_text
from unpact.cli.opening import open_explained
from unpact.cli.options import GraphOptions, OutputOptions, graph_options, output_options
from unpact.cli.running import supervised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unpact.describe.cite import Citation
    from unpact.render.rows import Rows

_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md")


@click.command(
    "cite",
    epilog="Examples: unpact cite 'UNODC Country Programme-II'; unpact cite s:2.4.1 --article article.txt",
)
@click.argument("thing", nargs=-1, required=True)
@click.option(
    "--article", metavar="FILE", help="A copy of the article; its SHA-256 is checked. Adds the text."
)
@output_options(_FORMATS)
@graph_options
def command(thing: tuple[str, ...], source: GraphOptions, output: OutputOptions, article: str | None) -> None:
    """List the sentences behind a thing, each with what it states.

    THING is anything that "unpact show" accepts, or a sentence such as s:2.4.1: then what rests on it is
    listed. The article's text is no part of unpact; --article reads the sentences from your own copy.
    """
    from unpact.describe.cite import cite
    from unpact.describe.page import citation_page
    from unpact.evidence.passages import passage_texts
    from unpact.query.resolve import Resolver
    from unpact.render.labels import Labels

    graph, derivations = open_explained(source)
    name = " ".join(thing)
    citations = supervised(
        lambda: cite(graph, Resolver(graph).resolve(name), Labels(graph, output.lang), derivations)
    )
    texts = passage_texts(graph, article)
    if output.format == "table":
        answer_text(citation_page(citations, texts), output)
        announce_empty(output, empty=not citations)
    elif output.format == "json":
        answer_json([_as_json(citation, texts) for citation in citations], output)
        announce_empty(output, empty=not citations)
    else:
        answer_rows(_rows(citations, texts, with_text=article is not None), output, graph)


def _as_json(citation: Citation, texts: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {"sentence": citation.sentence.value, "statements": list(citation.statements)}
    if citation.sentence.value in texts:
        found["text"] = texts[citation.sentence.value]
    return found


def _rows(citations: list[Citation], texts: Mapping[str, str], *, with_text: bool) -> Rows:
    from pyoxigraph import Literal

    from unpact.render.rows import Cell, Rows

    rows: list[tuple[Cell, ...]] = []
    for citation in citations:
        row: tuple[Cell, ...] = (citation.sentence, Literal("; ".join(citation.statements)))
        if with_text:
            text = texts.get(citation.sentence.value)
            row += (None if text is None else Literal(text),)
        rows.append(row)
    return Rows(("sentence", "states", "text") if with_text else ("sentence", "states"), rows)
