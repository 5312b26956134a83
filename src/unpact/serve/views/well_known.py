"""Descriptions where programs look for them: of the dataset, and of what can be asked."""

from __future__ import annotations

from http import HTTPStatus
from io import StringIO
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse, serialize

from unpact.serve.exchange import Reply, text
from unpact.serve.negotiation import best

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked
    from unpact.serve.site import Site

_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


def void(site: Site, asked: Asked) -> Reply:
    """What is in the data, whose they are and where they can be asked, after VoID and DCAT 3."""
    return _exported(site, asked, "void")


def examples(site: Site, asked: Asked) -> Reply:
    """The examples of the stored queries, and the rules, as SHACL executables in the form of the SIB."""
    return _exported(site, asked, "queries")


def _exported(site: Site, asked: Asked, name: str) -> Reply:
    media_type = best(asked.accept, tuple(_FORMATS))
    if media_type is None:
        sentence = f"This has none of the media types that were asked for. It has {', '.join(_FORMATS)}."
        return text(sentence, HTTPStatus.NOT_ACCEPTABLE)._replace(varies=True)
    turtle = _turtle(site, name)
    if media_type == "text/turtle":
        # as it is written, with short names and in the order of its subjects
        return Reply(turtle, "text/turtle; charset=utf-8", varies=True)
    triples = (quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE))
    return Reply(serialize(triples, format=_FORMATS[media_type]) or b"", media_type, varies=True)


def _turtle(site: Site, name: str) -> bytes:
    from unpact.export.exporter import Exporter
    from unpact.export.formats import FORMATS
    from unpact.export.void import Publication

    # whoever serves other facts than unpact's describes a dataset of their own
    dataset = None if site.settings.source.is_public else f"{site.settings.address}/.well-known/void#dataset"
    publication = Publication(dataset=dataset, endpoint=f"{site.settings.address}/sparql")
    exporter = Exporter(
        site.graph,
        site.knowledge.corpus,
        site.catalogue,
        language=site.settings.source.language,
        publication=publication,
    )
    stream = StringIO()
    exporter.write(FORMATS[name], stream)
    return stream.getvalue().encode()
