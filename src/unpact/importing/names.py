"""What makes two ways of writing a name the same name."""

from __future__ import annotations

import re
from functools import lru_cache

from unpact.query.resolve import normalise

# words that a name may have or lack: "the Republic of Albania", "Albania, Republic of", "la República de …"
_SMALL = frozenset(
    (
        "the",
        "of",
        "and",
        "a",
        "an",
        "la",
        "le",
        "les",
        "l",
        "d",
        "de",
        "du",
        "des",
        "del",
        "el",
        "los",
        "las",
        "et",
        "y",
    )
)
_SAME = {"saint": "st", "sainte": "st"}

_NUMBERS = r"[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+|\[\d{1,3}\]|\(\d{1,3}\)|[*†‡§¶#]+|(?<!\d)\d{1,3}"
_NUMBERED = re.compile(rf"(?:[\s,;]*(?:{_NUMBERS}))+\s*\Z")
_MARKS = re.compile(rf"(?:[\s,;]*(?:{_NUMBERS}|\[[A-Za-z]\]|\([a-z]\)))+\s*\Z")


def name_key(text: str) -> str:
    """What all spellings of a name share: its words without case, accents, punctuation, order and articles.

    So "Korea, Republic of" and "the Republic of Korea" are one, and "Democratic People's Republic of Korea"
    is another.
    """
    plain = normalise(text)
    words = {_SAME.get(word, word) for word in plain.split()} - _SMALL
    return " ".join(sorted(words)) or plain


@lru_cache(maxsize=4096)
def without_marks(text: str) -> str:
    """A cell without the footnote marks at its end: superscript digits, `*`, `[1]`, `(a)`, plain digits."""
    return _MARKS.sub("", text).strip()


def without_numbers(text: str) -> str:
    """A heading without footnote marks, of which letters in brackets are none: "Accession(a)"."""
    return _NUMBERED.sub("", text).strip()


def slug(text: str) -> str:
    """A name as the local part of an IRI: what stands in brackets goes, words are joined by hyphens."""
    bare = re.sub(r"\s*\([^()]*\)|['\u2019]", "", text) or text
    return "-".join(re.findall(r"\w+", normalise(bare)))
