"""The examples written by hand: each fails its own check, and mended passes it."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from unpact.corpus import Corpus, bundled, user_files
from unpact.errors import DataSyntaxError
from unpact.evidence.checks import COVERAGE_CHECKS
from unpact.evidence.coverage import coverage
from unpact.graph.view import build_view
from unpact.names import SH, UNP
from unpact.query.check import STORED_CHECKS, check_queries
from unpact.query.lint import Vocabulary, lint_query
from unpact.query.lint.source import QueryText
from unpact.shacl.engine import in_memory
from unpact.shacl.shapes import ShapesGraph
from unpact.validate.checked import checked_with_context
from unpact.validate.explain import written
from unpact.validate.explain.catalogue import other_checks
from unpact.validate.explain.written import written_example
from unpact.validate.run import consistency_of, validate
from unpact.validate.shapes import Shapes
from unpact.validate.soundness.run import soundness_findings
from unpact.validate.syntax import syntax_findings

if TYPE_CHECKING:
    from unpact.finding import Finding
    from unpact.graph.memory import MemoryGraph

# what speaks of several files, or of none, has nothing to show in one
WITHOUT = {"query/name", "query/none"}
CHECKS = sorted({check.id for check in other_checks()} - WITHOUT)
OF_SHAPES = [
    check.id for check in Shapes(bundled().shape_files()).checks() if written_example(check.id) is not None
]
# data without shapes has no data with shapes beside it
NOT_ALONE = {"data/empty": {"shapes/empty"}}
# what only `unpact queries check` looks for, beside what linting looks for too
STORED = {check.id for check in STORED_CHECKS}


@cache
def graph() -> MemoryGraph:
    return build_view(bundled(), "best")


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(graph())


def of_turtle(folder: Path, text: str, *, alone: bool) -> list[Finding]:
    path = folder / "mine.ttl"
    path.write_text(text, encoding="utf-8")
    try:
        checked = checked_with_context(bundled(), user_files([path]), alone=alone, cache=False)
    except DataSyntaxError:
        return syntax_findings(user_files([path]))
    return consistency_of(checked)


def of_bundled_shapes(folder: Path, text: str) -> list[Finding]:
    path = folder / "mine.ttl"
    path.write_text(text, encoding="utf-8")
    return validate(bundled(), [path], cache=False).findings


def of_shapes(text: str) -> list[Finding]:
    triples = [quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)]
    facts = [each for each in triples if isinstance(each.subject, NamedNode) and SH not in str(each)]
    return soundness_findings(ShapesGraph(triples), in_memory(facts), meta=True)


def of_coverage(folder: Path, text: str) -> list[Finding]:
    (folder / "ontology").mkdir()
    shutil.copy(bundled().root / "ontology/unpact.ttl", folder / "ontology")
    article = folder / "data/article"
    article.mkdir(parents=True)
    files: dict[str, list[Triple]] = {"passages": [], "no-facts": [], "facts": []}
    for quad in parse(text.encode(), format=RdfFormat.TURTLE):
        marks = quad.predicate.value in (f"{UNP}statesNoFact", f"{UNP}reason")
        name = "passages" if quad.object == NamedNode(f"{UNP}Passage") else "no-facts" if marks else "facts"
        files[name].append(quad.triple)
    for name, triples in files.items():
        serialize(triples, str(article / f"{name}.ttl"), format=RdfFormat.TURTLE)
    return list(coverage(Corpus(folder)).findings)


def of_query(folder: Path, check: str, text: str) -> list[Finding]:
    if check not in STORED:
        return lint_query(QueryText.read(text, "mine.rq"), vocabulary())
    path = folder / "mine.rq"
    path.write_text(text, encoding="utf-8")
    return check_queries([path], graph())


def found(folder: Path, check: str, text: str, *, alone: bool = False) -> set[str]:
    """The checks that find something in a text.

    Args:
        folder: for files.
        check: that the text is an example of; its kind says what looks at the text.
        text: of the example.
        alone: without the bundled facts, where that makes a difference and no shape needs them.
    """
    kind = check.partition("/")[0]
    if kind == "query":
        findings = of_query(folder, check, text)
    elif kind == "coverage":
        findings = of_coverage(folder, text)
    elif kind in ("shapes", "data"):
        findings = of_shapes(text)
    elif check in OF_SHAPES:
        findings = of_bundled_shapes(folder, text)
    else:
        findings = of_turtle(folder, text, alone=alone)
    return {finding.check for finding in findings}


@pytest.mark.slow
@pytest.mark.parametrize("check", [*CHECKS, *OF_SHAPES])
def test_the_example_fails(tmp_path: Path, check: str) -> None:
    example = written_example(check)
    assert example is not None
    # an example has in it all that makes it fail
    assert check in found(tmp_path, check, example.fails, alone=True)


@pytest.mark.slow
@pytest.mark.parametrize("check", [*CHECKS, *OF_SHAPES])
def test_mended_it_has_no_fault(tmp_path: Path, check: str) -> None:
    example = written_example(check)
    assert example is not None
    faults = found(tmp_path, check, example.mended)
    assert faults <= NOT_ALONE.get(check, set())


def test_each_example_belongs_to_a_check() -> None:
    root = Path(written.__file__ or "").parent
    folders = {path.parent.relative_to(root).as_posix() for path in root.glob("*/*/*.*")}
    assert folders == {*CHECKS, *OF_SHAPES}
    assert len(OF_SHAPES) > 1


def test_what_has_no_example_says_so() -> None:
    assert {check: written_example(check) for check in WITHOUT} == dict.fromkeys(WITHOUT)


def test_the_checks_of_coverage_are_those_that_it_reports() -> None:
    from unpact.evidence import coverage as module

    source = Path(module.__file__ or "").read_text(encoding="utf-8")
    named = {check.id.partition("/")[2] for check in COVERAGE_CHECKS}
    assert {name for name in named if f'"{name}"' not in source} == set()
