"""The ``unpact`` command: imports the subcommand it needs, turns failures into a sentence and a code.

Exit codes: 0 fine, 1 findings or an empty answer that was to be checked, 2 usage or bad input, 3 store failed
or time out, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword
from typing import IO, TYPE_CHECKING, Any, NoReturn, cast

import click

from unpact.errors import UnpactError

if TYPE_CHECKING:
    from collections.abc import Iterable

COMMANDS = {
    "queries": "The stored queries, by topic.",
    "query": "Run a stored query by its name.",
    "sparql": "Run any SPARQL 1.1 query.",
    "show": "Everything about one thing, with its sentences.",
    "find": "Things by label, acronym or identifier, in any language.",
    "cite": "The sentences behind a thing.",
    "why": "The proof of a triple, down to file, line and sentence.",
    "serve": "The graph in a browser, SPARQL and linked data over HTTP.",
    "site": "The pages of the server as files.",
    "load": "The graph, or your own files, into a triple store.",
    "store": "Names for the stores that you use.",
    "infer": "What follows from the facts, in a graph of its own.",
    "diff": "How two versions of the graph differ, in the words of the domain.",
    "discrepancies": "Where the public record and the article differ.",
    "coverage": "How many facts rest on each sentence.",
    "export": "The graph for other tools: RDF, tables, pictures, a description.",
    "import": "Turn a table of treaty participants or members into Turtle.",
    "validate": "Check the bundled data, or your own Turtle with it.",
    "check-ontology": "Look for known pitfalls in an ontology, ours or your own.",
    "fmt": "Give Turtle one layout, without changing what it says.",
    "mcp": "The stored queries as tools for an assistant, over the Model Context Protocol.",
    "lint-queries": "Hold SPARQL queries against the ontology, stored ones or your own.",
    "info": "Versions, counts, and where the files are.",
    "completion": "Print the script that completes commands in your shell.",
}
"""Each subcommand and its short help, kept here so that ``unpact --help`` imports none of them."""

_ON_GRAPH = frozenset({"query", "sparql", "show", "find", "cite", "why", "discrepancies", "export", "import"})
"""The commands that open the bundled graph unless told otherwise."""

_EPILOG = "Begin with: unpact queries; unpact query party-status --state Pakistan; unpact show UNODC"


class Failure(click.ClickException):
    """An error of the packages below, shown as one sentence."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click declares it for the class, and reads it here

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the sentence to standard error."""
        # What was typed comes back in the sentence, and must not steer the terminal.
        message = "".join(character if character.isprintable() else "?" for character in self.message)
        click.echo(f"unpact: {message}", file=file or sys.stderr)


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """The names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click gives it
        cmd_name: str,
    ) -> click.Command | None:
        """Import the module of the command; each has an attribute ``command``."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(module_of(cmd_name)).command
        return cast("click.Command", command)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click gives it
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one fails with the nearest known name."""
        if not ctx.resilient_parsing and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}.{nearest(args[0], COMMANDS)}")
        if not ctx.resilient_parsing and args[0] in _ON_GRAPH:
            from unpact.cli.opening import load_ahead

            load_ahead(args[1:])
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as in click
        """Run the command; whatever goes wrong in a foreseen way leaves as a Failure."""
        try:
            return super().invoke(ctx)
        except UnpactError as error:
            raise Failure(str(error), error.exit_code) from None
        except OSError as error:
            if error.filename is None:
                # the output itself, of which whoever ends the process has to let go as well
                raise
            raise Failure(_reason(error), 2) from None
        except KeyboardInterrupt:
            raise Failure("interrupted", 130) from None


def module_of(command: str) -> str:
    """The module of a command: ``-`` is ``_`` there, and a word of Python's gets one behind it."""
    name = command.replace("-", "_")
    return f"unpact.cli.{name}_" if iskeyword(name) else f"unpact.cli.{name}"


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the known words nearest to `word`, or nothing."""
    import difflib

    close = difflib.get_close_matches(word.lower(), list(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(close)}?" if close else ""


def _reason(error: OSError) -> str:
    what = (error.strerror or str(error)).lower()
    where = f"{error.filename}: " if error.filename else "cannot write the output: "
    return f"{where}{what}"


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - as click calls it
    if wanted and not ctx.resilient_parsing:
        from unpact import __version__

        click.echo(f"unpact {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    is_flag=True,
    callback=_version,
    expose_value=False,
    is_eager=True,
    help="Print the version and end.",
)
@click.pass_context
def command_line(ctx: click.Context) -> None:
    """A knowledge graph of United Nations partnerships, actors, conventions and treaties.

    Every answer names the sentence it rests on. Without a command: what is in the graph, and three commands
    to try.
    """
    if ctx.invoked_subcommand is None:
        from unpact.cli.overview import show_overview

        show_overview()


def main() -> None:
    """Run the command line and end the process with the code that fits."""
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            # Formats fix their encoding and their line ends; neither may depend on the locale of whoever
            # pipes them.
            stream.reconfigure(encoding="utf-8", newline="")
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough, as in "| head": not an error, and nothing to say. What is still buffered
        # goes nowhere.
        _forget_output()
        code = 0
    except OSError as error:
        _forget_output()
        Failure(_reason(error), 2).show()
        code = 2
    _end(code)


def _end(code: int) -> NoReturn:
    """End the process without taking the graph apart triple by triple, for which nobody would wait."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def _run() -> int:
    try:
        result = command_line.main(prog_name="unpact", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UnpactError:
        # only completion gets here, and nothing may be printed while the user types
        return 1
    except SystemExit:
        # click ends the process by itself in two cases: after completion, and when nobody reads any more
        _forget_output()
        return 0
    except (click.Abort, KeyboardInterrupt):
        Failure("interrupted", 130).show()
        return 130
    return result if isinstance(result, int) else 0


def _forget_output() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
