"""``unpact check-ontology --list`` and ``--explain CHECK``: what is checked, without checking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.cli.answer import answer_json, answer_text
from unpact.cli.reporting import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from unpact.cli.options import OutputOptions
    from unpact.ontology_checks.catalogue import OntologyCheck
    from unpact.ontology_checks.profile import Rule

_JSON = ("json", "jsonl")
_OFF = "off"


def list_checks(profile: Path, output: OutputOptions) -> None:
    """Write the id, severity and title of every check; as JSON with all that its header says.

    Args:
        profile: the file that gives the severities.
        output: text, or JSON where that is its format.

    Raises:
        UsageError: for a profile that cannot be read.
        StoredQueryError: for one that is no profile.
    """
    from unpact.ontology_checks.catalogue import ontology_checks
    from unpact.ontology_checks.profile import read_profile

    checks = ontology_checks()
    rules = read_profile(profile, checks).rules
    if output.format in _JSON:
        answer_json([_as_json(check, rules.get(check.id)) for check in checks.values()], output)
        return
    width = max(map(len, checks))
    answer_text(
        (
            f"{check.id:<{width}}  {_severity(rules.get(check.id)):<9}  {check.header.title}"
            for check in checks.values()
        ),
        output,
    )


def explain_check(name: str, profile: Path, output: OutputOptions) -> None:
    """Write what a check finds, what to do about it, and an example.

    Args:
        name: an id, its part behind the slash, or a pattern; where several fit, their ids and titles.
        profile: the file that gives the severity.
        output: text, or JSON where that is its format.

    Raises:
        UnknownNameError: for a check that there is not, with the nearest that there are.
        UsageError: for a profile that cannot be read.
        StoredQueryError: for one that is no profile.
    """
    from unpact.ontology_checks.catalogue import ontology_checks
    from unpact.ontology_checks.profile import read_profile
    from unpact.validate.selection import Selection

    checks = ontology_checks()
    rules = read_profile(profile, checks).rules
    selection = Selection(select=(name,))
    selection.refuse_unknown(checks, "unpact check-ontology --list")
    found = (
        [checks[name]] if name in checks else [each for each in checks.values() if selection.takes(each.id)]
    )
    if output.format in _JSON:
        answer_json([_as_json(each, rules.get(each.id)) for each in found], output)
    elif len(found) > 1:
        width = max(len(each.id) for each in found)
        lines = [f"{each.id:<{width}}  {each.header.title}" for each in found]
        answer_text([*lines, "", f"{len(found)} checks fit; explain one of them by its id."], output)
    else:
        answer_text(_page(found[0], rules.get(found[0].id)), output)


def _page(check: OntologyCheck, rule: Rule | None) -> Iterator[str]:
    from unpact.ontology_checks.example import example_findings

    header = check.header
    found = example_findings(check)[0]
    yield f"{check.id}  {_severity(rule)}"
    yield header.title
    yield from ("", "Finds something in:")
    yield from (f"    {line}" if line else "" for line in header.example.strip().splitlines())
    yield from ("", "What you are told:", *wrapped(found.message, "  "))
    yield from ("", "What to do:", *wrapped(found.mend or "", "  "))
    if header.follows:
        yield from ("", f"Follows {', '.join(header.follows)}")
    if rule is not None and rule.because is not None:
        yield from ("", "Here:", *wrapped(rule.because, "  "))


def _severity(rule: Rule | None) -> str:
    return _OFF if rule is None or rule.severity is None else str(rule.severity)


def _as_json(check: OntologyCheck, rule: Rule | None) -> dict[str, object]:
    return {
        "id": check.id,
        "severity": _severity(rule),
        **check.header._asdict(),
        "because": None if rule is None else rule.because,
    }
