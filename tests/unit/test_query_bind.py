"""Binding: whatever a value is, it fills its place and nothing else, or it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple, Variable
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from unpact.errors import UsageError
from unpact.query.bind import bind, fill
from unpact.query.header import StoredQuery, parse_stored_query
from unpact.query.terms import Term, to_sparql
from unpact.query.tokens import tokenize

from ..examples import examples  # noqa: TID252 - test folders are no packages

HEADER = """\
#+ title: t
#+ description: d
#+ keywords: [k]
#+ parameters:
#+   one: {type: string, required: true, help: h}
#+   many: {type: string, list: true, help: h}
#+ columns: {s: a thing, v: a value}
#+ examples: [{one: x}]
"""
BODY = """\
PREFIX ex: <http://example.org/$one>
SELECT ?s ?v WHERE {
  ?s ex:p $one ; ex:q "a $one \\" $one", '''$one''' . # the value of $one
  # if $many
  FILTER(?s IN ($many))
  # end
  OPTIONAL { ?s ex:r ?v FILTER(?v<$one || STR(?v) = "x") }
  BIND($one AS ?copy)
}
ORDER BY ?s ?v
"""
QUERY = parse_stored_query(HEADER + BODY, Path("queries/t/q.rq"))

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    alphabet="\"'\\<>{}$?#.;@^\n\r\t uU0041on}", max_size=30
)
iris = st.text(max_size=20).map(lambda tail: f"http://example.org/{tail}")


def literals() -> st.SearchStrategy[Literal]:
    typed = st.builds(
        lambda value, kind: Literal(value, datatype=NamedNode(f"http://example.org/{kind}")),
        texts,
        st.just("t"),
    )
    tagged = st.builds(
        lambda value, tag: Literal(value, language=tag), texts, st.sampled_from(["en", "zh-hans", "ar"])
    )
    return st.builds(Literal, texts) | typed | tagged


def terms() -> st.SearchStrategy[NamedNode | Literal]:
    return literals() | iris.filter(_is_iri).map(NamedNode)


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _as_rdflib(term: NamedNode | Literal) -> rdflib.term.Identifier:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value.endswith("#string"):
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _shape(node: object, found: dict[rdflib.term.Identifier, str]) -> object:
    """rdflib's algebra as plain tuples, with the terms of `found` replaced by names."""
    if isinstance(node, rdflib.term.Identifier):
        # written with type and tag, since rdflib compares some literals by value
        return found.get(node) or (type(node).__name__, node.n3())
    if isinstance(node, dict):
        name = getattr(node, "name", "")
        parts = [
            (
                key,
                sorted(map(repr, (_shape(each, found) for each in value)))
                if key == "triples"
                else _shape(value, found),
            )
            for key, value in sorted(node.items())
            # the engine's own bookkeeping; a constant is no variable, so it differs rightly
            if key not in ("_vars", "lazy")
        ]
        return name, tuple(map(repr, parts))
    if isinstance(node, list | tuple):
        return tuple(_shape(each, found) for each in node)
    return repr(node)


def _algebra(text: str, found: dict[rdflib.term.Identifier, str]) -> object:
    return _shape(translateQuery(parseQuery(text)).algebra, found)


@pytest.mark.slow
@settings(max_examples=examples(50), deadline=None)
@given(terms())
@example(Literal('" . ?s ?p ?o } #'))
@example(Literal("\\u0022 . } #"))
@example(Literal("\\\\u0022"))
@example(Literal("x\\"))
@example(Literal('"""'))
@example(Literal("'''\n# if $many"))
@example(Literal("$one"))
@example(NamedNode("http://example.org/'#$one"))
def test_a_value_changes_one_term_of_the_algebra_or_is_refused(term: NamedNode | Literal) -> None:
    try:
        bound = bind(QUERY, {"one": [term]})
    except UsageError:
        return
    value = _as_rdflib(term)
    unbound = BODY.replace("  # if $many\n  FILTER(?s IN ($many))\n  # end\n", "").replace(
        "?v<$one", "?v < $one"
    )
    wanted = _algebra(unbound, {rdflib.Variable("one"): "VALUE"})
    assume(value.n3() not in str(_algebra(unbound, {})))
    assert _algebra(bound, {value: "VALUE"}) == wanted


@pytest.mark.slow
@settings(max_examples=examples(100), deadline=None)
@given(terms())
@example(Literal("\\u0041"))
@example(Literal("a\\\\u0041"))
@example(Literal("\t\r\n\"'\\ \x85\u2028"))
def test_both_engines_read_the_very_value_back(term: NamedNode | Literal) -> None:
    try:
        bound = fill("SELECT ($value AS ?copy) WHERE { }", {"value": [term]})
    except UsageError:
        return
    (solution,) = Store().query(bound)
    assert solution[Variable("copy")] == term
    (row,) = rdflib.Graph().query(bound)
    assert row[0].n3() == _as_rdflib(term).n3()


@pytest.mark.slow
@settings(max_examples=examples(100))
@given(st.lists(terms(), min_size=1, max_size=4))
def test_a_list_stays_a_list_of_terms(values: list[NamedNode | Literal]) -> None:
    try:
        bound = bind(QUERY, {"one": [Literal("x")], "many": values})
    except UsageError:
        return
    listed = bound[bound.index("IN (") :]
    separators = [token.text for token in tokenize(listed[: listed.index("# end")]) if token.text == ","]
    assert len(separators) == len(values) - 1
    Store().query(bound)


@pytest.mark.parametrize(
    "value",
    ['say "hi"', "it's", "a\\b", "\\n", "line\nbreak\r\t", "} # ?x $one", "<http://a/>", "\u202e", "𝄞", ""],
)
def test_awkward_texts_are_accepted(value: str) -> None:
    (solution,) = Store().query(fill("SELECT ($value AS ?copy) { }", {"value": [Literal(value)]}))
    assert solution[Variable("copy")] == Literal(value)


def test_text_outside_the_places_stays_as_it_is() -> None:
    bound = bind(QUERY, {"one": [Literal("v")]})
    assert "PREFIX ex: <http://example.org/$one>" in bound
    assert """"a $one \\" $one", \'\'\'$one\'\'\' . # the value of $one""" in bound
    assert '?s ex:p "v" ;' in bound


def test_a_block_without_its_parameter_is_dropped_and_lines_keep_their_numbers() -> None:
    bound = bind(QUERY, {"one": [Literal("v")]})
    assert "IN (" not in bound
    assert bound.count("\n") == QUERY.text.count("\n")
    kept = bind(QUERY, {"one": [Literal("v")], "many": [Literal("a"), Literal("b")]})
    assert 'FILTER(?s IN ("a", "b"))' in kept


def test_a_list_in_values_is_parted_by_blanks() -> None:
    bound = fill("SELECT ?x WHERE { VALUES ?x { $many } }", {"many": [Literal("a"), NamedNode("http://a/b")]})
    assert 'VALUES ?x { "a" <http://a/b> }' in bound


def test_a_term_never_grows_together_with_a_sign_before_it() -> None:
    bound = bind(QUERY, {"one": [NamedNode("http://a/b")]})
    assert "?v< <http://a/b> ||" in bound


@pytest.mark.parametrize(
    "term",
    [
        BlankNode("b"),
        Triple(NamedNode("http://a/a"), NamedNode("http://a/a"), NamedNode("http://a/a")),
        Literal("a\x00b"),
        Literal("\\u0022"),
        Literal("\\U00000022"),
    ],
)
def test_what_no_query_can_carry_is_refused(term: Term) -> None:
    with pytest.raises(UsageError):
        to_sparql(term)


def test_missing_and_surplus_values() -> None:
    with pytest.raises(UsageError, match="needs a value for 'one'"):
        bind(QUERY, {})
    with pytest.raises(UsageError, match="takes one value only"):
        bind(QUERY, {"one": [Literal("a"), Literal("b")]})


def test_nested_blocks_need_every_parameter() -> None:
    text = "SELECT ?x WHERE {\n# if $a\n?x ?p $a .\n# if $b\n?x ?q $b .\n# end\n# end\n?x ?r ?o }"
    assert "?q" not in fill(text, {"a": [Literal("1")]})
    assert "?p" not in fill(text, {"b": [Literal("1")]})
    assert "?q" in fill(text, {"a": [Literal("1")], "b": [Literal("2")]})


def test_the_example_query_is_what_it_says(tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(QUERY.text)
    assert isinstance(parse_stored_query(path.read_text(), path), StoredQuery)


@pytest.mark.parametrize(
    "written", ['"a" . ?s ?p ?o', '"a" ?x', "'a' 'b'", "?s", '"a"@en , "b"', "1 + 1", "<a:b> # "]
)
def test_text_that_is_no_single_term_is_refused_even_if_it_were_written(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("unpact.query.bind.to_sparql", lambda _: written)
    with pytest.raises(UsageError):
        bind(QUERY, {"one": [Literal("v")]})
