"""A SPARQL 1.1 Update that turns one graph into the other.

What has no blank node goes and comes by DELETE DATA and INSERT DATA. A molecule is found by its form,
whatever its blank nodes are called: all of its triples have to be there, and its blank nodes may stand in no
others. All copies of a form go, and then as many as there shall be come.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import Triple

from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.diff.changes import Changes
    from unpact.diff.colours import Term
    from unpact.diff.molecules import Molecule, Parts


def patch_text(changes: Changes, new: Parts) -> str:
    """The update; empty where nothing changed.

    Args:
        changes: that make the one graph the other.
        new: the other graph.

    Raises:
        UsageError: for a blank node inside a triple term, which SPARQL 1.1 cannot write.
    """
    shall = new.counted()
    gone, come = Counter(changes.removed.molecules), Counter(changes.added.molecules)
    touched = sorted({*gone, *come})
    operations = [_deletion(each) for each in touched if shall[each] - come[each] + gone[each]]
    if changes.removed.ground:
        operations.append(_data("DELETE", _lines(changes.removed.ground, {})))
    coming = _lines(changes.added.ground, {})
    number = 0
    for molecule in touched:
        for _ in range(shall[molecule]):
            coming += _lines(molecule.triples, _names(molecule, "_:b", number))
            number += len(molecule.nodes)
    if coming:
        operations.append(_data("INSERT", coming))
    return " ;\n".join(operations) + "\n" if operations else ""


def _data(word: str, lines: Iterable[str]) -> str:
    return f"{word} DATA {{\n{_block(lines)}}}"


def _block(lines: Iterable[str]) -> str:
    return "".join(f"  {line}\n" for line in lines)


def _deletion(molecule: Molecule) -> str:
    names = _names(molecule, "?b", 0)
    pattern = _lines(molecule.triples, names)
    return f"DELETE {{\n{_block(pattern)}}}\nWHERE {{\n{_block([*pattern, *_filters(molecule, names)])}}}"


def _filters(molecule: Molecule, names: Mapping[Term, str]) -> Iterator[str]:
    """What keeps the pattern of a molecule from being found in anything but the whole of one like it."""
    nodes = sorted(molecule.nodes, key=lambda node: names[node])
    yield f"FILTER ({' && '.join(f'isBlank({names[node]})' for node in nodes)})"
    for node, other in combinations(nodes, 2):
        # nodes of different colours cannot be one
        if molecule.colours[node] == molecule.colours[other]:
            yield f"FILTER (!sameTerm({names[node]}, {names[other]}))"
    for node in nodes:
        out = [("?p", each.predicate, "?o", each.object) for each in molecule.triples if each.subject == node]
        into = [
            ("?s", each.subject, "?p", each.predicate) for each in molecule.triples if each.object == node
        ]
        yield _nothing_else(f"{names[node]} ?p ?o", out, names)
        yield _nothing_else(f"?s ?p {names[node]}", into, names)


def _nothing_else(
    pattern: str, allowed: Iterable[tuple[str, Term, str, Term]], names: Mapping[Term, str]
) -> str:
    """That a pattern matches nothing but some pairs of terms."""
    pairs = sorted(
        f"sameTerm({one}, {_written(first, names)}) && sameTerm({other}, {_written(second, names)})"
        for one, first, other, second in allowed
    )
    refused = f" FILTER (!({' || '.join(f'({pair})' for pair in pairs)}))" if pairs else ""
    return f"FILTER NOT EXISTS {{ {pattern}{refused} }}"


def _names(molecule: Molecule, start: str, first: int) -> dict[Term, str]:
    """Names for the blank nodes of a molecule, counted from `first`, in an order that does not change."""
    nodes = sorted(molecule.nodes, key=lambda node: (molecule.colours[node], node.value))
    return {node: f"{start}{number}" for number, node in enumerate(nodes, first)}


def _lines(triples: Iterable[Triple], names: Mapping[Term, str]) -> list[str]:
    return sorted(f"{' '.join(_written(term, names) for term in triple)} ." for triple in triples)


def _written(term: Term, names: Mapping[Term, str]) -> str:
    if isinstance(term, Triple):
        raise UsageError("SPARQL 1.1 has no triple terms, so there is no patch", hint="Use --format json.")
    return names.get(term) or str(term)
