"""Rules in plain words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FIRST_SENTENCE = re.compile(r"(.+?[.:])(?:\s|$)")


@cache
def reading(rule: str) -> str:
    """What a rule of OWL 2 RL says, by its name; empty for a name that is none."""
    return _readings().get(rule, "")


def heading(text: str) -> str:
    """What a rule of the corpus says: the first sentence of the comment that it begins with.

    Args:
        text: the query.
    """
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("#+ "))
    found = _FIRST_SENTENCE.match(" ".join(lines))
    return found[1].rstrip(".:") if found else ""


def names() -> frozenset[str]:
    """The rules that have a reading."""
    return frozenset(_readings())


@cache
def _readings() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("readings.toml").read_text(encoding="utf-8"))
