"""Two versions compared: what is stated, and if asked for what follows and what the stored queries answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from unpact.corpus.syntax import read_quads
from unpact.diff.changes import Changes, Side, changes_of, without_renamings
from unpact.diff.colours import replaced, terms_of
from unpact.diff.model import Difference, ThingChange
from unpact.diff.molecules import Parts
from unpact.diff.names import names_of
from unpact.diff.naming import versions
from unpact.diff.texts import query_changes, rule_changes
from unpact.diff.things import things_of
from unpact.diff.told import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import NamedNode, Triple

    from unpact.diff.colours import Term
    from unpact.diff.version import Version
    from unpact.graph.memory import MemoryGraph


def compare(
    old: str | Path | None = None,
    new: str | Path | None = None,
    *,
    inferred: bool = False,
    answers: bool = False,
    queries: Sequence[str] = (),
    only_data: bool = False,
) -> Difference:
    """How two versions of a graph differ, in the words of the domain.

    Blank nodes are compared up to isomorphism (RDF 1.1 Concepts, section 3.6), and files do not count: a fact
    that moves from one to another is the same fact.

    Args:
        old: a path, a git revision, `REV:PATH` or `bundled`, as `unpact.diff.naming` reads it; the last
            commit, where it is None.
        new: likewise; the working state, where it is None.
        inferred: compare also what follows, by OWL 2 RL and the rules of each version.
        answers: compare also what the examples of the new version's stored queries answer.
        queries: ask only these of the stored queries; implies `answers`.
        only_data: leave out the bundled facts that files otherwise stand beside.

    Raises:
        UsageError: for a name that is no version, or two.
        DataSyntaxError: for a file that is not RDF; with `inferred` or `answers` also for an ill-typed
            literal.
        UnknownNameError: for a stored query that there is not.
    """
    first, second = versions(*(None if each is None else str(each) for each in (old, new)))
    return compared(first, second, inferred=inferred, answers=answers, queries=queries, only_data=only_data)


def compared(
    old: Version,
    new: Version,
    *,
    inferred: bool = False,
    answers: bool = False,
    queries: Sequence[str] = (),
    only_data: bool = False,
) -> Difference:
    """The same of two versions that are at hand."""
    read: dict[tuple[str, bytes], Parts] = {}
    before, after = (_stated(each, read) for each in (old, new))
    changes = changes_of(before, after)
    left, names = without_renamings(changes, before, after)
    beside = None if (old.whole and new.whole) or not changes else _bundled_graph()
    words = names_of(after.ground, before.ground, beside=beside)
    known: dict[Term, Term] = dict(names.items())
    molecules = [each.replaced(known) for each in before.molecules] if known else before.molecules
    was = Told(_under(before.ground, names), molecules)
    things = things_of(left, was, Told(after.ground, after.molecules), words)
    found = Difference(
        old.name,
        new.name,
        changes,
        things,
        names,
        words,
        after,
        rule_changes(old, new),
        query_changes(old, new),
    )
    if inferred:
        things, words = _inferred(old, new, names, only_data=only_data)
        found = replace(found, inferred=things, words=words)
    if answers or queries:
        from unpact.diff.asking import asked

        found = replace(found, answers=asked(old, new, queries, only_data=only_data))
    return found


def _stated(version: Version, known: dict[tuple[str, bytes], Parts]) -> Parts:
    """What a version states; a file that two versions share is read once."""
    found = []
    for file in (*version.files, *version.shapes):
        key = (file.graph_iri, file.read())
        if key not in known:
            known[key] = Parts(quad.triple for quad in read_quads(file, well_typed=False))
        found.append(known[key])
    return Parts.joined(found)


def _bundled_graph() -> MemoryGraph:
    from unpact.corpus import bundled
    from unpact.graph.view import build_view

    return build_view(bundled())


def _under(ground: Iterable[Triple], names: Mapping[NamedNode, NamedNode]) -> Iterable[Triple]:
    """Triples with the new names of things."""
    if not names:
        return ground
    known: dict[Term, Term] = dict(names.items())
    return [replaced(triple, lambda term: known.get(term, term)) for triple in ground]


def _inferred(
    old: Version, new: Version, names: Mapping[NamedNode, NamedNode], *, only_data: bool
) -> tuple[tuple[ThingChange, ...], MemoryGraph]:
    """What follows from the one and not from the other, and the names of all things."""
    from unpact.graph.view import build_files, inferred

    graphs = [build_files("best", *each.view(only_data=only_data)) for each in (old, new)]
    was, now = (frozenset(filter(_is_ground, inferred(graph))) for graph in graphs)
    was = frozenset(_under(was, names))
    before, after = ([quad.triple for quad in graph.store] for graph in graphs)
    before = list(_under(before, names))
    words = names_of(after, before)
    changes = Changes(Side(was - now, ()), Side(now - was, ()))
    things = things_of(changes, Told(before, ()), Told(after, ()), words)
    return tuple(map(_without_evidence, things)), words


def _is_ground(triple: Triple) -> bool:
    return not any(isinstance(term, BlankNode) for term in terms_of(triple))


def _without_evidence(change: ThingChange) -> ThingChange:
    """What follows rests on what it follows from, which `unpact why` shows."""
    return replace(change, evidence=(), facts=tuple(replace(fact, evidence=()) for fact in change.facts))
