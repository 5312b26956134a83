"""Where in a query a constraint stands: the nodes it is about, and the variables for them and their values.

A group graph pattern that binds nodes is plain text here. It binds each combination of its keys once, so that
what is counted behind it is counted once.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.query.terms import to_sparql

if TYPE_CHECKING:
    from unpact.shacl.paths import Path
    from unpact.shacl.shapes import Shape
    from unpact.shacl.triples import Term


class NotCompilable(Exception):  # noqa: N818 - not an error: the shape goes to the reference engine
    """What a shape asks cannot be said in one query; the text says why."""


class Nodes(NamedTuple):
    """A group graph pattern and the variable of its focus nodes.

    Args:
        pattern: of SPARQL, without the braces around it.
        var: with its question mark.
        carried: variables that rows have to keep, such as the node that a nested shape was reached from.
        having: the property that all these nodes, and no others, have.
    """

    pattern: str
    var: str
    carried: tuple[str, ...] = ()
    having: NamedNode | None = None

    @property
    def keys(self) -> str:
        """The variables that tell rows apart, as a SELECT writes them."""
        return " ".join((*self.carried, self.var))

    def without_carried(self) -> Nodes:
        """The same nodes, each once."""
        if not self.carried:
            return self
        return Nodes(f"{{ SELECT DISTINCT {self.var} WHERE {{ {self.pattern} }} }}", self.var)


class Scope:
    """Makes patterns for one query.

    Args:
        flat: whether all triples lie in one graph, so that a triple pattern matches each triple once.
    """

    def __init__(self, *, flat: bool) -> None:
        self.flat = flat
        self._numbers = count(1)

    def fresh(self) -> str:
        """A variable that the query does not have yet."""
        return f"?unp{next(self._numbers)}"

    def values(self, nodes: Nodes, shape: Shape) -> Nodes:
        """The value nodes of `shape` at `nodes`, with the focus nodes carried along (section 2.3.2)."""
        if shape.path is None:
            return nodes
        value = self.fresh()
        keys = (*nodes.carried, nodes.var)
        if self.flat and shape.path.predicate is not None:
            if nodes.having == shape.path.predicate:
                # the nodes are those that the path leads from, so its triples say it all
                return Nodes(f"{nodes.var} {shape.path.sparql} {value} .", value, keys)
            return Nodes(self.reached(nodes, shape.path, value), value, keys)
        reached = self.reached(nodes, shape.path, value)
        return Nodes(f"{{ SELECT DISTINCT {' '.join(keys)} {value} WHERE {{ {reached} }} }}", value, keys)

    def reached(self, nodes: Nodes, path: Path, end: str) -> str:
        """The pattern of `nodes` and of what a path leads to from them, at `end`.

        A path that needs no step leads from each node to itself, even from one that the graph does not know.
        """
        taken = f"{nodes.pattern} {nodes.var} {path.sparql} {end} ."
        if not path.nullable:
            return taken
        return f"{{ {taken} }} UNION {{ {nodes.pattern} BIND({nodes.var} AS {end}) }}"


def written(term: Term) -> str:
    """A term of a shape as SPARQL.

    Raises:
        NotCompilable: for a blank node, which no query can name.
    """
    if not isinstance(term, NamedNode | Literal):
        raise NotCompilable(f"the parameter {term} has no name that a query could use")
    return to_sparql(term)
