"""What is written is Turtle in the layout of unpact fmt, whatever stands in the table."""

from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from unpact.importing.turtle import TurtleWriter, iri, plain, text
from unpact.names import ID, RDFS, UNP
from unpact.turtle.format import format_text

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.mark.slow
@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS, TEXTS)
def test_whatever_is_written_is_read_back_and_laid_out(labels: list[str], code: str, comment: str) -> None:
    stream = StringIO()
    writer = TurtleWriter(stream, comment, ("unp", "id", "rdfs"))
    writer.comment(comment)
    values = [text(label, "en") for label in labels]
    writer.node(
        f"{ID}a-b", f"{UNP}State", (("rdfs:label", values), ("unp:iso2", [plain(code)]), ("unp:m49", []))
    )
    writer.comment(comment)
    written = stream.getvalue()
    quads = {(quad.predicate.value, quad.object) for quad in parse(written.encode(), RdfFormat.TURTLE)}
    assert {value for name, value in quads if name == f"{RDFS}label"} == {
        Literal(label, language="en") for label in labels
    }
    assert (f"{UNP}iso2", Literal(code)) in quads
    assert format_text(written, file="t.ttl") == written


def test_an_iri_is_shortened_only_where_that_is_turtle() -> None:
    written = [iri(each) for each in (f"{ID}a-b", f"{ID}", f"{ID}-a", f"{ID}\u00e9", "urn:x", f"{UNP}State")]
    assert written == ["id:a-b", f"<{ID}>", f"<{ID}-a>", f"<{ID}\u00e9>", "<urn:x>", "unp:State"]
    for each in (f"{ID}2000-a", f"{ID}a"):
        line = f"@prefix id: <{ID}> .\n{iri(each)} <urn:p> <urn:o> ."
        (quad,) = parse(line.encode(), RdfFormat.TURTLE)
        assert quad.subject == NamedNode(each)
