"""unpact load --store, unpact store, and --store on the commands that read the graph."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from unpact.cli.main import command_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("stores") / "kb")
    done = unpact("load", "--store", path)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert " triples in " in done.stderr
    return path


@pytest.fixture(autouse=True)
def _config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNPACT_CONFIG", str(tmp_path / "config.toml"))


def unpact(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(command_line, arguments, input=stdin)


DIRECT = [
    ("query", "party-status", "--state", "Pakistan"),
    ("query", "memberships", "--body", "CND", "--show-query"),
    ("sparql", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
    ("sparql", "SELECT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o ?g LIMIT 50", "-f", "csv"),
    ("find", "afghan"),
    ("discrepancies",),
]
# these need a copy of the store, and find out how everything in it was reached
EXPLAINED = [
    ("query", "party-status", "--state", "Pakistan", "--why", "1", "-f", "json"),
    ("query", "party-status", "--state", "Pakistan", "--cite"),
    ("show", "UNODC"),
    ("show", "id:country-programme-2", "-f", "json"),
    ("cite", "CND"),
    ("why", "UNTOC", "unp:supplementedBy", "TIP Protocol"),
    ("why", "pakistan", "unp:partyTo", "UNTOC"),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [*DIRECT, EXPLAINED[0], *(pytest.param(each, marks=pytest.mark.slow) for each in EXPLAINED[1:])],
)
def test_a_store_answers_as_the_files_do(store: str, arguments: tuple[str, ...]) -> None:
    here, there = unpact(*arguments), unpact(*arguments, "--store", store)
    assert (there.exit_code, there.stdout) == (here.exit_code, here.stdout), there.output
    assert here.stdout


@pytest.mark.slow
@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "id:country-programme-2", "-f", "json"),
        ("cite", "CND"),
        ("query", "party-status", "--state", "Pakistan", "--cite", "-f", "csv"),
        ("sparql", "SELECT ?x { ?x unp:actor id:pakistan } ORDER BY ?x LIMIT 9", "--cite", "-f", "csv"),
    ],
    ids=" ".join,
)
def test_a_store_that_is_too_large_to_copy_is_asked_where_it_lies(
    store: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = unpact(*arguments, "--store", store)
    monkeypatch.setattr("unpact.graph.copied.MOST_TRIPLES", 1000)
    found = unpact(*arguments, "--store", store)
    assert found.exit_code == 0, found.output
    assert f"{store} has " in found.stderr
    assert "too many to find out how all that is inferred was reached" in found.stderr
    # the facts are the same; of what is inferred, fewer sentences may be known
    assert len(found.stdout.splitlines()) > len(whole.stdout.splitlines()) / 2
    if "--cite" in arguments:
        ours, theirs = ([row[:-1] for row in csv.reader(io.StringIO(each.stdout))] for each in (whole, found))
        assert ours == theirs
    if arguments[0] == "show":
        here, there = ([*_facts(json.loads(each.stdout))] for each in (whole, found))
        assert here == there


def _facts(shown: object) -> Iterator[object]:
    """What is said, without the sentences behind it."""
    if isinstance(shown, dict):
        for name, each in shown.items():
            if name not in ("sentences", "sources"):
                yield name
                yield from _facts(each)
    elif isinstance(shown, list):
        for each in shown:
            yield from _facts(each)
    else:
        yield shown


def test_why_is_refused_at_once_where_a_store_is_too_large(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unpact.graph.copied.MOST_TRIPLES", 1000)
    done = unpact("why", "pakistan", "unp:partyTo", "UNTOC", "--store", store)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "triples are more than the 1,000 that are copied. Ask files instead" in done.stderr


def test_info_counts_what_the_store_has(store: str) -> None:
    here, there = (
        json.loads(unpact("info", "-f", "json", *more).stdout) for more in ((), ("--store", store))
    )
    assert here["graphs"] == there["graphs"]
    assert there["places"]["store"] == store
    assert there["places"]["view"] == "best"


def test_a_load_that_is_repeated_says_so(store: str) -> None:
    again = unpact("load", "--store", store)
    assert again.exit_code == 0
    assert "holds these" in again.stderr
    assert "already" in again.stderr


@pytest.mark.slow
def test_a_dry_run_shows_each_graph_and_writes_nothing(store: str, tmp_path: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO(unpact("load", "--store", store, "--dry-run", "-f", "csv").stdout))
    )
    assert len(rows) > 40
    assert {(row["add"], row["remove"]) for row in rows} == {("0", "0")}
    assert all(row["here"] == row["there"] for row in rows)
    new = tmp_path / "new"
    planned = unpact("load", "--store", str(new), "--dry-run", "--what", "ontology")
    assert "ontology/unpact" in planned.stdout
    assert not new.exists()


def test_own_files_are_loaded_from_standard_input_too(tmp_path: Path) -> None:
    place = str(tmp_path / "kb")
    done = unpact(
        "load", "-", "--store", place, "--only-data", "--what", "data", stdin=b"<urn:a> <urn:p> 1 ."
    )
    assert done.exit_code == 0, done.output
    asked = unpact("sparql", "SELECT ?g { GRAPH ?g { <urn:a> ?p ?o } }", "--store", place, "-f", "csv")
    assert asked.stdout.split() == ["g", "https://w3id.org/unpact/graph/user/stdin"]


@pytest.mark.slow
def test_malformed_files_are_refused_or_left_out(tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text("<urn:a> <urn:p> 1 .")
    (tmp_path / "bad.ttl").write_text("<urn:a>\n <urn:p> .")
    place = str(tmp_path / "kb")
    arguments = (
        "load",
        str(tmp_path / "bad.ttl"),
        str(tmp_path / "good.ttl"),
        "--store",
        place,
        "--only-data",
    )
    refused = unpact(*arguments, "--what", "data")
    assert isinstance(refused.exception, SystemExit)
    assert refused.exit_code == 2
    assert "bad.ttl:2:10" in refused.stderr
    assert not (tmp_path / "kb" / "unpact.json").exists()
    going = unpact(*arguments, "--what", "data", "--keep-going")
    assert going.exit_code == 2
    assert "left out: " in going.stderr
    assert unpact("sparql", "ASK { <urn:a> <urn:p> 1 }", "--store", place).stdout == "yes\n"
    # the whole view with the good file alone
    view = unpact(
        "load", str(tmp_path / "bad.ttl"), str(tmp_path / "good.ttl"), "--store", place, "--keep-going"
    )
    assert view.exit_code == 2
    assert "left out: " in view.stderr
    assert unpact("sparql", "ASK { <urn:a> <urn:p> 1 . ?s a unp:State }", "--store", place).stdout == "yes\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("load",), "Say where to: --store DIR or --endpoint URL."),
        (("load", "--store", "a", "--endpoint", "http://b/"), "Say where to"),
        (("load", "--store", "a", "--only-data"), "--only-data needs a PATH."),
        (("load", "--store", "a", "--what", "facts"), "there is no part 'facts' to load"),
        (("show", "UNODC", "--store", "a", "--endpoint", "http://b/"), "do not go together"),
        (("show", "UNODC", "--store", "a", "--data", "b"), "A store is asked by itself"),
        (("show", "UNODC", "--store", "a", "--view", "article"), "chosen when it is loaded"),
        (("show", "UNODC", "--profile", "fuseki"), "--profile says what kind of service"),
        (("show", "UNODC", "--store", "no-such-place"), "there is no such directory. Name the directory"),
        (("show", "UNODC", "--endpoint", "no-such-name"), "no store has the name 'no-such-name'"),
        (("store", "add", "x"), "Say where it is: --store DIR or --endpoint URL."),
        (("store", "add", "x", "--endpoint", "ftp://x"), "is not an address of http or https"),
        (("store", "add", "x", "--endpoint", "http://me:secret@x/"), "contains a user or a password"),
        (("store", "remove", "x"), "no store has the name 'x'"),
        (("store", "test", "x"), "no store has the name 'x'"),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    done = unpact(*arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert "secret" not in done.output


@pytest.mark.slow
def test_stores_have_names(store: str, tmp_path: Path) -> None:
    assert unpact("store", "add", "kb", "--store", store).exit_code == 0
    assert (
        unpact("store", "add", "far", "--endpoint", "http://127.0.0.1:9/x", "--profile", "fuseki").exit_code
        == 0
    )
    listed = list(csv.DictReader(io.StringIO(unpact("store", "list", "-f", "csv").stdout)))
    assert listed == [
        {"name": "far", "where": "http://127.0.0.1:9/x", "profile": "fuseki"},
        {"name": "kb", "where": store, "profile": ""},
    ]
    assert unpact("find", "afghan", "--store", "kb").stdout == unpact("find", "afghan").stdout
    tested = unpact("store", "test")
    assert tested.exit_code == 3
    assert tested.stdout.startswith("kb: ")
    assert "far: http://127.0.0.1:9/x/sparql: the service cannot be reached" in tested.stderr
    assert unpact("store", "test", "kb").exit_code == 0
    assert unpact("store", "remove", "far").exit_code == 0
    assert [row.split(",")[0] for row in unpact("store", "list", "-f", "csv").stdout.split()] == [
        "name",
        "kb",
    ]
    assert (tmp_path / "config.toml").is_file()
