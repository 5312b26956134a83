from __future__ import annotations

from pathlib import Path

import pytest

from unpact.corpus import Corpus
from unpact.evidence.coverage import CoverageReport, coverage
from unpact.names import PREFIXES, SOURCE

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
PASSAGES = "".join(f"s:{name} a unp:Passage .\n" for name in ("1.1.1", "1.1.2", "1.1.10"))
LAMPS = """
id:lamp a unp:Lamp ;
    unp:colour "red" ,
        "blue" ;
    unp:statedIn s:1.1.1 .

[] a owl:Axiom ;
    owl:annotatedSource id:lamp ;
    owl:annotatedProperty unp:colour ;
    owl:annotatedTarget "blue" ;
    unp:statedIn s:1.1.1 , s:1.1.2 .
"""
NO_FACTS = 's:1.1.10 unp:statesNoFact true ; unp:reason "a wish"@en .\n'


def report_of(root: Path, lamps: str = LAMPS, no_facts: str = NO_FACTS) -> CoverageReport:
    files = {
        "ontology/unpact.ttl": "",
        "data/article/passages.ttl": PASSAGES,
        "data/article/lamps.ttl": lamps,
        "data/article/no-facts.ttl": no_facts,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(HEAD + text, encoding="utf-8")
    return coverage(Corpus(root))


def line(text: str) -> int:
    """The line on which the lamps' part that begins with `text` stands in its file."""
    return (HEAD + LAMPS).partition(text)[0].count("\n") + 1


def test_facts_are_counted_by_sentence(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    counts = [(each.passage.value.removeprefix(SOURCE), each.facts, each.reason) for each in report.passages]
    # the type and both colours; blue alone also on the second sentence
    assert counts == [("1.1.1", 3, None), ("1.1.2", 1, None), ("1.1.10", 0, "a wish")]
    assert report.facts == 3
    assert report.complete
    assert [each.reason for each in report.factless] == ["a wish"]


@pytest.mark.parametrize(
    ("lamps", "no_facts", "check", "message", "place"),
    [
        (LAMPS, "", "passage-without-fact", "No fact rests on s:1.1.10", (None, None)),
        (
            LAMPS + "id:oil unp:price 3 .\n",
            NO_FACTS,
            "triple-without-sentence",
            "id:oil unp:price",
            ("lamps", line("nothing that is there")),
        ),
        (
            LAMPS.replace("s:1.1.1 .", "s:1.1.1 , s:1.1.9 ."),
            NO_FACTS,
            "unknown-passage",
            "no passage s:1.1.9",
            ("lamps", line("unp:statedIn s:1.1.1 .")),
        ),
        (
            LAMPS.replace("s:1.1.2 .", "s:1.1.2 , s:9.9.9 ."),
            NO_FACTS,
            "unknown-passage",
            "no passage s:9.9.9",
            ("lamps", line("unp:statedIn s:1.1.1 ,")),
        ),
        (
            LAMPS.replace('        "blue" ;', '        "green" ;').replace("s:1.1.1 .", "s:1.1.1, s:1.1.2 ."),
            NO_FACTS,
            "axiom-without-triple",
            'id:lamp unp:colour "blue"',
            ("lamps", line("[]")),
        ),
        (
            LAMPS.replace("    owl:annotatedSource id:lamp ;\n", "").replace(
                "s:1.1.1 .", "s:1.1.1, s:1.1.2 ."
            ),
            NO_FACTS,
            "axiom-incomplete",
            "no owl:annotatedSource",
            ("lamps", line("[]")),
        ),
        (
            LAMPS.replace(" ;\n    unp:statedIn s:1.1.1 , s:1.1.2", "").replace(
                "s:1.1.1 .", "s:1.1.1, s:1.1.2 ."
            ),
            NO_FACTS,
            "axiom-incomplete",
            "no unp:statedIn",
            ("lamps", line("[]")),
        ),
        (
            LAMPS.replace("s:1.1.2 .", "s:1.1.2 , s:1.1.10 ."),
            NO_FACTS,
            "factless-with-facts",
            "s:1.1.10 is marked as stating no fact, but 1",
            ("no-facts", HEAD.count("\n") + 1),
        ),
        (
            LAMPS,
            NO_FACTS.replace('"a wish"', '" "'),
            "factless-without-reason",
            "without a unp:reason",
            ("no-facts", HEAD.count("\n") + 1),
        ),
        (
            LAMPS,
            NO_FACTS + 's:7.7.7 unp:statesNoFact true ; unp:reason "a wish"@en .\n',
            "unknown-passage",
            "no passage s:7.7.7",
            ("no-facts", HEAD.count("\n") + 2),
        ),
    ],
)
def test_what_is_wrong_is_found(
    tmp_path: Path, lamps: str, no_facts: str, check: str, message: str, place: tuple[str | None, int | None]
) -> None:
    report = report_of(tmp_path, lamps, no_facts)
    (finding,) = report.findings
    assert finding.check == f"coverage/{check}"
    assert message in finding.message
    assert not report.complete
    assert (finding.file and Path(finding.file).stem, finding.line) == place


def test_a_mark_that_is_false_marks_nothing(tmp_path: Path) -> None:
    report = report_of(tmp_path, no_facts=NO_FACTS.replace("true", "false"))
    assert [finding.check for finding in report.findings] == ["coverage/passage-without-fact"]


def test_a_triple_in_two_files_is_one_fact(tmp_path: Path) -> None:
    copy = tmp_path / "data" / "article" / "again.ttl"
    copy.parent.mkdir(parents=True)
    copy.write_text(HEAD + 'id:lamp unp:colour "red" .', encoding="utf-8")
    report = report_of(tmp_path)
    assert report.facts == 3
    assert report.complete
