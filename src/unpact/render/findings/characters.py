"""Characters that a format cannot carry, or that would steer whatever shows them."""

from __future__ import annotations

import json
import re

# Surrogates stand for the bytes of a file name that is not UTF-8; no encoding has them.
_SURROGATE = re.compile("[\ud800-\udfff]")
# What XML 1.0 leaves out of Char, the controls of C1, and those that turn the direction of the text around.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_C1 = re.compile("[\x7f-\x9f]")
_REPLACEMENT = "\ufffd"


def encodable(text: str) -> str:
    """`text` with a replacement character for each surrogate."""
    return _SURROGATE.sub(_REPLACEMENT, text)


def harmless(text: str) -> str:
    """`text` with line feeds as its only controls besides tabs; all of it may stand in XML and HTML."""
    return _CONTROL.sub(_REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def json_text(value: object, *, indent: int | None = None) -> str:
    """JSON in UTF-8, readable as it stands.

    RFC 8259 allows U+007F to U+009F bare; they are escaped, because terminals obey them.
    """
    text = encodable(json.dumps(value, ensure_ascii=False, indent=indent))
    return _C1.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
