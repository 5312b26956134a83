"""What a service that says no means to somebody who loads."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from unpact.errors import StoreError
from unpact.graph.address import PASSWORD, TOKEN, USER

if TYPE_CHECKING:
    from collections.abc import Mapping

_AGAIN = "Then load again: what is there already is not sent twice."
_WHO = f"Set {USER} and {PASSWORD}, or {TOKEN}, in the environment, or add the host to ~/.netrc."
_ADDRESS = "Check the address and the profile, and that the dataset may be written to."

_NOT_TAKEN = ("the service does not take what is loaded", _ADDRESS)
_UNKNOWN, _BUSY = 401, frozenset({429, 502, 503, 504})
_MEANINGS = {
    _UNKNOWN: ("the service asks who loads", _WHO),
    403: ("the service does not let this user write", f"Check the rights of the user. {_WHO}"),
    404: _NOT_TAKEN,
    405: _NOT_TAKEN,
    413: ("the service does not take a request of that size", "Raise its limit, or try another profile."),
    500: ("the service failed", f"See its log, and the room on its disk. {_AGAIN}"),
    501: _NOT_TAKEN,
    507: ("the service has no room left", f"Make room there. {_AGAIN}"),
}


class Unanswered(StoreError):  # noqa: N818 - it says what is not known
    """A request of which nobody knows whether it was done."""


class Busy(StoreError):  # noqa: N818 - it says how the service is
    """A request that the service did not begin with (429, 503).

    Args:
        headers: of the answer, which may say how long to wait.
    """

    headers: Mapping[str, str] = MappingProxyType({})


# a gateway that had no answer does not know either
_KINDS: dict[int, type[StoreError]] = {429: Busy, 503: Busy, 502: Unanswered, 504: Unanswered}


def refusal(status: int, phrase: str, told: str, tries: int, where: str, *, known: bool) -> StoreError:
    """The error of an answer that says no.

    Args:
        status: of HTTP.
        phrase: that goes with it.
        told: what the service says itself, as it may be shown.
        tries: how often it was asked.
        where: the address as it may be shown.
        known: whether credentials were sent.
    """
    message, hint = _meaning(status, tries, known=known)
    answer = f"{status} {phrase}".strip()
    kind = _KINDS.get(status, StoreError)
    return kind(f"{message} ({answer}{': ' + told if told else ''})", where=where, hint=hint)


def _meaning(status: int, tries: int, *, known: bool) -> tuple[str, str]:
    if status == _UNKNOWN and known:
        meaning = "the service does not accept this user and password"
        return meaning, "Check them in the environment or ~/.netrc."
    if status in _BUSY:
        times = "once" if tries == 1 else f"{tries} times"
        return "the service is not available", f"It was asked {times}. Wait. {_AGAIN}"
    return _MEANINGS.get(status, ("the service refuses the load", _ADDRESS))
