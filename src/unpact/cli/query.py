"""``unpact query NAME``: a command for each stored query, its options made from the query's header."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from unpact.cli.answer import announce_cut, answer_rows, answer_text
from unpact.cli.explaining import GRAPHS, WhyOptions, check_format, why_options
from unpact.cli.opening import open_catalogue, open_explained, open_explainer, open_graph
from unpact.cli.options import (
    GraphOptions,
    Limits,
    OutputOptions,
    graph_options,
    limit_options,
    output_options,
)
from unpact.cli.running import supervised
from unpact.errors import UnpactError, UsageError
from unpact.render.rows import ROW_FORMATS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from unpact.graph.interface import Graph
    from unpact.query.header import StoredQuery
    from unpact.query.parameters import Parameter


Values = Mapping[str, Any]
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_TAKEN = frozenset(
    {
        "data",
        "only-data",
        "view",
        "store",
        "endpoint",
        "profile",
        "no-cache",
        "format",
        "output",
        "lang",
        "fail-empty",
        "check",
        "timeout",
        "max-rows",
        "cite",
        "why",
        "article",
    }
    | {"show-query", "help"}
)
"""Options that every stored query has; a parameter of the same name could not be given."""


class StoredQueries(click.Group):
    """The stored queries as commands, each read only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """The short names of the queries."""
        return open_catalogue().names()

    def get_command(
        self,
        ctx: click.Context,
        cmd_name: str,
    ) -> click.Command | None:
        """The command for one query. Raises UnknownNameError with the nearest names."""
        try:
            return command_for(open_catalogue().find(cmd_name))
        except UnpactError:
            if ctx.resilient_parsing:
                # the shell asks what could follow; what is wrong is said when the command is run
                return None
            raise

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the query, or leave an option in its place to the parser."""
        if args[0].startswith("-"):
            ctx.fail(f"No such option {args[0]!r}. Options come behind the name of the query.")
        return super().resolve_command(ctx, args)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click gives it
        formatter: click.HelpFormatter,
    ) -> None:
        """List the queries with their titles."""
        with formatter.section("Queries"):
            formatter.write_dl([(query.name, query.title) for query in open_catalogue()])


@click.command(
    cls=StoredQueries,
    name="query",
    epilog="Example: unpact query party-status --state Pakistan",
    subcommand_metavar="NAME [--PARAMETER VALUE]...",
)
def command() -> None:
    """Run a stored query by its name.

    Each query has options of its own: unpact query NAME --help tells them, and what its columns mean.
    """


def command_for(query: StoredQuery) -> click.Command:
    """The command that runs `query`, with one option for each parameter.

    Raises UsageError when a parameter has the name of an option that every query has.
    """

    def run_it(
        source: GraphOptions,
        output: OutputOptions,
        *,
        limits: Limits,
        cite: bool,
        why: WhyOptions,
        show_query: bool,
        **values: Any,  # noqa: ANN401 - as click gives them
    ) -> None:
        check_format(output, why)
        given = {
            name.removeprefix("param_"): value for name, value in values.items() if value not in (None, ())
        }
        if show_query:
            from unpact.query.run import bound_text

            answer_text(_without_header(bound_text(open_graph(source), query, given)), output)
        elif why.row is not None:
            _explain(source, query, given, output, why, timeout=limits.timeout)
        elif cite:
            _cite(source, query, given, output, limits)
        else:
            _answer(open_graph(source, timeout=limits.timeout), query, given, output, limits)

    decorators: list[Decorator] = [
        graph_options,
        output_options((*ROW_FORMATS, *GRAPHS)),
        limit_options,
        why_options,
        click.option(
            "--show-query", is_flag=True, help="Print the SPARQL with the values in place; do not run it."
        ),
        click.option("--cite", is_flag=True, help="Add the sentences that each row rests on."),
        *(_option(query, parameter) for parameter in reversed(query.parameters)),
    ]
    function: Callable[..., Any] = run_it
    for decorate in decorators:
        function = decorate(function)
    return click.command(
        query.name,
        help=f"{query.title}.\n\n{query.description}",
        short_help=query.title,
        epilog=f"{_block('Columns', query.columns)}\n\n{_block('Examples', _examples(query))}",
    )(function)


def _answer(graph: Graph, query: StoredQuery, given: Values, output: OutputOptions, limits: Limits) -> None:
    from unpact.cli.noting import touched_by
    from unpact.query.run import run

    timeout = limits.timeout
    result = supervised(
        lambda: run(graph, query, given, most_rows=limits.most_rows), timeout=timeout, doing="asking"
    )
    announce_cut(result)
    touched = touched_by(graph, result, output, timeout=timeout)
    answer_rows(result, output, graph, touched, as_of=result.as_of)


def _cite(
    source: GraphOptions, query: StoredQuery, given: Values, output: OutputOptions, limits: Limits
) -> None:
    from unpact.cli.citing import with_sentences
    from unpact.cli.noting import touched_by
    from unpact.query.run import run

    timeout = limits.timeout
    explained = open_explained(source, timeout=timeout)
    graph, most = explained.graph, limits.most_rows
    result = supervised(lambda: run(graph, query, given, most_rows=most), timeout=timeout, doing="asking")
    announce_cut(result)
    touched = touched_by(graph, result, output, timeout=timeout)
    rows = with_sentences(explained, result, timeout=timeout)
    answer_rows(rows, output, graph, touched, as_of=result.as_of)


def _explain(
    source: GraphOptions,
    query: StoredQuery,
    given: Values,
    output: OutputOptions,
    why: WhyOptions,
    *,
    timeout: float | None,
) -> None:
    from unpact.cli.explaining import answer_why
    from unpact.query.run import run

    explainer = open_explainer(source, timeout=timeout)
    result = supervised(lambda: run(explainer.graph, query, given), timeout=timeout, doing="asking")
    answer_why(explainer, result, why, output, timeout=timeout)


def _option(query: StoredQuery, parameter: Parameter) -> Decorator:
    if parameter.option in _TAKEN:
        raise UsageError(
            f"parameter {parameter.name!r} takes the name of the option --{parameter.option} of every query",
            where=str(query.path),
            hint="Give it another name.",
        )
    default = parameter.default if isinstance(parameter.default, str) or parameter.default is None else None
    notes = ["may be repeated"] if parameter.list else []
    if parameter.default is not None:
        shown = default if default is not None else ", ".join(parameter.default)
        notes.append(f"default: {shown}")
    return click.option(
        f"--{parameter.option}",
        f"param_{parameter.name}",
        metavar=parameter.type.upper().replace(":", "_"),
        required=parameter.required,
        multiple=parameter.list,
        help=parameter.help + (f" ({'; '.join(notes)})" if notes else ""),
        shell_complete=_completion(parameter),
    )


def _completion(
    parameter: Parameter,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Values for the shell to offer: the things of the parameter's class; none for plain types."""

    def complete(ctx: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from unpact.query.resolve import Resolver

        if parameter.type == "boolean":
            return [CompletionItem(word) for word in ("true", "false") if word.startswith(incomplete.lower())]
        if parameter.class_iri is None:
            return []
        try:
            graph = open_graph(
                GraphOptions(tuple(ctx.params.get("data") or ()), bool(ctx.params.get("only_data")))
            )
            offers = Resolver(graph).complete(incomplete, parameter.class_iri)
        except UnpactError:
            # Nothing may be printed while the user types; the command itself will say what is wrong.
            return []
        return [CompletionItem(name, help=label) for name, label in offers]

    return complete


def _without_header(text: str) -> list[str]:
    """The lines of a bound query that are SPARQL; those that were dropped with a missing value are blank."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#+")]


def _examples(query: StoredQuery) -> dict[str, str]:
    lines = {}
    for example in query.examples:
        words = ["unpact", "query", query.name]
        for name, value in example.items():
            for single in (value,) if isinstance(value, str) else value:
                words += [f"--{name.replace('_', '-')}", shlex.quote(single)]
        lines[" ".join(words)] = ""
    return lines


def _block(title: str, entries: Mapping[str, str]) -> str:
    """A titled list that click does not fill into a paragraph."""
    indent = max(map(len, entries), default=0)
    return "\n".join(
        ["\b", f"{title}:", *(f"  {name:<{indent}}  {text}".rstrip() for name, text in entries.items())]
    )
