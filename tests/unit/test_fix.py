"""Which literals are mended, which near twins are not, and what else of a file stays as it is."""

from __future__ import annotations

import gzip
import os
import shutil
import stat
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from unpact.corpus import Corpus, bundled
from unpact.errors import UsageError
from unpact.names import ID, PREFIXES, UNP, XSD
from unpact.validate.fix import apply, proposed_fixes
from unpact.validate.run import validate
from unpact.validate.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.validate.fix import Proposal

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
ONTOLOGY = "unp:Lamp a owl:Class . unp:Keeper a owl:Class ."
MUST = """
unp:LampShape a sh:NodeShape ; sh:targetClass unp:Lamp ; sh:property
    unp:Label , unp:English , unp:Note , unp:Title , unp:Date , unp:Number , unp:Count , unp:Code ,
    unp:Colour , unp:Own , unp:Mixed , unp:Once , unp:Before .
unp:Label sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ; sh:languageIn ( "en" "fr" "ar" ) .
unp:English sh:path rdfs:label ; sh:qualifiedValueShape [ sh:languageIn ( "en" ) ] ; sh:qualifiedMinCount 1 .
unp:Note sh:path skos:note ; sh:languageIn ( "en" "fr" ) .
unp:Title sh:path dcterms:title ; sh:datatype rdf:langString ; sh:languageIn ( "en-GB" ) .
unp:Date sh:path unp:date ;
    sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYearMonth ] [ sh:datatype xsd:gYear ] ) .
unp:Number sh:path unp:number ; sh:xone ( [ sh:datatype xsd:integer ] [ sh:datatype xsd:decimal ] ) .
unp:Count sh:path unp:count ; sh:datatype xsd:integer .
unp:Code sh:path unp:code ; sh:datatype xsd:string ; sh:pattern "^[A-Z]{3}$" .
unp:Colour sh:path unp:colour ; sh:in ( "red" "blue" ) ; sh:maxLength 4 .
unp:Own sh:path unp:own ; sh:datatype unp:odd .
unp:Mixed sh:path unp:mixed ; sh:or ( [ sh:datatype xsd:gYear ] [ sh:datatype xsd:date ; sh:pattern "^2" ] ) .
unp:Once sh:path unp:once ; sh:datatype xsd:gYear ; sh:maxCount 1 .
unp:Before sh:path unp:begin ; sh:or ( [ sh:datatype xsd:gYear ] [ sh:datatype xsd:integer ] ) ;
    sh:lessThan unp:end .
"""
FINE = 'a unp:Lamp ; rdfs:label "L"@en'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "ontology/unpact.ttl", ONTOLOGY)
    write(tmp_path / "ontology/shapes/must/lamps.ttl", MUST)
    write(tmp_path / "data/article/lamps.ttl", f"id:lamp {FINE} .\n")
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((HEAD + text).encode())
    return path


def proposal(root: Path, *paths: Path, selection: Selection | None = None) -> Proposal:
    corpus = Corpus(root)
    found = validate(corpus, paths, cache=False)
    return proposed_fixes(found, corpus, selection=selection or Selection(), cache=False)


def mended(root: Path, text: str) -> str:
    """A file without its prefixes once all that is safe is mended; a second time changes nothing."""
    mine = write(root / "mine.ttl", text)
    apply(proposal(root, mine).fixes)
    after = mine.read_bytes()
    assert proposal(root, mine).fixes == []
    return after.decode().removeprefix(HEAD)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('a unp:Lamp ; rdfs:label "A lamp"', 'a unp:Lamp ; rdfs:label "A lamp"@en'),
        ('a unp:Lamp ; rdfs:label "A lamp" , "Lampe"@fr', 'a unp:Lamp ; rdfs:label "A lamp"@en , "Lampe"@fr'),
        (f"{FINE} ; dcterms:title 'T'", f"{FINE} ; dcterms:title 'T'@en-GB"),
        (f'{FINE} ; dcterms:title "T" , "U"', f'{FINE} ; dcterms:title "T"@en-GB , "U"@en-GB'),
        (f'{FINE} ; unp:date "2016-12"', f'{FINE} ; unp:date "2016-12"^^xsd:gYearMonth'),
        (f'{FINE} ; unp:date "2016"^^xsd:string', f'{FINE} ; unp:date "2016"^^xsd:gYear'),
        (f"{FINE} ; unp:date 2016", f'{FINE} ; unp:date "2016"^^xsd:gYear'),
        (f'{FINE} ; unp:date "2016-12-31"^^<urn:d>', f'{FINE} ; unp:date "2016-12-31"^^xsd:date'),
        (f'{FINE} ; unp:number "2.5"', f'{FINE} ; unp:number "2.5"^^xsd:decimal'),
        (f'{FINE} ; unp:count "007"', f'{FINE} ; unp:count "007"^^xsd:integer'),
        (f'{FINE} ; unp:code " PAK\\t"', f'{FINE} ; unp:code "PAK"'),
        (f'{FINE} ; unp:code """PAK\n"""^^xsd:string', f'{FINE} ; unp:code """PAK"""^^xsd:string'),
        (f'{FINE} ; unp:colour "red "', f'{FINE} ; unp:colour "red"'),
        (f'{FINE} ; unp:once "2016"', f'{FINE} ; unp:once "2016"^^xsd:gYear'),
    ],
)  # fmt: skip
def test_what_has_one_safe_mend_is_mended(root: Path, before: str, after: str) -> None:
    assert mended(root, f"id:a {before} .\n") == f"id:a {after} .\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f'{FINE} ; rdfs:label "A lamp"', id="English is there already"),
        pytest.param(f'{FINE} ; rdfs:label "L"', id="the mended label is there already"),
        pytest.param('a unp:Lamp ; rdfs:label "A" , "B"', id="either of two labels could be the English one"),
        pytest.param(f'{FINE} ; skos:note "N"', id="two languages are possible"),
        pytest.param(f'{FINE} ; skos:note "N"@de', id="another language"),
        pytest.param(f'{FINE} ; dcterms:title " "', id="no text that could have a language"),
        pytest.param(f'{FINE} ; unp:number "5"', id="the text fits two datatypes"),
        pytest.param(f'{FINE} ; unp:date "May 2016"', id="the text fits no datatype"),
        pytest.param(f'{FINE} ; unp:date "2016-02-30"', id="a day that there is not"),
        pytest.param(f'{FINE} ; unp:date " 2016"', id="blanks are not taken from a date"),
        pytest.param(f'{FINE} ; unp:date "2016"@en', id="a language would be lost"),
        pytest.param(f'{FINE} ; unp:own "x"', id="nobody knows what is well formed for the datatype"),
        pytest.param(f'{FINE} ; unp:mixed "2016"', id="the alternatives are more than datatypes"),
        pytest.param(f'{FINE} ; unp:code "P AK"', id="a blank inside"),
        pytest.param(f'{FINE} ; unp:code "pak "', id="wrong even without the blank"),
        pytest.param(f'{FINE} ; unp:code " "', id="nothing but a blank"),
        pytest.param(f'{FINE} ; unp:code "PAK " , "PAK"', id="the code is there already"),
        pytest.param(f'{FINE} ; unp:code "PAK " , " PAK"', id="two would become one"),
        pytest.param(f'{FINE} ; unp:once "2016" , "2017"', id="one is too many, whichever way it is written"),
        pytest.param(f'{FINE} ; unp:begin "2016" ; unp:end "2017"^^xsd:string', id="not comparable then"),
    ],
)  # fmt: skip
def test_near_twins_are_left_as_they_are(root: Path, text: str) -> None:
    assert mended(root, f"id:a {text} .\n") == f"id:a {text} .\n"


@pytest.mark.slow
def test_a_candidate_may_be_ruled_out_by_another_property(root: Path) -> None:
    text = f'id:a {FINE} ; unp:begin "2016" ; unp:end "2017"^^xsd:gYear .\n'
    assert mended(root, text) == text.replace('"2016"', '"2016"^^xsd:gYear')


@pytest.mark.slow
def test_nothing_but_the_literals_changes(root: Path) -> None:
    text = (
        '# a comment: "A lamp"\r\nid:a a unp:Lamp; # caf\u00e9\r\n\trdfs:label  \'caf\\u00e9 "A"\'  ;\r\n'
        "  unp:date  '''2016'''  ^^  <urn:d>  . # \"2016\"\r\n\r\n[] a unp:Lamp ; rdfs:label 'B' ."
    )
    assert mended(root, text) == text.replace('"A"\'', '"A"\'@en').replace(
        "'''2016'''  ^^  <urn:d>", "'''2016'''^^xsd:gYear"
    ).replace("'B'", "'B'@en")


def test_a_byte_order_mark_stays(root: Path) -> None:
    mine = root / "mine.ttl"
    content = b"\xef\xbb\xbf" + (HEAD + 'id:a a unp:Lamp ; rdfs:label "A" ; rdfs:label "A" .\n').encode()
    mine.write_bytes(content)
    apply(proposal(root, mine).fixes)
    assert mine.read_bytes() == content.replace(b'"A"', b'"A"@en')


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["nt", "nq", "trig"])
def test_other_syntaxes_of_the_family_are_mended(root: Path, suffix: str) -> None:
    mine = root / f"mine.{suffix}"
    a = f"<{ID}a>"
    text = (
        f'{a} <{PREFIXES["rdf"]}type> <{UNP}Lamp> .\n{a} <{PREFIXES["rdfs"]}label> "A" .\n'
        f'{a} <{UNP}date> "2016" .\n'
    )
    mine.write_text(text, encoding="utf-8")
    apply(proposal(root, mine).fixes)
    assert mine.read_text(encoding="utf-8") == text.replace('"A"', '"A"@en').replace(
        '"2016"', f'"2016"^^<{XSD}gYear>'
    )


def test_a_triple_is_mended_wherever_the_users_files_have_it(root: Path) -> None:
    text = f'id:a {FINE} ; unp:code "PAK " .\nid:a unp:code "PAK " .\n'
    mine = [write(root / f"{name}.ttl", text) for name in ("one", "two")]
    found = proposal(root, *mine)
    assert [len(fix.edits) for fix in found.fixes] == [2, 2]
    apply(found.fixes)
    assert [path.read_text(encoding="utf-8") for path in mine] == [HEAD + text.replace("K ", "K")] * 2


@pytest.mark.slow
def test_a_triple_that_also_stands_where_nothing_may_be_written_is_left(root: Path) -> None:
    text = f'id:a {FINE} ; unp:code "PAK " .\n'
    mine = write(root / "mine.ttl", text)
    write(root / "data/article/lamps.ttl", text)
    assert proposal(root, mine).fixes == []
    (fix,) = proposal(root).fixes
    assert fix.file.relative == "data/article/lamps.ttl"
    (root / "data/article/lamps.ttl").write_text(HEAD, encoding="utf-8")
    packed = root / "packed.ttl.gz"
    packed.write_bytes(gzip.compress((HEAD + text).encode()))
    found = proposal(root, mine, packed)
    assert found.fixes == []
    assert found.notes == [f"{packed} is left as it is, since it is compressed"]


def test_a_language_that_is_left_over_is_no_reason_to_take_it(root: Path) -> None:
    # English and French are there already, one of them in another file, and only Arabic is not
    mine = write(root / "mine.ttl", 'id:lamp rdfs:label "Kerze" , "Lampe"@fr .\n')
    assert proposal(root, mine).fixes == []


def test_what_is_missing_may_be_missing_in_another_file(root: Path) -> None:
    write(root / "data/article/lamps.ttl", "id:lamp a unp:Lamp .\n")
    mine = write(root / "mine.ttl", 'id:lamp rdfs:label "A lamp" .\n')
    (fix,) = proposal(root, mine).fixes
    assert fix.after == fix.before.replace('"A lamp"', '"A lamp"@en')


@pytest.mark.slow
def test_a_mend_that_brings_another_finding_is_left_out(root: Path) -> None:
    write(
        root / "ontology/shapes/must/unique.ttl",
        'unp:Unique a sh:NodeShape ; sh:targetSubjectsOf unp:code ; sh:sparql [ sh:select """'
        "SELECT $this WHERE { $this <https://w3id.org/unpact/ontology#code> ?code ."
        ' ?other <https://w3id.org/unpact/ontology#code> ?code FILTER(?other != $this) }""" ] .\n',
    )
    text = "".join(
        f'id:{name} {FINE} ; unp:code "{code}" .\n'
        for name, code in (("a", "PAK "), ("b", "PAK"), ("c", "IRN "))
    )
    assert mended(root, text) == text.replace("IRN ", "IRN")
    # neither of two that do not go together comes first
    text = text.replace('"PAK"', '" PAK"')
    assert mended(root, text) == text.replace("IRN ", "IRN")


@pytest.mark.slow
def test_an_annotated_literal_is_not_changed_in_part(root: Path) -> None:
    text = f'id:a {FINE} ; unp:code "PAK " {{| rdfs:comment "x" |}} .\nid:b {FINE} ; unp:code "PAK " .\n'
    assert mended(root, text) == text.replace('code "PAK " .', 'code "PAK" .')


def test_only_selected_checks_are_mended(root: Path) -> None:
    mine = write(root / "mine.ttl", f'id:a {FINE} ; unp:code "PAK " ; unp:date "2016" .\n')
    (fix,) = proposal(root, mine, selection=Selection(select=("Code",))).fixes
    assert fix.after == fix.before.replace("PAK ", "PAK")
    assert [finding.check for finding in fix.findings] == ["must/Code"]


def test_a_proposal_says_what_is_left(root: Path) -> None:
    mine = write(root / "mine.ttl", f'id:a {FINE} ; unp:code "PAK " ; skos:note "x" .\n')
    found = proposal(root, mine)
    left = [finding.check for finding in found.left.findings if finding.check.startswith("must/")]
    assert left == ["must/Note"]
    assert [result.value for result in found.left.results] == [Literal("x")]
    assert mine.read_text(encoding="utf-8") == found.fixes[0].before


@pytest.mark.slow
def test_a_contradiction_that_a_mend_takes_away_is_not_left(root: Path) -> None:
    write(root / "ontology/unpact.ttl", f"{ONTOLOGY} unp:count rdfs:range xsd:integer .")
    mine = write(root / "mine.ttl", f'id:a {FINE} ; unp:count "7" . id:b {FINE} ; unp:count "seven" .\n')
    before = validate(Corpus(root), [mine], cache=False).findings
    after = proposal(root, mine).left.findings
    of_datatypes = [
        [each.focus.value.removeprefix(ID) for each in found if each.check == "consistency/datatype"]
        for found in (before, after)
    ]
    assert of_datatypes == [["a", "b"], ["b"]]


@pytest.mark.slow
def test_the_users_own_shapes_alone(root: Path) -> None:
    shapes = write(root / "shapes.ttl", "unp:S sh:targetSubjectsOf unp:p ; sh:property unp:P .\n"
        "unp:P sh:path unp:p ; sh:datatype xsd:gYear .\n")  # fmt: skip
    mine = write(root / "mine.ttl", 'id:a unp:p "2016" .\n')
    corpus = Corpus(root)
    for engine in ("set", "pyshacl"):
        found = validate(corpus, [mine], shapes=[shapes], alone=True, engine=engine)
        (fix,) = proposed_fixes(found, corpus, engine=engine).fixes
        assert fix.after == fix.before.replace('"2016"', '"2016"^^xsd:gYear')
        assert [finding.value for finding in fix.findings] == [Literal("2016")]


@pytest.mark.slow
def test_an_installed_tree_is_not_mended(root: Path, tmp_path: Path) -> None:
    installed = tmp_path / "lib" / "site-packages" / "unpact" / "_corpus"
    shutil.copytree(root / "ontology", installed / "ontology")
    shutil.copytree(root / "data", installed / "data")
    with pytest.raises(UsageError, match="is not mended"):
        proposal(installed)
    mine = write(root / "mine.ttl", f'id:a {FINE} ; unp:code "PAK " .\n')
    assert len(proposal(installed, mine).fixes) == 1


@pytest.mark.slow
def test_a_file_of_the_tree_that_the_user_names_is_mended(root: Path) -> None:
    mine = write(root / "data/article/lamps.ttl", f'[] {FINE} ; unp:code "PAK " .\n')
    (fix,) = proposal(root, mine).fixes
    apply([fix])
    assert mine.read_text(encoding="utf-8") == fix.before.replace("PAK ", "PAK")


def test_files_that_are_not_rdf_are_not_mended(root: Path) -> None:
    mine = write(root / "mine.ttl", f'id:a {FINE} ; unp:code "PAK " ; unp:count "x"^^xsd:integer .\n')
    assert proposal(root, mine).fixes == []


def test_a_file_that_has_changed_is_not_written(root: Path) -> None:
    text = f'id:a {FINE} ; unp:code "PAK " .\n'
    one, two = (write(root / f"{name}.ttl", text) for name in ("one", "two"))
    fixes = proposal(root, one, two).fixes
    two.write_bytes(two.read_bytes() + b"\n")
    with pytest.raises(UsageError, match=r"two\.ttl: the file has changed since it was validated"):
        apply(fixes)
    assert one.read_text(encoding="utf-8") == HEAD + text
    two.unlink()
    with pytest.raises(UsageError, match="no such file"):
        apply(fixes)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions")
def test_permissions_and_links_stay(root: Path) -> None:
    real = write(root / "real.ttl", f'id:a {FINE} ; unp:code "PAK " .\n')
    real.chmod(0o640)
    link = root / "link.ttl"
    link.symlink_to(real)
    apply(proposal(root, link).fixes)
    assert link.is_symlink()
    assert b'"PAK"' in real.read_bytes()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert not list(root.glob(".*.part"))


def test_a_file_that_cannot_be_written_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = write(root / "mine.ttl", f'id:a {FINE} ; unp:code "PAK " .\n')
    fixes = proposal(root, mine).fixes
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UsageError, match=r"mine\.ttl: cannot be written \(it is write-protected\)"):
        apply(fixes)


@pytest.mark.slow
def test_faults_in_the_real_data_are_mended_as_they_were(tmp_path: Path) -> None:
    for name in ("ontology", "data"):
        shutil.copytree(bundled().root / name, tmp_path / name)
    right = {}
    for name, old, new in (
        ("data/article/bodies.ttl", 'rdfs:label "Security Council"@en', 'rdfs:label "Security Council"'),
        ("data/article/treaties.ttl", '"2022-11"^^xsd:gYearMonth', '"2022-11"'),
        ("data/record/states.ttl", 'unp:iso3 "PAK"', 'unp:iso3 "PAK "'),
    ):
        path = tmp_path / name
        text = path.read_text(encoding="utf-8")
        right.setdefault(path, text)
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    found = proposal(tmp_path)
    assert found.left.findings == []
    apply(found.fixes)
    assert {path: path.read_text(encoding="utf-8") for path in right} == right


def test_the_text_of_a_file_and_its_edits_agree(root: Path) -> None:
    mine = write(root / "mine.ttl", f'id:a {FINE} ; unp:code "PAK " .\n')
    (fix,) = proposal(root, mine).fixes
    (edit,) = fix.edits
    assert fix.before[edit.start : edit.end] == '"PAK "'
    quads = set(parse(input=fix.after, format=RdfFormat.TURTLE))
    assert {quad.object for quad in quads if quad.predicate == NamedNode(UNP + "code")} == {Literal("PAK")}
