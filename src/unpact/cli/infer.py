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
_RECORD = "data/record/"


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
    if since is not None:
        _answer_since(path, view, since, output, only_data=only_data)
    elif stats:
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


def _answer_since(
    path: tuple[str, ...], view: str, since: str, output: OutputOptions, *, only_data: bool
) -> None:
    from pyoxigraph import Literal

    from unpact.cli.answer import answer_rows
    from unpact.corpus import bundled, user_files
    from unpact.graph.view import changed_inferences, view_files
    from unpact.validate.since import files_at

    corpus = bundled()
    rules, extra = corpus.rule_files(), user_files(path) if path else []
    now = view_files(corpus, view, extra, only_extra=only_data)
    if extra:
        # the bundled files may well be installed, and in no repository
        then = [*(file for file in now if file.layer != "user"), *(files_at(since, extra, (), None) or ())]
    else:
        at = files_at(since, now, rules, corpus)
        if at is None:
            raise UsageError(
                f"the rules were others at {since}", hint="Compare the answers of two checkouts."
            )
        then = [file for file in at if view == "best" or not file.relative.startswith(_RECORD)]
    found = supervised(lambda: changed_inferences(then, now, rules))
    rows = [
        (Literal(word), each.subject, each.predicate, each.object)
        for word, triples in (("gone", found.went), ("new", found.came))
        for each in sorted(triples, key=str)
    ]
    shown = output if output.asked else output._replace(format="table")
    answer_rows(Rows(("change", "subject", "predicate", "object"), rows), shown, found.graph)


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
