"""Writes fixes to their files, each in one step."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.corpus.files import unreadable
from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.validate.fix.proposing import Fix


def apply(fixes: Sequence[Fix]) -> None:
    """Write the files as the fixes have them; permissions stay, and a link stays a link.

    No file is written when one of them has changed since it was validated.

    Raises:
        UsageError: for a file that has changed, or cannot be read or written. Files that were written before
            such a one stay mended.
    """
    for fix in fixes:
        _refuse_changed(fix)
    for fix in fixes:
        _refuse_changed(fix)
        try:
            _replace(fix.file.path.resolve(), fix.after.encode())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(
                f"cannot be written ({reason})", where=fix.file.relative, hint="Check its permissions."
            ) from None


def _refuse_changed(fix: Fix) -> None:
    try:
        content = fix.file.path.read_bytes()
    except OSError as error:
        raise unreadable(fix.file.path, error) from None
    if content != fix.before.encode():
        raise UsageError(
            "the file has changed since it was validated, and is left as it is",
            where=fix.file.relative,
            hint="Validate it again.",
        )


def _replace(path: Path, content: bytes) -> None:
    # a folder that may be written would let us replace even a file that may not
    if not os.access(path, os.W_OK):
        raise PermissionError(None, "it is write-protected")
    mode = stat.S_IMODE(path.stat().st_mode)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
