"""``unpact infer``: what follows from the facts, apart from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.options import OutputOptions, output_options
from unpact.cli.running import supervised
from unpact.errors import UsageError
from unpact.render.rows import ROW_FORMATS, Rows

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from unpact.graph.derivations import Derivations
    from unpact.graph.memory import MemoryGraph

_GRAPH_FORMATS = ("ttl", "nt", "nq")
_REASONERS = ("unpact", "owlrl")


@click.command(
    "infer",
    epilog="Examples: unpact infer -o inferred.ttl; unpact infer mine.ttl --only-data; unpact infer --stats",
)
@click.argument("path", nargs=-1)
@click.option("--only-data", is_flag=True, help="Leave out the bundled facts; the ontology stays.")
@click.option(
    "--view",
    type=click.Choice(("best", "article")),
    default="best",
    show_default=True,
    help="best: the article with the record's corrections. article: exactly what the article states.",
)
@click.option("--stats", is_flag=True, help="Count what each rule gave instead.")
@click.option(
    "--reasoner",
    type=click.Choice(_REASONERS),
    default="unpact",
    show_default=True,
    help="owlrl gives the same, slowly: it is what unpact's own is held against.",
)
@output_options((*_GRAPH_FORMATS, *ROW_FORMATS), default="ttl")
def command(
    path: tuple[str, ...],
    output: OutputOptions,
    *,
    only_data: bool,
    view: str,
    stats: bool,
    reasoner: str,
) -> None:
    """Write what follows from the ontology and the facts, by OWL 2 RL and the rules of unpact.

    PATH adds your own RDF: files, folders, patterns, or - for standard input. Only what follows is written,
    not what is stated, and nothing that says no more than that a thing is a thing. The same facts always give
    the same bytes. The format nq writes it into the graph that the views keep it in.
    """
    if only_data and not path:
        raise click.UsageError("--only-data needs a PATH.")
    if stats and output.asked and output.format in _GRAPH_FORMATS:
        raise UsageError("counts are rows, not triples", hint=f"Choose one of {', '.join(ROW_FORMATS)}.")
    if stats and reasoner != "unpact":
        raise UsageError("owlrl does not tell by which rule it came to a triple", hint="Leave out --stats.")
    if stats:
        _answer_counts(*supervised(lambda: _explained(path, view, only_data=only_data)), output)
    else:
        _answer_triples(supervised(lambda: _closure(path, view, reasoner, only_data=only_data)), output)


def _closure(path: tuple[str, ...], view: str, reasoner: str, *, only_data: bool) -> MemoryGraph:
    from unpact.corpus import bundled, user_files
    from unpact.graph.view import build_asserted, build_view

    corpus, extra = bundled(), user_files(path) if path else ()
    if reasoner == "unpact":
        return build_view(corpus, view, extra, only_extra=only_data)
    from unpact.graph.owlrl_closure import infer_with_owlrl

    graph = build_asserted(corpus, view, extra, only_extra=only_data)
    infer_with_owlrl(graph, corpus.rule_files())
    return graph


def _explained(path: tuple[str, ...], view: str, *, only_data: bool) -> tuple[MemoryGraph, Derivations]:
    from unpact.corpus import bundled, user_files
    from unpact.why.run import Explainer

    explainer = Explainer(bundled(), view, user_files(path) if path else (), only_extra=only_data)
    return explainer.graph, explainer.derivations


def _inferred(graph: MemoryGraph) -> list[Triple]:
    from pyoxigraph import NamedNode

    from unpact.names import INFERRED_GRAPH

    found = graph.store.quads_for_pattern(None, None, None, NamedNode(INFERRED_GRAPH))
    return sorted((quad.triple for quad in found), key=str)


def _answer_triples(graph: MemoryGraph, output: OutputOptions) -> None:
    from unpact.cli.answer import announce_empty, answer_rows
    from unpact.cli.output import opened
    from unpact.names import INFERRED_GRAPH, PREFIXES
    from unpact.render.turtle import write_ttl

    triples = _inferred(graph)
    if output.format not in _GRAPH_FORMATS:
        rows = [(each.subject, each.predicate, each.object) for each in triples]
        answer_rows(Rows(("subject", "predicate", "object"), rows), output, graph)
        return
    with opened(output.output) as stream:
        if output.format == "ttl":
            write_ttl(triples, stream, PREFIXES)
        else:
            graph_name = f" <{INFERRED_GRAPH}>" if output.format == "nq" else ""
            stream.writelines(f"{triple}{graph_name} .\n" for triple in triples)
    announce_empty(output, empty=not triples)


def _answer_counts(graph: MemoryGraph, derivations: Derivations, output: OutputOptions) -> None:
    from pyoxigraph import Literal

    from unpact.cli.answer import answer_rows
    from unpact.corpus import bundled
    from unpact.why.readings import heading, reading

    own = {file.relative: heading(file.read().decode("utf-8")) for file in bundled().rule_files()}
    rows = [
        (Literal(rule), Literal(count), Literal(own.get(rule) or reading(rule)))
        for rule, count in derivations.counts().items()
    ]
    shown = output if output.asked else output._replace(format="table")
    answer_rows(Rows(("rule", "triples", "reading"), rows), shown, graph)
