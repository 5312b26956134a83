"""Short names for classes and properties: the last part of an IRI, where no other has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from unpact.names import UNP, compact

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*")


def short_names(iris: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """A name for each IRI, no two alike even where capitals do not count.

    Args:
        iris: in any order; where two end alike, that of unpact's own ontology gets the name, else the first,
            and the other is written with its prefix, or whole.
        taken: names that none of them may have.
    """
    names = {name.lower() for name in taken}
    found: dict[str, str] = {}
    for iri in sorted(set(iris), key=lambda iri: (not iri.startswith(UNP), iri)):
        name = re.split("[#/]", iri)[-1]
        if _LOCAL.fullmatch(name) and name.lower() not in names:
            found[iri] = name
        else:
            found[iri] = compact(iri)
        names.add(found[iri].lower())
    return found
