"""What the kinds of SPARQL services have in common, and where each differs.

What is said of Fuseki, Virtuoso, RDF4J and Oxigraph was tried on Fuseki 5.6, Virtuoso 7.2.5, RDF4J 4.0 and
Oxigraph 0.5, with whole loads. What is said of the others stands in their manuals, and where these are silent
the careful choice is made.
"""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 2**20


@dataclass(frozen=True)
class Profile:
    """A kind of service.

    Args:
        name: as the user gives it.
        query: what follows the address of the dataset in the address of its queries; the first one is ours,
            and the user may name any.
        update: the same for SPARQL Update.
        data: the same for the Graph Store HTTP Protocol.
        digest: wants passwords by HTTP Digest (RFC 7616), not Basic.
        streams: takes a body whose length is not said before (chunked transfer coding). Virtuoso answers 201
            to such a body and stores nothing.
        gzip: takes a body in gzip.
        most_bytes: that one request may carry, before compression.
        atomic_put: readers see a graph that is PUT before or after, never in between.
        atomic_update: the same for all operations of one update request.
        move: the file of the update that puts a staged graph in its place.
        safe_move: that update, sent again after it was done, is an error and changes nothing. Elsewhere it
            empties the graph.
        most_moved: triples of a graph up to which it is staged and moved. A larger one is PUT in its place at
            once.
        merges_equal_values: stores 1, 01, 1.0 and true as one and the same value.
    """

    name: str
    query: tuple[str, ...] = ("",)
    update: str = ""
    data: str = ""
    digest: bool = False
    streams: bool = False
    gzip: bool = False
    most_bytes: int = 8 * _MIB
    atomic_put: bool = False
    atomic_update: bool = False
    move: str = "insert.ru"
    safe_move: bool = False
    most_moved: int | None = None
    merges_equal_values: bool = False

    def replaces_at_once(self, triples: int) -> bool:
        """Whether a graph of so many triples is PUT in its place rather than staged and moved."""
        return self.atomic_put and self.most_moved is not None and triples > self.most_moved


PROFILES: dict[str, Profile] = {
    each.name: each
    for each in (
        Profile(
            "fuseki",
            query=("/sparql", "/query"),
            update="/update",
            data="/data",
            streams=True,
            gzip=True,
            most_bytes=32 * _MIB,
            atomic_put=True,
            atomic_update=True,
            # MOVE loses triples in TDB2 when the target has some: 121 of 20,000, 33 of 100,000 (Fuseki 5.6.0)
            move="insert.ru",
            safe_move=True,
            # TDB2 has six indexes, and moves by writing and deleting in all of them: that takes twice as long
            # as to send the triples (11 s after 5 s for 200,000), and doubles the files on disk
            most_moved=100_000,
        ),
        Profile(
            "virtuoso",
            query=("/sparql", "/sparql-auth"),
            update="/sparql-auth",
            data="/sparql-graph-crud-auth",
            digest=True,
            # killed at five moments of a move it had all of the old or all of the new; a reader saw no more
            atomic_update=True,
            move="move.ru",
            merges_equal_values=True,
        ),
        # GraphDB has the interface of RDF4J
        *(
            Profile(
                name,
                update="/statements",
                data="/rdf-graphs/service",
                streams=True,
                most_bytes=32 * _MIB,
            )
            for name in ("graphdb", "rdf4j")
        ),
        Profile(
            "oxigraph",
            query=("/query", "/sparql"),
            update="/update",
            data="/store",
            streams=True,
            gzip=True,
            most_bytes=32 * _MIB,
            atomic_put=True,
            atomic_update=True,
            safe_move=True,
        ),
        Profile(
            "neptune",
            query=("/sparql",),
            update="/sparql",
            data="/sparql/gsp/",
            most_bytes=32 * _MIB,
            atomic_put=True,
            atomic_update=True,
        ),
        Profile("generic"),
    )
}
