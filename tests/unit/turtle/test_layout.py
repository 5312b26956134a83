"""The layout that fmt gives."""

from __future__ import annotations

import pytest

from unpact.errors import DataSyntaxError
from unpact.turtle.format import format_text
from unpact.turtle.parser import DEEPEST

HEAD = "@prefix x: <http://x/> .\n\n"
LONG = " , ".join(f"x:object-number-{number}" for number in range(8))


def formatted(text: str, suffix: str = ".ttl") -> str:
    found = format_text(HEAD + text, file="f" + suffix, suffix=suffix)
    assert format_text(found, file="f" + suffix, suffix=suffix) == found
    assert found.startswith(HEAD)
    return found.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x:a   x:p 1;x:q 2,3;;.", "x:a x:p 1 ;\n    x:q 2 , 3 .\n"),
        ("x:a\n  a x:C\n  .", "x:a a x:C .\n"),
        ("x:a x:p 1 . x:b x:p 2 .", "x:a x:p 1 .\nx:b x:p 2 .\n"),
        ("x:a x:p 1 .\n\n\n\n\nx:b x:p 2 .\n\n\n", "x:a x:p 1 .\n\nx:b x:p 2 .\n"),
        ("x:a x:p 1 .\r\n\r\nx:b x:p 2 .\r\n", "x:a x:p 1 .\n\nx:b x:p 2 .\n"),
        ("x:a x:p '''one\r\n  two  \n''' ;\n x:q 2.", "x:a x:p '''one\r\n  two  \n''' ;\n    x:q 2 .\n"),
        ('x:a x:p "1" ^^ x:t,"de" @de .', 'x:a x:p "1"^^x:t , "de"@de .\n'),
        # objects that their author put one below the other stay so
        ("x:a x:p 1,\n2, 3.", "x:a x:p 1 ,\n        2 ,\n        3 .\n"),
        # and those that do not fit are put so
        (
            f"x:a x:p 1 ; x:q {LONG} .",
            "x:a x:p 1 ;\n    x:q " + LONG.replace(" , ", " ,\n        ") + " .\n",
        ),
        # a string cannot be broken
        (f'x:a x:p "{"long " * 40}" .', f'x:a x:p "{"long " * 40}" .\n'),
        # annotations may stay on one line
        ("[]  a x:A;x:p 1 , 2.", "[] a x:A ; x:p 1 , 2 .\n"),
        ("[] a x:A ;\n x:p 1 .", "[] a x:A ;\n    x:p 1 .\n"),
        (f"[] a x:A ; x:p '{'y' * 181}' .", f"[] a x:A ; x:p '{'y' * 181}' .\n"),
        (f"[] a x:A ; x:p '{'y' * 182}' .", f"[] a x:A ;\n    x:p '{'y' * 182}' .\n"),
        # brackets
        ("x:a x:p [ ] , ( ) .", "x:a x:p [] , () .\n"),
        ("x:a x:p [x:q 1;x:r 2] .", "x:a x:p [ x:q 1 ; x:r 2 ] .\n"),
        ("x:a x:p [\nx:q 1;x:r 2 ] .", "x:a x:p [\n        x:q 1 ;\n        x:r 2\n    ] .\n"),
        (
            "x:a a x:C ; x:p [\nx:q 1 ;] , [ x:r\n2 ] .",
            "x:a a x:C ;\n    x:p [\n        x:q 1 ;\n    ] , [\n        x:r 2\n    ] .\n",
        ),
        (
            f"x:a a x:C ; x:p [ x:q {LONG} ] .",
            "x:a a x:C ;\n    x:p [\n        x:q " + LONG.replace(" , ", " ,\n            ") + "\n    ] .\n",
        ),
        ("[ x:p 1 ] .", "[ x:p 1 ] .\n"),
        ("[ x:p 1 ]x:q 2 .", "[ x:p 1 ] x:q 2 .\n"),
        # collections
        ("x:a x:p (1 2\t3) .", "x:a x:p ( 1 2 3 ) .\n"),
        ("x:a x:p (\n1 (2 3) ) .", "x:a x:p (\n        1\n        ( 2 3 )\n    ) .\n"),
        # directives
        ("PREFIX  y:<http://y/>\n@base<http://b/>.", "PREFIX y: <http://y/>\n@base <http://b/> .\n"),
        ("@prefix   yy:    <http://y/> .", "@prefix yy: <http://y/> .\n"),
        # RDF 1.2
        ("x:a x:p 1~x:r{|x:q 2|},3.", "x:a x:p 1 ~ x:r {| x:q 2 |} , 3 .\n"),
        ("<<x:a x:p x:b>>x:q<<(x:a x:p x:b)>>.", "<< x:a x:p x:b >> x:q <<( x:a x:p x:b )>> .\n"),
    ],
)
def test_layout(text: str, expected: str) -> None:
    assert formatted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# one  \n\n\n# two\nx:a x:p 1 . # three\n# four", "# one\n\n# two\nx:a x:p 1 . # three\n# four\n"),
        ("x:a x:p 1 # one\n; x:q 2 # two\n.", "x:a x:p 1 ; # one\n    x:q 2 . # two\n"),
        ("x:a x:p 1 ;\n# one\n\n    # two\nx:q 2 .", "x:a x:p 1 ;\n    # one\n    # two\n    x:q 2 .\n"),
        ("x:a x:p 1 ;\n  # x:q 2 ;\n.", "x:a x:p 1\n    # x:q 2 ;\n    .\n"),
        ("x:a # one\n x:p 1 .", "x:a # one\n    x:p 1 .\n"),
        ("x:a x:p # one\n 1 .", "x:a x:p # one\n        1 .\n"),
        ("x:a x:p 1 , # one\n2 .", "x:a x:p 1 , # one\n        2 .\n"),
        ("x:a x:p [ # one\nx:q 1 # two\n] .", "x:a x:p [ # one\n        x:q 1 # two\n    ] .\n"),
        ("x:a x:p (\n# one\n1 # two\n) .", "x:a x:p (\n        # one\n        1 # two\n    ) .\n"),
        ("x:a x:p ( # one\n) .", "x:a x:p ( # one\n    ) .\n"),
        ("[] a x:A ; # one\n x:p 1 .", "[] a x:A ; # one\n    x:p 1 .\n"),
        ("x:a x:p '1'^^ # one\nx:t .", "x:a x:p '1'^^ # one\n        x:t .\n"),
        ("@prefix # one\ny: <http://y/> .", "@prefix # one\n    y: <http://y/> .\n"),
        ("x:a x:p 1 # one\n# two\n. # three\n", "x:a x:p 1 # one\n    # two\n    . # three\n"),
    ],
)
def test_comments_stay_where_they_belong(text: str, expected: str) -> None:
    assert formatted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{x:a x:p 1}", "{\n    x:a x:p 1 .\n}\n"),
        ("GRAPH  x:g{ }", "GRAPH x:g {\n}\n"),
        (
            "x:g {\n\n\nx:a x:p 1 ; x:q 2 .\n\n\n# one\nx:b x:p 3 # two\n\n} x:c x:p 4 .",
            "x:g {\n    x:a x:p 1 ;\n        x:q 2 .\n\n    # one\n    x:b x:p 3 . # two\n}\nx:c x:p 4 .\n",
        ),
    ],
)
def test_graphs_of_trig_are_indented(text: str, expected: str) -> None:
    assert formatted(text, ".trig") == expected


def test_a_byte_order_mark_and_blanks_at_the_top_go() -> None:
    assert format_text("\ufeff\n\n  # one\n", file="f.ttl") == "# one\n"
    assert format_text("", file="f.ttl") == ""
    assert format_text(" \n\n", file="f.ttl") == ""


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("@prefix x: <http://x/> .\nx:a x:p .\n", "f.ttl:2:"),
        ("x:a x:p 1 .", "f.ttl:1:1"),
        ('<http://x/a> <http://x/p> "open .\n', "f.ttl:1:"),
        ("<http://x/a> <http://x/p> " + "(" * (DEEPEST + 1) + ")" * (DEEPEST + 1) + " .", "f.ttl:1:"),
    ],
)
def test_what_does_not_parse_is_refused_with_its_place(text: str, where: str) -> None:
    with pytest.raises(DataSyntaxError) as caught:
        format_text(text, file="f.ttl")
    assert str(caught.value).startswith(where)


def test_the_deepest_nesting_is_laid_out() -> None:
    text = "x:a x:p " + "[ x:p\n" * DEEPEST + "1" + "]" * DEEPEST + " ."
    assert formatted(text).count("\n") == 2 * DEEPEST + 1
