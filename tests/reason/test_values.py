"""The values of literals: which are the same, and which belong to a datatype."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from unpact.corpus.lexical import is_well_typed
from unpact.names import RDF, RDFS, XSD
from unpact.reason.values import is_outside, value_of

WHOLE = (
    *("integer", "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort"),
    *("unsignedByte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
)
numbers = st.from_regex(r"[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,6})?|\.[0-9]{1,6})", fullmatch=True)
literals = st.one_of(
    st.text(max_size=5).map(Literal),
    st.text(max_size=5).map(lambda text: Literal(text, language="en")),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(kind)),
        st.text(max_size=5) | numbers | st.sampled_from(["1e3", "NaN", "2020-02-30", "P1Y", "true"]),
        st.sampled_from(
            [XSD + each for each in (*WHOLE, "decimal", "double", "float", "date", "duration", "boolean")]
            + ["http://example.org/unknown", XSD + "QName"]
        ),
    ),
)


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


SAME = [
    (typed("01", "integer"), typed("+1", "int")),
    (typed("1.0", "decimal"), typed("1", "integer")),
    (typed("-0", "integer"), typed(".0", "decimal")),
    (typed("1e2", "double"), typed("100", "double")),
    (typed("0.1", "float"), typed("0.10000000001", "float")),
    (typed("NaN", "double"), typed("NaN", "double")),
    (typed("1e99", "float"), typed("INF", "float")),
    (typed("true", "boolean"), typed("1", "boolean")),
    (typed("P1Y2M", "duration"), typed("P14M", "yearMonthDuration")),
    (typed("-PT36H", "duration"), typed("-P1DT12H", "dayTimeDuration")),
    (typed("PT1.50S", "duration"), typed("PT1.5S", "duration")),
    (typed("2020-12-31T24:00:00", "dateTime"), typed("2021-01-01T00:00:00.0", "dateTime")),
    (typed("10:00:00Z", "time"), typed("10:00:00+00:00", "time")),
    (typed("24:00:00", "time"), typed("00:00:00", "time")),
    (typed(" a  b ", "token"), Literal("a b")),
    (typed("a\tb", "normalizedString"), Literal("a b")),
    (typed("0aff", "hexBinary"), typed("0AFF", "hexBinary")),
    (typed("YQ ==", "base64Binary"), typed("YQ==", "base64Binary")),
    (Literal("x", language="en-GB"), Literal("x", language="en-gb")),
]
DIFFERENT = [
    (typed("1", "integer"), typed("2", "integer")),
    # spaces that have nothing in common, whatever one may think of the numbers
    (typed("1", "integer"), typed("1", "double")),
    (typed("1", "float"), typed("1", "double")),
    (Literal("1"), typed("1", "integer")),
    (Literal("x"), Literal("x", language="en")),
    (Literal("x", language="en"), Literal("x", language="fr")),
    (typed("2020", "gYear"), typed("2020-01", "gYearMonth")),
    # identity, not equality
    (typed("0.0", "double"), typed("-0.0", "double")),
    (typed("2020-01-01T12:00:00+01:00", "dateTime"), typed("2020-01-01T11:00:00Z", "dateTime")),
    (typed("YQ==", "base64Binary"), typed("61", "hexBinary")),
]
UNKNOWN = [
    Literal("1", datatype=NamedNode("http://example.org/unknown")),
    typed("a:b", "QName"),
    typed("no number", "integer"),
    typed("2020-02-30", "date"),
    typed("-20000-12-31T24:00:00", "dateTime"),
]


def differ(one: Literal, other: Literal) -> bool:
    """Whether two literals are known to have different values."""
    first, second = value_of(one), value_of(other)
    return first is not None and second is not None and first != second


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_value(one: Literal, other: Literal) -> None:
    assert value_of(one) == value_of(other) is not None
    assert not differ(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_values(one: Literal, other: Literal) -> None:
    assert differ(one, other)
    assert differ(other, one)


@pytest.mark.parametrize("literal", UNKNOWN)
def test_what_has_no_known_value_differs_from_nothing_and_is_outside_of_nothing(literal: Literal) -> None:
    assert value_of(literal) is None
    assert not differ(literal, Literal("other"))
    assert not is_outside(literal, XSD + "boolean")


@pytest.mark.parametrize(
    ("literal", "kind"),
    [
        (typed("1.5", "decimal"), "integer"),
        (typed("300", "integer"), "byte"),
        (typed("0", "int"), "positiveInteger"),
        (typed("1", "double"), "decimal"),
        (typed("1", "integer"), "double"),
        (typed("1", "integer"), "string"),
        (Literal("x", language="en"), "string"),
        (Literal("a  b"), "token"),
        (Literal("a b"), "NCName"),
        (Literal("a:b"), "NCName"),
        (Literal("english language"), "language"),
        (typed("P1M", "duration"), "dayTimeDuration"),
        (typed("PT1S", "duration"), "yearMonthDuration"),
        (typed("2020-01-01T00:00:00", "dateTime"), "dateTimeStamp"),
        (typed("2020-01-01", "date"), "dateTime"),
    ],
)
def test_outside(literal: Literal, kind: str) -> None:
    assert is_outside(literal, XSD + kind)


@pytest.mark.parametrize(
    ("literal", "kind"),
    [
        (typed("3", "byte"), "integer"),
        (typed("3", "byte"), "decimal"),
        (typed("3.0", "decimal"), "unsignedByte"),
        (typed("a", "NCName"), "token"),
        (Literal("a:b"), "Name"),
        (Literal("-1"), "NMTOKEN"),
        (Literal("en-GB"), "language"),
        (typed("P0Y", "duration"), "dayTimeDuration"),
        (typed("2020-01-01T00:00:00-00:00", "dateTime"), "dateTimeStamp"),
    ],
)
def test_inside(literal: Literal, kind: str) -> None:
    assert not is_outside(literal, XSD + kind)


def test_datatypes_that_are_no_ones_of_xml_schema() -> None:
    assert is_outside(Literal("x"), RDF + "langString")
    assert not is_outside(Literal("x", language="en"), RDF + "langString")
    for datatype in (RDFS + "Literal", RDF + "PlainLiteral", "http://example.org/unknown"):
        assert not is_outside(Literal("x"), datatype)


@pytest.mark.slow
@given(numbers, numbers)
def test_decimals_differ_as_numbers_do(one: str, other: str) -> None:
    assert differ(typed(one, "decimal"), typed(other, "decimal")) == (Decimal(one) != Decimal(other))


@pytest.mark.slow
@given(st.integers(-(2**65), 2**65), st.sampled_from(WHOLE))
def test_a_whole_number_is_outside_where_it_cannot_be_written(number: int, kind: str) -> None:
    assert is_outside(typed(f"{number}.0", "decimal"), XSD + kind) != is_well_typed(str(number), XSD + kind)


@pytest.mark.slow
@given(literals, literals)
def test_differing_is_symmetric_and_never_from_itself(one: Literal, other: Literal) -> None:
    assert differ(one, other) == differ(other, one)
    assert not differ(one, one)


@pytest.mark.slow
@given(literals)
def test_a_literal_is_never_outside_its_own_datatype(literal: Literal) -> None:
    assert not is_outside(literal, literal.datatype.value)
