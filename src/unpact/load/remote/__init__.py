"""Load the dataset into a SPARQL 1.1 service over HTTP: Graph Store HTTP Protocol and SPARQL Update.

    target = Target("http://localhost:3030/ds", "fuseki")
    plan = plan_of(content, target)
    outcome = push(content, target, plan)

What speaks with the service, and so needs httpx, is imported when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.errors import UsageError
from unpact.load.remote.profiles import PROFILES, Profile
from unpact.load.remote.progress import Progress
from unpact.load.remote.target import TIMEOUT, Target

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from unpact.load.content import Content
    from unpact.load.remote.plan import Change as Change
    from unpact.load.remote.plan import Plan as Plan
    from unpact.load.remote.pushing import Outcome as Outcome

__all__ = ["PROFILES", "TIMEOUT", "Profile", "Progress", "Target", "plan_of", "push"]


def plan_of(content: Content, target: Target, *, transport: httpx.BaseTransport | None = None) -> Plan:
    """What a load would change; see `unpact.load.remote.plan.compared`.

    Raises:
        UsageError: for content that cannot be loaded into any service, and where httpx is not installed.
        StoreError: when the service fails.
    """
    _need_httpx()
    from unpact.load.remote.plan import compared

    return compared(content, target, transport=transport)


def push(
    content: Content,
    target: Target,
    plan: Plan,
    *,
    report: Callable[[Progress], None] = lambda _: None,
    transport: httpx.BaseTransport | None = None,
) -> Outcome:
    """Do what a plan says; see `unpact.load.remote.pushing.pushed`.

    Raises:
        UsageError: for content that cannot be loaded into any service, and where httpx is not installed.
        StoreError: when the service fails or says no, when another load is under way, or when what arrived is
            not what was sent.
    """
    _need_httpx()
    from unpact.load.remote.pushing import pushed

    return pushed(content, target, plan, report=report, transport=transport)


def _need_httpx() -> None:
    try:
        import httpx  # noqa: F401 - only to see that it is there
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        hint = "Type: pip install 'unpact[remote]'"
        raise UsageError("loading into a service needs the package httpx", hint=hint) from None
