"""The socket that the server listens on."""

from __future__ import annotations

import socket

from unpact.serve.running import _bound


def test_replies_leave_at_once() -> None:
    """With Nagle's algorithm each would wait for the acknowledgement of its own head."""
    with (
        _bound("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname()),
        listening.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
