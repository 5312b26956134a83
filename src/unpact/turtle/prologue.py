"""The prefixes and base IRIs of a document, each from where it is declared on."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from pyoxigraph import RdfFormat, parse

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_LOCAL_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Prologue:
    """What the directives of a document declare.

    Args:
        base: the IRI that relative ones are resolved against until the document names another.
    """

    def __init__(self, base: str) -> None:
        self._bases: tuple[list[int], list[str]] = ([-1], [base])
        self._prefixes: dict[str, tuple[list[int], list[str]]] = {}

    def declare_base(self, offset: int, written: str) -> None:
        """Resolve against another base from `offset` on; `written` is the IRI with its angle brackets."""
        iri = self.iri(written, offset)
        self._bases[0].append(offset)
        self._bases[1].append(iri)

    def declare_prefix(self, offset: int, prefix: str, written: str) -> None:
        """Let a prefix, without its colon, mean an IRI from `offset` on."""
        offsets, iris = self._prefixes.setdefault(prefix, ([], []))
        offsets.append(offset)
        iris.append(self.iri(written, offset))

    def prefixes(self, offset: int) -> dict[str, str]:
        """The prefixes that are declared at `offset`, with their namespaces."""
        found = {prefix: _latest(declared, offset) for prefix, declared in self._prefixes.items()}
        return {prefix: namespace for prefix, namespace in found.items() if namespace is not None}

    def iri(self, written: str, offset: int) -> str:
        """The IRI that `<...>` at `offset` stands for."""
        text = written[1:-1]
        if "\\" in text:
            text = unescape(text)
        if _ABSOLUTE.match(text):
            return text
        return _resolved(_latest(self._bases, offset) or "", text)

    def expand(self, written: str, offset: int) -> str | None:
        """The IRI of a prefixed name at `offset`; None when its prefix is not declared there."""
        prefix, _, local = written.partition(":")
        declared = self._prefixes.get(prefix)
        namespace = None if declared is None else _latest(declared, offset)
        if namespace is None:
            return None
        return namespace + (_LOCAL_ESCAPE.sub(r"\1", local) if "\\" in local else local)


def unescape(text: str) -> str:
    """A string or an IRI without its escapes (RDF 1.1 Turtle, section 6.4)."""
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if not code:
        return _ESCAPED.get(match[3], match[3])
    number = int(code, 16)
    # no character has a higher number; what is written so is refused elsewhere
    return chr(number) if number <= 0x10FFFF else match[0]  # noqa: PLR2004 - the end of Unicode


def _latest(declared: tuple[list[int], list[str]], offset: int) -> str | None:
    offsets, iris = declared
    at = bisect_right(offsets, offset)
    return iris[at - 1] if at else None


@lru_cache(maxsize=4096)
def _resolved(base: str, reference: str) -> str:
    """A relative IRI, resolved by the engine itself, whose reading of RFC 3986 is what counts here."""
    document = f"<urn:s> <urn:p> <{reference}> ."
    try:
        (quad,) = parse(input=document, format=RdfFormat.TURTLE, base_iri=base)
    except (SyntaxError, ValueError):
        return base + reference
    return str(getattr(quad.object, "value", reference))
