"""The stored queries and the rules as SHACL executables, in the form of the SIB's SPARQL examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.export.nodes import LABEL, TYPE
from unpact.export.turtle import write_turtle
from unpact.export.void import iri_of
from unpact.names import BASE, PREFIXES, RDFS, SH, XSD
from unpact.query.prefixes import undeclared_prefixes
from unpact.query.resolve import Resolver
from unpact.query.run import bound_text
from unpact.query.tokens import significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.corpus.files import CorpusFile
    from unpact.graph.interface import Graph
    from unpact.query.stored import ParameterValue, StoredQuery

_SCHEMA = "https://schema.org/"
_WITH_SCHEMA = {**PREFIXES, "schema": _SCHEMA}
_DECLARATIONS = NamedNode(BASE + "query/prefixes")
#: What a query of each form is, and the property that holds its text (SHACL Advanced Features, section 6).
FORMS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
}
# lines that are for unpact alone: the header of a stored query, and what frames optional lines
_OURS = re.compile(r"#(?:\+.*|[ \t]*if[ \t]+\$\w+[ \t]*|[ \t]*end[ \t]*)\Z")


def write_queries(
    queries: Iterable[StoredQuery],
    rules: Iterable[CorpusFile],
    graph: Graph,
    stream: TextIO,
    endpoint: str | None = None,
) -> None:
    """Write each stored query once for each of its examples, ready to run, and each rule; in Turtle.

    Args:
        queries: those stored.
        rules: CONSTRUCT rules.
        graph: where the names in examples are looked up.
        stream: opened as UTF-8.
        endpoint: the service that they are meant for.

    Raises:
        UnknownNameError, AmbiguousNameError: for an example that names nothing in the graph.
        UsageError: for an endpoint that is no IRI.
    """
    target = None if endpoint is None else iri_of(endpoint)
    resolver = Resolver(graph)
    triples = list(_declarations())
    for query in queries:
        for number, example in enumerate(query.examples, 1):
            node = NamedNode(f"{BASE}query/{query.topic}/{query.name}/{number}")
            text = runnable(bound_text(graph, query, example, resolver=resolver))
            words = f"{query.description}{_values(example)}"
            triples += _executable(node, text, query.title, words, (query.topic, *query.keywords), target)
    for rule in rules:
        source = rule.read().decode("utf-8")
        name = rule.relative.rpartition("/")[2].removesuffix(".rq")
        node = NamedNode(f"{BASE}rule/{name}")
        title = name.partition("_")[2].replace("_", " ") or name
        triples += _executable(node, runnable(source), title, _comment(source), ("rules",), target)
    write_turtle(triples, stream, _WITH_SCHEMA)


def runnable(text: str) -> str:
    """A query that runs anywhere as it stands: every prefix declared, and none of the lines that only unpact
    reads.
    """
    tokens = tokenize(text)
    kept = "".join(
        token.text for token in tokens if not (token.kind == "comment" and _OURS.match(token.text.rstrip()))
    )
    # neither a header nor an optional part that is gone leaves a gap; a string may well have one
    if not any(token.kind == "string" and "\n" in token.text for token in tokens):
        kept = "\n".join(line.rstrip() for line in kept.split("\n") if line.strip())
    missing = {token.text.partition(":")[0] for token in undeclared_prefixes(significant(tokens), ())}
    declared = "".join(
        f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(missing & PREFIXES.keys())
    )
    return declared + kept.strip() + "\n"


def form_of(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE."""
    words = (token.upper for token in significant(tokenize(text)) if token.kind == "word")
    return next(word for word in words if word in (*FORMS, "DESCRIBE"))


def _executable(
    node: NamedNode, text: str, title: str, words: str, keywords: Iterable[str], target: NamedNode | None
) -> Iterator[Triple]:
    kind, holder = FORMS[form_of(text)]
    yield Triple(node, TYPE, NamedNode(SH + "SPARQLExecutable"))
    yield Triple(node, TYPE, NamedNode(SH + kind))
    yield Triple(node, LABEL, Literal(title, language="en"))
    yield Triple(node, NamedNode(RDFS + "comment"), Literal(words, language="en"))
    yield Triple(node, NamedNode(SH + "prefixes"), _DECLARATIONS)
    yield Triple(node, NamedNode(SH + holder), Literal(text))
    for keyword in keywords:
        yield Triple(node, NamedNode(_SCHEMA + "keywords"), Literal(keyword))
    if target is not None:
        yield Triple(node, NamedNode(_SCHEMA + "target"), target)


def _declarations() -> Iterator[Triple]:
    """The prefixes of the queries (SHACL, section 5.2.1)."""
    for number, (prefix, namespace) in enumerate(PREFIXES.items()):
        node = BlankNode(f"p{number:02}")
        yield Triple(_DECLARATIONS, NamedNode(SH + "declare"), node)
        yield Triple(node, NamedNode(SH + "prefix"), Literal(prefix))
        namespace_literal = Literal(namespace, datatype=NamedNode(XSD + "anyURI"))
        yield Triple(node, NamedNode(SH + "namespace"), namespace_literal)


def _values(example: Mapping[str, ParameterValue]) -> str:
    """For which values the text asks, in words."""
    given = [
        f"{name.replace('_', ' ')} {value if isinstance(value, str) else ', '.join(value)}"
        for name, value in example.items()
    ]
    return f" ({'; '.join(given)})" if given else ""


def _comment(text: str) -> str:
    """What stands in the comments on top of a rule."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)
