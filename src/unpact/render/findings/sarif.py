"""SARIF 2.1.0, with errata 01: what code scanning services and editors read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import NamedNode

from unpact.finding import Place, Severity
from unpact.names import compact
from unpact.notation import typed_words
from unpact.render.findings.characters import json_text
from unpact.render.findings.fingerprints import fingerprinted
from unpact.render.findings.paths import file_uri, in_tree, relative_uri
from unpact.render.findings.source import Sources, span_of
from unpact.render.findings.wording import message_of, path_text, plain, rule_of

if TYPE_CHECKING:
    from unpact.finding import Finding, Premise
    from unpact.render.findings.report import Report
    from unpact.render.findings.style import Style
    from unpact.validate.checks import Check

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://w3id.org/unpact/"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# a line of a generated file may have the length of the file
_LONGEST_SNIPPET = 2000
_WORD = re.compile(r"\w+")

Json = dict[str, object]


def write_sarif(report: Report, stream: TextIO, style: Style) -> None:
    """Write a log of one run, each check a rule, each finding a result."""
    checks = report.all_checks()
    index = {check.id: number for number, check in enumerate(checks)}
    sources = Sources(report.read)
    run = {
        "tool": {
            "driver": {
                "name": "unpact",
                "version": report.tool_version,
                "informationUri": _HOME,
                "rules": [_rule(check) for check in checks],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": _message("The root of the sources.")}},
        "results": [
            _result(finding, fingerprint, checks[index[finding.check]], index, sources, style)
            for finding, fingerprint in fingerprinted(report.ordered(), sources)
        ],
    }
    stream.write(json_text({"version": "2.1.0", "$schema": _SCHEMA, "runs": [run]}, indent=2) + "\n")


def _rule(check: Check) -> Json:
    title = check.title.strip() or check.id
    help_text = "\n\n".join(filter(None, (check.help.strip(), (check.mend or "").strip()))) or title
    return {
        "id": check.id,
        "name": _pascal(check.id.rpartition("/")[2]) or check.id,
        "shortDescription": _message(title),
        "fullDescription": _message(check.help.strip() or title),
        "help": _message(help_text),
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _result(
    finding: Finding, fingerprint: str, check: Check, index: dict[str, int], sources: Sources, style: Style
) -> Json:
    paragraphs = [message_of(finding, style.labels), (finding.mend or "").strip(), rule_of(finding)]
    result: Json = {
        "ruleId": finding.check,
        "ruleIndex": index[finding.check],
        "level": _LEVELS[finding.severity],
        "message": _message("\n\n".join(filter(None, paragraphs))),
    }
    location = _location(finding, check, sources)
    if location:
        result["locations"] = [location]
    if finding.grounds is not None:
        result["relatedLocations"] = [
            _related(premise, number, sources) for number, premise in enumerate(finding.grounds.premises)
        ]
    result["partialFingerprints"] = {"unpactFinding/v1": fingerprint}
    properties = _properties(finding)
    if properties:
        result["properties"] = properties
    return result


def _location(finding: Finding, check: Check, sources: Sources) -> Json:
    location: Json = {}
    if finding.place is not None:
        location["physicalLocation"] = _physical(finding.place, sources)
    elif check.file is not None:
        # services refuse a whole log for one result that is nowhere
        location["physicalLocation"] = _physical(Place(check.file, check.line), sources)
        location["message"] = _message("The check; what it found has no place of its own.")
    if isinstance(finding.focus, NamedNode):
        iri = finding.focus.value
        location["logicalLocations"] = [
            {"name": compact(iri), "fullyQualifiedName": iri, "kind": "resource"},
        ]
    return location


def _related(premise: Premise, number: int, sources: Sources) -> Json:
    """One of the triples that a finding rests on, wherever it is written."""
    location: Json = {"id": number, "message": _message(premise.said)}
    if premise.place is not None:
        location["physicalLocation"] = _physical(premise.place, sources)
    return location


def _physical(place: Place, sources: Sources) -> Json:
    path = in_tree(place.file)
    artifact: Json = (
        {"uri": file_uri(place.file)} if path is None else {"uri": relative_uri(path), "uriBaseId": _ROOT}
    )
    span = span_of(place)
    if span is None:
        return {"artifactLocation": artifact}
    names = ("startLine", "startColumn", "endLine", "endColumn")
    region: Json = {name: number for name, number in zip(names, span, strict=True) if number is not None}
    snippet = sources.text(place.file, span)
    if snippet is not None and len(snippet) <= _LONGEST_SNIPPET:
        region["snippet"] = {"text": snippet}
    return {"artifactLocation": artifact, "region": region}


def _properties(finding: Finding) -> Json:
    parts = {
        "focus": plain(finding.focus),
        "path": None if finding.path is None else path_text(finding.path),
        "value": None if finding.value is None else typed_words(finding.value),
        "rule": None if finding.grounds is None else finding.grounds.rule,
    }
    return {name: text for name, text in parts.items() if text is not None}


def _message(text: str) -> Json:
    """A message as sections 3.11.5 and 3.11.6 want it: braces are doubled, and nothing turns into a link."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _pascal(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(name.replace("_", " ")))
