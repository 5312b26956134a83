"""``unpact load --endpoint``: the plan, a bar while the triples leave, and a question for the password."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from unpact.cli.opening import BUILDING
from unpact.cli.progress import MANY_BYTES, MANY_TRIPLES, bar
from unpact.cli.running import supervised
from unpact.elsewhere import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from unpact.connections import Connection
    from unpact.errors import DataSyntaxError
    from unpact.graph.address import Credentials
    from unpact.load.remote import Content, Progress, Target
    from unpact.load.remote.plan import Plan
    from unpact.load.remote.pushing import Outcome
    from unpact.load.sources import Sources


def target_of(where: Connection, timeout: float | None) -> Target:
    """The service of a connection.

    Raises:
        UsageError: for an address that cannot be meant, and where httpx is not installed.
    """
    from unpact.load.remote import TIMEOUT, Target

    return Target(
        where.endpoint or "",
        supervised(lambda: kind_of(where, timeout=timeout)),
        update=where.update,
        data=where.data,
        timeout=TIMEOUT if timeout is None else timeout,
        ask=_ask if sys.stdin.isatty() else None,
    )


def plan_for(
    target: Target, sources: Sources, *, refused: Callable[[DataSyntaxError], None] | None = None
) -> Plan:
    """What a load would change there."""
    return supervised(lambda: _planned(target, sources, refused), doing="comparing")


def load_into_service(
    target: Target,
    sources: Sources,
    *,
    refused: Callable[[DataSyntaxError], None] | None = None,
    check: Callable[[], None],
) -> None:
    """Load, and say what was done; `check` is called when all is in place."""
    plan, outcome = _loaded(target, sources, refused)
    supervised(check, doing="asking what has arrived")
    total, graphs = sum(each.here for each in plan.changes), sum(1 for each in plan.changes if each.here)
    held = f"{total:,} triples in {graphs:,} graphs"
    if plan.done:
        click.echo(f"unpact: {target.name} holds these {held} already", err=True)
        return
    sent = f"{outcome.triples:,} sent" + (f", {outcome.found:,} found there" if outcome.found else "")
    gone = f", {outcome.removed:,} graphs removed" if outcome.removed else ""
    click.echo(f"unpact: {held} are in {target.name} ({sent}{gone}, {outcome.seconds:.1f} s)", err=True)


def _planned(target: Target, sources: Sources, refused: Callable[[DataSyntaxError], None] | None) -> Plan:
    from unpact.load.remote import plan_of

    # a load that was finished before is known by its key alone, and nothing has to be read
    plan = _finished(target, sources)
    if plan is not None:
        return plan
    with _read(sources, refused) as content:
        return plan_of(content, target)


def _finished(target: Target, sources: Sources) -> Plan | None:
    from unpact.load.remote import Content, plan_of

    plan = plan_of(Content({}, sources.key, sources.view, {}), target)
    return plan if plan.done else None


def _loaded(
    target: Target, sources: Sources, refused: Callable[[DataSyntaxError], None] | None
) -> tuple[Plan, Outcome]:
    from unpact.load.remote import Content, plan_of, push

    plan = supervised(lambda: _finished(target, sources))
    if plan is not None:
        return plan, push(Content({}, sources.key, sources.view, {}), target, plan)
    with _read(sources, refused) as content:
        plan = supervised(lambda: plan_of(content, target), doing="comparing")
        for note in plan.notes:
            click.echo(f"unpact: {note}", err=True)
        with bar(sum(each.to_add for each in plan.changes), "sending", MANY_TRIPLES) as advance:
            report = _moving(advance)
            return plan, supervised(lambda: push(content, target, plan, report=report))


@contextmanager
def _read(sources: Sources, refused: Callable[[DataSyntaxError], None] | None) -> Iterator[Content]:
    """The content, with a bar while files are read."""
    from unpact.load.remote import content_of

    with ExitStack() as used:
        with bar(sources.streamed, "reading", MANY_BYTES) as read:
            content = supervised(
                lambda: used.enter_context(content_of(sources, refused=refused, read=read)),
                doing=None if read else BUILDING,
            )
        yield content


def _moving(advance: Callable[[int], None] | None) -> Callable[[Progress], None]:
    """What moves a bar on, told how far a load is."""
    done = 0

    def report(progress: Progress) -> None:
        nonlocal done
        if advance is not None and progress.triples > done:
            advance(progress.triples - done)
            done = progress.triples

    return report


def _ask(name: str) -> Credentials | None:
    """Ask who loads; only at a terminal."""
    from unpact.graph.address import Credentials

    click.echo(f"{name} wants to know who asks.", err=True)
    user = click.prompt("User", err=True)
    return Credentials(user, click.prompt("Password", hide_input=True, err=True))
