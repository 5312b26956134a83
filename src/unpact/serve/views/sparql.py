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
    from unpact.serve.sparql.formats import Choice, Format
    from unpact.serve.sparql.request import QueryRequest

#: Says that an answer was cut; how many rows are left out nobody has counted.
LEFT_OUT = ("X-Rows-Left-Out", "true")
_FORMATS = {
    **dict.fromkeys(("SELECT", "ASK"), formats.RESULTS),
    **dict.fromkeys(("CONSTRUCT", "DESCRIBE"), formats.RDF),
}


def endpoint(site: Site, asked: Asked) -> Reply:
    """The answer to a query; without one, what the service is.

    Raises:
        RequestRefused: for what the protocol does not allow, and for media types that there are not.
        UnpactError: as for `run_text`.
    """
    request = read_request(asked)
    chosen = formats.choose((*_offered(request), formats.PAGE), asked.accept, request.format)
    if chosen.format == formats.PAGE:
        return page(site, request)
    if request.text is None:
        triples = describe_service(site.graph, f"{site.settings.address}/sparql")
        body = formats.write_triples(triples, chosen.format, PREFIXES)
        return Reply(body, chosen.content_type, varies=True)
    with no_other_server():
        return _answer(site, request, request.text, chosen)


def _offered(request: QueryRequest) -> tuple[Format, ...]:
    if request.text is None:
        return formats.RDF
    # what is no query at all gets an error, whatever it wants
    return _FORMATS.get(outline(request.text).form or "", formats.RESULTS + formats.RDF)


def _answer(site: Site, request: QueryRequest, text: str, chosen: Choice) -> Reply:
    graph, most, form = graph_for(site.graph, request), site.settings.limits.rows, chosen.format
    if outline(text).form == "SELECT":
        rows = write_rows(graph, text, most)
        body, cut = formats.write_rows(rows.tsv, form), rows.cut
    else:
        result = run_text(graph, text, most_rows=most)
        cut = result.cut
        if result.answer is None:
            body = formats.write_triples(result.triples(), form)
        else:
            body = formats.write_truth(form, answer=result.answer)
    return Reply(body, chosen.content_type, HTTPStatus.OK, (LEFT_OUT,) if cut else (), varies=True)
