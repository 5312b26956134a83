"""The stored queries in a list, for assistants that choose one by name."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from unpact.mcp.answers import Reply
from unpact.mcp.schemas import example_arguments, parameters_schema
from unpact.query.resolve import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.query.catalogue import Catalogue
    from unpact.query.stored import StoredQuery

Json = dict[str, Any]

#: so many queries are named at most, and so many of these described in full
_MOST_FOUND = 24
_MOST_DESCRIBED = 6
# shorter words of a question say nothing of what it is about
_SHORTEST_WORD = 3


def queries_reply(catalogue: Catalogue, text: str) -> Reply:
    """All queries by title, or those that speak of `text`, the best ones in full."""
    if not text.strip():
        everything = list(catalogue)
        listed = "".join(f"{line}\n" for line in _titles(everything))
        return Reply(listed, {"queries": [], "others": [_brief(query) for query in everything]})
    found = _matching(catalogue, text)
    described, others = found[:_MOST_DESCRIBED], found[_MOST_DESCRIBED:]
    lines = [line for query in described for line in _described(query)]
    if others:
        lines += ["Others:", *_titles(others)]
    if not found:
        lines = ["no stored query speaks of that; without a text all of them are listed"]
    answer = {"queries": [_full(query) for query in described], "others": [_brief(query) for query in others]}
    return Reply("".join(f"{line}\n" for line in lines), answer)


def _matching(catalogue: Catalogue, text: str) -> list[StoredQuery]:
    """The queries that speak of every word, else of some of them; those that speak of most come first, and a
    word of the name or title counts twice.
    """
    words = {word for word in normalise(text).split() if len(word) >= _SHORTEST_WORD}
    spoken = Counter(query.name for word in words for query in catalogue.search(word))
    for query in catalogue:
        headed = normalise(f"{query.name} {query.title}")
        if query.name in spoken:
            spoken[query.name] += sum(word in headed for word in words)
    whole = catalogue.search(text)
    found = whole or [query for query in catalogue if query.name in spoken]
    return sorted(found, key=lambda query: -spoken[query.name])[:_MOST_FOUND]


def _titles(queries: Sequence[StoredQuery]) -> Iterator[str]:
    for query in queries:
        needed = ", ".join(_required(query))
        yield f"- {query.name}: {query.title}{f' (needs {needed})' if needed else ''}"


def _described(query: StoredQuery) -> Iterator[str]:
    full = _full(query)
    yield f"{query.name}: {query.title}. {query.description}"
    for name, schema in full["parameters"]["properties"].items():
        default = f", default {json.dumps(schema['default'])}" if "default" in schema else ""
        required = ", required" if name in _required(query) else ""
        yield f"  parameter {name} ({schema['type']}{required}{default}): {schema['description']}"
    for name, meaning in query.columns.items():
        yield f"  column {name}: {meaning}"
    yield f"  example: {json.dumps(full['example'], ensure_ascii=False)}"
    yield ""


def _required(query: StoredQuery) -> list[str]:
    return [parameter.name for parameter in query.parameters if parameter.required]


def _brief(query: StoredQuery) -> Json:
    return {
        "name": query.name,
        "topic": query.topic,
        "title": query.title,
        "required": _required(query),
    }


def _full(query: StoredQuery) -> Json:
    return {
        "name": query.name,
        "topic": query.topic,
        "title": query.title,
        "description": query.description,
        "parameters": parameters_schema(query),
        "columns": dict(query.columns),
        "example": example_arguments(query),
    }
