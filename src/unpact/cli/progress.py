"""How far long work is: a bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# bytes and triples of which there are fewer are done before a bar could be read
MANY_BYTES, MANY_TRIPLES = 4_000_000, 20_000
# seconds after which people ask themselves whether anything happens
SOON = 2.0


@contextmanager
def bar(total: int, label: str, many: int) -> Iterator[Callable[[int], None] | None]:
    """A bar, and what moves it on by a number of steps; None where nobody would see it.

    Args:
        total: steps.
        label: what is being done.
        many: the steps from which on a bar is worth having.
    """
    if total < many or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(
        length=total, label=label, file=sys.stderr, update_min_steps=max(1, total // 200)
    ) as shown:
        yield shown.update


@contextmanager
def patience(doing: str | Callable[[], str] | None) -> Iterator[Callable[[float], None] | None]:
    """What is told the seconds that work has taken so far, and shows them in one line once they are many;
    None where nobody would see it. The line is gone afterwards.

    Args:
        doing: what is being done, or what says it; None to show nothing.
    """
    if doing is None or not sys.stderr.isatty():
        yield None
        return
    shown = ""

    def tell(seconds: float) -> None:
        nonlocal shown
        line = f"{doing if isinstance(doing, str) else doing()}: {seconds:.0f} s"
        if seconds >= SOON and line != shown:
            shown = line
            _show(line)

    try:
        yield tell
    finally:
        if shown:
            _show("")


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """What takes the number of things that are done, and of those known so far, and shows them in one line.

    Args:
        what: the things, in the plural.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _known: None
        return
    yield lambda done, known: _show(f"{what}: {done:,} of {known:,}")
    _show("")


def _show(line: str) -> None:
    """Put a line in the place of the one that is shown."""
    click.echo(f"\r{line}\033[K", err=True, nl=False)
