"""After a change only what it can affect is asked again, and the findings are those of a full run."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from unpact.cli.main import command_line
from unpact.corpus import Corpus, bundled, user_files
from unpact.errors import UsageError
from unpact.graph import cache as disk
from unpact.names import PREFIXES
from unpact.shacl.engine import validate_graph
from unpact.validate import known as known_module
from unpact.validate import run
from unpact.validate.answers import read, written
from unpact.validate.checked import checked_with_context
from unpact.validate.run import validate
from unpact.validate.shapes import Shapes

if TYPE_CHECKING:
    from unpact.shacl.again import Known

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
SHAPES = """
unp:Named a sh:NodeShape ; sh:targetClass unp:Lamp ; sh:property unp:HasName , unp:HasColour .
unp:HasName a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 .
unp:HasColour a sh:PropertyShape ; sh:path unp:colour ; sh:in ( "red" "blue" ) .
"""
FINE = 'id:lamp a unp:Lamp ; rdfs:label "A lamp" ; unp:colour "red" .\n'
WRONG = 'id:other a unp:Lamp ; unp:colour "grey" .\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNPACT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    write("facts/lamps.ttl", FINE)
    write("facts/other.ttl", WRONG)
    write("facts/rest.ttl", f"id:tower rdfs:seeAlso {' , '.join(map(str, range(400)))} .")
    write("shapes/lamps.ttl", SHAPES)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def write(name: str, turtle: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(HEAD + turtle, encoding="utf-8")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--", "*.ttl")
    git(folder, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "change")


def checks(since: str | None = None, *, cache: bool = True) -> list[tuple[str, int | None]]:
    found = validate(bundled(), ["facts"], shapes=["shapes"], alone=True, since=since, cache=cache)
    return [(each.check, each.line) for each in found.findings if not each.check.startswith("shapes/")]


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> list[Known | None]:
    """What each validation knew from before."""
    seen: list[Known | None] = []

    def watched(*args: object, known: Known | None = None, **more: object) -> object:
        seen.append(known)
        return validate_graph(*args, known=known, **more)

    monkeypatch.setattr(run, "validate_graph", watched)
    return seen


CHANGES = {
    "a value is wrong": {"facts/lamps.ttl": FINE.replace("red", "green")},
    "a value is missing": {"facts/lamps.ttl": FINE.replace(' rdfs:label "A lamp" ;', "")},
    "a thing is new": {"facts/lamps.ttl": FINE + 'id:second a unp:Lamp ; unp:colour "red" .\n'},
    "a file is new": {"facts/more.ttl": "id:new a unp:Lamp .\n"},
    "a file is gone": {"facts/other.ttl": None},
    "what was wrong is mended": {"facts/other.ttl": WRONG.replace("grey", "blue")},
    "something else changes": {"facts/other.ttl": WRONG + 'id:tower rdfs:label "A tower" .\n'},
    "a fact moves to another file": {"facts/lamps.ttl": "", "facts/other.ttl": FINE + WRONG},
    "the shapes change": {"shapes/lamps.ttl": SHAPES.replace('"red" ', "")},
}


def change(turtle: dict[str, str | None]) -> None:
    for name, text in turtle.items():
        if text is None:
            Path(name).unlink()
        else:
            write(name, text)


@pytest.mark.slow
@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("turtle", CHANGES.values(), ids=CHANGES)
def test_the_next_run_finds_what_a_full_run_finds(
    turtle: dict[str, str | None], known: list[Known | None]
) -> None:
    assert checks() == checks(cache=False) == [("lamps/HasName", 14), ("lamps/HasColour", 14)]
    change(turtle)
    known.clear()
    assert checks() == checks(cache=False)
    # after other shapes, nothing of what was known holds
    assert [each is not None for each in known] == ["shapes/lamps.ttl" not in turtle, False]


@pytest.mark.slow
@pytest.mark.parametrize("turtle", CHANGES.values(), ids=CHANGES)
def test_so_does_a_run_since_a_revision(
    root: Path, turtle: dict[str, str | None], known: list[Known | None]
) -> None:
    """In another place than the last run, so that only the revision can be known."""
    checks()
    change(turtle)
    full = checks(cache=False)
    for kept in disk.directory().glob("*-last.nq"):
        kept.unlink()
    known.clear()
    assert checks("HEAD") == full
    # of a file that is gone it is not known that it belonged to those that are validated
    assert (known[0] is not None) == (name_of(turtle) not in ("a file is gone", "the shapes change"))
    commit(root)
    assert checks("HEAD~1") == full


def name_of(turtle: dict[str, str | None]) -> str:
    return next(name for name, each in CHANGES.items() if each == turtle)


@pytest.mark.slow
@pytest.mark.usefixtures("root")
def test_since_a_revision_that_was_never_validated_everything_is_asked(known: list[Known | None]) -> None:
    write("facts/lamps.ttl", FINE.replace("red", "green"))
    assert checks("HEAD") == checks(cache=False)
    assert known == [None, None]


@pytest.mark.usefixtures("root")
def test_only_what_changed_is_asked_again(known: list[Known | None]) -> None:
    checks()
    write("facts/lamps.ttl", FINE.replace("red", "green"))
    checks()
    changed = known[-1].changes.by_property
    assert {used.value.rpartition("#")[2]: len(triples) for used, triples in changed.items()} == {"colour": 2}


@pytest.mark.slow
@pytest.mark.usefixtures("root")
def test_too_much_to_keep_is_not_kept(known: list[Known | None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_module, "MOST_KEPT", 100)
    checks()
    write("facts/lamps.ttl", FINE.replace("red", "green"))
    assert checks() == checks(cache=False)
    assert known == [None] * 3


@pytest.mark.slow
@pytest.mark.usefixtures("root")
def test_another_graph_is_asked_in_full(known: list[Known | None]) -> None:
    checks()
    write("facts/other.ttl", "".join(f"id:lamp{number} a unp:Lamp .\n" for number in range(30)))
    assert checks() == checks(cache=False)
    assert known[1:] == [None, None]


@pytest.mark.slow
@pytest.mark.usefixtures("root")
def test_literals_that_the_engine_writes_otherwise_are_told_apart(known: list[Known | None]) -> None:
    """In the context of the ontology too, where the graphs are compared as the engine has them."""
    write(
        "shapes/lamps.ttl",
        "unp:N a sh:NodeShape ; sh:targetSubjectsOf unp:n ; sh:property unp:P .\n"
        "unp:P sh:path unp:n ; sh:maxInclusive 5 .\n",
    )

    write("corpus/ontology/unpact.ttl", "unp:n a owl:DatatypeProperty .")
    write("corpus/data/article/some.ttl", "".join(f"id:some rdfs:seeAlso {n} ." for n in range(1500)))

    def values(*, cache: bool = True) -> list[str]:
        found = validate(Corpus(Path("corpus")), ["facts/lamps.ttl"], shapes=["shapes"], cache=cache)
        return [str(each.value) for each in found.findings if each.check == "lamps/P"]

    for text in ("07", "7", "+7", "7"):
        write("facts/lamps.ttl", f'id:a unp:n "{text}"^^xsd:integer .\n')
        assert values() == values(cache=False) == [f'"{text}"^^<http://www.w3.org/2001/XMLSchema#integer>']
    assert any(known)


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    ("revision", "message"),
    [("no-such-branch", "git knows no revision"), ("--help", "git knows no revision")],
)
def test_a_revision_that_there_is_not(revision: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        checks(revision)


def test_files_outside_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("facts/lamps.ttl", FINE)
    write("shapes/lamps.ttl", SHAPES)
    with pytest.raises(UsageError, match="this is no git repository"):
        checks("HEAD")


def test_since_needs_the_cache() -> None:
    found = CliRunner().invoke(command_line, ["validate", "--since", "HEAD", "--no-cache"])
    assert found.exit_code == 2
    assert "leave out --no-cache" in found.output


@pytest.mark.slow
def test_with_the_ontology_what_is_inferred_of_a_change_counts_as_changed(
    root: Path, known: list[Known | None]
) -> None:
    corpus = root / "corpus"
    for name, text in {
        "ontology/unpact.ttl": "unp:lights a owl:ObjectProperty ; rdfs:range unp:Lamp .",
        "ontology/shapes/must/lamps.ttl": SHAPES,
        "data/article/lamps.ttl": FINE,
        "data/article/more.ttl": 'id:more rdfs:label "More" .' + "id:more rdfs:seeAlso 1 , 2 , 3 , 4 , 5 .",
        "data/article/some.ttl": "".join(f"id:some rdfs:seeAlso {number} ." for number in range(1500)),
    }.items():
        write(f"corpus/{name}", text)
    commit(root)

    def found(since: str | None = None, *, cache: bool = True) -> list[str]:
        validation = validate(Corpus(corpus), since=since, cache=cache)
        left_out = ("shapes/", "consistency/undeclared")
        return [each.check for each in validation.findings if not each.check.startswith(left_out)]

    assert found() == found("HEAD") == found(cache=False) == []
    more = 'id:more rdfs:label "More" ; unp:lights id:dark . id:dark unp:colour "grey" .'
    write("corpus/data/article/more.ttl", more)
    known.clear()
    assert found("HEAD") == found() == found(cache=False)
    assert sorted(set(found())) == ["must/HasColour", "must/HasName"]
    assert known[0] is not None
    assert "id/dark" in str(known[0].changes.by_property)
    (corpus / "data/article/more.ttl").unlink()
    known.clear()
    assert found("HEAD") == found() == found(cache=False) == []
    assert known[0] is not None


@pytest.mark.slow
def test_answers_are_kept_as_they_were(tmp_path: Path) -> None:
    """With the results of nested shapes, and with messages."""
    file = tmp_path / "wrong.ttl"
    file.write_text(
        HEAD + "id:x a unp:Accession ; unp:treaty id:y ; unp:actor 1 . id:y a unp:State .", "utf-8"
    )

    shapes = Shapes(bundled().shape_files())
    checked = checked_with_context(bundled(), user_files([file]))
    answers = validate_graph(checked.data, shapes.graph).answers
    found = [answer for each in answers.values() for answer in each]
    assert any(answer.result.messages for answer in found)
    assert read(written(answers), shapes.graph) == answers
