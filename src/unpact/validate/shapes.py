"""The shapes of some files: what each is called, how bad its findings are, and where it is written.

The id of a check is stable: the folder of its file and the name of its shape, as in `must/treaty-act-date`.
A shape without a name goes by the nearest named one around it. The user's own shapes have no such folders and
go by the name of their file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.corpus.syntax import read_quads
from unpact.finding import Place, Severity
from unpact.names import compact
from unpact.shacl.nesting import named_around
from unpact.shacl.shapes import ShapesGraph, sh
from unpact.validate.checks import Check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Triple

    from unpact.corpus import CorpusFile
    from unpact.shacl.shapes import Shape
    from unpact.shacl.triples import Term
    from unpact.turtle.places import Places

_FOLDER = r"ontology/shapes/(must|should)/"
_FOLDERS = {"must": Severity.VIOLATION, "should": Severity.WARNING}
_SEVERITIES = {
    sh("Violation"): Severity.VIOLATION,
    sh("Warning"): Severity.WARNING,
    sh("Info"): Severity.INFO,
}
_LANGUAGE = "en"


class Shapes:
    """The shapes of some files.

    Args:
        files: Turtle; those under `ontology/shapes/must` and `.../should` have their severity from there.
        data: the files that are validated as they are. One that holds shapes too may have ill-typed literals,
            since these are reported where it is read as data.

    Raises:
        DataSyntaxError: for a file that is not RDF, or an ill-typed literal.
        UsageError: for a file that cannot be read.
    """

    def __init__(self, files: Sequence[CorpusFile], data: Sequence[CorpusFile] = ()) -> None:
        self.files = list(files)
        validated = {file.path for file in data}
        self._of_file: dict[Term, CorpusFile] = {}
        triples: list[Triple] = []
        for file in files:
            quads = read_quads(file, well_typed=file.path not in validated)
            found = [quad.triple for quad in quads]
            for triple in found:
                self._of_file.setdefault(triple.subject, file)
            triples += found
        self.graph = ShapesGraph(triples)
        self._places: dict[str, Places] = {}

    def severity(self, shape: Shape) -> Severity:
        """That of the folder; in a file of the user's own, that of the shape."""
        folder = self._folder(shape.node)
        return _FOLDERS[folder] if folder in _FOLDERS else _SEVERITIES.get(shape.severity, Severity.VIOLATION)

    def check(self, node: Term) -> str:
        """The id of the check that a shape belongs to."""
        named = named_around(self.graph.triples, node)
        name = re.split(r"[#/]", named.value)[-1] if named is not None else "unnamed-shape"
        folder = self._folder(node if named is None else named)
        return f"{folder}/{name or 'unnamed-shape'}"

    def message(self, messages: Sequence[Literal]) -> str | None:
        """The message for English readers among those of a result."""
        texts = [each for each in messages if each.language in (None, _LANGUAGE)] or list(messages)
        return " ".join(min(each.value for each in texts).split()) if texts else None

    def checks(self, *, places: bool = False) -> list[Check]:
        """Every check that can find something, in the order of the files.

        Args:
            places: whether to say where each is written, for which all files are read once more.
        """
        found: dict[str, Check] = {}
        for shape in self._asked():
            if not isinstance(shape.node, NamedNode):
                continue
            identifier = self.check(shape.node)
            place = self.place(shape.node) if places else None
            if identifier not in found:
                found[identifier] = Check(
                    identifier,
                    self.severity(shape),
                    self._text(shape, "name") or compact(shape.node.value),
                    self._text(shape, "description") or self.message(shape.messages) or "",
                    None,
                    None if place is None else place.file,
                    None if place is None else place.line,
                )
        return list(found.values())

    def place(self, node: Term, used: NamedNode | None = None, value: Term | None = None) -> Place | None:
        """Where a shape, or a triple of it, is written."""
        from unpact.turtle.places import places_of

        file = self._of_file.get(node)
        if file is None:
            return None
        if file.graph_iri not in self._places:
            self._places[file.graph_iri] = places_of(file)
        return self._places[file.graph_iri].of(node, used, value) or Place(file.relative)

    def _asked(self) -> Iterator[Shape]:
        """The shapes with targets and those in them, each once."""
        seen: set[Term] = set()
        todo: list[Term] = [shape.node for shape in reversed(self.graph.with_targets())]
        while todo:
            node = todo.pop()
            if node in seen or self.graph.is_deactivated(node):
                continue
            seen.add(node)
            yield self.graph.shape(node)
            todo += reversed(self.graph.triples.objects(node, sh("property")))

    def _folder(self, node: Term) -> str:
        file = self._of_file.get(node)
        if file is None:
            return "shapes"
        found = re.match(_FOLDER, file.relative)
        return found[1] if found else file.path.stem

    def _text(self, shape: Shape, name: str) -> str | None:
        texts = [each for each in self.graph.values(shape, name) if isinstance(each, Literal)]
        return self.message(texts)
