"""The IRIs that unpact mints and the prefixes it writes and accepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What the IRIs of unpact begin with.
BASE = "https://w3id.org/unpact/"
ONTOLOGY = BASE + "ontology"
UNP = ONTOLOGY + "#"
ID = BASE + "id/"
TOPIC = BASE + "topic/"
GRAPH = BASE + "graph/"
SHAPE = BASE + "shape/"
SOURCE = BASE + "source/lasting-partnership/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
SH = "http://www.w3.org/ns/shacl#"
VOID = "http://rdfs.org/ns/void#"

#: Every prefix that queries and CURIEs may use without declaring it.
PREFIXES: dict[str, str] = {
    "unp": UNP,
    "id": ID,
    "topic": TOPIC,
    "s": SOURCE,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "org": ORG,
    "prov": PROV,
    "sh": SH,
}

INFERRED_GRAPH = GRAPH + "inferred"
USER_GRAPH = GRAPH + "user/"
#: In a store that unpact loaded: the graphs that it loaded there, and what they were made from.
MANIFEST_GRAPH = GRAPH + "manifest"
#: What that graph is about.
DATASET = BASE + "dataset"

# The ASCII part of SPARQL's PN_LOCAL that needs no escape: neither dot nor hyphen stands first, nor a dot
# last.
_LOCAL = r"\w(?:[\w.-]*[\w-])?\Z"


def compact(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Write an IRI as a CURIE (`id:pakistan`), or return it unchanged where none of `prefixes` fits.

    The result, if changed, is a valid prefixed name of Turtle and SPARQL 1.1 as it stands.
    """
    best = ""
    found = iri
    for prefix, namespace in prefixes.items():
        # the longest namespace wins, should one namespace ever begin another
        if len(namespace) > len(best) and iri.startswith(namespace) and _is_local(iri[len(namespace) :]):
            best = namespace
            found = f"{prefix}:{iri[len(namespace) :]}"
    return found


def expand(curie: str) -> str | None:
    """The IRI of a CURIE with one of our prefixes; None for anything else (an IRI, a label)."""
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES or not _is_local(local):
        return None
    return PREFIXES[prefix] + local


def prologue() -> str:
    """The `PREFIX` lines for every prefix, ready to stand before a SPARQL query."""
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


def _is_local(text: str) -> bool:
    return re.match(_LOCAL, text, re.ASCII) is not None
