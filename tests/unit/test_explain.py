"""Explaining checks: each of the bundled ones has words and a true example, and so have a user's own."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from unpact.cli.options import OutputOptions
from unpact.cli.validate_explain import explain_check
from unpact.cli.validate_options import Source
from unpact.corpus import bundled, user_files
from unpact.errors import UnknownNameError
from unpact.names import PREFIXES
from unpact.shacl.plan import Compiler
from unpact.shacl.run import ask, subclasses_in
from unpact.validate.checked import checked_with_context
from unpact.validate.explain import Explainer
from unpact.validate.explain.sites import sites_of
from unpact.validate.run import validate
from unpact.validate.shapes import Shapes

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.validate.explain import Explanation

# each looks for an example in the real data; test_validate_doing has one of them among the quick tests
pytestmark = pytest.mark.slow

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
# of the ontology's own terms and topics, which a file of one's own adds to and cannot change
OF_THE_ONTOLOGY = (
    "must/topic-",
    "must/scheme-label",
    "must/ontology-header",
    "must/term-",
    "must/property-kind",
)


@cache
def explainer() -> Explainer:
    return Explainer(Shapes(bundled().shape_files()))


@cache
def all_told() -> dict[str, Explanation]:
    told = explainer()
    return {check.id: told.explain(check.id) for check in told.shapes.checks()}


def own(tmp_path: Path, text: str) -> Explainer:
    path = tmp_path / "mine.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return Explainer(Shapes(user_files([path])))


def quads(text: str) -> set[Quad]:
    return set(parse(text.encode(), format=RdfFormat.TURTLE))


def test_each_check_of_the_shapes_is_told_in_whole_sentences() -> None:
    for check, told in all_told().items():
        assert told.demands, check
        assert all(each[0].isupper() and each.endswith(".") for each in told.demands), check


def test_each_check_that_finds_something_has_an_example() -> None:
    without = {check: told.note for check, told in all_told().items() if told.example is None}
    grouping = {check for check, note in without.items() if note and note.startswith("Nothing is found")}
    assert len(all_told()) > 250
    assert set(without) == grouping
    # a check that only groups others has their names instead
    assert all("is looked at by" in all_told()[check].demands[0] for check in grouping)


def test_the_two_sides_of_an_example_are_turtle_and_differ_little() -> None:
    for check, told in all_told().items():
        if told.example is not None:
            fails, mended = quads(told.example.fails), quads(told.example.mended)
            assert fails != mended, check
            assert len(fails | mended) <= 50, check


def test_an_example_is_the_same_in_each_run() -> None:
    again = Explainer(Shapes(bundled().shape_files()))
    for check in ("must/treaty-act-date", "must/axiom-subject", "must/accession", "must/label-english"):
        assert again.explain(check) == all_told()[check]


def confirmed(path: Path, text: str) -> set[str]:
    path.write_text(text, encoding="utf-8")
    return {finding.check for finding in validate(bundled(), [path], alone=True, cache=False).findings}


def holds_alone(folder: Path, check: str) -> bool:
    """Whether a file with nothing but the example fails, types inferred as always, and mended passes."""
    example = all_told()[check].example
    assert example is not None
    path = folder / "mine.ttl"
    return check in confirmed(path, example.fails) and check not in confirmed(path, example.mended)


@pytest.mark.parametrize(
    "check",
    [
        *("must/treaty-act-date", "must/treaty-act", "must/interval", "must/party-statement-once"),
        *("must/stated-in-passage", "must/civil-society-parent", "must/date-precision"),
    ],
)
def test_an_example_holds_in_a_file_of_its_own(tmp_path: Path, check: str) -> None:
    assert holds_alone(tmp_path, check)


def test_every_example_holds_in_a_file_of_its_own(tmp_path: Path) -> None:
    """As above, where only the shape that a check is in is asked: whole validations would take minutes."""
    examples = [check for check, told in all_told().items() if told.example is not None]
    others = [each for each in examples if not each.startswith(OF_THE_ONTOLOGY)]
    wrong = []
    for check in others:
        example = all_told()[check].example
        assert example is not None
        if check not in found_in(tmp_path, example.fails, check) or found_in(tmp_path, example.mended, check):
            wrong.append(check)
    assert wrong == []


def found_in(folder: Path, text: str, check: str) -> set[str]:
    """What the shapes that a check is in find in a file with nothing but a text: that check, or nothing."""
    shapes = explainer().shapes
    path = folder / "mine.ttl"
    path.write_text(text, encoding="utf-8")
    data = checked_with_context(bundled(), user_files([path]), alone=True).data
    compiler = Compiler(shapes.graph, subclasses_in(data.graph), folds=data.folds)
    found = set()
    for root in dict.fromkeys(site.root for site in sites_of(shapes, check)):
        results = ask(data.graph, compiler.questions(root), compiler)
        found |= {shapes.check(result.shape.node) for result in results}
    return found & {check}


def test_an_explanation_says_where_and_of_how_many() -> None:
    told = all_told()["must/treaty-act-date"]
    assert told.demands == ("Each treaty act (unp:TreatyAct) has exactly one unp:date.",)
    assert told.message is not None
    assert told.message.startswith("Say when the act was done")
    assert told.check.file == "ontology/shapes/must/acts.ttl"
    assert told.check.line is not None
    assert told.nodes is not None
    assert told.nodes >= 1
    assert told.example is not None
    assert "unp:date" in told.example.mended
    assert "unp:date" not in told.example.fails


def test_shapes_of_ones_own_have_examples_from_the_bundled_data(tmp_path: Path) -> None:
    told = own(
        tmp_path,
        "id:StateName sh:targetClass unp:State ; sh:property [ sh:path unp:iso2 ; sh:minCount 1 ] .",
    ).explain("mine/StateName")
    assert told.nodes is not None
    assert told.nodes > 0
    assert told.example is not None
    assert "a unp:State" in told.example.fails


def test_shapes_that_the_bundled_data_has_nothing_for_have_words_alone(tmp_path: Path) -> None:
    told = own(tmp_path, "id:S sh:targetClass id:Nothing ; sh:nodeKind sh:IRI .").explain("mine/S")
    assert told.demands == ("Each id:Nothing is a thing with an IRI.",)
    assert (told.nodes, told.example) == (0, None)
    assert told.note is not None
    assert "no node of the bundled data" in told.note


def test_shapes_that_no_query_can_ask_have_words_and_the_reason(tmp_path: Path) -> None:
    text = """id:S sh:targetClass unp:State ; sh:node id:R .
        id:R sh:property [ sh:path unp:partOf ; sh:node id:R ] ."""
    told = own(tmp_path, text).explain("mine/S")
    assert told.demands
    assert told.example is None
    assert told.note is not None
    assert "refers to itself" in told.note


def test_what_nothing_can_fail_has_no_example(tmp_path: Path) -> None:
    text = 'id:S sh:targetClass unp:State ; sh:sparql [ sh:select "SELECT $this WHERE { FILTER(false) }" ] .'
    told = own(tmp_path, text).explain("mine/S")
    assert told.example is None
    assert told.note is not None
    assert "no small change" in told.note


def answer(
    capsys: pytest.CaptureFixture[str], check: str, form: str = "text", source: Source | None = None
) -> str:
    explain_check(check, source or Source(), OutputOptions(format=form))
    return capsys.readouterr().out


def test_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    lines = answer(capsys, "treaty-act-date").splitlines()
    assert lines[0] == "must/treaty-act-date  violation"
    for part in ("What you are told:", "Fails:", "Mended:"):
        assert part in lines
    assert not any(line.lstrip().startswith("@prefix") for line in lines)
    # the lines of an example are as long as the names in the data
    assert max(len(line) for line in lines if not line.startswith("    ")) <= 120


def test_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(answer(capsys, "must/treaty-act-date", "json"))
    assert told["severity"] == "violation"
    assert told["example"]["syntax"] == "turtle"
    # an example in JSON is a whole document
    assert quads(told["example"]["fails"]) < quads(told["example"]["mended"])


def test_a_check_that_is_no_shape(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "query/not-exists-join")
    assert "MINUS" in text.partition("Mended:")[2]
    assert "MINUS" not in text.partition("Fails:")[2].partition("Mended:")[0]


def test_a_pattern_lists_what_it_fits(capsys: pytest.CaptureFixture[str]) -> None:
    text = answer(capsys, "must/treaty-act*")
    assert "must/treaty-act-actor" in text
    assert "Fails:" not in text
    listed = json.loads(answer(capsys, "must/treaty-act*", "json"))
    assert {"id": "must/treaty-act", "title": "Acts under a treaty"} in listed


def test_an_unknown_check_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean must/treaty-act-date"):
        explain_check("treaty-act-dat", Source(), OutputOptions(format="text"))


def test_shapes_named_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own(tmp_path, "id:S sh:targetClass unp:State ; sh:nodeKind sh:IRI .")
    source = Source(shapes=(str(tmp_path / "mine.ttl"),))
    assert "Each state (unp:State) is a thing with an IRI." in answer(capsys, "mine/S", "text", source)
