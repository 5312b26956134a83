"""Speaks the Model Context Protocol over standard input and output, and leaves the answers to a worker."""

from __future__ import annotations

import difflib
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from unpact import __version__
from unpact.errors import UnpactError
from unpact.mcp.tools import instructions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcp.server.context import ServerRequestContext

    from unpact.mcp.answers import Reply
    from unpact.mcp.resources import Resources, TextResource
    from unpact.mcp.tools import Tool
    from unpact.mcp.worker import Worker

# Each tool only looks, at one graph that does not change.
_LOOKS = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class Conversation:
    """What the server answers to the requests of a client.

    Args:
        offered: the tools.
        resources: the texts.
        worker: answers the calls of tools.
    """

    def __init__(self, offered: Sequence[Tool], resources: Resources, worker: Worker) -> None:
        self._tools = {tool.name: _tool(tool) for tool in offered}
        self._resources = resources
        self._worker = worker
        self._turn = anyio.Lock()

    def server(self) -> Server[Any]:
        """The server of the SDK that speaks for it."""
        return Server(
            "unpact",
            version=__version__,
            title="unpact: United Nations partnerships, actors, conventions and treaties",
            instructions=instructions(),
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_list_resources=self._list_resources,
            on_read_resource=self._read_resource,
        )

    async def _list_tools(
        self, _context: ServerRequestContext[Any], _params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(self._tools.values()))

    async def _call_tool(
        self, _context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        if params.name not in self._tools:
            raise MCPError(types.INVALID_PARAMS, f"there is no tool {params.name!r}{self._near(params.name)}")
        reply = await self._ask(params.name, params.arguments or {})
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=reply.text)],
            structured_content=reply.structured,
            is_error=reply.failed,
        )

    async def _ask(self, name: str, arguments: dict[str, Any]) -> Reply:
        async with self._turn:
            try:
                call = partial(self._worker.call, name, arguments)
                return await anyio.to_thread.run_sync(call, abandon_on_cancel=True)
            except anyio.get_cancelled_exc_class():
                # nobody waits for the answer any more, and the engine would go on
                self._worker.stop()
                raise

    async def _list_resources(
        self, _context: ServerRequestContext[Any], _params: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=[_resource(each) for each in self._resources.all()])

    async def _read_resource(
        self, _context: ServerRequestContext[Any], params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        try:
            found = self._resources.find(params.uri)
            text = found.text()
        except UnpactError as error:
            raise MCPError(types.INVALID_PARAMS, str(error)) from None
        contents = types.TextResourceContents(uri=found.uri, mime_type=found.media_type, text=text)
        return types.ReadResourceResult(contents=[contents])

    def _near(self, name: str) -> str:
        close = difflib.get_close_matches(name, self._tools, n=3, cutoff=0.5)
        return f". Did you mean {' or '.join(close)}?" if close else ""


def speak(conversation: Conversation) -> None:
    """Serve one client until it closes standard input. Standard output carries the protocol alone."""
    anyio.run(_speak, conversation.server())


async def _speak(server: Server[Any]) -> None:
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _tool(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tool.output_schema,
        annotations=_LOOKS,
    )


def _resource(resource: TextResource) -> types.Resource:
    return types.Resource(
        uri=resource.uri, name=resource.name, title=resource.title, mime_type=resource.media_type
    )
