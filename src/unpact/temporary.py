"""Directories that are gone when they are no longer needed, also where the process has to end at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def temporary_directory() -> tempfile.TemporaryDirectory[str]:
    """An empty directory, to be used in a `with` statement."""
    return tempfile.TemporaryDirectory(prefix=_prefix())


def discard_temporary_directories() -> None:
    """Remove those of this process, for an end that comes in the midst of their use."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_prefix()}*"):
        # whoever still writes there finds the way no more
        gone = folder.with_suffix(".gone")
        with suppress(OSError):
            shutil.rmtree(folder.rename(gone), ignore_errors=True)


def _prefix() -> str:
    return f"unpact-{os.getpid()}-"
