"""``unpact queries``: what can be asked, and whether the stored queries are sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import announce_empty, answer_json, answer_text
from unpact.cli.opening import open_catalogue
from unpact.cli.options import OutputOptions, output_options
from unpact.query.described import as_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.query.header import StoredQuery


@click.command(
    "queries",
    epilog="Examples: unpact queries; unpact queries treaty; unpact queries check; unpact queries -f json",
)
@click.argument("text", required=False)
@output_options(("table", "json", "jsonl", "md"))
def command(text: str | None, output: OutputOptions) -> None:
    """The stored queries, by topic; with TEXT only those that speak of it.

    "unpact queries check" examines them all instead: headers, parameters, columns, the names they use, and
    that each example has rows. It ends with code 1 when something is wrong.
    """
    if text == "check":
        from unpact.cli.queries_check import check_stored_queries

        check_stored_queries(output)
        return
    catalogue = open_catalogue()
    found = catalogue.search(text) if text else list(catalogue)
    if output.format == "json":
        answer_json([as_object(query) for query in found], output)
    elif output.format == "jsonl":
        import json

        answer_text((json.dumps(as_object(query), ensure_ascii=False) for query in found), output)
    elif output.format == "md":
        answer_text(_markdown(found), output)
    else:
        answer_text(_listing(found), output)
    announce_empty(output, empty=not found)


def _listing(queries: Iterable[StoredQuery]) -> Iterator[str]:
    found = list(queries)
    indent = max((len(query.name) for query in found), default=0)
    for number, (topic, members) in enumerate(_by_topic(found).items()):
        if number:
            yield ""
        yield topic
        for query in members:
            yield f"  {query.name:<{indent}}  {query.title}{_asked_for(query)}"


def _asked_for(query: StoredQuery) -> str:
    needed = [f"--{parameter.option}" for parameter in query.parameters if parameter.required]
    return f"  ({' '.join(needed)})" if needed else ""


def _markdown(queries: Iterable[StoredQuery]) -> Iterator[str]:
    for number, (topic, members) in enumerate(_by_topic(queries).items()):
        if number:
            yield ""
        yield f"## {topic}"
        yield ""
        for query in members:
            yield f"- `{query.name}`: {query.description}"


def _by_topic(queries: Iterable[StoredQuery]) -> dict[str, list[StoredQuery]]:
    topics: dict[str, list[StoredQuery]] = {}
    for query in queries:
        topics.setdefault(query.topic, []).append(query)
    return topics
