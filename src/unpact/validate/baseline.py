"""Findings that are known and do not fail a run, so that a check can be taken up before all is mended.

A baseline is a JSON file that says of each known finding which check, node, property and value it is about
and how often; lines and messages may change without it. A finding that comes more often than it says there
is new. The file of a finding is noted too, so that a run that does not look at a file leaves alone what is
known of it; but a finding that moves to another file is still the same.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from unpact.finding import Finding, Term

_FORM = 1
_NAMES = ("check", "focus", "path", "value")
_Key = tuple[str, str, str, str]
_Entry = tuple[_Key, str]
_STDIN = "-"


class Looked:
    """What a run looked at: of that, what is not found any more is not known any more.

    Args:
        takes: whether a check was asked, by its id.
        files: that were checked, as places name them.
    """

    def __init__(self, takes: Callable[[str], bool], files: Iterable[str]) -> None:
        self._takes = takes
        self._files = {Path(file).resolve() for file in files}

    def at(self, check: str, file: str) -> bool:
        """Whether a check was asked of a file; what has no file is about the run as a whole."""
        if not self._takes(check):
            return False
        return not file or Path(file).resolve() in self._files or _is_gone(file)


def read_baseline(path: Path) -> Counter[_Key]:
    """The known findings of a file, each with how often it is known.

    Raises:
        UsageError: when it cannot be read, or is no baseline.
    """
    known: Counter[_Key] = Counter()
    for (key, _), number in _read(path).items():
        # findings of several files, as of nodes without a name, count together
        known[key] += number
    return known


def write_baseline(path: Path, findings: Iterable[Finding], looked: Looked | None = None) -> tuple[int, int]:
    """Write `findings` down as known, in one step, beside what is known of what this run did not look at.

    Args:
        path: of the baseline; one that cannot be read is made anew.
        findings: of this run.
        looked: at what; None for all there is.

    Returns:
        How many findings are known now, and how many of them only from before.

    Raises:
        UsageError: when the file cannot be written.
    """
    counted = Counter((_key(finding), finding.file or "") for finding in findings)
    kept = _known_elsewhere(path, looked) - counted
    _write(path, counted + kept)
    return counted.total() + kept.total(), kept.total()


def _known_elsewhere(path: Path, looked: Looked | None) -> Counter[_Entry]:
    if looked is None:
        return Counter()
    try:
        known = _read(path)
    except UsageError:
        return Counter()
    return Counter({entry: n for entry, n in known.items() if not looked.at(entry[0][0], entry[1])})


def _read(path: Path) -> Counter[_Entry]:
    try:
        return _known(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"the baseline cannot be read ({reason})",
            where=str(path),
            hint="To make one, add --update-baseline.",
        ) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError(
            "this is no baseline", where=str(path), hint="To make it anew, add --update-baseline."
        ) from None


def _write(path: Path, counted: Counter[_Entry]) -> None:
    entries = [
        dict(zip(_NAMES, key, strict=True)) | ({"file": file} if file else {}) | {"count": number}
        for (key, file), number in sorted(counted.items())
    ]
    text = json.dumps({"baseline": _FORM, "findings": entries}, ensure_ascii=False, indent=1) + "\n"
    temporary: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False
        ) as stream:
            temporary = Path(stream.name)
            stream.write(text)
        # a temporary file is for its owner alone, and a baseline is for everybody who has the repository
        temporary.chmod(0o666 & ~_mask())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"the baseline cannot be written ({reason})", where=str(path)) from None


def _known(content: Any) -> Counter[_Entry]:  # noqa: ANN401 - whatever the JSON holds
    if content["baseline"] != _FORM:
        raise ValueError(content["baseline"])
    if not isinstance(content["findings"], list):
        raise TypeError(content["findings"])
    known: Counter[_Entry] = Counter()
    for entry in content["findings"]:
        check, focus, path, value = (str(entry[name]) for name in _NAMES)
        # two entries on the same finding, as after a merge, count together
        known[(check, focus, path, value), str(entry.get("file", ""))] += int(entry["count"])
    return known


def new_findings(findings: Sequence[Finding], known: Counter[_Key]) -> list[Finding]:
    """The findings that are not known, or not so often."""
    left = known.copy()
    found = []
    for finding in findings:
        key = _key(finding)
        if left[key] > 0:
            left[key] -= 1
        else:
            found.append(finding)
    return found


def _key(finding: Finding) -> _Key:
    return (finding.check, _text(finding.focus), _text(finding.path), _text(finding.value))


def _text(term: Term | None) -> str:
    # the number of a blank node changes with every statement above it
    if isinstance(term, BlankNode):
        return "_:"
    return "" if term is None else str(term)


def _is_gone(file: str) -> bool:
    """Whether a file was deleted or renamed. Of one in a folder that is not here, nobody can say."""
    return file != _STDIN and Path(file).parent.is_dir() and not Path(file).exists()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
