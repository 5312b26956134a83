"""N-Triples and N-Quads, cut line by line, against the same text cut as Turtle is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.errors import DataSyntaxError
from unpact.turtle.blanks import numbered_blanks
from unpact.turtle.index import TripleIndex
from unpact.turtle.keys import Label
from unpact.turtle.lines import Lines
from unpact.turtle.split import Statements, numbers

BASE = "http://example.org/base/file"
SUBJECTS = st.sampled_from(["<http://e/a>", "<http://e/ab>", "<http://e/\\u0061>", "_:a", "_:ab", "_:a.b"])
OBJECTS = st.sampled_from(
    [
        "<http://e/a>",
        "_:c",
        '"x"',
        '"_:no # . <http://e/n>"@en',
        '"\\" \\\\"^^<http://e/t>',
        '"é\u2028"',
        "<<( <http://e/a> <http://e/p> _:d )>>",
    ]
)
COMMENTS = st.sampled_from(["", " # _:not <http://e/a> .", "# a", " "])


@st.composite
def triple(draw: st.DrawFn) -> str:
    space = draw(st.sampled_from([" ", "\t", ""]))
    graph = draw(st.sampled_from(["", "", " <http://e/g>", " _:g"]))
    subject, value = draw(SUBJECTS), draw(OBJECTS)
    # without a space, the full stop would belong to a label
    end = draw(st.sampled_from([" .", "."])) if not f"{value}{graph}".count("_:") else " ."
    return f"{subject}{space or ' '}<http://e/p>{space}{value}{graph}{end}{draw(COMMENTS)}"


DOCUMENTS = st.tuples(
    st.lists(st.one_of(triple(), COMMENTS, triple().map(lambda each: f"  {each}")), max_size=8),
    st.sampled_from(["\n", "\r\n", "\n\n", "\r"]),
    st.booleans(),
).map(lambda parts: parts[1].join(parts[0]) + (parts[1] if parts[2] else ""))


def cut(kind: type[Statements], text: str) -> Statements:
    return kind(text, file="f.nt", base=BASE)


@pytest.mark.slow
@given(DOCUMENTS, st.booleans())
def test_lines_are_the_statements_of_turtle(text: str, quads: bool) -> None:  # noqa: FBT001 - drawn
    lines, statements = cut(Lines, text), cut(Statements, text)
    assert lines.starts == statements.starts
    assert {head: list(numbers(found)) for head, found in lines.heads().items()} == {
        head: list(numbers(found)) for head, found in statements.heads().items()
    }
    of_lines, of_statements = TripleIndex(lines), TripleIndex(statements)
    written = [of_lines.triples(number) for number in range(len(lines))]
    assert written == [of_statements.triples(number) for number in range(len(statements))]
    assert numbered_blanks(lines, of_lines.triples, quads=quads) == numbered_blanks(
        statements, of_statements.triples, quads=quads
    )


def test_no_line_is_looked_through() -> None:
    # a statement that is no line, which Turtle has and N-Triples has not
    text = "<http://e/a> <http://e/p> _:a . <http://e/b> <http://e/p> _:b .\n_:a <http://e/p> _:c .\n"
    lines = cut(Lines, text)
    assert list(lines.starts) == [0, text.index("\n") + 1]
    assert list(lines.heads()) == ["<http://e/a>", "_:a"]
    assert len(cut(Statements, text)) == len(lines) + 1


@pytest.mark.parametrize(
    "text",
    [
        "<http://e/a> <http://e/p> 1 .\r_:a <http://e/p> 2 .\r",
        "  <http://e/a> <http://e/p> 1 .\n_:a <http://e/p> 2 .\n",
        "@prefix : <http://e/> .\n:a :p 1 .\n",
        "<http://e/a> <http://e/p> 1 .\n[] <http://e/p> 2 .\n",
    ],
)
def test_what_is_not_written_as_usual_is_cut_as_turtle(text: str) -> None:
    lines, statements = cut(Lines, text), cut(Statements, text)
    assert len(lines) == 2
    assert lines.starts == statements.starts
    assert [lines.end(number) for number in (0, 1)] == [statements.end(number) for number in (0, 1)]


def test_a_label_is_not_the_beginning_of_a_longer_one() -> None:
    text = "_:a <http://e/p> 1 .\n_:ab <http://e/p> 2 .\n_:a <http://e/p> 3 .\n"
    lines = cut(Lines, text)
    assert lines.heads() == {"_:a": [0, 2], "_:ab": [1]}
    assert numbered_blanks(lines, TripleIndex(lines).triples, quads=False) == [Label("_:a"), Label("_:ab")]


def test_what_is_no_statement_at_all_is_refused() -> None:
    with pytest.raises(DataSyntaxError, match="does not end"):
        cut(Lines, "a b c\n")
