"""The server's side of HTTP, on Starlette: what each request asks for, and how its reply travels."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from operator import attrgetter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.routing import Route as Path
from starlette.staticfiles import StaticFiles

from unpact.errors import UnpactError
from unpact.serve.exchange import Asked, Reply, text
from unpact.serve.failures import reply_to
from unpact.serve.headers import Guarded
from unpact.serve.keeping import Kept, Replies, is_known, tag_of
from unpact.serve.pool import Busy
from unpact.serve.rendering import Renderer
from unpact.serve.routes import ROUTES
from unpact.serve.styles import FOLDER

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from starlette.requests import Request

    from unpact.serve.pool import Pool
    from unpact.serve.routes import Route
    from unpact.serve.settings import Limits, Settings

_SMALLEST_PACKED = 1000
_BUSY, _AGAIN = "The server has more to do than it can.", "Try again in a moment."
_SECONDS_UNWANTED = 1.0
# nobody reads it; servers use this number for it in what they log
_CLIENT_CLOSED_REQUEST = 499


def create_app(settings: Settings, pool: Pool) -> Starlette:
    """The application, for any server of ASGI.

    Args:
        settings: as the workers have them.
        pool: of workers, started by the caller.
    """
    replies = Replies(settings.limits.kept)
    # what goes wrong here is no matter of the graph, so no thing has to be named
    failures = Renderer(settings, attrgetter("value"))
    relays = [Relay(route, settings.limits, pool, replies, failures) for route in ROUTES]
    return Starlette(
        routes=[
            Path("/healthz", _healthy),
            Mount("/static", StaticFiles(directory=FOLDER)),
            *(
                Path(relay.route.path, relay.respond, methods=[*relay.route.methods, "OPTIONS"])
                for relay in relays
            ),
        ],
        middleware=[
            Middleware(Guarded),
            Middleware(TrustedHostMiddleware, allowed_hosts=settings.hosts),
            Middleware(
                CORSMiddleware,
                allow_origins=settings.origins,
                allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
                allow_headers=["*"],
                expose_headers=["ETag", "Link", "Retry-After", "X-Rows-Left-Out"],
                max_age=86400,
            ),
            Middleware(GZipMiddleware, minimum_size=_SMALLEST_PACKED, compresslevel=5),
        ],
    )


class Relay:
    """Takes the requests of one route to the workers, and their replies back.

    Args:
        route: whose requests they are.
        limits: of the server.
        pool: of workers.
        replies: made before.
        failures: makes the pages about what keeps a worker from answering.
    """

    def __init__(
        self, route: Route, limits: Limits, pool: Pool, replies: Replies, failures: Renderer
    ) -> None:
        self.route = route
        self._limits = limits
        self._pool = pool
        self._replies = replies
        self._failures = failures

    async def respond(self, request: Request) -> Response:
        """Answer a request."""
        if request.method == "OPTIONS":
            allowed = ", ".join((*self.route.methods, "HEAD", "OPTIONS"))
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": allowed})
        try:
            asked = await _asked(request, self._limits)
        except _Refused as refused:
            return _response(Kept(refused.reply, tag_of(refused.reply)), request)
        kept = self._replies.find(asked)
        return _response(await self._made(asked, request) if kept is None else kept, request)

    async def _made(self, asked: Asked, request: Request) -> Kept:
        try:
            work = self._pool.answer(asked, is_costly=self.route.is_costly)
            reply = await (_while_wanted(work, request) if self.route.is_costly else work)
        except Busy:
            reply = self._failures.failure(asked, _BUSY, HTTPStatus.SERVICE_UNAVAILABLE, _AGAIN)
            reply = reply._replace(headers=(("Retry-After", "2"),))
        except UnpactError as error:
            reply = reply_to(error, asked, self._failures)
        if reply.status == HTTPStatus.OK:
            return self._replies.keep(asked, reply)
        return Kept(reply, tag_of(reply))


async def _while_wanted(work: Coroutine[None, None, Reply], request: Request) -> Reply:
    """The outcome of some work, which is ended soon after the client has gone."""
    task = asyncio.create_task(work)
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            # a new worker takes about as long to start
            await asyncio.wait({task}, timeout=_SECONDS_UNWANTED)
        if not task.done():
            task.cancel()
            return text("The client has gone.", _CLIENT_CLOSED_REQUEST)
        return task.result()
    finally:
        task.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Refused(Exception):  # noqa: N818 - a reply that is known before anything is asked
    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


async def _asked(request: Request, limits: Limits) -> Asked:
    """A request without HTTP. Raises _Refused for a body that is too long, or too slow, and for an address
    that is not UTF-8.
    """
    try:
        # Starlette would put other characters for bytes that are not UTF-8, and the query would be another
        query = parse_qsl(request.url.query, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise _Refused(text("The address is not UTF-8.", HTTPStatus.BAD_REQUEST)) from None
    body = b""
    if request.method == "POST":
        try:
            async with asyncio.timeout(limits.upload):
                async for part in request.stream():
                    body += part
                    if len(body) > limits.body:
                        sentence = f"A request may have {limits.body:,} bytes at most."
                        raise _Refused(text(sentence, HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
        except TimeoutError:
            raise _Refused(text("The request took too long.", HTTPStatus.REQUEST_TIMEOUT)) from None
    headers = request.headers
    return Asked(
        # that of the URL is decoded only in part
        request.scope["path"],
        tuple(query),
        ", ".join(headers.getlist("accept")),
        "GET" if request.method == "HEAD" else request.method,
        headers.get("content-type", "").partition(";")[0].strip().lower(),
        body,
    )


def _response(kept: Kept, request: Request) -> Response:
    reply = kept.reply
    headers = dict(reply.headers)
    if reply.varies:
        headers["Vary"] = "Accept"
    if reply.status == HTTPStatus.OK:
        # it may be kept, but whoever keeps it asks whether it is still so
        headers |= {"ETag": kept.tag, "Cache-Control": "no-cache"}
        if request.method != "POST" and is_known(kept.tag, request.headers.get("if-none-match")):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(reply.body, reply.status, headers | {"Content-Type": reply.media_type})


async def _healthy(_request: Request) -> Response:
    return PlainTextResponse("ok\n")
