"""The canonical text of the article. It is not part of the project; whoever has a copy can read it here."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from unpact.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

#: SHA-256 of the article's bytes; offsets count characters of exactly this text.
ARTICLE_SHA256 = "3d9dea6888072d9d45c6bb607df61456e96b9b5bdaaec70d3c9504e20c12f842"
ARTICLE_IRI = "https://w3id.org/unpact/source/lasting-partnership"


def read_article(path: Path) -> str:
    """The text of the article, line ends as they are in the file.

    Args:
        path: a copy of the article.

    Raises:
        UsageError: when the file cannot be read or is not the canonical text, byte for byte.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"the article cannot be read ({reason})", where=str(path)) from None
    found = sha256(content)
    if found != ARTICLE_SHA256:
        begins = f"its SHA-256 begins {found[:12]}, not {ARTICLE_SHA256[:12]}"
        raise UsageError(
            f"this is not the canonical text of the article ({begins})",
            where=str(path),
            hint="Use an unedited copy: any change, of line ends too, moves the offsets.",
        )
    return content.decode("utf-8")


def sha256(content: bytes | str) -> str:
    """The SHA-256 of some bytes, or of the UTF-8 form of a text, in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()
