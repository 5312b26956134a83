"""why, --why and infer, as their users type them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, RdfFormat, parse

from unpact.cli.main import command_line
from unpact.names import INFERRED_GRAPH, PROV, RDF

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = os.environ.get("UNPACT_ARTICLE")

WORLD = """
@prefix ex: <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
ex:Ally a owl:Class ; rdfs:subClassOf ex:Friend .
ex:Friend a owl:Class .
ex:knows a owl:ObjectProperty , owl:SymmetricProperty .
ex:a a ex:Ally ; rdfs:label "Ann"@en ; ex:knows ex:b .
ex:b rdfs:label "Bob"@en ; ex:age 7 .
ex:age a owl:DatatypeProperty .
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("world") / "world.ttl"
    path.write_text(WORLD, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line, arguments)


def answer(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.slow
def test_what_follows_is_told_with_its_rule_file_and_line(world: str) -> None:
    lines = answer("why", "Bob", "knows", "Ann", "--data", world, "--only-data").splitlines()
    assert lines[0] == "<http://example.org/b> <http://example.org/knows> <http://example.org/a>"
    assert lines[1] == "│  by prp-symp: the property holds both ways"
    assert lines[2] == "├─ <http://example.org/a> <http://example.org/knows> <http://example.org/b>"
    assert re.fullmatch(r"│     written in .*world\.ttl:9:\d+", lines[3])
    assert lines[4] == "└─ <http://example.org/knows> a owl:SymmetricProperty"
    assert re.fullmatch(r"      written in .*world\.ttl:8:\d+", lines[5])


@pytest.mark.slow
def test_a_class_by_its_local_name_and_a_value_as_it_is(world: str) -> None:
    assert "cax-sco" in answer("why", "Ann", "a", "Friend", "--data", world, "--only-data")
    assert "written in" in answer("why", "Bob", "age", "7", "--data", world, "--only-data")
    value = '"7"^^xsd:integer'
    assert "written in" in answer("why", "Bob", "age", value, "--data", world, "--only-data")


def test_what_does_not_hold_is_said_with_what_it_lacks(world: str) -> None:
    lines = answer("why", "Bob", "a", "Friend", "--data", world, "--only-data").splitlines()
    assert lines[0] == "<http://example.org/b> a <http://example.org/Friend> does not hold"
    assert "if this held: <http://example.org/b> a <http://example.org/Ally>" in lines[3]
    result = run("why", "Bob", "a", "Friend", "--data", world, "--only-data", "--check")
    assert result.exit_code == 1


@pytest.mark.slow
def test_what_no_rule_could_conclude() -> None:
    text = answer("why", "pakistan", "http://example.org/never", "unodc")
    assert "no rule could conclude it" in text


@pytest.mark.slow
def test_what_a_rule_of_the_corpus_says_instead() -> None:
    words = ("pakistan-ratification-untoc", "unp:earliestEntryIntoForce", '"2011-01-01"^^xsd:date')
    text = answer("why", *words)
    assert "By ontology/rules/03_entry_into_force.rq (From which day" in text
    assert '  it is "2010-02-12"^^xsd:date\n' in text
    assert answer("why", *words[:2], "2011-01-01") == text
    text = answer("why", "pakistan", *words[1:])
    assert "nothing follows for this subject: nothing goes with ?act a unp:ConsentToBeBound" in text
    found = json.loads(answer("why", *words, "-f", "json"))
    assert found["instead"][0]["values"][0]["value"] == "2010-02-12"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody", "a", "State"), "no thing is called 'nobody'"),
        (("pakistan", "partof", "unodc"), "Did you mean unp:partOf"),
        (("pakistan", "a", "Stat"), "Did you mean unp:State"),
        (("pakistan", "unp:iso2", '"PK'), "is no literal of Turtle"),
    ],
)
def test_a_name_that_means_nothing_is_answered_with_the_nearest(
    arguments: tuple[str, ...], said: str
) -> None:
    result = run("why", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not result.stdout


@pytest.mark.slow
def test_every_last_step_is_shown_the_shortest_first() -> None:
    text = answer("why", "unodc", "a", "Agent", "--all")
    ways = text.split("\n\n")
    assert len(ways) > 3
    assert len(set(ways)) == len(ways)
    assert all(way.startswith("id:unodc a unp:Agent\n│  by ") for way in ways)
    lengths = [way.count("written in") for way in ways]
    assert lengths == sorted(lengths)
    assert ways[0].splitlines() == answer("why", "unodc", "a", "Agent").splitlines()
    found = json.loads(answer("why", "unodc", "a", "Agent", "--all", "-f", "json"))
    assert len(found) == len(ways)
    assert answer("why", "unodc", "a", "Agent", "--all", "-f", "dot").count("->") > 2 * len(ways) - 1


@pytest.mark.slow
def test_json_has_every_step(world: str) -> None:
    found = json.loads(answer("why", "Bob", "knows", "Ann", "--data", world, "--only-data", "-f", "json"))
    assert found["kind"] == "inferred"
    assert found["rule"]["name"] == "prp-symp"
    assert [each["kind"] for each in found["premises"]] == ["written", "written"]
    assert found["premises"][0]["place"]["line"] == 9
    lacking = json.loads(answer("why", "Bob", "a", "Friend", "--data", world, "--only-data", "-f", "json"))
    assert lacking["kind"] == "not held"
    assert lacking["lacking"][0]["rule"]["name"] == "cax-sco"


def test_turtle_is_prov(world: str) -> None:
    text = answer("why", "Bob", "knows", "Ann", "--data", world, "--only-data", "-f", "ttl")
    triples = [quad.triple for quad in parse(text, RdfFormat.TURTLE)]
    used = {each.predicate.value for each in triples}
    assert {PROV + "wasGeneratedBy", PROV + "used", PROV + "wasDerivedFrom", RDF + "subject"} <= used
    steps = {each.object for each in triples if each.predicate == NamedNode(PROV + "wasGeneratedBy")}
    assert len(steps) == 1


@pytest.mark.slow
def test_pictures_name_every_triple_and_every_step(world: str) -> None:
    mermaid = answer("why", "Bob", "knows", "Ann", "--data", world, "--only-data", "-f", "mermaid")
    assert mermaid.splitlines()[0] == "flowchart TD"
    assert mermaid.count("-->") == 2
    assert "<http" not in mermaid
    dot = answer("why", "Bob", "knows", "Ann", "--data", world, "--only-data", "-f", "dot")
    assert dot.startswith("digraph proof {")
    assert dot.count("->") == 2
    assert dot.rstrip().endswith("}")


@pytest.mark.slow
@pytest.mark.skipif(not ARTICLE, reason="set UNPACT_ARTICLE to a copy of the article")
def test_the_article_adds_the_words() -> None:
    text = answer("why", "pakistan", "a", "Agent", "--article", str(ARTICLE))
    assert re.search(r"stated in s:\d+\.\d+\.\d+: “.+”", text)
    for words in (
        ("query", "sizes"),
        ("sparql", "SELECT ?value { id:cnd unp:memberQuantity/unp:value ?value }"),
    ):
        text = answer(*words, "--why", "1", "--article", str(ARTICLE))
        assert re.search(r"stated in s:4\.1\.2: “.+”", text)


@pytest.mark.slow
def test_rows_are_explained() -> None:
    text = answer("query", "sizes", "--why", "1")
    assert text.startswith("row 1: body = ")
    assert "stated in s:4.1.2" in text
    assert text.count("row ") == 1
    assert answer("query", "sizes", "--why").count("\nrow ") == 3


@pytest.mark.slow
def test_rows_of_any_query_are_explained() -> None:
    pattern = "?act unp:treaty id:uncac OPTIONAL { ?act unp:note ?x }"
    query = f"SELECT ?act (COUNT(?x) AS ?n) {{ {pattern} }} GROUP BY ?act"
    text = answer("sparql", query, "--why", "1")
    assert "COUNT(?x) over 1 solution" in text
    assert "optional, nothing matches: " in text
    found = json.loads(answer("sparql", query, "--why", "1", "-f", "json"))
    assert found[0]["number"] == 1
    assert found[0]["aggregates"][0]["kind"] == "Aggregate"
    assert answer("sparql", "ASK { id:pakistan unp:memberOf id:nowhere }", "--why") == (
        'row 1: answer = "false"^^xsd:boolean\n└─ nothing matches: id:pakistan unp:memberOf id:nowhere\n'
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", ["ttl", "mermaid", "dot"])
def test_rows_as_graphs(form: str) -> None:
    text = answer("query", "sizes", "--why", "1", "-f", form)
    assert "query sizes" in text
    assert "body = id:cnd" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("query", "sizes", "--why", "99"), "the answer has no row '99'. It has rows 1 to 4"),
        (("query", "sizes", "--why", "x"), "the answer has no row 'x'"),
        (("query", "sizes", "--article", "article.txt"), "--article goes with --why"),
        (("query", "sizes", "-f", "dot"), "dot is a form of explanations"),
        (("query", "sizes", "--why", "-f", "csv"), "an explanation has no form csv"),
        (("sparql", "ASK { ?s ?p ?o }", "-f", "mermaid"), "mermaid is a form of explanations"),
    ],
)
def test_what_cannot_be_explained_is_said(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_infer_writes_what_follows_and_nothing_else(world: str) -> None:
    text = answer("infer", world, "--only-data", "-f", "nt")
    mine = [line for line in text.splitlines() if "example.org" in line]
    assert mine == [
        f"<http://example.org/a> <{RDF}type> <http://example.org/Friend> .",
        "<http://example.org/b> <http://example.org/knows> <http://example.org/a> .",
    ]
    quads = answer("infer", world, "--only-data", "-f", "nq").splitlines()
    assert all(line.endswith(f" <{INFERRED_GRAPH}> .") for line in quads)


@pytest.mark.slow
def test_infer_is_the_same_every_time_and_in_each_syntax(tmp_path: Path) -> None:
    whole = answer("infer")
    assert whole == answer("infer")
    path = tmp_path / "inferred.ttl"
    answer("infer", "-o", str(path))
    assert path.read_text(encoding="utf-8") == whole
    turtle = {str(quad.triple) for quad in parse(whole, RdfFormat.TURTLE)}
    lines = {line.removesuffix(" .") for line in answer("infer", "-f", "nt").splitlines()}
    assert turtle == lines
    assert len(lines) > 10_000


@pytest.mark.slow
def test_infer_counts_by_rule() -> None:
    rows = json.loads(answer("infer", "--stats", "-f", "json"))["results"]["bindings"]
    counts = {row["rule"]["value"]: int(row["triples"]["value"]) for row in rows}
    assert counts["cax-sco"] > 4000
    assert "ontology/rules/04_legal_standing.rq" in counts
    assert all(row["reading"]["value"] for row in rows)
    total = len(answer("infer", "-f", "nt").splitlines())
    # what only helps to infer something else is counted, and not written
    assert total <= sum(counts.values()) <= total + 50


@pytest.mark.slow
def test_owlrl_infers_the_same(world: str) -> None:
    ours = answer("infer", world, "--only-data", "-f", "nt")
    assert answer("infer", world, "--only-data", "-f", "nt", "--reasoner", "owlrl") == ours


@pytest.mark.slow
def test_infer_since_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(tmp_path))
    path = tmp_path / "mine.ttl"
    path.write_text(WORLD, encoding="utf-8")
    for words in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "first")):
        subprocess.run([*git, *words], check=True)
    path.write_text(WORLD.replace("ex:knows ex:b", "ex:knows ex:c"), encoding="utf-8")
    rows = answer("infer", "mine.ttl", "--only-data", "--since", "HEAD", "-f", "csv").split()
    ends = "http://example.org/knows,http://example.org/a"
    assert rows == [
        "change,subject,predicate,object",
        f"gone,http://example.org/b,{ends}",
        f"new,http://example.org/c,{ends}",
    ]
    result = run("infer", "mine.ttl", "--since", "nowhere")
    assert result.exit_code == 2
    assert "git knows no revision 'nowhere'" in result.stderr


@pytest.mark.slow
def test_owlrl_infers_the_same_of_the_whole_article() -> None:
    ours = answer("infer", "--view", "article", "-f", "nt")
    assert answer("infer", "--view", "article", "-f", "nt", "--reasoner", "owlrl") == ours


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only-data",), "--only-data needs a PATH"),
        (("--stats", "-f", "nt"), "counts are rows, not triples"),
        (("--stats", "--reasoner", "owlrl"), "owlrl tells no more than what follows"),
        (("no-such-file.ttl",), "no-such-file.ttl"),
        (("--since", "HEAD", "-f", "ttl"), "a change is rows, not triples"),
        (("--since", "HEAD", "--stats"), "Choose one of --stats and --since"),
    ],
)
def test_what_infer_refuses(arguments: tuple[str, ...], said: str) -> None:
    result = run("infer", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
