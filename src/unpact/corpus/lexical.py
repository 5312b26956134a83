"""The lexical spaces of the XML Schema datatypes that RDF 1.1 knows (XML Schema 1.1, part 2).

The RDF engine takes `"2020-13-45"^^xsd:date` without a word, so this is where such a literal is found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from unpact.names import XSD

if TYPE_CHECKING:
    from collections.abc import Callable

_YEAR: Final = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH: Final = r"(?:0[1-9]|1[0-2])"
_DAY: Final = r"(?:0[1-9]|[12]\d|3[01])"
_TIME: Final = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_ZONE: Final = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))"
_TIME_PARTS: Final = r"T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?"
_FLOAT: Final = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"

_PATTERNS: Final = {
    "boolean": r"true|false|0|1",
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": _FLOAT,
    "float": _FLOAT,
    "date": rf"(?P<year>{_YEAR})-(?P<month>{_MONTH})-(?P<day>{_DAY}){_ZONE}?",
    "dateTime": rf"(?P<year>{_YEAR})-(?P<month>{_MONTH})-(?P<day>{_DAY})T{_TIME}{_ZONE}?",
    "dateTimeStamp": rf"(?P<year>{_YEAR})-(?P<month>{_MONTH})-(?P<day>{_DAY})T{_TIME}{_ZONE}",
    "time": rf"{_TIME}{_ZONE}?",
    "gYear": rf"{_YEAR}{_ZONE}?",
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}?",
    "gMonth": rf"--{_MONTH}{_ZONE}?",
    "gMonthDay": rf"--(?P<month>{_MONTH})-(?P<day>{_DAY}){_ZONE}?",
    "gDay": rf"---{_DAY}{_ZONE}?",
    "duration": rf"-?P(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:{_TIME_PARTS})?",
    "dayTimeDuration": rf"-?P(?=\d|T)(?:\d+D)?(?:{_TIME_PARTS})?",
    "yearMonthDuration": r"-?P(?=\d)(?:\d+Y)?(?:\d+M)?",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*"
    r"(?:(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?=|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
    "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
}
# the whole numbers: the least and the greatest value, None where there is no bound
_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_EXAMPLES: Final = {
    "boolean": "true",
    "integer": "42",
    "decimal": "4.2",
    "double": "4.2E0",
    "float": "4.2E0",
    "date": "2016-12-31",
    "dateTime": "2016-12-31T23:59:59Z",
    "dateTimeStamp": "2016-12-31T23:59:59Z",
    "time": "23:59:59",
    "gYear": "2016",
    "gYearMonth": "2016-12",
    "gMonth": "--12",
    "gMonthDay": "--12-31",
    "gDay": "---31",
    "duration": "P1Y2M3D",
    "dayTimeDuration": "P3DT4H",
    "yearMonthDuration": "P1Y2M",
}
_SHORT_MONTHS: Final = (4, 6, 9, 11)
_FEBRUARY: Final = 2
# a longer integer is in range of none of the bounded types, and Python refuses to convert it
_MOST_DIGITS: Final = 4000


def is_well_typed(lexical: str, datatype: str) -> bool:
    """Whether `lexical` is in the lexical space of `datatype` (an IRI); true for unknown datatypes."""
    check = _CHECKS.get(datatype)
    return check is None or check(lexical)


class LexicalSpace(NamedTuple):
    """A lexical space as a query can ask for it.

    Args:
        expression: a regular expression of SPARQL, anchored.
        least: the smallest value of a kind of whole number, if there is one.
        greatest: the largest.
    """

    expression: str
    least: int | None = None
    greatest: int | None = None


def lexical_space(datatype: str) -> LexicalSpace | None:
    """The lexical space of a datatype (an IRI), save for the lengths of months; None where it is unknown."""
    name = datatype.removeprefix(XSD)
    pattern = (
        _PATTERNS["integer" if name in _RANGES else name] if name in _PATTERNS or name in _RANGES else None
    )
    if pattern is None or not datatype.startswith(XSD):
        return None
    # neither names of groups nor \d are the same everywhere
    plain = re.sub(r"\(\?P<\w+>", "(?:", pattern).replace(r"\d", "[0-9]")
    return LexicalSpace(f"^(?:{plain})$", *_RANGES.get(name, (None, None)))


def example(datatype: str) -> str | None:
    """A value that is well written for the datatype, to show in an error."""
    name = datatype.removeprefix(XSD)
    bounds = _RANGES.get(name)
    if bounds is None:
        return _EXAMPLES.get(name)
    return "42" if bounds[1] is None or bounds[1] > 0 else "-42"


def _matcher(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    if "<day>" not in pattern:
        return lambda lexical: compiled.fullmatch(lexical) is not None

    def check(lexical: str) -> bool:
        found = compiled.fullmatch(lexical)
        if found is None:
            return False
        parts = found.groupdict()
        # a day of a month without a year may be 29 February
        return int(parts["day"]) <= _days(int(parts.get("year") or 4), int(parts["month"]))

    return check


def _ranged(least: int | None, greatest: int | None) -> Callable[[str], bool]:
    compiled = re.compile(_PATTERNS["integer"], re.ASCII)

    def check(lexical: str) -> bool:
        if compiled.fullmatch(lexical) is None:
            return False
        if len(lexical) > _MOST_DIGITS:
            negative = lexical.startswith("-")
            return least is None if negative else greatest is None
        value = int(lexical)
        return (least is None or value >= least) and (greatest is None or value <= greatest)

    return check


def _days(year: int, month: int) -> int:
    if month == _FEBRUARY:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in _SHORT_MONTHS else 31


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    **{XSD + name: _matcher(pattern) for name, pattern in _PATTERNS.items()},
    **{XSD + name: _ranged(*bounds) for name, bounds in _RANGES.items()},
}
