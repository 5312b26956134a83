"""From what a person calls a thing to its IRI.

Accepted are an IRI, a CURIE, a local name, any identifier (ISO codes, M49, UN symbols), an acronym and any
label in any language; upper and lower case, accents and punctuation do not matter. A name that fits several
things is never guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.errors import AmbiguousNameError, UnknownNameError, UnpactError, UsageError
from unpact.names import GRAPH, ID, SOURCE, TOPIC, UNP, compact, expand
from unpact.query.bind import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unpact.graph.interface import Graph

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_PREFERRED = "http://www.w3.org/2004/02/skos/core#prefLabel"
# most things are of this class
_ENTITY = UNP + "Entity"
_IRI = re.compile(r"<?([A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|^`\\]+)>?\Z")
_SUGGESTIONS = 5
# Marks of these combining classes are letters of their script, not accents: nukta, kana voicing, virama.
_LETTER_MARKS = (0, 7, 8, 9)
_ASCII = {code: " " for code in range(128) if not chr(code).isalnum()}


def normalise(text: str) -> str:
    """`text` without case, accents and punctuation, words parted by one blank; works for any script."""
    if text.isascii():
        # the same, many times faster: most of thousands of names are
        words = text.lower().translate(_ASCII).split()
        return " ".join(words) if words else text.casefold().strip()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = [
        character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "
        for character in decomposed
        if unicodedata.combining(character) in _LETTER_MARKS
    ]
    words = "".join(kept).split()
    return " ".join(words) if words else text.casefold().strip()


def local_name(iri: str) -> str:
    """The part of an IRI behind its last ``#`` or ``/``."""
    return re.split(r"[#/]", iri)[-1]


class Name(NamedTuple):
    """One name of one thing."""

    thing: str
    property: str
    text: str
    language: str | None


class Resolver:
    """Looks names up in one graph. Names are read once per class and kept for the life of the resolver."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._names: dict[str | None, tuple[Name, ...]] = {}
        self._things: dict[str | None, frozenset[str]] = {}
        self._meanings: dict[str | None, Mapping[str, frozenset[str]]] = {}

    def resolve(self, value: str, cls: str | None = None) -> NamedNode:
        """The one thing of class `cls` (an IRI; None: any thing) that `value` names.

        Raises UnknownNameError with the nearest names, AmbiguousNameError with the candidates, UsageError
        when the class itself is unknown.
        """
        text = value.strip()
        if not text:
            raise UnknownNameError("an empty name names nothing", hint="To search, type: unpact find TEXT")
        iri = self._explicit(text)
        if iri is not None and self._exists(iri):
            if cls is None or self._ask("instance_of.rq", thing=iri, **{"class": cls}):
                return NamedNode(iri)
            raise UnknownNameError(
                f"{compact(iri)} is not a {local_name(cls)}",
                hint=f"To see what it is, type: unpact show {compact(iri)}",
                suggestions=(),
            )
        found = self._matches(text, cls)
        if len(found) == 1:
            return NamedNode(found[0])
        if found:
            meanings = "; ".join(f"{self.label(thing, cls)} ({compact(thing)})" for thing in found)
            raise AmbiguousNameError(
                f"{value!r} may mean {len(found)} things: {meanings}",
                candidates=[compact(thing) for thing in found],
            )
        raise self._unknown(value, cls)

    def label(self, thing: str, cls: str | None = None) -> str:
        """The English label of a thing, or another one, or its local name."""
        labels = [
            name for name in self.names(cls) if name.thing == thing and name.property in (_LABEL, _PREFERRED)
        ]
        labels.sort(
            key=lambda name: (name.language != "en", name.property != _LABEL, name.language or "", name.text)
        )
        return labels[0].text if labels else local_name(thing)

    def names(self, cls: str | None = None) -> tuple[Name, ...]:
        """Every name of every thing of class `cls`, in a stable order."""
        if cls == _ENTITY and cls not in self._names:
            # to look up the names of so many things would take longer than to read all names there are
            things = self.things(cls)
            self._names[cls] = tuple(name for name in self.names() if name.thing in things)
        if cls not in self._names:
            rows = self._graph.select(_query("names.rq", **({} if cls is None else {"class": cls})))
            self._names[cls] = tuple(
                sorted(
                    (
                        Name(thing.value, used.value, name.value, name.language)
                        for thing, used, name in rows
                        if isinstance(thing, NamedNode)
                        and isinstance(used, NamedNode)
                        and isinstance(name, Literal)
                    ),
                    key=lambda name: (name.thing, name.property, name.language or "", name.text),
                )
            )
        return self._names[cls]

    def things(self, cls: str | None = None) -> frozenset[str]:
        """The things of class `cls`, those without a name included; without a class, all that have a name."""
        if cls not in self._things:
            if cls is None:
                self._things[cls] = frozenset(name.thing for name in self.names())
            else:
                rows = self._graph.select(_query("instances.rq", **{"class": cls}))
                self._things[cls] = frozenset(row[0].value for row in rows if isinstance(row[0], NamedNode))
        return self._things[cls]

    def meanings(self, cls: str | None = None) -> Mapping[str, frozenset[str]]:
        """The things of class `cls` by each of their names and local names, as `normalise` writes them."""
        if cls not in self._meanings:
            found: dict[str, set[str]] = {}
            for name in self.names(cls):
                found.setdefault(normalise(name.text), set()).add(name.thing)
            for thing in self.things(cls):
                found.setdefault(normalise(local_name(thing)), set()).add(thing)
            self._meanings[cls] = {name: frozenset(things) for name, things in found.items()}
        return self._meanings[cls]

    def complete(self, beginning: str, cls: str | None = None) -> list[tuple[str, str]]:
        """Local name and label of each thing of which some name begins with `beginning`, for the shell to
        offer.
        """
        wanted = normalise(beginning) if beginning.strip() else ""
        hits = {name.thing for name in self.names(cls) if normalise(name.text).startswith(wanted)}
        hits |= {thing for thing in self.things(cls) if normalise(local_name(thing)).startswith(wanted)}
        return sorted((local_name(thing), self.label(thing, cls)) for thing in hits)

    def _explicit(self, text: str) -> str | None:
        if (iri := expand(text)) is not None:
            return iri
        match = _IRI.match(text)
        return match[1] if match else None

    def _exists(self, iri: str) -> bool:
        try:
            NamedNode(iri)
        except ValueError:
            return False
        return self._ask("exists.rq", thing=iri)

    def _matches(self, text: str, cls: str | None) -> list[str]:
        found = self.meanings(cls).get(normalise(text), frozenset())
        if cls is None and not found:
            candidates = (namespace + text for namespace in (ID, TOPIC, SOURCE, UNP, GRAPH))
            found = frozenset(iri for iri in candidates if _IRI.match(iri) and self._exists(iri))
        return sorted(found)

    def _unknown(self, value: str, cls: str | None) -> UnpactError:
        import shlex

        if cls is not None and not self.things(cls) and not self._exists(cls):
            return UsageError(
                f"the type {compact(cls)} is not in the ontology",
                hint="To list such mistakes, type: unpact queries check",
            )
        kind = "thing" if cls is None else local_name(cls)
        suggestions = self._nearest(value, cls)
        question = f"Did you mean {' or '.join(suggestions)}? " if suggestions else ""
        return UnknownNameError(
            f"no {kind} is called {value!r}",
            suggestions=suggestions,
            hint=f"{question}To search, type: unpact find {shlex.quote(' '.join(value.split()))}",
        )

    def _nearest(self, value: str, cls: str | None) -> list[str]:
        import difflib

        wanted = normalise(value)
        spellings: dict[str, str] = {
            normalise(local_name(thing)): thing for thing in sorted(self.things(cls))
        }
        spellings.update((normalise(name.text), name.thing) for name in self.names(cls))
        close = difflib.get_close_matches(wanted, spellings, n=2 * _SUGGESTIONS, cutoff=0.6)
        close += sorted(
            (text for text in spellings if wanted in text.split()), key=lambda text: (len(text), text)
        )
        things = list(dict.fromkeys(spellings[text] for text in close))[:_SUGGESTIONS]
        return [self.label(thing, cls) for thing in things]

    def _ask(self, file: str, **iris: str) -> bool:
        return self._graph.ask(_query(file, **iris))


def _query(file: str, **iris: str) -> str:
    values: Mapping[str, tuple[NamedNode, ...]] = {name: (NamedNode(iri),) for name, iri in iris.items()}
    return fill(Path(__file__).with_name(file).read_text(encoding="utf-8"), values)
