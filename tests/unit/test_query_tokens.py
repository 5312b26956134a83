"""The tokenizer: nothing is lost, and code is told from strings, IRIs and comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.query.tokens import declared_prefixes, expand_token, place, significant, tokenize


@given(st.text())
def test_joining_the_tokens_gives_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert all(text[token.start : token.end] == token.text for token in tokens)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("?x $y", ["var", "var"]),
        ('"a $b # c" # $d', ["string"]),
        ("'it\\'s' 'b'", ["string", "string"]),
        ('"""a "quoted" text""" ?x', ["string", "var"]),
        ("<http://a/#$x> ?y", ["iri", "var"]),
        ("?a < ?b && ?c > ?d", ["var", "punct", "var", "punct", "var", "punct", "var"]),
        ("?a <= 3", ["var", "punct", "number"]),
        ("ex:a\\'b ?x", ["pname", "var"]),
        ("unp:a.", ["pname", "punct"]),
        ("_:b1 . :x", ["bnode", "punct", "pname"]),
        ('"x"@en-GB', ["string", "langtag"]),
        ('"1"^^xsd:date', ["string", "punct", "pname"]),
        ("1.5e3 .5 7.", ["number", "number", "number", "punct"]),
        ("?état ?名前", ["var", "var"]),
        ('"open', ["other", "word"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in significant(tokenize(text))] == kinds


def test_place_counts_lines_and_characters_from_one() -> None:
    text = "ab\né𝄞x\n\nz"
    assert [place(text, index) for index in (0, 2, 3, 5, 7, 8)] == [
        (1, 1),
        (1, 3),
        (2, 1),
        (2, 3),
        (3, 1),
        (4, 1),
    ]


def test_prefixes() -> None:
    tokens = significant(tokenize("PREFIX a: <http://a/> prefix : <http://b/> SELECT a:x :y b:z <http://c>"))
    prefixes = declared_prefixes(tokens)
    assert prefixes == {"a": "http://a/", "": "http://b/"}
    assert [expand_token(token, prefixes) for token in tokens[-4:]] == [
        "http://a/x",
        "http://b/y",
        None,
        "http://c",
    ]
