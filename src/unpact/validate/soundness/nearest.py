"""The known IRI that a misspelt one was most likely meant to be."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CUTOFF = 0.7


def nearest(iri: str, known: Iterable[str]) -> str | None:
    """The most similar IRI of the same namespace, or one of the same name in another; None if none is near.

    Args:
        iri: that nothing knows.
        known: the IRIs there are.
    """
    namespace, local = split(iri)
    beside: dict[str, list[str]] = {}
    elsewhere: list[str] = []
    for other in sorted(known):
        space, name = split(other)
        if space == namespace:
            beside.setdefault(name.lower(), []).append(other)
        elif name == local and local:
            elsewhere.append(other)
    if local.lower() not in beside and elsewhere:
        # the right name behind the wrong prefix comes before a name that only looks alike
        return _most_alike(iri, elsewhere)
    found = difflib.get_close_matches(local.lower(), beside, n=1, cutoff=_CUTOFF)
    # SHACL has names that differ in their case alone, sh:NodeKind and sh:nodeKind
    return _most_alike(iri, beside[found[0]]) if found else None


def _most_alike(iri: str, others: Sequence[str]) -> str:
    return max(others, key=lambda other: difflib.SequenceMatcher(None, other, iri).ratio())


def split(iri: str) -> tuple[str, str]:
    """The namespace of an IRI, up to its last `#` or `/`, and the rest."""
    local = re.split(r"[#/]", iri)[-1]
    return iri[: len(iri) - len(local)], local
