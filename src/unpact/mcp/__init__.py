"""The stored queries as tools of a Model Context Protocol server.

One process speaks the protocol (`server`), another one holds the graph and answers (`worker`, `toolbox`), so
that whatever takes too long can be ended without ending the conversation.
"""

from __future__ import annotations

from unpact.errors import UsageError


def need_sdk() -> None:
    """Refuse to go on without the SDK of the protocol, which is an extra.

    Raises:
        UsageError: where it is not installed.
    """
    from importlib.util import find_spec

    # importing it takes longer than opening the graph, which can begin meanwhile
    if find_spec("mcp") is None:
        hint = "Type: pip install 'unpact[mcp]'"
        raise UsageError("speaking with assistants needs the package mcp", hint=hint)
