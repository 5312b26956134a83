"""What a few look-ups tell of how shapes and data meet, against the index of all triples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.validate.soundness import run
from unpact.validate.soundness.run import soundness_findings

from .turtle_texts import PEOPLE, SOUND, data, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from unpact.shacl.engine import Data

#: Shapes all of whose classes are targets.
TARGETED = f"{SOUND} ex:HouseShape sh:targetClass ex:House ."
TERMS = st.sampled_from(["ex:A", "ex:B", "ex:C", "ex:p", "ex:q", "ex:a", "ex:b", "owl:Class", "xsd:date"])
NAMES = st.sampled_from(["ex:A", "ex:B", "ex:a", "ex:b", "[]"])
PROPERTIES = st.sampled_from(["a", "a", "rdfs:subClassOf", "ex:p", "ex:q"])
VALUES = st.one_of(TERMS, st.sampled_from(['"x"^^ex:A', '"1"^^xsd:byte', "7", "07", "[]"]))
FACTS = st.lists(
    st.tuples(NAMES, PROPERTIES, VALUES).map(lambda parts: f"{' '.join(parts)} ."), max_size=7
).map("\n".join)
CLAUSES = st.one_of(
    st.tuples(
        st.sampled_from(["sh:targetClass", "sh:targetSubjectsOf", "sh:targetObjectsOf", "sh:class"]), TERMS
    ),
    st.tuples(st.just("sh:targetNode"), VALUES),
    st.tuples(st.just("sh:datatype"), TERMS),
    st.tuples(st.just("sh:property"), TERMS.map(lambda each: f"[ sh:path {each} ; sh:minCount 1 ]")),
    st.sampled_from([("sh:node", "ex:S0"), ("sh:deactivated", "true"), ("a", "rdfs:Class")]),
).map(" ".join)
SHAPES = st.lists(st.lists(CLAUSES, min_size=1, max_size=4), min_size=1, max_size=3).map(
    lambda found: "\n".join(
        f"ex:S{number} a sh:NodeShape ; {' ; '.join(clauses)} ." for number, clauses in enumerate(found)
    )
)


def without_triples(text: str) -> Data:
    """Data that can be asked, and whose triples nobody may want."""

    def triples() -> Iterator[Triple]:
        pytest.fail("an index of all triples was made")

    return data(text)._replace(triples=triples)


@pytest.mark.slow
@given(SHAPES, FACTS, st.sampled_from([None, {"http://example.org/C"}]))
def test_the_findings_are_those_of_the_index(text: str, facts: str, known: set[str] | None) -> None:
    asked, seen = shapes(text), data(facts)
    found = soundness_findings(asked, seen, known=known)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "meets", lambda *_args, **_options: False)
        assert found == soundness_findings(asked, seen, known=known)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (TARGETED, PEOPLE),
        # by a class below, by a class beside, by what something has
        (TARGETED, f"{PEOPLE} ex:Villa rdfs:subClassOf ex:House . ex:villa a ex:Villa ."),
        (TARGETED, f"{PEOPLE} ex:ann a ex:Painter ."),
        (
            f"{TARGETED} ex:S sh:targetSubjectsOf ex:paints ; sh:nodeKind sh:IRI .",
            f"{PEOPLE} ex:cy ex:paints 1 .",
        ),
        (
            f"{TARGETED} ex:S sh:targetObjectsOf ex:paints ; sh:nodeKind sh:IRI .",
            f"{PEOPLE} ex:cy ex:paints ex:cat . ex:cat a ex:Cat .",
        ),
        (f"{TARGETED} ex:S sh:targetNode ex:bob ; sh:nodeKind sh:IRI .", PEOPLE),
    ],
)
def test_data_that_meets_its_shapes_needs_no_index(text: str, facts: str) -> None:
    assert soundness_findings(shapes(text), without_triples(facts)) == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (SOUND, PEOPLE),
        (TARGETED, ""),
        (TARGETED, f"{PEOPLE} ex:cy a ex:Cat ."),
        (f"{TARGETED} ex:S sh:targetNode ex:cy ; sh:nodeKind sh:IRI .", PEOPLE),
        (f"{TARGETED} ex:S sh:targetNode ex:bob ; sh:class ex:Cat .", PEOPLE),
    ],
)
def test_an_index_is_made_where_something_may_be_wrong(text: str, facts: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="an index of all triples was made"):
        soundness_findings(shapes(text), without_triples(facts))
