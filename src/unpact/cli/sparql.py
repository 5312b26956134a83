"""``unpact sparql``: any query of the user's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from unpact.cli.answer import announce_cut, answer_query, answer_rows
from unpact.cli.explaining import PICTURES, WhyOptions, answer_why, check_format, why_options
from unpact.cli.noting import touched_by
from unpact.cli.opening import open_explained, open_explainer, open_graph
from unpact.cli.options import (
    GraphOptions,
    Limits,
    OutputOptions,
    graph_options,
    limit_options,
    output_options,
)
from unpact.cli.running import supervised
from unpact.errors import QuerySyntaxError, UsageError
from unpact.render.rows import FORMATS

if TYPE_CHECKING:
    from unpact.query.result import Result

_ENDINGS = (".rq", ".sparql", ".ru")


@click.command(
    "sparql",
    epilog="Example: unpact sparql 'SELECT ?treaty WHERE { ?treaty a unp:Treaty }' --format csv",
)
@click.argument("query", required=False)
@click.option("--cite", is_flag=True, help="Add the sentences that each row rests on .")
@click.option("--allow-network", is_flag=True, help="Let SERVICE and FROM reach other servers.")
@why_options
@limit_options
@output_options((*FORMATS, *PICTURES))
@graph_options
def command(
    query: str | None,
    source: GraphOptions,
    output: OutputOptions,
    *,
    limits: Limits,
    allow_network: bool,
    cite: bool,
    why: WhyOptions,
) -> None:
    """Run any SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    QUERY is the text itself, a file, or - for standard input. The prefixes unp, id, topic, s, org, skos,
    prov, dcterms, owl, rdf, rdfs, sh and xsd are known. The default graph is everything; GRAPH ?g { } sees
    each file on its own. Triples are written as Turtle unless --format says otherwise.
    """
    text, where = _read(query)
    timeout = limits.timeout
    if where == "-" and "-" in source.data:
        raise UsageError("the query and the data cannot both come from standard input")
    check_format(output, why, PICTURES)
    explainer = open_explainer(source, timeout=timeout) if why.row is not None else None
    explained = open_explained(source, timeout=timeout) if cite and explainer is None else explainer
    graph = open_graph(source, timeout=timeout) if explained is None else explained.graph

    def work() -> Result:
        from unpact.query.run import run_text

        return run_text(graph, text, allow_network=allow_network, most_rows=limits.most_rows)

    try:
        result = supervised(work, timeout=timeout, doing="asking")
    except QuerySyntaxError as error:
        if where is None:
            raise
        raise QuerySyntaxError(
            error.message, line=error.line, column=error.column, where=where, hint=error.hint
        ) from None
    announce_cut(result)
    if explainer is not None:
        answer_why(explainer, result, why, output, timeout=timeout)
        return
    if result.kind == "construct" and not output.asked and not cite:
        output = output._replace(format="ttl")
    touched = touched_by(graph, result, output, timeout=timeout)
    if explained is not None:
        from unpact.cli.citing import with_sentences

        if output.format == "ttl":
            raise UsageError(
                "Turtle has no place for the sentences", hint="Choose another --format with --cite."
            )
        answer_rows(with_sentences(explained, result, timeout=timeout), output, graph, touched)
    else:
        answer_query(result, output, graph, touched)


def _read(query: str | None) -> tuple[str, str | None]:
    """The text of the query, and the file it stands in if any."""
    if query is not None and not query.strip():
        raise UsageError("the query is empty")
    if query is None:
        if sys.stdin.isatty():
            raise UsageError(
                "there is no query",
                hint="Type: unpact sparql 'SELECT ...', or give a file, or - for standard input.",
            )
        query = "-"
    if query == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input"), "-"
    if _is_path(query):
        try:
            return _decoded(Path(query).read_bytes(), query), query
        except OSError as error:
            raise UsageError(
                f"cannot read the query: {(error.strerror or str(error)).lower()}",
                where=query,
                hint="Check the path, or put the query itself in quotes.",
            ) from None
    return query, None


def _is_path(text: str) -> bool:
    if text.lower().endswith(_ENDINGS) and not any(character.isspace() for character in text):
        return True
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        # too long for a path, or with a character that no path has: then it is a query
        return False


def _decoded(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"the query is not UTF-8 (byte {error.start})", where=where) from None
