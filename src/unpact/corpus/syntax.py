"""Reads RDF files into quads; refuses what is not RDF and literals that their datatype does not allow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from unpact.corpus.lexical import example, is_well_typed
from unpact.errors import DataSyntaxError
from unpact.names import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from unpact.corpus.files import CorpusFile

    _Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

#: The engine's name of each syntax, by the suffix of a file.
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
#: A byte order mark in UTF-8, which some editors put first.
BOM = b"\xef\xbb\xbf"
_ENGINE_POSITION = re.compile(r"\AParser error (?:at line \d+|between line \d+)[^:]*: ")
# what stands around a literal in the Turtle family of syntaxes: comments and IRIs are stepped over
_LEXER = re.compile(
    r"""
      (?P<skip> \#[^\n]* | <[^<>"{}|^`\\\s]*> )
    | (?P<long> \"{3} (?: \"{0,2} (?:[^"\\]|\\.) )* \"{3} | '{3} (?: '{0,2} (?:[^'\\]|\\.) )* '{3} )
      (?: \s*\^\^\s* (?P<long_type> [^\s,;\])}>]+ ) )?
    | (?P<short> " (?:[^"\\\n]|\\.)* " | ' (?:[^'\\\n]|\\.)* ' )
      (?: \s*\^\^\s* (?P<short_type> [^\s,;\])}>]+ ) )?
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class IllTyped(NamedTuple):
    """A literal outside the lexical space of its datatype, with its quad and, if known, its line."""

    quad: Quad
    literal: Literal
    line: int | None

    @property
    def problem(self) -> str:
        """What is wrong, in words."""
        return f'"{self.literal.value}" is not a valid xsd:{self.literal.datatype.value.removeprefix(XSD)}'


def read_quads(file: CorpusFile, content: bytes | None = None, *, well_typed: bool = True) -> list[Quad]:
    """The quads of a file, in its order, in the file's own graph, after which its blank nodes are named.

    Args:
        file: names the syntax by its suffix; the standard input is Turtle.
        content: the bytes of the file, if they were read already.
        well_typed: whether a literal outside the lexical space of its datatype is refused.

    Raises:
        DataSyntaxError: for syntax that its standard does not allow, or an ill-typed literal.
        UsageError: when the file cannot be read.
    """
    text = decompressed(file, file.read() if content is None else content)
    quads = parsed(file, text)
    wrong = ill_typed(quads, text, file.suffix) if well_typed else []
    if wrong:
        shown = example(wrong[0].literal.datatype.value)
        more = f" ({len(wrong)} such literals in this file)" if len(wrong) > 1 else ""
        raise DataSyntaxError(
            wrong[0].problem + more,
            path=file.relative if file.layer == "user" else file.path,
            line=wrong[0].line,
            hint=f'Write it as in "{shown}", or change the datatype.' if shown else "Correct the value.",
        )
    return quads


def decompressed(file: CorpusFile, content: bytes) -> bytes:
    """The RDF text in the bytes of a file: unpacked if compressed, without a byte order mark.

    Raises:
        DataSyntaxError: for a damaged gzip file.
    """
    if file.compressed:
        import gzip
        import zlib

        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error) as error:
            raise damaged(file, error) from None
    return content.removeprefix(BOM)


def damaged(file: CorpusFile, error: Exception) -> DataSyntaxError:
    """What is wrong with a compressed file, as a sentence."""
    reason = str(error).lower() or "it is damaged"
    return DataSyntaxError(f"this is not a whole gzip file: {reason}", path=file.path)


def ill_typed(quads: Iterable[Quad], text: bytes, suffix: str = ".ttl") -> list[IllTyped]:
    """The literals outside the lexical space of their datatype, in the order of the quads.

    Args:
        quads: what was parsed from `text`.
        text: the source; the line of each literal is looked up in it.
        suffix: of the file; RDF/XML and JSON-LD give no lines.
    """
    found = [
        (quad, literal)
        for quad in quads
        for literal in _literals(quad.object)
        if not is_well_typed(literal.value, literal.datatype.value)
    ]
    if not found:
        return []
    lines = {} if suffix in (".rdf", ".jsonld") else _typed_string_lines(text.decode())
    taken: dict[tuple[str, str], int] = {}
    report = []
    for quad, literal in found:
        written = (literal.value, literal.datatype.value.removeprefix(XSD))
        places = lines.get(written, [])
        # the parser gives literals in the order of the text, so the next place is the next literal's
        at = taken.get(written, 0)
        taken[written] = at + 1
        report.append(IllTyped(quad, literal, places[min(at, len(places) - 1)] if places else None))
    return report


def parsed(file: CorpusFile, text: bytes) -> list[Quad]:
    """The quads of a text in the syntax of a file, as `read_quads` gives them.

    Args:
        file: names the syntax, the graph and the blank nodes.
        text: unpacked, without a byte order mark.

    Raises:
        DataSyntaxError: for syntax that its standard does not allow.
    """
    graph = NamedNode(file.graph_iri)
    named = _namer(file)
    return [
        Quad(
            named(quad.subject),  # type: ignore[arg-type]
            quad.predicate,
            named(quad.object),
            graph if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name,
        )
        for quad in _engine_quads(file, text)
    ]


def read_triples(file: CorpusFile) -> Iterator[Triple]:
    """The triples of the quads that `read_quads` gives, one after another, ill-typed literals and all.

    Raises:
        DataSyntaxError: for syntax that its standard does not allow.
        UsageError: when the file cannot be read.
    """
    named = _namer(file)
    for quad in _engine_quads(file, decompressed(file, file.read())):
        triple = quad.triple
        subject, predicate, value = triple
        # most triples have nothing to name, and to make them anew would take longer than to read them
        if isinstance(subject, BlankNode) or isinstance(value, BlankNode | Triple):
            yield Triple(named(subject), predicate, named(value))  # type: ignore[arg-type]
        else:
            yield triple


def syntax_of(file: CorpusFile) -> RdfFormat:
    """The syntax that the name of a file tells; Turtle where it tells none."""
    return FORMATS[file.suffix or ".ttl"]


def _engine_quads(file: CorpusFile, text: bytes) -> Iterator[Quad]:
    try:
        yield from parse(input=text, format=syntax_of(file), base_iri=file.graph_iri)
    except SyntaxError as error:
        raise syntax_error(file, error, empty=not text.strip()) from None


def _namer(file: CorpusFile) -> Callable[[_Term], _Term]:
    """Names blank nodes counted from the top of the file: alike in every run, and different in every file."""
    names: dict[str, BlankNode] = {}
    label = _label(file.graph_iri)

    def named(term: _Term) -> _Term:
        if isinstance(term, BlankNode):
            return names.setdefault(term.value, BlankNode(f"{label}n{len(names)}"))
        if isinstance(term, Triple):
            return Triple(named(term.subject), term.predicate, named(term.object))  # type: ignore[arg-type]
        return term

    return named


def syntax_error(file: CorpusFile, error: SyntaxError, *, empty: bool = False) -> DataSyntaxError:
    """What the engine found wrong with a file, as a sentence with its place.

    Args:
        file: that it read.
        error: of the engine.
        empty: whether there is nothing in the file at all.
    """
    path: Path | str = file.relative if file.layer == "user" else file.path
    problem = _ENGINE_POSITION.sub("", error.msg or str(error))
    hint = "Correct the line and try again."
    if "LoadDocumentCallback" in problem:
        problem, hint = "its JSON-LD context lies on the network", "Write the context into the file."
    line, column = error.lineno or None, error.offset or None
    if line is None:
        hint = "Correct the file and try again."
    if empty:
        problem = "the file is empty"
    return DataSyntaxError(problem[:1].lower() + problem[1:], path=path, line=line, column=column, hint=hint)


def _label(graph_iri: str) -> str:
    import hashlib

    return "b" + hashlib.sha256(graph_iri.encode()).hexdigest()[:8]


def _literals(term: object) -> Iterator[Literal]:
    if isinstance(term, Literal):
        yield term
    elif isinstance(term, Triple):
        yield from _literals(term.object)


def _typed_string_lines(text: str) -> dict[tuple[str, str], list[int]]:
    """The lines on which strings with a datatype begin, by unescaped value and local name of the datatype."""
    lines: dict[tuple[str, str], list[int]] = {}
    line, counted = 1, 0
    for match in _LEXER.finditer(text):
        kind = match.lastgroup
        if kind not in ("long_type", "short_type"):
            continue
        line += text.count("\n", counted, match.start())
        counted = match.start()
        width = 3 if kind == "long_type" else 1
        quoted = match["long"] if width > 1 else match["short"]
        datatype = re.split(r"[#:]", match[kind].rstrip("."))[-1]
        lines.setdefault((_ESCAPE.sub(_unescaped, quoted[width:-width]), datatype), []).append(line)
    return lines


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return _ESCAPED.get(match[3], match[3])
