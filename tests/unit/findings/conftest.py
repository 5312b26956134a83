"""Reports for the tests: one that is easy to read, and any number of awkward ones."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.finding import Finding, Grounds, Place, Premise, Severity
from unpact.names import ID, UNP, XSD
from unpact.render.findings import Report
from unpact.validate.checks import Check

SOURCE = """@prefix unp: <https://w3id.org/unpact/ontology#> .

id:ratification a unp:Ratification ;
\tunp:treaty id:untoc ;
    rdfs:label "批准 ratification" ; unp:date "2010-13"^^xsd:gYearMonth .
"""

# file names as POSIX has them: any bytes but zero, those that are no UTF-8 as surrogates
_names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00/")
    | st.sampled_from("\udc80\udcff %äü:,"),
    min_size=1,
    max_size=12,
)
_files = st.lists(_names, min_size=1, max_size=3).map("/".join) | st.sampled_from(
    ["data/article/treaties.ttl", "Übersicht 100 %.ttl", "/elsewhere/facts.ttl", "../facts.ttl", "-"]
)
_numbers = st.none() | st.integers(1, 12)
_texts = st.text(max_size=40) | st.sampled_from(
    ["two\nlines", "a {0} and [b](1)", "\x1b[31mred\x1b[0m", "]]> <b>&amp;", "50 %: a, b", "\x9b2J \u202e"]
)
_iris = st.sampled_from([ID + "pakistan", UNP + "treaty", "http://example.org/ä?a=b&c=%20"]).map(NamedNode)
_blanks = st.sampled_from(["n0", "n1"]).map(BlankNode)
_literals = (
    st.text(max_size=20).map(Literal)
    | st.integers().map(Literal)
    | st.booleans().map(Literal)
    | st.floats().map(Literal)
    | st.text(max_size=9).map(lambda text: Literal(text, language="de-ch"))
    | st.text(max_size=9).map(lambda text: Literal(text, datatype=NamedNode(XSD + "gYearMonth")))
)
_triples = st.builds(Triple, _iris, _iris, _literals)
_terms = _iris | _blanks | _literals | _triples
_checks = st.sampled_from(
    ["must/treaty-act-date", "should/label", "coverage/triple-without-sentence", "plain"]
)
_paths = st.none() | _iris | st.just(Literal("^unp:actor/unp:treaty"))

st.register_type_strategy(Place, st.builds(Place, _files, _numbers, _numbers, _numbers, _numbers))
_premises = st.builds(Premise, _texts, st.none() | st.from_type(Place))
_grounds = st.builds(Grounds, _texts, _texts, st.lists(_premises, max_size=3).map(tuple))
_findings = st.builds(
    Finding,
    check=_checks,
    severity=st.sampled_from(Severity),
    message=_texts,
    focus=st.none() | _terms,
    path=_paths,
    value=st.none() | _terms,
    place=st.none() | st.from_type(Place),
    mend=st.none() | _texts,
    grounds=st.none() | _grounds,
)
_sources = st.none() | st.just(SOURCE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
st.register_type_strategy(
    Report,
    st.builds(
        Report,
        findings=st.lists(_findings, max_size=5),
        checks=st.lists(
            st.builds(
                Check,
                id=_checks,
                severity=st.sampled_from(Severity),
                title=_texts,
                help=_texts,
                mend=st.none() | _texts,
                file=st.none() | _files,
                line=_numbers,
            ),
            max_size=4,
        ),
        conforms=st.booleans(),
        files=st.integers(0, 40),
        shapes=st.integers(0, 80),
        seconds=st.none() | st.floats(0, 1000),
        tool_version=st.just("0.1.0"),
        read=_sources.map(lambda text: lambda _file: text),
    ),
)

TREATIES = "data/article/treaties.ttl"
FINDINGS = (
    Finding(
        "must/treaty-act-date",
        Severity.VIOLATION,
        "A date has twelve months.",
        focus=NamedNode(ID + "ratification"),
        path=NamedNode(UNP + "date"),
        value=Literal("2010-13", datatype=NamedNode(XSD + "gYearMonth")),
        place=Place(TREATIES, 5, 45, 5, 70),
        mend='Write unp:date "2010-12"^^xsd:gYearMonth\nor leave it out.',
    ),
    Finding(
        "must/treaty-act-treaty",
        Severity.VIOLATION,
        "Name the one treaty.",
        focus=NamedNode(ID + "ratification"),
        place=Place(TREATIES, 4, 2, 4, 12),
    ),
    Finding(
        "should/label",
        Severity.WARNING,
        "A label says\nwhat id:ratification is.",
        focus=NamedNode(ID + "ratification"),
        path=Literal("^unp:actor"),
        value=Literal("batifikation", language="en"),
    ),
)
CHECKS = (
    Check(
        "must/treaty-act-date",
        Severity.VIOLATION,
        "Date of a treaty act",
        "An act has a date.",
        None,
        "ontology/shapes/must/acts.ttl",
        40,
    ),
    Check("must/treaty-act-treaty", Severity.VIOLATION, "Treaty of an act", "", None, None, None),
    Check(
        "must/actor", Severity.VIOLATION, "Actor of an act", "An act has an actor.", "Name it.", None, None
    ),
    Check("should/label", Severity.WARNING, "Labels", "", None, "ontology/shapes/should/labels.ttl", 7),
)


@pytest.fixture(scope="session")
def report() -> Report:
    return Report(FINDINGS, CHECKS, False, 34, {TREATIES: SOURCE}.get, 70, 1.25, "0.1.0")  # noqa: FBT003


@pytest.fixture(scope="session")
def nothing() -> Report:
    return Report((), CHECKS, True, 34, {}.get, 70, None, "0.1.0")  # noqa: FBT003
