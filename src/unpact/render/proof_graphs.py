"""Proofs as graphs: PROV-O, and pictures in Mermaid and DOT."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from unpact.names import ID, PROV, RDF, RDFS
from unpact.notation import statement, typed_words
from unpact.render.rows import one_line
from unpact.why.proof import Proof, RowProof

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: a triple or a row, with what it rests on
Conclusion: TypeAlias = Proof | RowProof

_TYPE = NamedNode(RDF + "type")


def proof_triples(roots: Iterable[Conclusion]) -> Iterator[Triple]:
    """Proofs in PROV-O: what holds is an entity, each step an activity that used its premises.

    A triple is named by a reified statement (RDF Schema 1.1, section 5.3), whose IRI is made from what it
    says.
    """
    for part in _parts(roots):
        node = _iri("statement", _title(part))
        yield Triple(node, _TYPE, NamedNode(PROV + "Entity"))
        if isinstance(part, RowProof):
            yield Triple(node, NamedNode(RDFS + "label"), Literal(part.title))
        else:
            yield from _statement(node, part)
        if part.rule is not None:
            yield from _step(node, part)


def _statement(node: NamedNode, proof: Proof) -> Iterator[Triple]:
    triple = proof.triple
    yield Triple(node, _TYPE, NamedNode(RDF + "Statement"))
    if not isinstance(triple.subject, Triple):
        yield Triple(node, NamedNode(RDF + "subject"), triple.subject)
    yield Triple(node, NamedNode(RDF + "predicate"), triple.predicate)
    yield Triple(node, NamedNode(RDF + "object"), triple.object)
    for sentence in proof.sentences:
        yield Triple(node, NamedNode(PROV + "hadPrimarySource"), sentence)
    if proof.place is not None:
        yield Triple(node, NamedNode(RDFS + "comment"), Literal(f"written in {proof.place}"))


def _step(node: NamedNode, part: Conclusion) -> Iterator[Triple]:
    step = _iri("step", _step_text(part))
    yield Triple(node, NamedNode(PROV + "wasGeneratedBy"), step)
    yield Triple(step, _TYPE, NamedNode(PROV + "Activity"))
    yield Triple(step, NamedNode(RDFS + "label"), Literal(_rule(part)))
    for premise in part.premises:
        yield Triple(step, NamedNode(PROV + "used"), _iri("statement", _title(premise)))
        yield Triple(node, NamedNode(PROV + "wasDerivedFrom"), _iri("statement", _title(premise)))
    for pattern in part.absent if isinstance(part, RowProof) else ():
        yield Triple(step, NamedNode(RDFS + "comment"), Literal(f"nothing matches: {one_line(pattern)}"))


def proof_mermaid(roots: Iterable[Conclusion]) -> Iterator[str]:
    """Proofs as a Mermaid flow chart, premises above conclusions."""
    parts = list(_parts(roots))
    yield "flowchart TD"
    for part in parts:
        text = "<br/>".join(map(_mermaid, _lines(part)))
        yield f'  {_key(part)}["{text}"]'
    for premise, part in _edges(parts):
        yield f'  {_key(premise)} -->|"{_mermaid(part.rule or "")}"| {_key(part)}'


def proof_dot(roots: Iterable[Conclusion]) -> Iterator[str]:
    """Proofs as a graph in the DOT language, premises above conclusions."""
    parts = list(_parts(roots))
    yield "digraph proof {"
    yield '  node [shape=box, fontname="sans-serif"];'
    for part in parts:
        text = "\\n".join(map(_quoted, _lines(part)))
        yield f'  {_key(part)} [label="{text}"{"" if part.rule is None else ", style=rounded"}];'
    for premise, part in _edges(parts):
        yield f'  {_key(premise)} -> {_key(part)} [label="{_quoted(part.rule or "")}"];'
    yield "}"


def _edges(parts: Iterable[Conclusion]) -> Iterator[tuple[Conclusion, Conclusion]]:
    return ((premise, part) for part in parts for premise in part.premises)


def _parts(roots: Iterable[Conclusion]) -> Iterable[Conclusion]:
    """Every part of some proofs once, the conclusions first."""
    found: dict[str, Conclusion] = {}
    todo: list[Conclusion] = list(roots)
    for part in todo:
        # one triple may be reached by several steps
        if _step_text(part) not in found:
            found[_step_text(part)] = part
            todo += part.premises
    return found.values()


def _step_text(part: Conclusion) -> str:
    return "\n".join((_title(part), part.rule or "", *map(_title, part.premises)))


def _title(part: Conclusion) -> str:
    return part.title if isinstance(part, RowProof) else statement(part.triple)


def _rule(part: Conclusion) -> str:
    text = part.reading if isinstance(part, Proof) else ""
    return f"{part.rule}: {text}" if text else part.rule or ""


def _lines(part: Conclusion) -> list[str]:
    """What stands in the picture of a part."""
    if isinstance(part, RowProof):
        return [part.title]
    sentences = " ".join(typed_words(each) for each in part.sentences)
    place = "" if part.place is None else str(part.place)
    return [text for text in (_title(part), sentences, place) if text]


def _key(part: Conclusion) -> str:
    return "t" + _digest(_title(part))


def _iri(kind: str, text: str) -> NamedNode:
    return NamedNode(f"{ID}{kind}-{_digest(text)}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _mermaid(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
