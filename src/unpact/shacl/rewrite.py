"""Turns a query about one pre-bound node into one about all nodes of a pattern (SHACL, section 5.3).

SHACL binds `$this` before it runs a SPARQL constraint, once for each focus node. Here the pattern of the
focus nodes is put into each group that speaks of `$this` instead, so that one run answers for all of them.
Under the restrictions that SHACL puts on such queries the answers are the same; a query that counts or cuts
over all its rows is refused, since it would count over all nodes.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import ShapesError
from unpact.query.tokens import Token, declared_prefixes, expand_token, significant, tokenize
from unpact.shacl.scope import NotCompilable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from unpact.shacl.scope import Nodes

_REPEATS = ("*", "+", "?")
_FORBIDDEN = ("MINUS", "VALUES", "SERVICE")
_OVER_ALL_ROWS = ("LIMIT", "OFFSET")
_AGGREGATES = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")


class Rewritten(NamedTuple):
    """A SELECT over all focus nodes, as it may stand inside braces, and the columns it gives."""

    select: str
    columns: tuple[str, ...]


def code_of(text: str, prefixes: Mapping[str, str]) -> list[str]:
    """The tokens of a query without its prologue, prefixed names written out.

    Raises:
        ShapesError: for a prefix that is not declared.
    """
    tokens = significant(tokenize(text))
    known = {**prefixes, **declared_prefixes(tokens)}
    found = []
    for token in _without_prologue(tokens):
        if token.kind == "pname":
            iri = expand_token(token, known)
            if iri is None:
                raise ShapesError(f"the prefix of {token.text} in a SPARQL constraint is not declared")
            found.append(f"<{iri}>")
        elif token.kind == "var":
            found.append("?" + token.text[1:])
        else:
            found.append(token.upper if token.upper in _KEYWORDS else token.text)
    return found


def check_allowed(code: Sequence[str], prebound: Sequence[str]) -> None:
    """Hold a query against what SHACL allows beside pre-bound variables (appendix A).

    Raises:
        ShapesError: for MINUS, VALUES, SERVICE, a pre-bound variable that is bound again, or one that a
            nested SELECT does not project.
    """
    for word in _FORBIDDEN:
        if word in code:
            raise ShapesError(f"a SPARQL constraint may not contain {word}")
    for before, word in pairwise(code):
        if before == "AS" and word in prebound:
            raise ShapesError(f"a SPARQL constraint may not bind {word}, which SHACL has bound already")
    selects = [at for at, word in enumerate(code) if word == "SELECT"]
    for at in selects[1:]:
        projected = code[at : at + _first_group(code[at:])]
        missing = [each for each in prebound if each in code and each not in projected]
        if missing or "*" in projected[1:3]:
            raise ShapesError(
                f"a nested SELECT of a SPARQL constraint has to project {', '.join(missing) or '$this'}"
            )


def over_all(code: list[str], nodes: Nodes) -> Rewritten:
    """A SELECT query about `?this` as one about all `nodes`.

    Args:
        code: its tokens; parameters and `$PATH` are in place.
        nodes: to ask about.

    Raises:
        NotCompilable: when the query counts, cuts or hides what it would have to give for each node.
    """
    if code[:1] != ["SELECT"]:
        raise NotCompilable("its query is no SELECT")
    where = _first_group(code)
    head, body = code[1:where], code[where:]
    if head[:1] in (["DISTINCT"], ["REDUCED"]):
        head = head[1:]
    if head[-1:] == ["WHERE"]:
        head = head[:-1]
    grouped = "GROUP" in body[_end_of_group(body, 0) :]
    if "*" in head or any(word in body for word in _OVER_ALL_ROWS):
        raise NotCompilable("its query selects or cuts over all rows")
    if not grouped and (any(word in head for word in _AGGREGATES) or "HAVING" in body):
        raise NotCompilable("its query counts over all rows")
    if grouped and nodes.carried:
        raise NotCompilable("its query groups inside another shape")
    if "?failure" in head:
        raise NotCompilable("its query reports failures")
    columns = _columns(head)
    extra = [each for each in (*nodes.carried, nodes.var) if each not in columns]
    code = ["SELECT", "DISTINCT", *extra, *head, "WHERE", *_with_nodes(body, nodes)]
    return Rewritten(_joined(code), (*extra, *columns))


def replaced(code: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """The tokens with some variables replaced; a term in place of a variable is bound."""
    found: list[str] = []
    for at, word in enumerate(code):
        new = values.get(word, word)
        if (
            new != word
            and not new.startswith("?")
            and list(code[at - 2 : at + 2]) == ["BOUND", "(", word, ")"]
        ):
            found[-2:] = ["(", "true"]
        else:
            found.append(new)
    return found


def ask_body(code: Sequence[str]) -> str:
    """The group of an ASK query, braces included.

    Raises:
        ShapesError: when it is no ASK.
    """
    if code[:1] != ["ASK"]:
        raise ShapesError("the sh:ask of a validator has to be an ASK query")
    return _joined(code[_first_group(code) :])


def _joined(code: Sequence[str]) -> str:
    # the embedded engine knows COALESCE( and CONCAT(, but not COALESCE (; rdflib knows <p>*, but not <p> *
    found: list[str] = []
    for before, word in pairwise(["", *code]):
        joined = word == "(" or (word in _REPEATS and before.startswith("<"))
        found.append(word if joined else f" {word}")
    return "".join(found)


def _columns(head: Sequence[str]) -> list[str]:
    """The variables of a SELECT clause."""
    found, depth = [], 0
    for at, word in enumerate(head):
        depth += (word == "(") - (word == ")")
        if word.startswith("?") and (depth == 0 or head[at - 1] == "AS"):
            found.append(word)
    return found


def _with_nodes(body: list[str], nodes: Nodes) -> list[str]:
    """The pattern of the nodes at the start of the query's own group and of each group inside that speaks of
    them; groups of EXISTS see the bindings around them as it is.
    """
    found: list[str] = []
    at = 0
    while at < len(body):
        word = body[at]
        found.append(word)
        if word == "{":
            end = _end_of_group(body, at)
            if at and body[at - 1] == "EXISTS":
                found += body[at + 1 : end]
                at = end
                continue
            selects = body[at + 1 : at + 2] == ["SELECT"]
            if not selects and (at == 0 or nodes.var in body[at:end]):
                found.append(nodes.pattern)
        at += 1
    return found


def _first_group(code: Sequence[str]) -> int:
    """The index of the first brace."""
    if "{" not in code:
        raise ShapesError("a SPARQL constraint has no group in braces")
    return code.index("{")


def _end_of_group(code: Sequence[str], start: int) -> int:
    """The index just behind the brace that closes the one at `start`."""
    depth = 0
    for at in range(start, len(code)):
        depth += (code[at] == "{") - (code[at] == "}")
        if depth == 0:
            return at + 1
    raise ShapesError("a brace of a SPARQL constraint is never closed")


def _without_prologue(tokens: list[Token]) -> list[Token]:
    at = 0
    while at < len(tokens) and tokens[at].upper in ("PREFIX", "BASE"):
        at += 3 if tokens[at].upper == "PREFIX" else 2
    return tokens[at:]


_CLAUSES = ("SELECT", "ASK", "WHERE", "DISTINCT", "REDUCED", "AS", "GROUP", "HAVING", "EXISTS", "BOUND")
_KEYWORDS = frozenset((*_CLAUSES, *_FORBIDDEN, *_OVER_ALL_ROWS, *_AGGREGATES))
