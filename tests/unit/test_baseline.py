from __future__ import annotations

import json
import os
import stat
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from unpact.errors import UsageError
from unpact.finding import Finding, Place, Severity
from unpact.names import ID, UNP
from unpact.validate.baseline import Looked, new_findings, read_baseline, write_baseline

FINDING = Finding(
    "must/a",
    Severity.VIOLATION,
    "Wrong.",
    NamedNode(ID + "a"),
    NamedNode(UNP + "p"),
    Literal("x"),
    Place("f", 3),
)
terms = st.one_of(
    st.none(),
    st.sampled_from([NamedNode(ID + "a"), NamedNode(ID + "b"), BlankNode("n1"), BlankNode("n2")]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6).map(Literal),
    st.builds(Literal, st.sampled_from(["a", "b"]), language=st.sampled_from(["en", "fr"])),
)
places = st.none() | st.builds(
    Place, st.sampled_from(["/nowhere/a.ttl", "/nowhere/b.ttl"]), st.none() | st.integers(1, 9)
)
all_findings = st.lists(
    st.builds(
        Finding,
        check=st.sampled_from(["must/a", "must/b"]),
        severity=st.sampled_from(Severity),
        message=st.sampled_from(["Wrong.", "Right?"]),
        focus=terms,
        path=st.none() | st.just(NamedNode(UNP + "p")),
        value=terms,
        place=places,
    ),
    max_size=8,
)


def known_after(findings: list[Finding]) -> Counter[tuple[str, str, str, str]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "known.json"
        assert write_baseline(path, findings) == (len(findings), 0)
        return read_baseline(path)


@pytest.mark.slow
@given(findings=all_findings)
def test_what_was_written_is_known(findings: list[Finding]) -> None:
    assert new_findings(findings, known_after(findings)) == []


@pytest.mark.slow
@given(findings=all_findings, before=st.integers(0, 4), now=st.integers(0, 4))
def test_a_finding_that_comes_more_often_is_new_so_many_times(
    findings: list[Finding], before: int, now: int
) -> None:
    others = [each for each in findings if each.value != FINDING.value]
    known = known_after([*others, *[FINDING] * before])
    assert len(new_findings([*[FINDING] * now, *others], known)) == max(0, now - before)


@pytest.mark.slow
@given(findings=all_findings, other=all_findings)
def test_what_is_new_is_among_the_findings_and_what_is_known_stays_so(
    findings: list[Finding], other: list[Finding]
) -> None:
    known = known_after(other)
    before = known.copy()
    found = new_findings(findings, known)
    assert not Counter(found) - Counter(findings)
    assert known == before
    assert new_findings(found, known_after([*findings, *other])) == []


@pytest.mark.slow
@given(findings=all_findings, order=st.randoms())
def test_neither_order_nor_places_nor_messages_matter(findings: list[Finding], order: object) -> None:
    known = known_after(findings)
    moved = [
        Finding(
            each.check, each.severity, "Other words.", each.focus, each.path, each.value, Place("z.ttl", 7)
        )
        for each in findings
    ]
    order.shuffle(moved)  # type: ignore[attr-defined]
    assert new_findings(moved, known) == []
    assert known_after(moved) == known


@pytest.mark.slow
@given(findings=all_findings, order=st.randoms())
def test_the_entries_may_stand_in_any_order_and_be_written_apart(
    findings: list[Finding], order: object
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "known.json"
        write_baseline(path, findings)
        content = json.loads(path.read_text(encoding="utf-8"))
        # one entry each, as when two branches that added to the file are merged
        content["findings"] = [
            {**entry, "count": 1} for entry in content["findings"] for _ in range(entry["count"])
        ]
        order.shuffle(content["findings"])  # type: ignore[attr-defined]
        path.write_text(json.dumps(content), encoding="utf-8")
        assert new_findings(findings, read_baseline(path)) == []


def test_the_number_of_a_blank_node_does_not_matter() -> None:
    first, second = (Finding("c", Severity.INFO, "m", BlankNode(name)) for name in ("b1n3", "b1n4"))
    assert new_findings([second], known_after([first])) == []


@pytest.mark.parametrize("value", [NamedNode("x:a"), Literal("x:a"), Literal("x:a", language="en"), None])
def test_terms_that_look_alike_are_told_apart(value: NamedNode | Literal | None) -> None:
    others = {NamedNode("x:a"), Literal("x:a"), Literal("x:a", language="en"), None} - {value}
    known = known_after([Finding("c", Severity.INFO, "m", value=value)])
    assert all(new_findings([Finding("c", Severity.INFO, "m", value=other)], known) for other in others)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"baseline"',
        b"\xff",
        b"[" * 100_000,
        b"{}",
        b'{"baseline": 2, "findings": []}',
        b'{"baseline": 1}',
        b'{"baseline": 1, "findings": null}',
        b'{"baseline": 1, "findings": {}}',
        b'{"baseline": 1, "findings": "all"}',
        b'{"baseline": 1, "findings": [7]}',
        b'{"baseline": 1, "findings": [{"check": "c", "focus": "", "path": "", "count": 1}]}',
        b'{"baseline": 1, "findings": [{"check": "c", "focus": "", "path": "", "value": "", "count": "x"}]}',
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"this is no baseline.*--update-baseline"):
        read_baseline(path)


def test_a_baseline_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be read \(no such file or directory\)"):
        read_baseline(tmp_path / "known.json")


def test_a_baseline_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    write_baseline(path, [FINDING])
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UsageError, match="cannot be written"):
        write_baseline(tmp_path / "missing" / "known.json", [FINDING])
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_baseline(tmp_path / "folder", [FINDING])
    assert {each.name for each in tmp_path.iterdir()} == {"known.json", "folder"}


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
def test_a_baseline_is_for_everybody_as_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_baseline(tmp_path / "known.json", [])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "known.json").stat().st_mode) == 0o644


def everywhere(_: str) -> bool:
    return True


@pytest.mark.slow
@given(before=all_findings, now=all_findings, name=st.sampled_from(["must/a", "must/b"]))
def test_checks_that_were_not_asked_stay_known(before: list[Finding], now: list[Finding], name: str) -> None:
    asked = [each for each in now if each.check == name]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "known.json"
        write_baseline(path, before)
        write_baseline(path, asked, Looked(lambda check: check == name, ["/nowhere/a.ttl", "/nowhere/b.ttl"]))
        known = read_baseline(path)
    expected = [*asked, *(each for each in before if each.check != name)]
    assert known == known_after(expected)


@pytest.mark.slow
@given(before=all_findings, now=all_findings)
def test_files_that_were_not_checked_stay_known(before: list[Finding], now: list[Finding]) -> None:
    found = [each for each in now if each.file != "/nowhere/b.ttl"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "known.json"
        write_baseline(path, before)
        write_baseline(path, found, Looked(everywhere, ["/nowhere/a.ttl"]))
        known = read_baseline(path)
    expected = [*found, *(each for each in before if each.file == "/nowhere/b.ttl")]
    assert known == known_after(expected)


def test_what_is_found_again_is_not_known_twice(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    write_baseline(path, [FINDING])
    assert write_baseline(path, [FINDING], Looked(lambda _: False, [])) == (1, 0)
    assert read_baseline(path).total() == 1


def test_a_file_is_the_same_by_whatever_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "f").touch()
    path = tmp_path / "known.json"
    for names in (["./f"], [str(tmp_path / "f")]):
        write_baseline(path, [FINDING])
        assert write_baseline(path, [], Looked(everywhere, names)) == (0, 0)
    write_baseline(path, [FINDING])
    assert write_baseline(path, [], Looked(everywhere, ["g"])) == (1, 1)


def test_a_file_that_is_gone_is_not_known_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, left in (("gone.ttl", 0), ("elsewhere/a.ttl", 1), ("http://x.org/sparql", 1), ("-", 1)):
        finding = Finding("must/a", Severity.INFO, "m", place=Place(name))
        write_baseline(tmp_path / "known.json", [finding])
        assert write_baseline(tmp_path / "known.json", [], Looked(everywhere, [])) == (left, left), name


def test_a_baseline_without_files_is_replaced_by_checks(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    entry = {"check": "must/a", "focus": "", "path": "", "value": "", "count": 2}
    other = {**entry, "check": "must/b"}
    path.write_text(json.dumps({"baseline": 1, "findings": [entry, other]}), encoding="utf-8")
    assert read_baseline(path).total() == 4
    assert write_baseline(path, [], Looked(lambda check: check == "must/a", [])) == (2, 2)
