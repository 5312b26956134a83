"""How many examples hypothesis draws: few while one works, many on CI, which asks for a multiple."""

from __future__ import annotations

import os

#: Names the environment variable with the multiple.
LENGTH = "UNPACT_TEST_LENGTH"


def examples(few: int) -> int:
    """The number of examples of a test that draws `few` of them by default."""
    return few * int(os.environ.get(LENGTH, "1"))
