"""The values of literals, and whether they belong to a datatype.

Two literals may be written differently and have one value. What that value is follows XML Schema 1.1, part 2,
with the spaces that section 4 of OWL 2's structural specification keeps apart: numbers of `xsd:double` are
none of `xsd:decimal`, and values are compared by identity, so that noon in Vienna is not noon in Karachi, and
-0.0 is not 0.0. Of a datatype that is not known here nothing is said: neither that values differ, nor that
they do not belong.
"""

from __future__ import annotations

import re
import struct
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from unpact.corpus.lexical import is_well_typed
from unpact.names import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Literal

#: the space of a value, and what tells it from the others there
Value: TypeAlias = tuple[str, str]

_LANG: Final = "langString"
# the datatypes whose values are some of those of another
_DERIVED: Final = {
    **dict.fromkeys(
        (
            *("integer", "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort"),
            *("unsignedByte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"),
            "negativeInteger",
        ),
        "decimal",
    ),
    **dict.fromkeys(("normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"), "string"),
    **dict.fromkeys(("dayTimeDuration", "yearMonthDuration"), "duration"),
    "dateTimeStamp": "dateTime",
}
_ZONED: Final = ("dateTime", "date", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
_SPACES: Final = {
    *("decimal", "float", "double", "boolean", "string", "duration", "hexBinary", "base64Binary", "anyURI"),
    *_ZONED,
}
_ZONE: Final = re.compile(r"(?:Z|[+-]\d\d:\d\d)\Z")
_DECIMAL: Final = re.compile(r"([+-]?)0*(\d*?)(?:\.(\d*?)0*)?\Z", re.ASCII)
_DURATION: Final = re.compile(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?\Z", re.ASCII
)
_TOKEN: Final = re.compile(r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?\Z")
# the characters of names in XML 1.0
_START: Final = (
    r"A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_REST: Final = r"\-.0-9\u00B7\u0300-\u036F\u203F\u2040"
_STRINGS: Final = {
    "normalizedString": re.compile(r"[^\t\n\r]*\Z"),
    "token": _TOKEN,
    "Name": re.compile(rf"[:{_START}][:{_START}{_REST}]*\Z"),
    "NCName": re.compile(rf"[{_START}][{_START}{_REST}]*\Z"),
    "NMTOKEN": re.compile(rf"[:{_START}{_REST}]+\Z"),
}
# a number of more digits takes long to multiply, and Python refuses to read it
_MOST_DIGITS: Final = 4000


def value_of(literal: Literal) -> Value | None:
    """The value of a literal: equal for two literals just when they have the same.

    Returns:
        None for a literal of an unknown datatype, or one that its datatype does not allow.
    """
    datatype = literal.datatype.value
    if datatype == RDF + _LANG:
        return _LANG, f"{literal.value}@{(literal.language or '').lower()}"
    space = _space(datatype)
    if space is None or not is_well_typed(literal.value, datatype):
        return None
    local = datatype.removeprefix(XSD)
    if space == "string":
        text = _without_blanks(literal.value, local)
        return (space, text) if _is_string_of(text, local) else None
    found = _READ[space](literal.value)
    return None if found is None else (space, found)


def is_outside(literal: Literal, datatype: str) -> bool:
    """Whether the value of a literal is known not to belong to a datatype.

    Args:
        literal: of any datatype. One that its own datatype does not allow has no value.
        datatype: its IRI; `rdfs:Literal` and whatever is defined by an ontology have room for all.
    """
    if datatype == literal.datatype.value:
        return False
    wanted = _LANG if datatype == RDF + _LANG else _space(datatype)
    value = None if wanted is None else value_of(literal)
    if value is None:
        return False
    return value[0] != wanted or not _is_among(value, datatype)


def _is_among(value: Value, datatype: str) -> bool:
    """Whether a value of the same space belongs to a datatype."""
    space, text = value
    local = datatype.removeprefix(XSD)
    if local not in _DERIVED:
        return True
    if space == "string":
        return _is_string_of(text, local)
    if space == "duration":
        months, seconds = text.split(" ")
        return (months if local == "dayTimeDuration" else seconds) == "0"
    # whole numbers have no point, and a moment in a known time zone is written as such
    return is_well_typed(text, datatype)


def _space(datatype: str) -> str | None:
    if not datatype.startswith(XSD):
        return None
    local = datatype.removeprefix(XSD)
    space = _DERIVED.get(local, local)
    return space if space in _SPACES else None


def _without_blanks(text: str, local: str) -> str:
    """A string after the white space processing of its datatype."""
    if local == "string":
        return text
    text = re.sub(r"[\t\n\r]", " ", text)
    return text if local == "normalizedString" else re.sub(" +", " ", text).strip(" ")


def _is_string_of(text: str, local: str) -> bool:
    if local == "language":
        return is_well_typed(text, XSD + local)
    found = _STRINGS.get(local)
    return found is None or found.match(text) is not None


def _decimal(text: str) -> str | None:
    found = _DECIMAL.match(text)
    if found is None:
        return None
    sign, whole, part = found.groups()
    number = (whole or "0") + (f".{part}" if part else "")
    return number if sign != "-" or number == "0" else f"-{number}"


def _double(text: str) -> str:
    return repr(float(text))


def _float(text: str) -> str:
    number = float(text)
    try:
        return repr(struct.unpack("<f", struct.pack("<f", number))[0])
    except OverflowError:
        return "inf" if number > 0 else "-inf"


def _boolean(text: str) -> str:
    return "true" if text in ("1", "true") else "false"


def _duration(text: str) -> str | None:
    found = _DURATION.match(text)
    if found is None or len(text) > _MOST_DIGITS:
        return None
    *numbers, part = found.groups()[1:]
    years, months, days, hours, minutes, seconds = (int(number or 0) for number in numbers)
    sign = found[1]
    whole = str(years * 12 + months)
    rest = str(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
    part = (part or "").rstrip("0")
    rest += f".{part}" if part else ""
    return " ".join(each if each == "0" else sign + each for each in (whole, rest))


def _time(text: str) -> str | None:
    zone = _ZONE.search(text)
    said = text if zone is None else text[: zone.start()]
    offset = "" if zone is None else zone[0]
    if offset in ("+00:00", "-00:00"):
        offset = "Z"
    if "." in said:
        said = said.rstrip("0").rstrip(".")
    day, midnight, rest = said.rpartition("24:00:00")
    if midnight and not rest:
        # the end of a day is the beginning of the next
        following = _next_day(day.removesuffix("T")) if day else ""
        if following is None:
            return None
        said = f"{following}T00:00:00" if following else "00:00:00"
    return said + offset


def _next_day(day: str) -> str | None:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        # a year that Python's calendar does not have
        return None


_READ: Final[dict[str, Callable[[str], str | None]]] = {
    "decimal": _decimal,
    "double": _double,
    "float": _float,
    "boolean": _boolean,
    "duration": _duration,
    "hexBinary": str.upper,
    "base64Binary": lambda text: text.replace(" ", ""),
    "anyURI": lambda text: " ".join(text.split()),
    **dict.fromkeys(_ZONED, _time),
}
