"""Names of files as the systems that run checks want them: relative to the root of the sources."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def in_tree(file: str) -> str | None:
    """The path of a file below the working directory, `/` between its parts; None for one outside.

    A relative path is not resolved: the tree that its name belongs to is the one that is checked.
    """
    path = Path(os.path.normpath(file))
    if path.is_absolute():
        try:
            path = path.relative_to(Path.cwd())
        except ValueError:
            return None
    return None if ".." in path.parts else path.as_posix()


def path_in_tree(file: str) -> str:
    """As `in_tree`, with the name unchanged for a file outside."""
    return in_tree(file) or file


def relative_uri(path: str) -> str:
    """A relative path as a URI reference (RFC 3986): the bytes of its name, %-encoded, without a colon."""
    return quote(os.fsencode(path), safe="/")


def file_uri(file: str) -> str:
    """The `file:` URI of a file outside the tree."""
    return Path(os.path.abspath(file)).as_uri()  # noqa: PTH100 - links stay as the user named them
