"""``unpact info``: what is installed, what is in the graph, and where it lies."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING

import click

from unpact import __version__
from unpact.cli.answer import answer_json, answer_text
from unpact.cli.opening import open_catalogue, open_graph
from unpact.cli.options import GraphOptions, OutputOptions, graph_options, output_options
from unpact.cli.running import supervised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from unpact.graph.interface import Graph

_LIBRARIES = ("click", "pyoxigraph", "rdflib", "pyshacl", "owlrl", "rich", "PyYAML")


@click.command("info", epilog="Example: unpact info --format json")
@output_options(("table", "json"), rows=False)
@graph_options
def command(source: GraphOptions, output: OutputOptions) -> None:
    """Versions, counts for each graph, and where the files, the cache and the store are."""
    from unpact.corpus import bundled
    from unpact.describe.statistics import graph_sizes
    from unpact.graph.cache import directory

    graph = open_graph(source)
    sizes = supervised(lambda: graph_sizes(graph))
    corpus = bundled()
    found: dict[str, Mapping[str, object]] = {
        "versions": {"unpact": __version__, "python": platform.python_version(), **_versions()},
        "places": {"files": str(corpus.root), "cache": str(directory()), **_store(graph)},
        "counts": {
            "graphs": len(sizes),
            "triples": sum(sizes.values()),
            "stored queries": len(open_catalogue()),
            "shape files": len(corpus.shape_files()),
            "rules": len(corpus.rule_files()),
        },
        "graphs": sizes,
    }
    if output.format == "json":
        answer_json(found, output)
    else:
        answer_text(_page(found), output)


def _store(graph: Graph) -> dict[str, str]:
    """Of a store where it is, and of one that unpact loaded, what was loaded when."""
    name = getattr(graph, "name", None)
    if not isinstance(name, str):
        return {}
    loaded = getattr(graph, "manifest", None)
    if loaded is None:
        return {"store": name}
    return {"store": name, "view": loaded.view, "loaded": f"{loaded.loaded} by unpact {loaded.version}"}


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "missing"
    return found


def _page(found: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    for number, (title, entries) in enumerate(found.items()):
        if number:
            yield ""
        yield title.capitalize()
        indent = max(map(len, entries), default=0)
        numbers = [f"{value:,}" if isinstance(value, int) else str(value) for value in entries.values()]
        align = (
            max(map(len, numbers), default=0)
            if all(isinstance(value, int) for value in entries.values())
            else 0
        )
        for name, text in zip(entries, numbers, strict=True):
            yield f"  {name:<{indent}}  {text:>{align}}"
