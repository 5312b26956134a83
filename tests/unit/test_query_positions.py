"""Where a query is wrong: line and column in the text that was written."""

from __future__ import annotations

import pytest

from unpact.errors import QuerySyntaxError, UnpactError
from unpact.graph.memory import MemoryGraph
from unpact.query.run import run_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * WHERE { ?s ?p ^}", "expected an object, found '}'"),
        ("SELECT * {\n  ?s ?p ?o .\n  FILTER ^?o > 3\n}", "after FILTER"),
        ("^SELEC * {}", "expected SELECT, ASK, CONSTRUCT or DESCRIBE, found 'SELEC'"),
        ("SELECT * ^{ ?s ?p ?o ", "'{' is never closed"),
        ("SELECT * { ?s ?p ?o } ^}", "expected the end of the query, found '}'"),
        ("SELECT * { ?s ?p ?o .\n} ^LIMT 5", "expected the end of the query, found 'LIMT'"),
        ("SELECT * { ?s ?p ?o } ORDER ^?o", "expected 'BY', found '?o'"),
        ("SELECT * { ?s ?p ?o } ORDER BY ^LIMIT 4", "something after ORDER"),
        ("SELECT * { ?s ?p ^'abc }", "never closed"),
        ("SELECT * {\n\n  ?s ^foo:x ?o }", "the prefix 'foo' is not declared"),
        ("PREFIX a: ^b SELECT * { }", "expected an IRI in angle brackets"),
        ("SELECT * { ^[ a ?x }", None),
        ("SELECT * { ?é ?b 'ü' . ?s ?p ^}", "expected an object"),
        ("SELECT ^{ ?s ?p ?o }", "expected a variable"),
        ("SELECT (COUNT(?s) ^?n) { ?s ?p ?o }", None),
        ("SELECT * { ?s ?p ?o FILTER(?o > ^) }", "')' cannot stand here"),
        ("SELECT * {\n ?s ?p ?o\n FILTER(^FOO(?o)) }", "'FOO' cannot stand here"),
        ("SELECT * { VALUES ?x { ^$y } }", "'$y' cannot stand here"),
        ("SELECT * { ?s ?p ?o BIND(1 ?o^) }", None),
        ("SELECT ?x { ?s ?p ?o } GROUP BY^ ", "something to group by"),
        ("^", "the query is empty"),
        ("# only a comment^", "the query is empty"),
    ],
)
def test_line_and_column(text: str, words: str | None) -> None:
    """The caret in `text` shows the place; without `words` only its line has to be right."""
    before, _, after = text.partition("^")
    with pytest.raises(QuerySyntaxError) as caught:
        run_text(MemoryGraph(), before + after)
    line = before.count("\n") + 1
    assert caught.value.line == line
    if words is not None:
        assert words in str(caught.value)
        if "empty" not in words:
            assert caught.value.column == len(before) - (before.rfind("\n") + 1) + 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x a ?y }", "neither grouped by nor an aggregate"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x a ?y } GROUP BY ?y LIMIT 5", "neither grouped by nor an aggregate"),
        ("SELECT ?x (1 AS ?x) { ?x a ?y }", "name of a bound variable"),
        ("SELECT (1 AS ?z) (2 AS ?z) { ?x a ?y }", "named twice"),
        ("SELECT * { <bad iri> ?p ?o }", "'<'"),
        ("SELECT * { <http://a/{b}> ?p ?o }", "column 12: this IRI contains a character"),
        ("SELECT * { <nowhere> ?p ?o }", "not an absolute IRI"),
    ],
)
def test_what_the_engine_finds_is_one_sentence_with_a_place(text: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError, match=words) as caught:
        run_text(MemoryGraph(), text)
    assert caught.value.line == 1
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("depth", [390, 5000])
@pytest.mark.parametrize("end", ["", "?s ?p ?o", "?s ?p"])
def test_deep_nesting_never_ends_the_process(depth: int, end: str) -> None:
    problem = _problem("SELECT * " + "{" * depth + end + "}" * depth)
    assert problem is None or "\n" not in str(problem)


def _problem(text: str) -> UnpactError | None:
    try:
        run_text(MemoryGraph(), text)
    except UnpactError as error:
        return error
    return None
