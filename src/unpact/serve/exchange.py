"""What passes between the server and a worker: a request without HTTP, and the reply to it."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


class Asked(NamedTuple):
    """A request.

    Args:
        path: decoded, without the query string: `/id/pakistan`.
        query: the names and values of the query string, in their order.
        accept: the header of that name; empty where there was none.
        method: `GET` or `POST`; a HEAD is a GET whose body the server leaves out.
        media_type: of the body, without parameters, in lower case.
        body: of a POST.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    accept: str = ""
    method: str = "GET"
    media_type: str = ""
    body: bytes = b""

    def first(self, name: str) -> str | None:
        """The first value of a name in the query string."""
        return next((value for key, value in self.query if key == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a name in the query string."""
        return tuple(value for key, value in self.query if key == name)


class Reply(NamedTuple):
    """The answer to a request.

    Args:
        body: complete.
        media_type: as the header Content-Type has it.
        status: of HTTP.
        headers: further ones.
        varies: whether another Accept might have brought another reply.
    """

    body: bytes
    media_type: str = HTML
    status: int = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()
    varies: bool = False


def text(sentence: str, status: int, *headers: tuple[str, str]) -> Reply:
    """A reply of one sentence."""
    return Reply(f"{sentence}\n".encode(), TEXT, status, headers)


def see_other(place: str, *, varies: bool = False) -> Reply:
    """Send the client on to a page about what it asked for."""
    return Reply(b"", TEXT, HTTPStatus.SEE_OTHER, (("Location", place),), varies=varies)
