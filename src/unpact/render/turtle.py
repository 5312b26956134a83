"""Triples as Turtle, the same triples always as the same bytes (as far as they have no blank nodes)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from unpact.names import RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_TYPE = RDF + "type"


def write_ttl(triples: Iterable[Triple], stream: TextIO, prefixes: Mapping[str, str]) -> None:
    """Write `triples` sorted by subject, property and value, with those of `prefixes` that they need."""
    ordered = sorted(set(triples), key=_key)
    iris = {iri for triple in ordered for iri in _iris(triple)}
    used = {prefix: start for prefix, start in prefixes.items() if any(iri.startswith(start) for iri in iris)}
    buffer = BytesIO()
    serialize(ordered, buffer, format=RdfFormat.TURTLE, prefixes=used)
    text = buffer.getvalue().decode("utf-8")
    lines = text.splitlines(keepends=True)
    # The serializer keeps prefixes in a table without order: sorted, the same triples give the same bytes.
    stream.writelines(sorted(lines[: len(used)]) + lines[len(used) :])


def _iris(triple: Triple) -> Iterable[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode) and term.value != _TYPE:
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value


def _key(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate.value
    return str(triple.subject), predicate != _TYPE, predicate, str(triple.object)
