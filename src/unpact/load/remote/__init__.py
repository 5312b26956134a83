"""Load the dataset into a SPARQL 1.1 service over HTTP: Graph Store HTTP Protocol and SPARQL Update.

    target = Target("http://localhost:3030/ds", "fuseki")
    plan = plan_of(content, target)
    outcome = push(content, target, plan)

What speaks with the service, and so needs httpx, is imported when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from unpact.load.remote.profiles import PROFILES, Profile
from unpact.load.remote.progress import Progress
from unpact.load.remote.target import TIMEOUT, Target

if TYPE_CHECKING:
    from unpact.load.remote.content import Content as Content
    from unpact.load.remote.content import content_of as content_of
    from unpact.load.remote.plan import Change as Change
    from unpact.load.remote.plan import Plan as Plan
    from unpact.load.remote.plan import plan_of as plan_of
    from unpact.load.remote.pushing import Outcome as Outcome
    from unpact.load.remote.pushing import push as push

__all__ = [
    "PROFILES",
    "TIMEOUT",
    "Content",
    "Profile",
    "Progress",
    "Target",
    "content_of",
    "plan_of",
    "push",
]

_LAZY = {
    "Content": "unpact.load.remote.content",
    "content_of": "unpact.load.remote.content",
    "plan_of": "unpact.load.remote.plan",
    "push": "unpact.load.remote.pushing",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the attribute's type is that of the imported object
    if name in _LAZY:
        from importlib import import_module

        from unpact.extras import need

        need("loading into a service", "remote", "httpx")
        return getattr(import_module(_LAZY[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
