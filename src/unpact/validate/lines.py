"""On which line of a Turtle, N-Triples or N-Quads file a subject, or one of its properties, stands.

A scanner, not a parser: it follows the statements of a file that has been parsed already, and knows strings,
IRIs and comments well enough not to be led astray by what is inside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from unpact.corpus.syntax import decompressed
from unpact.names import RDF

if TYPE_CHECKING:
    from unpact.corpus import CorpusFile

_LINED = (".ttl", ".nt", ".nq", "")
_PIECE = re.compile(
    r"""
      (?P<skip> \s+ | \#[^\n]* )
    | (?P<string> \"{3} (?: \"{0,2} (?:[^"\\]|\\.) )* \"{3} | '{3} (?: '{0,2} (?:[^'\\]|\\.) )* '{3}
                | " (?:[^"\\\n]|\\.)* " | ' (?:[^'\\\n]|\\.)* ' )
    | (?P<iri> <[^<>"{}|^`\s]*> )
    | (?P<word> (?:\\.|[^\s<>"'()\[\]{},;.\#]) (?: \.* (?:\\.|[^\s<>"'()\[\]{},;.]) )* )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_DIRECTIVES = ("@prefix", "@base", "prefix", "base", "@version", "version")
_NUMBERED = re.compile(r"n(\d+)\Z")


@dataclass(slots=True)
class Lines:
    """The lines of one file.

    Args:
        subjects: where the first statement about each IRI begins.
        properties: where each property of a subject is written for the first time.
        brackets: where each `[` stands, in the order of the text.
        plain: false when blank nodes come about in other ways than one `[` at the start of each statement.
    """

    subjects: dict[str, int] = field(default_factory=dict)
    properties: dict[tuple[str, str], int] = field(default_factory=dict)
    brackets: list[int] = field(default_factory=list)
    plain: bool = True

    def of(self, subject: object, predicate: object = None) -> int | None:
        """The line of a property of `subject`, or else that on which its first statement begins."""
        if isinstance(subject, BlankNode):
            return self._of_blank(subject)
        if not isinstance(subject, NamedNode):
            return None
        if isinstance(predicate, NamedNode):
            line = self.properties.get((subject.value, predicate.value))
            if line is not None:
                return line
        return self.subjects.get(subject.value)

    def _of_blank(self, node: BlankNode) -> int | None:
        # the corpus numbers the blank nodes of a file from its top
        number = _NUMBERED.search(node.value)
        if number is None or not self.plain or int(number[1]) >= len(self.brackets):
            return None
        return self.brackets[int(number[1])]


def lines_of(file: CorpusFile) -> Lines:
    """The lines of a file that parses; none for syntaxes in which statements have no lines of their own.

    Raises:
        UsageError: when the file cannot be read.
    """
    if file.suffix not in _LINED:
        return Lines()
    return _Scanner(decompressed(file, file.read()).decode("utf-8")).scan()


class _Scanner:
    """Reads the tokens of a file from the first to the last, keeping track of where in a statement it is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines()
        self._prefixes: dict[str, str] = {}
        self._directive: list[str] = []
        self._depth = 0
        self._subject: str | None = None
        # subject, predicate or object: what comes next at the top level of the statement
        self._expected = "subject"

    def scan(self) -> Lines:
        line = 1
        for match in _PIECE.finditer(self._text):
            kind, word = match.lastgroup or "mark", match[0]
            if kind == "mark":
                self._mark(word, line)
            elif kind in ("iri", "word"):
                self._name(kind, word, line)
            line += word.count("\n")
        return self._lines

    def _mark(self, word: str, line: int) -> None:
        if word in "[(":
            if word == "(" or self._depth or self._expected != "subject":
                self._lines.plain = False
            if word == "[":
                self._lines.brackets.append(line)
            if self._expected == "subject" and not self._depth:
                self._subject, self._expected = None, "predicate"
            self._depth += 1
        elif word in "])":
            self._depth -= 1
        elif self._depth == 0 and word == ".":
            self._expected, self._directive = "subject", []
        elif self._depth == 0 and word == ";":
            self._expected = "predicate"

    def _name(self, kind: str, word: str, line: int) -> None:
        if self._depth:
            return
        if self._directive or (self._expected == "subject" and word.lower() in _DIRECTIVES):
            self._in_directive(word)
            return
        if self._expected == "subject":
            self._lines.plain &= not word.startswith("_:")
            self._subject = self._iri(kind, word)
            if self._subject is not None:
                self._lines.subjects.setdefault(self._subject, line)
            self._expected = "predicate"
        elif self._expected == "predicate":
            predicate = RDF + "type" if word == "a" else self._iri(kind, word)
            if self._subject is not None and predicate is not None:
                self._lines.properties.setdefault((self._subject, predicate), line)
            self._expected = "object"

    def _in_directive(self, word: str) -> None:
        self._directive.append(word)
        keyword = self._directive[0].lower()
        complete = len(self._directive) == (3 if keyword.endswith("prefix") else 2)
        if complete and keyword.endswith("prefix"):
            self._prefixes[self._directive[1].removesuffix(":")] = word[1:-1]
        if complete and not keyword.startswith("@"):
            # the SPARQL form has no full stop
            self._directive = []

    def _iri(self, kind: str, word: str) -> str | None:
        if kind == "iri":
            return word[1:-1]
        prefix, colon, local = word.partition(":")
        if not colon or prefix not in self._prefixes:
            return None
        return self._prefixes[prefix] + local.replace("\\", "")
