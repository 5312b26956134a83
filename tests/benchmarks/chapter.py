"""What the world of the benchmarks states: the member states and the bodies, and one chapter of treaties.

A chapter has the kinds of things that the real data has: treaties with their clauses, the acts of every state
under each, reservations, complete records, bodies with the terms of their members, sessions, resolutions,
programmes, an article with its sentences, and annotations that say what rests on which. Everything is written
as lines of N-Triples. Names are made so that other chapters follow by writing other numbers in (see `world`):
the chapter has the number `CHAPTER` wherever its name stands, a state the three digits after `state-` or
`State `.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from unpact.names import DCTERMS, ID, ORG, OWL, RDF, RDFS, SKOS, TOPIC, UNP, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Digits that stand nowhere in a chapter but in its own name.
CHAPTER = "999999"
STATES = 193
SEED = 20230818

_SOURCE = "https://w3id.org/unpact/source/"
_LANGUAGES = {"ar": "دولة", "zh": "国家", "en": "State", "fr": "État", "ru": "Государство", "es": "Estado"}
_TREATIES, _BODIES, _SESSIONS, _RESOLUTIONS, _MEMBERS = 4, 3, 6, 6, 40
_SECTIONS, _SENTENCES = 4, 20
_FIRST_YEAR, _LAST_YEAR = 1961, 2016
_TOPICS = ("cybercrime", "drugs", "corruption", "terrorism")
_CONSENT = ("Ratification", "Ratification", "Ratification", "Acceptance", "Approval")


def shared() -> Iterator[str]:
    """The states, and the bodies and places that every chapter speaks of."""
    source = _id("world-source-codes")
    yield from _source(source, "Codes of the states of the world", "2023-01-01")
    given = (source, _unp("HighConfidence"))
    named = (("world-council", "World Council"), ("world-assembly", "World Assembly"))
    yield from _thing(_id("world-organization"), "InternationalOrganization", "World Organization", *given)
    for name, label in named:
        yield from _thing(_id(name), "UnitedNationsBody", label, *given)
        yield _line(_id(name), ORG + "subOrganizationOf", _id("world-organization"))
    for number in range(1, 6):
        yield from _thing(_id(f"world-city-{number}"), "City", f"World City {number}", *given)
    for number in range(1, STATES + 1):
        state = _state(number)
        yield from _thing(state, "State", f"State {number:03}", source)
        letters = chr(65 + number // 26) + chr(65 + number % 26)
        yield _line(state, UNP + "iso2", _text(letters))
        yield _line(state, UNP + "iso3", _text(letters + "X"))
        yield _line(state, UNP + "m49", _text(f"{number:03}"))
        yield _line(state, UNP + "geonames", _text(f"{1_000_000 + number}"))
        yield _line(state, UNP + "wikidata", _text(f"Q{1_000 + number}"))
        for language, word in _LANGUAGES.items():
            yield _line(state, SKOS + "altLabel", _text(f"{word} {number:03}", language))


class Chapter:
    """The facts of one chapter, the same in every run.

    Args:
        seed: of the draws.
    """

    def __init__(self, seed: int = SEED) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - a repeatable draw, no secret
        self._lines: list[str] = []
        self._axioms = 0
        self._article = f"<{_SOURCE}chapter-{CHAPTER}>"
        self._list = _own("source-list")
        self._news = _own("source-news")

    def lines(self) -> list[str]:
        """All of it."""
        self._sources()
        for number in range(1, _TREATIES + 1):
            self._treaty(number)
        for number in range(1, _BODIES + 1):
            self._body(number)
        self._documents()
        self._programmes()
        return self._lines

    def _add(self, subject: str, *facts: tuple[str, str]) -> None:
        self._lines += [_line(subject, used, value) for used, value in facts]

    def _statement(self, subject: str, kind: str, label: str, source: str, *facts: tuple[str, str]) -> None:
        """A node of its own with its evidence: a sentence of the article, or a source of the record."""
        self._lines += _thing(
            subject, kind, label, source, *([] if source.startswith(f"<{_SOURCE}") else [_HIGH])
        )
        self._add(subject, *facts)

    def _annotated(self, subject: str, used: str, value: str, source: str) -> None:
        """A triple with an annotation that says what it rests on."""
        self._axioms += 1
        axiom = f"_:chapter-{CHAPTER}-axiom-{self._axioms}"
        self._add(subject, (used, value))
        self._add(
            axiom,
            (RDF + "type", f"<{OWL}Axiom>"),
            (OWL + "annotatedSource", subject),
            (OWL + "annotatedProperty", f"<{used}>"),
            (OWL + "annotatedTarget", value),
            *_evidence(source, _HIGH),
        )

    def _sentence(self) -> str:
        """One sentence of the article, drawn."""
        section, sentence = self._chance.randint(1, _SECTIONS), self._chance.randint(1, _SENTENCES)
        return f"<{_SOURCE}chapter-{CHAPTER}/{section}.1.{sentence}>"

    def _dated(self, day: date) -> str:
        """A date as precisely as a source may give it: most to the day, some to the month or the year."""
        drawn = self._chance.random()
        if drawn < 0.8:
            return _typed(day.isoformat(), "date")
        return _typed(day.isoformat()[:7], "gYearMonth") if drawn < 0.92 else _typed(f"{day.year}", "gYear")

    def _later(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=self._chance.randint(least, most))

    def _sources(self) -> None:
        self._lines += _source(self._list, f"List of participants, Chapter {CHAPTER}", "2023-03-29")
        self._lines += _source(self._news, f"News of Chapter {CHAPTER}", None)
        self._add(
            self._article,
            (RDF + "type", _unp("Article")),
            (DCTERMS + "title", _text(f"Article on Chapter {CHAPTER}", "en")),
            (DCTERMS + "language", _text("en")),
            (UNP + "published", _typed("2023-08-18", "date")),
            (UNP + "charCount", _number(_SECTIONS * _SENTENCES * 120)),
            (UNP + "sha256", self._hash()),
        )
        for section in range(1, _SECTIONS + 1):
            node = f"<{_SOURCE}chapter-{CHAPTER}/{section}>"
            self._add(
                node,
                (RDF + "type", _unp("Section")),
                (UNP + "inSource", self._article),
                (UNP + "sectionNumber", _number(section)),
            )
            for sentence in range(1, _SENTENCES + 1):
                start = ((section - 1) * _SENTENCES + sentence - 1) * 120
                self._add(
                    f"<{_SOURCE}chapter-{CHAPTER}/{section}.1.{sentence}>",
                    (RDF + "type", _unp("Passage")),
                    (UNP + "section", node),
                    (UNP + "sectionNumber", _number(section)),
                    (UNP + "paragraphNumber", _number(1)),
                    (UNP + "sentenceNumber", _number(sentence)),
                    (UNP + "charStart", _number(start)),
                    (UNP + "charEnd", _number(start + 110)),
                    (UNP + "sha256", self._hash()),
                )

    def _hash(self) -> str:
        digits = f"{self._chance.getrandbits(232):058x}".replace("9", "8")
        return _text(CHAPTER + digits)

    def _treaty(self, number: int) -> None:
        protocol = number % 2 == 0
        treaty, kind = _own(f"treaty-{number}"), "Protocol" if protocol else "Convention"
        label = f"{kind} {number} of Chapter {CHAPTER}"
        opened = date(self._chance.randint(_FIRST_YEAR, _LAST_YEAR - 8), 1, 1) + timedelta(number * 40)
        self._statement(treaty, kind, label, self._sentence())
        if protocol:
            self._annotated(treaty, UNP + "parentConvention", _own(f"treaty-{number - 1}"), self._sentence())
        self._add(treaty, (UNP + "acronym", _text(f"T{number}-{CHAPTER}")))
        self._add(treaty, (UNP + "untcNumber", _text(f"XVIII-{CHAPTER}-{number}")))
        self._add(treaty, (UNP + "accordingTo", self._list))
        for used, value in (
            (SKOS + "altLabel", _text(f"World {label}", "en")),
            (UNP + "area", f"<{TOPIC}{_TOPICS[number % len(_TOPICS)]}>"),
            (UNP + "openedForSignature", _typed(opened.isoformat(), "date")),
            (UNP + "enteredIntoForce", _typed(self._later(opened, 500, 1500).isoformat(), "date")),
            (UNP + "daysToEntryIntoForce", _number(30 if number % 2 else 90)),
        ):
            self._annotated(treaty, used, value, self._list)
        self._statement(
            _own(f"adoption-{number}"),
            "Adoption",
            f"Adoption of {label}",
            self._list,
            (UNP + "adopts", treaty),
            (UNP + "actor", _id("world-assembly")),
            (UNP + "date", _typed(opened.isoformat(), "date")),
            (UNP + "place", _id(f"world-city-{1 + number % 5}")),
        )
        for clause in range(1, 9):
            self._statement(
                _own(f"treaty-{number}-article-{clause}"),
                "Provision",
                f"Article {clause} of {label}",
                self._sentence(),
                (UNP + "providedBy", treaty),
                (UNP + "area", f"<{TOPIC}{_TOPICS[clause % len(_TOPICS)]}>"),
            )
        record = _own(f"complete-record-{number}")
        self._statement(record, "CompleteRecord", f"Acts of all states under {label}", self._list)
        self._add(record, (UNP + "coversTreaty", treaty), (UNP + "asOf", _typed("2022-12-31", "date")))
        for state in range(1, STATES + 1):
            self._add(record, (UNP + "coversState", _state(state)))
            self._acts(state, treaty, number, opened)

    def _acts(self, state: int, treaty: str, number: int, opened: date) -> None:
        """What one state did under one treaty: most signed and consented, some acceded, some did neither."""
        drawn = self._chance.random()
        name, of = (
            f"state-{state:03}-{{}}-chapter-{CHAPTER}-treaty-{number}",
            f"treaty {number} of Chapter {CHAPTER}",
        )

        def act(kind: str, day: date, *more: tuple[str, str]) -> str:
            node = _id(name.format(kind.lower()))
            facts = (
                (UNP + "actor", _state(state)),
                (UNP + "treaty", treaty),
                (UNP + "date", self._dated(day)),
            )
            self._statement(node, kind, f"{kind} of {of} by State {state:03}", self._list, *facts, *more)
            return node

        day = self._later(opened, 0, 700)
        if drawn < 0.7:
            act("Signature", day)
        elif drawn > 0.9:
            if drawn > 0.98:
                node, label = _id(name.format("party")), f"State {state:03} is a party to {of}"
                facts = ((UNP + "actor", _state(state)), (UNP + "treaty", treaty))
                self._statement(node, "PartyStatement", label, self._sentence(), *facts)
            return
        elif drawn > 0.88:
            return
        if drawn < 0.12:
            return
        kind = self._chance.choice(_CONSENT) if drawn < 0.7 else "Accession"
        day = self._later(day, 60, 3000)
        consent = act(kind, day)
        if self._chance.random() < 0.03:
            act("Withdrawal", self._later(day, 2000, 5000))
        elif self._chance.random() < 0.05:
            self._reservation(consent, name, of, state, treaty)

    def _reservation(self, consent: str, name: str, of: str, state: int, treaty: str) -> None:
        """A reservation made with an act, on the day of that act."""
        day = next(line for line in reversed(self._lines) if line.startswith(f"{consent} <{UNP}date>"))
        self._statement(
            _id(name.format("reservation")),
            "Reservation",
            f"Reservation to {of} by State {state:03}",
            self._list,
            (UNP + "actor", _state(state)),
            (UNP + "treaty", treaty),
            (UNP + "date", day.split(" ", 2)[2].removesuffix(" .")),
            (UNP + "madeWith", consent),
            (
                UNP + "reservedProvision",
                _text(f"{self._chance.randint(1, 50)}({self._chance.randint(1, 4)})"),
            ),
        )

    def _body(self, number: int) -> None:
        body, label = _own(f"commission-{number}"), f"Commission {number} of Chapter {CHAPTER}"
        self._statement(body, "FunctionalCommission", label, self._sentence())
        self._annotated(body, ORG + "subOrganizationOf", _id("world-council"), self._sentence())
        self._annotated(body, UNP + "established", _typed(f"{1946 + number}", "gYear"), self._news)
        self._annotated(body, UNP + "guidedBy", _own(f"treaty-{number}"), self._sentence())
        for session in range(1, _SESSIONS + 1):
            start = date(2014 + session, 3, 1) + timedelta(self._chance.randint(0, 200))
            self._statement(
                _own(f"commission-{number}-session-{session}"),
                "Session",
                f"Session {session} of {label}",
                self._news,
                (UNP + "heldBy", body),
                (UNP + "ordinalNumber", _number(session)),
                (UNP + "place", _id(f"world-city-{1 + session % 5}")),
                (UNP + "start", self._dated(start)),
                (UNP + "end", _typed((start + timedelta(5)).isoformat(), "date")),
            )
        for state in self._chance.sample(range(1, STATES + 1), _MEMBERS):
            for term in (2014, 2019):
                start = date(term, 1, 1)
                self._statement(
                    _id(f"state-{state:03}-in-chapter-{CHAPTER}-commission-{number}-from-{term}"),
                    "Membership",
                    f"Membership of State {state:03} in {label} from {term}",
                    self._news,
                    (ORG + "member", _state(state)),
                    (ORG + "organization", body),
                    (UNP + "role", f"<{TOPIC}member-role>"),
                    (UNP + "start", self._dated(start)),
                    (UNP + "end", self._dated(date(term + 3, 12, 31))),
                    (UNP + "electedBy", _id("world-council")),
                )

    def _documents(self) -> None:
        for number in range(1, _RESOLUTIONS + 1):
            resolution, label = _own(f"resolution-{number}"), f"resolution {CHAPTER}/{number}"
            self._statement(resolution, "Resolution", label, self._sentence())
            self._add(resolution, (UNP + "number", _text(f"{CHAPTER}/{number}")))
            self._add(resolution, (UNP + "adoptedBy", _id("world-assembly")))
            self._annotated(resolution, UNP + "symbol", _text(f"A/RES/{CHAPTER}/{number}"), self._list)
            self._statement(
                _own(f"resolution-{number}-adoption"),
                "Adoption",
                f"Adoption of {label}",
                self._news,
                (UNP + "adopts", resolution),
                (UNP + "actor", _id("world-assembly")),
                (UNP + "date", self._dated(date(2010 + number, 12, 1 + number))),
            )

    def _programmes(self) -> None:
        office, regional = _own("office"), _own("regional-programme")
        self._statement(office, "Office", f"Office of Chapter {CHAPTER}", self._sentence())
        self._add(office, (ORG + "subOrganizationOf", _id("world-organization")))
        self._add(office, (UNP + "seat", _id("world-city-1")))
        self._statement(
            regional,
            "RegionalProgramme",
            f"Regional Programme of Chapter {CHAPTER}",
            self._sentence(),
            (UNP + "runBy", office),
            (UNP + "start", _typed("2022", "gYear")),
            (UNP + "end", _typed("2025", "gYear")),
        )
        for state in self._chance.sample(range(1, STATES + 1), 8):
            self._add(regional, (UNP + "servesState", _state(state)))
            self._statement(
                _id(f"state-{state:03}-in-chapter-{CHAPTER}-regional-programme"),
                "Participation",
                f"State {state:03} takes part in the Regional Programme of Chapter {CHAPTER}",
                self._sentence(),
                (UNP + "participant", _state(state)),
                (UNP + "participatesIn", regional),
                (UNP + "role", f"<{TOPIC}member-role>"),
                (UNP + "modality", _unp("Ongoing")),
            )
            self._country_programme(state, office)

    def _country_programme(self, state: int, office: str) -> None:
        name, of = f"state-{state:03}-chapter-{CHAPTER}", f"State {state:03}, Chapter {CHAPTER}"
        programme, budget = _id(f"{name}-programme"), _id(f"{name}-budget")
        start = self._chance.randint(2005, 2018)
        self._statement(
            programme,
            "CountryProgramme",
            f"Country Programme for {of}",
            self._sentence(),
            (UNP + "numberInSeries", _number(1)),
            (UNP + "servesState", _state(state)),
            (UNP + "runBy", office),
            (UNP + "start", _typed(f"{start}", "gYear")),
            (UNP + "end", _typed(f"{start + 4}", "gYear")),
            (UNP + "budget", budget),
        )
        self._statement(
            budget,
            "MonetaryAmount",
            f"Budget of the Country Programme for {of}",
            self._sentence(),
            (UNP + "value", _number(self._chance.randint(1, 80) * 1_000_000)),
            (UNP + "currency", _text("USD")),
            (UNP + "exactness", _unp("About")),
        )
        self._statement(
            _id(f"{name}-signing"),
            "Signing",
            f"Signing of the Country Programme for {of}",
            self._sentence(),
            (UNP + "signed", programme),
            (UNP + "signatory", _state(state)),
            (UNP + "signatory", office),
            (UNP + "date", _typed(f"{start}-01", "gYearMonth")),
            (UNP + "modality", _unp("Done")),
        )


def _thing(subject: str, kind: str, label: str, *evidence: str) -> list[str]:
    named = ((RDF + "type", _unp(kind)), (RDFS + "label", _text(label, "en")))
    return [_line(subject, used, value) for used, value in (*named, *_evidence(*evidence))]


def _evidence(source: str, *confidence: str) -> list[tuple[str, str]]:
    if source.startswith(f"<{_SOURCE}"):
        return [(UNP + "statedIn", source)]
    return [(UNP + "accordingTo", source), *((UNP + "confidence", each) for each in confidence)]


def _source(subject: str, label: str, as_of: str | None) -> Iterator[str]:
    yield _line(subject, RDF + "type", _unp("Source"))
    yield _line(subject, RDFS + "label", _text(label, "en"))
    yield _line(subject, DCTERMS + "publisher", _text("World Organization"))
    yield _line(subject, DCTERMS + "source", f"<https://example.org/{subject.rpartition('/')[2]}")
    if as_of is not None:
        yield _line(subject, UNP + "asOf", _typed(as_of, "date"))


def _line(subject: str, used: str, value: str) -> str:
    return f"{subject} <{used}> {value} ."


def _id(name: str) -> str:
    return f"<{ID}{name}>"


def _own(name: str) -> str:
    """A thing of the chapter."""
    return _id(f"chapter-{CHAPTER}-{name}")


def _state(number: int) -> str:
    return _id(f"state-{number:03}")


def _unp(name: str) -> str:
    return f"<{UNP}{name}>"


def _text(value: str, language: str | None = None) -> str:
    return f'"{value}"' if language is None else f'"{value}"@{language}'


def _typed(value: str, kind: str) -> str:
    return f'"{value}"^^<{XSD}{kind}>'


def _number(value: int) -> str:
    return _typed(str(value), "integer")


_HIGH = _unp("HighConfidence")
