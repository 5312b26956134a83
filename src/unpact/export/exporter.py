"""Writes a selection of a graph in any format."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import NamedNode

from unpact.errors import UnknownNameError, UsageError
from unpact.export.content import Content, select, store_of
from unpact.export.selection import Selection, layers_of
from unpact.export.void import Publication
from unpact.names import compact, expand
from unpact.query.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyoxigraph import Quad, Store

    from unpact.corpus import Corpus
    from unpact.export.formats import Format
    from unpact.export.pictures import Picture
    from unpact.export.things import Things
    from unpact.export.void import Distribution
    from unpact.graph.interface import Graph
    from unpact.query.catalogue import Catalogue

_STATED = ("data",)


class Exporter:
    """A selection of a graph, to be written.

    Args:
        graph: any; one that is behind a service is copied once.
        corpus: where shapes and rules come from.
        queries: the stored ones.
        selection: what is exported.
        language: of names in tables and pictures.
        publication: what a description says beside what is counted.

    Raises:
        UnknownNameError, AmbiguousNameError: for a graph, a thing or a class in the selection, when it is
            first needed.
        UsageError: for a part that there is not.
    """

    def __init__(
        self,
        graph: Graph,
        corpus: Corpus,
        queries: Catalogue,
        selection: Selection = Selection(),  # noqa: B008 - a named tuple does not change
        *,
        language: str = "en",
        publication: Publication = Publication(),  # noqa: B008 - likewise
    ) -> None:
        layers_of(selection.parts)
        self.publication = publication
        self._graph = graph
        self._corpus = corpus
        self._queries = queries
        self._selection = selection
        self._language = language
        self._contents: dict[frozenset[str], Content] = {}
        self._things: dict[frozenset[str], Things] = {}

    def is_empty(self, form: Format) -> bool:
        """Whether the selection has no triple for a format that is made of triples."""
        return bool(form.parts) and self._content(form).is_empty()

    def write(self, form: Format, stream: TextIO, files: Sequence[Distribution] = ()) -> None:
        """Write one file.

        Args:
            form: the format; not one of a whole folder.
            stream: opened as UTF-8, with newlines left as they are.
            files: the distributions that a description names.

        Raises:
            UsageError: for what the format has no place for.
        """
        # each is imported only when it is wanted
        match form.name:
            case "ttl" | "trig":
                from unpact.export import turtle

                (turtle.write_ttl if form.name == "ttl" else turtle.write_trig)(self._content(form), stream)
            case "nt" | "nq":
                from unpact.export import lines

                (lines.write_nt if form.name == "nt" else lines.write_nq)(self._content(form), stream)
            case "rdfxml":
                from unpact.export.rdfxml import write_rdfxml

                write_rdfxml(self._content(form), stream)
            case "jsonld" | "context":
                self._write_json(form, stream)
            case "graphml":
                from unpact.export.graphml import write_graphml

                write_graphml(self._of_things(form), stream)
            case "dot" | "mermaid":
                from unpact.export import pictures

                write = pictures.write_dot if form.name == "dot" else pictures.write_mermaid
                write(self.picture(form), stream)
            case "queries":
                self._write_queries(stream)
            case "void":
                from unpact.export.void import write_void

                write_void(self._content(form), self._graph, stream, self.publication, files)
            case _:
                raise UsageError(f"{form.name} is a folder of files", hint="Name a folder with -o FOLDER.")

    def write_folder(self, folder: Path, form: Format) -> None:
        """Write the files of a format that has many into an empty folder."""
        from unpact.export.tables import write_tables
        from unpact.export.void import package_of

        write_tables(self._of_things(form), self._graph, folder, package_of(self._graph, self.publication))

    def picture(self, form: Format) -> Picture:
        """What a picture shows."""
        from unpact.export.pictures import picture_of

        return picture_of(self._of_things(form))

    def _write_json(self, form: Format, stream: TextIO) -> None:
        from unpact.export.context import context_of
        from unpact.export.jsonld import write_context, write_jsonld

        context = context_of(self._graph)
        if form.name == "context":
            write_context(context, stream)
        else:
            write_jsonld(self._content(form), context, stream)

    def _write_queries(self, stream: TextIO) -> None:
        from unpact.export.queries import write_queries

        write_queries(
            self._queries, self._corpus.rule_files(), self._graph, stream, self.publication.endpoint
        )

    def _content(self, form: Format) -> Content:
        chosen = self._selection.parts or (("all",) if self._selection.graphs else form.parts)
        layers = layers_of(chosen)
        if layers not in self._contents:
            self._contents[layers] = Content(
                self._store,
                layers,
                extra=self._shapes if "shapes" in layers else (),
                graphs=self._selection.graphs,
                things=self._subjects,
            )
        return self._contents[layers]

    def _of_things(self, form: Format) -> Things:
        from unpact.export.things import Things

        layers = layers_of(self._selection.parts or form.parts)
        if layers not in self._things:
            self._things[layers] = Things(self._content(form), self._graph, self._language)
        return self._things[layers]

    @cached_property
    def _store(self) -> Store:
        return store_of(self._graph)

    @cached_property
    def _shapes(self) -> list[Quad]:
        from unpact.corpus.syntax import read_quads

        return [quad for file in self._corpus.shape_files() for quad in read_quads(file)]

    @cached_property
    def _subjects(self) -> frozenset[NamedNode] | None:
        """The things that the selection is about; None for all."""
        found: list[frozenset[NamedNode]] = []
        if self._selection.about:
            from unpact.export.neighbourhood import neighbourhood

            resolver = Resolver(self._graph)
            centres = [resolver.resolve(name) for name in self._selection.about]
            stated = Content(self._store, layers_of(_STATED))
            found.append(neighbourhood(stated.triples(), centres, self._selection.depth))
        if self._selection.classes:
            found.append(frozenset().union(*map(self._instances, self._selection.classes)))
        return frozenset.intersection(*found) if found else None

    def _instances(self, name: str) -> frozenset[NamedNode]:
        iri = name if "://" in name else expand(name if ":" in name else f"unp:{name}")
        rows = [] if iri is None else list(select(self._graph, "instances", classes=[NamedNode(iri)]))
        found = frozenset(thing for (thing,) in rows if isinstance(thing, NamedNode))
        if not found:
            raise UnknownNameError(f"nothing is in a class {name!r}", suggestions=self._classes_like(name))
        return found

    def _classes_like(self, name: str) -> list[str]:
        import difflib

        rows = select(self._graph, "classes")
        names = [compact(kind.value) for (kind,) in rows if isinstance(kind, NamedNode)]
        known = {short.removeprefix("unp:"): None for short in sorted(names)}
        return difflib.get_close_matches(name, known, n=3, cutoff=0.5)
