"""What is loaded into a triple store."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Store


class Content(NamedTuple):
    """What is loaded.

    Args:
        store: each triple lies in a named graph. It may be a large store on disk.
        key: SHA-256 in hexadecimal over all that the content was made from; the same key, the same content.
        view: "best", "article" or "data".
        sources: the file that each named graph comes from, as it is shown to people, by the graph's IRI.
    """

    store: Store
    key: str
    view: str
    sources: Mapping[str, str]
