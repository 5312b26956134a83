"""Each fact of the record has a source that anybody can look up, and says how sure it is."""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import unpact
from unpact.corpus import bundled
from unpact.corpus.syntax import read_quads
from unpact.graph.view import build_view
from unpact.names import DCTERMS, ID, RDF, RDFS, SKOS, UNP, XSD

from .evidence import ACCORDING_TO, CONFIDENCE, SOURCE, facts, without

TYPE = NamedNode(RDF + "type")
# whole things of one source each, whose codes and names need no mark of confidence
OF_ONE_SOURCE = {"data/record/states.ttl"}


@cache
def record(*, with_states: bool = True) -> tuple[Quad, ...]:
    files = [
        file for file in bundled().data_files("record") if with_states or file.relative not in OF_ONE_SOURCE
    ]
    return tuple(quad for file in files for quad in read_quads(file))


@cache
def article() -> tuple[Quad, ...]:
    return tuple(quad for file in bundled().data_files("article") for quad in read_quads(file))


@pytest.mark.slow
def test_each_fact_of_the_record_has_a_source() -> None:
    assert len(facts(record())) > 500
    assert without(record(), ACCORDING_TO) == set()


def test_a_fact_without_a_source_is_noticed() -> None:
    bare = Quad(NamedNode(ID + "unodc"), NamedNode(UNP + "established"), Literal("1998"))
    assert without([*record(), bare], ACCORDING_TO) == {(bare.subject, bare.predicate, bare.object)}


def test_each_fact_of_the_record_says_how_sure_it_is() -> None:
    # numbers and titles of treaties rest on the treaty, as whole things of one source do
    of_treaties = {NamedNode(UNP + "untcNumber"), NamedNode(SKOS + "altLabel")}
    unsure = without(record(with_states=False), CONFIDENCE)
    assert {used for _, used, _ in unsure} <= of_treaties


def test_each_source_has_a_title_a_publisher_and_an_address() -> None:
    sources = {quad.subject for quad in record() if quad.predicate == TYPE and quad.object == SOURCE}
    assert len(sources) > 60
    for used in (RDFS + "label", DCTERMS + "publisher", DCTERMS + "source"):
        said = {quad.subject for quad in record() if quad.predicate == NamedNode(used)}
        assert sources - said == set(), used


def test_each_source_is_used_and_each_that_is_used_is_described() -> None:
    sources = {quad.subject for quad in record() if quad.predicate == TYPE and quad.object == SOURCE}
    assert {quad.object for quad in record() if quad.predicate == ACCORDING_TO} == sources


def test_the_snapshot_of_2015_says_that_it_is_one() -> None:
    snapshot = Quad(
        NamedNode(ID + "source-untc-2015"),
        NamedNode(UNP + "asOf"),
        Literal("2015-03-12", datatype=NamedNode(XSD + "date")),
    )
    assert snapshot.triple in {quad.triple for quad in record()}


@pytest.mark.slow
def test_no_triple_stands_in_both_layers() -> None:
    """It would be two rows; the record confirms one of the article by annotating it."""
    assert {quad.triple for quad in record()} & {quad.triple for quad in article()} == set()


def test_no_source_has_the_name_of_another_thing() -> None:
    names: dict[str, set[str]] = {}
    graph = build_view(bundled())
    for thing, name in graph.select("SELECT ?thing ?name { ?thing rdfs:label|skos:altLabel ?name }"):
        if isinstance(thing, NamedNode) and isinstance(name, Literal) and thing.value.startswith(ID):
            names.setdefault(name.value.casefold(), set()).add(thing.value)
    shared = [things for things in names.values() if len(things) > 1]
    assert [things for things in shared if any(ID + "source-" in thing for thing in things)] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("treaty", "number", "adopted", "opened", "in_force"),
    [
        ("single-convention-1961", "VI-15", "1961-03-30", "1961-03-30", "1964-12-13"),
        ("psychotropics-convention-1971", "VI-16", "1971-02-21", "1971-02-21", "1976-08-16"),
        ("single-convention-amending-protocol", "VI-17", "1972-03-24", "1972-03-25", "1975-08-08"),
        ("single-convention-as-amended", "VI-18", None, None, "1975-08-08"),
        ("illicit-traffic-convention-1988", "VI-19", "1988-12-20", "1988-12-20", "1990-11-11"),
        ("untoc", "XVIII-12", "2000-11-15", "2000-12-12", "2003-09-29"),
        ("tip-protocol", "XVIII-12-a", "2000-11-15", "2000-12-12", "2003-12-25"),
        ("som-protocol", "XVIII-12-b", "2000-11-15", "2000-12-12", "2004-01-28"),
        ("firearms-protocol", "XVIII-12-c", "2001-05-31", None, "2005-07-03"),
        ("uncac", "XVIII-14", "2003-10-31", "2003-12", "2005-12-14"),
        ("un-convention-against-cybercrime", "XVIII-16", "2024-12-24", "2025-10-25", None),
    ],
)
def test_treaties_have_the_dates_of_the_treaty_collection(
    treaty: str, number: str, adopted: str | None, opened: str | None, in_force: str | None
) -> None:
    """Copied from the status pages by hand."""
    (row,) = build_view(bundled()).select(
        f"""SELECT ?number ?adopted ?opened ?force {{
            id:{treaty} unp:untcNumber ?number .
            OPTIONAL {{ ?act unp:adopts id:{treaty} ; unp:date ?adopted }}
            OPTIONAL {{ id:{treaty} unp:openedForSignature ?opened }}
            OPTIONAL {{ id:{treaty} unp:enteredIntoForce ?force }}
        }}"""
    )
    found = [each.value if isinstance(each, Literal) else None for each in row]
    assert found == [number, adopted, opened, in_force]


@pytest.mark.parametrize(
    ("state", "treaty", "printed"),
    [
        ("afghanistan", "single-convention-as-amended", "2015-03-21"),
        ("china", "single-convention-as-amended", "1985-09-22"),
        ("cuba", "single-convention-as-amended", "1990-01-13"),
        ("austria", "firearms-protocol", "2013-11-08"),
        ("pakistan", "single-convention-amending-protocol", "1999-08-01"),
    ],
)
def test_the_clauses_give_the_days_of_entry_into_force(state: str, treaty: str, printed: str) -> None:
    """As the Dutch Treaty Database and the Austrian law gazette print them; Pakistan's counted by hand."""
    (row,) = build_view(bundled()).select(
        f"""SELECT ?first ?last ?reckoning {{
            ?act a unp:ConsentToBeBound ; unp:actor id:{state} ; unp:treaty id:{treaty} ;
              unp:earliestEntryIntoForce ?first ; unp:latestEntryIntoForce ?last ; unp:reckoning ?reckoning .
        }}"""
    )
    assert [each.value for each in row if isinstance(each, Literal)] == [printed, printed, "computed"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "treaty", "provisions"),
    [
        ("pakistan", "untoc", {"35(2)"}),
        ("pakistan", "uncac", {"66(2)"}),
        ("pakistan", "single-convention-1961", set()),
        ("india", "single-convention-1961", {"49(1)(a)", "49(1)(b)", "49(1)(d)", "49(1)(e)"}),
        ("india", "single-convention-amending-protocol", {"5", "6", "9", "11", "14"}),
        ("mexico", "single-convention-amending-protocol", {"5", "6", "11"}),
        ("iran", "illicit-traffic-convention-1988", {"6(3)", "32(2)", "32(3)"}),
        ("china", "single-convention-as-amended", {"48(2)"}),
        ("venezuela", "som-protocol", {"20(2)"}),
        # read as interpretations, or as words about other states
        ("austria", "illicit-traffic-convention-1988", None),
        ("venezuela", "illicit-traffic-convention-1988", None),
        ("russia", "uncac", None),
        ("uae", "untoc", None),
    ],
)
def test_reservations_name_the_provisions_of_their_texts(
    state: str, treaty: str, provisions: set[str] | None
) -> None:
    """Copied by hand from the texts; None where there is no reservation."""
    rows = unpact.open().query("reservations", state=ID + state, treaty=[ID + treaty], as_of="2013-06-20")
    if provisions is None:
        assert len(rows) == 0
        return
    assert {row.provision for row in rows if row.provision} == provisions
    assert {row.when for row in rows} == {"current"}


@pytest.mark.slow
def test_the_reservation_of_pakistan_of_1965_says_what_it_allows() -> None:
    rows = unpact.open().query("reservations", state="Pakistan", treaty=["VI-15"], as_of="2013")
    assert {row.matter.local_name for row in rows} == {
        "quasi-medical-use-of-opium",
        "non-medical-use-of-cannabis",
        "drugs-for-other-than-medical-use",
    }


@pytest.mark.slow
def test_a_reservation_is_there_from_its_day_until_no_source_shows_it() -> None:
    def when(as_of: str) -> set[str]:
        rows = unpact.open().query("reservations", state="Pakistan", treaty=["UNTOC"], as_of=as_of)
        return {row.when for row in rows}

    days = ("2010-01-12", "2010-01-13", "2013-06-20", "2013-06-21", "2026")
    assert [when(day) for day in days] == [set(), {"current"}, {"current"}, {"unknown"}, {"unknown"}]


def test_no_reservation_changes_how_a_state_stands() -> None:
    (count,) = build_view(bundled()).select(
        """SELECT (COUNT(?standing) AS ?count) {
            ?standing a unp:LegalStanding ; unp:restsOn ?ground . ?ground a unp:Reservation
        }"""
    )
    assert [each.value for each in count if isinstance(each, Literal)] == ["0"]
