"""unpact query NAME: options from the header, values by name, completion, every bundled query."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from unpact.cli.main import command_line
from unpact.cli.opening import open_catalogue
from unpact.cli.query import _TAKEN, command_for
from unpact.errors import UnpactError, UsageError
from unpact.query.header import parse_stored_query
from unpact.query.period import today

if TYPE_CHECKING:
    from unpact.query.header import StoredQuery

Run = Callable[..., Result]

FACTS = """
@prefix unp: <https://w3id.org/unpact/ontology#> .
@prefix id: <https://w3id.org/unpact/id/> .
@prefix s: <https://w3id.org/unpact/source/lasting-partnership/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:utopia a unp:State ; rdfs:label "Utopia"@en ; unp:iso2 "UT" ; unp:statedIn s:1.1.1 .
id:sea-treaty a unp:Convention ; rdfs:label "Convention on Sea Matters"@en ; unp:statedIn s:1.1.2 .
id:air-treaty a unp:Convention ; rdfs:label "Convention on Air Matters"@en ; unp:statedIn s:1.1.2 .
id:one a unp:Accession ; unp:actor id:utopia ; unp:treaty id:sea-treaty ;
    unp:date "2022-11"^^xsd:gYearMonth ; unp:statedIn s:6.4.1 .
id:two a unp:Ratification ; unp:actor id:utopia ; unp:treaty id:air-treaty ;
    unp:date "1999"^^xsd:gYear ; unp:statedIn s:6.4.2 .
"""
QUERY = """\
#+ title: Acts of a state
#+ description: Which acts did the state do, and when?
#+ keywords: [acts]
#+ parameters:
#+   state: {type: State, required: true, help: "the state"}
#+   only_treaty: {type: Treaty, list: true, help: "only these treaties"}
#+ columns:
#+   act: what it did
#+   about: the treaty
#+   date: when
#+ examples:
#+   - {state: Utopia}
#+   - {state: UT, only_treaty: [Convention on Sea Matters, air-treaty]}
SELECT ?act ?about ?date WHERE {
  ?node unp:actor $state ; a ?act ; unp:treaty ?about ; unp:date ?date .
  VALUES ?act { unp:Accession unp:Ratification }
  # if $only_treaty
  FILTER (?about IN ($only_treaty))
  # end
}
ORDER BY ?date ?about
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("facts") / "acts.ttl"
    path.write_text(FACTS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def query() -> StoredQuery:
    return parse_stored_query(QUERY, Path("queries/treaties/acts.rq"))


@pytest.fixture
def run(facts: Path, query: StoredQuery) -> Run:
    def unpact(*arguments: str) -> Result:
        return CliRunner().invoke(command_for(query), [*arguments, "--data", str(facts), "--only-data"])

    return unpact


@pytest.mark.slow
def test_values_are_named_as_people_name_them(run: Run) -> None:
    for name in ("Utopia", "UT", "utopia", "id:utopia"):
        result = run("--state", name)
        assert result.exit_code == 0, result.output
        assert [line.split() for line in result.stdout.splitlines()[2:]] == [
            ["ratification", "Convention", "on", "Air", "Matters", "1999"],
            ["accession", "Convention", "on", "Sea", "Matters", "2022-11"],
        ]


def test_list_parameter_is_repeated(run: Run) -> None:
    one = run("--state", "UT", "--only-treaty", "sea-treaty", "-f", "csv").stdout.splitlines()
    assert one[1:] == [
        "https://w3id.org/unpact/ontology#Accession,https://w3id.org/unpact/id/sea-treaty,2022-11"
    ]
    both = run("--state", "UT", "--only-treaty", "sea-treaty", "--only-treaty", "air-treaty", "-f", "csv")
    assert len(both.stdout.splitlines()) == 3


@pytest.mark.slow
def test_cite_adds_the_sentence_of_the_act(run: Run) -> None:
    rows = [json.loads(line) for line in run("--state", "UT", "--cite", "-f", "jsonl").stdout.splitlines()]
    assert [row["sentences"][-1].rpartition("/")[2] for row in rows] == ["6.4.2", "6.4.1"]


def test_help_comes_from_the_header(run: Run) -> None:
    page = run("--help").stdout
    for part in (
        "Acts of a state.",
        "Which acts did the state do, and when?",
        "--state STATE",
        "[required]",
        "--only-treaty TREATY",
        "only these treaties (may be repeated)",
        "    about  the treaty",
        "    unpact query acts --state Utopia",
        "--only-treaty 'Convention on Sea Matters' --only-treaty air-treaty",
    ):
        assert part in page, part


def test_missing_parameter_and_unknown_value(run: Run) -> None:
    missing = run()
    assert missing.exit_code == 2
    assert "--state" in missing.output
    unknown = run("--state", "Utopai")
    assert isinstance(unknown.exception, UnpactError)
    assert "Utopia" in str(unknown.exception)


def test_show_query_prints_what_would_be_run(run: Run) -> None:
    text = run("--state", "UT", "--show-query").stdout
    assert "<https://w3id.org/unpact/id/utopia>" in text
    assert "$" not in text
    assert "#+" not in text


def test_parameter_named_like_a_common_option_is_refused() -> None:
    text = QUERY.replace("only_treaty", "view")
    with pytest.raises(UsageError, match="--view"):
        command_for(parse_stored_query(text, Path("queries/treaties/acts.rq")))


def completions(words: str, incomplete: str, facts: Path | None = None) -> list[str]:
    """What the shell would offer for `incomplete` behind `words`, as the completion script asks for it."""
    data = f" --data {facts} --only-data" if facts else ""
    done = subprocess.run(
        [sys.executable, "-c", "from unpact.cli.main import main; main()"],
        env={
            **os.environ,
            "_UNPACT_COMPLETE": "bash_complete",
            "COMP_WORDS": f"unpact {words}{data} {incomplete}",
            "COMP_CWORD": str(len(f"{words}{data}".split()) + 1),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.slow
def test_shell_completes_commands_and_query_names() -> None:
    assert completions("", "spar") == ["sparql"]
    names = open_catalogue().names()
    assert completions("query", "party-st") == [name for name in names if name.startswith("party-st")]


@pytest.mark.slow
def test_completion_of_an_unknown_query_is_silent() -> None:
    assert completions("query no-such-query --state", "Pak") == []


@pytest.mark.slow
def test_shell_completes_values_by_any_name() -> None:
    assert "pakistan" in completions("query party-status --state", "Pak")
    assert completions("query party-status --state", "qqqq") == []


def test_unknown_query_suggests_the_nearest() -> None:
    result = CliRunner().invoke(command_line, ["query", "party-staus"])
    assert result.exit_code == 2
    assert "Did you mean party-status" in result.stderr
    assert result.stderr.count("\n") == 1


BUNDLED = {query.name: query for query in open_catalogue()}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_every_bundled_query_runs_its_examples_from_the_command_line(name: str) -> None:
    stored = BUNDLED[name]
    assert not {parameter.option for parameter in stored.parameters} & _TAKEN
    page = CliRunner().invoke(command_line, ["query", name, "--help"])
    assert page.exit_code == 0, page.output
    for example in stored.examples:
        words = []
        for parameter, value in example.items():
            for single in (value,) if isinstance(value, str) else value:
                words += [f"--{parameter.replace('_', '-')}", single]
        result = CliRunner().invoke(command_line, ["query", name, *words, "--fail-empty", "-f", "csv"])
        assert result.exit_code == 0, (example, result.output)
        assert result.stdout.splitlines()[0].split(",") == list(stored.columns)


@pytest.mark.slow
def test_a_table_says_for_which_day_it_is() -> None:
    def ask(*words: str) -> Result:
        return CliRunner().invoke(command_line, ["query", "memberships", "--body", "CND", *words])

    table = ask("--as-of", "2023")
    assert table.stdout.endswith("2029     planned\n\nas of 2023\n")
    assert ask("--as-of", "2023", "-f", "md").stdout.endswith("\nas of 2023\n")
    # other formats have no place for it
    rows = ask("--as-of", "2024-01-01", "-f", "csv")
    assert rows.stdout.splitlines()[1].endswith(",2023-12,ended")
    assert "as of" not in rows.stdout
    assert rows.stderr == "as of 2024-01-01\n"
    assert ask().stdout.endswith(f"\nas of {today().isoformat()}\n")


def test_an_answer_without_a_day_names_none() -> None:
    result = CliRunner().invoke(command_line, ["query", "states", "-f", "csv"])
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_period_that_is_none_is_refused() -> None:
    result = CliRunner().invoke(command_line, ["query", "memberships", "--as-of", "2023-02-30"])
    assert result.exit_code == 2
    assert "'2023-02-30' is not a year, a month or a day" in result.stderr
