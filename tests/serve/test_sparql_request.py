"""Whatever a request is, it is understood in one way or refused in one sentence."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unpact.serve.exchange import Asked
from unpact.serve.failures import RequestRefused
from unpact.serve.sparql.request import FORM, QUERY, QueryRequest, read_request

if TYPE_CHECKING:
    from unpact.serve.site import Site

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_GRAPHS = st.lists(_TEXT, max_size=3).map(tuple)


# a mark of the order of bytes is no part of a text, and a query does not begin with one
@pytest.mark.slow
@given(_TEXT.filter(lambda text: not text.startswith("\ufeff")), _GRAPHS, _GRAPHS)
def test_the_three_ways_to_ask_say_the_same(
    text: str, default: tuple[str, ...], named: tuple[str, ...]
) -> None:
    request = QueryRequest(text, default, named)
    fields = tuple(request.parameters())
    assert read_request(Asked("/sparql", fields)) == request
    form = urlencode(fields).encode()
    assert read_request(Asked("/sparql", method="POST", media_type=FORM, body=form)) == request
    direct = Asked("/sparql", fields[1:], method="POST", media_type=QUERY, body=text.encode())
    assert read_request(direct) == request


@pytest.mark.slow
@given(
    st.binary(),
    st.one_of(st.sampled_from([FORM, QUERY, "application/sparql-update", ""]), _TEXT),
    st.lists(st.tuples(st.sampled_from(["query", "update", "format", "default-graph-uri", "x"]), _TEXT)),
)
def test_any_request_is_read_or_refused(body: bytes, media_type: str, fields: list[tuple[str, str]]) -> None:
    asked = Asked("/sparql", tuple(fields), method="POST", media_type=media_type, body=body)
    with suppress(RequestRefused):
        request = read_request(asked)
        assert request.text is not None
        assert media_type in (FORM, QUERY)
        assert not [name for name, _ in fields if name == "update"]


_PARTS = st.sampled_from(
    [
        *(
            "SELECT *",
            "SELECT ?x",
            "ASK",
            "DESCRIBE id:uncac",
            "CONSTRUCT WHERE",
            "INSERT DATA",
            "PREFIX :",
            "BASE",
        ),
        *(
            "{",
            "}",
            "(",
            ")",
            "?x a unp:Treaty",
            "?x ?y s:6.3.1 .",
            "<urn:x>",
            "<",
            '"é"',
            '"""',
            "'",
            "\\u0053",
        ),
        *(
            "FILTER",
            "OPTIONAL {",
            "SERVICE",
            "FROM",
            "NAMED",
            "GRAPH",
            "LIMIT 1",
            "#",
            "\n",
            "\t",
            "\0",
            "😀",
        ),
    ]
)


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.lists(_PARTS, max_size=12).map(" ".join), st.sampled_from(["", "text/html", "text/csv", "text/turtle"])
)
def test_any_text_is_answered_or_refused(site: Site, text: str, accept: str) -> None:
    reply = site.answer(Asked("/sparql", (("query", text),), accept))
    assert reply.status in (200, 400, 403, 406)
    assert reply.body


def test_a_mark_of_the_order_of_bytes_is_passed_over() -> None:
    body = "ASK {}".encode("utf-8-sig")
    asked = Asked("/sparql", method="POST", media_type=QUERY, body=body)
    assert read_request(asked).text == "ASK {}"


def test_the_first_format_counts_and_its_place_does_not() -> None:
    asked = Asked("/sparql", (("format", "csv"), ("query", "ASK {}"), ("format", "xml")))
    assert read_request(asked).format == "csv"
    with pytest.raises(RequestRefused, match="several"):
        read_request(Asked("/sparql", (("query", "ASK {}"), ("query", ""))))
