"""Reads triple patterns: terms, property paths, ``[ ... ]`` and ``( ... )``."""

from __future__ import annotations

from unpact.query import algebra as alg
from unpact.query.cursor import Cursor

_CONSTANT_KINDS = ("iri", "pname", "number")
_RDF = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#{}>"


class TriplesParser(Cursor):
    """The part of the grammar from TriplesBlock downwards."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._blank_nodes: dict[str, str] = {}
        self._pending: list[alg.TriplePattern] = []

    def _triples(self) -> alg.Triples:
        outer, self._pending = self._pending, []
        start = self._peek().start
        subject, described = self._node("a subject, FILTER, OPTIONAL, BIND, VALUES or '}'")
        if not (described and self._peek().text in (".", "}")):
            self._properties(subject, self._span(start))
        patterns, self._pending = tuple(self._pending), outer
        if self._peek().text not in (".", "}", "{") and self._peek().kind not in ("word", "end"):
            raise self._fail("'.', ';' or '}'")
        return alg.Triples(patterns)

    def _span(self, start: int) -> alg.Span:
        """From `start` to the end of the last token read."""
        return alg.Span(start, self._tokens[self._position - 1].end)

    def _properties(self, subject: str, subject_span: alg.Span) -> None:
        while True:
            start = self._peek().start
            predicate = self._verb()
            verb_span = self._span(start)
            while True:
                start = self._peek().start
                target, _ = self._node("an object")
                spans = (subject_span, verb_span, self._span(start))
                self._pending.append(alg.TriplePattern(subject, predicate, target, spans))
                if not self._accept(","):
                    break
            if not self._accept(";"):
                return
            while self._accept(";"):
                pass
            if self._peek().text in (".", "}", "]", "{") or self._starts_element():
                return

    def _starts_element(self) -> bool:
        return self._peek().kind == "word" and self._peek().text != "a"

    def _verb(self) -> str | alg.Path:
        if self._peek().kind == "var":
            return alg.variable(self._next().text)
        path = self._choice()
        return path.iri if isinstance(path, alg.Step) else path

    def _choice(self) -> alg.Path:
        parts = [self._chain()]
        while self._accept("|"):
            parts.append(self._chain())
        return parts[0] if len(parts) == 1 else alg.Choice(tuple(parts))

    def _chain(self) -> alg.Path:
        parts = [self._link()]
        while self._accept("/"):
            parts.append(self._link())
        return parts[0] if len(parts) == 1 else alg.Chain(tuple(parts))

    def _link(self) -> alg.Path:
        if self._accept("^"):
            return alg.Inverse(self._link())
        token = self._peek()
        path: alg.Path
        if token.text == "(":
            self._next()
            path = self._choice()
            self._expect(")")
        elif token.text == "!":
            start = self._position
            self._next()
            if self._peek().text == "(":
                self._balanced()
            else:
                self._accept("^")
                if self._peek().kind not in ("iri", "pname") and self._peek().text != "a":
                    raise self._fail("a property")
                self._next()
            path = alg.Negated(alg.text_of(self._tokens[start : self._position]))
        elif token.kind in ("iri", "pname") or token.text == "a":
            self._next()
            path = alg.Step(token.text, alg.Span(token.start, token.end))
        else:
            raise self._fail("a property")
        while self._peek().text in ("*", "+", "?"):
            path = alg.Repeat(path, self._next().text)
        return path

    def _node(self, expected: str) -> tuple[str, bool]:
        """A term, and whether it brought triples of its own, as ``[ ... ]`` and ``( ... )`` do."""
        token = self._peek()
        if token.text == "[":
            self._next()
            name = self._fresh()
            described = self._peek().text != "]"
            if described:
                self._properties(name, alg.Span(token.start, token.end))
            self._expect("]")
            return name, described
        if token.text == "(":
            self._next()
            return self._collection(), True
        return self._term(expected), False

    def _collection(self) -> str:
        head = previous = ""
        while not self._accept(")"):
            start = self._peek().start
            item, _ = self._node("a term or ')'")
            spans = (self._span(start),) * 3
            cell = self._fresh()
            if previous:
                self._pending.append(alg.TriplePattern(previous, _RDF.format("rest"), cell, spans))
            self._pending.append(alg.TriplePattern(cell, _RDF.format("first"), item, spans))
            head, previous = head or cell, cell
        if previous:
            nil = _RDF.format("nil")
            self._pending.append(alg.TriplePattern(previous, _RDF.format("rest"), nil, spans))
        return head or _RDF.format("nil")

    def _fresh(self) -> str:
        name = f"{alg.BLANK}{len(self._blank_nodes)}"
        self._blank_nodes[name] = name
        return name

    def _term(self, expected: str) -> str:
        token = self._peek()
        if token.kind == "var":
            return alg.variable(self._next().text)
        if token.kind == "bnode":
            self._next()
            return self._blank_nodes.setdefault(token.text, f"{alg.BLANK}{len(self._blank_nodes)}")
        if token.kind in _CONSTANT_KINDS or token.upper in ("TRUE", "FALSE"):
            return self._next().text
        if token.text in ("+", "-") and self._peek(1).kind == "number":
            return self._next().text + self._next().text
        if token.kind == "string":
            return self._next().text + self._after_string()
        raise self._fail(expected)

    def _after_string(self) -> str:
        """The language tag or the datatype behind a string, if any."""
        if self._peek().kind == "langtag":
            return self._next().text
        if not self._accept("^^"):
            return ""
        if self._peek().kind not in ("iri", "pname"):
            raise self._fail("a datatype")
        return f"^^{self._next().text}"
