"""What is checked again since a revision is what the changes can touch, and the result that of a full run."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from unpact.corpus import Corpus, bundled
from unpact.errors import UsageError
from unpact.names import PREFIXES
from unpact.validate.run import validate

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
SHAPES = """
unp:Named a sh:NodeShape ; sh:targetClass unp:Lamp ; sh:property unp:HasName , unp:HasColour .
unp:HasName a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 .
unp:HasColour a sh:PropertyShape ; sh:path unp:colour ; sh:in ( "red" "blue" ) .
"""
FINE = 'id:lamp a unp:Lamp ; rdfs:label "A lamp" ; unp:colour "red" .\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "lamps.ttl").write_text(HEAD + FINE, encoding="utf-8")
    (tmp_path / "other.ttl").write_text(HEAD + 'id:tower rdfs:label "A tower" .\n', encoding="utf-8")
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "lamps.ttl").write_text(HEAD + SHAPES, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    git(tmp_path, *who, "commit", "--quiet", "-m", "fine")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


def checks(root: Path, since: str | None) -> list[tuple[str, int | None]]:
    files = sorted(root.glob("*.ttl"))
    shapes = [root / "shapes"]
    found = validate(bundled(), files, shapes=shapes, alone=True, since=since, cache=False)
    return [(each.check, each.line) for each in found.findings if not each.check.startswith("shapes/")]


@pytest.mark.parametrize(
    "changed",
    [
        FINE.replace("red", "green"),
        FINE.replace(' rdfs:label "A lamp" ;', ""),
        FINE + 'id:second a unp:Lamp ; unp:colour "red" .\n',
        FINE,
    ],
)
def test_the_result_is_that_of_a_full_run(root: Path, changed: str) -> None:
    (root / "lamps.ttl").write_text(HEAD + changed, encoding="utf-8")
    full = checks(root, None)
    assert bool(full) == (changed != FINE)
    assert checks(root, "HEAD") == full


def test_a_new_file_is_a_change(root: Path) -> None:
    (root / "new.ttl").write_text(HEAD + "id:new a unp:Lamp .\n", encoding="utf-8")
    assert checks(root, "HEAD") == checks(root, None) != []


def test_a_change_of_the_shapes_has_everything_checked(root: Path) -> None:
    file = root / "shapes" / "lamps.ttl"
    file.write_text(file.read_text(encoding="utf-8").replace('"red" ', ""), encoding="utf-8")
    assert checks(root, "HEAD") == checks(root, None) != []


def test_what_was_wrong_before_in_other_places_is_not_checked_again(root: Path) -> None:
    (root / "lamps.ttl").write_text(HEAD + FINE.replace("red", "green"), encoding="utf-8")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    git(root, *who, "commit", "--quiet", "-a", "-m", "wrong")
    other = 'id:tower rdfs:label "A tall tower" .\n'
    (root / "other.ttl").write_text(HEAD + other, encoding="utf-8")
    assert checks(root, None) != []
    assert checks(root, "HEAD") == []


@pytest.mark.parametrize(
    ("revision", "message"),
    [("no-such-branch", "git knows no revision"), ("--help", "git knows no revision")],
)
def test_a_revision_that_there_is_not(root: Path, revision: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        checks(root, revision)


def test_files_outside_of_git(tmp_path: Path) -> None:
    (tmp_path / "lamps.ttl").write_text(HEAD + FINE, encoding="utf-8")
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "lamps.ttl").write_text(HEAD + SHAPES, encoding="utf-8")
    with pytest.raises(UsageError, match="this is no git repository"):
        checks(tmp_path, "HEAD")


def test_the_bundled_corpus_since_its_own_revision(root: Path) -> None:
    """With the ontology, what is inferred of a change counts as changed."""
    corpus = root / "corpus"
    for name, text in {
        "ontology/unpact.ttl": "unp:lights a owl:ObjectProperty ; rdfs:range unp:Lamp .",
        "ontology/shapes/must/lamps.ttl": SHAPES,
        "data/article/lamps.ttl": FINE,
        "data/article/more.ttl": 'id:more rdfs:label "More" .',
    }.items():
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text(HEAD + text, encoding="utf-8")
    git(root, "add", ".")
    git(root, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "corpus")

    def found(since: str | None) -> list[str]:
        validation = validate(Corpus(corpus), since=since, cache=False)
        left_out = ("shapes/", "consistency/undeclared")
        return [each.check for each in validation.findings if not each.check.startswith(left_out)]

    assert found("HEAD") == found(None) == []
    more = 'id:more rdfs:label "More" ; unp:lights id:dark . id:dark unp:colour "grey" .'
    (corpus / "data/article/more.ttl").write_text(HEAD + more, encoding="utf-8")
    assert found("HEAD") == found(None)
    assert sorted(set(found(None))) == ["must/HasColour", "must/HasName"]
    (corpus / "data/article/more.ttl").unlink()
    assert found("HEAD") == found(None) == []
