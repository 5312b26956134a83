"""A click program that does nothing: what start-up costs at least."""

import click


@click.group()
def program() -> None:
    """Do nothing."""


@program.command()
def nothing() -> None:
    """Do nothing at all."""


program()
