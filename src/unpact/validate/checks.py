"""What can be checked: each check with its id, and what to say of it where it found nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from unpact.finding import Severity


class Check(NamedTuple):
    """One thing that is checked, whether or not it found anything.

    Args:
        id: the stable id that its findings carry, `must/treaty-act-date`.
        severity: of its findings, unless one says otherwise.
        title: a few words, `Date of a treaty act`.
        help: what has to be true, in whole sentences.
        mend: what to do where it is not, if there is more to say than `help` does.
        file: where the check itself is written.
        line: counted from 1.
    """

    id: str
    severity: Severity
    title: str
    help: str
    mend: str | None
    file: str | None
    line: int | None
