"""Put values into a stored query: each ``$name`` token becomes a serialised RDF term, then the text is read
again.

No value is ever pasted into a string, an IRI or a comment, and the bound text must have exactly the tokens
of the template with terms in place of inputs; anything else is refused. The same text then goes to every
engine.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.errors import UsageError
from unpact.query.template import Template, Use, read_inputs, read_template
from unpact.query.terms import Term, to_sparql
from unpact.query.tokens import Token, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unpact.query.stored import StoredQuery

# The same few texts are filled thousands of times where evidence is looked up.
_KEPT = 256
# The tokens of one term.
_TERMS = (["iri"], ["string"], ["string", "langtag"], ["string", "^^", "iri"])


def bind(query: StoredQuery, values: Mapping[str, Sequence[Term]]) -> str:
    """The text of `query` with `values` in place of its inputs; a name that is missing or empty counts as
    not given.

    Lines keep their numbers: a dropped ``# if`` block leaves empty lines. Raises UsageError when a required
    value is missing, a single value is given twice, or a value cannot be written as SPARQL.
    """
    given = {name: tuple(terms) for name, terms in values.items() if terms}
    for parameter in query.parameters:
        if parameter.required and not all(name in given for name in parameter.inputs):
            raise UsageError(
                f"query {query.name} needs a value for {parameter.name!r}: {parameter.help}",
                hint=f"unpact query {query.name} --{parameter.option} ...",
            )
        if not parameter.list and len(given.get(parameter.name, ())) > 1:
            raise UsageError(f"parameter {parameter.name!r} of query {query.name} takes one value only")
    return _fill(query.text, _read_template(query.text, query.path), given, f"query {query.name}")


def fill(text: str, values: Mapping[str, Sequence[Term]]) -> str:
    """Bind the inputs of any query text, with or without a header; the same rules as for `bind`."""
    template = _read_inputs(text)
    return _fill(text, template, {name: tuple(terms) for name, terms in values.items() if terms}, "the query")


@lru_cache(_KEPT)
def _read_template(text: str, path: Path) -> Template:
    return read_template(text, path)


@lru_cache(_KEPT)
def _read_inputs(text: str) -> Template:
    return read_inputs(text, Path("query"))


@lru_cache(_KEPT)
def _code(text: str) -> tuple[Token, ...]:
    return tuple(significant(tokenize(text)))


def _fill(source: str, template: Template, given: Mapping[str, Sequence[Term]], what: str) -> str:
    text, kept = _drop_blocks(source, template, given)
    written = {name: [to_sparql(term) for term in terms] for name, terms in given.items()}
    pieces: list[str] = []
    position = 0
    for use in kept:
        pieces += (text[position : use.token.start], _padded(text, use.token, _written(use, written, what)))
        position = use.token.end
    bound = "".join(pieces) + text[position:]
    _verify(text, kept, bound, written)
    return bound


def _drop_blocks(text: str, template: Template, given: Mapping[str, object]) -> tuple[str, list[Use]]:
    """Blank out, character by character, the lines of blocks whose parameter is missing; offsets stay as
    they were.
    """
    dropped = {
        line
        for block in template.conditions
        if block.name not in given
        for line in range(block.line, block.last + 1)
    }
    lines = [
        " " * len(line) if number in dropped else line for number, line in enumerate(text.split("\n"), 1)
    ]
    return "\n".join(lines), [use for use in template.inputs if use.line not in dropped]


def _written(use: Use, written: Mapping[str, Sequence[str]], what: str) -> str:
    if use.name not in written:
        raise UsageError(f"{what} has no value for ${use.name} (line {use.line})")
    terms = written[use.name]
    if len(terms) == 1:
        return terms[0]
    if use.context is None:
        raise UsageError(f"a list of values cannot stand at ${use.name} in line {use.line} of {what}")
    return (", " if use.context == "," else " ").join(terms)


def _padded(text: str, token: Token, replacement: str) -> str:
    """Keep a term from growing together with its neighbour, as in ``?x <$y`` or ``$x.``."""
    before = text[token.start - 1 : token.start]
    after = text[token.end : token.end + 1]
    left = "" if not before or before in " \t\r\n({," else " "
    right = "" if not after or after in " \t\r\n)}," else " "
    return left + replacement + right


def _verify(template: str, uses: Sequence[Use], bound: str, written: Mapping[str, Sequence[str]]) -> None:
    """The bound text must be the template's tokens, each input replaced by the tokens of its own terms
    only.
    """
    starts = {use.token.start: use for use in uses}
    expected: list[tuple[str, str]] = []
    for token in _code(template):
        use = starts.get(token.start)
        if use is None:
            expected.append((token.kind, token.text))
            continue
        for index, term in enumerate(written[use.name]):
            if index and use.context == ",":
                expected.append(("punct", ","))
            parts = [(part.kind, part.text) for part in tokenize(term)]
            if [text if kind == "punct" else kind for kind, text in parts] not in _TERMS:
                raise UsageError(f"the value {term} cannot be written as one term of a query")
            expected += parts
    if [(token.kind, token.text) for token in significant(tokenize(bound))] != expected:
        raise UsageError("a value would change the query instead of filling its place")
