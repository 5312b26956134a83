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
    if isinstance(predicate, Says):
        return f"{predicate.verb} {predicate.rest}"
    if isinstance(predicate, Not):
        return _denied(predicate.part)
    if len(predicate.parts) == 1:
        return in_english(predicate.parts[0])
    if isinstance(predicate, Every):
        return joined([in_english(each) for each in predicate.parts], ", and ", ", ")
    verb = _common_verb(predicate.parts)
    if isinstance(predicate, Some):
        if verb is not None:
            return f"{verb} {either(_rests(predicate.parts))}"
        return joined([_bracketed(each) for each in predicate.parts], ", or ", ", ")
    if not predicate.parts:
        return "meets exactly one shape of an empty list"
    return f"meets exactly one of these: it {'; it '.join(in_english(each) for each in predicate.parts)}"


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
    if isinstance(predicate, Not):
        return in_english(predicate.part)
    if isinstance(predicate, Says):
        if predicate.rest.startswith(_NEGATED):
            return f"fails to meet this: it {in_english(predicate)}"
        return f"{_NEGATIVE[predicate.verb]} {predicate.rest}"
    if len(predicate.parts) == 1:
        return _denied(predicate.parts[0])
    verb = _common_verb(predicate.parts)
    if isinstance(predicate, Some) and verb == "is":
        return f"is neither {joined(_rests(predicate.parts), ' nor ', ', ')}"
    listed = "; it ".join(in_english(each) for each in predicate.parts)
    if isinstance(predicate, Some):
        return f"meets none of these: it {listed}"
    if isinstance(predicate, Every):
        return f"does not meet all of these together: it {listed}"
    return f"meets none of these, or several: it {listed}"


def _common_verb(parts: Sequence[Predicate]) -> str | None:
    verbs = {each.verb if isinstance(each, Says) else None for each in map(_single, parts)}
    return verbs.pop() if len(verbs) == 1 else None


def _rests(parts: Sequence[Predicate]) -> list[str]:
    return [each.rest for each in map(_single, parts) if isinstance(each, Says)]


def _single(predicate: Predicate) -> Predicate:
    while isinstance(predicate, Every | Some | One) and len(predicate.parts) == 1:
        predicate = predicate.parts[0]
    return predicate


def _bracketed(predicate: Predicate) -> str:
    inner = _single(predicate)
    return in_english(inner) if isinstance(inner, Says | Not) else f"({in_english(inner)})"
