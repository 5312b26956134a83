"""The texts behind the answers as resources: the stored queries, and the ontology as Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UnknownNameError

if TYPE_CHECKING:
    from pathlib import Path

    from unpact.corpus import Corpus, CorpusFile
    from unpact.query.catalogue import Catalogue

_SCHEME = "unpact://"


class TextResource(NamedTuple):
    """A text with its address."""

    uri: str
    name: str
    title: str
    media_type: str
    file: CorpusFile

    def text(self) -> str:
        """What the file says; raises UsageError when it cannot be read."""
        return self.file.read().decode("utf-8-sig")


class Resources:
    """All resources by their addresses: ``unpact://query/<topic>/<name>`` and ``unpact://ontology/<name>``.

    Args:
        corpus: has the files.
        catalogue: the stored queries of the same corpus.
    """

    def __init__(self, corpus: Corpus, catalogue: Catalogue) -> None:
        files: dict[Path, CorpusFile] = {file.path: file for file in corpus.query_files()}
        queries = (
            TextResource(
                f"{_SCHEME}query/{query.topic}/{query.name}",
                f"{query.topic}/{query.name}",
                query.title,
                "application/sparql-query",
                files[query.path],
            )
            for query in catalogue
        )
        ontology = (
            TextResource(
                f"{_SCHEME}ontology/{file.path.stem}",
                file.path.name,
                f"The ontology as Turtle: {file.path.name}",
                "text/turtle",
                file,
            )
            for file in corpus.ontology_files()
        )
        self._known = {resource.uri: resource for resource in (*queries, *ontology)}

    def all(self) -> list[TextResource]:
        """Every resource, queries first."""
        return list(self._known.values())

    def find(self, uri: str) -> TextResource:
        """The resource at an address; raises UnknownNameError."""
        if uri not in self._known:
            raise UnknownNameError(f"there is no resource {uri!r}")
        return self._known[uri]
