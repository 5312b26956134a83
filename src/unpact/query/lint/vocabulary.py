"""What the graph knows: its IRIs, its properties with their kinds of value, and which classes exclude each
other.

Each table is read from the graph once, when a check first needs it.
"""

from __future__ import annotations

import difflib
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.names import DCTERMS, GRAPH, ORG, OWL, PREFIXES, PROV, RDF, RDFS, SH, SKOS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.graph.interface import Graph

# Terms of these are right without being used in the graph; those of the others only name what it may hold.
_LANGUAGES = (RDF, RDFS, OWL, XSD)
_PUBLISHED = {RDF: "RDF", RDFS: "RDFS", OWL: "OWL", XSD: "XSD", SKOS: "SKOS", ORG: "ORG", PROV: "PROV"}
_PUBLISHED |= {SH: "SH", DCTERMS: "DCTERMS"}
_LANG_STRING = RDF + "langString"
# Values of the first are values of the second too.
_DERIVED = {
    XSD + "integer": XSD + "decimal",
    XSD + "long": XSD + "integer",
    XSD + "int": XSD + "integer",
    XSD + "short": XSD + "integer",
    XSD + "byte": XSD + "integer",
    XSD + "nonNegativeInteger": XSD + "integer",
    XSD + "nonPositiveInteger": XSD + "integer",
    XSD + "positiveInteger": XSD + "nonNegativeInteger",
    XSD + "negativeInteger": XSD + "nonPositiveInteger",
    XSD + "unsignedLong": XSD + "nonNegativeInteger",
    XSD + "unsignedInt": XSD + "nonNegativeInteger",
    XSD + "dateTimeStamp": XSD + "dateTime",
    XSD + "token": XSD + "string",
    XSD + "normalizedString": XSD + "string",
}
_SUGGESTIONS = 3
_CUTOFF = 0.7


class Property(NamedTuple):
    """What is known of a property.

    Args:
        literal: True when its values are literals, False when they are things, None when either may be.
        declared: whether the ontology says so, and not only the values that there are.
        domains: classes that every subject is an instance of.
        ranges: classes that every value is an instance of.
        datatypes: the datatypes of its values as declared; those that occur when none is declared.
        datatypes_declared: whether the datatypes are declared.
    """

    literal: bool | None
    declared: bool
    domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()
    datatypes: tuple[str, ...] = ()
    datatypes_declared: bool = False

    def accepts(self, datatype: str) -> bool:
        """Whether a literal of the datatype can be a value."""
        if not self.datatypes or RDFS + "Literal" in self.datatypes:
            return True
        wider: str | None = datatype
        while wider is not None:
            if wider in self.datatypes:
                return True
            wider = _DERIVED.get(wider)
        return False

    @property
    def tagged(self) -> bool:
        """Whether all its values have a language."""
        return self.datatypes == (_LANG_STRING,)


class Vocabulary:
    """The terms of one graph, which should hold ontology and data.

    Args:
        graph: where the terms are looked up; raises what its `select` raises.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._properties: dict[str, Property] = {}

    def knows(self, iri: str) -> bool:
        """Whether the graph mentions the IRI, or it belongs to RDF, RDFS, OWL or XSD, or is a namespace."""
        return (
            iri in self.iris
            or iri in _NAMESPACES
            or (iri.startswith(_LANGUAGES) and self.is_published(iri) is not False)
        )

    def is_published(self, iri: str) -> bool | None:
        """Whether a vocabulary of the W3C or of Dublin Core defines the IRI; None for any other namespace."""
        namespace = namespace_of(iri)
        if namespace not in _PUBLISHED:
            return None
        if re.fullmatch(r"_[1-9][0-9]*", iri.removeprefix(RDF)):
            return True
        import rdflib
        import rdflib.namespace

        return rdflib.URIRef(iri) in getattr(rdflib.namespace, _PUBLISHED[namespace])

    def knows_namespace(self, iri: str) -> bool:
        """Whether the graph mentions anything of the namespace that the IRI belongs to."""
        return namespace_of(iri) in self._namespaces

    def nearest(self, iri: str) -> list[str]:
        """The known IRIs that the one given may have been meant to be, best first."""
        namespace = namespace_of(iri)
        local = iri[len(namespace) :]
        # the right name behind the wrong prefix comes before a name that only looks alike
        moved = [PREFIXES[prefix] + local for prefix in ("unp", "id", "topic", "skos", "org", "rdfs")]
        found = [other for other in moved if other in self.iris and other != iri] if local else []
        names = {other[len(namespace) :]: other for other in self.iris if namespace_of(other) == namespace}
        lowered = {name.lower(): other for name, other in sorted(names.items())}
        close = difflib.get_close_matches(local.lower(), lowered, n=_SUGGESTIONS, cutoff=_CUTOFF)
        found += [lowered[name] for name in close]
        return list(dict.fromkeys(found))[:_SUGGESTIONS]

    def property(self, iri: str) -> Property:
        """What is known of a property; of an unknown one, nothing."""
        if iri not in self._properties:
            self._properties[iri] = self._describe(iri)
        return self._properties[iri]

    def is_class(self, iri: str) -> bool:
        """Whether the IRI is declared a class and nothing else."""
        types = self.types(iri)
        return bool(types & {OWL + "Class", RDFS + "Class"}) and not self.is_property(iri)

    def is_property(self, iri: str) -> bool:
        """Whether the IRI is declared a property."""
        return iri in self._kinds or RDF + "Property" in self.types(iri)

    def types(self, iri: str) -> frozenset[str]:
        """The classes of a thing."""
        return frozenset(self._types.get(iri, ()))

    def exclude(self, one: str, other: str) -> tuple[str, str] | None:
        """The disjoint classes, at or above two classes, on account of which no thing is of both."""
        for above in (one, *sorted(self._above.get(one, ()))):
            for beside in (other, *sorted(self._above.get(other, ()))):
                if (above, beside) in self._disjoint:
                    return above, beside
        return None

    def graphs(self) -> tuple[str, ...]:
        """The named graphs."""
        return self._graph.named_graphs()

    @cached_property
    def iris(self) -> frozenset[str]:
        """Every IRI that the graph mentions, the names of its graphs included."""
        found = {row[0] for row in _iri_rows(self._graph, "iris.rq")}
        return frozenset(found).union(self._graph.named_graphs())

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        return frozenset(namespace_of(iri) for iri in self.iris)

    @cached_property
    def _types(self) -> dict[str, set[str]]:
        return _grouped(_iri_rows(self._graph, "types.rq"))

    @cached_property
    def _above(self) -> dict[str, set[str]]:
        return _grouped(_iri_rows(self._graph, "superclasses.rq"))

    @cached_property
    def _disjoint(self) -> frozenset[tuple[str, ...]]:
        pairs = set(_iri_rows(self._graph, "disjoint.rq"))
        return frozenset(pairs | {pair[::-1] for pair in pairs})

    @cached_property
    def _kinds(self) -> dict[str, set[str]]:
        return _grouped(_iri_rows(self._graph, "property_kinds.rq"))

    @cached_property
    def _frames(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for used, relation, cls in sorted(_iri_rows(self._graph, "domains.rq")):
            found.setdefault((used, relation), []).append(cls)
        return found

    @cached_property
    def _observed(self) -> dict[str, set[str]]:
        return _grouped(_iri_rows(self._graph, "observed.rq"))

    def _describe(self, iri: str) -> Property:
        kinds = self._kinds.get(iri, set())
        # a list in the ontology says nothing about the lists of a query
        observed = set() if iri.startswith(RDF) else self._observed.get(iri, set())
        ranges = self._frames.get((iri, RDFS + "range"), [])
        declared = {OWL + "ObjectProperty": False, OWL + "DatatypeProperty": True}
        said = {declared[kind] for kind in kinds if kind in declared}
        seen = {datatype != "" for datatype in observed}
        datatypes = [
            name for name in ranges if name.startswith(XSD) or name in (_LANG_STRING, RDFS + "Literal")
        ]
        occurring = sorted(datatype for datatype in observed if datatype)
        (literal,) = said if len(said) == 1 else seen if len(seen) == 1 else {None}
        return Property(
            literal=literal,
            declared=len(said) == 1,
            domains=tuple(self._frames.get((iri, RDFS + "domain"), ())),
            ranges=tuple(name for name in ranges if name not in datatypes),
            datatypes=tuple(datatypes or occurring),
            datatypes_declared=bool(datatypes),
        )


_NAMESPACES = {*PREFIXES.values(), GRAPH}


def namespace_of(iri: str) -> str:
    """One of our namespaces, or the IRI up to its last ``#`` or ``/``."""
    ours = [namespace for namespace in _NAMESPACES if iri.startswith(namespace)]
    if ours:
        return max(ours, key=len)
    return iri[: len(iri) - len(re.split(r"[#/]", iri)[-1])]


def is_ours(iri: str) -> bool:
    """Whether an IRI lies in a namespace that the project mints or builds on."""
    return namespace_of(iri) in _NAMESPACES


def _iri_rows(graph: Graph, file: str) -> Iterator[tuple[str, ...]]:
    text = Path(__file__).with_name(file).read_text(encoding="utf-8")
    for row in graph.select(text):
        yield tuple(term.value if isinstance(term, NamedNode | Literal) else "" for term in row)


def _grouped(rows: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, value in rows:
        found.setdefault(key, set()).add(value)
    return found
