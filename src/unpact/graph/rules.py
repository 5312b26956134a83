"""The OWL 2 RL rules that come with the package, one file a rule."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("rl")


def generic_rules() -> list[tuple[str, str]]:
    """The names and the texts of the rules, sorted by name."""
    return [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.rq"))]
