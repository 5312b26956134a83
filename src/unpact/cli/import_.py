"""``unpact import``: facts from tables of other people."""

from __future__ import annotations

import click

from unpact.cli.import_memberships import memberships
from unpact.cli.import_untc import untc


@click.group(
    "import",
    epilog="Examples: unpact import untc parties.csv --treaty UNTOC -o parties.ttl; "
    "unpact import memberships members.csv --body CND --source id:source-mine",
)
def command() -> None:
    """Turn a table into Turtle that the rest of unpact takes: the parties to a treaty, the members of a body.

    States and organizations may be written in any official language of the United Nations, short or formal,
    by a former name, a code or an acronym. Whatever cannot be understood is named with its line and column,
    and stands in the output as a comment.
    """


command.add_command(untc)
command.add_command(memberships)
