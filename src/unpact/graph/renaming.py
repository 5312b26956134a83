"""Names for blank nodes, which mean nothing outside of their own answer (RDF 1.1, section 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Triple

if TYPE_CHECKING:
    from unpact.graph.interface import Term


class Renaming:
    """Gives the blank nodes of one answer names that no other answer has.

    Args:
        answer: its number.
    """

    def __init__(self, answer: int) -> None:
        self._answer = answer
        self._known: dict[str, BlankNode] = {}

    def __call__(self, term: Term | None) -> Term | None:
        """A term, with another name if it is a blank node."""
        if isinstance(term, BlankNode):
            fresh = BlankNode(f"a{self._answer}b{len(self._known)}")
            return self._known.setdefault(term.value, fresh)
        return self.triple(term) if isinstance(term, Triple) else term

    def triple(self, triple: Triple) -> Triple:
        """A triple with its blank nodes renamed."""
        subject, value = self(triple.subject), self(triple.object)
        return Triple(subject, triple.predicate, value)  # type: ignore[arg-type]  # a term of the same kind
