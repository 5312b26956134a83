"""A thing of two classes that exclude each other is reported where somebody wrote it, with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, RdfFormat, serialize

from unpact.corpus import Corpus, bundled, user_files
from unpact.corpus.syntax import read_quads
from unpact.names import ID, PREFIXES, RDF, UNP
from unpact.validate.checked import checked_with_context
from unpact.validate.consistency.reasons import Reasons
from unpact.validate.locating import Locator
from unpact.validate.run import validate

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.finding import Finding

pytestmark = pytest.mark.slow

TYPE = NamedNode(RDF + "type")
CHECK = "consistency/disjoint-classes"
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
# each about a thing of its own, with the line that is at fault marked by the name of the thing
TEXTS = {
    # both written: the later
    "id:a": ("id:a a unp:Agent .\nid:a a unp:Document . # id:a", "", ""),
    "id:b": ("id:b a unp:Document .\nid:b a unp:Agent . # id:b", "", ""),
    "id:c": ("id:c a unp:Treaty .\nid:c a unp:State . # id:c", " (as a unp:State)", " (as a unp:Treaty)"),
    # one follows from a use; of what the bundled data says, nothing is the user's to correct
    "id:uncac": (
        "id:d a unp:Challenge ;\n unp:actor id:uncac . # id:uncac",
        " (by the range of unp:actor)",
        " (as a unp:Convention)",
    ),
    "id:e": (
        "id:act a unp:Accession ;\n unp:treaty id:e . # id:e\nid:e a unp:State .",
        " (as a unp:State)",
        " (by the range of unp:treaty)",
    ),
    "id:f": (
        'id:f a unp:State ;\n unp:untcNumber "X-1" . # id:f',
        " (as a unp:State)",
        " (by the domain of unp:untcNumber)",
    ),
    # both follow from a use: the later
    "id:g": (
        "id:act unp:actor id:g .\nid:act2 unp:treaty id:g . # id:g",
        " (by the range of unp:actor)",
        " (by the range of unp:treaty)",
    ),
    # of a thing that is bundled, the user's line is the one to look at
    "id:pakistan": ("id:pakistan\n a unp:Treaty . # id:pakistan", " (as a unp:State)", " (as a unp:Treaty)"),
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Finding, str]]:
    """The findings by thing, each with the line that it stands on."""
    path = tmp_path_factory.mktemp("disjoint") / "mine.ttl"
    text = HEAD + "\n".join(text for text, *_ in TEXTS.values())
    path.write_text(text, encoding="utf-8")
    found = [each for each in validate(bundled(), [path]).findings if each.check == CHECK]
    assert {each.file for each in found} == {path.as_posix()}
    lines = text.splitlines()
    by_thing = {each.message.split()[0]: (each, lines[(each.line or 0) - 1]) for each in found}
    assert len(by_thing) == len(found)
    return by_thing


def test_each_is_found_and_nothing_else(findings: dict[str, tuple[Finding, str]]) -> None:
    assert findings.keys() == TEXTS.keys()


@pytest.mark.parametrize("thing", TEXTS)
def test_the_place_is_what_contradicts(findings: dict[str, tuple[Finding, str]], thing: str) -> None:
    _, agent, document = TEXTS[thing]
    finding, line = findings[thing]
    assert line.endswith(f"# {thing}")
    assert f"is both a unp:Agent{agent} and a unp:Document{document}, which" in finding.message
    used = "of unp:" in agent + document
    assert (finding.mend or "").startswith("Name another thing" if used else "Keep one")


@pytest.mark.parametrize(
    ("said", "use", "words"),
    [
        (
            "unp:lends rdfs:subPropertyOf unp:owns . unp:owns rdfs:domain unp:Keeper .",
            "id:x unp:lends id:y",
            "domain of unp:lends",
        ),
        (
            "unp:lends owl:inverseOf unp:lent . unp:lent rdfs:range unp:Keeper .",
            "id:x unp:lends id:y",
            "domain of unp:lends",
        ),
        (
            "unp:lent owl:inverseOf unp:lends . unp:lent rdfs:domain unp:Keeper .",
            "id:y unp:lends id:x",
            "range of unp:lends",
        ),
        (
            "unp:lends rdfs:range unp:Guard . unp:Guard rdfs:subClassOf unp:Keeper .",
            "id:y unp:lends id:x",
            "range of unp:lends",
        ),
        (
            "unp:lends rdfs:range unp:Guard . unp:Keeper owl:equivalentClass unp:Guard .",
            "id:y unp:lends id:x",
            "range of unp:lends",
        ),
    ],
)
def test_what_follows_by_way_of_the_ontology_is_explained(
    tmp_path: Path, said: str, use: str, words: str
) -> None:
    declared = "".join(f"unp:{name} a owl:Class .\n" for name in ("Keeper", "Guard", "Lamp"))
    declared += "".join(f"unp:{name} a owl:ObjectProperty .\n" for name in ("lends", "lent", "owns"))
    texts = {
        "ontology/unpact.ttl": f"{declared}unp:Keeper owl:disjointWith unp:Lamp .\n{said}",
        "ontology/shapes/must/lamps.ttl": "unp:S a sh:NodeShape ; sh:targetClass unp:Lamp .",
        "mine.ttl": f"id:x a unp:Lamp .\n{use} .\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(HEAD + text, encoding="utf-8")
    found = validate(Corpus(tmp_path), [tmp_path / "mine.ttl"]).findings
    (finding,) = (each for each in found if each.check == CHECK)
    assert finding.message.startswith(f"id:x is both a unp:Keeper (by the {words}) and a unp:Lamp, which")
    assert finding.line == HEAD.count("\n") + 2


@pytest.mark.parametrize("suffix", [".ttl", ".trig"])
def test_every_type_that_follows_from_the_bundled_data_has_a_reason_that_somebody_wrote(
    tmp_path: Path, suffix: str
) -> None:
    # what the data says of types is taken away, and the ontology's properties say most of it again
    path = tmp_path / f"facts{suffix}"
    quads = (quad for file in bundled().data_files() for quad in read_quads(file))
    path.write_bytes(
        serialize((quad.triple for quad in quads if quad.predicate != TYPE), format=RdfFormat.N_TRIPLES)
    )
    checked = checked_with_context(bundled(), user_files([path]), alone=True, cache=False)
    reasons = Reasons(checked.data.graph, Locator(checked.store, checked.files))
    exclusive = "{ SELECT DISTINCT ?class { ?all owl:members/rdf:rest*/rdf:first ?class } }"
    asked = (
        f"SELECT ?thing ?class {{ {exclusive} ?thing a ?class FILTER(!STRSTARTS(STR(?thing), STR(unp:))) }}"
    )
    types = list(checked.data.graph.select(asked))
    assert len(types) > 500
    found = [(thing, cls, reasons.of(thing, cls)) for thing, cls in types]
    assert [each for each in found if each[2] is None or each[2].typing] == []
    assert {reason.place.file for *_, reason in found if reason is not None} == {path.as_posix()}
    assert reasons.of(NamedNode(ID + "pakistan"), NamedNode(UNP + "Document")) is None
