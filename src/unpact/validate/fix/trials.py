"""Tries mends on a copy of the data: which of them leave nothing to find, and what they bring along."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Triple

from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.paths import read_path
from unpact.shacl.shapes import sh
from unpact.validate.fix.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from unpact.shacl.run import Result
    from unpact.shacl.shapes import ShapesGraph
    from unpact.shacl.triples import Term
    from unpact.validate.fix.candidates import Candidate

ResultKey = tuple["Term | None", ...]
_ENOUGH = 2
_UNIQUE_LANG = sh("UniqueLangConstraintComponent")


class Mend(NamedTuple):
    """A literal in place of another.

    Args:
        triple: as it is written now.
        candidate: what is to stand there.
    """

    triple: Triple
    candidate: Candidate

    @property
    def mended(self) -> Triple:
        """The triple as it is to be."""
        return Triple(self.triple.subject, self.triple.predicate, self.candidate.literal)


def result_key(result: Result) -> ResultKey:
    """What tells one result from another, whatever its message says."""
    return (result.focus, result.shape.node, result.component, result.path, result.value)


class Trials:
    """Data in which mends are tried; the data itself stays as it is.

    Args:
        triples: of the data, as they are written.
        shapes: that it has to meet.

    Raises:
        ShapesError: for shapes that SHACL does not allow.
    """

    def __init__(self, triples: Iterable[Triple], shapes: ShapesGraph) -> None:
        self._triples = dict.fromkeys(triples)
        self._shapes = shapes
        self._plan: Plan | None = None
        self.results = self._results(())
        self.known = {result_key(result) for result in self.results}

    def has(self, triple: Triple) -> bool:
        """Whether the data says this already."""
        return triple in self._triples

    def after(self, mends: Iterable[Mend]) -> Trials:
        """The same with some mends made."""
        return Trials(self._with(mends), self._shapes)

    def brought(self, mends: Sequence[Mend]) -> set[Term]:
        """The nodes about which something is found that was not found before."""
        return {result.focus for result in self._results(mends) if result_key(result) not in self.known}

    def fitting(self, rivals: Mapping[Triple, Sequence[Candidate]]) -> dict[Triple, list[Candidate]]:
        """Which candidates leave nothing to find about their property of their node.

        Mends of different nodes are tried together, those of one node one after the other. What is found
        about another value of the property does not count, if it was there before. A language that is taken
        is no reason to prefer another, so a candidate in it fits here, and does harm later.

        Args:
            rivals: the candidates for each triple.

        Returns:
            Two candidates at most for each triple, since more of them would say no more.
        """
        queues: dict[Term, list[Mend]] = {}
        for triple, candidates in rivals.items():
            queues.setdefault(triple.subject, []).extend(Mend(triple, each) for each in candidates)
        found: dict[Triple, list[Candidate]] = {triple: [] for triple in rivals}
        while queues:
            batch = [queue.pop(0) for queue in queues.values()]
            results: dict[Term, list[Result]] = {}
            for result in self._about_properties(batch):
                results.setdefault(result.focus, []).append(result)
            for mend in batch:
                if not any(self._speaks_against(mend, each) for each in results.get(mend.triple.subject, ())):
                    found[mend.triple].append(mend.candidate)
            left = {
                focus: [mend for mend in queue if len(found[mend.triple]) < _ENOUGH]
                for focus, queue in queues.items()
            }
            queues = {focus: queue for focus, queue in left.items() if queue}
        return found

    def _speaks_against(self, mend: Mend, result: Result) -> bool:
        if mend.triple.predicate not in self._properties(result):
            return False
        new = result_key(result) not in self.known
        if result.component == _UNIQUE_LANG and new:
            # a language that another text has is no less likely to be that of this one, so nobody knows
            return False
        return new or result.value in (None, mend.triple.object, mend.candidate.literal)

    def _properties(self, result: Result) -> frozenset[NamedNode]:
        if result.path is None:
            return frozenset()
        if isinstance(result.path, NamedNode):
            return frozenset((result.path,))
        return read_path(self._shapes.triples, result.path).predicates

    def _with(self, mends: Iterable[Mend]) -> list[Triple]:
        instead = {mend.triple: mend.mended for mend in mends}
        return [instead.get(triple, triple) for triple in self._triples]

    def _results(self, mends: Iterable[Mend]) -> list[Result]:
        return validate_graph(in_memory(self._with(mends)), self._shapes).results

    def _about_properties(self, mends: Sequence[Mend]) -> Iterable[Result]:
        """What is found with some mends made, at least all that is about their properties."""
        if self._plan is None:
            self._plan = Plan.of(self._triples, self._shapes)
        data = in_memory(self._with(mends))
        return self._plan.results(data, {mend.triple.predicate for mend in mends})


def unambiguous(trials: Trials, rivals: Mapping[Triple, Sequence[Candidate]]) -> list[Mend]:
    """The mends without an alternative: of each triple the only candidate that fits, if it has just one.

    A triple whose mended form is there already, or would come twice, is left alone: which of the two has to
    go, nobody said.

    Args:
        trials: the data as it is.
        rivals: the candidates for each triple.
    """
    open_to_all = {
        triple: candidates
        for triple, candidates in rivals.items()
        if not any(trials.has(Mend(triple, each).mended) for each in candidates)
    }
    fitting = trials.fitting(open_to_all)
    mends = [Mend(triple, found[0]) for triple, found in fitting.items() if len(found) == 1]
    number = Counter(mend.mended for mend in mends)
    mends = [mend for mend in mends if number[mend.mended] == 1]
    return harmless(_still_unambiguous(trials, mends, open_to_all), trials.brought)


def harmless(
    mends: Sequence[Mend], brought: Callable[[Sequence[Mend]], Collection[Term | None]]
) -> list[Mend]:
    """The mends that together bring nothing new to find.

    Args:
        mends: to choose from.
        brought: the nodes about which some mends bring something new.
    """
    kept = list(mends)
    while kept:
        harmed = brought(kept)
        if not harmed:
            return kept
        # two mends of one node that do not go together both go, whichever comes first
        others = [mend for mend in kept if mend.triple.subject not in harmed]
        if len(others) == len(kept):
            return _one_by_one(kept, brought)
        kept = others
    return []


def _one_by_one(
    mends: Sequence[Mend], brought: Callable[[Sequence[Mend]], Collection[Term | None]]
) -> list[Mend]:
    kept: list[Mend] = []
    for mend in mends:
        if not brought([*kept, mend]):
            kept.append(mend)
    return kept


def _still_unambiguous(
    trials: Trials, mends: Sequence[Mend], rivals: Mapping[Triple, Sequence[Candidate]]
) -> list[Mend]:
    """Without the mends that have an alternative once the other literals of their node are mended."""
    number = Counter(mend.triple.subject for mend in mends)
    together = [mend for mend in mends if number[mend.triple.subject] > 1]
    if not together:
        return list(mends)
    others = {
        mend.mended: [each for each in rivals[mend.triple] if each.literal != mend.candidate.literal]
        for mend in together
    }
    fitting = trials.after(mends).fitting({triple: each for triple, each in others.items() if each})
    return [mend for mend in mends if not fitting.get(mend.mended)]
