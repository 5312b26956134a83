"""N-Triples into a store: the engine reads most lines by itself, and only some are looked at here.

A triple of N-Triples is a line. One with blank nodes needs the names that these have in every run, and of one
with a literal that is ill-typed, or that the store does not keep as it is written, something has to be said.
To make Python objects of all the others takes longer than the rest of reading.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple

from unpact.corpus.lexical import is_well_typed
from unpact.corpus.syntax import decompressed, parsed, read_quads, read_triples
from unpact.errors import DataSyntaxError
from unpact.shacl.folding import folded_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from unpact.corpus import CorpusFile

_ALWAYS = (re.compile(rb"_:"), re.compile(rb"<<"))
_DATATYPE = re.compile(rb'\^\^(?:<[^<>"\\\x00-\x20]*+>)?')
# a literal from the character before it: what stands behind a backslash, or holds one, is not one for certain
_TYPED = re.compile(rb'[ \t>]"([^"\\\r\n]*+)"\^\^<([^<>"\\\x00-\x20]++)>')


class Loaded(NamedTuple):
    """Files in a store.

    Args:
        store: each file is a graph of its own; triples with triples inside are left out.
        seen: by file, in its order, the quads that were looked at: all that have an ill-typed literal, or one
            that the store does not keep as it is written, or keeps as it keeps such a one.
        triples: gives the triples of all files as they are written.
    """

    store: Store
    seen: list[list[Quad]]
    triples: Callable[[], Iterator[Triple]]


def load_files(files: Sequence[CorpusFile]) -> Loaded:
    """Files in a store, as they are.

    Args:
        files: with their contents at hand.

    Raises:
        DataSyntaxError: for a file that is not RDF.
        UsageError: for a file that cannot be read.
    """
    if all(file.suffix == ".nt" for file in files):
        # who reads such a file as a whole says best what is wrong with it
        with suppress(DataSyntaxError, SyntaxError):
            return _by_line(files, [decompressed(file, file.read()) for file in files])
    seen = [read_quads(file, well_typed=False) for file in files]

    def triples() -> Iterator[Triple]:
        return plain_triples(quad.triple for quads in seen for quad in quads)

    store = Store()
    store.extend(quad for quads in seen for quad in quads if is_plain(quad))
    return Loaded(store, seen, triples)


def _by_line(files: Sequence[CorpusFile], texts: Sequence[bytes]) -> Loaded:
    remarkable = _remarkable(dict.fromkeys(written for text in texts for _, written in _typed(text)))
    store = Store()
    seen = []
    for file, text in zip(files, texts, strict=True):
        plain, others = _parted(text, _marks(text, remarkable))
        quads = parsed(file, others)
        store.load(plain, RdfFormat.N_TRIPLES, to_graph=NamedNode(file.graph_iri))
        store.extend(quad for quad in quads if is_plain(quad))
        seen.append(quads)

    def triples() -> Iterator[Triple]:
        return plain_triples(triple for file in files for triple in read_triples(file))

    return Loaded(store, seen, triples)


def _typed(text: bytes) -> Iterator[tuple[int, bytes]]:
    """Where a datatype stands, and what is written from before its literal to its end."""
    for match in _DATATYPE.finditer(text):
        at = match.start()
        line = text.rfind(b"\n", 0, at) + 1
        # the quotation mark that closes the literal is right before the datatype, if nothing is unusual
        opening = text.rfind(b'"', line, max(line, at - 1))
        yield at, text[max(line, opening - 1, 0) : match.end()]


def _remarkable(written: Iterable[bytes]) -> AbstractSet[bytes]:
    """Those of some literals that are not as plain as the others, and whatever may be no literal at all."""
    literals = {each: _literal(each) for each in written}
    folded = folded_of(each for each in literals.values() if each is not None)
    # "1" is kept as it is written, but the same as "01"
    suspect = {*folded, *folded.values()}
    return {each for each, literal in literals.items() if literal is None or _is_wrong(literal, suspect)}


def _is_wrong(literal: Literal, suspect: AbstractSet[Literal]) -> bool:
    return literal in suspect or not is_well_typed(literal.value, literal.datatype.value)


def _literal(written: bytes) -> Literal | None:
    found = _TYPED.fullmatch(written)
    try:
        return None if found is None else Literal(found[1].decode(), datatype=NamedNode(found[2].decode()))
    except ValueError:
        return None


def _marks(text: bytes, remarkable: AbstractSet[bytes]) -> list[int]:
    """Where something stands because of which its line has to be looked at; may be in a string or comment."""
    # each by itself is found many times quicker than both at once
    marks = [match.start() for mark in _ALWAYS for match in mark.finditer(text)]
    if remarkable:
        marks += [at for at, written in _typed(text) if written in remarkable]
    return sorted(marks)


def _parted(text: bytes, marks: Iterable[int]) -> tuple[bytes, bytes]:
    """The lines without a mark, and those with one."""
    plain, others = [], []
    done = 0
    for mark in marks:
        if mark >= done:
            start = text.rfind(b"\n", done, mark) + 1 or done
            end = text.find(b"\n", mark) + 1 or len(text)
            plain.append(text[done:start])
            others.append(text[start:end])
            done = end
    plain.append(text[done:])
    return b"".join(plain), b"".join(others)


def plain_triples(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples without triples inside: SHACL is defined for RDF 1.1, which has none."""
    return (triple for triple in triples if is_plain(triple))


def is_plain(found: Triple | Quad) -> bool:
    """Whether neither end is a triple itself."""
    return not isinstance(found.subject, Triple) and not isinstance(found.object, Triple)
