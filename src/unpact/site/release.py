"""A site on disk: a folder that appears when it is whole, in place of the site that was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.atomic import replacing_folder
from unpact.export.release import refuse_other_things, told, write_checksums
from unpact.site.writing import Written, write_pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unpact.serve.settings import Settings

# GitHub Pages would leave out files whose names begin with an underscore, and change others
_AS_IT_IS = ".nojekyll"


def write_site(
    settings: Settings,
    folder: Path,
    report: Callable[[int, int], None] = lambda *_: None,
    *,
    processes: int = 1,
) -> Written:
    """Write all pages, with the checksums of all files.

    Args:
        settings: what is shown.
        folder: what is there already must be an earlier site, or an export.
        report: told how many pages are written, and how many are known so far.
        processes: that share the work.

    Raises:
        UsageError: when it cannot be written, or the folder holds other things.
        UnpactError: for facts that cannot be opened, and a page that cannot be made.
    """
    folder = folder.resolve()
    refuse_other_things(folder)
    with told(folder), replacing_folder(folder) as new:
        written = write_pages(settings, new, report, processes=processes)
        (new / _AS_IT_IS).touch()
        write_checksums(new)
    return written
