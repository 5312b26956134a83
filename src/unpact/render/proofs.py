"""Proofs for people and programs: a tree, JSON, PROV-O, and pictures in Mermaid and DOT."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from unpact.names import ID, PROV, RDF, RDFS, compact
from unpact.render.rows import one_line
from unpact.why.readings import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from unpact.why.proof import Proof
    from unpact.why.run import Lacking

Json: TypeAlias = dict[str, object]

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_TYPE = RDF + "type"


def said(triple: Triple) -> str:
    """A triple on one line, as it would be written in Turtle."""
    predicate = "a" if triple.predicate.value == _TYPE else term_text(triple.predicate)
    return f"{term_text(triple.subject)} {predicate} {term_text(triple.object)}"


def term_text(term: object) -> str:
    """A term as Turtle has it, with the prefixes of unpact."""
    if isinstance(term, NamedNode):
        short = compact(term.value)
        return f"<{short}>" if short == term.value else short
    if isinstance(term, Literal):
        quoted = f'"{one_line(term.value)}"'
        if term.language:
            return f"{quoted}@{term.language}"
        return quoted if term.datatype.value == _STRING else f"{quoted}^^{term_text(term.datatype)}"
    return str(term)


def proof_tree(proof: Proof, texts: Mapping[str, str]) -> Iterator[str]:
    """The lines of a tree; what was explained above is not explained again.

    Args:
        proof: to show.
        texts: the words of sentences, by IRI; those that are missing are named alone.
    """
    yield from _branch(proof, texts, "", "", set())


def _branch(
    proof: Proof, texts: Mapping[str, str], first: str, further: str, shown: set[Triple]
) -> Iterator[str]:
    again = bool(proof.premises) and proof.triple in shown
    shown.add(proof.triple)
    yield f"{first}{said(proof.triple)}{'  (explained above)' if again else ''}"
    if again:
        return
    below: list[Proof | str] = [*proof.premises, *proof.absent]
    gap = f"{further}{'│  ' if below else '   '}"
    for line in _grounds(proof, texts):
        yield f"{gap}{line}"
    for number, each in enumerate(below, 1):
        last = number == len(below)
        head, rest = (f"{further}└─ ", f"{further}   ") if last else (f"{further}├─ ", f"{further}│  ")
        if isinstance(each, str):
            yield f"{head}nothing matches: {one_line(each)}"
        else:
            yield from _branch(each, texts, head, rest, shown)


def _grounds(proof: Proof, texts: Mapping[str, str]) -> Iterator[str]:
    if proof.cut:
        yield "left unexplained: it leads back to what is being proved"
    if proof.rule is not None:
        yield f"by {proof.rule}: {proof.reading}" if proof.reading else f"by {proof.rule}"
    if proof.place is not None:
        yield f"written in {proof.place}"
    for sentence in proof.sentences:
        text = texts.get(sentence.value)
        yield f"stated in {term_text(sentence)}{f': “{one_line(text)}”' if text else ''}"


def proof_json(proof: Proof, texts: Mapping[str, str], term: Callable[[object], Json]) -> Json:
    """A proof as nested objects.

    Args:
        proof: to show.
        texts: the words of sentences, by IRI.
        term: writes a term as SPARQL 1.1 Query Results JSON has it.
    """
    triple = proof.triple
    found: Json = {
        "triple": {name: term(getattr(triple, name)) for name in ("subject", "predicate", "object")},
        "kind": "written" if proof.rule is None else "inferred",
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
    if proof.absent:
        found["absent"] = list(proof.absent)
    if proof.cut:
        found["kind"] = "unexplained"
    return found


def lacking_json(triple: Triple, ways: Iterable[Lacking], term: Callable[[object], Json]) -> Json:
    """What a triple that does not hold lacks, as nested objects; terms as in `proof_json`."""

    def of(each: Triple) -> Json:
        return {name: term(getattr(each, name)) for name in ("subject", "predicate", "object")}

    return {
        "triple": of(triple),
        "kind": "not held",
        "lacking": [
            {
                "rule": {"name": way.rule, "reading": reading(way.rule)},
                "found": [of(each) for each in (*way.found, *way.axioms)],
                "lacking": {
                    name: None if each is None else term(each)
                    for name, each in zip(("subject", "predicate", "object"), way.lacking, strict=True)
                },
            }
            for way in ways
        ],
    }


def proof_triples(proof: Proof) -> Iterator[Triple]:
    """A proof in PROV-O: each triple is an entity, each step an activity that used its premises.

    A triple is named by a reified statement (RDF Schema 1.1, section 5.3), whose IRI is made from what it
    says.
    """
    for part in _parts(proof):
        yield from _entity(part)


def _entity(proof: Proof) -> Iterator[Triple]:
    triple, node = proof.triple, _iri("statement", proof.triple)
    kind = NamedNode(_TYPE)
    yield Triple(node, kind, NamedNode(RDF + "Statement"))
    yield Triple(node, kind, NamedNode(PROV + "Entity"))
    if not isinstance(triple.subject, Triple):
        yield Triple(node, NamedNode(RDF + "subject"), triple.subject)
    yield Triple(node, NamedNode(RDF + "predicate"), triple.predicate)
    yield Triple(node, NamedNode(RDF + "object"), triple.object)
    for sentence in proof.sentences:
        yield Triple(node, NamedNode(PROV + "hadPrimarySource"), sentence)
    if proof.place is not None:
        yield Triple(node, NamedNode(PROV + "atLocation"), Literal(str(proof.place)))
    if proof.rule is None:
        return
    step = _iri("step", proof.triple)
    yield Triple(node, NamedNode(PROV + "wasGeneratedBy"), step)
    yield Triple(step, kind, NamedNode(PROV + "Activity"))
    yield Triple(step, NamedNode(RDFS + "label"), Literal(f"{proof.rule}: {proof.reading}"))
    for premise in proof.premises:
        yield Triple(step, NamedNode(PROV + "used"), _iri("statement", premise.triple))
        yield Triple(node, NamedNode(PROV + "wasDerivedFrom"), _iri("statement", premise.triple))
    for pattern in proof.absent:
        yield Triple(step, NamedNode(RDFS + "comment"), Literal(f"nothing matches: {one_line(pattern)}"))


def proof_mermaid(proof: Proof) -> Iterator[str]:
    """A proof as a Mermaid flow chart, premises above conclusions."""
    yield "flowchart TD"
    for part in _parts(proof):
        text = "<br/>".join(map(_mermaid, (said(part.triple), *_captions(part))))
        yield f'  {_key(part.triple)}["{text}"]'
    for part in _parts(proof):
        for premise in part.premises:
            rule = _mermaid(part.rule or "")
            yield f'  {_key(premise.triple)} -->|"{rule}"| {_key(part.triple)}'


def proof_dot(proof: Proof) -> Iterator[str]:
    """A proof as a graph in the DOT language, premises above conclusions."""
    yield "digraph proof {"
    yield '  node [shape=box, fontname="sans-serif"];'
    for part in _parts(proof):
        style = "" if part.rule is None else ", style=rounded"
        text = "\\n".join(map(_quoted, (said(part.triple), *_captions(part))))
        yield f'  {_key(part.triple)} [label="{text}"{style}];'
    for part in _parts(proof):
        for premise in part.premises:
            rule = _quoted(part.rule or "")
            yield f'  {_key(premise.triple)} -> {_key(part.triple)} [label="{rule}"];'
    yield "}"


def _captions(proof: Proof) -> list[str]:
    sentences = " ".join(term_text(each) for each in proof.sentences)
    return [text for text in (sentences, "" if proof.place is None else str(proof.place)) if text]


def _parts(proof: Proof) -> Iterable[Proof]:
    """Every part of a proof once, the conclusion first."""
    found: dict[Triple, Proof] = {}
    todo = [proof]
    for part in todo:
        if part.triple not in found:
            found[part.triple] = part
            todo += part.premises
    return found.values()


def _key(triple: Triple) -> str:
    return "t" + hashlib.sha256(str(triple).encode()).hexdigest()[:12]


def _iri(kind: str, triple: Triple) -> NamedNode:
    return NamedNode(f"{ID}{kind}-{_key(triple)[1:]}")


def _mermaid(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
