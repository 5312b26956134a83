"""Which rules and stored queries of two trees differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.diff.model import TextChange
from unpact.errors import UnpactError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from unpact.corpus import CorpusFile
    from unpact.diff.version import Version


def rule_changes(old: Version, new: Version) -> tuple[TextChange, ...]:
    """The rules that differ, by file; none where one version is no tree and has no rules of its own."""
    return tuple(_changes(old.rules, new.rules)) if old.whole and new.whole else ()


def query_changes(old: Version, new: Version) -> tuple[TextChange, ...]:
    """The stored queries that differ, by topic and name, with the title that they have or had."""
    if not (old.whole and new.whole):
        return ()
    found = list(_changes(old.queries, new.queries))
    return tuple(
        TextChange(_name(each), each.change, _title(old if each.change == "removed" else new, _name(each)))
        for each in found
    )


def _changes(old: Sequence[CorpusFile], new: Sequence[CorpusFile]) -> Iterator[TextChange]:
    before = {file.relative: file.read() for file in old}
    after = {file.relative: file.read() for file in new}
    for name in sorted({*before, *after}):
        if name not in before:
            yield TextChange(name, "added")
        elif name not in after:
            yield TextChange(name, "removed")
        elif before[name] != after[name]:
            yield TextChange(name, "changed")


def _name(change: TextChange) -> str:
    return change.name.removeprefix("queries/").removesuffix(".rq")


def _title(version: Version, name: str) -> str:
    from unpact.diff.asking import catalogue_of

    try:
        return catalogue_of(version).find(name).title
    except UnpactError:
        # a header that is wrong has no title
        return ""
