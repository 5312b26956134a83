"""The text of a stored query seen as a template: its inputs ``$name``, its optional blocks and its outputs.

An optional parameter keeps its lines between ``# if $name`` and ``# end``; both are comments, so the file
is valid SPARQL as it stands. The blocks are found among the comment tokens, never by searching the raw
text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from unpact.query.faults import StoredQueryError
from unpact.query.tokens import Token, place, significant, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_IF = re.compile(r"#[ \t]*if[ \t]+\$([A-Za-z_][A-Za-z0-9_]*)[ \t]*\Z")
_END = re.compile(r"#[ \t]*end[ \t]*\Z")
_LOOKS_LIKE_IF = re.compile(r"#[ \t]*if\b.*\$")
_PROLOGUE_WORDS = ("PREFIX", "BASE", "VERSION")


class Use(NamedTuple):
    """One place where ``$name`` stands.

    `context` says how a list may be written there: "," inside ``IN (...)``, " " inside ``VALUES ?x {...}``,
    else None. `conditions` are the names of the ``# if`` blocks around it.
    """

    name: str
    line: int
    token: Token
    context: str | None
    conditions: frozenset[str]


class Block(NamedTuple):
    """The lines between ``# if $name`` (at `line`) and ``# end`` (at `last`), both included."""

    name: str
    line: int
    last: int


class Template(NamedTuple):
    """What the binder and the header check need to know of a query text."""

    tokens: tuple[Token, ...]
    inputs: tuple[Use, ...]
    conditions: tuple[Block, ...]
    outputs: tuple[str, ...] = ()


def read_template(text: str, path: Path) -> Template:
    """Find inputs, blocks and outputs of a stored query.

    Raises StoredQueryError when the query is not a SELECT that names its columns, uses one name both as
    ``?x`` and ``$x`` (in SPARQL these are one variable), leaves a block open, or writes an input where its
    value would change the query.
    """
    template = read_inputs(text, path)
    return template._replace(outputs=tuple(_outputs(text, significant(template.tokens), path)))


def read_inputs(text: str, path: Path) -> Template:
    """The same for any kind of query, without its outputs."""
    tokens = tokenize(text)
    code = significant(tokens)
    blocks = _blocks(text, tokens, path)
    inputs = tuple(_inputs(text, code, blocks, path))
    names = {use.name for use in inputs}
    for token in code:
        line = place(text, token.start)[0]
        if token.kind == "var" and token.text[0] == "?" and token.text[1:] in names:
            name = token.text[1:]
            raise StoredQueryError(
                path,
                line,
                f"?{name} and ${name} are the same variable in SPARQL",
                "Give the output another name.",
            )
        if token.kind == "iri" and ":" not in token.text and re.search(r"[?$]", token.text):
            raise StoredQueryError(
                path,
                line,
                f"{token.text} is read as an IRI",
                "Put blanks around the signs < and > in comparisons.",
            )
    return Template(tuple(tokens), inputs, tuple(blocks))


def _blocks(text: str, tokens: Sequence[Token], path: Path) -> list[Block]:
    found: list[Block] = []
    open_blocks: list[tuple[str, int]] = []
    for token in tokens:
        if token.kind != "comment":
            continue
        line, column = place(text, token.start)
        whole_line = not text[token.start - column + 1 : token.start].strip()
        comment = token.text.rstrip()
        if match := _IF.match(comment):
            if not whole_line:
                raise StoredQueryError(path, line, "'# if $name' must stand on a line of its own")
            open_blocks.append((match[1], line))
        elif _END.match(comment):
            if not open_blocks or not whole_line:
                raise StoredQueryError(
                    path, line, "'# end' closes no '# if $name', or does not stand on a line of its own"
                )
            found.append(Block(*open_blocks.pop(), line))
        elif _LOOKS_LIKE_IF.match(comment):
            raise StoredQueryError(
                path, line, "a line that begins with '# if' must read '# if $name' and nothing more"
            )
    if open_blocks:
        name, line = open_blocks[-1]
        raise StoredQueryError(path, line, f"'# if ${name}' is never closed", "Close it with a line '# end'.")
    return found


def _inputs(text: str, code: Sequence[Token], blocks: Sequence[Block], path: Path) -> list[Use]:
    uses: list[Use] = []
    open_brackets: list[str | None] = []
    for index, token in enumerate(code):
        if token.text in ("(", "{"):
            open_brackets.append(_list_context(code, index))
        elif token.text in (")", "}") and open_brackets:
            open_brackets.pop()
        if token.kind != "var" or token.text[0] != "$":
            continue
        line = place(text, token.start)[0]
        following = code[index + 1] if index + 1 < len(code) else None
        if following is not None and (following.kind == "langtag" or following.text == "^^"):
            raise StoredQueryError(path, line, f"{token.text} cannot be followed by {following.text}")
        conditions = frozenset(block.name for block in blocks if block.line < line < block.last)
        uses.append(
            Use(token.text[1:], line, token, open_brackets[-1] if open_brackets else None, conditions)
        )
    return uses


def _list_context(code: Sequence[Token], index: int) -> str | None:
    before = [token.upper for token in code[max(0, index - 2) : index]]
    if code[index].text == "(" and before[-1:] == ["IN"]:
        return ","
    if code[index].text == "{" and before[:1] == ["VALUES"] and code[index - 1].kind == "var":
        return " "
    return None


def _outputs(text: str, code: Sequence[Token], path: Path) -> list[str]:
    index = _skip_prologue(code)
    if index >= len(code) or code[index].upper != "SELECT":
        offset = code[index].start if index < len(code) else len(text)
        raise StoredQueryError(path, place(text, offset)[0], "a stored query must be a SELECT query")
    found: list[str] = []
    depth = 0
    for position, token in enumerate(code[index + 1 :], index + 1):
        line = place(text, token.start)[0]
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth -= 1
            if depth == 0 and code[position - 1].kind == "var" and code[position - 2].upper == "AS":
                found.append(code[position - 1].text[1:])
        elif depth == 0 and token.kind == "var":
            if token.text[0] == "$":
                raise StoredQueryError(path, line, f"{token.text} is an input and cannot be a column")
            found.append(token.text[1:])
        elif depth == 0 and token.text == "*":
            raise StoredQueryError(
                path, line, "SELECT * does not say what the columns are", "Name each column."
            )
        elif depth == 0 and (token.text == "{" or token.upper in ("WHERE", "FROM")):
            break
    return found


def _skip_prologue(code: Sequence[Token]) -> int:
    index = 0
    while index < len(code) and code[index].upper in _PROLOGUE_WORDS:
        index += 3 if code[index].upper == "PREFIX" else 2
    return index
