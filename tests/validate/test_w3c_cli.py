"""The W3C's suite through `unpact validate`: the report in Turtle, and the code the command ends with."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, RdfFormat, parse

from unpact.cli.main import command_line
from unpact.names import RDF
from unpact.shacl.shapes import sh
from unpact.shacl.triples import Triples

from ..shacl.comparing import path_text, term  # noqa: TID252 - test folders are not packages
from ..shacl.test_w3c import CASES, FAILURE, Case, expected  # noqa: TID252

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.shacl.triples import Node, Term

    from ..shacl.comparing import Key  # noqa: TID252

pytestmark = pytest.mark.slow

COMPARED = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")

FAILING = [case for case in CASES if case.result == FAILURE]
ILL_TYPED = [case for case in CASES if re.search("datatype-(001|ill-formed)|or-datatypes", case.name)]
VALIDATED = [case for case in CASES if case not in (*FAILING, *ILL_TYPED)]


def validated(data: Path, shapes: Path, *options: str) -> Result:
    arguments = ["validate", str(data), "--alone", "--shapes", str(shapes), "--format", "turtle", *options]
    return CliRunner().invoke(command_line, arguments)


def report_of(text: str) -> tuple[Triples, Node]:
    graph = Triples(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))
    (report,) = graph.subjects(NamedNode(RDF + "type"), sh("ValidationReport"))
    return graph, report


def keys_of(graph: Triples, report: Node) -> Counter[Key]:
    return Counter(key_of(graph, result) for result in graph.objects(report, sh("result")))


def key_of(graph: Triples, result: Term) -> Key:
    focus, path, *others = (graph.object(result, sh(name)) for name in COMPARED)
    texts = [None if each is None else term(each) for each in (focus, *others)]
    return (texts[0], path_text(graph, path), *texts[1:], frozenset(), None)


def conforms(report: str) -> str:
    graph, head = report_of(report)
    return str(graph.object(head, sh("conforms")))


@pytest.mark.parametrize("case", VALIDATED, ids=[case.name for case in VALIDATED])
def test_the_report_is_the_expected_one(case: Case) -> None:
    # the checks of shapes as such have their own tests, and would fail many a case of the suite
    done = validated(case.data, case.shapes, "--ignore", "shapes/*", "--ignore", "data/*")
    graph, report = report_of(done.stdout)
    assert keys_of(graph, report) == expected(case)
    wanted = str(case.manifest.object(case.result, sh("conforms")))
    assert conforms(done.stdout) == wanted
    severities = {
        str(graph.object(each, sh("resultSeverity"))) for each in graph.objects(report, sh("result"))
    }
    # warnings do not fail unless they are to; a severity of the author's own counts as a violation
    assert done.exit_code == int(not severities <= {str(sh("Warning")), str(sh("Info"))})


@pytest.mark.parametrize("case", ILL_TYPED, ids=[case.name for case in ILL_TYPED])
def test_the_report_on_ill_typed_literals_is_the_expected_one(case: Case) -> None:
    graph, report = report_of(validated(case.data, case.shapes).stdout)
    assert keys_of(graph, report) == expected(case)


@pytest.mark.parametrize("case", FAILING, ids=[case.name for case in FAILING])
def test_shapes_that_cannot_be_asked_end_with_code_two(case: Case) -> None:
    assert validated(case.data, case.shapes).exit_code == 2


@pytest.mark.parametrize("case", FAILING, ids=[case.name for case in FAILING])
def test_shapes_that_cannot_be_asked_give_no_report_that_conforms(case: Case) -> None:
    assert "sh:conforms true" not in validated(case.data, case.shapes).stdout
