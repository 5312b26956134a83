"""What a group surely binds, and where it may be narrowed down without changing its solutions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.errors import UsageError
from unpact.names import RDF, XSD
from unpact.query import algebra as alg
from unpact.query.scope import aggregates, expression_variables, values_header, values_names, visible_in
from unpact.query.terms import to_sparql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unpact.graph.interface import Term
    from unpact.query.tokens import Token

#: How many rows are still worth repeating in each sub-select and each branch.
FEW = 64
_TEXT = (XSD + "string", RDF + "langString")


def certain(group: alg.Group) -> set[str]:
    """The variables, as ``?name``, that every solution of the group binds."""
    return {name for element in group.elements for name in certain_in(element)}


def certain_in(element: alg.Element) -> set[str]:
    """The same for one element."""
    found: set[str] = set()
    match element:
        case alg.Triples():
            found = visible_in(element)
        case alg.Nested(keyword, inner) if keyword != "OPTIONAL":
            found = certain(inner) | {word for word in keyword.split() if word.startswith("?")}
        case alg.Union(branches):
            found = set.intersection(*(certain(branch) for branch in branches))
        case alg.SubSelect(query):
            found = certain_rows(query)
        case alg.Bind(_, column):
            # any longer expression may fail
            single = len(column.expression or ()) == 1 and (column.expression or ())[0].kind != "var"
            found = {column.variable} if single else set()
        case alg.Values(tokens):
            lines = values_lines(tokens)
            found = {
                name
                for at, name in enumerate(values_names(tokens))
                if all(line[at].upper() != "UNDEF" for line in lines)
            }
    return found


def certain_rows(query: alg.Query) -> set[str]:
    """The columns of a query that are bound in each row, as far as they are variables of its pattern."""
    bound = certain(query.where)
    if query.values:
        bound |= certain_in(alg.Values(query.values))
    if aggregates(query):
        bound &= {column.variable for column in query.group_by or () if column.expression is None}
    if query.columns is None:
        return bound
    return bound & {column.variable for column in query.columns if column.expression is None}


def narrowable(group: alg.Group) -> set[str]:
    """The variables that a VALUES at the beginning of the group may narrow down: the solutions are then those
    of the group with these values.

    They are certain, and bound before anything looks whether they are: an OPTIONAL, a MINUS or a BIND.
    """
    bound: set[str] = set()
    spoiled: set[str] = set()
    for element in group.elements:
        looked_at: set[str] = set()
        match element:
            case alg.Nested("OPTIONAL" | "LATERAL", inner):
                looked_at = set(mentioned(inner))
            case alg.Minus(_, inner) | alg.Service(_, inner):
                looked_at = set(mentioned(inner))
            case alg.Bind(tokens):
                looked_at = {alg.variable(token.text) for token in tokens if token.kind == "var"}
        spoiled |= looked_at - bound
        bound |= certain_in(element)
    return bound - spoiled


def sub_select_narrowable(query: alg.Query) -> set[str]:
    """The columns of a sub-select by which its pattern may be narrowed down: whole groups are left out."""
    only = query.where.elements[:1] if len(query.where.elements) == 1 else ()
    if any(isinstance(element, alg.SubSelect) for element in only):
        # nothing may stand beside a sub-select that has no braces of its own
        return set()
    if any(token.upper in ("LIMIT", "OFFSET") for token in query.tokens):
        return set()
    return certain_rows(query) & narrowable(query.where)


def values_lines(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    """The lines of a VALUES block, each cell as text."""
    opening = next(at for at, token in enumerate(tokens) if token.text == "{")
    cells: list[str] = []
    lines: list[tuple[str, ...]] = []
    bracketed = tokens[1].text == "("
    glued = False
    for before, token in zip(tokens[opening:-1], tokens[opening + 1 : -1], strict=False):
        if bracketed and token.text == "(":
            cells = []
        elif bracketed and token.text == ")":
            lines.append(tuple(cells))
        elif glued or token.kind == "langtag" or token.text == "^^" or before.text in ("+", "-"):
            cells[-1] += token.text
        else:
            cells.append(token.text)
        glued = token.text == "^^"
    return lines if bracketed else [(cell,) for cell in cells]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Rows that are asked for: values of `columns` (as ``?name``), each a tuple of SPARQL terms."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def values(self, names: Iterable[str]) -> str:
        """A VALUES block for those of the columns that are among `names`; empty where none is."""
        wanted = set(names)
        places = [at for at, name in enumerate(self.columns) if name in wanted]
        if not places:
            return ""
        lines = dict.fromkeys(" ".join(row[at] for at in places) for row in self.rows)
        head = " ".join(self.columns[at] for at in places)
        return f"VALUES ({head}) {{ {' '.join(f'({line})' for line in lines)} }}"

    def only(self, names: Iterable[str]) -> Narrowing:
        """The same rows with fewer columns."""
        wanted = set(names)
        places = [at for at, name in enumerate(self.columns) if name in wanted]
        rows = dict.fromkeys(tuple(row[at] for at in places) for row in self.rows)
        return Narrowing(tuple(self.columns[at] for at in places), tuple(rows))

    def filters(self, names: Iterable[str]) -> Iterator[str]:
        """A FILTER for each of the columns that are among `names` and show a few IRIs only."""
        wanted = set(names)
        for at, name in enumerate(self.columns):
            texts = dict.fromkeys(row[at] for row in self.rows)
            if name in wanted and len(texts) <= FEW and all(text.startswith("<") for text in texts):
                yield f"FILTER({name} IN ({', '.join(texts)}))"

    @property
    def few(self) -> bool:
        """Whether there are so few rows that it pays to repeat them."""
        return len(self.rows) <= FEW


def narrowing(columns: Sequence[str], rows: Sequence[Sequence[Term | None]]) -> Narrowing:
    """The rows as far as they can be asked for: columns that always have a value which every engine takes for
    the same when it stands in a query. Numbers and dates may be spelt in more ways than one.
    """
    kept: list[str] = []
    texts: list[list[str]] = []
    for at, column in enumerate(columns):
        try:
            texts.append([askable(row[at]) for row in rows])
        except UsageError:
            continue
        kept.append(column)
    lines = dict.fromkeys(zip(*texts, strict=True)) if texts else {}
    return Narrowing(tuple(kept), tuple(lines))


def askable(term: Term | None) -> str:
    """An IRI or a text as SPARQL. Raises UsageError for all else."""
    if isinstance(term, NamedNode) or (isinstance(term, Literal) and term.datatype.value in _TEXT):
        return to_sparql(term)
    raise UsageError(f"{term} may be written in more ways than one")


def mentioned(group: alg.Group) -> Iterator[str]:
    """Every variable that the group mentions at any depth, in expressions too."""
    for element in group.elements:
        yield from alg.variables(element)
        match element:
            case alg.Nested(_, inner) | alg.Exists(inner):
                yield from mentioned(inner)
            case alg.Union(branches):
                for branch in branches:
                    yield from mentioned(branch)


def expressions_of(group: alg.Group) -> set[str]:
    """The variables in FILTER and BIND of the group itself."""
    found: set[str] = set()
    for element in group.elements:
        match element:
            case alg.Filter(tokens):
                found |= {alg.variable(token.text) for token in tokens if token.kind == "var"}
            case alg.Bind(_, column):
                found |= {alg.variable(token.text) for token in expression_variables(column.expression or ())}
    return found


def header(tokens: Sequence[Token]) -> str:
    """The variables of a VALUES block as text."""
    return " ".join(alg.variable(token.text) for token in values_header(tokens))
