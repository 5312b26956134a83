"""The endpoint of SPARQL queries: rows and triples for programs, a page for people."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from unpact.graph.outline import outline
from unpact.query.run import run_text
from unpact.query.written import write_rows
from unpact.serve.exchange import Reply
from unpact.serve.sparql import formats
from unpact.serve.sparql.asking import graph_for, no_other_server
from unpact.serve.sparql.description import PREFIXES, describe_service
from unpact.serve.sparql.request import read_request
from unpact.serve.views.sparql_page import page

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked
    from unpact.serve.site import Site
    from unpact.serve.sparql.formats import Format
    from unpact.serve.sparql.request import QueryRequest

#: Says that an answer was cut; how many rows are left out nobody has counted.
LEFT_OUT = ("X-Rows-Left-Out", "true")
_RDF = (*formats.RDF, formats.PAGE)
_FORMATS = {
    **dict.fromkeys(("SELECT", "ASK"), (*formats.RESULTS, formats.PAGE)),
    **dict.fromkeys(("CONSTRUCT", "DESCRIBE"), _RDF),
}


def endpoint(site: Site, asked: Asked) -> Reply:
    """The answer to a query; without one, what the service is.

    Raises:
        RequestRefused: for what the protocol does not allow, and for media types that there are not.
        UnpactError: as for `run_text`.
    """
    request = read_request(asked)
    form = None if request.text is None else outline(request.text).form
    chosen = formats.choose(_offered(request, form), asked.accept, request.format)
    if chosen.format == formats.PAGE:
        return page(site, request)
    if request.text is None:
        triples = describe_service(site.graph, f"{site.settings.address}/sparql")
        body = formats.write_triples(triples, chosen.format, PREFIXES)
        return Reply(body, chosen.content_type, varies=True)
    with no_other_server():
        write = _rows if form == "SELECT" else _others
        body, cut = write(site, request, request.text, chosen.format)
    return Reply(body, chosen.content_type, HTTPStatus.OK, (LEFT_OUT,) if cut else (), varies=True)


def _offered(request: QueryRequest, form: str | None) -> tuple[Format, ...]:
    if request.text is None:
        return _RDF
    # what is no query at all gets an error, whatever it wants
    return _FORMATS.get(form or "", (*formats.RESULTS, *_RDF))


def _rows(site: Site, request: QueryRequest, text: str, form: Format) -> tuple[bytes, bool]:
    """The rows of a SELECT, and whether some are left out."""
    rows = write_rows(graph_for(site.graph, request), text, site.settings.limits.rows)
    return formats.write_rows(rows.tsv, form), rows.cut


def _others(site: Site, request: QueryRequest, text: str, form: Format) -> tuple[bytes, bool]:
    """The same for other queries."""
    result = run_text(graph_for(site.graph, request), text, most_rows=site.settings.limits.rows)
    if result.answer is not None:
        return formats.write_truth(form, answer=result.answer), False
    return formats.write_triples(result.triples(), form), result.cut
