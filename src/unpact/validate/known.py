"""What earlier validations found, kept on disk, so that the next one asks again only what changes can affect.

The answers of a validation are kept under a hash of all that they follow from, and the files of the last one
under what it was asked to validate. The next one compares its files with these, or with those of a revision
of git that was validated before. Whatever is missing or damaged costs a full run and nothing else.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile, ZipInfo

import pyoxigraph
from pyoxigraph import RdfFormat, Triple, parse

from unpact.corpus import CorpusFile, content_hash
from unpact.graph import cache as disk
from unpact.graph.memory import MemoryGraph
from unpact.shacl.again import Known
from unpact.shacl.looks import Changes
from unpact.validate.answers import read, written
from unpact.validate.checked import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from unpact.shacl.engine import Outcome
    from unpact.validate.checked import Checked
    from unpact.validate.shapes import Shapes

#: Bytes of files that are kept for the next run to compare: more take longer to write than asking.
MOST_KEPT = 32 * 1024 * 1024
# a change of more than one triple in so many touches so much that asking everything takes no longer
_FEW = 100


class Earlier(NamedTuple):
    """The validations before this one.

    Args:
        checked: what shapes see now.
        shapes: that are asked.
        rules: by which types are inferred; None for files that are checked as they are.
        asked: what the user asked to validate, in the user's words.
        details: whether results say what the values of `sh:node` fail.
    """

    checked: Checked
    shapes: Shapes
    rules: Sequence[CorpusFile] | None
    asked: str
    details: bool

    def known(self, since: Sequence[CorpusFile] | None) -> Known | None:
        """What is known from a validation of files as they were, or else from the last one.

        Args:
            since: the files of the former; None where only the last one is meant.
        """
        if self.checked.key is None:
            return None
        found = None if since is None else self._of(since)
        if found is None:
            last = self._last()
            found = None if last is None else self._of(last)
        return found

    def keep(self, outcome: Outcome) -> None:
        """Keep what was found, for the validations to come."""
        files = self.checked.files
        # what the reference engine answered alone is not told apart by shapes
        if self.checked.key is None or not outcome.answers:
            return
        if sum(len(file.read()) for file in files) > MOST_KEPT:
            return
        disk.save(self._key(files), written(outcome.answers))
        packed = BytesIO()
        with ZipFile(packed, "w") as archive:
            for file in files:
                entry = ZipInfo(file.graph_iri)
                entry.comment = file.relative.encode()
                archive.writestr(entry, file.read())
        disk.save(self._slot, packed.getvalue())

    def _last(self) -> list[CorpusFile] | None:
        kept = disk.load(self._slot)
        if kept is None:
            return None
        with ZipFile(BytesIO(kept)) as archive:
            return [_unpacked(archive, entry) for entry in archive.infolist()]

    def _of(self, files: Sequence[CorpusFile]) -> Known | None:
        kept = disk.load(self._key(files))
        if kept is None:
            return None
        changed, graph = self._changed(files), self.checked.data.graph
        if changed is None or not isinstance(graph, MemoryGraph) or len(changed) * _FEW > len(graph):
            return None
        return Known(read(kept, self.shapes.graph), Changes(changed))

    def _changed(self, files: Sequence[CorpusFile]) -> set[Triple] | None:
        """The triples by which what shapes see differs from what they saw of these files.

        Returns:
            None where not known: literals were not kept as they were written, or the files were not RDF.
        """
        if self.rules is not None:
            before, after = lines_of(files, self.rules), self.checked.lines()
            return None if before is None else _parsed(set(before.splitlines()) ^ set(after.splitlines()))
        old, new = ({file.graph_iri: file for file in each} for each in (files, self.checked.files))
        same = {name for name, file in old.items() if name in new and file.read() == new[name].read()}
        then, now = (
            {triple for name, file in each.items() if name not in same for triple in _triples(file)}
            for each in (old, new)
        )
        return then ^ now

    def _key(self, files: Sequence[CorpusFile]) -> str:
        """Under which the answers about some files are kept, in whichever order these were read."""
        ordered = sorted(files, key=lambda file: file.graph_iri)
        return self._hash("answers", content_hash(ordered))

    @property
    def _slot(self) -> str:
        """Under which the files of the last validation are kept."""
        return self._hash("last", self.asked)

    def _hash(self, kind: str, of_files: str) -> str:
        from unpact import __version__

        rules = "alone" if self.rules is None else content_hash(self.rules)
        versions = f"{disk.FORMAT} {__version__} {pyoxigraph.__version__}"
        parts = (versions, rules, content_hash(self.shapes.files), str(self.details), of_files)
        return sha256("\n".join(parts).encode()).hexdigest() + f"-{kind}"


def _unpacked(archive: ZipFile, entry: ZipInfo) -> CorpusFile:
    relative = entry.comment.decode()
    return CorpusFile(Path(relative), relative, entry.filename, "kept", archive.read(entry))


def _parsed(lines: Iterable[bytes]) -> set[Triple]:
    return {quad.triple for quad in parse(input=b"\n".join(lines), format=RdfFormat.N_QUADS, lenient=True)}


def _triples(file: CorpusFile) -> Iterable[Triple]:
    from unpact.corpus.syntax import read_quads

    return (quad.triple for quad in read_quads(file, well_typed=False))
