"""Edits of a document, and literals in the style of their author."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, Literal, NamedNode, RdfFormat, parse

from unpact.names import XSD
from unpact.turtle.edit import Edit, apply_edits, written

DATE = NamedNode(XSD + "date")
PREFIXES = {"xsd": XSD, "w3": "http://www.w3.org/", "": "http://x/"}


def test_edits_are_made_at_once_and_in_any_order() -> None:
    edits = [Edit(6, 11, "moon"), Edit(0, 5, "good night"), Edit(5, 5, ","), Edit(11, 12, "")]
    assert apply_edits("hello world!", edits) == "good night, moon"
    assert apply_edits("hello", []) == "hello"


@pytest.mark.parametrize(
    "edits",
    [[Edit(0, 3, ""), Edit(2, 4, "")], [Edit(0, 9, "")], [Edit(-1, 2, "")], [Edit(3, 2, "")]],
)
def test_edits_that_overlap_or_lie_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another edit, or lies outside"):
        apply_edits("hello", edits)


@pytest.mark.parametrize(
    ("literal", "like", "expected"),
    [
        (Literal("a"), "'b'", "'a'"),
        (Literal("it's"), "'b'", "'it\\'s'"),
        (Literal('say "a"\n'), '"b"', '"say \\"a\\"\\n"'),
        (Literal('say "a"\nand\\'), '"""b"""', '"""say "a"\nand\\\\"""'),
        (Literal('ends in "'), '"""b"""', '"""ends in \\""""'),
        (Literal("a", language="en-gb"), '"b"@en-GB', '"a"@en-GB'),
        (Literal("a", language="fr"), '"b"@en-GB', '"a"@fr'),
        (Literal("a", language="ar", direction=BaseDirection.RTL), '"b"', '"a"@ar--rtl'),
        (Literal("2020-01-01", datatype=DATE), "'2020'^^xsd:gYear", "'2020-01-01'^^xsd:date"),
        (Literal("2", datatype=NamedNode(XSD + "integer")), "1", "2"),
        (Literal("2", datatype=NamedNode(XSD + "integer")), '"1"^^xsd:integer', '"2"^^xsd:integer'),
        (Literal("2.5", datatype=NamedNode(XSD + "decimal")), "1", "2.5"),
        (Literal("false", datatype=NamedNode(XSD + "boolean")), "true", "false"),
        (Literal("0", datatype=NamedNode(XSD + "boolean")), "true", '"0"^^xsd:boolean'),
        (Literal("a", datatype=NamedNode("http://x/a/b")), '"b"', '"a"^^<http://x/a/b>'),
        (Literal("a", datatype=NamedNode("http://x/a.")), '"b"', '"a"^^<http://x/a.>'),
        (Literal("a", datatype=NamedNode("http://x/t")), '"b"', '"a"^^:t'),
    ],
)
def test_a_literal_is_written_as_its_author_would(literal: Literal, like: str, expected: str) -> None:
    assert written(literal, like=like, prefixes=PREFIXES) == expected


def test_without_the_prefix_the_datatype_is_a_whole_iri() -> None:
    literal = Literal("2020", datatype=NamedNode(XSD + "gYear"))
    assert written(literal) == '"2020"^^<http://www.w3.org/2001/XMLSchema#gYear>'


@given(
    st.text(st.one_of(st.sampled_from("\"'\\\n\r\t\b\f"), st.characters(exclude_categories=["Cs"]))),
    st.sampled_from(['"', "'", '"""', "'''"]),
)
def test_any_string_is_read_as_it_was_written(value: str, quote: str) -> None:
    text = f"<urn:s> <urn:p> {written(Literal(value), like=quote + quote)} ."
    (quad,) = parse(input=text, format=RdfFormat.TURTLE)
    assert quad.object == Literal(value)
