"""``unpact completion``: the script that a shell loads to complete commands, query names and parameter
values.
"""

from __future__ import annotations

import click

from unpact.cli.output import opened
from unpact.errors import StoreError

_LOAD = {
    "bash": 'eval "$(unpact completion bash)"   in ~/.bashrc',
    "zsh": 'eval "$(unpact completion zsh)"   in ~/.zshrc',
    "fish": "unpact completion fish > ~/.config/fish/completions/unpact.fish",
}


@click.command(
    "completion",
    epilog="\b\nTo load it:\n" + "\n".join(f"  {shell:<5} {how}" for shell, how in _LOAD.items()),
)
@click.argument("shell", type=click.Choice(list(_LOAD)))
@click.option(
    "--output", "-o", metavar="FILE", help="Write there instead; the file appears when it is whole."
)
def command(shell: str, output: str | None) -> None:
    """Print the script that completes commands in your shell.

    Completed are commands, options, the names of stored queries and the values of their parameters.

    Example: unpact completion bash
    """
    from click.shell_completion import get_completion_class

    from unpact.cli.main import command_line

    found = get_completion_class(shell)
    if found is None:
        raise StoreError(
            f"the installed version of click knows no completion for {shell}", hint="Update click."
        )
    with opened(output) as stream:
        stream.write(found(command_line, {}, "unpact", "_UNPACT_COMPLETE").source() + "\n")
