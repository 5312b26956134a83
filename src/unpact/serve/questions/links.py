"""One question, written as an address and as what one types elsewhere."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unpact.query.stored import ParameterValue, StoredQuery
    from unpact.serve.settings import Source


def texts_of(example: Mapping[str, ParameterValue]) -> dict[str, tuple[str, ...]]:
    """The values of an example, each as a list."""
    return {name: (value,) if isinstance(value, str) else value for name, value in example.items()}


def path_of_query(query: StoredQuery, suffix: str = "") -> str:
    """The path of a stored query, with the suffix of a format."""
    return quote(f"/query/{query.topic}/{query.name}{suffix}")


def address(
    query: StoredQuery, texts: Mapping[str, tuple[str, ...]], suffix: str = "", **further: str
) -> str:
    """The path and query string of a question.

    Args:
        query: the stored query.
        texts: the values by the name of their parameter.
        suffix: of a format, such as `.csv`.
        further: what else the query string says.
    """
    pairs = [*pairs_of(query, texts), *further.items()]
    return path_of_query(query, suffix) + (f"?{urlencode(pairs)}" if pairs else "")


def command_line(query: StoredQuery, texts: Mapping[str, tuple[str, ...]], name: str, source: Source) -> str:
    """The line that gives the same answer on a command line.

    Args:
        query: the stored query.
        texts: the values by the name of their parameter.
        name: the shortest that leads to the query.
        source: what is served; which files these are is nobody's business.
    """
    words = ["unpact", "query", name]
    for option, value in pairs_of(query, texts):
        # a value that begins like an option would be taken for one
        words += [f"--{option}={value}"] if value.startswith("-") else [f"--{option}", value]
    if source.view != "best":
        words += ["--view", source.view]
    if source.language != "en":
        words += ["--lang", source.language]
    return shlex.join([*words, "--cite"])


def curl_line(home: str, address: str) -> str:
    """The line that fetches an address with curl.

    Args:
        home: the address of the server.
        address: a path on it, with its query string.
    """
    return shlex.join(["curl", home + address])


def in_words(query: StoredQuery, texts: Mapping[str, tuple[str, ...]]) -> str:
    """The values of a question on one line, for people."""
    given: dict[str, list[str]] = {}
    for option, value in pairs_of(query, texts):
        given.setdefault(option.replace("-", " "), []).append(value)
    return "; ".join(f"{name} {', '.join(values)}" for name, values in given.items())


def pairs_of(query: StoredQuery, texts: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """The names and values of a query string, in the order of the parameters."""
    for parameter in query.parameters:
        for value in texts.get(parameter.name, ()):
            yield parameter.option, value
