from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unpact.errors import UnknownNameError
from unpact.finding import Finding, Severity
from unpact.validate.checks import Check
from unpact.validate.selection import Selection, Threshold, selected

CHECKS = ("must/treaty-act", "must/treaty-act-date", "should/state-code", "syntax/rdf")
names = st.sampled_from((*CHECKS, "must/*", "*/treaty-act*", "treaty-act", "state-code", "*"))
selections = st.builds(Selection, st.lists(names).map(tuple), st.lists(names).map(tuple))
severities = st.sampled_from(Severity)


def finding(check: str, severity: Severity = Severity.VIOLATION) -> Finding:
    return Finding(check, severity, "Something is wrong.")


@pytest.mark.parametrize(
    ("select", "ignore", "taken"),
    [
        ((), (), CHECKS),
        (("must/*",), (), CHECKS[:2]),
        (("must/treaty-act",), (), CHECKS[:1]),
        (("treaty-act",), (), CHECKS[:1]),
        (("treaty-*", "syntax/rdf"), (), (*CHECKS[:2], "syntax/rdf")),
        ((), ("must/*",), CHECKS[2:]),
        (("must/*",), ("treaty-act-date",), CHECKS[:1]),
        (("must/*",), ("must/*",), ()),
        (("MUST/*",), (), ()),
    ],
)
def test_which_checks_are_taken(
    select: tuple[str, ...], ignore: tuple[str, ...], taken: tuple[str, ...]
) -> None:
    assert tuple(filter(Selection(select, ignore).takes, CHECKS)) == taken


@pytest.mark.slow
@given(selection=selections)
def test_findings_are_taken_with_their_checks(selection: Selection) -> None:
    checks = [Check(each, Severity.VIOLATION, each, "", None, None, None) for each in CHECKS]
    found, taken = selected([finding(each) for each in CHECKS], checks, selection)
    assert [each.check for each in found] == [each.id for each in taken]
    assert not any(Selection((), selection.ignore).takes(each.check) is False for each in found)


@pytest.mark.slow
@given(selection=selections)
def test_names_that_fit_a_check_are_known(selection: Selection) -> None:
    selection.refuse_unknown(CHECKS)


@pytest.mark.parametrize("unknown", ["must/treaty-act-dat", "treaty-act-dats", "nothing/*", "", "must"])
@pytest.mark.parametrize("ignored", [False, True])
def test_names_that_fit_no_check_are_refused(unknown: str, *, ignored: bool) -> None:
    selection = Selection(ignore=(unknown,)) if ignored else Selection((unknown,))
    with pytest.raises(UnknownNameError, match="no check is called") as refused:
        selection.refuse_unknown(CHECKS)
    assert refused.value.hint


def test_the_nearest_names_are_offered() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean must/treaty-act-date") as refused:
        Selection(("must/treaty-act-dat",)).refuse_unknown(CHECKS)
    assert refused.value.suggestions[0] == "must/treaty-act-date"


@pytest.mark.parametrize(
    ("found", "threshold", "passed"),
    [
        ([], Threshold(Severity.INFO, 0), True),
        ([Severity.WARNING], Threshold(), True),
        ([Severity.VIOLATION], Threshold(), False),
        ([Severity.WARNING], Threshold(Severity.WARNING), False),
        ([Severity.INFO], Threshold(Severity.WARNING), True),
        ([Severity.INFO], Threshold(Severity.INFO), False),
        ([Severity.WARNING], Threshold(max_warnings=0), False),
        ([Severity.WARNING, Severity.INFO], Threshold(max_warnings=1), True),
        ([Severity.WARNING, Severity.WARNING], Threshold(max_warnings=1), False),
        ([Severity.VIOLATION], Threshold(max_warnings=5), False),
    ],
)
def test_when_a_run_passes(found: list[Severity], threshold: Threshold, *, passed: bool) -> None:
    assert threshold.passed([finding("a", each) for each in found]) is passed


@pytest.mark.slow
@given(
    found=st.lists(severities),
    more=st.lists(severities),
    severity=severities,
    most=st.none() | st.integers(0, 3),
)
def test_more_findings_never_make_a_run_pass(
    found: list[Severity], more: list[Severity], severity: Severity, most: int | None
) -> None:
    threshold = Threshold(severity, most)
    if not threshold.passed([finding("a", each) for each in found]):
        assert not threshold.passed([finding("a", each) for each in (*found, *more)])
