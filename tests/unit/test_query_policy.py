"""What a query may not do, held against what the engine would do."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from unpact.errors import NetworkRefused, UnpactError, UsageError
from unpact.names import PREFIXES
from unpact.query.policy import refuse_remote

from ..examples import examples  # noqa: TID252 - test folders are no packages

# A port that the engine refuses to open: trying to reach it is an error and never a connection.
CLOSED = "<http://127.0.0.1:1/>"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE {CLOSED} {{ ?s ?p ?o }} }}",
        f"select * {{ service silent {CLOSED} {{ ?s ?p ?o }} }}",
        f"SELECT * {{SERVICESILENT{CLOSED}{{?s ?p ?o}}}}",
        "PREFIX ex: <http://127.0.0.1:1/> SELECT * {SERVICEex:a{?s ?p ?o}}",
        "PREFIX ex: <http://127.0.0.1:1/> SELECT * {?s ?p trueSERVICEex:a{?s ?p ?o}}",
        "SELECT * { VALUES ?g { <http://127.0.0.1:1/> } SERVICE ?g { ?s ?p ?o } }",
        f"SELECT * {{ GRAPH <http://a/\\u0041#> {{ SERVICE {CLOSED} {{ ?s ?p ?o }} }} }}",
        f"SELECT * {{ ?s <http://a/p'> ?o SERVICE {CLOSED} {{ ?s ?p ?o }} }} # '",
        f"PREFIX ex: <http://a/> SELECT * {{ ?s ex:a\\' ?o SERVICE {CLOSED} {{ ?s ?p ?o }} }} # '",
        f"SELECT * {{ ?s ?p '''it''s''' SERVICE {CLOSED} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ \\u0053ERVICE {CLOSED} {{ ?s ?p ?o }} }}",
        "SELECT * FROM <http://a/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://a/> { ?s ?p ?o }",
        "PREFIX ex: <http://a/> SELECT * FROMex:a {?s ?p ?o}",
        "PREFIX ex: <http://a/> CONSTRUCT FROM ex:a WHERE { ?s ?p ?o }",
        f"DESCRIBE <http://a/> FROM {CLOSED}",
    ],
)
def test_remote_is_refused_unless_allowed(text: str) -> None:
    with pytest.raises(NetworkRefused, match="--allow-network"):
        refuse_remote(text)
    refuse_remote(text, allow_network=True)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <http://a/> { }" }',
        "SELECT * { ?s <http://a/SERVICE/FROM> ?o }",
        "SELECT * { ?s ?p ?o } # FROM <http://a/>",
        "SELECT ?service ?from { ?service ?p ?from }",
        "SELECT * { ?service ?p '''SERVICE\n<http://a/>''' }",
        "PREFIX service: <http://a/> SELECT * { ?s service:a ?o ; a service:B }",
        "PREFIX service: <http://a/> SELECT * { GRAPH service:a { ?s ?p ?o } }",
        "SELECT * { ?s unp:fromState ?o }",
        "SELECT * FROM <https://w3id.org/unpact/graph/data/article/bodies> { ?s ?p ?o }",
        "PREFIX g: <https://w3id.org/unpact/graph/> SELECT * FROM NAMED g:ontology { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <http://mine/> { ?s ?p ?o }",
        "SELECT (REPLACE(?a, 'insert', 'delete') AS ?b) { ?s ?p ?a }",
    ],
)
def test_what_only_looks_remote_is_allowed(text: str) -> None:
    refuse_remote(text, local_graphs=lambda: ["http://mine/"])


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX a: <http://a/>\n# first\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://a/>",
        "BASE <http://a/> CLEAR ALL",
        "with <http://a/> delete { ?s ?p ?o } where { ?s ?p ?o }",
    ],
)
@pytest.mark.parametrize("allow_network", [True, False])
def test_updates_are_always_refused(text: str, *, allow_network: bool) -> None:
    with pytest.raises(UsageError, match="only queries are run"):
        refuse_remote(text, allow_network=allow_network)


def test_the_line_is_named() -> None:
    with pytest.raises(NetworkRefused, match="line 3: SERVICE"):
        refuse_remote(f"SELECT * {{\n?s ?p ?o .\nSERVICE {CLOSED} {{ }} }}")


PIECES = [
    "SERVICE",
    "service",
    "SILENT",
    CLOSED,
    "ex:a",
    "ex:\\'",
    "{",
    "}",
    "{ ?s ?p ?o }",
    "?s",
    "?s ?p ?o",
    ".",
    "#",
    "\n",
    " ",
    "'",
    '"',
    "'''",
    "<",
    ">",
    "true",
    "1",
    "1e5",
    "GRAPH",
    "OPTIONAL",
    "UNION",
    "FILTER",
    "(",
    ")",
    "?a<?b",
    "\\u0053",
    "<http://a/\\u0041#>",
    "<http://a/'>",
    "@en",
    "^^",
    "a",
    "/",
    "_:b",
    "VALUES ?g {",
    "BIND",
    " AS ?x",
    "&&",
    "SERVICEex:a",
]


@pytest.mark.slow
@settings(max_examples=examples(500), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
@example(["?s ?p ?o", ".", "SERVICE", CLOSED, "{ ?s ?p ?o }"])
@example(["?s ?p 1", "SERVICEex:a", "{ ?s ?p ?o }"])
@example(["FILTER", "(", "?a<?b", ")", "SERVICE", CLOSED, "{ ?s ?p ?o }"])
def test_the_engine_reaches_out_for_no_query_that_passes(pieces: list[str]) -> None:
    text = "PREFIX ex: <http://127.0.0.1:1/> SELECT * {" + "".join(pieces) + "}"
    try:
        refuse_remote(text)
    except UnpactError:
        return
    try:
        list(Store().query(text, prefixes=PREFIXES))
    except SyntaxError:
        return  # and any other error would be one of reaching out: it fails the test
