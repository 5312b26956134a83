"""What is known of the sentences and sources that an answer cites."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from unpact.names import SOURCE, compact
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.graph.interface import Graph
    from unpact.render.labels import Labels

_CITED = Path(__file__).with_name("cited.rq")


def citations(
    graph: Graph, cited: Iterable[NamedNode], labels: Labels, texts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What each of some sentences and sources is, each once, in the order in which they come.

    Args:
        graph: has the publishers and addresses of the sources.
        cited: the sentences and sources.
        labels: the titles of sources.
        texts: the words of sentences by IRI, as far as they are known.
    """
    wanted = list(dict.fromkeys(cited))
    if not wanted:
        return []
    labels.load(wanted)
    found = {each: _named(each, labels, texts) for each in wanted}
    for each, publisher, address in graph.select(fill(_CITED.read_text("utf-8"), {"things": wanted})):
        if isinstance(each, NamedNode):
            if isinstance(publisher, Literal):
                found[each]["publisher"] = publisher.value
            if isinstance(address, NamedNode | Literal):
                found[each]["address"] = address.value
    return list(found.values())


def _named(cited: NamedNode, labels: Labels, texts: Mapping[str, str]) -> dict[str, Any]:
    named = {"id": compact(cited.value), "iri": cited.value}
    # a sentence is called by its number
    if not cited.value.startswith(SOURCE):
        named["title"] = labels(cited)
    if cited.value in texts:
        named["text"] = texts[cited.value]
    return named
