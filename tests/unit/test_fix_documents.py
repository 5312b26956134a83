"""Edits of any document change the triples that they are meant to change, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from unpact.corpus import CorpusFile
from unpact.corpus.syntax import read_quads
from unpact.names import XSD
from unpact.turtle.edit import Edit, apply_edits, written
from unpact.validate.fix.candidates import Candidate
from unpact.validate.fix.documents import Documents, text_of
from unpact.validate.fix.trials import Mend

YEAR = NamedNode(XSD + "gYear")
TEXTS = st.text(
    st.one_of(st.sampled_from("\"'\\\n\r\t ;.,@^#<>"), st.characters(exclude_categories=["Cs", "Cc"])),
    max_size=8,
)
GAPS = st.sampled_from([" ", "\n", "\r\n", "\t", ' # "a" ; .\n', " # it's\r\n"])
QUOTES = st.sampled_from(['"', "'", '"""', "'''"])
SUBJECTS = st.sampled_from(["<urn:a>", "x:a", "_:b", "[]"])
SUFFIXES = st.sampled_from(["", "@en", "@en-GB", "^^x:t", " ^^ xsd:string"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    text = f"@prefix x: <urn:> .{draw(GAPS)}PREFIX xsd: <{XSD}>{draw(GAPS)}"
    for _ in range(draw(st.integers(1, 4))):
        text += draw(SUBJECTS)
        for number in range(draw(st.integers(1, 3))):
            values = [
                written(Literal(draw(TEXTS)), like=draw(QUOTES) + '"') + draw(SUFFIXES)
                for _ in range(draw(st.integers(1, 2)))
            ]
            text += draw(GAPS) + ("; " if number else "") + draw(st.sampled_from(["x:p", "<urn:q>"]))
            text += draw(GAPS) + f"{draw(GAPS)},{draw(GAPS)}".join(values)
        text += f"{draw(GAPS)}.{draw(GAPS)}"
    return text


def file_of(text: str) -> CorpusFile:
    path = Path("mine.ttl")
    return CorpusFile(path, path.name, "urn:graph", "user", text.encode())


def candidate_of(literal: Literal) -> Candidate:
    if literal.value != literal.value.strip():
        text = literal.value.strip()
        if literal.language is not None:
            return Candidate(Literal(text, language=literal.language))
        return Candidate(Literal(text, datatype=literal.datatype))
    if literal.datatype == NamedNode(XSD + "string"):
        return Candidate(Literal(literal.value, language="fr-CH"), "fr-CH")
    return Candidate(Literal(literal.value, datatype=YEAR))


@pytest.mark.slow
@given(documents(), st.data())
def test_only_the_wanted_triples_change(text: str, data: st.DataObject) -> None:
    file = file_of(text)
    # years need no check of their text here, so the engine reads them
    before = [quad.triple for quad in read_quads(file)]
    chosen = data.draw(st.lists(st.sampled_from(before), min_size=1, max_size=3, unique=True))
    mends = []
    for triple in chosen:
        assert isinstance(triple.object, Literal)
        candidate = candidate_of(triple.object)
        if candidate.literal.datatype != YEAR and candidate.literal != triple.object:
            mends.append(Mend(triple, candidate))
    held = Documents([file], [file], chosen)
    assert held.writable(mends) == mends
    (changed,) = held.with_edits(held.edits(mends))
    instead = {mend.triple: mend.mended for mend in mends}
    assert [quad.triple for quad in read_quads(changed)] == [instead.get(each, each) for each in before]
    # what lies between the literals is as it was
    edits = [edit for each in held.edits(mends).values() for edit in each]
    assert text_of(changed) == apply_edits(text, edits)


@pytest.mark.slow
@given(documents())
def test_each_edit_lies_in_a_literal(text: str) -> None:
    file = file_of(text)
    triples = dict.fromkeys(quad.triple for quad in read_quads(file))
    mends = [
        Mend(triple, Candidate(Literal(triple.object.value, language="fr"), "fr"))
        for triple in triples
        if isinstance(triple.object, Literal) and triple.object.language is None
    ]
    held = Documents([file], [file], triples)
    for edits in held.edits(mends).values():
        for edit in edits:
            assert edit.replacement == "@fr"
            assert edit.end == edit.start or text[edit.start : edit.end].lstrip().startswith("^^")


def test_a_tag_is_written_as_the_shape_spells_it() -> None:
    file = file_of('<urn:a> <urn:p> "x" , 5 .')
    triple = next(quad.triple for quad in read_quads(file))
    mend = Mend(triple, Candidate(Literal("x", language="en-GB"), "en-GB"))
    held = Documents([file], [file], [triple])
    assert held.edits([mend]) == {Path("mine.ttl").resolve(): (Edit(19, 19, "@en-GB"),)}


def test_a_number_becomes_a_text_in_quotation_marks() -> None:
    file = file_of("<urn:a> <urn:p> 2016 .")
    (triple,) = (quad.triple for quad in read_quads(file))
    held = Documents([file], [file], [triple])
    (changed,) = held.with_edits(held.edits([Mend(triple, Candidate(Literal("2016", datatype=YEAR)))]))
    (quad,) = parse(input=changed.read(), format=RdfFormat.TURTLE)
    assert quad.triple == Triple(triple.subject, triple.predicate, Literal("2016", datatype=YEAR))
