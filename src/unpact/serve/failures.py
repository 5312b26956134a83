"""What went wrong, as a reply: its status, and the sentence that the command line would print."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from unpact.errors import NetworkRefused, QueryTimeout, StoreError, UnpactError

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked, Reply
    from unpact.serve.rendering import Renderer


class RequestRefused(UnpactError):  # noqa: N818 - it is a refusal, not a failure
    """A request that is not answered, for a reason that HTTP has a status for.

    Args:
        message: why, without a full stop at the end.
        status: of HTTP.
        hint: what to ask instead.
    """

    def __init__(self, message: str, status: HTTPStatus, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status


def status_of(error: UnpactError) -> HTTPStatus:
    """The status of HTTP for an error: what the client can mend is its fault, the rest is ours."""
    if isinstance(error, RequestRefused):
        return error.status
    if isinstance(error, NetworkRefused):
        return HTTPStatus.FORBIDDEN
    if isinstance(error, QueryTimeout):
        return HTTPStatus.GATEWAY_TIMEOUT
    return HTTPStatus.INTERNAL_SERVER_ERROR if isinstance(error, StoreError) else HTTPStatus.BAD_REQUEST


def reply_to(error: UnpactError, asked: Asked, renderer: Renderer) -> Reply:
    """A page for people, a sentence for programs."""
    where = f"{error.where}: " if error.where else ""
    return renderer.failure(asked, f"{where}{error.message}", status_of(error), error.hint)
