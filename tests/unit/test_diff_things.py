"""Changes of the real data, told in the words of the domain."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unpact.corpus import CorpusFile, bundled
from unpact.diff.run import compared
from unpact.diff.version import Version, read
from unpact.names import PREFIXES
from unpact.render.differences import write_difference

if TYPE_CHECKING:
    from unpact.diff import Difference

DRUGS, SEATS = "data/article/drugs.ttl", "data/record/memberships.ttl"
TIP, TREATIES = "data/record/acts/tip-protocol.ttl", "data/article/treaties.ttl"
ONTOLOGY, SHAPES = "ontology/unpact.ttl", "ontology/shapes/must/memberships.ttl"


@pytest.fixture(scope="module")
def now() -> Version:
    return read(bundled().root, "now")


@pytest.fixture(scope="module")
def few(now: Version) -> Version:
    """Some files, for what depends on no others."""
    names = {ONTOLOGY, SHAPES, DRUGS, SEATS, TIP, TREATIES}
    names |= {f"data/{layer}/{name}.ttl" for layer in ("article", "record") for name in ("states", "bodies")}

    def chosen(files: tuple[CorpusFile, ...]) -> tuple[CorpusFile, ...]:
        return tuple(file for file in files if file.relative in names)

    return now._replace(files=chosen(now.files), shapes=chosen(now.shapes))


def changed(version: Version, name: str, *replacements: tuple[str, str], name_of: str = "then") -> Version:
    """The version in which a file has other words; each has to be there."""

    def change(file: CorpusFile) -> CorpusFile:
        text = file.read().decode()
        if file.relative != name:
            return file
        for old, new in replacements:
            assert re.search(old, text, re.DOTALL), old
            text = re.sub(old, new, text, flags=re.DOTALL)
        return file._replace(content=text.encode())

    return version.with_files(change)._replace(name=name_of)


def told(difference: Difference, *, verbose: bool = False, language: str = "en") -> list[str]:
    stream = StringIO()
    write_difference(difference, "text", stream, language, verbose=verbose)
    return [line for line in stream.getvalue().splitlines() if line]


@pytest.mark.slow
def test_a_tree_does_not_differ_from_itself(now: Version) -> None:
    same = compared(now, now)
    assert not same
    assert told(same) == []
    assert same.patch() == ""


@pytest.mark.slow
def test_an_end_is_added_to_a_membership(few: Version) -> None:
    then = changed(few, DRUGS, (r'    unp:end "2023-12"\^\^xsd:gYearMonth ;\n', ""))
    assert told(compared(then, few))[:3] == [
        "Facts",
        "  ~ Pakistan: membership of CND (2020-01-01 to 2023-12)  id:pakistan-in-cnd",
        "      end added: 2023-12  [s:0.1.1 s:4.1.3]",
    ]
    assert told(compared(few, then))[1:3] == [
        "  ~ Pakistan: membership of CND (from 2020-01-01)  id:pakistan-in-cnd",
        "      end removed: 2023-12  [s:0.1.1 s:4.1.3]",
    ]


@pytest.mark.slow
def test_an_act_is_removed_and_comes_again(few: Version) -> None:
    then = changed(few, TIP, (r"id:japan-signature-tip-protocol a .*? \.\n", ""))
    assert told(compared(few, then)) == [
        "Facts",
        "  - signature of TIP by Japan (2002-12-09)  id:japan-signature-tip-protocol  [id:source-untc-2015]",
        "things: 0 added, 1 removed, 0 changed (0 triples added, 7 removed)",
    ]
    added = told(compared(then, few), verbose=True)
    assert added[1].startswith("  + signature of TIP by Japan (2002-12-09)  id:japan-signature-tip-protocol")
    assert "      date: 2002-12-09" in added
    assert "      evidence: id:source-untc-2015" in added


def test_an_accession_is_to_a_treaty(few: Version) -> None:
    then = changed(few, TREATIES, (r"id:pakistan-accession-tip-protocol a .*? \.\n", ""))
    (line,) = [line for line in told(compared(then, few)) if line.startswith("  +")]
    assert line.startswith("  + accession of Pakistan to TIP (2022-11)  id:pakistan-accession-tip-protocol")
    assert line.endswith("[s:6.3.1]")


@pytest.mark.slow
def test_a_date_of_another_precision_is_a_change(few: Version) -> None:
    then = changed(few, DRUGS, (r'"2023-12"\^\^xsd:gYearMonth', '"2023"^^xsd:gYear'))
    found = compared(then, few)
    assert "      end changed: 2023 → 2023-12  [s:0.1.1 s:4.1.3]" in told(found)
    typed = changed(few, DRUGS, (r'"2023-12"\^\^xsd:gYearMonth', '"2023-12"'))
    assert any('"2023-12" → "2023-12"^^xsd:gYearMonth' in line for line in told(compared(typed, few)))


def test_a_renamed_thing_is_one_line(few: Version) -> None:
    then = few.with_files(
        lambda file: file._replace(content=file.read().replace(b"id:pakistan-in-cnd ", b"id:cnd-seat "))
    )
    found = compared(then, few)
    assert told(found)[:2] == [
        "Renamed",
        "  ~ Pakistan's membership of the CND  id:cnd-seat → id:pakistan-in-cnd",
    ]
    assert found.things == ()
    assert found
    assert len(found.added) == len(found.removed) > 10


@pytest.mark.slow
def test_a_sentence_comes_as_evidence(few: Version) -> None:
    then = changed(few, DRUGS, (r"s:4\.1\.3 , s:0\.1\.1", "s:4.1.3"))
    assert told(compared(then, few))[1:3] == [
        "  ~ Pakistan: membership of CND (2020-01-01 to 2023-12)  id:pakistan-in-cnd",
        "      evidence added: s:0.1.1",
    ]


TARGET = r"(owl:annotatedTarget id:ecosoc ;)\n    unp:accordingTo id:source-nation-cnd-2019"


@pytest.mark.slow
def test_evidence_of_a_fact_is_told_with_the_fact(few: Version) -> None:
    then = changed(few, SEATS, (TARGET, r"\1\n    unp:accordingTo id:source-pid-ccpcj-2021"))
    assert told(compared(then, few))[2:4] == [
        "      evidence of elected by UN Economic and Social Council added: id:source-nation-cnd-2019",
        "      evidence of elected by UN Economic and Social Council removed: id:source-pid-ccpcj-2021",
    ]
    axiom = r"id:pakistan-in-cnd unp:electedBy id:ecosoc \.\n\[\].*?HighConfidence \.\n"
    without = changed(few, SEATS, (axiom, ""))
    assert told(compared(without, few))[2:-1] == [
        "      elected by added: UN Economic and Social Council  [id:source-nation-cnd-2019]"
    ]


@pytest.mark.slow
def test_an_axiom_that_says_the_same_twice_is_no_change_without_a_word(few: Version) -> None:
    axiom = r"(id:pakistan-in-cnd unp:electedBy id:ecosoc \.\n)(\[\].*?HighConfidence \.\n)"
    twice = changed(few, SEATS, (axiom, r"\1\2\2"))
    line = "number of annotations of elected by UN Economic and Social Council changed: 2 → 1"
    assert f"      {line}  [id:source-nation-cnd-2019]" in told(compared(twice, few))


@pytest.mark.slow
def test_the_ontology_has_a_section_of_its_own(few: Version) -> None:
    then = changed(
        few,
        ONTOLOGY,
        (r"unp:Withdrawal a owl:Class ;.*?isDefinedBy <[^>]*> \.\n", ""),
        (
            r"(unp:daysToEntryIntoForce a owl:DatatypeProperty ;\n    rdfs:domain) unp:Treaty",
            r"\1 unp:Protocol",
        ),
        (r" unp:Withdrawal unp:EntryIntoForce \)", " unp:EntryIntoForce )"),
    )
    lines = told(compared(then, few))
    assert lines[:2] == ["Ontology", "  + withdrawal (class)  unp:Withdrawal"]
    assert "      domain changed: protocol → treaty" in lines
    assert "      members changed: with withdrawal" in lines
    assert lines[-1].startswith("things: 1 added, 0 removed, 2 changed")
    retired = changed(
        few, ONTOLOGY, (r"unp:Withdrawal a owl:Class ;", "unp:Withdrawal a owl:Class ; owl:deprecated true ;")
    )
    assert told(compared(few, retired))[1:3] == [
        "  ~ withdrawal (class)  unp:Withdrawal",
        "      now deprecated",
    ]


@pytest.mark.slow
def test_so_have_shapes_topics_and_rules(few: Version) -> None:
    then = changed(
        few,
        SHAPES,
        (r" unp:electedBy unp:ordinalNumber", " unp:ordinalNumber"),
    )
    assert told(compared(then, few))[:3] == [
        "Shapes",
        "  ~ Memberships (node shape)  https://w3id.org/unpact/shape/membership",
        "      ignored properties changed: with elected by",
    ]
    rules = changed(few, "ontology/rules/01_date_bounds.rq", (r"\A", "# a comment\n"))
    assert told(compared(rules, few))[:2] == ["Rules", "  ~ ontology/rules/01_date_bounds.rq"]
    queries = few._replace(queries=few.queries[1:])
    assert told(compared(queries, few))[:2] == ["Stored queries", "  + bodies/agents  Who is named"]


@pytest.mark.slow
def test_facts_may_move_from_file_to_file_and_change_their_order(few: Version) -> None:
    moved = r"id:pakistan-cnd-election-2025 a .*? \.\n"
    (text,) = re.findall(moved, next(f for f in few.files if f.relative == SEATS).read().decode(), re.DOTALL)
    then = changed(few, SEATS, (moved, ""))
    then = changed(then, TREATIES, (r"\Z", lambda _: text))  # type: ignore[arg-type]
    assert not compared(then, few)


@pytest.mark.slow
def test_what_follows_is_told_apart(now: Version) -> None:
    then = changed(now, DRUGS, (r'    unp:end "2023-12"\^\^xsd:gYearMonth ;\n', ""))
    found = compared(then, now, inferred=True)
    lines = told(found)
    follows = lines[lines.index("What follows") :]
    assert "      latest possible end added: 2023-12-31" in follows
    assert found.inferred is not None
    assert all(fact.evidence == () for thing in found.inferred for fact in thing.facts)
    assert compared(then, now).inferred is None


@pytest.mark.slow
def test_answers_are_compared_row_by_row(now: Version) -> None:
    then = changed(now, DRUGS, (r'"2023-12"\^\^xsd:gYearMonth', '"2022-12"^^xsd:gYearMonth'))
    found = compared(then, now, queries=["memberships", "bodies/memberships", "states"])
    assert found.answers is not None
    assert [(each.query, len(each.changed), each.added, each.removed) for each in found.answers] == [
        ("bodies/memberships", 1, (), ())
    ] * 3
    lines = told(found)
    place = lines.index("  bodies/memberships --as-of 2023-08-18")
    cells = "changed", "Pakistan", "Commission on Narcotic Drugs", "2020-01-01"
    assert re.split("  +", lines[place + 3].strip()) == [*cells, "2022-12 → 2023-12", "ended → current"]


def edited(old: str, new: str) -> list[str]:
    """How a file of a user's own is told."""
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    file = CorpusFile(Path("mine.ttl"), "mine.ttl", "urn:mine", "user")
    before, after = (Version("", (file._replace(content=(head + text).encode()),)) for text in (old, new))
    return [line.strip() for line in told(compared(before, after))[1:-1]]


EDITS = {
    "a list in another order": (
        "id:a id:p ( 1 2 ) .",
        "id:a id:p ( 2 1 ) .",
        "p changed: (1, 2) → (2, 1)",
    ),
    "a member of a list": ("id:a id:p ( 1 2 ) .", "id:a id:p ( 1 3 ) .", "p changed: without 2; with 3"),
    "inside a blank node": (
        "id:a id:p [ id:q 1 ; id:r ( 1 ) ] .",
        "id:a id:p [ id:q 1 ; id:r ( 1 2 ) ] .",
        "p changed: r: with 2",
    ),
    "another blank node": ("id:a id:p [ id:q 1 ] .", "id:a id:p [ id:r 2 ] .", "p changed: [q: 1] → [r: 2]"),
    "a line of a text": (
        'id:a id:p """one\ntwo\nthree""" .',
        'id:a id:p """one\n  2\nthree""" .',
        "p changed: without two; with 2",
    ),
    "nothing in place of something": ('id:a id:p "x" .', 'id:a id:p "" .', 'p changed: x → ""'),
    "one of several values": ("id:a id:p id:b , id:c .", "id:a id:p id:b , id:d .", "p added: d"),
    "a name in another language": (
        'id:a id:p "x"@en , "y"@fr .',
        'id:a id:p "x"@en , "z"@fr .',
        "p changed: y [fr] → z [fr]",
    ),
    "a cycle of blank nodes": (
        "id:b id:p 1 . _:x id:p _:y . _:y id:p _:x .",
        "id:b id:p 2 .",
        "- something without a name: ",
    ),
    "control characters": (r'id:a id:p "x" .', r'id:a id:p "\u001b[31mred" .', "p changed: x →  [31mred"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "line"), EDITS.values(), ids=EDITS)
def test_what_changed_inside_a_value_is_told(old: str, new: str, line: str) -> None:
    assert any(each.startswith(line) for each in edited(old, new)), edited(old, new)


@pytest.mark.slow
def test_colours_are_for_terminals(few: Version) -> None:
    then = changed(few, TIP, (r"id:japan-signature-tip-protocol a .*? \.\n", ""))
    stream = StringIO()
    write_difference(compared(few, then), "text", stream, color=True)
    assert "  \x1b[31m- signature of TIP by Japan (2002-12-09)" in stream.getvalue()
    assert "\x1b" not in "".join(told(compared(few, then)))


@pytest.mark.slow
def test_labels_come_in_the_language_that_is_asked_for(few: Version) -> None:
    then = changed(few, TIP, (r"id:japan-signature-tip-protocol a .*? \.\n", ""))
    assert any("日本" in line or "Japon" in line for line in told(compared(then, few), language="fr"))
