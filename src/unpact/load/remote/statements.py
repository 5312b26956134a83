"""The queries and updates that are sent, read from the files beside this one and filled in."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.errors import UsageError
from unpact.names import DATASET, MANIFEST_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.load.remote.profiles import Profile

#: The load that is under way, as the manifest graph names it.
LOAD = DATASET + "/load"

_INPUT = re.compile(r"\$(\w+)")
_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
_ALWAYS = {
    "manifest": f"<{MANIFEST_GRAPH}>",
    "load": f"<{LOAD}>",
}


def statement(name: str, **values: str | Literal | Iterable[str]) -> str:
    """A query or an update.

    Args:
        name: of its file.
        values: for each `$name` in it an IRI, a literal, or several IRIs.

    Raises:
        UsageError: for an IRI that SPARQL cannot write.
    """
    filled = {**_ALWAYS, **{key: _written(value) for key, value in values.items()}}
    return _INPUT.sub(lambda match: filled[match[1]], _text(name))


def move_all(moves: Iterable[tuple[str, str]], dropped: Iterable[str], profile: Profile) -> str:
    """One update that puts staged graphs in their places, in the order given, and drops others before.

    Args:
        moves: from which graph, to which.
        dropped: IRIs of graphs to remove.
        profile: of the service, which says how.
    """
    operations = [statement("drop.ru", graph=graph) for graph in dropped]
    operations += [statement(profile.move, staged=staged, graph=graph) for staged, graph in moves]
    return " ;\n".join(each.strip() for each in operations)


@cache
def _text(name: str) -> str:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


def _written(value: str | Literal | Iterable[str]) -> str:
    if isinstance(value, Literal):
        return str(value)
    if isinstance(value, str):
        if _NO_IRI.search(value):
            raise UsageError(f"SPARQL cannot write the IRI {value!r}", hint="Change the name of that graph.")
        return str(NamedNode(value))
    return " ".join(_written(each) for each in value)
