"""The files that mends are written to: which of them may be written, and what is to stand where in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Quad

from unpact.corpus.syntax import decompressed, read_quads
from unpact.errors import DataSyntaxError, UsageError
from unpact.turtle import terminals
from unpact.turtle.edit import Edit, apply_edits, written
from unpact.turtle.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Triple

    from unpact.corpus import Corpus, CorpusFile
    from unpact.validate.fix.trials import Mend

    Edits = dict[Path, tuple[Edit, ...]]

_STDIN = "-"
_WRITTEN = (".ttl", ".trig", ".nt", ".nq")
_INSTALLED = ("site-packages", "dist-packages", "_corpus")
_QUOTED = re.compile(terminals.STRING, re.DOTALL)


def editable_files(files: Iterable[CorpusFile], corpus: Corpus) -> list[CorpusFile]:
    """The files that somebody who validates these may want to have mended.

    Args:
        files: that were validated; the user's own, if there are any, are the only ones.
        corpus: the bundled tree.

    Raises:
        UsageError: when there are none of the user's own, and the bundled tree is an installed one.
    """
    known = list(files)
    own = [file for file in known if file.layer == "user"]
    if own:
        return own
    if any(part in _INSTALLED for part in corpus.root.resolve().parts):
        raise UsageError(
            "the data that is installed with unpact is not mended",
            where=str(corpus.root),
            hint="Name your own files, or work in a copy of the repository.",
        )
    return known


class Documents:
    """The files of a validation, with those of their triples that may have to be mended.

    Args:
        files: that were validated, with their contents.
        editable: those that may be written.
        wanted: the triples that something is wrong with.

    Raises:
        DataSyntaxError: for a file that is not RDF.
    """

    def __init__(
        self, files: Iterable[CorpusFile], editable: Iterable[CorpusFile], wanted: Iterable[Triple]
    ) -> None:
        sought = set(wanted)
        self.files = list(files)
        self._holding: dict[Triple, list[CorpusFile]] = {}
        for file in self.files:
            for triple in dict.fromkeys(quad.triple for quad in read_quads(file)):
                if triple in sought:
                    self._holding.setdefault(triple, []).append(file)
        own = list(editable)
        self._left_alone = {_path(file): reason for file in own if (reason := _reason(file)) is not None}
        # a file may be there twice, as one of the tree and as one that the user named
        self._open = {_path(file) for file in own} - self._left_alone.keys()

    def can_mend(self, triple: Triple) -> bool:
        """Whether each file that has a triple may be written."""
        held = self._holding.get(triple, ())
        return bool(held) and all(_path(file) in self._open for file in held)

    def notes(self, triples: Iterable[Triple]) -> list[str]:
        """Which of the user's files cannot be written although they have some of these triples."""
        found: dict[str, None] = {}
        for triple in triples:
            for file in self._holding.get(triple, ()):
                reason = self._left_alone.get(_path(file))
                if reason is not None:
                    name = "the standard input" if file.relative == _STDIN else file.relative
                    found[f"{name} is left as it is, since {reason}"] = None
        return list(found)

    def writable(self, mends: Iterable[Mend]) -> list[Mend]:
        """The mends that can be made without changing anything else that the files say.

        Raises:
            DataSyntaxError: for a file that is not RDF.
        """
        asked = list(mends)
        refused = {
            mend
            for file, its_mends in self._by_file(asked)
            if not _is_clean(file, its_mends)
            for mend in its_mends
            if not _is_clean(file, [mend])
        }
        return [mend for mend in asked if mend not in refused]

    def edits(self, mends: Iterable[Mend]) -> Edits:
        """The edits of each file that make some mends, by its path."""
        found: dict[Path, set[Edit]] = {}
        for file, its_mends in self._by_file(mends):
            found.setdefault(_path(file), set()).update(_edits(file, its_mends))
        return {path: tuple(sorted(edits)) for path, edits in found.items()}

    def paths(self, mend: Mend) -> set[Path]:
        """Where the triple of a mend is written."""
        return {_path(file) for file in self._holding.get(mend.triple, ())}

    def with_edits(self, edits: Edits) -> list[CorpusFile]:
        """All files, with their contents as some edits leave them."""
        return [
            file._replace(content=apply_edits(text_of(file), edits[_path(file)]).encode())
            if _path(file) in edits
            else file
            for file in self.files
        ]

    def named(self, path: Path) -> CorpusFile:
        """The file at a path, as the user named it where there is a choice."""
        return [file for file in self.files if _path(file) == path][-1]

    def _by_file(self, mends: Iterable[Mend]) -> list[tuple[CorpusFile, list[Mend]]]:
        found: dict[str, tuple[CorpusFile, list[Mend]]] = {}
        for mend in mends:
            for file in self._holding.get(mend.triple, ()):
                found.setdefault(file.graph_iri, (file, []))[1].append(mend)
        return list(found.values())


def text_of(file: CorpusFile) -> str:
    """The text of a file that is not compressed, with its byte order mark if it has one."""
    return file.read().decode("utf-8")


def _path(file: CorpusFile) -> Path:
    return file.path if file.relative == _STDIN else file.path.resolve()


def _reason(file: CorpusFile) -> str | None:
    """Why nothing is written to a file; None where something may be."""
    if file.relative == _STDIN:
        return "only files can be mended"
    if file.compressed:
        return "it is compressed"
    if file.suffix not in _WRITTEN:
        return "only Turtle, TriG, N-Triples and N-Quads can be mended"
    return None


def _edits(file: CorpusFile, mends: Sequence[Mend]) -> list[Edit]:
    """The edits wherever the triples are written, which may be more than once."""
    text = text_of(file)
    edits: list[Edit] = []
    while True:
        content = decompressed(file, apply_edits(text, edits).encode()).decode()
        mark = len(apply_edits(text, edits)) - len(content)
        places = Places(content, file=file.relative, base=file.graph_iri, suffix=file.suffix)
        found = [edit for mend in mends if (edit := _edit(content, places, mend)) is not None]
        if not found:
            return sorted(edits)
        edits += [_before(each, mark, edits) for each in sorted(set(found))]


def _before(edit: Edit, mark: int, made: Sequence[Edit]) -> Edit:
    """An edit of a text in which others are made, as an edit of the text without them."""
    start = edit.start + mark
    moved = 0
    for other in sorted(made):
        if other.start + moved >= start:
            break
        moved += len(other.replacement) - (other.end - other.start)
    return Edit(start - moved, edit.end + mark - moved, edit.replacement)


def _edit(text: str, places: Places, mend: Mend) -> Edit | None:
    triple, (literal, tag) = mend
    span = places.span(triple.subject, triple.predicate, triple.object)
    if span is None or not isinstance(triple.object, Literal):
        return None
    start, end = span
    like = text[start:end]
    prefixes = places.prefixes(start)
    quoted = _QUOTED.match(like)
    if quoted is None:
        return Edit(start, end, written(literal, like=like, prefixes=prefixes))
    marks = quoted[0]
    if literal.value != triple.object.value:
        # what stands behind the text stays as its author wrote it
        return Edit(start, start + len(marks), written(Literal(literal.value), like=marks))
    bare = (
        Literal("", datatype=literal.datatype)
        if literal.language is None
        else Literal("", language=literal.language)
    )
    behind = written(bare, like=f'""@{tag}', prefixes=prefixes).removeprefix('""')
    return Edit(start + len(marks), end, behind)


def _is_clean(file: CorpusFile, mends: Sequence[Mend]) -> bool:
    """Whether the file with its edits says what it said before, but for some mends."""
    instead = {mend.triple: mend.mended for mend in mends}
    wanted = {
        Quad(mended.subject, mended.predicate, mended.object, quad.graph_name)
        if (mended := instead.get(quad.triple)) is not None
        else quad
        for quad in read_quads(file)
    }
    try:
        return wanted == set(read_quads(file, apply_edits(text_of(file), _edits(file, mends)).encode()))
    except DataSyntaxError:
        return False
