"""Proofs for people and programs: as a tree, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from unpact.notation import statement, typed_words
from unpact.render.rows import one_line
from unpact.render.tree import Branch
from unpact.why.readings import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from unpact.why.otherwise import Otherwise
    from unpact.why.proof import Proof
    from unpact.why.run import Lacking

Json: TypeAlias = dict[str, object]

_PARTS = ("subject", "predicate", "object")


class Explained:
    """Proofs as branches of one tree, in which nothing is explained twice.

    Args:
        texts: the words of sentences, by IRI; those that are missing are named alone.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._shown: set[Triple] = set()

    def branch(self, proof: Proof) -> Branch:
        """The branch of a proof."""
        text = statement(proof.triple)
        if proof.premises and proof.triple in self._shown:
            return Branch(f"{text}  (explained above)")
        self._shown.add(proof.triple)
        return Branch(text, tuple(self._notes(proof)), tuple(map(self.branch, proof.premises)))

    def _notes(self, proof: Proof) -> Iterator[str]:
        if proof.cut:
            yield "left unexplained: it leads back to what is being proved"
        if proof.rule is not None:
            yield f"by {proof.rule}: {proof.reading}" if proof.reading else f"by {proof.rule}"
        if proof.place is not None:
            yield f"written in {proof.place}"
        for sentence in proof.sentences:
            text = self._texts.get(sentence.value)
            yield f"stated in {typed_words(sentence)}{f': “{one_line(text)}”' if text else ''}"


def proof_json(proof: Proof, texts: Mapping[str, str], term: Callable[[object], Json]) -> Json:
    """A proof as nested objects.

    Args:
        proof: to show.
        texts: the words of sentences, by IRI.
        term: writes a term as SPARQL 1.1 Query Results JSON has it.
    """
    found: Json = {
        "triple": triple_json(proof.triple, term),
        "kind": "unexplained" if proof.cut else "written" if proof.rule is None else "inferred",
    }
    if proof.place is not None:
        found["place"] = {"file": proof.place.file, "line": proof.place.line, "column": proof.place.column}
    if proof.sentences:
        found["sentences"] = [
            {"iri": each.value} | ({"text": texts[each.value]} if each.value in texts else {})
            for each in proof.sentences
        ]
    if proof.rule is not None:
        found["rule"] = {"name": proof.rule, "reading": proof.reading}
        found["premises"] = [proof_json(each, texts, term) for each in proof.premises]
    return found


def triple_json(triple: Triple, term: Callable[[object], Json]) -> Json:
    """A triple as an object; terms as in `proof_json`."""
    return {name: term(getattr(triple, name)) for name in _PARTS}


def lacking_json(
    triple: Triple,
    ways: Iterable[Lacking],
    others: Iterable[Otherwise],
    term: Callable[[object], Json],
) -> Json:
    """What a triple that does not hold lacks, as nested objects; terms as in `proof_json`."""
    return {
        "triple": triple_json(triple, term),
        "kind": "not held",
        "lacking": [
            {
                "rule": {"name": way.rule, "reading": reading(way.rule)},
                "found": [triple_json(each, term) for each in (*way.found, *way.axioms)],
                "lacking": {
                    name: None if each is None else term(each)
                    for name, each in zip(_PARTS, way.lacking, strict=True)
                },
            }
            for way in ways
        ],
        "instead": [
            {
                "rule": {"name": other.rule, "reading": other.reading},
                "values": [term(value) for value in other.values],
                "failed": other.failed,
            }
            for other in others
        ],
    }
