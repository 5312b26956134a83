"""How shapes meet data that stays where it is: the findings of the index, by a few queries."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unpact.graph.interface import ByForm, Solutions, Triples
from unpact.shacl.shapes import ShapesGraph
from unpact.validate.soundness.run import soundness_elsewhere, soundness_findings

from ...examples import examples  # noqa: TID252 - test folders are no packages
from .turtle_texts import PEOPLE, SOUND, data, ex, same_when_asked, shapes

_classes, _properties, _nodes = (
    st.sampled_from([f"ex:{name}{number}" for number in range(3)]) for name in ("C", "p", "n")
)
_facts = st.one_of(
    st.builds("{} a {} .".format, _nodes, _classes),
    st.builds("{} {} {} .".format, _nodes, _properties, _nodes),
    st.builds("{} rdfs:subClassOf {} .".format, _classes, _classes),
)
_targets = st.one_of(
    st.builds("sh:targetClass {}".format, _classes),
    st.builds("sh:targetNode {}".format, _nodes),
    st.builds("sh:targetSubjectsOf {}".format, _properties),
    st.builds("sh:targetObjectsOf {}".format, _properties),
)
_constraints = st.recursive(
    st.one_of(
        st.builds("sh:class {}".format, _classes),
        st.builds("sh:equals {}".format, _properties),
        st.just("sh:nodeKind sh:IRI"),
    ),
    lambda inner: st.one_of(
        st.builds("sh:property [ sh:path {} ; {} ]".format, _properties, inner),
        st.builds("sh:property [ sh:path [ sh:inversePath {} ] ; {} ]".format, _properties, inner),
        st.builds("sh:node [ {} ]".format, inner),
        st.builds("sh:not [ {} ]".format, inner),
        st.builds("sh:or ( [ {} ] [ {} ] )".format, inner, inner),
    ),
    max_leaves=4,
)


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(
    facts=st.lists(_facts, min_size=1, max_size=9),
    asked=st.lists(st.tuples(_targets, _constraints), min_size=1, max_size=3),
)
def test_a_store_that_is_asked_gives_the_findings_of_the_index(
    facts: list[str], asked: list[tuple[str, str]]
) -> None:
    texts = (f"ex:S{number} {target} ; {constraint} ." for number, (target, constraint) in enumerate(asked))
    same_when_asked("\n".join(texts), "\n".join(facts))


class Counting(ByForm):
    """A graph that keeps what it is asked, and how many rows it gives."""

    def __init__(self, facts: str) -> None:
        self._graph = data(facts).graph
        self.asked: list[str] = []
        self.rows = 0

    def query(self, text: str) -> Solutions | bool | Triples:
        self.asked.append(text)
        answer = self._graph.query(text)
        if not isinstance(answer, Solutions):
            return answer
        rows = list(answer)
        self.rows += len(rows)
        return Solutions(answer.variables, rows)

    def named_graphs(self) -> tuple[str, ...]:
        return ()


def test_more_data_is_neither_more_queries_nor_more_rows() -> None:
    text = f"{SOUND} ex:S sh:targetClass ex:Persn ; sh:nodeKind sh:IRI ."
    few, many = (
        PEOPLE + "".join(f"ex:rex{n} a ex:Dog ; ex:name 'Rex' ; ex:home ex:h{n} .\n" for n in range(number))
        for number in (1, 500)
    )
    graphs = Counting(few), Counting(many)
    found = [[each.check for each in soundness_elsewhere(shapes(text), each, own=True)] for each in graphs]
    assert found[0] == found[1] == ["shapes/uncovered-class", "shapes/unknown-iri"]
    assert len(graphs[0].asked) == len(graphs[1].asked) < 30
    assert graphs[0].rows == graphs[1].rows
    assert not any("CONSTRUCT" in each for each in graphs[1].asked)


def test_of_the_bundled_shapes_nothing_is_said_that_one_topic_does_not_need() -> None:
    text = f"{SOUND} ex:Far sh:targetClass ex:Planet ; sh:class ex:Star ; sh:nodeKnd sh:IRI ."
    facts = f"{PEOPLE} ex:rex a ex:Dog ."
    bundled, own = (
        [each.check for each in soundness_elsewhere(shapes(text), data(facts).graph, own=own)]
        for own in (False, True)
    )
    assert sorted(bundled) == ["shapes/uncovered-class", "shapes/unknown-term"]
    assert {"shapes/unknown-iri", *bundled} == set(own)


@pytest.mark.slow
@pytest.mark.parametrize(
    "shape",
    [
        "ex:S sh:targetNode '01'^^xsd:integer ; sh:closed true .",
        "ex:S sh:targetNode ex:ann ; sh:property [ sh:path ex:home ; sh:node ex:S ] .",
    ],
)
def test_of_what_no_query_can_ask_nothing_is_said(shape: str) -> None:
    facts = data(f"{PEOPLE} ex:rex a ex:Dog .").graph
    assert soundness_elsewhere(shapes(SOUND + shape), facts, own=True) == []
    # what can be asked is said
    named = shapes(f"{SOUND} ex:S sh:targetNode ex:nobody ; sh:closed true .")
    found = soundness_elsewhere(named, facts, own=True)
    assert {each.check for each in found} == {"shapes/unreached", "shapes/uncovered-class"}


def test_an_idle_shape_that_another_refers_to_is_left_alone() -> None:
    text = f"{SOUND} ex:HouseShape sh:targetClass ex:Castle . ex:Castle a owl:Class ."
    assert soundness_elsewhere(shapes(text), data().graph, own=True) == []
    assert soundness_findings(shapes(text), data(), meta=True) == []


def test_what_a_class_without_a_shape_is_called() -> None:
    (found,) = soundness_elsewhere(shapes(SOUND), data(f"{PEOPLE} ex:rex a ex:Dog .").graph, own=True)
    assert (found.focus, found.message.partition(", such")[0]) == (
        ex("Dog"),
        "No shape looks at the 1 instance of <http://example.org/Dog>",
    )


def test_no_shapes_are_said_to_be_none() -> None:
    found = soundness_elsewhere(ShapesGraph([]), data().graph, own=True)
    assert [each.check for each in found] == ["shapes/empty"]
