"""When to send a request again."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: How often an idempotent request is sent at most.
TRIES = 6
#: Statuses after which it is sent again (RFC 9110, section 15; RFC 6585, section 4).
NOT_NOW = frozenset({429, 502, 503, 504})

_FIRST = 0.5
_LONGEST = 30.0
_PATIENCE = 300.0


def pause(attempt: int, headers: Mapping[str, str]) -> float:
    """Seconds to wait after an attempt that failed.

    Doubles each time, and is cut at random so that several who failed together do not come back together.
    What the service asks for (Retry-After: RFC 9110, section 10.2.3) is the least.

    Args:
        attempt: its number, from 0.
        headers: of the answer; none where there was no answer.
    """
    longest = min(_LONGEST, _FIRST * 2**attempt)
    return _asked_for(headers.get("Retry-After", "")) + random.uniform(longest / 2, longest)  # noqa: S311


def wait(seconds: float) -> None:
    """Do nothing for some seconds."""
    time.sleep(seconds)


def _asked_for(text: str) -> float:
    if text.strip().isdecimal():
        seconds = float(text)
    else:
        try:
            when = parsedate_to_datetime(text)
        except ValueError:
            return 0.0
        seconds = (when - datetime.now(UTC)).total_seconds() if when.tzinfo else 0.0
    return min(max(seconds, 0.0), _PATIENCE)
