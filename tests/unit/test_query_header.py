"""Headers of stored queries: what is read, and that every mistake names its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unpact.query.faults import StoredQueryError
from unpact.query.header import parse_stored_query

PATH = Path("queries/treaties/acts.rq")
GOOD = """\
#+ title: Acts of a state
#+ description: Which acts did the state carry out, and when?
#+ keywords: [treaties, states]
#+ parameters:
#+   state: {type: State, required: true, help: "the state"}
#+   kind: {type: Treaty, list: true, help: "only these"}
#+   since: {type: date, default: 2000-01-01, help: "first day"}
#+ columns:
#+   act: the act
#+   date: its date
#+ examples:
#+   - {state: NO}
#+   - {state: PK, kind: [UNCAC, UNTOC], since: 2010-02-28}
SELECT ?act (STR(?when) AS ?date) WHERE {
  ?act unp:actor $state ; unp:treaty ?treaty ; unp:date ?when .
  # if $kind
  FILTER(?treaty IN ($kind))
  # end
  FILTER(STR(?when) >= STR($since)) # $nothing in a comment, "$nor in a string"
}
ORDER BY ?date
"""


def test_reads_everything() -> None:
    query = parse_stored_query(GOOD, PATH)
    assert (query.name, query.topic) == ("acts", "treaties")
    assert query.title == "Acts of a state"
    assert query.keywords == ("treaties", "states")
    assert [parameter.name for parameter in query.parameters] == ["state", "kind", "since"]
    assert query.parameters[1].list
    assert query.parameters[1].optional
    assert query.parameters[2].default == "2000-01-01"
    assert dict(query.columns) == {"act": "the act", "date": "its date"}


def test_plain_yaml_words_stay_text() -> None:
    query = parse_stored_query(GOOD, PATH)
    assert query.examples[0] == {"state": "NO"}
    assert query.examples[1] == {"state": "PK", "kind": ("UNCAC", "UNTOC"), "since": "2010-02-28"}


def test_no_parameters_may_be_left_out() -> None:
    text = """\
#+ title: t
#+ description: d
#+ keywords: [k]
#+ columns: {s: a thing}
#+ examples: [{}]
SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s
"""
    assert parse_stored_query(text, PATH).parameters == ()


WRONG = [
    ("#+ title: Acts of a state\n", "", 1, "lacks the key 'title'"),
    ("#+ keywords: [treaties, states]\n", "", 1, "lacks the key 'keywords'"),
    ("#+ title: Acts", "#+ titel: x\n#+ title: Acts", 1, "unknown key 'titel'"),
    ("#+ keywords: [treaties, states]", "#+ title: again", 3, "'title' twice"),
    ("#+ keywords: [treaties, states]", "#+ keywords: treaties", 3, "keywords must be a list"),
    ("#+ title: Acts of a state", "#+ title: ''", 1, "title is empty"),
    ("#+ title: Acts of a state", "#+ title: [a", 2, "not valid YAML"),
    ("#+ title: Acts of a state", "#+ title: &t Acts\n#+ description: *t", 1, "an alias"),
    ("type: State, ", "type: sstate, ", 5, "unknown type 'sstate'"),
    ("type: State, ", "typ: State, ", 5, "unknown key 'typ'"),
    ('help: "only these"', 'list: true, help: ""', 6, "twice"),
    (', help: "the state"', "", 5, "lacks the key 'help'"),
    ("required: true", "required: perhaps", 5, "must be true or false"),
    ("required: true", "required: true, default: Iran", 5, "cannot have a default"),
    ("default: 2000-01-01", "default: 2000-13-01", 7, "not a day"),
    ("{state: NO}", "{stat: NO}", 12, "'stat', which is not a declared parameter"),
    ("{state: NO}", "{}", 12, "lacks the required parameter 'state'"),
    ("{state: NO}", "{state: [NO, PK]}", 12, "takes one value"),
    ("since: 2010-02-28", "since: 2010-02-30", 13, "not a day"),
    ("unp:date ?when", "unp:date ?when ; unp:by $who", 15, "$who is used but not declared"),
    ("STR($since)", '"$since"', 7, "'since' is declared but the query never uses"),
    ("  # if $kind\n", "", 17, "closes no '# if"),
    ("  # end\n", "", 16, "never closed"),
    ("# if $kind", "# if $sort", 17, "$kind may be missing"),
    ("# if $kind", "# if $kind or so", 16, "must read '# if $name'"),
    ("  # if $kind", "  ?act a unp:Act . # if $kind", 16, "line of its own"),
    ("?treaty IN ($kind)", "?treaty = $kind", 17, "no list can stand here"),
    ("unp:treaty ?treaty", "unp:treaty ?kind", 15, "?kind and $kind are the same variable"),
    ("SELECT ?act", "SELECT ?act ?treaty", 8, "projects ?treaty, which columns does not describe"),
    ("#+   act: the act", "#+   deed: the act", 9, "'deed' is described but the query does not project"),
    ("SELECT ?act (STR(?when) AS ?date)", "SELECT *", 14, "does not say what the columns are"),
    ("SELECT ?act (STR(?when) AS ?date)", "SELECT ?act ?date $state", 14, "cannot be a column"),
    ("SELECT ?act (STR(?when) AS ?date)", "ASK", 14, "must be a SELECT"),
    ("STR($since)", "STR($since) && ?act <?treaty&&?treaty>?act", 19, "read as an IRI"),
    ("unp:actor $state", "unp:actor $state@en", 15, "cannot be followed by @en"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), WRONG, ids=[words for *_, words in WRONG])
def test_mistakes_name_file_and_line(old: str, new: str, line: int, words: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(StoredQueryError) as caught:
        parse_stored_query(GOOD.replace(old, new, 1), PATH)
    assert words in str(caught.value)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"{PATH}:{line}: ")


def test_no_header_at_all() -> None:
    with pytest.raises(StoredQueryError, match=r"acts\.rq:1: the query has no header"):
        parse_stored_query("SELECT ?s { ?s ?p ?o }", PATH)


def _problem(text: str) -> StoredQueryError | None:
    try:
        parse_stored_query(text, PATH)
    except StoredQueryError as error:
        return error
    return None


def _checked(text: str) -> None:
    problem = _problem(text)
    if problem is not None:
        assert 1 <= problem.line <= text.count("\n") + 1
        assert str(problem).startswith(f"{PATH}:{problem.line}: ")
        assert "\n" not in str(problem)


@pytest.mark.slow
@given(st.text())
def test_any_text_parses_or_names_file_and_line(text: str) -> None:
    _checked(text)


@pytest.mark.slow
@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n")), min_size=1))
def test_any_header_parses_or_names_file_and_line(lines: list[str]) -> None:
    _checked("\n".join(f"#+{line}" for line in lines) + "\nSELECT ?s { ?s ?p ?o }")


@pytest.mark.slow
@settings(max_examples=300)
@given(
    st.integers(0, len(GOOD) - 1),
    st.integers(0, 30),
    st.sampled_from(
        ["", "#", "\n", '"', "'", "{", "}", "$", "?x", "$x", "# end\n", "[", ": ", "- ", "*", "&a", "*a"]
    ),
)
def test_any_edit_of_a_good_query_parses_or_names_file_and_line(start: int, length: int, put: str) -> None:
    _checked(GOOD[:start] + put + GOOD[start + length :])
