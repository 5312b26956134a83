"""The forms that a description has: HTML for people, RDF in several syntaxes, a picture."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from pyoxigraph import Quad, Store

from unpact.serve.negotiation import best

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from unpact.export.context import Context


class Syntax(NamedTuple):
    """A form of a description.

    Args:
        suffix: that asks for it in a path, without the dot.
        media_type: that asks for it in an Accept.
        name: as people call it.
    """

    suffix: str
    media_type: str
    name: str


HTML = Syntax("html", "text/html", "HTML")
TURTLE = Syntax("ttl", "text/turtle", "Turtle")
JSON_LD = Syntax("jsonld", "application/ld+json", "JSON-LD")
N_TRIPLES = Syntax("nt", "application/n-triples", "N-Triples")
RDF_XML = Syntax("rdf", "application/rdf+xml", "RDF/XML")
#: Of a picture, which is only given where its suffix asks for it.
SVG = Syntax("svg", "image/svg+xml", "SVG")
RDF = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
_BY_SUFFIX = {each.suffix: each for each in (HTML, *RDF, SVG)}


class Address(NamedTuple):
    """Where a description is, whatever its form.

    Args:
        path: decoded, without a suffix.
        query: names and values that are part of it.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()

    def of(self, syntax: Syntax) -> str:
        """The address of one form, as a link has it."""
        query = f"?{urlencode(self.query)}" if self.query else ""
        return f"{quote(self.path)}.{syntax.suffix}{query}"


def split(path: str) -> tuple[str, Syntax | None]:
    """A path without its suffix, and the form that the suffix asks for."""
    start, dot, suffix = path.rpartition(".")
    syntax = _BY_SUFFIX.get(suffix) if dot and start and not start.endswith("/") else None
    return (path, None) if syntax is None else (start, syntax)


def chosen(accept: str) -> Syntax | None:
    """The form that a client likes best; None where it takes none of them."""
    offered = (HTML, *RDF)
    media_type = best(accept, [each.media_type for each in offered])
    return next((each for each in offered if each.media_type == media_type), None)


def written(triples: Iterable[Triple], syntax: Syntax, context: Context) -> bytes:
    """Triples in a syntax of RDF, the same triples always as the same bytes.

    Args:
        triples: their blank nodes are named anew.
        syntax: one of `RDF`.
        context: of JSON-LD.

    Raises:
        UsageError: for what the syntax has no form for.
    """
    from unpact.export.content import Content
    from unpact.export.jsonld import write_jsonld
    from unpact.export.lines import write_nt
    from unpact.export.rdfxml import write_rdfxml
    from unpact.export.turtle import write_ttl

    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    content = Content(store, ("user",))
    stream = StringIO()
    if syntax == JSON_LD:
        write_jsonld(content, context, stream)
    else:
        {TURTLE: write_ttl, N_TRIPLES: write_nt, RDF_XML: write_rdfxml}[syntax](content, stream)
    return stream.getvalue().encode()
