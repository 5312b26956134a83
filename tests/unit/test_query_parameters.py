"""Values of parameters: what each type accepts, from text and from Python."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from unpact.errors import UsageError
from unpact.names import UNP, XSD
from unpact.query.parameters import (
    PLAIN_TYPES,
    TOPIC_CLASS,
    Parameter,
    Value,
    class_of_type,
    is_known_type,
    to_terms,
)


class Echo:
    """A resolver that answers with the class and the name that it was asked for."""

    def resolve(self, value: str, cls: str | None = None) -> NamedNode:
        return NamedNode(f"{cls}/{value}")


def _parameter(type_name: str, *, many: bool = False) -> Parameter:
    return Parameter("name", type_name, required=False, help="h", list=many)


def _typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("type_name", "value", "term"),
    [
        ("string", " as it is ", Literal(" as it is ")),
        ("string", 3, Literal("3")),
        ("integer", "42", _typed("42", "integer")),
        ("integer", "-7", _typed("-7", "integer")),
        ("integer", 42, _typed("42", "integer")),
        ("decimal", "0.5", _typed("0.5", "decimal")),
        ("decimal", 1e-7, _typed("0.0000001", "decimal")),
        ("decimal", Decimal("1E+3"), _typed("1000", "decimal")),
        ("date", "2022-12-31", _typed("2022-12-31", "date")),
        ("date", date(2022, 12, 31), _typed("2022-12-31", "date")),
        ("boolean", "Yes", _typed("true", "boolean")),
        ("boolean", False, _typed("false", "boolean")),
        ("language", "zh-Hans", Literal("zh-Hans")),
        ("State", "PK", NamedNode(UNP + "State/PK")),
        ("State", NamedNode("http://a/b"), NamedNode(UNP + "State/http://a/b")),
        ("org:Membership", "m", NamedNode("http://www.w3.org/ns/org#Membership/m")),
        ("topic", "drugs", NamedNode(TOPIC_CLASS + "/drugs")),
    ],
)
def test_accepted(type_name: str, value: Value, term: Literal | NamedNode) -> None:
    assert to_terms(_parameter(type_name), value, Echo()) == (term,)


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("integer", "4.2"),
        ("integer", "٤٢"),
        ("integer", "1_000"),
        ("integer", ""),
        ("integer", True),
        ("decimal", "1e3"),
        ("decimal", float("nan")),
        ("decimal", float("inf")),
        ("date", "2022-02-30"),
        ("date", "2022-12"),
        ("date", "20221231"),
        ("date", datetime(2022, 12, 31, 5)),  # noqa: DTZ001 - a time of any zone is refused
        ("boolean", "maybe"),
        ("language", "en_GB"),
        ("string", "\udcff"),
        ("State", 3),
        ("State", Literal("PK")),
    ],
)
def test_refused_with_a_sentence(type_name: str, value: Value) -> None:
    with pytest.raises(UsageError, match="parameter 'name'"):
        to_terms(_parameter(type_name), value, Echo())


def test_nothing_and_lists() -> None:
    assert to_terms(_parameter("integer"), None, Echo()) == ()
    assert to_terms(_parameter("integer", many=True), [], Echo()) == ()
    assert to_terms(_parameter("string", many=True), ("b", "a", "b"), Echo()) == (Literal("b"), Literal("a"))
    assert to_terms(_parameter("string", many=True), "a, b", Echo()) == (Literal("a, b"),)
    assert to_terms(_parameter("string"), ["a"], Echo()) == (Literal("a"),)
    with pytest.raises(UsageError, match="one value only, but 2"):
        to_terms(_parameter("string"), ["a", "b"], Echo())


def test_types() -> None:
    assert all(is_known_type(name) for name in (*PLAIN_TYPES, "topic", "State", "skos:Concept"))
    assert not any(is_known_type(name) for name in ("state", "Sta te", "nope:State", "int", "", "State\n"))
    assert class_of_type("State") == UNP + "State"
    assert class_of_type("string") is None


@pytest.mark.slow
@given(st.sampled_from(PLAIN_TYPES), st.text())
def test_any_text_becomes_one_term_or_is_refused(type_name: str, value: str) -> None:
    try:
        terms = to_terms(_parameter(type_name), value, Echo())
    except UsageError:
        return
    assert len(terms) == 1
    assert isinstance(terms[0], Literal)
