"""Files that are not RDF as they stand: all of them, and in each that parses every ill-typed literal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from unpact.corpus.lexical import example
from unpact.corpus.syntax import decompressed, ill_typed, read_quads
from unpact.errors import DataSyntaxError
from unpact.finding import Finding, Place, Severity
from unpact.validate.checks import Check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from unpact.corpus import CorpusFile
    from unpact.corpus.syntax import IllTyped

MALFORMED = "syntax/rdf"
"""The check that a file which does not parse fails; nothing more can be said about such a file."""

_LITERAL = "syntax/literal"

SYNTAX_CHECKS = (
    Check(
        MALFORMED,
        Severity.VIOLATION,
        "Files that are RDF",
        "A file keeps to the grammar of its syntax.",
        None,
        None,
        None,
    ),
    Check(
        _LITERAL,
        Severity.VIOLATION,
        "Literals that are well formed",
        "The text of a literal is in the lexical space of its datatype.",
        None,
        None,
        None,
    ),
)
"""What is checked before any shape is asked."""


def syntax_findings(files: Iterable[CorpusFile]) -> list[Finding]:
    """What is wrong with the files before any shape is asked, sorted.

    Raises:
        UsageError: for a file that cannot be read.
    """
    return sorted((found for file in files for found in _of_file(file)), key=lambda found: found.sort_key)


def ill_typed_findings(file: CorpusFile, quads: Iterable[Quad]) -> list[Finding]:
    """The ill-typed literals among the quads that were read from a file."""
    return [_finding(file, wrong) for wrong in ill_typed(quads, decompressed(file, file.read()), file.suffix)]


def _of_file(file: CorpusFile) -> Iterator[Finding]:
    try:
        read_quads(file)
    except DataSyntaxError as error:
        literals = _ill_typed(file)
        if not literals:
            message = f"{error.message}. {error.hint}" if error.hint else error.message
            place = Place(file.relative, error.line, error.column)
            yield Finding(MALFORMED, Severity.VIOLATION, message, place=place)
        for wrong in literals:
            yield _finding(file, wrong)


def _finding(file: CorpusFile, wrong: IllTyped) -> Finding:
    shown = example(wrong.literal.datatype.value)
    advice = (
        f'write it as in "{shown}", or change the datatype' if shown else "correct it or change its datatype"
    )
    return Finding(
        _LITERAL,
        Severity.VIOLATION,
        f"{wrong.problem}: {advice}.",
        wrong.quad.subject,
        wrong.quad.predicate,
        wrong.literal,
        Place(file.relative, wrong.line),
    )


def _ill_typed(file: CorpusFile) -> list[IllTyped]:
    """The ill-typed literals of a file; none when it does not parse at all."""
    try:
        text = decompressed(file, file.read())
        syntax = RdfFormat.from_extension(file.suffix.removeprefix(".")) or RdfFormat.TURTLE
        quads = list(parse(input=text, format=syntax, base_iri=file.graph_iri))
    except (DataSyntaxError, SyntaxError):
        return []
    return ill_typed(quads, text, file.suffix)
