"""Who a name means: every name of the tables, whatever its spelling, and nobody by chance."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import unpact
from unpact.errors import AmbiguousNameError, UnknownNameError
from unpact.importing import countries
from unpact.importing.known import Known, KnownAgent
from unpact.importing.names import name_key, without_marks
from unpact.importing.participants import Participants

FOLDER = Path(countries.__file__).parent
RECORD = os.environ.get("UNPACT_RECORD")


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


COUNTRIES = rows("countries.csv")
STATES = {row["iso3"] for row in COUNTRIES if row["independent"] == "Yes"} | {"COK", "NIU", "PSE"}
NAMES = sorted(
    {
        (row[column], row["iso3"])
        for row in COUNTRIES
        for column in row
        if (column in ("common", *countries.LANGUAGES) or column.endswith("_formal")) and row[column]
        if row["iso3"] in STATES - {"TWN"}
    }
)


@cache
def participants() -> Participants:
    known = Known(unpact.open().graph)
    classes = [f"https://w3id.org/unpact/ontology#{name}" for name in ("State", "InternationalOrganization")]
    return Participants(known.agents(classes), known.taken)


def found(name: str) -> str:
    return participants().find(name).local


@pytest.mark.slow
def test_every_name_of_every_state_in_every_language_means_that_state() -> None:
    by_code = {code: participants().find(code).iri for code in STATES - {"TWN"}}
    assert len(set(by_code.values())) == len(by_code) > 190
    assert [(name, code) for name, code in NAMES if participants().find(name).iri != by_code[code]] == []


def test_every_other_name_means_whom_the_table_says() -> None:
    others = rows("other_names.csv")
    assert len(others) > 100
    assert [row["name"] for row in others if not row["note"]] == []
    locals_ = {row["local"] for row in rows("others.csv")}
    for row in others:
        whose = row["whose"] if row["whose"] in locals_ else found(row["whose"])
        assert found(row["name"]) == whose, row


@pytest.mark.slow
@given(st.sampled_from(NAMES), st.data())
def test_case_punctuation_spacing_and_word_order_do_not_matter(
    named: tuple[str, str], data: st.DataObject
) -> None:
    words = [word for word in named[0].split() if name_key(word)]
    written = data.draw(st.permutations(words))
    gap = data.draw(st.sampled_from([" ", "  ", ", ", " - "]))
    case = data.draw(st.sampled_from([str.upper, str.lower, str.title, str]))
    mark = data.draw(st.sampled_from(["", " 1", "\u00b2", " [1], [2]", " *"]))
    name = case(gap.join(written))
    assert participants().find(name + mark).iri == participants().find(named[1]).iri


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Korea, Republic of", "republic-of-korea"),
        ("Democratic People's Republic of Korea", "democratic-peoples-republic-of-korea"),
        ("Congo", "congo"),
        ("Democratic Republic of the Congo", "democratic-republic-of-the-congo"),
        ("Dominica", "dominica"),
        ("Dominican Republic", "dominican-republic"),
        ("Niger", "niger"),
        ("Nigeria", "nigeria"),
        ("Guinea-Bissau", "guinea-bissau"),
        ("Guinea", "guinea"),
        ("Burma", "myanmar"),
        ("Zaire", "democratic-republic-of-the-congo"),
        ("Swaziland", "eswatini"),
        ("Cape Verde", "cabo-verde"),
        ("The former Yugoslav Republic of Macedonia", "north-macedonia"),
        ("Serbia and Montenegro", "serbia"),
        ("Yugoslavia", "yugoslavia"),
        ("Czechoslovakia", "czechoslovakia"),
        ("Holy See", "holy-see"),
        ("State of Palestine", "palestine"),
        ("Cook Islands", "cook-islands"),
        ("Côte d\u2019Ivoire", "cote-divoire"),
        ("Turkey 5, 6", "turkiye"),
        ("European Economic Community", "european-union"),
        ("EU", "european-union"),
        ("586", "pakistan"),
        ("PK", "pakistan"),
        ("pak", "pakistan"),
        ("DE", "germany"),
        ("AND", "andorra"),
        ("باكستان", "pakistan"),
        ("UAE", "uae"),
    ],
)
def test_names_that_are_easily_confused_or_out_of_use(name: str, local: str) -> None:
    assert found(name) == local


def test_who_is_in_the_graph_stands_at_the_node_of_the_graph() -> None:
    russia = participants().find("Union of Soviet Socialist Republics")
    assert (russia.iri, russia.kind) == ("https://w3id.org/unpact/id/russia", "")
    emirates = participants().find("ARE")
    assert (emirates.local, emirates.phrase) == ("uae", "the UAE")


def test_who_is_not_comes_with_what_a_node_needs() -> None:
    bahamas = participants().find("Bahamas (the)")
    assert bahamas.phrase == "the Bahamas"
    assert bahamas.kind.endswith("#State")
    assert bahamas.identifiers["m49"] == "044"
    assert set(bahamas.names) == {"ar", "zh", "fr", "ru", "es"}
    union = participants().find("European Union")
    assert union.kind.endswith("#InternationalOrganization")


@pytest.mark.parametrize(
    ("name", "problem", "nearest"),
    [
        ("Albanea", "no state or organization is called 'Albanea'", "Albania"),
        ("Korea", "no state or organization is called 'Korea'", ""),
        ("Bermuda", r"Bermuda is no state \(Territory of GB\)", ""),
        ("Taiwan", "Taiwan is no state", ""),
        ("", "no state", ""),
    ],
)
def test_who_is_nobody_is_not_guessed_at(name: str, problem: str, nearest: str) -> None:
    with pytest.raises(UnknownNameError, match=problem) as error:
        participants().find(name)
    assert nearest in str(error.value)


def test_a_name_of_two_is_refused_with_both() -> None:
    agents = {
        iri: KnownAgent(iri, "Union", ("Union",), {}) for iri in ("https://w3id.org/unpact/id/a", "urn:b")
    }
    with pytest.raises(AmbiguousNameError, match="may mean 2") as error:
        Participants(agents, lambda _: ()).find("the union")
    assert error.value.candidates == ("id:a", "urn:b")


def test_a_code_that_is_an_acronym_as_well_is_refused() -> None:
    with pytest.raises(AmbiguousNameError, match="may mean 2"):
        participants().find("AU")


def test_a_new_node_takes_no_name_that_something_else_has() -> None:
    taken = "https://w3id.org/unpact/id/georgia"
    assert Participants({}, lambda _: {taken}).find("Georgia").iri == f"{taken}-participant"
    assert Participants({}, lambda _: ()).find("Georgia").iri == taken


@pytest.mark.parametrize("mark", ["1", "\u00b9", "[1]", "(a)", "*", "\u2020\u2021", "1, 2", "[a] 3"])
def test_footnote_marks_are_no_part_of_a_name(mark: str) -> None:
    assert without_marks(f"Austria {mark}") == "Austria"
    assert without_marks("Iran (Islamic Republic of)") == "Iran (Islamic Republic of)"


@pytest.mark.skipif(RECORD is None, reason="UNPACT_RECORD does not name the folder of the public record")
def test_the_table_of_countries_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    source, made = Path(RECORD or "") / "country-codes.csv", tmp_path / "countries.csv"
    assert countries.main([str(source), "-o", str(made)]) == 0
    assert made.read_bytes() == (FOLDER / "countries.csv").read_bytes()


def test_another_table_is_not_taken_for_that_of_countries(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, made = tmp_path / "other.csv", tmp_path / "countries.csv"
    other.write_text("name,code\nOman,OM\n", encoding="utf-8")
    assert countries.main([str(other), "-o", str(made)]) == 2
    assert "has no column 'UNTERM English Short'" in capsys.readouterr().err
    assert not made.exists()
