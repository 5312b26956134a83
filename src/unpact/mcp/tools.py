"""Which tools there are: one for each stored query or two for all of them, and those that are no query."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import yaml

from unpact.mcp.schemas import Schema, answer_schema, example_arguments, parameters_schema

if TYPE_CHECKING:
    from unpact.query.catalogue import Catalogue
    from unpact.query.stored import StoredQuery

#: How the stored queries are offered: two tools for all of them, or a tool for each.
Offer = Literal["few", "all"]

_BY_NAME = ("list_queries", "run_query")


class Tool(NamedTuple):
    """A tool as the protocol describes it."""

    name: str
    title: str
    description: str
    input_schema: Schema
    output_schema: Schema


def tools(catalogue: Catalogue, offer: Offer) -> list[Tool]:
    """The tools that are offered.

    Raises:
        StoredQueryError: for a header that is wrong.
    """
    written = _written()
    always = [_tool(name) for name in written["tools"] if name not in _BY_NAME]
    if offer == "few":
        return [*map(_tool, _BY_NAME), *always]
    names = map(tool_name, catalogue.names())
    return [*always, *(_of_query(name, query) for name, query in zip(names, catalogue, strict=True))]


def instructions() -> str:
    """What an assistant should know of the tools as a whole."""
    return str(_written()["instructions"])


def input_schema(name: str) -> Schema | None:
    """The schema of the arguments of a tool that is no stored query; None for others."""
    tool = _written()["tools"].get(name)
    return None if tool is None else tool["input"]


def tool_name(query: str) -> str:
    """The name of the tool for a query that the catalogue calls `query`; no tool has a slash in its name."""
    return query.replace("/", ".")


def query_name(tool: str) -> str:
    """The reverse of `tool_name`."""
    return tool.replace(".", "/")


def _tool(name: str) -> Tool:
    written = _written()
    tool = written["tools"][name]
    output = tool.get("output", written["answer"])
    return Tool(name, tool["title"], tool["description"], tool["input"], output)


def _of_query(name: str, query: StoredQuery) -> Tool:
    columns = "\n".join(f"- {column}: {told}" for column, told in query.columns.items())
    example = json.dumps(example_arguments(query), ensure_ascii=False)
    return Tool(
        name,
        query.title,
        f"{query.title}. {query.description}\n\nColumns:\n{columns}\n\nExample: {example}",
        parameters_schema(query),
        answer_schema(query, _written()["answer"]),
    )


@cache
def _written() -> Schema:
    text = Path(__file__).with_name("tools.yaml").read_text(encoding="utf-8")
    written: Schema = yaml.safe_load(text)
    return written
