"""The example in the header of a check, made a file of an ontology of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from unpact.corpus import CorpusFile
from unpact.finding import Severity
from unpact.names import USER_GRAPH
from unpact.ontology_checks.profile import Profile, Rule
from unpact.ontology_checks.run import check_ontology

if TYPE_CHECKING:
    from unpact.finding import Finding
    from unpact.ontology_checks.catalogue import OntologyCheck

_BEFORE = Path(__file__).with_name("example.ttl")
_NAME = "example.ttl"


def example_file(check: OntologyCheck) -> CorpusFile:
    """The example of a check with prefixes before it, and an ontology where it declares none of its own."""
    before = _BEFORE.read_text(encoding="utf-8")
    example = check.header.example
    if "ex:" not in example or "owl:Ontology" in example:
        # it is about the ontology itself, or about there being none
        before = "".join(line for line in before.splitlines(keepends=True) if line.startswith("@prefix"))
    content = f"{before}\n{example}".encode()
    return CorpusFile(Path(_NAME), _NAME, f"{USER_GRAPH}example", "user", content)


def example_findings(check: OntologyCheck) -> list[Finding]:
    """What a check finds in its own example.

    Raises:
        DataSyntaxError: for an example that is not Turtle.
    """
    file = example_file(check)
    # what uses the terms stands in the example too
    data = [file] if check.id.startswith("unused/") else None
    return check_ontology([file], Profile({check.id: Rule(Severity.WARNING)}), data=data)
