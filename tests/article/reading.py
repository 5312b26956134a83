"""Reads numbers, dates, names and acronyms out of an English sentence."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MONTHS = re.findall(
    r"\w+",
    "January February March April May June July August September October November December",
)
UNITS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
)
TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
ORDINALS = re.findall(
    r"\w+",
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth",
)
WORDS = {
    **{word: number for number, word in enumerate(UNITS)},
    **{word: number for number, word in enumerate(ORDINALS)},
    **{word: 10 * number for number, word in enumerate(TENS, 2)},
    **{word[:-1] + "ieth": 10 * number for number, word in enumerate(TENS, 2)},
    "both": 2,
    "pair": 2,
    "once": 1,
    "twice": 2,
    "annual": 1,
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
ROMAN = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8}
MONTH = f"(?P<month>{'|'.join(MONTHS)})"
YEAR = r"(?P<year>1[89]\d\d|20\d\d)"


def numbers(sentence: str) -> set[Decimal]:
    """Every number in a sentence, in figures or in words; "75 million" is one number."""
    found: set[Decimal] = set()
    # figures that belong to a name (COVID-19, G-77) or to a document (74/247) count nothing
    figures = re.sub(r"\b[A-Za-z]+-\d+|\b\d+/\d+", " ", sentence)
    pieces = re.findall(r"\d+(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|[A-Za-z]+", figures)
    last = ""
    for piece, following in zip(pieces, [*(each.lower() for each in pieces[1:]), ""], strict=True):
        before, last = last, piece.lower()
        value = _value(piece)
        if value is None or (before in TENS and _is_unit(last)):
            continue
        if following in SCALES:
            found.add(value * SCALES[following])
        elif last in TENS and _is_unit(following):
            found.add(value + WORDS[following])
        else:
            found.add(value)
    return found


def _is_unit(word: str) -> bool:
    """Whether a word completes a number such as forty-two or forty-second."""
    return word in UNITS[1:10] or word in ORDINALS[1:10]


def _value(piece: str) -> Decimal | None:
    if piece[0].isdigit():
        return Decimal(piece.replace(",", ""))
    value = ROMAN.get(piece, WORDS.get(piece.lower()))
    return None if value is None else Decimal(value)


def dates(sentence: str) -> set[str]:
    """Every day, month and year in a sentence, as XML Schema writes them."""
    found: set[str] = set()

    def add(match: re.Match[str], *days: str | None, month: str | None = None) -> None:
        number = MONTHS.index(month or match["month"]) + 1
        found.add(f"{match['year']}-{number:02}")
        found.update(f"{match['year']}-{number:02}-{int(day):02}" for day in days if day)

    for match in re.finditer(rf"{MONTH} (\d\d?)(?:-(\d\d?))?, {YEAR}", sentence):
        add(match, match[2], match[3])
    between = rf"(?P<first>{'|'.join(MONTHS)}) (?P<day>\d\d?) to {MONTH} (?P<last>\d\d?), {YEAR}"
    for match in re.finditer(between, sentence):
        add(match, match["day"], month=match["first"])
        add(match, match["last"])
    for match in re.finditer(rf"(?:(\d\d?) )?{MONTH} {YEAR}", sentence):
        add(match, match[1])
    for match in re.finditer(r"(?<![\d/])(1[89]|20)(\d\d)(?:-(?:(?:1[89]|20)?(\d\d)))?(?![\d/])", sentence):
        found.add(match[1] + match[2])
        if match[3]:
            found.add(match[1] + match[3])
    return found


def squeezed(text: str) -> str:
    """Letters and figures alone, in one case and without accents: the text runs some words together."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def has_code(sentence: str, code: str) -> bool:
    """Whether an acronym or number stands in a sentence as a word of its own, or in the plural."""
    return re.search(rf"(?<![^\W_]){re.escape(code)}s?(?![^\W_])", sentence, re.IGNORECASE) is not None
