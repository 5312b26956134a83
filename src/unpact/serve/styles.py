"""The files that pages need beside their text: each under an address that changes with its content."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "static"


@cache
def stamped(name: str) -> str:
    """The address of a file of `FOLDER`, which a browser may keep as long as it likes."""
    content = (FOLDER / name).read_bytes()
    return f"/static/{name}?{sha256(content).hexdigest()[:12]}"
