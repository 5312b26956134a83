"""``unpact mcp``: the stored queries as tools for an assistant."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from unpact.cli.opening import open_catalogue, open_explainer
from unpact.cli.options import GraphOptions, graph_options
from unpact.cli.running import supervised
from unpact.errors import UsageError
from unpact.extras import need

if TYPE_CHECKING:
    from unpact.mcp.tools import Offer
    from unpact.mcp.worker import Worker


@click.command("mcp", epilog="Example: unpact mcp --tools all --article article.txt")
@click.option(
    "--tools",
    "offer",
    type=click.Choice(("few", "all")),
    default="few",
    show_default=True,
    help="few: the stored queries by two tools, one that lists them and one that runs any. all: a tool for "
    "each of them, for assistants that search among tools themselves; others read close to a hundred "
    "descriptions before each answer, or refuse to take so many.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    default=30,
    show_default=True,
    help="Give a call up after so many seconds.",
)
@click.option(
    "--max-rows",
    metavar="N",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    help="Cut an answer off after so many rows, lines or sentences, and say so.",
)
@click.option("--article", metavar="FILE", help="A copy of the article; answers then quote its sentences.")
@click.option(
    "--lang", metavar="TAG", default="en", show_default=True, help="The language of labels, such as fr."
)
@graph_options
def command(
    source: GraphOptions,
    *,
    offer: Offer,
    timeout: float,
    max_rows: int,
    article: str | None,
    lang: str,
) -> None:
    """Answer an assistant: a server of the Model Context Protocol over standard input and output.

    An assistant that is told of this command starts it, asks by itself, and gets rows with the sentences that
    they rest on, and the notes on where the record differs. Besides the stored queries it can find things,
    show all about one, cite, and ask in SPARQL. No tool changes anything or reaches the network.
    """
    # importing it takes longer than opening the graph, which can begin meanwhile
    need("speaking with assistants", "mcp", "mcp")
    if "-" in source.data:
        raise UsageError("standard input belongs to the assistant here", hint="Name files with --data.")
    if sys.stdin.isatty():
        click.echo(
            "unpact: waiting for an assistant to speak; name this command in its configuration", err=True
        )
    from unpact.mcp.toolbox import Settings
    from unpact.mcp.worker import Worker

    settings = Settings(max_rows, timeout, lang, article)
    worker = Worker(partial(open_explainer, source), settings)
    worker.start()
    try:
        supervised(lambda: _converse(worker, offer))
    finally:
        worker.stop()


def _converse(worker: Worker, offer: Offer) -> None:
    # the graph is opened over there while all this is imported
    from unpact.corpus import bundled
    from unpact.mcp.resources import Resources
    from unpact.mcp.server import Conversation, speak
    from unpact.mcp.tools import tools

    catalogue = open_catalogue()
    conversation = Conversation(tools(catalogue, offer), Resources(bundled(), catalogue), worker)
    worker.wait()
    speak(conversation)
