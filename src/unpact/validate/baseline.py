"""Findings that are known and do not fail a run, so that a check can be taken up before all is mended.

A baseline is a JSON file that says of each known finding which check, node, property and value it is about
and how often; lines and messages may change without it. A finding that comes more often than it says there
is new.
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
    from collections.abc import Iterable, Sequence

    from unpact.finding import Finding, Term

_FORM = 1
_NAMES = ("check", "focus", "path", "value")
_Key = tuple[str, str, str, str]


def read_baseline(path: Path) -> Counter[_Key]:
    """The known findings of a file, each with how often it is known.

    Raises:
        UsageError: when it cannot be read, or is no baseline.
    """
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


def write_baseline(path: Path, findings: Iterable[Finding]) -> int:
    """Write all `findings` down as known, in one step; how many there are.

    Raises:
        UsageError: when the file cannot be written.
    """
    counted = Counter(map(_key, findings))
    entries = [
        dict(zip(_NAMES, key, strict=True)) | {"count": number} for key, number in sorted(counted.items())
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
    return counted.total()


def _known(content: Any) -> Counter[_Key]:  # noqa: ANN401 - whatever the JSON holds
    if content["baseline"] != _FORM:
        raise ValueError(content["baseline"])
    if not isinstance(content["findings"], list):
        raise TypeError(content["findings"])
    known: Counter[_Key] = Counter()
    for entry in content["findings"]:
        check, focus, path, value = (str(entry[name]) for name in _NAMES)
        # two entries on the same finding, as after a merge, count together
        known[check, focus, path, value] += int(entry["count"])
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


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
