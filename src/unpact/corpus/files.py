"""One file of the corpus: where it is, what it is called, and its bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: RDF syntaxes by suffix; each may also be compressed (`.ttl.gz`).
RDF_SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".jsonld")
COMPRESSED = ".gz"


class CorpusFile(NamedTuple):
    """A file with the named graph that its triples go to.

    Args:
        path: where it is; `-` for the standard input.
        relative: its path in the tree with `/` between the parts, or as the user typed it.
        graph_iri: the named graph of its triples.
        layer: ontology, article, record, shapes, rules, queries or user.
        content: its bytes where they are not to be read from `path` again, as with the standard input.
    """

    path: Path
    relative: str
    graph_iri: str
    layer: str
    content: bytes | None = None

    def read(self) -> bytes:
        """The bytes of the file as they lie on disk.

        Raises:
            UsageError: when the file cannot be read.
        """
        if self.content is not None:
            return self.content
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise unreadable(self.path, error) from None

    def snapshot(self) -> CorpusFile:
        """The same file with its bytes in memory, so that later reads give what was there now."""
        return self._replace(content=self.read())

    @property
    def suffix(self) -> str:
        """The suffix that names the syntax, without that of a compression."""
        name = self.path.name.lower().removesuffix(COMPRESSED)
        return name[name.rfind(".") :] if "." in name else ""

    @property
    def compressed(self) -> bool:
        """Whether the bytes are those of a gzip file."""
        return self.path.name.lower().endswith(COMPRESSED)


def content_hash(files: Iterable[CorpusFile]) -> str:
    """The SHA-256, in hexadecimal, over the names, graphs and contents of the files, in the order given."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read()
        # lengths keep the border between two parts from moving
        digest.update(f"{file.relative}\n{file.graph_iri}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def unreadable(path: Path | str, error: OSError) -> UsageError:
    """The error to raise for a path that the operating system will not let us read."""
    if isinstance(error, FileNotFoundError):
        return UsageError("no such file or directory", where=str(path), hint="Check its spelling.")
    reason = (error.strerror or str(error)).lower()
    return UsageError(f"cannot be read ({reason})", where=str(path), hint="Check its permissions.")
