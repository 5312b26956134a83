"""The manifest: a graph in the service that says what unpact has loaded there, and what a load is about
to.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from unpact import __version__
from unpact.load.remote.statements import LOAD, statement
from unpact.names import DATASET, DCTERMS, GRAPH, MANIFEST_GRAPH, OWL, VOID, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unpact.load.remote.client import Client
    from unpact.load.remote.content import Content

_DATE_TIME = NamedNode(XSD + "dateTime")
# so that no service has to take a query, or answer, of any length
_ASKED_AT_ONCE = 500


class Listed(NamedTuple):
    """A graph of the manifest.

    Args:
        triples: how many the service counted.
        digest: of what it says (`unpact.load.remote.digest`).
        source: the file that it comes from.
    """

    triples: int
    digest: str
    source: str


class Lock(NamedTuple):
    """A load that has begun and not ended.

    Args:
        holder: who loads (`unpact.load.remote.lock`).
        key: of the content that is loaded.
        until: it counts as ended from then on.
    """

    holder: str
    key: str
    until: datetime


class Manifest(NamedTuple):
    """What the service says of loads.

    Args:
        key: of the content that is there; None where there was no load.
        view: of it.
        graphs: those that are there, by their IRIs.
        lock: the load that is under way, or that was broken off.
        staged: the parts that have arrived of each staged graph, by its IRI.
    """

    key: str | None
    view: str | None
    graphs: Mapping[str, Listed]
    lock: Lock | None
    staged: Mapping[str, frozenset[str]]


def staged_as(graph: str, key: str) -> str:
    """Where a graph waits to be moved in its place."""
    return f"{GRAPH}staged/{key[:16]}/{sha256(graph.encode()).hexdigest()[:16]}"


def read(client: Client) -> Manifest:
    """What the service says of loads, in one request."""
    said: dict[str, dict[str, set[str]]] = {}
    for row in client.select(statement("manifest.rq")):
        said.setdefault(row["subject"], {}).setdefault(row["predicate"], set()).add(row["object"])
    dataset = said.get(DATASET, {})
    return Manifest(
        key=_one(dataset, DCTERMS + "identifier"),
        view=_one(dataset, DCTERMS + "type"),
        graphs={
            graph: Listed(
                int(_one(said.get(graph, {}), VOID + "triples") or -1),
                _one(said.get(graph, {}), DCTERMS + "identifier") or "",
                _one(said.get(graph, {}), DCTERMS + "source") or "",
            )
            for graph in sorted(dataset.get(VOID + "subset", ()))
        },
        lock=_lock(said.get(LOAD, {})),
        staged={
            subject: frozenset(told.get(DCTERMS + "hasPart", ()))
            for subject, told in said.items()
            if DCTERMS + "isVersionOf" in told
        },
    )


def counted(client: Client, graphs: Iterable[str]) -> dict[str, int]:
    """How many triples each graph has in the service; 0 for none."""
    wanted = sorted(graphs)
    found = dict.fromkeys(wanted, 0)
    for first in range(0, len(wanted), _ASKED_AT_ONCE):
        query = statement("counts.rq", graphs=wanted[first : first + _ASKED_AT_ONCE])
        found.update((row["graph"], int(row["triples"])) for row in client.select(query))
    return found


def described(content: Content, graphs: Mapping[str, Listed]) -> list[Triple]:
    """The triples of a manifest (VoID, DCMI Terms).

    Args:
        content: that was loaded.
        graphs: as they are in the service.
    """
    about = NamedNode(DATASET)
    now = Literal(datetime.now(UTC).isoformat(timespec="seconds"), datatype=_DATE_TIME)
    # No type, which VoID gives it anyway: many queries look at the types of things, and where there are none
    # beside ours, a service can be asked about all its graphs at once (`unpact.graph.dialects.fuseki`).
    triples = [
        Triple(about, NamedNode(DCTERMS + "identifier"), Literal(content.key)),
        Triple(about, NamedNode(DCTERMS + "type"), Literal(content.view)),
        Triple(about, NamedNode(DCTERMS + "modified"), now),
        Triple(about, NamedNode(OWL + "versionInfo"), Literal(__version__)),
    ]
    for name, listed in sorted(graphs.items()):
        graph = NamedNode(name)
        triples += [
            Triple(about, NamedNode(VOID + "subset"), graph),
            Triple(graph, NamedNode(VOID + "triples"), Literal(listed.triples)),
            Triple(graph, NamedNode(DCTERMS + "identifier"), Literal(listed.digest)),
            Triple(graph, NamedNode(DCTERMS + "source"), Literal(listed.source)),
        ]
    return triples


def is_ours(graph: str) -> bool:
    """Whether a graph is one that only the load itself uses."""
    return graph == MANIFEST_GRAPH or graph.startswith(GRAPH + "staged/")


def _lock(told: Mapping[str, set[str]]) -> Lock | None:
    holder = _one(told, DCTERMS + "creator")
    if holder is None:
        return None
    return Lock(holder, _one(told, DCTERMS + "identifier") or "", _when(_one(told, DCTERMS + "valid") or ""))


def _when(text: str) -> datetime:
    try:
        # an answer may write the hour of UTC in another way than it was sent
        when = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _one(told: Mapping[str, set[str]], predicate: str) -> str | None:
    return min(told.get(predicate, ()), default=None)
