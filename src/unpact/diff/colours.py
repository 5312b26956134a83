"""Telling nodes without names apart by what is said of them: colour refinement.

Each unknown node begins alike. A node's next colour is a digest of its colour and of the triples it stands
in, with the colours of the other unknown nodes in them, until no more nodes are told apart. Two nodes of
different colours are different; on trees, nodes of one colour are interchangeable.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_PRESENT = "\0here"


def terms_of(triple: Triple) -> Iterator[Term]:
    """The terms of a triple, and those of the triples that are terms in it."""
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, Triple):
            yield from terms_of(term)
        else:
            yield term


def replaced(triple: Triple, change: Callable[[Term], Term]) -> Triple:
    """A triple with each of its terms changed."""

    def changed(term: Term) -> Term:
        return replaced(term, change) if isinstance(term, Triple) else change(term)

    return Triple(changed(triple.subject), changed(triple.predicate), changed(triple.object))  # type: ignore[arg-type]


def written(triple: Triple, name: Callable[[Term], str]) -> str:
    """A triple as text, which is the same only for the same triple under the same names."""
    parts = (triple.subject, triple.predicate, triple.object)
    return " ".join(
        f"<< {written(part, name)} >>" if isinstance(part, Triple) else name(part) for part in parts
    )


def coloured(
    triples: Iterable[Triple], unknown: Collection[Term], *, rounds: int | None = None
) -> dict[Term, str]:
    """The colour of each of the unknown nodes; the same in every run.

    Args:
        triples: what is said of them, and among them.
        unknown: the nodes whose own names do not count.
        rounds: after how many to stop; when no more nodes are told apart, where it is None.
    """
    about: dict[Term, list[Triple]] = {node: [] for node in unknown}
    for triple in triples:
        for node in {term for term in terms_of(triple) if term in about}:
            about[node].append(triple)
    colours: dict[Term, str] = dict.fromkeys(about, "")
    classes = done = 0
    while True:
        colours = {node: _next(node, about[node], colours) for node in about}
        found = len(set(colours.values()))
        done += 1
        if found <= classes or done == rounds:
            return colours
        classes = found


def _next(node: Term, about: Iterable[Triple], colours: Mapping[Term, str]) -> str:
    def name(term: Term) -> str:
        if term == node:
            return _PRESENT
        return f"\0{colours[term]}" if term in colours else str(term)

    text = "\n".join([colours[node], *sorted(written(triple, name) for triple in about)])
    return sha256(text.encode()).hexdigest()
