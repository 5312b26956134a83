"""Random documents: the tree has the triples of the engine, and layout changes nothing but layout."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unpact.errors import DataSyntaxError
from unpact.turtle.format import format_text
from unpact.turtle.keys import Anonymous, Label, TripleKey
from unpact.turtle.nodes import Triples
from unpact.turtle.parser import parse_statement
from unpact.turtle.places import Places
from unpact.turtle.split import Statements
from unpact.turtle.tokens import tokenize
from unpact.turtle.triples import triples_of

from ...examples import examples  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from unpact.turtle.keys import Key
    from unpact.turtle.triples import Written

BASE = "http://example.org/base/file"
HEAD = "@prefix ex: <http://example.org/ns#> .\nPREFIX : <http://example.org/>\nprefix y.z: <rel/>\n"
IRIS = [
    "ex:a",
    "ex:b.c",
    ":",
    ":x",
    "ex:c\\,d",
    "ex:%41\\~.b",
    "<http://e/x>",
    "<rel>",
    "<#f>",
    "<>",
    "<\\u0061:b;c.d#'>",
    "ex:été",
    "y.z:1",
    ":prefix",
    "ex:a:b-c",
]
LABELS = ["_:a", "_:b.c", "_:1"]
LITERALS = [
    "1",
    "-1.5",
    "1.e5",
    ".5",
    "+2E-1",
    "true",
    "false",
    '"x"',
    "''",
    '"a; [ b . # c"@EN-gb',
    "'it\\'s \\u00e9\\n'",
    '"""long "quoted"\nlines ] . """',
    "'''a'b''c\r\n\\''''^^ex:t",
    '"1"^^<http://www.w3.org/2001/XMLSchema#string>',
    '"2"^^y.z:d',
    '"x"@ar--rtl',
]
DIRECTIVES = [
    "@prefix ex: <http://other.example/#> .",
    "PREFIX ex: <http://third.example/>",
    "BASE <http://base.example/d/>",
    "@base <sub/> .",
    "@prefix ex: <#relative> .",
]
GAPS = [
    " ",
    " ",
    " ",
    "\n",
    "\n    ",
    "\t",
    " \r\n",
    "  \n\n\n  ",
    " # note; [ . \"'\n",
    "\n# one\n  # two <\n",
]

iris = st.sampled_from(IRIS)
resources = st.sampled_from(IRIS + LABELS)
directives = st.sampled_from(DIRECTIVES).map(lambda line: [line])
predicates = st.one_of(st.just("a"), iris)


def listed(parts: list[list[str]], mark: str, repeated: int = 1) -> list[str]:
    found: list[str] = []
    for number, part in enumerate(parts):
        found += [*([mark] * repeated if number else []), *part]
    return found


def properties(objects: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    pair = st.tuples(predicates, st.lists(objects, min_size=1, max_size=3)).map(
        lambda found: [found[0], *listed(found[1], ",")]
    )
    return st.tuples(st.lists(pair, min_size=1, max_size=3), st.integers(1, 2), st.booleans()).map(
        lambda found: listed(found[0], ";", found[1]) + ([";"] if found[2] else [])
    )


def nested(objects: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    return st.one_of(
        st.lists(objects, max_size=3).map(
            lambda items: ["(", *(word for item in items for word in item), ")"]
        ),
        properties(objects).map(lambda words: ["[", *words, "]"]),
        st.just(["[", "]"]),
    )


leaves = st.one_of(resources, st.sampled_from(LITERALS)).map(lambda word: [word])
objects_11 = st.recursive(leaves, nested, max_leaves=8)
blocks = nested(objects_11)
subjects = st.one_of(resources.map(lambda word: [word]), blocks)


def statement(objects: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    whole = st.tuples(subjects, properties(objects)).map(lambda found: [*found[0], *found[1], "."])
    alone = properties(objects).map(lambda words: ["[", *words, "]", "."])
    return st.one_of(whole, whole, whole, alone)


def documents(objects: st.SearchStrategy[list[str]]) -> st.SearchStrategy[str]:
    statements = st.lists(st.one_of(statement(objects), directives), max_size=5)
    return st.tuples(statements, st.integers(0, 2**32)).map(lambda found: HEAD + spaced(found[0], found[1]))


def spaced(statements: list[list[str]], seed: int) -> str:
    """The words of the statements with random gaps, none at all where the grammar needs none."""
    choose = random.Random(seed)  # noqa: S311 - nothing is secret here
    found = [choose.choice(["", *GAPS])]
    for words in statements:
        for number, word in enumerate(words):
            tight = word in tuple("[](),;.{}") or (number and words[number - 1] in tuple("[](),;{}"))
            found += [choose.choice([*GAPS, *(["", ""] if tight else [])]) if number else "", word]
        found.append(choose.choice(GAPS))
    return "".join(found)


labels = st.one_of(
    st.just([]),
    resources.map(lambda word: [word]),
    resources.map(lambda word: ["GRAPH", word]),
    st.just(["graph", "[", "]"]),
)


def graph_block(found: tuple[list[str], list[list[str]], bool]) -> list[str]:
    label, statements, whole = found
    words = [word for each in statements for word in each]
    return [*label, "{", *(words if whole else words[:-1]), "}"]


blocks_of_graphs = st.tuples(labels, st.lists(statement(objects_11), max_size=3), st.booleans()).map(
    graph_block
)
trig_documents = st.tuples(
    st.lists(st.one_of(statement(objects_11), blocks_of_graphs, directives), max_size=4),
    st.integers(0, 2**32),
).map(lambda found: HEAD + spaced(found[0], found[1]))

# the engine refuses strings in them, and so do we not meet them
parts = st.tuples(resources, iris, resources).map(list)
reified = parts.map(lambda words: ["<<", *words, ">>"])
triple_terms = parts.map(lambda words: ["<<(", *words, ")>>"])
annotations = st.one_of(
    st.just(["~"]),
    resources.map(lambda word: ["~", word]),
    properties(objects_11).map(lambda words: ["{|", *words, "|}"]),
)
objects_12 = st.tuples(st.one_of(objects_11, reified, triple_terms), st.lists(annotations, max_size=2)).map(
    lambda found: found[0] + [word for annotation in found[1] for word in annotation]
)


def written_in(text: str) -> tuple[Statements, list[Written]]:
    statements = Statements(text, file="x.ttl", base=BASE)
    found: list[Written] = []
    for number in range(len(statements)):
        for tree in parse_statement(statements, number)[0]:
            if isinstance(tree, Triples):
                found += triples_of(tree, text, statements.prologue)
    return statements, found


def sequence_of_tree(text: str) -> list[tuple[object, ...]]:
    names: dict[Key, int] = {}

    def named(key: Key) -> object:
        if isinstance(key, Label | Anonymous):
            return names.setdefault(key, len(names))
        if isinstance(key, TripleKey):
            return "triple", named(key.subject), key.predicate, named(key.object)
        return key if isinstance(key, str) else tuple(key)

    return [(named(each.subject), each.predicate, named(each.object)) for each in written_in(text)[1]]


def sequence_of_engine(text: str, syntax: ox.RdfFormat = ox.RdfFormat.TURTLE) -> list[tuple[object, ...]]:
    names: dict[str, int] = {}

    def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> object:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term.value, len(names))
        if isinstance(term, ox.Triple):
            return "triple", named(term.subject), term.predicate.value, named(term.object)
        if isinstance(term, ox.Literal):
            direction = None if term.direction is None else term.direction.value
            return term.value, term.datatype.value, term.language, direction
        return term.value

    return [
        (named(quad.subject), quad.predicate.value, named(quad.object))
        for quad in ox.parse(input=text.encode(), format=syntax, base_iri=BASE)
    ]


@pytest.mark.slow
@given(documents(objects_11))
@settings(max_examples=examples(80), deadline=None)
def test_the_tree_has_the_triples_of_the_engine_in_its_order(text: str) -> None:
    assert sequence_of_tree(text) == sequence_of_engine(text)


@pytest.mark.slow
@given(trig_documents)
@settings(max_examples=examples(50), deadline=None)
def test_so_it_is_with_the_graphs_of_trig(text: str) -> None:
    assert sequence_of_tree(text) == sequence_of_engine(text, ox.RdfFormat.TRIG)


@pytest.mark.slow
@given(documents(objects_12))
@settings(max_examples=examples(50), deadline=None)
def test_so_it_is_with_what_rdf_1_2_adds(text: str) -> None:
    assert sequence_of_tree(text) == sequence_of_engine(text)


@pytest.mark.slow
@given(documents(objects_11))
@settings(max_examples=examples(50), deadline=None)
def test_a_span_cut_from_the_text_is_the_object_of_its_triple(text: str) -> None:
    statements, found = written_in(text)
    for each in found:
        start, end = each.object_span
        if each.predicate.endswith(("#first", "#rest")) or isinstance(each.object, Anonymous):
            continue
        prologue = statements.prologue
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prologue.prefixes(start).items())
        alone = f"BASE <{prologue.iri('<>', start)}>\n{declared}<urn:s> <urn:p> {text[start:end]} ."
        ((_, _, value),) = sequence_of_engine(alone)
        expected = 0 if isinstance(each.object, Label) else each.object
        assert value == (expected if isinstance(expected, str | int) else tuple(expected))


@pytest.mark.slow
@given(documents(objects_11))
@settings(max_examples=examples(50), deadline=None)
def test_every_triple_has_the_place_that_the_tree_gives_it(text: str) -> None:
    quads = list(ox.parse(input=text.encode(), format=ox.RdfFormat.TURTLE, base_iri=BASE))
    _, found = written_in(text)
    first: dict[tuple[object, object, object], tuple[int, int]] = {}
    for quad, each in zip(quads, found, strict=True):
        first.setdefault((quad.subject, quad.predicate, quad.object), each.object_span)
    places = Places(text, file="x.ttl", base=BASE, quads=quads)
    for (subject, predicate, value), span in first.items():
        assert places.span(subject, predicate, value) == span


@pytest.mark.slow
@given(st.one_of(documents(objects_12), trig_documents))
@settings(max_examples=examples(80), deadline=None)
def test_layout_keeps_triples_and_comments_and_is_its_own_layout(text: str) -> None:
    try:
        before = sequence_of_engine(text, ox.RdfFormat.TRIG)
    except SyntaxError:
        # the engine knows less of RDF 1.2 than the strategy
        return
    formatted = format_text(text, file="x.trig", suffix=".trig")
    assert sequence_of_engine(formatted, ox.RdfFormat.TRIG) == before
    assert comments_of(formatted) == comments_of(text)
    assert format_text(formatted, file="x.trig", suffix=".trig") == formatted
    assert "\n\n\n" not in formatted
    assert not any(line != line.rstrip(" \t") for line in formatted.splitlines())


@pytest.mark.slow
@given(st.text(alphabet=" \n\r\t.;,[](){}<>\"'\\#@^:_~|abe1+-%é", max_size=30))
@settings(max_examples=500, deadline=None)
def test_whatever_the_engine_reads_can_be_laid_out_and_the_rest_is_refused(text: str) -> None:
    try:
        sequence_of_engine(text, ox.RdfFormat.TRIG)
    except SyntaxError:
        with pytest.raises(DataSyntaxError):
            format_text(text, file="x.trig", suffix=".trig")
        # places are asked for only where a file parses, but must not fail elsewhere
        Places(text, file="x.trig", base=BASE, suffix=".trig").of(ox.BlankNode("n0"))
    else:
        format_text(text, file="x.trig", suffix=".trig")


def comments_of(text: str) -> list[str]:
    return [text[comment.start : comment.end].rstrip() for comment in tokenize(text, 0, len(text))[1]]
