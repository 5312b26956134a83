"""What the tools answer, next to what the rest of unpact answers."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import unpact
from unpact.cli.main import command_line
from unpact.corpus import bundled
from unpact.errors import UsageError
from unpact.mcp.schemas import example_arguments
from unpact.mcp.toolbox import Settings, Toolbox
from unpact.mcp.tools import tools
from unpact.names import expand

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.knowledge import Knowledge
    from unpact.mcp.answers import Reply
    from unpact.query.catalogue import Catalogue
    from unpact.why.run import Explainer

Json = dict[str, Any]

ASKED: list[tuple[str, Json]] = [
    ("party-status", {"state": "Pakistan", "as_of": "2023-08-18"}),
    ("party-status", {"state": "PK", "treaty": ["UNCAC", "UNTOC"], "as_of": "2015-03-12"}),
    ("sizes", {}),
    ("established", {}),
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return unpact.open()


def answered(reply: Reply) -> Json:
    assert not reply.failed, reply.text
    assert reply.structured is not None
    return reply.structured


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(command_line, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def options(parameters: Json) -> list[str]:
    words = []
    for name, value in parameters.items():
        for single in value if isinstance(value, list) else [value]:
            words += [f"--{name.replace('_', '-')}", str(single)]
    return words


@pytest.mark.slow
@pytest.mark.parametrize(("name", "parameters"), ASKED)
def test_rows_are_those_of_the_python_api(
    toolbox: Toolbox, knowledge: Knowledge, name: str, parameters: Json
) -> None:
    found = answered(toolbox.call(name, parameters))
    expected = knowledge.query(name, **parameters)
    assert len(found["rows"]) == len(expected) > 0
    assert found.get("as_of") == expected.as_of
    for row, other in zip(found["rows"], expected, strict=True):
        assert list(row["values"]) == list(expected.columns)
        for value, wanted in zip(row["values"].values(), other, strict=True):
            if isinstance(value, dict):
                assert value == {"iri": str(wanted), "label": wanted.label}
            elif wanted is None or isinstance(wanted, bool | int):
                assert value == wanted
            else:
                assert value == str(wanted)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "parameters"), [ASKED[0], ASKED[-1]])
def test_sentences_are_those_of_the_option_cite(toolbox: Toolbox, name: str, parameters: Json) -> None:
    found = answered(toolbox.call(name, parameters))
    known = {each["id"]: each["iri"] for each in found["citations"]}
    told = json.loads(printed("query", name, *options(parameters), "--cite", "-f", "json"))
    expected = [row["sentences"]["value"] for row in told["results"]["bindings"]]
    assert [" ".join(known[each] for each in row["sentences"]) for row in found["rows"]] == expected
    assert any(expected)


@pytest.mark.slow
def test_notes_are_those_of_a_table_with_names(toolbox: Toolbox) -> None:
    found = answered(toolbox.call("established", {}))
    table = printed("query", "established", "--cite")
    assert found["notes"]
    assert [line for line in table.splitlines() if line.startswith("Note: ")] == [
        note["note"] for note in found["notes"]
    ]


@pytest.mark.slow
def test_every_example_is_answered_as_its_schema_says(toolbox: Toolbox, catalogue: Catalogue) -> None:
    schemas = {tool.name: tool.output_schema for tool in tools(catalogue, "all")}
    for query in catalogue:
        found = answered(toolbox.call(query.name, example_arguments(query)))
        Draft202012Validator(schemas[query.name]).validate(found)
        assert found["rows"], query.name
        cited = [each["id"] for each in found["citations"]]
        assert len(cited) == len(set(cited))
        assert {each for row in found["rows"] for each in row["sentences"]} == set(cited)


def test_text_says_what_the_json_says(toolbox: Toolbox) -> None:
    reply = toolbox.call("party-status", {"state": "PK", "treaty": ["TIP"], "as_of": "2022-12"})
    assert "| instrument | status |" in reply.text
    assert reply.text.count("Trafficking in Persons (TIP) Protocol") == 2
    assert "s:6.3.1" in reply.text
    assert "\nas of 2022-12\n" in reply.text
    source = next(each for each in answered(reply)["citations"] if "address" in each)
    assert f"- {source['id']}: {source['publisher']}, {source['title']}, " in reply.text


@pytest.mark.slow
def test_run_query_is_the_tool_of_that_query(toolbox: Toolbox) -> None:
    parameters = {"state": "Pakistan", "as_of": "2022"}
    assert toolbox.call("run_query", {"name": "party-status", "parameters": parameters}) == toolbox.call(
        "party-status", parameters
    )
    assert toolbox.call("run_query", {"name": "states"}) == toolbox.call("states", {})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("party-status", {"state": "Pakistn"}, "Did you mean Pakistan"),
        ("party-status", {"state": "Pakistn"}, "The tool find looks for names."),
        ("party-status", {"state": "PK", "as_of": "2022-13"}, "'2022-13' is not a year, a month or a day"),
        ("party-status", {}, "query party-status needs a value for 'state'"),
        ("party-status", {"state": "PK", "stat": "x"}, "has no parameter 'stat' (it has: state, treaty"),
        ("party-status", {"state": ["PK", "IR"]}, "takes one value only"),
        ("party-status", {"state": {"iri": "PK"}}, "takes text, numbers, true or false"),
        ("run_query", {"name": "party-statos"}, "Did you mean party-status"),
        ("run_query", {"name": "party-statos"}, "The tool list_queries tells all names."),
        ("show", {"thing": "Programme"}, "no thing is called 'Programme'"),
        ("show", {"thing": "UNODC", "as_of": "soon"}, "'soon' is not a year, a month or a day"),
        ("show", {"thing": "UNODC", "sections": ["Fakts"]}, "There are: Names, Facts"),
        ("cite", {"thing": "s:99.9.9"}, "no thing is called 's:99.9.9'"),
        ("sparql", {"query": "SELECT ?s WHERE { ?s a }"}, "query, line 1"),
        ("sparql", {"query": "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, "Only the graph at hand"),
        ("sparql", {"query": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }"}, "FROM would reach another"),
        ("sparql", {"query": "DROP ALL"}, "DROP would change the graph"),
        ("sparql", {"query": " "}, "'query' has to be of type string"),
    ],
)
def test_what_is_wrong_is_one_sentence(toolbox: Toolbox, name: str, arguments: Json, sentence: str) -> None:
    reply = toolbox.call(name, arguments)
    assert reply.failed
    assert reply.structured is None
    assert sentence in reply.text
    assert "unpact " not in reply.text


@pytest.mark.slow
def test_ambiguous_name_offers_its_meanings(toolbox: Toolbox) -> None:
    reply = toolbox.call("show", {"thing": "Country Programme"})
    assert reply.failed
    meant = [word.strip(".,") for word in reply.text.partition("Say which one:")[2].split() if ":" in word]
    assert len(meant) > 1
    assert all(not toolbox.call("show", {"thing": each}).failed for each in meant)


def test_values_may_be_given_more_loosely_than_the_schema_says(toolbox: Toolbox) -> None:
    strict = toolbox.call("party-status", {"state": "PK", "treaty": ["UNCAC"], "as_of": "2015"})
    assert toolbox.call("party-status", {"state": "PK", "treaty": "UNCAC", "as_of": 2015}) == strict


@pytest.mark.slow
def test_rows_are_cut_and_said_to_be(explainer: Explainer, catalogue: Catalogue) -> None:
    few = Toolbox(explainer, catalogue, Settings(most_rows=3))
    for reply in (
        few.call("states", {}),
        few.call("sparql", {"query": "SELECT ?s { ?s a unp:State }"}),
        few.call("sparql", {"query": "CONSTRUCT { ?s a unp:State } { ?s a unp:State }"}),
    ):
        found = answered(reply)
        assert (len(found["rows"]), found["cut"]) == (3, True)
        assert "Only the first 3 rows are shown." in reply.text
    found = answered(few.call("show", {"thing": "UNODC"}))
    assert (sum(len(each["lines"]) for each in found["sections"]), found["cut"]) == (3, True)
    assert len(found["titles"]) > len(found["sections"])
    assert len(answered(few.call("cite", {"thing": "UNODC"}))["sentences"]) == 3
    assert len(answered(few.call("find", {"text": "convention"}))["things"]) == 3
    assert not answered(few.call("sparql", {"query": "SELECT ?s { ?s a unp:State } LIMIT 3"}))["cut"]


def test_no_rows_is_an_answer(toolbox: Toolbox) -> None:
    reply = toolbox.call("sparql", {"query": "SELECT ?s { ?s a id:pakistan }"})
    assert reply.text == "no rows\n"
    assert answered(reply) == {"rows": [], "citations": [], "notes": [], "cut": False}


def test_sparql_cites_unless_told_not_to(toolbox: Toolbox) -> None:
    text = "SELECT ?treaty { id:pakistan-accession-tip-protocol unp:treaty ?treaty }"
    (cited,) = answered(toolbox.call("sparql", {"query": text}))["rows"]
    (bare,) = answered(toolbox.call("sparql", {"query": text, "cite": False}))["rows"]
    assert "s:6.3.1" in cited["sentences"]
    assert bare == {"values": cited["values"], "sentences": []}
    assert cited["values"]["treaty"]["label"] == "Trafficking in Persons (TIP) Protocol"


def test_sparql_of_other_forms(toolbox: Toolbox) -> None:
    yes = answered(toolbox.call("sparql", {"query": "ASK { id:pakistan a unp:State }"}))
    assert [row["values"] for row in yes["rows"]] == [{"answer": True}]
    assert yes["rows"][0]["sentences"]
    made = answered(toolbox.call("sparql", {"query": "DESCRIBE id:pakistan"}))
    assert {row["values"]["subject"]["iri"] for row in made["rows"]} == {expand("id:pakistan")}


def test_rows_that_cannot_be_cited_come_without_sentences(toolbox: Toolbox) -> None:
    reply = toolbox.call("sparql", {"query": "SELECT ?s { << ?s a unp:State >> ?p ?o }"})
    found = answered(reply)
    assert "cannot be cited" in found["uncited"]
    assert "The rows name no sentences:" in reply.text


@pytest.mark.slow
def test_find_gives_ids_that_show_takes(toolbox: Toolbox) -> None:
    found = answered(toolbox.call("find", {"text": "Пакистан"}))["things"]
    assert (found[0]["id"], found[0]["label"], found[0]["language"]) == ("id:pakistan", "Pakistan", "ru")
    shown = answered(toolbox.call("show", {"thing": found[0]["id"], "sections": ["names"]}))
    assert shown["thing"]["iri"] == found[0]["iri"]
    assert [each["title"] for each in shown["sections"]] == ["Names"]
    assert toolbox.call("find", {"text": "xyzzyxyzzy"}).text == "nothing is called like that\n"


@pytest.mark.slow
def test_show_says_what_the_command_prints(explainer: Explainer, catalogue: Catalogue) -> None:
    whole = Toolbox(explainer, catalogue, Settings(most_rows=10_000))
    reply = whole.call("show", {"thing": "UNODC Country Programme-II", "as_of": "2018"})
    assert reply.text.startswith(printed("show", "UNODC Country Programme-II", "--as-of", "2018"))
    found = answered(reply)
    assert (found["as_of"], found["cut"]) == ("2018", False)
    cited = {each for part in found["sections"] for line in part["lines"] for each in line["sentences"]}
    assert cited == {each["id"] for each in found["citations"]}


@pytest.mark.slow
def test_notes_stand_at_the_line_they_are_about(toolbox: Toolbox) -> None:
    found = answered(toolbox.call("show", {"thing": "UNODC", "sections": ["Facts"]}))
    (line,) = (each for each in found["sections"][0]["lines"] if each["text"].startswith("established"))
    assert "1997 in the record" in line["notes"][0]


@pytest.mark.slow
def test_cite_says_what_the_command_prints(explainer: Explainer, catalogue: Catalogue) -> None:
    whole = Toolbox(explainer, catalogue, Settings(most_rows=10_000))
    for thing in ("UNODC Country Programme-II", "s:2.4.1"):
        reply = whole.call("cite", {"thing": thing})
        assert reply.text.startswith(printed("cite", thing))
        expected = json.loads(printed("cite", thing, "-f", "json"))
        assert [
            {"sentence": expand(each["sentence"]), "statements": each["statements"]}
            for each in answered(reply)["sentences"]
        ] == expected


def test_labels_come_in_the_language_that_is_asked_for(explainer: Explainer, catalogue: Catalogue) -> None:
    french = Toolbox(explainer, catalogue, Settings(language="fr"))
    found = answered(french.call("sparql", {"query": "SELECT ?s { VALUES ?s { id:austria } }"}))
    assert found["rows"][0]["values"]["s"]["label"] == "Autriche"


@pytest.mark.slow
def test_list_queries_tells_all_or_the_best(toolbox: Toolbox, catalogue: Catalogue) -> None:
    everything = answered(toolbox.call("list_queries", {}))
    assert [each["name"] for each in everything["others"]] == [query.name for query in catalogue]
    best = answered(toolbox.call("list_queries", {"text": "legal status state treaty"}))["queries"]
    assert best[0]["name"] == "party-status"
    assert best[0]["parameters"]["required"] == ["state"]
    assert not toolbox.call("run_query", {"name": best[0]["name"], "parameters": best[0]["example"]}).failed


def test_list_queries_finds_what_speaks_of_some_words(toolbox: Toolbox) -> None:
    reply = toolbox.call("list_queries", {"text": "which reservations did Pakistan make"})
    assert answered(reply)["queries"][0]["name"] == "reservations"
    assert "reservations: " in reply.text
    none = toolbox.call("list_queries", {"text": "xyzzy"})
    assert answered(none) == {"queries": [], "others": []}
    assert none.text.startswith("no stored query speaks of that")


def test_another_file_is_not_the_article(explainer: Explainer, catalogue: Catalogue, tmp_path: Path) -> None:
    other = tmp_path / "article.txt"
    shutil.copyfile(bundled().root / "ontology" / "unpact.ttl", other)
    with pytest.raises(UsageError, match=r"article\.txt"):
        Toolbox(explainer, catalogue, Settings(article=str(other)))
