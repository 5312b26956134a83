"""Where the triples of a file are written: file, line and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.corpus.syntax import decompressed
from unpact.errors import DataSyntaxError
from unpact.turtle.blanks import numbered_blanks
from unpact.turtle.index import TripleIndex
from unpact.turtle.keys import LiteralKey, TripleKey
from unpact.turtle.lines import Lines
from unpact.turtle.occurrences import occurrence
from unpact.turtle.positions import Positions
from unpact.turtle.split import Statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

    from unpact.corpus.files import CorpusFile
    from unpact.finding import Place, Term
    from unpact.turtle.keys import Blank, Key
    from unpact.turtle.triples import Span

_WITHOUT_TREE = (".rdf", ".jsonld")
_QUADS = (".nq", ".trig")
_BY_LINE = (".nt", ".nq")
_NUMBER = re.compile(r"n(\d+)\Z")


class Places:
    """The places of one document.

    Turtle, TriG, N-Triples and N-Quads are read as the engine reads them, and only where somebody asks. Of
    RDF/XML and JSON-LD no tree is made: a subject is where its IRI (or the last part of it, in rdf:about,
    rdf:ID or @id) stands for the first time, and so are its triples; blank nodes have no place.

    Args:
        text: the document, without a byte order mark.
        file: what a place calls it.
        base: the IRI that relative ones are resolved against.
        suffix: names the syntax; what is not known is Turtle.
        quads: what the engine made of the document, in its order. It is needed only where blank nodes have
            other names than those that `corpus.syntax.read_quads` gives.
    """

    def __init__(
        self, text: str, *, file: str, base: str, suffix: str = ".ttl", quads: Sequence[Quad] | None = None
    ) -> None:
        self._text = text
        self._file = file
        self._suffix = suffix
        self._quads = quads
        self._statements: Statements | None = None
        if suffix not in _WITHOUT_TREE:
            try:
                cut = Lines if suffix in _BY_LINE else Statements
                self._statements = cut(text, file=file, base=base)
            except DataSyntaxError:
                # whoever parses the file says what is wrong with it; here nothing has a place
                self._statements = None
        self._index = None if self._statements is None else TripleIndex(self._statements)
        self._positions: Positions | None = None
        self._blanks: dict[str, Blank] | list[Blank] | None = None

    def of(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> Place | None:
        """The place of a triple: of its object; or else of its property, or of its subject.

        Args:
            subject: an IRI or a blank node.
            predicate: an IRI; None for the place of the subject as a whole.
            value: None for the place where the property is used for the first time.

        Returns:
            None where the document has no statement about the subject.
        """
        return self._place(self.span(subject, predicate, value, exact=False))

    def span(
        self,
        subject: Term,
        predicate: Term | None = None,
        value: Term | None = None,
        *,
        exact: bool = True,
    ) -> Span | None:
        """The same as offsets in the text, the end just behind the last character.

        Args:
            subject: as in `of`.
            predicate: as in `of`.
            value: as in `of`.
            exact: whether only the triple itself counts; otherwise its property or its subject will do.
        """
        if self._suffix in _WITHOUT_TREE:
            named = subject.value if isinstance(subject, NamedNode) and not (exact and predicate) else None
            return None if named is None else occurrence(self._text, named, self._suffix)
        key = self._key(subject)
        if self._index is None or key is None:
            return None
        used = predicate.value if isinstance(predicate, NamedNode) else None
        wanted = None if value is None else self._key(value)
        found = None
        if used is not None and wanted is not None:
            found = self._index.find(key, used, wanted)
        if found is None and used is not None and (value is None or not exact):
            found = self._index.find(key, used)
        if found is None and (predicate is None or not exact):
            found = self._index.find(key)
        return found

    def prefixes(self, offset: int) -> dict[str, str]:
        """The prefixes that are declared at an offset of the text, with their namespaces."""
        return {} if self._statements is None else self._statements.prologue.prefixes(offset)

    def _place(self, span: Span | None) -> Place | None:
        if span is None:
            return None
        if self._positions is None:
            self._positions = (
                Positions(self._text) if self._statements is None else self._statements.positions
            )
        return self._positions.place(self._file, span)

    def _key(self, term: Term) -> Key | None:
        if isinstance(term, NamedNode):
            return term.value
        if isinstance(term, Literal):
            direction = term.direction
            return LiteralKey(
                term.value,
                term.datatype.value,
                term.language,
                None if direction is None else direction.value,
            )
        if isinstance(term, BlankNode):
            return self._blank(term.value)
        subject, value = self._key(term.subject), self._key(term.object)
        if subject is None or value is None:
            return None
        return TripleKey(subject, term.predicate.value, value)

    def _blank(self, name: str) -> Blank | None:
        if self._index is None or self._statements is None:
            return None
        if self._blanks is None:
            blanks = numbered_blanks(self._statements, self._index.triples, quads=self._suffix in _QUADS)
            if self._quads is None:
                self._blanks = blanks
            else:
                self._blanks = dict(zip(_names(self._quads), blanks, strict=False))
        if isinstance(self._blanks, dict):
            return self._blanks.get(name)
        number = _NUMBER.search(name)
        if number is None or int(number[1]) >= len(self._blanks):
            return None
        return self._blanks[int(number[1])]


def places_of(file: CorpusFile) -> Places:
    """The places of a file that parses; of one that does not, nothing has a place.

    Raises:
        UsageError: when the file cannot be read.
        DataSyntaxError: for a damaged gzip file.
    """
    text = decompressed(file, file.read()).decode("utf-8", errors="replace")
    return Places(text, file=file.relative, base=file.graph_iri, suffix=file.suffix or ".ttl")


def _names(quads: Sequence[Quad]) -> list[str]:
    """The names of the blank nodes by first appearance as a subject or an object."""
    found: dict[str, None] = {}
    for quad in quads:
        for term in (quad.subject, quad.object):
            _collect(term, found)
    return list(found)


def _collect(term: Term, found: dict[str, None]) -> None:
    if isinstance(term, BlankNode):
        found.setdefault(term.value, None)
    elif isinstance(term, Triple):
        _collect(term.subject, found)
        _collect(term.object, found)
