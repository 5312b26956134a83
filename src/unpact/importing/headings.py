"""What the columns of a table mean, from its headings in any order and spelling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from unpact.importing.acts import RATIFICATION, kind_called
from unpact.importing.cells import Meaning
from unpact.importing.names import without_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unpact.importing.acts import ActKind

TREATY_HEADINGS = "headings such as Participant, Signature, Ratification, Accession(a)"
MEMBERSHIP_HEADINGS = "the headings member, from, to and role; only member has to be there"

_PARTICIPANT = (
    "participant participants state states country countries party parties pays etat estado participante"
)
_COLUMNS = {
    "member": f"member members name membre miembro {_PARTICIPANT}",
    "start": "from start since begin begins beginning starts de desde",
    "end": "to end until till ends expires expiry a hasta",
    "role": "role function position capacity office rol",
}
# words that say nothing of their own: "Member State", "Term ends", "Start date"
_FILLING = frozenset(("state", "states", "term", "date", "of", "the", "office", "contracting", "year", "s"))

_ITEM = re.compile(r"[,;/]\s*(?![^()]*\))|\s+(?:and|or|et|ou|y)\s+(?![^()]*\))")
_LETTERS = re.compile(r"\s*\(\s*([A-Za-z]{1,2})\s*\)\s*\Z")


class TreatyColumns(NamedTuple):
    """Where the participant stands, and what the dates of each other column mean.

    Args:
        participant: the column of names.
        acts: the columns of dates.
        unread: those with headings that name no act.
    """

    participant: int
    acts: Mapping[int, Meaning]
    unread: tuple[int, ...]


class MembershipColumns(NamedTuple):
    """Where member, first day, last day and role stand; None for what the table does not have."""

    member: int
    start: int | None
    end: int | None
    role: int | None
    unread: tuple[int, ...]


def read_treaty_header(cells: Sequence[str]) -> TreatyColumns | None:
    """The columns of a status table; None for a row that is not its header."""
    names = [_plain(cell) for cell in cells]
    participant = next((at for at, name in enumerate(names) if _is_participant(name)), None)
    if participant is None:
        return None
    meanings = {at: _meaning(name) for at, name in enumerate(names) if name and at != participant}
    acts = {at: meaning for at, meaning in meanings.items() if meaning is not None}
    if not acts:
        return None
    return TreatyColumns(participant, acts, tuple(at for at in meanings if at not in acts))


def read_membership_header(cells: Sequence[str]) -> MembershipColumns | None:
    """The columns of a table of members; None for a row that is not its header."""
    found: dict[str, int] = {}
    unread = []
    for at, cell in enumerate(cells):
        column = _membership_column(cell)
        if column is not None and column not in found:
            found[column] = at
        elif cell.strip():
            unread.append(at)
    # one heading alone may be any word of a title
    if "member" not in found or (len(found) == 1 and len(cells) > 1):
        return None
    return MembershipColumns(
        found["member"], found.get("start"), found.get("end"), found.get("role"), tuple(unread)
    )


def _membership_column(cell: str) -> str | None:
    words = _words(cell)
    for column, names in _COLUMNS.items():
        known = names.split()
        if words & set(known) and words <= {*known, *_FILLING}:
            return column
    return None


def _is_participant(name: str) -> bool:
    words = _words(name)
    known = {*_PARTICIPANT.split(), "contracting"}
    return bool(words) and words <= known and words != {"contracting"}


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold().replace("é", "e")))


def _plain(cell: str) -> str:
    return without_numbers(" ".join(cell.split()))


def _meaning(name: str) -> Meaning | None:
    """What dates mean under a heading such as "Ratification, Acceptance(A), Accession(a)"."""
    whole = kind_called(name)
    if whole is not None:
        return Meaning(whole, {})
    plain: list[ActKind] = []
    letters: dict[str, ActKind | None] = {}
    for item in filter(None, map(str.strip, _ITEM.split(name))):
        letter = _LETTERS.search(item)
        kind = kind_called(_LETTERS.sub("", item))
        if letter:
            letters[letter[1]] = kind
        elif kind is not None:
            plain.append(kind)
    if not plain and not any(letters.values()):
        return None
    bare = RATIFICATION if RATIFICATION in plain else next(iter(plain), None)
    return Meaning(bare, letters)
