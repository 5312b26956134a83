"""Which part of a graph is exported."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UnknownNameError, UsageError
from unpact.names import GRAPH, INFERRED_GRAPH, USER_GRAPH, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: What a graph is made of. `data` is the article, the record and whatever the user added.
PARTS = ("ontology", "data", "article", "record", "inferred", "shapes", "all")

_ONTOLOGY, _SHAPES = GRAPH + "ontology/", GRAPH + "ontology/shapes/"
_ARTICLE, _RECORD = GRAPH + "data/article/", GRAPH + "data/record/"
_WITHIN = {
    "data": frozenset({"article", "record", "user"}),
    "all": frozenset({"ontology", "article", "record", "user", "inferred", "shapes"}),
}


class Selection(NamedTuple):
    """What to export; with no more than the defaults, what the format is meant for.

    Args:
        parts: of `PARTS`; none for those that the format has when nobody chooses.
        graphs: named graphs by IRI, CURIE or the path of their file; none for all.
        about: names of things: only these and what is around them.
        depth: how many relations away from those things the export reaches; 0 for the things alone.
        classes: names of classes: only things in one of them.
    """

    parts: tuple[str, ...] = ()
    graphs: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    depth: int = 1
    classes: tuple[str, ...] = ()


def layer_of(graph: str) -> str:
    """The part that a named graph belongs to: `user` for all that are not of the bundled files."""
    if graph == INFERRED_GRAPH:
        return "inferred"
    starts = {_SHAPES: "shapes", _ONTOLOGY: "ontology", _ARTICLE: "article", _RECORD: "record"}
    return next((layer for start, layer in starts.items() if graph.startswith(start)), "user")


def layers_of(parts: Iterable[str]) -> frozenset[str]:
    """The layers in some parts.

    Raises:
        UsageError: for a part that there is not.
    """
    found: set[str] = set()
    for part in parts:
        if part not in PARTS:
            raise UsageError(f"there is no part {part!r}", hint=f"Choose among {', '.join(PARTS)}.")
        found |= _WITHIN.get(part, {part})
    return frozenset(found)


def graphs_called(names: Iterable[str], known: Sequence[str]) -> frozenset[str]:
    """The named graphs that are meant.

    Args:
        names: IRIs, CURIEs, or paths of files such as `data/record/laws.ttl`, with or without suffix.
        known: the IRIs of the graphs there are.

    Raises:
        UnknownNameError: with the nearest names, for one that no graph has.
    """
    return frozenset(_graph_called(name, known) for name in names)


def _graph_called(name: str, known: Sequence[str]) -> str:
    path = PurePath(name).as_posix().removeprefix("./")
    whole = path.removesuffix(PurePath(path).suffix)
    candidates = (name, expand(name), GRAPH + path, GRAPH + whole, USER_GRAPH + PurePath(whole).name)
    for candidate in candidates:
        if candidate is not None and candidate in known:
            return candidate
    import difflib

    short = {graph.removeprefix(GRAPH): graph for graph in known}
    close = difflib.get_close_matches(whole, short, n=3, cutoff=0.5)
    raise UnknownNameError(
        f"no graph is called {name!r}",
        suggestions=close,
        hint=None if close else f"There are {len(known)}; unpact info lists them.",
    )
