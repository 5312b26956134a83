from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from unpact.graph.outline import outline
from unpact.names import PREFIXES


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("# ASK first\nPREFIX select: <urn:ask>\nBASE <urn:construct>\nask { ?select ?p 'DESCRIBE' }", "ASK"),
        ("PREFIX x: <urn:x#> construct { ?s x:ask ?o } where { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <urn:select>", "DESCRIBE"),
        ("INSERT DATA { <urn:a> <urn:b> 'SELECT' }", None),
        ("DELETE WHERE { ?s ?p ?o } ; INSERT { } WHERE { SELECT * { } }", None),
        ("", None),
        ("hello", None),
    ],
)
def test_the_form_is_the_first_keyword(text: str, form: str | None) -> None:
    assert outline(text).form == form


@pytest.mark.parametrize(
    ("text", "undeclared"),
    [
        ("SELECT * { ?s a unp:State }", ("unp",)),
        ("PREFIX unp: <urn:other#> SELECT * { id:x a unp:State }", ("id",)),
        ("prefix id: <urn:x> SELECT * { ?id <id:x> 'unp:y' } # org:z", ()),
        ("SELECT * { ?s ex:id:y _:unp, 1 ; my-id:x 2 }", ()),
        ("SELECT * { ?s ?p '1'^^xsd:integer FILTER(?o < ?p && rdf:type > ?x) }", ("xsd", "rdf")),
    ],
)
def test_prefixes_that_are_used_and_not_declared(text: str, undeclared: tuple[str, ...]) -> None:
    assert set(outline(text).undeclared) == set(undeclared)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("select * from named <urn:g> { ?s ?p ?o }", True),
        ('SELECT * { ?from <urn:from> \'FROM\', """FROM""" } # FROM', False),
        ("SELECT * { ?s unp:from ?o }", False),
    ],
)
def test_from_is_seen_as_a_keyword_only(text: str, *, names: bool) -> None:
    assert outline(text).names_dataset is names


def test_the_prologue_keeps_the_lines_of_the_query() -> None:
    text = "SELECT *\n{ ?s a unp:State }"
    sent = outline(text).prologue + text
    assert sent.splitlines()[1] == text.splitlines()[1]
    assert list(Store().query(sent)) == []


@pytest.mark.slow
@given(st.text(alphabet=st.sampled_from("SELCT *{}?:<>'\"\\#\n@^ unpidFROM"), max_size=60))
def test_any_text_can_be_looked_over(text: str) -> None:
    read = outline(text)
    assert set(read.undeclared) <= PREFIXES.keys()


@given(st.permutations(["PREFIX unp: <urn:u#>", "PREFIX id: <urn:i#>", "# unp: FROM\n", "BASE <urn:b>"]))
def test_what_is_declared_is_not_declared_again(prologue: list[str]) -> None:
    read = outline("\n".join([*prologue, "ASK { unp:a id:b xsd:c }"]))
    assert (read.form, read.undeclared, read.names_dataset) == ("ASK", ("xsd",), False)
