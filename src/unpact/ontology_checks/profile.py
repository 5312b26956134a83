"""How bad each finding is: a YAML file that gives checks their severity, and may build on another one.

    extends: default
    checks:
      term/label: error
      header/doi: off
      naming/has:
        severity: info
        except: [unp:hasPart]
        because: "everybody calls it that"

`extends` names another file, relative to this one, or `default`, which stands where it is left out; `none`
builds on nothing, and what such a profile does not name is off.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UnknownNameError, UsageError
from unpact.finding import Severity
from unpact.names import expand

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from unpact.query.header_reader import HeaderReader
    from unpact.query.yaml_nodes import Node

DEFAULT = Path(__file__).parent / "profiles" / "default.yaml"

_WORDS: Mapping[str, Severity | None] = {
    "error": Severity.VIOLATION,
    "violation": Severity.VIOLATION,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "off": None,
}
_KEYS = ("extends", "checks")
_RULE_KEYS = ("severity", "except", "because")


class Rule(NamedTuple):
    """What a profile says of one check.

    Args:
        severity: of its findings; None where the check is off.
        exempt: the IRIs of terms that it is not to speak of.
        because: why, in words.
    """

    severity: Severity | None
    exempt: frozenset[str] = frozenset()
    because: str | None = None


class Profile(NamedTuple):
    """A rule for each check that is named; a check without one is off."""

    rules: Mapping[str, Rule]

    def severity(self, check: str) -> Severity | None:
        """The severity of a check; None where it is off."""
        rule = self.rules.get(check)
        return None if rule is None else rule.severity

    def exempts(self, check: str, iri: str) -> bool:
        """Whether a check is not to speak of a term."""
        rule = self.rules.get(check)
        return rule is not None and iri in rule.exempt


def read_profile(path: Path, known: Collection[str]) -> Profile:
    """Read a profile, and those that it builds on.

    Args:
        path: of the file.
        known: the ids of all checks.

    Raises:
        UsageError: for a file that cannot be read, or one that builds on itself.
        StoredQueryError: for one that is no profile, with the line.
        UnknownNameError: for a check that there is not, with the nearest that there is.
    """
    return Profile(_rules(path, known, ()))


def _rules(path: Path, known: Collection[str], below: tuple[Path, ...]) -> dict[str, Rule]:
    from unpact.query.header_reader import HeaderReader

    if path.resolve() in below:
        raise UsageError("this profile extends itself", where=str(path), hint="Correct the line 'extends'.")
    lines = _text(path).splitlines() or [""]
    reader = HeaderReader(path, list(enumerate(lines, 1)), "the profile")
    root = reader.mapping(reader.root(), "a profile", allowed=_KEYS)
    rules: dict[str, Rule] = {}
    base = _base(path, reader, root.get("extends"))
    if base is not None:
        rules = _rules(base, known, (*below, path.resolve()))
    for name, node in reader.entries(root.get("checks"), "checks").items():
        if name not in known:
            raise _unknown(name, known, f"{path}:{reader.line(node)}")
        rules[name] = _rule(reader, name, node, rules.get(name))
    return rules


def _base(path: Path, reader: HeaderReader, node: Node | None) -> Path | None:
    """The file that a profile builds on; the default one builds on nothing."""
    if path == DEFAULT:
        return None
    name = "default" if node is None else reader.text(node, "extends")
    if name == "none":
        return None
    return DEFAULT if name == "default" else path.parent / name


def _rule(reader: HeaderReader, name: str, node: Node, before: Rule | None) -> Rule:
    if node.kind == "scalar":
        return Rule(_severity(reader, name, node))
    found = reader.mapping(node, f"the rule of {name}", allowed=_RULE_KEYS)
    severity = None if before is None else before.severity
    if "severity" in found:
        severity = _severity(reader, name, found["severity"])
    because = reader.text(found["because"], f"because of {name}") if "because" in found else None
    exempt: set[str] = set()
    if "except" in found:
        for written in reader.strings(found["except"], f"except of {name}"):
            exempt.add(expand(written) or written.removeprefix("<").removesuffix(">"))
    return Rule(severity, frozenset(exempt), because)


def _severity(reader: HeaderReader, name: str, node: Node) -> Severity | None:
    word = reader.text(node, f"the severity of {name}")
    if word not in _WORDS:
        known = "error, warning, info or off"
        raise reader.fail(node, f"{name} has the severity {word!r}, which there is not", f"Write {known}.")
    return _WORDS[word]


def _unknown(name: str, known: Collection[str], where: str) -> UnknownNameError:
    import difflib

    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    hint = None if near else "To see them all, type: unpact check-ontology --list"
    return UnknownNameError(f"no check is called {name!r}", suggestions=near, where=where, hint=hint)


def _text(path: Path) -> str:
    from unpact.corpus.files import unreadable

    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise unreadable(path, error) from None
    except UnicodeDecodeError as error:
        raise UsageError(f"the file is not UTF-8 (byte {error.start})", where=str(path)) from None
