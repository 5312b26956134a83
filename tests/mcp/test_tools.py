"""Which tools are offered, and what their schemas allow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from unpact.errors import UsageError
from unpact.mcp.schemas import checked, example_arguments, parameters_schema, plain_values
from unpact.mcp.tools import input_schema, query_name, tool_name, tools
from unpact.query.header import parse_stored_query
from unpact.query.period import read_period

if TYPE_CHECKING:
    from datetime import date

    from unpact.query.catalogue import Catalogue
    from unpact.query.stored import StoredQuery

OWN = {"find", "show", "cite", "sparql"}
EVERY_TYPE = """\
#+ title: Every type
#+ description: What is there?
#+ keywords: [types]
#+ parameters:
#+   number: {type: integer, default: "7", help: a number}
#+   share: {type: decimal, default: "0.5", help: a share}
#+   flag: {type: boolean, default: "yes", help: a flag}
#+   day: {type: date, required: true, help: a day}
#+   period: {type: period, default: today, help: a period}
#+   tag: {type: language, default: en, help: a language}
#+   word: {type: string, default: "a b", help: a word}
#+   state: {type: State, list: true, default: [PK, IR], help: some states}
#+ columns:
#+   a: anything
#+ examples:
#+   - {day: "2022-11-04", number: "3", period: "2022-11", state: PK}
SELECT ?a WHERE {
  ?a ?b ?c FILTER(?c IN ($number, $share, $flag, $day, $period_first, $period_last, $tag, $word, $state))
}
"""


@pytest.fixture(scope="module")
def every_type() -> StoredQuery:
    return parse_stored_query(EVERY_TYPE, Path("topic/every-type.rq"))


def test_all_offers_a_tool_for_each_query_besides_its_own(catalogue: Catalogue) -> None:
    names = [tool.name for tool in tools(catalogue, "all")]
    assert len(names) == len(set(names))
    assert set(names) == OWN | set(catalogue.names())
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", name) for name in names)


def test_few_offers_two_tools_for_all_queries(catalogue: Catalogue) -> None:
    assert {tool.name for tool in tools(catalogue, "few")} == OWN | {"list_queries", "run_query"}


@pytest.mark.parametrize("name", ["party-status", "treaties/coverage"])
def test_name_of_a_tool_leads_back_to_its_query(name: str) -> None:
    assert query_name(tool_name(name)) == name
    assert "/" not in tool_name(name)


@pytest.mark.slow
def test_schemas_are_json_schema(catalogue: Catalogue) -> None:
    for tool in tools(catalogue, "all"):
        Draft202012Validator.check_schema(tool.input_schema)
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
    for tool in tools(catalogue, "few"):
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema)


def test_first_example_of_each_query_is_what_its_schema_allows(catalogue: Catalogue) -> None:
    for query in catalogue:
        Draft202012Validator(parameters_schema(query)).validate(example_arguments(query))


def test_description_tells_question_columns_and_example(catalogue: Catalogue) -> None:
    (tool,) = (each for each in tools(catalogue, "all") if each.name == "party-status")
    query = catalogue.find("party-status")
    assert tool.title == query.title
    assert query.description in tool.description
    assert all(f"- {name}: {meaning}" in tool.description for name, meaning in query.columns.items())
    assert '{"state": "Pakistan", "as_of": "2023-08-18"}' in tool.description
    rows = tool.output_schema["properties"]["rows"]["items"]["properties"]["values"]
    assert {name: each["description"] for name, each in rows["properties"].items()} == dict(query.columns)


def test_parameters_are_typed(every_type: StoredQuery) -> None:
    schema = parameters_schema(every_type)
    found = {name: (each["type"], each.get("default")) for name, each in schema["properties"].items()}
    assert found == {
        "number": ("integer", 7),
        "share": ("number", 0.5),
        "flag": ("boolean", True),
        "day": ("string", None),
        "period": ("string", "today"),
        "tag": ("string", "en"),
        "word": ("string", "a b"),
        "state": ("array", ["PK", "IR"]),
    }
    assert schema["required"] == ["day"]
    assert "State" in schema["properties"]["state"]["description"]
    assert example_arguments(every_type) == {
        "day": "2022-11-04",
        "number": 3,
        "period": "2022-11",
        "state": ["PK"],
    }


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"day": "4 November"},
        {"day": "2022-11-04", "period": "2022-11-4"},
        {"day": "2022-11-04", "number": "many"},
        {"day": "2022-11-04", "state": "PK"},
        {"day": "2022-11-04", "state": [""]},
        {"day": "2022-11-04", "other": 1},
    ],
)
def test_schema_refuses(every_type: StoredQuery, arguments: dict[str, Any]) -> None:
    assert not Draft202012Validator(parameters_schema(every_type)).is_valid(arguments)


@pytest.mark.slow
@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_periods_that_are_read_are_what_the_schema_allows(day: date, length: int) -> None:
    schema = input_schema("show")
    assert schema is not None
    text = day.isoformat()[:length]
    assert read_period(text) is not None
    assert re.search(schema["properties"]["as_of"]["pattern"], text)
    assert not re.search(schema["properties"]["as_of"]["pattern"], text[:-1])


def test_arguments_get_their_defaults() -> None:
    schema = input_schema("find")
    assert schema is not None
    assert checked({"text": "UNODC"}, schema) == {"text": "UNODC", "limit": 20}


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("find", {}, "the argument 'text' is needed: a name"),
        ("find", {"text": " "}, "'text' has to be of type string"),
        ("find", {"text": "UNODC", "limit": 0}, "'limit' has to be of type integer, not 0"),
        ("find", {"text": "UNODC", "limit": True}, "'limit' has to be of type integer, not True"),
        ("find", {"txt": "UNODC"}, "there is no argument 'txt'. There are: text, limit."),
        ("show", {"thing": 5}, "'thing' has to be of type string, not 5"),
        ("show", {"thing": "UNODC", "sections": ["Facts", 1]}, "'sections' has to be of type array"),
        ("sparql", {"query": "ASK {}", "cite": "no"}, "'cite' has to be of type boolean"),
        ("run_query", {"name": "states", "parameters": []}, "'parameters' has to be of type object"),
    ],
)
def test_wrong_arguments_are_named(name: str, arguments: dict[str, Any], sentence: str) -> None:
    schema = input_schema(name)
    assert schema is not None
    with pytest.raises(UsageError, match=re.escape(sentence)):
        checked(arguments, schema)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.slow
@given(st.sampled_from(["find", "show", "cite", "sparql"]), st.dictionaries(st.text(), _JSON, max_size=3))
def test_what_is_let_through_is_what_the_schema_allows(name: str, arguments: dict[str, Any]) -> None:
    schema = input_schema(name)
    assert schema is not None
    arguments = dict(zip(schema["properties"], arguments.values(), strict=False))
    given_ones = {name: value for name, value in arguments.items() if value is not None}
    try:
        checked(arguments, schema)
    except UsageError:
        return
    assert Draft202012Validator(schema).is_valid(given_ones)


@pytest.mark.parametrize("value", [{"iri": "id:pakistan"}, [["PK"]], [{"state": "PK"}]])
def test_values_made_of_others_are_refused(value: object) -> None:
    with pytest.raises(UsageError, match="parameter 'state' takes text, numbers, true or false"):
        plain_values({"state": value})
