"""The read side of the SPARQL 1.1 Graph Store HTTP Protocol, with graphs named in the query string."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.query.bind import fill
from unpact.serve.exchange import Reply
from unpact.serve.failures import RequestRefused
from unpact.serve.sparql.formats import RDF, choose, write_triples

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked
    from unpact.serve.site import Site

_HERE = Path(__file__).parent


def read(site: Site, asked: Asked) -> Reply:
    """The triples of one graph, or of the default graph, which is the union of all.

    Raises:
        RequestRefused: for a request that names no graph, or several, and for one that there is not.
    """
    names, default = asked.all("graph"), asked.first("default") is not None
    if len(names) + default != 1:
        hint = "Add ?default, or ?graph= and the IRI of one graph."
        raise RequestRefused("a request names one graph", HTTPStatus.BAD_REQUEST, hint=hint)
    chosen = choose(RDF, asked.accept, asked.first("format"))
    if default:
        query = (_HERE / "default_graph.rq").read_text(encoding="utf-8")
    else:
        if names[0] not in site.graph.named_graphs():
            raise RequestRefused(f"there is no graph <{names[0]}>", HTTPStatus.NOT_FOUND)
        text = (_HERE / "named_graph.rq").read_text(encoding="utf-8")
        query = fill(text, {"graph": [NamedNode(names[0])]})
    body = write_triples(site.graph.construct(query), chosen.format)
    return Reply(body, chosen.content_type, varies=True)
