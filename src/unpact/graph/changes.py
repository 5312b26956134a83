"""How a change of files changes what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.graph.closure import infer, revise_inference
from unpact.graph.view import asserted, inferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Triple

    from unpact.corpus import CorpusFile
    from unpact.graph.memory import MemoryGraph


class Follows(NamedTuple):
    """What follows from files, and what followed from them as they were before."""

    graph: MemoryGraph
    came: frozenset[Triple]
    went: frozenset[Triple]


def changed_inferences(
    before: Sequence[CorpusFile], after: Sequence[CorpusFile], rules: Sequence[CorpusFile]
) -> Follows:
    """How a change of files changes what follows from them; only what the change touches is drawn anew.

    Args:
        before: the files as they were.
        after: the files as they are.
        rules: the rules, the same for both.

    Raises:
        DataSyntaxError: for a file that is not RDF, or an ill-typed literal.
    """
    graph, old = asserted(before)
    inference = infer(graph, rules, [quad.triple for quad in old])
    then = inferred(graph)
    _, new = asserted(after)
    gone, come = set(old) - set(new), set(new) - set(old)
    revise_inference(graph, inference, rules, gone, come)
    now = inferred(graph)
    return Follows(graph, now - then, then - now)
