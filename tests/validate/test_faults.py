"""Faults in a copy of each file of the data and the ontology: what is found where, and nothing else is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import pytest

from unpact.corpus import Corpus, bundled
from unpact.validate.run import validate

from .faults import Fault, Found, found, read_faults, with_faults

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FAULTS = read_faults()


class Faulty(NamedTuple):
    """What is found in a tree with all faults, and what has to be, by file."""

    found: dict[str, set[Found]]
    wanted: dict[str, set[Found]]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    for name in ("ontology", "data", "queries"):
        shutil.copytree(bundled().root / name, root / name)
    return root


@pytest.fixture(scope="module")
def faulty(tree: Path) -> Faulty:
    before = {file: (tree / file).read_text(encoding="utf-8") for file in FAULTS}
    wanted = {file: make(tree, file, faults) for file, faults in FAULTS.items()}
    findings = validate(Corpus(tree), cache=False).findings
    for file, content in before.items():
        (tree / file).write_text(content, encoding="utf-8")
    files = {str(finding.file) for finding in findings} | set(FAULTS)
    return Faulty(
        {file: found(each for each in findings if str(each.file) == file) for file in files}, wanted
    )


def make(root: Path, file: str, faults: Iterable[Fault]) -> set[Found]:
    path = root / file
    content, wanted = with_faults(file, path.read_text(encoding="utf-8"), faults)
    path.write_text(content, encoding="utf-8")
    return wanted


def test_every_file_of_the_data_and_the_ontology_has_faults() -> None:
    files = (*bundled().data_files(), *bundled().ontology_files())
    assert sorted(FAULTS) == sorted(file.relative for file in files)
    assert min(map(len, FAULTS.values())) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("file", FAULTS)
def test_all_faults_are_found_where_they_are(faulty: Faulty, file: str) -> None:
    assert faulty.found[file] == faulty.wanted[file]


@pytest.mark.slow
def test_nothing_is_found_in_other_files(faulty: Faulty) -> None:
    assert set(faulty.found) == set(FAULTS)


# one fault of each file at a time: two of one file might hide each other, or bring each other about
ROUNDS = [
    {file: faults[number] for file, faults in FAULTS.items() if number < len(faults)}
    for number in range(max(map(len, FAULTS.values())))
]


@pytest.mark.slow
@pytest.mark.parametrize("round_", ROUNDS)
def test_each_fault_is_found_without_the_others_of_its_file(tree: Path, round_: dict[str, Fault]) -> None:
    before = {file: (tree / file).read_text(encoding="utf-8") for file in round_}
    try:
        wanted = {file: make(tree, file, [fault]) for file, fault in round_.items()}
        findings = validate(Corpus(tree), cache=False).findings
    finally:
        for file, content in before.items():
            (tree / file).write_text(content, encoding="utf-8")
    files = {str(finding.file) for finding in findings} | set(round_)
    assert {file: found(each for each in findings if str(each.file) == file) for file in files} == wanted
