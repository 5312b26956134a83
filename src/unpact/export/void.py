"""The description of a dataset, after VoID and DCAT 3: what is in it, whose it is, where its files are."""

from __future__ import annotations

import hashlib
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from unpact.errors import UsageError
from unpact.export.content import select
from unpact.export.counts import Counts, namespace_of
from unpact.export.nodes import TYPE
from unpact.export.selection import layer_of
from unpact.export.turtle import write_turtle
from unpact.names import DATASET, DCTERMS, OWL, PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from unpact.export.content import Content
    from unpact.export.nodes import Value
    from unpact.graph.interface import Graph

_VOID, _DCAT, _SPDX = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#", "http://spdx.org/rdf/terms#"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_PREFIXES = {**PREFIXES, "void": _VOID, "dcat": _DCAT, "spdx": _SPDX}
_TEMPLATE = Path(__file__).with_name("dataset.ttl")
_DATASET = NamedNode(DATASET)
_LICENCE = NamedNode(DCTERMS + "license")
_AT_ONCE = 1 << 20


class Publication(NamedTuple):
    """What a description says that no graph holds.

    Args:
        dataset: the IRI of the dataset, where it is not unpact's.
        title: of the dataset, where it is not unpact's.
        url: where the files will lie; it ends in `/`.
        endpoint: the address of a SPARQL service over the dataset.
        issued: the day on which it is published, such as 2026-11-28; where nobody says, the day on which the
            ontology was last changed.
    """

    dataset: str | None = None
    title: str | None = None
    url: str | None = None
    endpoint: str | None = None
    issued: str | None = None


class Distribution(NamedTuple):
    """A file of the dataset.

    Args:
        name: its path below the folder of the files.
        media_type: without that of a compression.
        size: in bytes.
        sha256: of its bytes, in hexadecimal.
        is_rdf: whether it holds the triples of the dataset.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    is_rdf: bool

    @classmethod
    def of(cls, path: Path, name: str, media_type: str, *, is_rdf: bool) -> Distribution:
        """The distribution that a file on disk is.

        Raises:
            UsageError: when the file cannot be read.
        """
        digest = hashlib.sha256()
        size = 0
        try:
            with path.open("rb") as stream:
                while chunk := stream.read(_AT_ONCE):
                    digest.update(chunk)
                    size += len(chunk)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"cannot be read ({reason})", where=str(path), hint="Check the path.") from None
        return cls(name, media_type, size, digest.hexdigest(), is_rdf)


def write_void(
    content: Content,
    graph: Graph,
    stream: TextIO,
    publication: Publication = Publication(),  # noqa: B008 - a named tuple does not change
    files: Sequence[Distribution] = (),
) -> None:
    """Write the description in Turtle.

    Args:
        content: what is counted.
        graph: where the ontology says who made it, when, and under which licence.
        stream: opened as UTF-8.
        publication: what else is to be said.
        files: the distributions of the dataset.

    Raises:
        UsageError: for an `issued` that is no day.
    """
    described = _Description(publication)
    described.general(header_of(graph), publication)
    graphs = content.by_graph()
    described.counted(Counts((each for triples in graphs.values() for each in triples), described.space))
    described.layers(graphs)
    for file in files:
        described.distribution(file, publication.url)
    write_turtle(described.triples, stream, _PREFIXES)


def header_of(graph: Graph) -> dict[NamedNode, list[Value]]:
    """Creator, licence, dates and version of the ontology, as far as a graph states them."""
    found: dict[NamedNode, list[Value]] = {}
    for used, value in select(graph, "header"):
        if isinstance(used, NamedNode) and value is not None:
            found.setdefault(used, []).append(value)
    return found


def package_of(graph: Graph, publication: Publication) -> dict[str, object]:
    """The same in the words of a Data Package: name, title, version and licences."""
    header = header_of(graph)
    found: dict[str, object] = {"name": "unpact"}
    if publication.title is not None:
        found["title"] = publication.title
    for version in header.get(NamedNode(OWL + "versionInfo"), []):
        found["version"] = str(getattr(version, "value", version))
    licences = [each.value for each in header.get(_LICENCE, []) if isinstance(each, NamedNode)]
    if licences:
        found["licenses"] = [{"path": licence} for licence in sorted(licences)]
    return found


class _Description:
    """The triples of a description."""

    def __init__(self, publication: Publication) -> None:
        self.dataset = _DATASET if publication.dataset is None else iri_of(publication.dataset)
        self._numbers = count(1)
        self._licences: list[Value] = []
        known = [quad.triple for quad in parse(path=str(_TEMPLATE), format=RdfFormat.TURTLE)]
        space = next(each.object for each in known if each.predicate.value == _VOID + "uriSpace")
        self.space = space.value if isinstance(space, Literal) else ""
        # of another's dataset nothing is known but what is in it
        is_ours = self.dataset == _DATASET
        self.triples = (
            known
            if is_ours
            else [Triple(self.dataset, TYPE, each.object) for each in known if each.predicate == TYPE]
        )

    def general(self, header: Mapping[NamedNode, list[Value]], publication: Publication) -> None:
        """Who made it and when, its title and its service."""
        title = NamedNode(DCTERMS + "title")
        if publication.title is not None:
            self.triples = [each for each in self.triples if each.predicate != title]
            self._say(self.dataset, title.value, Literal(publication.title, language="en"))
        for used, values in header.items():
            for value in values:
                self._say(self.dataset, used.value, value)
        self._licences = header.get(_LICENCE, [])
        if publication.issued is not None:
            self._say(self.dataset, DCTERMS + "issued", _day(publication.issued))
        else:
            for value in header.get(NamedNode(DCTERMS + "modified"), []):
                self._say(self.dataset, DCTERMS + "issued", value)
        if publication.endpoint is not None:
            endpoint = iri_of(publication.endpoint)
            self._say(self.dataset, _VOID + "sparqlEndpoint", endpoint)
            service = self._part(self.dataset, _DCAT + "accessService", _DCAT + "DataService")
            self._say(service, _DCAT + "endpointURL", endpoint)

    def counted(self, counts: Counts) -> None:
        """The statistics of the whole, its classes and its properties, and the links to other datasets."""
        self._numbers_of(
            self.dataset,
            triples=counts.triples,
            entities=counts.entities,
            classes=len(counts.classes),
            properties=len(counts.properties),
            distinctSubjects=len(counts.subjects),
            distinctObjects=len(counts.objects),
        )
        for vocabulary in {namespace_of(term.value) for term in (*counts.classes, *counts.properties)}:
            self._say(self.dataset, _VOID + "vocabulary", NamedNode(vocabulary))
        for kind, members in sorted(counts.classes.items(), key=_by_iri):
            part = self._part(self.dataset, _VOID + "classPartition")
            self._say(part, _VOID + "class", kind)
            self._numbers_of(part, entities=len(members))
        for used, of_property in sorted(counts.properties.items(), key=_by_iri):
            part = self._part(self.dataset, _VOID + "propertyPartition")
            self._say(part, _VOID + "property", used)
            self._numbers_of(
                part,
                triples=of_property.triples,
                distinctSubjects=len(of_property.subjects),
                distinctObjects=len(of_property.objects),
            )
        for (used, space), links in sorted(counts.links.items(), key=str):
            linkset = self._part(self.dataset, _VOID + "subset", _VOID + "Linkset")
            self._say(linkset, _VOID + "linkPredicate", used)
            self._say(linkset, _VOID + "subjectsTarget", self.dataset)
            target = self._part(linkset, _VOID + "objectsTarget", _VOID + "Dataset")
            self._say(target, _VOID + "uriSpace", Literal(space))
            self._numbers_of(linkset, triples=links)

    def layers(self, graphs: Mapping[NamedNode | BlankNode | None, Iterable[Triple]]) -> None:
        """How many triples the ontology, the article, the record and the conclusions have."""
        found: dict[str, set[Triple]] = {}
        for name, triples in graphs.items():
            layer = layer_of(name.value) if isinstance(name, NamedNode) else "user"
            found.setdefault(layer, set()).update(triples)
        for layer, triples in sorted(found.items()):
            subset = NamedNode(f"{self.dataset.value}/{layer}")
            self._say(self.dataset, _VOID + "subset", subset)
            self._say(subset, TYPE.value, NamedNode(_VOID + "Dataset"))
            self._say(subset, DCTERMS + "title", Literal(layer, language="en"))
            self._numbers_of(subset, triples=len(triples))

    def distribution(self, file: Distribution, url: str | None) -> None:
        """A file, with its size and its checksum; where it is to be had, if that is known."""
        node = NamedNode(f"{self.dataset.value}#{file.name}")
        self._say(self.dataset, _DCAT + "distribution", node)
        self._say(node, TYPE.value, NamedNode(_DCAT + "Distribution"))
        self._say(node, DCTERMS + "title", Literal(file.name))
        self._say(node, _DCAT + "mediaType", NamedNode(_MEDIA + file.media_type))
        if file.name.endswith(".gz"):
            self._say(node, _DCAT + "compressFormat", NamedNode(_MEDIA + "application/gzip"))
        self._say(node, _DCAT + "byteSize", _number(file.size, "nonNegativeInteger"))
        checksum = self._part(node, _SPDX + "checksum", _SPDX + "Checksum")
        self._say(checksum, _SPDX + "algorithm", NamedNode(_SPDX + "checksumAlgorithm_sha256"))
        value = Literal(file.sha256, datatype=NamedNode(XSD + "hexBinary"))
        self._say(checksum, _SPDX + "checksumValue", value)
        for licence in self._licences:
            self._say(node, DCTERMS + "license", licence)
        if url is not None:
            place = iri_of(f"{url.rstrip('/')}/{file.name}")
            self._say(node, _DCAT + "downloadURL", place)
            if file.is_rdf:
                self._say(self.dataset, _VOID + "dataDump", place)

    def _say(self, subject: NamedNode | BlankNode, used: str, value: Value) -> None:
        self.triples.append(Triple(subject, NamedNode(used), value))

    def _part(self, whole: NamedNode | BlankNode, used: str, kind: str | None = None) -> BlankNode:
        # counted in the order in which they are written
        node = BlankNode(f"p{next(self._numbers):06}")
        self._say(whole, used, node)
        if kind is not None:
            self._say(node, TYPE.value, NamedNode(kind))
        return node

    def _numbers_of(self, node: NamedNode | BlankNode, **numbers: int) -> None:
        for name, value in numbers.items():
            self._say(node, _VOID + name, _number(value))


def _number(value: int, datatype: str = "integer") -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + datatype))


def _day(text: str) -> Literal:
    from datetime import date

    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day", hint="Write it as in 2026-11-28.") from None
    return Literal(day.isoformat(), datatype=NamedNode(XSD + "date"))


def iri_of(text: str) -> NamedNode:
    """An IRI that somebody typed. Raises UsageError for a text that is none."""
    try:
        return NamedNode(text)
    except ValueError:
        raise UsageError(f"{text!r} is no IRI", hint="Write it whole, as in https://example.org/.") from None


def _by_iri(item: tuple[NamedNode, object]) -> str:
    return item[0].value
