"""The examples that are written by hand, `<check>/fails.*` and `<check>/mended.*`.

They are of checks that no shape makes, and of shapes for which no change of the bundled data is a good one.
"""

from __future__ import annotations

from pathlib import Path

from unpact.validate.explain.example import Example

_SYNTAXES = {".ttl": "turtle", ".rq": "sparql"}


def written_example(check: str) -> Example | None:
    """The example of a check; None where there is no folder for it."""
    folder = Path(__file__).parent / check
    for suffix, syntax in _SYNTAXES.items():
        fails, mended = (folder / f"{name}{suffix}" for name in ("fails", "mended"))
        if fails.is_file() and mended.is_file():
            return Example(fails.read_text(encoding="utf-8"), mended.read_text(encoding="utf-8"), syntax)
    return None
