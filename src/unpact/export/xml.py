"""What the XML formats share: text as XML 1.0 may hold it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from unpact.errors import UsageError

# the characters that XML 1.0 has no way to write (section 2.2)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# ends of lines are normalised when they are read, unless they are references
_TEXT = {"\r": "&#13;"}
_ATTRIBUTE = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def text(value: str) -> str:
    """Character data.

    Raises:
        UsageError: for a character that XML cannot hold.
    """
    return escape(_checked(value), _TEXT)


def attribute(value: str) -> str:
    """The value of an attribute, with its quotation marks; errors as for `text`."""
    return f'"{escape(_checked(value), _ATTRIBUTE)}"'


def _checked(value: str) -> str:
    if bad := _NO_XML.search(value):
        raise UsageError(
            f"XML cannot hold the character U+{ord(bad[0]):04X} of {value[:40]!r}",
            hint="Choose another --format.",
        )
    return value
