from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from unpact.article.passages_file import passages_turtle, write_passages
from unpact.article.segment import Segmentation, main, segment
from unpact.article.text import read_article
from unpact.errors import UsageError
from unpact.names import SOURCE, UNP

if TYPE_CHECKING:
    from pathlib import Path

FRONT = """
# **Column**

# A "Title" \\ of the Text

March 3, 2020

Written by: Somebody

Keeper of the Lighthouse """
BODY = """It stands on a rock. It was built in 1900, i.e. Long before the harbour? Yes!

A sentence that a page

break divides, e.g. This one, about 2.5 miles. Another follows.

### Heading

He called it "A tower of light." The name stayed. It cost US\\$ 7.

The keeper did three things

- Lit the lamp. Every night
- Wrote the log

- Slept

Then he left.

\\*\\*\\*
"""
TEXT = FRONT + BODY


@pytest.fixture(scope="module")
def divided() -> Segmentation:
    return segment(TEXT, len(FRONT))


def words(divided: Segmentation, name: str) -> str:
    (found,) = [TEXT[each.start : each.end] for each in divided.passages if each.name == name]
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("0.1.1", "March 3, 2020"),
        ("0.2.1", "Written by: Somebody"),
        ("0.2.2", "Keeper of the Lighthouse"),
        ("1.1.1", "It stands on a rock."),
        ("1.1.2", "It was built in 1900, i.e. Long before the harbour?"),
        ("1.1.3", "Yes!"),
        ("1.2.1", "A sentence that a page\n\nbreak divides, e.g. This one, about 2.5 miles."),
        ("1.2.2", "Another follows."),
        ("2.1.1", 'He called it "A tower of light."'),
        ("2.1.2", "The name stayed."),
        ("2.1.3", "It cost US\\$ 7."),
        ("2.2.1", "The keeper did three things"),
        ("2.2.2", "Lit the lamp. Every night"),
        ("2.2.3", "Wrote the log"),
        ("2.2.4", "Slept"),
        ("2.3.1", "Then he left."),
    ],
)
def test_passage(divided: Segmentation, name: str, expected: str) -> None:
    assert words(divided, name) == expected


def test_nothing_but_white_space_marks_and_headings_lies_between_passages(divided: Segmentation) -> None:
    assert len(divided.passages) == 16
    rest = "".join(
        " " if any(each.start <= at < each.end for each in divided.passages) else character
        for at, character in enumerate(TEXT)
    )
    assert rest.replace("\\*", "").replace("-", "").split() == [
        "#", "**Column**", "#", "A", '"Title"', "\\", "of", "the", "Text", "###", "Heading",
    ]  # fmt: skip


def test_sections_know_their_headings(divided: Segmentation) -> None:
    headings = [section.heading and TEXT[slice(*section.heading)] for section in divided.sections]
    assert headings == ['# **Column**\n\n# A "Title" \\ of the Text', None, "### Heading"]
    assert TEXT[slice(*divided.title)] == 'A "Title" \\ of the Text'


def test_turtle_says_where_each_passage_is_and_what_its_hash_is(divided: Segmentation) -> None:
    turtle = passages_turtle(TEXT, divided)
    assert turtle == passages_turtle(TEXT, segment(TEXT, len(FRONT)))
    assert "lighthouse" not in turtle.lower()
    values: dict[str, dict[str, Literal]] = {}
    for quad in parse(input=turtle, format=RdfFormat.TURTLE):
        assert isinstance(quad.subject, NamedNode)
        if isinstance(quad.object, Literal):
            values.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object
    for passage in divided.passages:
        said = values[SOURCE + passage.name]
        found = TEXT[int(said[UNP + "charStart"].value) : int(said[UNP + "charEnd"].value)]
        assert found == words(divided, passage.name)
        assert said[UNP + "sha256"].value == hashlib.sha256(found.encode()).hexdigest()
        numbers = [said[UNP + part].value for part in ("sectionNumber", "paragraphNumber", "sentenceNumber")]
        assert ".".join(numbers) == passage.name
    article = values[SOURCE.rstrip("/")]
    assert article["http://purl.org/dc/terms/title"] == Literal('A "Title" \\ of the Text', language="en")
    assert article[UNP + "charCount"].value == str(len(TEXT))


def test_file_is_written_whole_or_not_at_all(divided: Segmentation, tmp_path: Path) -> None:
    target = tmp_path / "passages.ttl"
    write_passages(target, TEXT, divided)
    assert target.read_text(encoding="utf-8") == passages_turtle(TEXT, divided)
    with pytest.raises(UsageError, match="cannot be written"):
        write_passages(tmp_path / "missing" / "passages.ttl", TEXT, divided)
    assert [path.name for path in tmp_path.iterdir()] == ["passages.ttl"]


def test_an_edited_copy_of_the_article_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT, encoding="utf-8")
    with pytest.raises(UsageError, match="not the canonical text") as caught:
        read_article(copy)
    assert str(caught.value).startswith(str(copy))
    assert main([str(copy), "-o", str(tmp_path / "out.ttl")]) == 2
    assert "not the canonical text" in capsys.readouterr().err
    assert not (tmp_path / "out.ttl").exists()


def test_an_article_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt: the article cannot be read \(no such file"):
        read_article(tmp_path / "nowhere.txt")
