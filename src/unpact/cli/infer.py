"""``unpact infer``: what follows from the facts, apart from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.opening import open_explainer, open_view
from unpact.cli.options import ONLY_DATA, VIEW, GraphOptions, OutputOptions, output_options
from unpact.cli.running import supervised
from unpact.errors import UsageError
from unpact.render.rows import ROW_FORMATS, Rows

if TYPE_CHECKING:
    from unpact.graph.memory import MemoryGraph
    from unpact.why.run import Explainer

_GRAPH_FORMATS = ("ttl", "nt", "nq")
_REASONERS = ("unpact", "owlrl")
_RECORD = "data/record/"


@click.command(
    "infer",
    epilog="Examples: unpact infer -o inferred.ttl; unpact infer mine.ttl --only-data; unpact infer --stats",
)
@click.argument("path", nargs=-1)
@ONLY_DATA
@VIEW
@click.option("--stats", is_flag=True, help="Count what each rule gave instead.")
@click.option(
    "--reasoner",
    type=click.Choice(_REASONERS),
    default="unpact",
    show_default=True,
    help="owlrl gives the same, slowly: it is what unpact's own is held against.",
)
@click.option(
    "--since",
    metavar="REV",
    help="Show instead what follows now and did not at a git revision, and what no longer does. With a PATH,"
    " of its files; else of the bundled ones.",
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
    since: str | None,
) -> None:
    """Write what follows from the ontology and the facts, by OWL 2 RL and the rules of unpact.

    PATH adds your own RDF: files, folders, patterns, or - for standard input. Only what follows is written,
    not what is stated, and nothing that says no more than that a thing is a thing. The same facts always give
    the same bytes. The format nq writes it into the graph that the views keep it in.
    """
    if only_data and not path:
        raise click.UsageError("--only-data needs a PATH.")
    if (stats or since) and output.asked and output.format in _GRAPH_FORMATS:
        what = "counts are" if stats else "a change is"
        raise UsageError(f"{what} rows, not triples", hint=f"Choose one of {', '.join(ROW_FORMATS)}.")
    if (stats or since) and reasoner != "unpact":
        raise UsageError("owlrl tells no more than what follows", hint="Leave out --reasoner.")
    if stats and since:
        raise click.UsageError("Choose one of --stats and --since.")
    source = GraphOptions(path, only_data, view)
    if since is not None:
        _answer_since(source, since, output)
    elif stats:
        _answer_counts(open_explainer(source), output)
    elif reasoner == "owlrl":
        _answer_triples(supervised(lambda: _by_owlrl(source)), output)
    else:
        _answer_triples(open_view(source), output)


def _by_owlrl(source: GraphOptions) -> MemoryGraph:
    from unpact.corpus import bundled, user_files
    from unpact.graph.owlrl_closure import infer_with_owlrl
    from unpact.graph.view import build_asserted

    corpus, extra = bundled(), user_files(source.data) if source.data else ()
    graph = build_asserted(corpus, source.view, extra, only_extra=source.only_data)
    infer_with_owlrl(graph, corpus.rule_files())
    return graph


def _answer_since(source: GraphOptions, since: str, output: OutputOptions) -> None:
    from pyoxigraph import Literal

    from unpact.cli.answer import answer_rows
    from unpact.corpus import bundled, user_files
    from unpact.graph.changes import changed_inferences
    from unpact.graph.view import view_files
    from unpact.validate.since import files_at

    corpus = bundled()
    rules, extra = corpus.rule_files(), user_files(source.data) if source.data else []
    now = view_files(corpus, source.view, extra, only_extra=source.only_data)
    if extra:
        # the bundled files may well be installed, and in no repository
        then = [*(file for file in now if file.layer != "user"), *(files_at(since, extra, (), None) or ())]
    else:
        at = files_at(since, now, rules, corpus)
        if at is None:
            raise UsageError(
                f"the rules were others at {since}", hint="Compare the answers of two checkouts."
            )
        then = [file for file in at if source.view == "best" or not file.relative.startswith(_RECORD)]
    found = supervised(lambda: changed_inferences(then, now, rules))
    rows = [
        (Literal(word), each.subject, each.predicate, each.object)
        for word, triples in (("gone", found.went), ("new", found.came))
        for each in sorted(triples, key=str)
    ]
    shown = output if output.asked else output._replace(format="table")
    answer_rows(Rows(("change", "subject", "predicate", "object"), rows), shown, found.graph)


def _answer_triples(graph: MemoryGraph, output: OutputOptions) -> None:
    from unpact.cli.answer import announce_empty, answer_rows
    from unpact.cli.output import opened
    from unpact.graph.view import inferred
    from unpact.names import INFERRED_GRAPH, PREFIXES
    from unpact.render.turtle import write_ttl

    triples = sorted(inferred(graph), key=str)
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


def _answer_counts(explainer: Explainer, output: OutputOptions) -> None:
    from pyoxigraph import Literal

    from unpact.cli.answer import answer_rows

    rows = [
        (Literal(rule), Literal(count), Literal(explainer.prover.reading(rule)))
        for rule, count in explainer.derivations.counts().items()
    ]
    shown = output if output.asked else output._replace(format="table")
    answer_rows(Rows(("rule", "triples", "reading"), rows), shown, explainer.graph)
