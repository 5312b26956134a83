"""``unpact validate --list-checks``: what is checked, without checking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.cli.answer import answer_json, answer_text

if TYPE_CHECKING:
    from unpact.cli.options import OutputOptions
    from unpact.cli.validate_options import Source
    from unpact.validate.checks import Check


def list_all(source: Source, output: OutputOptions) -> None:
    """Write the id, severity and title of every check; as JSON with their help and where they are written."""
    checks = _checks(source)
    if output.format in ("json", "jsonl"):
        answer_json([check._asdict() for check in checks], output)
        return
    width = max((len(check.id) for check in checks), default=0)
    answer_text((f"{check.id:<{width}}  {check.severity:<9}  {check.title}" for check in checks), output)


def _checks(source: Source) -> list[Check]:
    from unpact.corpus import bundled, user_files
    from unpact.validate.consistency import CONSISTENCY_CHECKS
    from unpact.validate.shapes import Shapes
    from unpact.validate.soundness.checks import CHECKS
    from unpact.validate.syntax import SYNTAX_CHECKS

    files = user_files(source.shapes) or bundled().shape_files()
    return [*SYNTAX_CHECKS, *CONSISTENCY_CHECKS, *CHECKS, *Shapes(files).checks(places=True)]
