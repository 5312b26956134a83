"""The queries that shapes bring: whether they are SPARQL, and name only prefixes that are declared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from unpact.query.cursor import ShapeError
from unpact.query.parse import parse_query
from unpact.query.tokens import place
from unpact.shacl.shapes import sh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Term

_FORMS = {sh("select"): "SELECT", sh("ask"): "ASK"}
# SHACL puts the path of the shape in its place before the query is parsed (section 5.3.2)
_PATH = re.compile(r"[$?]PATH\b")
_SOME_PATH = "<urn:x>"


def malformed_queries(shapes: ShapesGraph) -> Iterator[tuple[Term, NamedNode, Literal, str]]:
    """The texts that are no query of the form wanted: node, property, text and what is wrong."""
    for subject in shapes.triples.subjects_all():
        for predicate, form in _FORMS.items():
            for text in shapes.triples.objects(subject, predicate):
                if isinstance(text, Literal):
                    problem = _problem(text.value, form)
                    if problem is not None:
                        yield subject, predicate, text, problem


def _problem(text: str, form: str) -> str | None:
    text = _PATH.sub(_SOME_PATH, text)
    try:
        query = parse_query(text)
    except ShapeError as error:
        line, column = place(text, error.offset)
        return f"{error}, at line {line}, column {column} of the query"
    return None if query.form == form else f"a {form} query is wanted, and this is {query.form}"
