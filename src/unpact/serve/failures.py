"""What went wrong, as a reply: its status, and the sentence that the command line would print."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from unpact.errors import NetworkRefused, QueryTimeout, StoreError

if TYPE_CHECKING:
    from unpact.errors import UnpactError
    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.rendering import Renderer


def status_of(error: UnpactError) -> HTTPStatus:
    """The status of HTTP for an error: what the client can mend is its fault, the rest is ours."""
    if isinstance(error, NetworkRefused):
        return HTTPStatus.FORBIDDEN
    if isinstance(error, QueryTimeout):
        return HTTPStatus.GATEWAY_TIMEOUT
    return HTTPStatus.INTERNAL_SERVER_ERROR if isinstance(error, StoreError) else HTTPStatus.BAD_REQUEST


def reply_to(error: UnpactError, asked: Asked, renderer: Renderer) -> Reply:
    """A page for people, a sentence for programs."""
    where = f"{error.where}: " if error.where else ""
    return renderer.failure(asked, f"{where}{error.message}", status_of(error), error.hint)
