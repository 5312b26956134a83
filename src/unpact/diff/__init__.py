"""How two versions of a graph differ, in the words of the domain."""

from __future__ import annotations

from unpact.diff.model import Difference, FactChange, TextChange, ThingChange
from unpact.diff.run import compare

__all__ = ["Difference", "FactChange", "TextChange", "ThingChange", "compare"]
