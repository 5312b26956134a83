"""What ``unpact validate`` does beside validating: explain, mend, count what no shape sees, check a store."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from unpact.cli.main import command_line
from unpact.corpus import bundled
from unpact.corpus.syntax import read_quads

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

HEAD = """@prefix unp: <https://w3id.org/unpact/ontology#> .
@prefix id: <https://w3id.org/unpact/id/> .
@prefix s: <https://w3id.org/unpact/source/lasting-partnership/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ACT = """# a comment that stays
id:act a unp:Accession ;
    rdfs:label "A new accession" ; # and so does this one
    unp:actor id:pakistan ;
    unp:treaty id:tip-protocol ;
    unp:date "2022-11" ;
    unp:statedIn s:6.3.1 .
"""


def unpact(*words: str) -> Result:
    return CliRunner().invoke(command_line, ["validate", *words])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.ttl"
    path.write_text(HEAD + ACT, encoding="utf-8")
    return path


@pytest.mark.slow
def test_fix_mends_shows_and_leaves_nothing_wrong(mine: Path) -> None:
    done = unpact(str(mine), "--fix")
    assert done.exit_code == 0, done.output
    assert '+    rdfs:label "A new accession"@en ; # and so does this one' in done.stdout
    after = mine.read_text(encoding="utf-8")
    assert after.startswith(HEAD + "# a comment that stays\n")
    assert '"2022-11"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>' in after
    again = unpact(str(mine), "--fix")
    assert (again.exit_code, mine.read_text(encoding="utf-8")) == (0, after)


@pytest.mark.slow
def test_diff_changes_nothing_and_still_reports(mine: Path) -> None:
    done = unpact(str(mine), "--diff")
    assert done.exit_code == 1
    assert "+++ " in done.stdout
    assert mine.read_text(encoding="utf-8") == HEAD + ACT


@pytest.mark.slow
def test_the_diff_keeps_out_of_a_report_for_programs(mine: Path) -> None:
    done = unpact(str(mine), "--fix", "--format", "json")
    assert json.loads(done.stdout)["conforms"]
    assert "+++ " in done.stderr


@pytest.mark.slow
def test_explain_shows_an_example_and_its_mend() -> None:
    done = unpact("--explain", "must/treaty-act-date")
    assert done.exit_code == 0, done.output
    fails, mended = done.stdout.split("Mended:")
    assert "exactly one unp:date" in fails
    assert "unp:date" not in fails.split("Fails:")[1]
    assert "unp:date" in mended


@pytest.mark.slow
def test_explain_of_an_unknown_check_names_the_nearest() -> None:
    done = unpact("--explain", "must/treaty-act-dat")
    assert done.exit_code == 2
    assert "Did you mean must/treaty-act-date" in done.stderr


@pytest.mark.slow
def test_every_check_that_is_listed_can_be_selected() -> None:
    listed = [line.split()[0] for line in unpact("--list-checks").stdout.splitlines()]
    assert len(listed) == len(set(listed)) > 250
    assert unpact("--select", listed[0], "--select", listed[-1]).exit_code == 0


@pytest.mark.slow
def test_coverage_counts_the_triples_that_no_shape_looks_at(mine: Path) -> None:
    text = mine.read_text(encoding="utf-8") + "id:act unp:unheardOf 1 .\n"
    mine.write_text(text, encoding="utf-8")
    found = json.loads(unpact("--coverage", str(mine), "--format", "json").stdout)
    assert 0 < found["looked_at"] < found["triples"]
    lines = unpact("--coverage", str(mine)).stdout
    assert lines.startswith("Some shape looks at ")


@pytest.mark.slow
def test_a_store_is_checked_where_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = Store(str(folder))
    for file in (*bundled().ontology_files(), *bundled().data_files()):
        store.extend(read_quads(file))
    store.update(
        "DELETE WHERE { GRAPH ?g { <https://w3id.org/unpact/id/pakistan-accession-tip-protocol>"
        " <https://w3id.org/unpact/ontology#date> ?date } }"
    )
    store.flush()
    del store
    done = unpact("--store", str(folder), "--select", "must/treaty-act-date", "--format", "json")
    assert done.exit_code == 1, done.output
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["focus"]["value"].endswith("pakistan-accession-tip-protocol")
    assert finding["place"]["file"] == str(folder)


@pytest.mark.slow
def test_a_shape_that_nothing_in_a_store_reaches_is_found(tmp_path: Path) -> None:
    folder, shapes, known = (tmp_path / name for name in ("store", "own.ttl", "known.json"))
    store = Store(str(folder))
    store.update("INSERT DATA { <urn:a> a <urn:Lamp> . <urn:b> a <urn:Shade> . }")
    store.flush()
    del store
    text = (
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:Lamp> ; sh:nodeKind sh:IRI ."
    )
    shapes.write_text(f"{text}\n<urn:T> sh:targetClass <urn:Lamb> ; sh:nodeKind sh:IRI .", encoding="utf-8")
    words = ("--store", str(folder), "--shapes", str(shapes), "--severity", "warning")
    done = unpact(*words, "--format", "json")
    assert done.exit_code == 1, done.output
    found = json.loads(done.stdout)["findings"]
    assert [(each["check"], each["place"]["file"], each["mend"]) for each in found] == [
        ("shapes/unknown-iri", str(shapes), "Write <urn:Lamp>."),
        ("shapes/uncovered-class", str(folder), "Write a shape with sh:targetClass <urn:Shade>."),
    ]
    # what is known of one store is replaced by its next run, and left alone by one of files
    assert unpact(*words, "--baseline", str(known), "--update-baseline").exit_code == 0
    shapes.write_text(text, encoding="utf-8")
    done = unpact(*words, "--baseline", str(known), "--update-baseline")
    assert "now knows 1 finding" in done.stderr
    (tmp_path / "good.ttl").write_text("<urn:a> a <urn:Lamp> .", encoding="utf-8")
    files = (str(tmp_path / "good.ttl"), "--alone", "--shapes", str(shapes))
    done = unpact(*files, "--baseline", str(known), "--update-baseline")
    assert "now knows 1 finding, 1 of them from before" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--fix", "--watch"),
        ("--explain", "must/label-english", "--coverage"),
        ("--list-checks", "--fix"),
        ("--store", "a", "--endpoint", "http://localhost/"),
        ("--store", "a", "--alone", "mine.ttl"),
        ("--graph", "urn:g"),
        ("--alone",),
        ("--update-baseline",),
        ("--watch", "-"),
        ("--watch", "-o", "x.txt"),
        ("--watch", "--baseline", "x.json", "--update-baseline"),
        ("--severity", "bad"),
        ("--max-warnings", "-1"),
    ],
)
def test_what_does_not_go_together_is_refused(words: tuple[str, ...]) -> None:
    done = unpact(*words)
    assert done.exit_code == 2
    assert "Error: " in done.stderr
    assert done.stdout == ""


def test_a_store_that_does_not_answer_is_a_failure_of_the_store() -> None:
    done = unpact("--endpoint", "http://127.0.0.1:9/sparql")
    assert done.exit_code == 3
    assert "http://127.0.0.1:9/sparql: the service cannot be reached" in done.stderr
