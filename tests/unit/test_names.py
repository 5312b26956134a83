from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from unpact.errors import (
    AmbiguousNameError,
    DataSyntaxError,
    QuerySyntaxError,
    QueryTimeout,
    UnknownNameError,
    UnpactError,
    UsageError,
)
from unpact.names import ID, PREFIXES, SOURCE, UNP, compact, expand, prologue


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        (ID + "pakistan", "id:pakistan"),
        (UNP + "Treaty", "unp:Treaty"),
        (SOURCE + "2.4.1", "s:2.4.1"),
        (ID, ID),
        (ID + "-x", ID + "-x"),
        (ID + "x.", ID + "x."),
        (ID + "a/b", ID + "a/b"),
        (ID + "a b", ID + "a b"),
        ("http://example.org/x", "http://example.org/x"),
    ],
)
def test_compact(iri: str, written: str) -> None:
    assert compact(iri) == written


@pytest.mark.parametrize(
    "text", ["pakistan", "http://example.org/x", "ex:pakistan", "id:", "id:a b", ":x", ""]
)
def test_expand_knows_what_is_no_curie(text: str) -> None:
    assert expand(text) is None


@pytest.mark.slow
@given(st.sampled_from(sorted(PREFIXES)), st.text(min_size=1, max_size=12))
def test_whatever_is_compacted_expands_again_and_is_read_by_the_engine(prefix: str, local: str) -> None:
    iri = PREFIXES[prefix] + local
    written = compact(iri)
    if written == iri:
        return
    assert expand(written) == iri
    assert Store().query(f"{prologue()}SELECT * {{ ?s ?p {written} }}") is not None


def test_errors_say_where_and_what_next() -> None:
    assert str(UnpactError("it is wrong")) == "it is wrong"
    assert (
        str(UsageError("it is wrong", where="--data x", hint="Type y.")) == "--data x: it is wrong. Type y."
    )
    assert str(DataSyntaxError("bad", path="a.ttl", line=3, column=7)) == "a.ttl:3:7: bad"
    assert str(QuerySyntaxError("bad", line=3, column=7)) == "query, line 3, column 7: bad"
    assert str(QuerySyntaxError("bad", line=3, column=7, where="q.rq")) == "q.rq:3:7: bad"
    assert str(UnknownNameError("no x", suggestions=["a", "b", "c"])) == "no x. Did you mean a, b or c?"
    assert str(AmbiguousNameError("two x", candidates=["a", "b"])) == "two x. Say which one: a or b."
    assert (UsageError("x").exit_code, QueryTimeout("x").exit_code) == (2, 3)
