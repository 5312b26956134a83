from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib.plugins.sparql import prepareQuery

from unpact.corpus import Corpus
from unpact.errors import UsageError
from unpact.finding import Finding, Place, Severity
from unpact.names import ID, PREFIXES, UNP
from unpact.shacl.prepared import PreparedGraph
from unpact.validate.run import Validation, validate

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.plugins.sparql.sparql import Query

    from unpact.shacl.engine import EngineName

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
ONTOLOGY = "unp:OilLamp a owl:Class ; rdfs:subClassOf unp:Lamp . unp:Lamp a owl:Class ."
MUST = """
unp:LampShape a sh:NodeShape ; sh:targetClass unp:Lamp ;
    sh:property unp:LampColour , [ sh:path unp:height ; sh:maxCount 1 ; sh:message "one height only" ] .
unp:LampColour a sh:PropertyShape ; sh:path unp:colour ; sh:minCount 1 ; sh:in ( "red" "blue" ) ;
    sh:message "Give the lamp a colour, red or blue."@en , "Couleur?"@fr .
unp:LampOwner a sh:NodeShape ; sh:targetClass unp:Lamp ;
    sh:property unp:LampOwned , unp:LampRoute .
unp:LampOwned a sh:PropertyShape ; sh:path [ sh:inversePath unp:owns ] ; sh:class unp:Keeper .
unp:LampRoute a sh:PropertyShape ; sh:path ( unp:in [ sh:zeroOrMorePath unp:partOf ] ) ; sh:nodeKind sh:IRI .
"""
SHOULD = '''
unp:LampAge a sh:NodeShape ; sh:targetClass unp:OilLamp ; sh:severity sh:Info ; sh:sparql unp:LampAgeQuery .
unp:LampAgeQuery sh:message "A lamp older than 99 years." ; sh:select """
    SELECT $this ?value WHERE { $this <https://w3id.org/unpact/ontology#age> ?value . FILTER(?value > 99) }
    """ .
'''
LAMPS = 'id:lamp a unp:OilLamp ; unp:colour "red" .\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "ontology/unpact.ttl": ONTOLOGY,
        "ontology/shapes/must/lamps.ttl": MUST,
        "ontology/shapes/should/lamps.ttl": SHOULD,
        "data/article/lamps.ttl": LAMPS,
    }
    for name, text in files.items():
        write(tmp_path / name, text)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def of_facts(validation: Validation) -> list[Finding]:
    """The findings about facts; this small world has idle shapes and undeclared terms, found as well."""
    left_out = ("shapes/", "consistency/undeclared")
    return [finding for finding in validation.findings if not finding.check.startswith(left_out)]


def checked(root: Path, text: str, engine: EngineName = "set") -> list[Finding]:
    """The findings when `text` joins the lamps."""
    mine = write(root / "mine.ttl", text)
    found = of_facts(validate(Corpus(root), [mine], engine=engine))
    assert all(finding.file == mine.as_posix() for finding in found)
    return found


def test_data_that_conforms_has_no_findings(root: Path) -> None:
    assert of_facts(validate(Corpus(root))) == []


def test_a_finding_says_everything(root: Path) -> None:
    (finding,) = checked(root, '# a comment\nid:other a unp:Lamp ;\n    unp:colour "green" .\n')
    line = HEAD.count("\n") + 3
    assert finding == Finding(
        check="must/LampColour",
        severity=Severity.VIOLATION,
        message="Give the lamp a colour, red or blue.",
        focus=NamedNode(ID + "other"),
        path=NamedNode(UNP + "colour"),
        value=Literal("green"),
        place=Place((root / "mine.ttl").as_posix(), line, 16, line, 23),
        mend='Write one of "red", "blue".',
    )


def test_a_missing_value_is_reported_where_the_subject_begins(root: Path) -> None:
    (finding,) = checked(root, "\n\nid:other a unp:OilLamp .\n")
    assert (finding.check, finding.line) == ("must/LampColour", HEAD.count("\n") + 3)


def test_the_folder_is_the_severity_and_an_unnamed_shape_has_the_name_around_it(root: Path) -> None:
    found = checked(root, 'id:lamp unp:age 100 .\nid:lamp unp:height 3 , 4 .\nid:x unp:colour "red" .\n')
    assert [(each.check, each.severity, each.line) for each in found] == [
        ("must/LampShape", Severity.VIOLATION, HEAD.count("\n") + 2),
        ("should/LampAge", Severity.WARNING, HEAD.count("\n") + 1),
    ]


def test_the_reference_gives_the_same_findings(root: Path) -> None:
    text = """
        id:other a unp:Lamp ; unp:colour "green" ; unp:height 1 , 2 .
        id:lamp unp:age 100 ; unp:in "here" .
        id:x unp:owns id:lamp .
        id:third a unp:OilLamp .
        """
    mine = write(root / "mine.ttl", text)
    found, reference = (
        of_facts(validate(Corpus(root), [mine], engine=engine)) for engine in ("set", "pyshacl")
    )
    assert found == reference
    assert len(found) == 6
    assert sum(each.mend is not None for each in found) == 5


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["set", "pyshacl"])
def test_what_differs_only_in_its_mend_is_one_finding(root: Path, engine: EngineName) -> None:
    more = 'unp:LampOwned sh:nodeKind sh:Literal . unp:LampColour sh:hasValue "red" .\n'
    write(root / "ontology/shapes/must/lamps.ttl", f"{MUST}{more}")
    owned, colour = checked(root, "id:x unp:owns id:other .\nid:other a unp:Lamp ; unp:height 1 .\n", engine)
    assert (owned.check, owned.line) == ("must/LampOwned", HEAD.count("\n") + 1)
    assert owned.mend == (
        'Name a unp:Keeper, or say what it is: id:x a unp:Keeper .\nWrite a value in quotation marks: "…".'
    )
    assert (colour.check, colour.line) == ("must/LampColour", HEAD.count("\n") + 2)
    assert colour.mend == 'Add unp:colour "red" to id:other.\nGive id:other a value for unp:colour.'
    # two values are two things to mend, though they are of one check
    found = checked(root, "id:x unp:owns id:lamp .\nid:y unp:owns id:lamp .\n", engine)
    assert [(each.check, each.line) for each in found] == [
        ("must/LampOwned", HEAD.count("\n") + number) for number in (1, 2)
    ]


def test_types_that_are_inferred_are_seen(root: Path) -> None:
    # the shape speaks of lamps, and only oil lamps are asserted
    write(root / "data/article/lamps.ttl", "id:lamp a unp:OilLamp .\n")
    (finding,) = of_facts(validate(Corpus(root)))
    assert (finding.check, finding.file) == ("must/LampColour", "data/article/lamps.ttl")


def test_a_thing_that_is_only_named_is_reported_once_where_it_is_named(root: Path) -> None:
    # by its range, what is lit is a lamp, and this one is misspelt; that it has no colour goes without saying
    write(root / "data/article/lamps.ttl", LAMPS + 'id:lamp rdfs:label "A lamp" .\n')
    write(
        root / "ontology/unpact.ttl", ONTOLOGY + "\nunp:lights a owl:ObjectProperty ; rdfs:range unp:Lamp .\n"
    )
    (finding,) = checked(root, 'id:keeper rdfs:label "Keeper" ;\n    unp:lights id:lampp .\n')
    assert (finding.check, finding.value) == ("consistency/only-named", NamedNode(ID + "lampp"))
    assert finding.mend == "Did you mean id:lamp?"
    assert finding.line == HEAD.count("\n") + 2


def test_nodes_that_rules_make_are_not_checked(root: Path) -> None:
    rule = root / "ontology" / "rules" / "01_twin.rq"
    rule.parent.mkdir()
    rule.write_text(
        "CONSTRUCT { ?twin a unp:Lamp }\n"
        'WHERE { ?lamp a unp:OilLamp BIND(IRI(CONCAT(STR(?lamp), "-twin")) AS ?twin) }\n',
        encoding="utf-8",
    )
    assert of_facts(validate(Corpus(root))) == []


def test_a_path_is_written_as_sparql_writes_it(root: Path) -> None:
    found = checked(
        root, "id:somebody unp:owns id:lamp .\nid:lamp unp:in id:tower .\nid:tower unp:partOf 7 .\n"
    )
    assert {(each.check, each.path) for each in found} == {
        ("must/LampOwned", Literal("^unp:owns")),
        ("must/LampRoute", Literal("unp:in/(unp:partOf*)")),
    }
    (owned,) = [each for each in found if each.check == "must/LampOwned"]
    assert owned.value == NamedNode(ID + "somebody")


def test_only_the_users_file_can_be_checked(root: Path) -> None:
    write(root / "data/article/lamps.ttl", "id:lamp a unp:OilLamp .\n")
    mine = write(root / "mine.ttl", 'id:other a unp:OilLamp ; unp:colour "red" .\n')
    assert of_facts(validate(Corpus(root), [mine], alone=True)) == []


def test_every_ill_typed_literal_is_found(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    wrong = 'id:a unp:date "2020-13-45"^^xsd:date .\nid:b unp:number "x"^^xsd:integer .\n'
    with caplog.at_level(logging.WARNING):
        found = checked(root, wrong)
    assert [(each.check, each.line, each.value) for each in found] == [
        (
            "syntax/literal",
            HEAD.count("\n") + number,
            Literal(value, datatype=NamedNode(PREFIXES["xsd"] + kind)),
        )
        for number, value, kind in ((1, "2020-13-45", "date"), (2, "x", "integer"))
    ]
    assert "is not a valid xsd:date" in found[0].message
    assert not caplog.records


def test_every_file_with_wrong_syntax_is_found(root: Path) -> None:
    broken = [write(root / f"{name}.ttl", "id:a unp:b .\n") for name in ("one", "two")]
    found = validate(Corpus(root), broken).findings
    assert [(each.check, each.file, each.line) for each in found] == [
        ("syntax/rdf", path.as_posix(), HEAD.count("\n") + 1) for path in broken
    ]


def test_a_corpus_without_shapes_does_not_conform(root: Path) -> None:
    for path in (root / "ontology" / "shapes").rglob("*.ttl"):
        path.unlink()
    with pytest.raises(UsageError, match="there are no shapes"):
        validate(Corpus(root))


def test_shapes_that_shacl_does_not_allow_are_said_to_be_so(root: Path) -> None:
    write(root / "ontology/shapes/must/bad.ttl", "unp:Bad a sh:PropertyShape ; sh:targetClass unp:Lamp .\n")
    found = validate(Corpus(root))
    assert not found.usable
    assert ("shapes/ill-formed", HEAD.count("\n") + 1) in {(each.check, each.line) for each in found.findings}


def test_a_shape_that_checks_nothing_is_a_finding(root: Path) -> None:
    misspelt = "unp:Tall a sh:NodeShape ; sh:targetClass unp:Lamp ; sh:property unp:Tallness .\n"
    misspelt += "unp:Tallness a sh:PropertyShape ; sh:path unp:colour ; sh:minCuont 1 .\n"
    write(root / "ontology/shapes/must/tall.ttl", misspelt)
    found = {each.check: each for each in validate(Corpus(root)).findings}
    assert found["shapes/unknown-term"].line == HEAD.count("\n") + 2
    assert "sh:minCount" in (found["shapes/unknown-term"].mend or found["shapes/unknown-term"].message)


def test_a_query_text_is_read_once_for_each_set_of_prefixes(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = rdflib.Graph().parse(data=HEAD + 'id:a unp:p "x" . id:b unp:p "y" .', format="turtle")
    read: list[str] = []

    def counting(text: str, **rest: object) -> Query:
        read.append(text)
        return prepareQuery(text, **rest)

    monkeypatch.setattr("unpact.shacl.prepared.prepareQuery", counting)
    asked = PreparedGraph(graph)
    text = "SELECT ?value WHERE { $this unp:p ?value }"
    for name, expected in (("a", "x"), ("b", "y")):
        bindings = {"this": rdflib.URIRef(ID + name)}
        assert [str(row[0]) for row in asked.query(text, initBindings=bindings)] == [expected]
    assert read == [text]
    other = {"unp": rdflib.Namespace("http://other/")}
    assert list(asked.query(text, initNs=other)) == []
    assert read == [text, text]


@pytest.mark.parametrize(
    ("ontology", "facts", "check", "said"),
    [
        (
            "unp:Boat a owl:Class ; owl:disjointWith unp:Lamp .",
            "id:lamp a unp:Boat .",
            "consistency/disjoint-classes",
            "id:lamp is both a unp:Boat and a unp:Lamp (as a unp:OilLamp), which",
        ),
        (
            "[] a owl:AllDisjointClasses ; owl:members ( unp:Boat unp:Tower unp:Lamp ) .",
            "id:lamp a unp:Tower .",
            "consistency/disjoint-classes",
            "id:lamp is both a unp:Lamp (as a unp:OilLamp) and a unp:Tower, which",
        ),
        (
            "unp:number a owl:FunctionalProperty .",
            "id:lamp unp:number 1 , 2 .",
            "consistency/one-value",
            "unp:number of id:lamp has two values",
        ),
        (
            "unp:under a owl:IrreflexiveProperty .",
            "id:lamp unp:under id:lamp .",
            "consistency/itself",
            "unp:under leads from id:lamp to id:",
        ),
        (
            "unp:under a owl:AsymmetricProperty .",
            'id:lamp unp:under id:other . id:other a unp:OilLamp ; unp:colour "red" ; unp:under id:lamp .',
            "consistency/itself",
            "unp:under leads from id:lamp to id:",
        ),
    ],
)
def test_a_file_that_contradicts_the_graph_is_found(
    root: Path, ontology: str, facts: str, check: str, said: str
) -> None:
    # alone the file is right
    assert checked(root, facts) == []
    write(root / "ontology/unpact.ttl", f"{ONTOLOGY}\n{ontology}")
    found = checked(root, f"\n{facts}")
    assert {each.check for each in found} == {check}
    assert found[0].message.startswith(said)
    assert all(each.line == HEAD.count("\n") + 2 for each in found)


@pytest.mark.parametrize(
    ("slip", "near"),
    [("unp:hieght 3", "unp:height"), ("unp:kind unp:Lapm", "unp:Lamp"), ("a unp:Lmap", "unp:Lamp")],
)
def test_a_term_that_the_ontology_does_not_have_is_found_with_the_nearest(
    root: Path, slip: str, near: str
) -> None:
    known = "\n".join(
        f'unp:{name} a owl:{kind} ; rdfs:label "{name}" .'
        for name, kind in {
            "Lamp": "Class",
            "OilLamp": "Class",
            "height": "DatatypeProperty",
            "kind": "ObjectProperty",
            "colour": "DatatypeProperty",
        }.items()
    )
    write(root / "ontology/unpact.ttl", f"{ONTOLOGY}\n{known}")
    mine = write(root / "mine.ttl", f"id:lamp {slip} .\n")
    found = [each for each in validate(Corpus(root), [mine]).findings if each.file == mine.as_posix()]
    assert [(each.check, each.line) for each in found] == [("consistency/undeclared", HEAD.count("\n") + 1)]
    assert found[0].mend == f"Did you mean {near}?"
