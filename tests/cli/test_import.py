"""unpact import: rows of real tables in, Turtle out that validates, answers and says what it left out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from unpact.cli.main import command_line

RECORD = os.environ.get("UNPACT_RECORD")
HEADER = 'Participant,Signature,"Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)"\n'
AMENDED = (
    'Participant,"Participation in the Convention by virtue of ratification, accession or succession to the '
    'Protocol of 25 March 1972 or to the 1961 Convention after the entry into force of the Protocol",'
    '"Accession(a), Succession(d), Ratification"\n'
)
needs_record = pytest.mark.skipif(
    RECORD is None, reason="UNPACT_RECORD does not name the folder of the public record"
)
# as the graph's own source has it
SNAPSHOT = ("--source", "id:source-untc-2015")
# three of the ten treaties are not in the graph
MEMBERS = (
    "--body",
    "CND",
    "--source",
    "Members of the CND",
    "--publisher",
    "UNODC",
    "--url",
    "https://x.org/",
)


class Imported(NamedTuple):
    """A run, the file it was to write, and what that holds."""

    result: Result
    path: Path

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def remarks(self) -> list[str]:
        """Behind the name of the table."""
        lines = self.result.stderr.splitlines()
        return [line.partition("table.csv:")[2] for line in lines if "table.csv:" in line]

    @property
    def comments(self) -> list[str]:
        return [line for line in self.text.splitlines()[1:] if line.startswith("#")]


def run(*words: object, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(command_line, list(map(str, words)), input=given)


def untc(folder: Path, table: str, *words: object, treaty: str = "UNTOC") -> Imported:
    source, output = folder / "table.csv", folder / "parties.ttl"
    source.write_text(table, encoding="utf-8")
    default = () if "--source" in words or "--as-of" in words else SNAPSHOT
    result = run("import", "untc", source, "--treaty", treaty, *default, *words, "-o", output)
    return Imported(result, output)


def memberships(folder: Path, table: str, *words: object) -> Imported:
    source, output = folder / "table.csv", folder / "members.ttl"
    source.write_text(table, encoding="utf-8")
    return Imported(run("import", "memberships", source, *MEMBERS, *words, "-o", output), output)


def assert_laid_out(*paths: Path) -> None:
    result = run("fmt", "--check", *paths)
    assert result.exit_code == 0, result.stdout


def assert_sound(*paths: Path) -> None:
    assert_laid_out(*paths)
    valid = run("validate", *paths, "--severity", "warning")
    assert valid.exit_code == 0, valid.stdout
    assert "Nothing found" in valid.stdout


@pytest.mark.slow
def test_acts_are_written_as_the_graph_writes_them(tmp_path: Path) -> None:
    table = HEADER + "Albania,12 Dec 2000,21 Aug 2002\nAfghanistan,14 Dec 2000,\n"
    made = untc(tmp_path, table, "--as-of", "12 March 2015")
    assert made.result.exit_code == 0
    assert made.result.stderr == (
        "2 rows, 2 with a known participant; written: 2 acts, 1 participant; confirmed in the graph: 1; "
        "left out: 0\n"
    )
    blocks = made.text.split("\n\n")
    assert blocks[1] == (
        "id:source-untc-untoc-2015-03-12 a unp:Source ;\n"
        '    rdfs:label "Multilateral Treaties Deposited with the Secretary-General: '
        'UN Convention against Transnational Organized Crime, as of 2015-03-12"@en ;\n'
        '    dcterms:publisher "United Nations Treaty Collection" ;\n'
        "    dcterms:source <https://treaties.un.org/pages/ViewDetails.aspx"
        "?src=TREATY&mtdsg_no=XVIII-12&chapter=18&lang=en> ;\n"
        '    unp:asOf "2015-03-12"^^xsd:date .'
    )
    assert blocks[2].startswith(
        'id:albania a unp:State ;\n    rdfs:label "Albania"@en ;\n    unp:iso2 "AL" ;\n'
    )
    assert blocks[4] == (
        "id:albania-ratification-untoc a unp:Ratification ;\n"
        '    rdfs:label "Ratification of the UN Convention against Transnational Organized Crime by '
        'Albania"@en ;\n'
        "    unp:actor id:albania ;\n"
        "    unp:treaty id:untoc ;\n"
        '    unp:date "2002-08-21"^^xsd:date ;\n'
        "    unp:accordingTo id:source-untc-untoc-2015-03-12 ."
    )
    # the graph has Afghanistan and its act
    assert [block.partition(" ")[0] for block in blocks[3:]] == [
        "id:albania-signature-untoc",
        "id:albania-ratification-untoc",
        "id:afghanistan-signature-untoc",
    ]
    assert_sound(made.path)
    asked = run("query", "party-status", "--state", "Albania", "--data", made.path, "--format", "csv")
    assert [line.rpartition("/")[2] for line in asked.stdout.splitlines()] != []
    assert "untoc" in asked.stdout
    assert "PartyStatus" in asked.stdout
    assert "2002-08-21" in asked.stdout


@pytest.mark.slow
def test_the_same_table_gives_the_same_bytes_whatever_it_replaces(tmp_path: Path) -> None:
    table = HEADER + "Albania,12 Dec 2000,21 Aug 2002\nBurma,,30 Mar 2004 a\n"
    first = untc(tmp_path, table).path.read_bytes()
    # the file is now one of those that the graph is built from
    again = untc(tmp_path, table, "--data", tmp_path / "parties.ttl")
    assert again.path.read_bytes() == first
    other = run(
        "import", "untc", tmp_path / "table.csv", "--treaty", "UNTOC", *SNAPSHOT, "--data", again.path
    )
    assert "unp:State" not in other.stdout
    assert "confirmed in the graph: 3" in other.stderr


@pytest.mark.slow
def test_an_act_of_the_article_is_confirmed_and_keeps_its_date(tmp_path: Path) -> None:
    made = untc(tmp_path, HEADER + "Pakistan,,4 Nov 2022 a\n", "--as-of", "2023-08-18", treaty="TIP")
    assert made.result.exit_code == 0
    assert made.text.endswith(
        "\n# Line 2: 2022-11-04\n\n"
        "id:pakistan-accession-tip-protocol unp:accordingTo id:source-untc-tip-protocol-2023-08-18 .\n"
    )
    assert made.remarks == [
        "2:11: note: id:pakistan-accession-tip-protocol keeps its date 2022-11; the table has 2022-11-04"
    ]
    assert_sound(made.path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "place", "what"),
    [
        (
            "Pakistan,,4 Nov 2010 a",
            "2:11",
            "unp:Accession of 2022-11, where the table has accession of 2010-11-04",
        ),
        (
            "Pakistan,,4 Nov 2022",
            "2:11",
            "unp:Accession of 2022-11, where the table has ratification of 2022-11-04",
        ),
        (
            "Pakistan,4 Nov 2001,",
            "2:10",
            "unp:Accession of 2022-11, where the table has signature of 2001-11-04",
        ),
    ],
)
def test_what_contradicts_the_graph_is_left_out(tmp_path: Path, row: str, place: str, what: str) -> None:
    made = untc(tmp_path, HEADER + row + "\n", "--as-of", "2023-08-18", treaty="TIP")
    assert made.result.exit_code == 0
    (remark,) = made.remarks
    assert remark.startswith(f"{place}: error: the graph has id:pakistan-accession-tip-protocol, {what}")
    (comment,) = made.comments
    words = " ".join(row.replace(",", " | ").split()).rstrip(" |")
    assert comment.startswith(f"# Left out, line 2: {words}: the graph has id:pakistan-accession")
    assert "unp:actor" not in made.text
    assert_laid_out(made.path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "Albanea,12 Dec 2000,",
            "2:1: error: no state or organization is called 'Albanea'. Did you mean Albania",
        ),
        ("Bermuda,12 Dec 2000,", "2:1: error: Bermuda is no state (Territory of GB)."),
        ("Albania,12 Dec 2000,21 Aug 2002 x", "2:21: error: the letter 'x' stands for no act"),
        ("Albania,31 Feb 2000,21 Aug 2002", "2:9: error: there is no day '31 Feb 2000'."),
        ("Albania,11/12/2000,21 Aug 2002", "2:9: error: in '11/12/2000' either number may be the month."),
        ("Albania,12 Dec 2000,21 Aug 2015", "2:21: error: 2015-08-21 is later than 2015-03-12"),
        ("Albania,12 Dec 2000,21 Aug 2002 a", "2:21: error: line 2 has signature by Albania"),
        ("Albania,,", "2:1: error: the row has no date (cell 'Albania')"),
        ('"Al\nbanea",12 Dec 2000,', "2:1: error: no state or organization is called 'Al banea'."),
    ],
)
def test_what_cannot_be_understood_is_named_and_commented_and_strict_refuses_it(
    tmp_path: Path, row: str, problem: str
) -> None:
    made = untc(tmp_path, HEADER + row + "\nAlgeria,12 Dec 2000,7 Oct 2002\n")
    assert made.result.exit_code == 0
    (remark,) = made.remarks
    assert remark.startswith(problem)
    (comment,) = made.comments
    assert comment.startswith(
        "# Left out, line 2: Al" if row.startswith(('"', "Al")) else "# Left out, line 2: B"
    )
    assert "id:algeria-ratification-untoc" in made.text
    assert_laid_out(made.path)
    made.path.write_text("before", encoding="utf-8")
    strict = untc(tmp_path, HEADER + row + "\nAlgeria,12 Dec 2000,7 Oct 2002\n", "--strict")
    assert strict.result.exit_code == 1
    assert strict.remarks == made.remarks
    assert strict.result.stderr.endswith("left out: 1; nothing was written, because of --strict\n")
    assert strict.text == "before"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


@pytest.mark.slow
def test_how_sure_the_facts_are_is_said_where_it_is_asked_for(tmp_path: Path) -> None:
    table = HEADER + "Albania,12 Dec 2000,21 Aug 2002\n"
    assert "unp:confidence" not in untc(tmp_path, table).text
    made = untc(tmp_path, table, "--confidence", "medium")
    assert made.text.count("unp:confidence unp:MediumConfidence .") == 2
    assert untc(tmp_path, table, "--confidence", "total").result.exit_code == 2


@pytest.mark.slow
def test_strict_writes_all_or_nothing_to_standard_output_too() -> None:
    words = ("import", "untc", "-", "--treaty", "UNTOC", *SNAPSHOT, "--strict")
    refused = run(*words, given=HEADER + "Oman,,13 May 2005 a\nNarnia,,13 May 2005 a\n")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "-:3:1: error: no state or organization is called 'Narnia'" in refused.stderr
    accepted = run(*words, given=HEADER + "Oman,,13 May 2005 a\n")
    assert accepted.exit_code == 0
    assert "id:oman-accession-untoc a unp:Accession" in accepted.stdout


@pytest.mark.slow
def test_what_is_odd_is_written_with_a_warning(tmp_path: Path) -> None:
    table = (
        HEADER
        + "Spain,13 Dec 2003,1 Mar 2002\n"
        + "Peru,,23 Jan 2002\nPeru,,24 Jan 2002\nPeru,,23 Jan 2002\n"
    )
    made = untc(tmp_path, table, "--strict")
    assert made.result.exit_code == 0
    assert made.remarks == [
        "2:19: warning: the ratification of 2002-03-01 is earlier than the signature of 2003-12-13",
        "4:7: warning: line 3 has another ratification by Peru, of 2002-01-23",
        "5:7: note: line 3 says the same",
    ]
    assert made.text.count("a unp:Ratification") == 3
    assert "id:peru-ratification-untoc-2002-01-24 a" in made.text
    assert_laid_out(made.path)
    valid = run("validate", made.path)
    assert valid.exit_code == 0
    assert "should/ratification" in valid.stdout


@pytest.mark.slow
def test_titles_footnotes_former_names_and_other_columns(tmp_path: Path) -> None:
    table = (
        "\ufeffStatus as at: 12-03-2015;;;\n"
        "Participant \u00b9;Signature;Ratification, Accession(a), Succession(d) 2;Remarks\n"
        "Serbia and Montenegro 3, 4;12 Dec 2000 [1];6 Sep 2001\u00b2;see note\n"
        "Zaïre*;;28 Oct 2005 a 5;\n"
        ";;;\n"
    )
    made = untc(tmp_path, table)
    assert made.result.exit_code == 0
    assert made.remarks == [
        "1:1: note: this row stands above the header and is not read",
        "2:69: note: no column is called 'Remarks', so it is not read",
    ]
    assert "with footnotes, which are passed over: 5" in made.result.stderr
    for name in ("serbia-signature", "serbia-ratification", "democratic-republic-of-the-congo-accession"):
        assert f"\nid:{name}-untoc a unp:" in made.text
    assert_sound(made.path)


@pytest.mark.slow
def test_other_kinds_of_consent_make_a_party_and_provisional_application_does_not(tmp_path: Path) -> None:
    table = (
        'Participant,"Definitive signature(s), Formal confirmation(c), Provisional application(n), '
        'Ratification"\n'
        "Chile,21 Feb 1975 s\nEuropean Economic Community,31 Dec 1990 c\nOman,26 Apr 1976 n\n"
    )
    made = untc(tmp_path, table, treaty="VI-19")
    amended = tmp_path / "amended.ttl"
    source = tmp_path / "amended.csv"
    source.write_text(AMENDED + "Pakistan,2 Jul 1999,\nAlbania,,14 Aug 2001 a\n", encoding="utf-8")
    words = ("--treaty", "VI-18", *SNAPSHOT, "-o", amended)
    assert run("import", "untc", source, *words).exit_code == 0
    assert_sound(made.path, amended)
    data = ("--data", made.path, "--data", amended, "--format", "csv")
    consents = [
        line
        for treaty in ("VI-19", "VI-18")
        for line in run("query", "parties-of", "--treaty", treaty, *data).stdout.splitlines()
    ]
    parties = {line.split(",")[0].rpartition("/")[2] for line in consents if "PartyStatus" in line}
    assert {"chile", "european-union", "pakistan", "albania"} <= parties
    assert "oman" not in parties
    kinds = run("query", "acts", *data).stdout
    for kind in (
        "DefinitiveSignature",
        "FormalConfirmation",
        "ProvisionalApplication",
        "ParticipationByProtocol",
    ):
        assert f"#{kind}," in kinds
    status = run("query", "party-status", "--state", "Chile", *data).stdout
    assert "#DefinitiveSignature" in status


@pytest.mark.slow
def test_only_the_participants_that_are_wanted(tmp_path: Path) -> None:
    table = HEADER + "Albania,12 Dec 2000,21 Aug 2002\nBurma,,30 Mar 2004 a\nOman,,13 May 2005 a\n"
    made = untc(tmp_path, table, "--only", "MMR", "--only", "ألبانيا")
    assert made.result.exit_code == 0
    assert {line.split()[0] for line in made.text.splitlines() if " a unp:" in line} == {
        "id:albania",
        "id:albania-signature-untoc",
        "id:albania-ratification-untoc",
        "id:myanmar",
        "id:myanmar-accession-untoc",
    }
    wrong = untc(tmp_path, table, "--only", "Burna")
    assert wrong.result.exit_code == 2
    assert "'Burna'. Did you mean Myanmar" in wrong.result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--treaty", "UNTO"), "--treaty: no Treaty is called 'UNTO'. A treaty that the graph does not have"),
        (("--treaty", "UNTOC", "--as-of", "soon"), "--as-of: 'soon' is no date."),
        (("--treaty", "UNTOC", "--source", "My list"), "a new one needs a publisher and an address"),
        (("--treaty", "UNTOC", *SNAPSHOT, "--publisher", "me"), "Leave --publisher and --url out"),
        (
            ("--treaty", "UNTOC", *SNAPSHOT, "--as-of", "2020"),
            "id:source-untc-2015 is as of 2015-03-12, not 2020.",
        ),
        (("--treaty", "UNTOC", "--url", "here"), "--url: 'here' is no web address."),
        (("--treaty", "UNTOC", "--delimiter", "||"), "--delimiter is one character"),
        (("--treaty", "UNTOC", "--delimiter", ";"), "-: no row is a header."),
        (("--treaty", "UNTOC", "--data", "/nowhere.ttl"), "/nowhere.ttl: no such file"),
        ((), "Missing option '--treaty'"),
    ],
)
def test_options_that_cannot_be_meant_end_with_2(words: tuple[str, ...], problem: str) -> None:
    result = run("import", "untc", "-", *words, given=HEADER + "Oman,,13 May 2005 a\n")
    assert result.exit_code == 2
    assert problem in result.stderr
    assert "a unp:Accession" not in result.stdout


@pytest.mark.slow
def test_a_table_in_another_encoding_leaves_no_file(tmp_path: Path) -> None:
    table, output = tmp_path / "t.csv", tmp_path / "t.ttl"
    table.write_bytes(HEADER.encode() + "Côte d'Ivoire,14 Dec 2000,\n".encode("latin-1"))
    result = run("import", "untc", table, "--treaty", "UNTOC", "-o", output)
    assert result.exit_code == 2
    assert f"{table}:2:2: the byte 0xf4 is not UTF-8." in result.stderr
    assert list(tmp_path.iterdir()) == [table]
    missing = run("import", "untc", tmp_path / "no.csv", "--treaty", "UNTOC", "-o", output)
    assert (missing.exit_code, "no such file" in missing.stderr) == (2, True)


@pytest.mark.slow
def test_a_new_source_is_written_and_named_after_its_title(tmp_path: Path) -> None:
    words = ("--source", "Our list", "--publisher", "Us", "--url", "https://x.org/a", "--as-of", "2020-01")
    made = untc(tmp_path, HEADER + "Oman,,13 May 2005 a\n", *words)
    assert made.result.exit_code == 0
    assert (
        '\nid:source-our-list-2020-01 a unp:Source ;\n    rdfs:label "Our list"@en ;\n'
        '    dcterms:publisher "Us" ;\n    dcterms:source <https://x.org/a> ;\n'
        '    unp:asOf "2020-01"^^xsd:gYearMonth .\n'
    ) in made.text
    assert_sound(made.path)


@pytest.mark.slow
def test_states_of_the_users_own_data_are_known(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix unp: <https://w3id.org/unpact/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<urn:bermuda> a unp:State ; rdfs:label "Bermuda"@en ; unp:iso3 "BMU" ; unp:accordingTo <urn:s> .\n'
        '<urn:narnia> a unp:State ; rdfs:label "Narnia"@en ; unp:acronym "NRN" ; unp:accordingTo <urn:s> .\n',
        encoding="utf-8",
    )
    table = HEADER + "Bermuda,,13 May 2005 a\nNRN,,13 May 2005 a\n"
    made = untc(tmp_path, table, "--data", mine, "--strict")
    assert made.result.exit_code == 0
    assert "unp:actor <urn:bermuda>" in made.text
    assert "unp:actor <urn:narnia>" in made.text
    assert untc(tmp_path, table, "--strict").result.exit_code == 1


def ten_tables(folder: Path) -> list[tuple[int, Result]]:
    """How many rows each of the ten real tables has, and what its import came to."""
    numbers = {f"6-{number}": f"VI-{number}" for number in range(15, 20)} | {"18-14": "XVIII-14"}
    numbers |= {f"18-12{letter}": f"XVIII-12{letter}" for letter in ("", "-a", "-b", "-c")}
    found = []
    for stem, number in numbers.items():
        table = Path(RECORD or "") / "untc" / f"{stem}.csv"
        words = ("--treaty", number, *SNAPSHOT, "--strict", "-o", folder / f"{stem}.ttl")
        rows = len(table.read_text(encoding="utf-8-sig").splitlines()) - 1
        found.append((rows, run("import", "untc", table, *words)))
    return found


@needs_record
def test_every_row_of_ten_real_tables_is_understood(tmp_path: Path) -> None:
    found = ten_tables(tmp_path)
    assert sum(rows for rows, _ in found) == 1647
    for rows, result in found:
        assert result.exit_code == 0, result.stderr
        assert result.stderr.startswith(f"{rows} rows, {rows} with a known participant; written:")
        assert result.stderr.endswith("left out: 0\n")
    assert_laid_out(*tmp_path.glob("*.ttl"))


@pytest.mark.slow
@needs_record
def test_ten_real_tables_together_are_valid(tmp_path: Path) -> None:
    ten_tables(tmp_path)
    paths = list(tmp_path.glob("*.ttl"))
    assert len(paths) == 10
    assert_sound(*paths)


@pytest.mark.slow
def test_memberships_are_written_as_the_graph_writes_them(tmp_path: Path) -> None:
    made = memberships(
        tmp_path,
        "Role,Term ends,Term begins,Member State\n"
        "Vice-President,Dec 2024,2022,Albania\n,,,Bahamas\n,2021,,Oman\n",
    )
    assert made.result.exit_code == 0
    assert made.result.stderr == (
        "3 rows, 3 with a known participant; written: 3 memberships, 3 participants; left out: 0\n"
    )
    assert (
        "\nid:albania-in-cnd-2022 a unp:Membership ;\n"
        '    rdfs:label "Membership of Albania in the Commission on Narcotic Drugs from 2022 to '
        '2024-12"@en ;\n'
        "    org:member id:albania ;\n"
        "    org:organization id:cnd ;\n"
        "    unp:role topic:vice-president-role ;\n"
        '    unp:start "2022"^^xsd:gYear ;\n'
        '    unp:end "2024-12"^^xsd:gYearMonth ;\n'
        "    unp:accordingTo id:source-members-of-the-cnd .\n"
    ) in made.text
    assert '"Membership of the Bahamas in the Commission on Narcotic Drugs"@en' in made.text
    assert "\nid:oman-in-cnd-until-2021 a unp:Membership" in made.text
    assert_sound(made.path)
    asked = run("query", "memberships", "--body", "CND", "--data", made.path, "--format", "csv")
    assert "id/albania,https://w3id.org/unpact/id/cnd,2022,2024-12" in asked.stdout


OMAN = """@prefix unp: <https://w3id.org/unpact/ontology#> .
@prefix id: <https://w3id.org/unpact/id/> .
@prefix topic: <https://w3id.org/unpact/topic/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

id:oman a unp:State ;
    rdfs:label "Oman"@en ;
    unp:iso3 "OMN" ;
    unp:accordingTo id:source-country-codes .

id:oman-in-cnd a unp:Membership ;
    rdfs:label "Oman's membership of the CND"@en ;
    org:member id:oman ;
    org:organization id:cnd ;
    unp:role topic:member-role ;
    unp:end "2023-12"^^xsd:gYearMonth ;
    unp:accordingTo id:source-country-codes .
"""


@pytest.fixture
def oman(tmp_path: Path) -> Path:
    """A membership of which only the end is known."""
    path = tmp_path / "oman.ttl"
    path.write_text(OMAN, encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_membership_of_the_graph_gets_the_start_that_it_lacks(tmp_path: Path, oman: Path) -> None:
    table = "member,from,to\nOman,2020-01-01,2023-12-31\nOman,1 Jan 2026,\n"
    made = memberships(tmp_path, table, "--data", oman)
    assert made.result.exit_code == 0
    assert made.text.partition("\nid:oman-in-cnd unp:")[2].startswith(
        'start "2020-01-01"^^xsd:date ;\n    unp:accordingTo id:source-members-of-the-cnd .\n'
        "[] a owl:Axiom ; owl:annotatedSource id:oman-in-cnd ; owl:annotatedProperty unp:start ; "
        'owl:annotatedTarget "2020-01-01"^^xsd:date ; unp:accordingTo id:source-members-of-the-cnd .\n'
    )
    assert "id:oman-in-cnd-2026-01-01 a unp:Membership" in made.text
    assert_sound(made.path, oman)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("Narnia,2022,2024,", "2:1: error: no state or organization is called 'Narnia'"),
        ("Oman,2024,2022,", "2:11: error: the end 2022 is before the start 2024"),
        ("Oman,11/12/2022,,", "2:6: error: in '11/12/2022' either number may be the month"),
        ("Oman,2022,,chieftain", "2:12: error: no Concept is called 'chieftain'"),
        ("Oman,2022,,drugs", "2:12: error: topic:drugs is no role."),
        ("Oman,2021,2023,\nOman,2022,2024,", "3:1: error: line 2 has Oman in the same body at the same time"),
        (
            "Pakistan,2023,2025,",
            "2:1: error: the graph has id:pakistan-in-cnd from 2020-01-01 to 2023-12, which is at the same",
        ),
    ],
)
def test_a_membership_that_cannot_be_is_left_out(tmp_path: Path, rows: str, problem: str) -> None:
    made = memberships(tmp_path, f"member,from,to,role\n{rows}\n")
    assert made.result.exit_code == 0
    (remark,) = made.remarks
    assert remark.startswith(problem)
    assert len(made.comments) == 1
    assert_laid_out(made.path)
    assert memberships(tmp_path, f"member,from,to,role\n{rows}\n", "--strict").result.exit_code == 1


@pytest.mark.slow
def test_an_earlier_term_beside_one_without_a_start_is_written_with_a_warning(
    tmp_path: Path, oman: Path
) -> None:
    table = "member,from,to\nOman,2016-01-01,2019-12-31\nOman,2020-01-01,2023-12-31\n"
    made = memberships(tmp_path, table, "--data", oman)
    (remark,) = made.remarks
    assert "which may be at the same time" in remark
    assert "id:oman-in-cnd-2016-01-01 a unp:Membership" in made.text
    # the second row says when the other began
    assert_sound(made.path, oman)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--body", "CND"), "a membership rests on a source."),
        (("--body", "CNX", *MEMBERS[2:]), "no Organization is called 'CNX'"),
        (("--body", "CND", "--source", "X"), "a new one needs a publisher and an address"),
        (MEMBERS, "-: no row is a header. There should be the headings member, from, to and role"),
    ],
)
def test_options_of_memberships_that_cannot_be_meant_end_with_2(words: tuple[str, ...], problem: str) -> None:
    result = run("import", "memberships", "-", *words, given="a,b\n1,2\n")
    assert result.exit_code == 2
    assert problem in result.stderr


def test_each_form_has_help_with_an_example() -> None:
    for form in ("untc", "memberships"):
        result = run("import", form, "--help")
        assert result.exit_code == 0
        assert f"unpact import {form}" in result.output.partition("Example")[2]
    assert run("import", "other").exit_code == 2


@pytest.mark.slow
def test_what_stands_in_a_table_does_not_steer_the_terminal(tmp_path: Path) -> None:
    made = untc(tmp_path, HEADER + "Al\x1b[31mbania,12 Dec 2000,\n")
    assert made.result.exit_code == 0
    assert "\x1b" not in made.result.stderr + made.text


@pytest.mark.slow
def test_nothing_heavy_is_imported(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(HEADER + "Oman,,13 May 2005 a\n", encoding="utf-8")
    code = (
        "import sys\nfrom unpact.cli.main import command_line\n"
        "command_line(sys.argv[1:], standalone_mode=False)\n"
        "print(sorted({'rdflib', 'pyshacl', 'owlrl', 'rich', 'yaml'} & set(sys.modules)), file=sys.stderr)"
    )
    words = [sys.executable, "-c", code, "import", "untc", str(table), "--treaty", "UNTOC"]
    for _ in range(2):  # the first run may have to build the graph
        done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")
def test_a_long_table_has_a_bar_on_a_terminal_and_only_there(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    # a long title is quicker to read than many rows
    table.write_text(("x" * 120_000 + "\n") * 40 + HEADER + "Oman,,13 May 2005 a\n", encoding="utf-8")
    words = [sys.executable, "-m", "unpact", "import", "untc", str(table), "--treaty", "UNTOC"]
    main_end, its_end = os.openpty()
    try:
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=its_end, check=True, timeout=60)
        shown = os.read(main_end, 65536)
    finally:
        os.close(main_end)
        os.close(its_end)
    assert b"reading" in shown
    assert b"%" in shown
    plain = subprocess.run(words, capture_output=True, check=True, timeout=60)
    assert b"%" not in plain.stderr
