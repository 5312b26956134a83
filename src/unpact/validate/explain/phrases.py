"""What has to be true of a thing, as a tree of predicates, and the English that says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEGATIVE = {"is": "is not", "has": "does not have", "matches": "does not match", "meets": "does not meet"}
# an object that is negative already takes no second negation
_NEGATED = ("no ", "nothing ", "not ")


@dataclass(frozen=True, slots=True)
class Says:
    """One statement, `is` + `a state`; the verb is `is`, `has`, `matches` or `meets`."""

    verb: str
    rest: str


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts hold."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the parts holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class One:
    """Exactly one of the parts holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Predicate


Predicate: TypeAlias = Says | Every | Some | One | Not


def in_english(predicate: Predicate) -> str:
    """A predicate behind a subject in the singular: `is a state or an international organization`."""
    match _single(predicate):
        case Says(verb, rest):
            return f"{verb} {rest}"
        case Not(part):
            return _denied(_single(part))
        case Every(parts):
            return joined([in_english(each) for each in parts], ", and ", ", ")
        case Some(parts):
            rests = _what_it_is(parts)
            if rests is not None:
                return f"is {either(rests)}"
            return joined([_bracketed(each) for each in parts], ", or ", ", ")
        case One(parts):
            return f"meets exactly one of these: {_listed(parts)}"


def either(words: Sequence[str]) -> str:
    """`a, b or c`."""
    return joined(words, " or ", ", ")


def both(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return joined(words, " and ", ", ")


def joined(words: Sequence[str], last: str, between: str) -> str:
    """Words in a row, with another joint before the last of them."""
    return last.join([between.join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _denied(predicate: Predicate) -> str:
    """The opposite of a predicate that is no list of one."""
    match predicate:
        case Says(verb, rest) if not rest.startswith(_NEGATED):
            found = f"{_NEGATIVE[verb]} {rest}"
        case Says():
            found = f"fails to meet this: it {in_english(predicate)}"
        case Not(part):
            found = in_english(part)
        case Some(parts):
            rests = _what_it_is(parts)
            neither = None if rests is None else joined(rests, " nor ", ", ")
            found = (
                f"is neither {neither}" if neither is not None else f"meets none of these: {_listed(parts)}"
            )
        case Every(parts):
            found = f"does not meet all of these together: {_listed(parts)}"
        case One(parts):
            found = f"meets none of these, or several: {_listed(parts)}"
    return found


def _what_it_is(parts: Sequence[Predicate]) -> list[str] | None:
    """What a thing is by each of some predicates; None where one says something else of it."""
    found = [each.rest for each in map(_single, parts) if isinstance(each, Says) and each.verb == "is"]
    return found if len(found) == len(parts) else None


def _listed(parts: Sequence[Predicate]) -> str:
    return f"it {'; it '.join(in_english(each) for each in parts)}"


def _single(predicate: Predicate) -> Predicate:
    while isinstance(predicate, Every | Some | One) and len(predicate.parts) == 1:
        predicate = predicate.parts[0]
    return predicate


def _bracketed(predicate: Predicate) -> str:
    inner = _single(predicate)
    return in_english(inner) if isinstance(inner, Says | Not) else f"({in_english(inner)})"
