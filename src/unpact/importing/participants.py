"""Who a table means: states, former states and organizations by any name, code or acronym.

`countries.csv` is derived from a public table (see `countries`); `states.csv` says where its word on a state
is not that of the depositary, `others.csv` has former states and organizations, and `other_names.csv` former
and variant names, each with a note.
"""

from __future__ import annotations

import csv
import difflib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import AmbiguousNameError, UnknownNameError
from unpact.importing.names import name_key, slug, without_marks
from unpact.names import ID, UNP, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from unpact.importing.known import KnownAgent

LANGUAGES = ("ar", "zh", "fr", "ru", "es")
"""The official languages of the United Nations beside English, in the order in which names are written."""

CODES = ("iso2", "iso3", "m49")
_HERE = Path(__file__).parent
_NEAREST = 3


class Participant(NamedTuple):
    """A state or an organization that a table names.

    Args:
        iri: of its node.
        label: its name in English.
        article: `the` where a sentence needs it.
        kind: its class; empty where the graph has the node already.
        identifiers: local names of properties with their values.
        names: its short name by language.
        outside: what it is when it is no state, such as `Territory of GB`.
    """

    iri: str
    label: str
    article: str = ""
    kind: str = ""
    identifiers: Mapping[str, str] = {}
    names: Mapping[str, str] = {}
    outside: str = ""

    @property
    def phrase(self) -> str:
        """The name as it stands in a sentence."""
        return f"{self.article} {self.label}".strip()

    @property
    def codes(self) -> tuple[str, ...]:
        """Its codes in ISO 3166-1 and M49, and its acronym."""
        return tuple(self.identifiers[name] for name in (*CODES, "acronym") if name in self.identifiers)

    @property
    def local(self) -> str:
        """The local part of the IRI."""
        return self.iri.rpartition("/")[2]


class Participants:
    """Finds participants by name, code or acronym.

    Args:
        known: the agents that the graph has, by their IRIs; they go before those of the package.
        taken: says which of some IRIs name something in the graph.
    """

    def __init__(
        self, known: Mapping[str, KnownAgent], taken: Callable[[Sequence[str]], Collection[str]]
    ) -> None:
        self._by_key: dict[str, dict[str, Participant]] = {}
        at = _Places(known, taken)
        theirs = {code: (at.place(own, names), names) for code, own, names in (*_countries(), *_others())}
        for row in _read("other_names.csv"):
            theirs[row["whose"]][1].append(row["name"])
        for participant, names in theirs.values():
            self._enter(participant, [*names, participant.local])
        ours = {participant.iri: participant for participant, _ in theirs.values()}
        for agent in known.values():
            self._enter(ours.get(agent.iri) or Participant(agent.iri, agent.label), agent.names)
        self.find = lru_cache(maxsize=4096)(self._find)

    def _find(self, text: str) -> Participant:
        """The participant that a cell names.

        Raises:
            UnknownNameError: with the nearest names, or when it is a territory.
            AmbiguousNameError: with the candidates.
        """
        bare = without_marks(text)
        # a code of digits looks like a footnote mark
        found = self._exactly(text.strip()) or self._exactly(bare)
        if found is None:
            name = " ".join((bare or text).split())
            raise UnknownNameError(
                f"no state or organization is called {name!r}", suggestions=self._nearest(name)
            )
        if found.outside:
            raise UnknownNameError(
                f"{found.label} is no state ({found.outside})",
                hint="Its state acts for it. If it is to count as one, describe it in Turtle with --data.",
            )
        return found

    def _exactly(self, name: str) -> Participant | None:
        found = list(self._by_key.get(name_key(name), {}).values()) if name else []
        if len(found) > 1:
            raise AmbiguousNameError(
                f"{name!r} may mean {len(found)} participants",
                candidates=[compact(each.iri) for each in found],
            )
        return found[0] if found else None

    def _nearest(self, name: str) -> list[str]:
        close = difflib.get_close_matches(name_key(name), self._by_key, n=2 * _NEAREST, cutoff=0.6)
        found = [each.label for key in close for each in self._by_key[key].values() if not each.outside]
        return list(dict.fromkeys(found))[:_NEAREST]

    def _enter(self, participant: Participant, names: Iterable[str]) -> None:
        for name in filter(None, (*names, *participant.codes)):
            self._by_key.setdefault(name_key(name), {})[participant.iri] = participant


class _Places:
    """Where a participant of the package stands in the graph: at a node that is there, or at a new one."""

    def __init__(
        self, known: Mapping[str, KnownAgent], taken: Callable[[Sequence[str]], Collection[str]]
    ) -> None:
        self._known = known
        self._by_code = {
            agent.codes[code]: agent.iri for agent in known.values() for code in CODES if code in agent.codes
        }
        self._by_key = {name_key(name): agent.iri for agent in known.values() for name in agent.names}
        own = [participant.iri for _, participant, _ in (*_countries(), *_others())]
        self._taken = taken(own)

    def place(self, participant: Participant, names: Iterable[str]) -> Participant:
        """The participant, which has these names, at its node."""
        there = next((self._by_code[code] for code in participant.codes if code in self._by_code), None)
        if there is None:
            keys = (name_key(name) for name in names if name)
            there = next((self._by_key[key] for key in keys if key in self._by_key), None)
        if there is not None:
            return participant._replace(iri=there, label=self._known[there].label, kind="", outside="")
        if participant.iri in self._taken:
            # by something else, such as a person of the same name
            return participant._replace(iri=f"{participant.iri}-participant")
        return participant


_Entry = tuple[str, Participant, list[str]]


def _countries() -> Iterator[_Entry]:
    """Code, participant and names of each country of the public table."""
    ours = {row["iso3"]: row for row in _read("states.csv")}
    for row in _read("countries.csv"):
        own = ours.get(row["iso3"], {})
        independent = own.get("independent") or row["independent"]
        identifiers = {name: row[name] for name in (*CODES, "geonames", "wikidata") if row[name]}
        participant = Participant(
            ID + (own.get("local") or slug(row["en"])),
            row["en"],
            row["article"],
            UNP + "State",
            identifiers,
            {language: row[language] for language in LANGUAGES if row[language]},
            "" if independent == "Yes" else independent,
        )
        names = [
            row[name] for name in row if name in ("common", "en", *LANGUAGES) or name.endswith("_formal")
        ]
        yield row["iso3"], participant, names


def _others() -> Iterator[_Entry]:
    """Local name, participant and names of former states and organizations."""
    for row in _read("others.csv"):
        identifiers = {name: row[name] for name in ("iso3", "m49", "acronym") if row[name]}
        participant = Participant(
            ID + row["local"], row["label"], row["article"], UNP + row["class"], identifiers
        )
        yield row["local"], participant, [row["label"], row["acronym"]]


def _read(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
