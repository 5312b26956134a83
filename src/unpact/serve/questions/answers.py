"""The answer of a question, and the same for programs."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from unpact.serve.exchange import Reply
from unpact.serve.questions.formats import PAGE, QUERY, TRIPLES, written
from unpact.serve.questions.links import address

if TYPE_CHECKING:
    from unpact.evidence.discrepancies import Discrepancy
    from unpact.query.result import Result
    from unpact.query.stored import StoredQuery
    from unpact.serve.questions.formats import Chosen
    from unpact.serve.questions.values import Given
    from unpact.serve.site import Site


def answer(
    site: Site, query: StoredQuery, given: Given, *, named: bool, in_memory: bool
) -> tuple[Result, list[Discrepancy]]:
    """Ask a question that is complete.

    Args:
        site: what is asked.
        query: the stored query.
        given: its values.
        named: whether the answer shows the names of things.
        in_memory: ask the graph that the explainer has, where it is another.

    Returns:
        The rows, and the discrepancies that they touch.
    """
    from unpact.evidence.notes import touched
    from unpact.query.run import run

    graph = site.explainer.graph if in_memory else site.graph
    result = run(graph, query, given.values(), resolver=site.resolver, most_rows=site.settings.limits.rows)
    return result, touched(graph, result, named=named)


def sparql(site: Site, query: StoredQuery, given: Given) -> str:
    """The query of a question that is complete, with its values in place, as it runs anywhere."""
    from unpact.export.queries import runnable
    from unpact.query.run import bound_text

    return runnable(bound_text(site.graph, query, given.values(), resolver=site.resolver))


def data(site: Site, query: StoredQuery, given: Given, chosen: Chosen) -> Reply:
    """The answer for programs.

    Raises:
        UnpactError: for wrong values, and what goes wrong in a query.
    """
    given.check()
    if chosen.format == QUERY:
        return _reply(query, given, chosen, sparql(site, query, given).encode())
    is_cited = given.cite or chosen.format == TRIPLES
    named = chosen.format.name == "md"
    result, discrepancies = answer(site, query, given, named=named, in_memory=bool(is_cited))
    if chosen.format == TRIPLES:
        body = _turtle(site, result, discrepancies)
    else:
        body = _rows(site, result, discrepancies, chosen, is_cited=bool(is_cited))
    return _reply(query, given, chosen, body, is_cut=result.cut)


def _rows(
    site: Site,
    result: Result,
    discrepancies: list[Discrepancy],
    chosen: Chosen,
    *,
    is_cited: bool,
) -> bytes:
    from unpact.render.notes import notes
    from unpact.render.rows import Rows

    rows = Rows(result.variables, result.rows)
    if is_cited:
        from unpact.serve.questions.cited import cite

        cited = cite(site, result, (), len(result.rows))
        cells = [(*row, each) for row, each in zip(result.rows, cited.sentences, strict=True)]
        rows = Rows((*result.variables, _further(result)), cells)
    return written(rows, chosen.format, site.labels, notes(site.graph, discrepancies, site.labels))


def _further(result: Result) -> str:
    name = "sentences"
    while name in result.variables:
        name += "_"
    return name


def _turtle(site: Site, result: Result, discrepancies: list[Discrepancy]) -> bytes:
    """The triples behind the rows; what the record and the article differ on goes before them."""
    from unpact.names import PREFIXES
    from unpact.render.notes import notes
    from unpact.render.rows import one_line
    from unpact.render.turtle import write_ttl
    from unpact.serve.questions.cited import triples_behind

    stream = StringIO()
    for note in notes(site.graph, discrepancies, site.labels):
        stream.write(f"# {one_line(str(note))}\n")
    write_ttl(triples_behind(site, result), stream, PREFIXES)
    return stream.getvalue().encode()


def _reply(query: StoredQuery, given: Given, chosen: Chosen, body: bytes, *, is_cut: bool = False) -> Reply:
    # a table has no place for the notes, the day and the meaning of its columns: the page has
    about = address(query, given.texts, PAGE.suffix)
    headers = [("Link", f'<{about}>; rel="describedby"; type="text/html"')]
    if is_cut:
        headers.append(("X-Rows-Left-Out", "true"))
    return Reply(body, chosen.content_type, headers=tuple(headers), varies=chosen.varies)
