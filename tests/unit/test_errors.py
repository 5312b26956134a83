"""Errors go from one process to another with all that they know."""

from __future__ import annotations

import pickle

import pytest

from unpact.errors import (
    AmbiguousNameError,
    DataSyntaxError,
    QuerySyntaxError,
    StoreError,
    UnknownNameError,
    UnpactError,
)


@pytest.mark.parametrize(
    "error",
    [
        UnpactError("wrong", where="here", hint="Type this."),
        StoreError("broken"),
        DataSyntaxError("no Turtle", path="a.ttl", line=3, column=4, hint="Mend it."),
        QuerySyntaxError("no SPARQL", line=1, column=2),
        UnknownNameError("nothing is called x", suggestions=["y", "z"]),
        AmbiguousNameError("x", candidates=["a", "b"]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_arrives_whole(error: UnpactError) -> None:
    arrived = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
    assert vars(arrived) == vars(error)
    assert arrived.exit_code == error.exit_code
