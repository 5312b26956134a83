"""`unpact diff` as it is typed: what names mean, formats, codes, and what it says when it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

import unpact
from unpact.cli.main import command_line
from unpact.errors import UsageError
from unpact.names import PREFIXES

if TYPE_CHECKING:
    from click.testing import Result

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
ONTOLOGY = """
unp:Lamp a owl:Class ; rdfs:label "lamp"@en ; rdfs:subClassOf unp:Thing . unp:Thing a owl:Class .
unp:lights a owl:ObjectProperty ; rdfs:label "lights"@en ; rdfs:domain unp:Lamp .
"""
OLD = 'id:lamp rdfs:label "Desk lamp"@en ; unp:lights id:desk ; unp:statedIn s:1.1.1 .\n'
NEW = OLD.replace("id:desk", "id:shelf") + 'id:torch a unp:Lamp ; rdfs:label "Torch"@en .\n'
QUERY = """#+ title: Lamps
#+ description: Which things are lamps?
#+ keywords: [lamps]
#+ parameters:
#+   only: {type: Lamp, help: "only this one"}
#+ columns:
#+   lamp: the lamp
#+ examples:
#+   - {}
#+   - {only: Torch}
PREFIX unp: <https://w3id.org/unpact/ontology#>
SELECT ?lamp WHERE {
  ?lamp a unp:Lamp .
  # if $only
  FILTER(?lamp = $only)
  # end
}
ORDER BY ?lamp
"""
SUMMARY = "things: 1 added, 0 removed, 1 changed (3 triples added, 1 removed)"
TOLD = f"""Facts
  + Torch (lamp)  id:torch
  ~ Desk lamp  id:lamp
      lights changed: desk → shelf  [s:1.1.1]

{SUMMARY}
"""


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(command_line, ["diff", *arguments], input=given)


def git(*arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
        check=True,
        capture_output=True,
    )


def write(name: str, turtle: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(HEAD + turtle if name.endswith(".ttl") else turtle, encoding="utf-8")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def tree() -> None:
    """A repository with a tree of its own: tagged v1, then changed and committed, then changed again."""
    write("ontology/unpact.ttl", ONTOLOGY)
    write("data/article/lamps.ttl", OLD)
    write("queries/things/lamps.rq", QUERY)
    git("init", "--quiet", "-b", "main")
    git("add", ".")
    git("commit", "--quiet", "-m", "old")
    git("tag", "v1")
    write("data/article/lamps.ttl", NEW)
    git("commit", "--quiet", "-am", "new")


@pytest.fixture
def files() -> None:
    write("old.ttl", ONTOLOGY + OLD)
    write("new.ttl", ONTOLOGY + NEW)


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_two_files() -> None:
    found = run("old.ttl", "new.ttl")
    assert (found.exit_code, found.stdout, found.stderr) == (0, TOLD, "")
    assert run("old.ttl", "new.ttl", "--exit-code").exit_code == 1
    same = run("new.ttl", "new.ttl", "--check")
    assert (same.exit_code, same.stdout, same.stderr) == (0, "", "no difference\n")


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_folders_patterns_and_standard_input() -> None:
    write("one/facts.ttl", OLD)
    write("two/more.nt", "")
    write("two/facts.ttl", NEW)
    assert run("one", "two").stdout.endswith(f"\n{SUMMARY}\n")
    assert run("o*.ttl", "n*.ttl").stdout == TOLD
    assert run("old.ttl", "-", given=HEAD + ONTOLOGY + NEW).stdout == TOLD


@pytest.mark.slow
@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    "versions",
    [
        ["v1"],
        ["HEAD~1", "HEAD"],
        ["HEAD~1", "."],
        ["v1..main"],
        ["v1.."],
        ["v1:"],
        ["v1:data"],
        ["v1:data", "data"],
        ["v1:data/article/lamps.ttl"],
        ["v1:./data/article", "HEAD:data/article/lamps.ttl"],
    ],
)
def test_revisions(versions: list[str]) -> None:
    found = run(*versions)
    assert found.stdout.endswith(f"\n{SUMMARY}\n"), found.output


@pytest.mark.usefixtures("tree")
def test_without_a_name_the_last_commit_is_compared() -> None:
    assert run().stderr == "no difference\n"
    write("data/article/lamps.ttl", NEW.replace("Torch", "Old torch"))
    assert "      label changed: Torch → Old torch" in run().stdout


@pytest.mark.slow
@pytest.mark.usefixtures("tree")
def test_a_revision_is_of_the_tree_wherever_in_it_one_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("data/article")
    assert run("v1").stdout == TOLD
    assert run("v1:./lamps.ttl").stdout.endswith(f"\n{SUMMARY}\n")
    assert run("v1:../article").stdout.endswith(f"\n{SUMMARY}\n")


@pytest.mark.slow
def test_outside_of_a_tree_a_revision_is_of_the_rdf_in_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    write("facts/lamps.ttl", ONTOLOGY + OLD)
    write("other.ttl", OLD)
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "old")
    write("facts/lamps.ttl", ONTOLOGY + NEW)
    monkeypatch.chdir("facts")
    assert run("HEAD").stdout == TOLD


@pytest.mark.usefixtures("tree")
def test_files_that_were_there_and_are_no_more() -> None:
    Path("data/article/lamps.ttl").unlink()
    assert "  - Torch (lamp)  id:torch" in run("HEAD").stdout
    assert "  + Torch (lamp)  id:torch" in run(".", "HEAD").stdout


@pytest.mark.slow
@pytest.mark.usefixtures("tree")
def test_a_name_that_is_two_things_is_refused() -> None:
    Path("v1").mkdir()
    write("v1/facts.ttl", OLD)
    found = run("v1", "HEAD")
    assert found.exit_code == 2
    assert found.stderr == (
        "unpact: 'v1' is on disk here, and is a git revision as well. "
        "Type ./v1 for what is on disk, or v1: for the revision.\n"
    )
    assert run("v1:").stdout == TOLD
    assert run("./v1", "HEAD:data").stdout.endswith(f"\n{SUMMARY}\n")


ERRORS = {
    "nothing of the name": (["nope"], "'nope' is no file and no git revision. Name a path, or a branch"),
    "no such revision": (["nope:data"], "git knows no revision 'nope'"),
    "not an option": (["--", "--help"], "'--help' is no file and no git revision"),
    "not there yet": (["v1:nope.ttl"], "v1:nope.ttl: nope.ttl was not there at v1"),
    "out of the repository": (["v1:../x"], "the path leads out of the repository"),
    "no RDF": (["v1:queries"], "unpact: v1:queries: this directory holds no RDF"),
    "not RDF": (["v1:queries/things/lamps.rq"], "unpact: v1:queries/things/lamps.rq: the suffix names"),
    "no second file": (["data"], "data is to be compared with what? Type: unpact diff data NEW."),
    "standard input twice": (["-", "-"], "the standard input can be read only once"),
    "no such query": (["v1", "--query", "lmps"], "no stored query is called 'lmps'. Did you mean lamps?"),
    "a patch of answers": (["v1", "-f", "patch", "--answers"], "a patch holds what is stated"),
}


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(("arguments", "sentence"), ERRORS.values(), ids=ERRORS)
def test_what_cannot_be_compared(arguments: list[str], sentence: str) -> None:
    found = run(*arguments)
    assert found.exit_code == 2
    assert sentence in found.stderr
    assert found.stderr.count("\n") == 1
    assert found.stdout == ""


@pytest.mark.usefixtures("tree")
def test_rdf_that_cannot_be_read_is_named_with_its_revision() -> None:
    write("data/article/lamps.ttl", "id:lamp unp:lights\n")
    git("commit", "--quiet", "-am", "wrong")
    found = run("v1", "HEAD")
    assert found.exit_code == 2
    assert found.stderr.startswith("unpact: HEAD:data/article/lamps.ttl:15:")


def test_in_no_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    # the package under test may well lie in one
    monkeypatch.setattr("unpact.diff.naming.top_of", lambda _folder: None)
    found = run("HEAD~1")
    assert found.exit_code == 2
    assert "neither a file nor a directory, and this is no git repository" in found.stderr


@pytest.mark.usefixtures("tree")
def test_answers_and_what_follows() -> None:
    found = run("v1", "--answers", "--inferred")
    lines = [line for line in found.stdout.splitlines() if line]
    assert lines[lines.index("Answers") + 1 : -1] == [
        "  things/lamps",
        "    change  lamp",
        "    ------  -----",
        "    added   Torch",
        "  things/lamps --only Torch",
        "    v1 does not answer: no Lamp is called 'Torch'. To search, type: unpact find Torch",
        "    change  lamp",
        "    ------  -----",
        "    added   Torch",
    ], found.output
    write("data/article/lamps.ttl", OLD.replace("unp:lights", "unp:near"))
    changed = run("v1", "--inferred").stdout
    assert "What follows" in changed
    assert "      class removed: lamp" in changed
    # the second time from disk
    assert run("v1", "HEAD", "--query", "lamps").stdout == run("v1", "HEAD", "--answers").stdout


@pytest.mark.usefixtures("tree")
def test_stored_queries_that_changed_are_named() -> None:
    write("queries/things/lamps.rq", QUERY.replace("?lamp a", "?lamp rdf:type"))
    write("queries/things/others.rq", QUERY.replace("title: Lamps", "title: Others"))
    lines = run("HEAD").stdout.splitlines()
    assert lines[:3] == ["Stored queries", "  ~ things/lamps  Lamps", "  + things/others  Others"]


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_a_changelog() -> None:
    found = run("old.ttl", "new.ttl", "-f", "md")
    assert found.stdout == (
        "### Facts\n\n- Added: Torch (lamp)\n- Changed: Desk lamp: lights changed: desk → shelf [s:1.1.1]\n\n"
    )
    assert "  - label added: Torch\n" in run("old.ttl", "new.ttl", "-f", "md", "--verbose").stdout


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_a_document_for_programs() -> None:
    found = json.loads(run("old.ttl", "new.ttl", "-f", "json").stdout)
    assert (found["old"], found["new"]) == ("old.ttl", "new.ttl")
    assert found["summary"] == {
        "added": 1,
        "removed": 0,
        "changed": 1,
        "renamed": 0,
        "triples_added": 3,
        "triples_removed": 1,
    }
    torch, lamp = found["things"]
    assert (torch["told"], torch["change"], torch["section"]) == ("Torch (lamp)", "added", "facts")
    assert lamp["facts"] == [
        {
            "change": "changed",
            "property": {"iri": f"{PREFIXES['unp']}lights", "label": "lights"},
            "old": {"type": "uri", "value": f"{PREFIXES['id']}desk"},
            "new": {"type": "uri", "value": f"{PREFIXES['id']}shelf"},
            "evidence": [f"{PREFIXES['s']}1.1.1"],
        }
    ]
    assert "answers" not in found
    asked = json.loads(run("old.ttl", "new.ttl", "-f", "json", "--query", "states", "--only-data").stdout)
    assert asked["answers"] == []


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_a_patch_does_it(tmp_path: Path) -> None:
    found = run("old.ttl", "new.ttl", "-f", "patch", "-o", "change.ru")
    assert found.exit_code == 0, found.output
    store = Store()
    store.load(path="old.ttl", format=RdfFormat.TURTLE)
    store.update((tmp_path / "change.ru").read_text(encoding="utf-8"))
    store.dump("patched.nt", format=RdfFormat.N_TRIPLES, from_graph=next(iter(store)).graph_name)
    assert run("patched.nt", "new.ttl", "--exit-code").exit_code == 0


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_nothing_heavy_is_imported() -> None:
    code = """
import sys
from unpact.cli.main import command_line
command_line(["diff", "old.ttl", "new.ttl"], standalone_mode=False)
print(sorted({"rdflib", "pyshacl", "owlrl", "rich", "httpx", "yaml"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_from_python() -> None:
    found = unpact.compare("old.ttl", Path("new.ttl"))
    assert [(str(each.thing).rpartition("/")[2], each.change) for each in found.things] == [
        ("torch>", "added"),
        ("lamp>", "changed"),
    ]
    assert len(found.added) == 3
    assert not unpact.compare("new.ttl", "new.ttl")
    with pytest.raises(UsageError):
        unpact.compare("old.ttl")
