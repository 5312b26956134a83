"""Which literals of a validation's files have exactly one safe mend, and what the files are with them."""

from __future__ import annotations

from functools import cache as cache_once
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.shacl.engine import validate_graph
from unpact.turtle.edit import apply_edits
from unpact.validate.checked import checked_alone, checked_files
from unpact.validate.consistency import consistency_findings
from unpact.validate.fix.candidates import candidates
from unpact.validate.fix.documents import Documents, editable_files, text_of
from unpact.validate.fix.trials import Trials, harmless, result_key, unambiguous
from unpact.validate.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from unpact.corpus import Corpus, CorpusFile
    from unpact.finding import Finding, Term
    from unpact.shacl.engine import EngineName
    from unpact.shacl.run import Result
    from unpact.turtle.edit import Edit
    from unpact.validate.checked import Checked
    from unpact.validate.fix.candidates import Candidate
    from unpact.validate.fix.trials import Mend, ResultKey
    from unpact.validate.run import Validation

    Contradiction = tuple[str, Term | None, Term | None, str]

_ALL = Selection()
_CONSISTENCY = "consistency/"


class Fix(NamedTuple):
    """What is to be changed in one file.

    Args:
        file: with its content as it was validated.
        edits: of the text before; all of them are in literals.
        before: the text of the file, with its byte order mark if it has one.
        after: the text with the edits made.
        findings: that the edits mend.
    """

    file: CorpusFile
    edits: tuple[Edit, ...]
    before: str
    after: str
    findings: tuple[Finding, ...]


class Proposal(NamedTuple):
    """All that can be mended safely.

    Args:
        fixes: by file.
        notes: on files that cannot be written.
        left: the validation without what the fixes mend; the places are those of the files as they were.
    """

    fixes: list[Fix]
    notes: list[str]
    left: Validation


def proposed_fixes(
    validation: Validation,
    corpus: Corpus,
    *,
    selection: Selection = _ALL,
    engine: EngineName = "set",
    cache: bool = True,
) -> Proposal:
    """The mends of what a validation found, as far as each literal has exactly one.

    Nothing is written. What is mended: a literal without the language tag that `sh:languageIn` asks for, a
    literal whose text fits the datatype that `sh:datatype` asks for (or one of several in `sh:or`), and
    blanks at the ends of a literal that `sh:pattern`, `sh:in` or `sh:maxLength` does not allow. A mend has to
    leave nothing to find about its property of its node, no other candidate may do so, and all mends together
    bring nothing new to find; then the files say just what they said, but for the mended literals.

    Args:
        validation: of the user's files, which are then the only ones mended, or of the bundled tree alone.
        corpus: that it was made with.
        selection: the checks whose findings are to be mended.
        engine: that validates the files with all mends made.
        cache: take what was validated from disk.

    Raises:
        UsageError: when the bundled tree is to be mended, and is an installed one.
        ShapesError: for shapes that SHACL does not allow.
    """
    editable = editable_files(validation.files, corpus)
    wanted = _wanted(validation, selection)
    if not wanted:
        return Proposal([], [], validation)
    checking = _Checking(validation, corpus, engine)
    documents = Documents(validation.files, editable, wanted)
    trials = Trials(checking.checked(validation.files, cache=cache).data.triples(), validation.shapes.graph)
    checking.known |= trials.known
    mends, notes = _mends(trials, documents, wanted, validation)
    kept, (left, contradictions) = _confirmed(mends, documents, checking)
    if not kept:
        return Proposal([], notes, validation)
    gone = checking.known - left
    remaining = _without(validation, gone, contradictions)
    return Proposal(_fixes(kept, documents, validation, gone), notes, remaining)


def _wanted(validation: Validation, selection: Selection) -> set[Triple]:
    """The triples with a literal that something is wrong with."""
    return {
        triple
        for result in validation.results
        if selection.takes(validation.shapes.check(result.shape.node))
        and (triple := _triple(result)) is not None
    }


def _triple(result: Result) -> Triple | None:
    """The triple that a result is about, if it is about one."""
    if (
        isinstance(result.focus, NamedNode | BlankNode)
        and isinstance(result.path, NamedNode)
        and isinstance(result.value, Literal)
    ):
        return Triple(result.focus, result.path, result.value)
    return None


def _mends(
    trials: Trials, documents: Documents, wanted: set[Triple], validation: Validation
) -> tuple[list[Mend], list[str]]:
    """The mends, and notes on what could not be tried.

    One mend may clear the way for another, so they are looked for until there are no more: a second run
    would find none.
    """
    found: list[Mend] = []
    notes: dict[str, None] = {}
    while True:
        rivals: dict[Triple, dict[Literal, Candidate]] = {}
        for result in trials.results:
            triple = _triple(result)
            if triple not in wanted or triple is None:
                continue
            for candidate in candidates(result, validation.shapes.graph):
                rivals.setdefault(triple, {}).setdefault(candidate.literal, candidate)
        notes.update(dict.fromkeys(documents.notes(rivals)))
        open_to_us = {
            triple: list(each.values()) for triple, each in rivals.items() if documents.can_mend(triple)
        }
        step = unambiguous(trials, open_to_us) if open_to_us else []
        if not step:
            return found, list(notes)
        found += step
        trials = trials.after(step)


class _Checking:
    """Validates changed files as the files themselves were validated."""

    def __init__(self, validation: Validation, corpus: Corpus, engine: EngineName) -> None:
        self._shapes = validation.shapes
        self._engine = engine
        self._with_ontology = any(file.layer != "user" for file in validation.files)
        self._rules = [file.snapshot() for file in corpus.rule_files()] if self._with_ontology else []
        self.known = {result_key(result) for result in validation.results}
        self._contradictions = _contradictions(validation.findings)

    def checked(self, files: Sequence[CorpusFile], *, cache: bool) -> Checked:
        if self._with_ontology:
            return checked_files(files, self._rules, cache=cache)
        return checked_alone(files)

    def found(self, files: Sequence[CorpusFile]) -> tuple[set[ResultKey], set[Contradiction]]:
        """What the shapes find in changed files, and what contradicts the ontology there."""
        # what is only tried is not worth keeping
        checked = self.checked(files, cache=False)
        outcome = validate_graph(checked.data, self._shapes.graph, engine=self._engine)
        found = (
            consistency_findings(checked.data.graph, contradictions=checked.contradictions())
            if self._with_ontology
            else []
        )
        return {result_key(result) for result in outcome.results}, _contradictions(found)

    def brought(self, found: tuple[set[ResultKey], set[Contradiction]]) -> set[Term | None]:
        """The nodes about which something is found that was not found before."""
        results, contradictions = found
        new = contradictions - self._contradictions
        return {key[0] for key in results - self.known} | {focus for _, focus, _, _ in new}


def _contradictions(findings: Iterable[Finding]) -> set[Contradiction]:
    return {
        (each.check, each.focus, each.path, each.message)
        for each in findings
        if each.check.startswith(_CONSISTENCY)
    }


def _confirmed(
    mends: list[Mend], documents: Documents, checking: _Checking
) -> tuple[list[Mend], tuple[set[ResultKey], set[Contradiction]]]:
    """The mends that hold in the files themselves, and what is found in the files with them."""

    @cache_once
    def found(made: tuple[Mend, ...]) -> tuple[set[ResultKey], set[Contradiction]]:
        return checking.found(documents.with_edits(documents.edits(made)))

    kept = harmless(documents.writable(mends), lambda made: checking.brought(found(tuple(made))))
    return kept, found(tuple(kept)) if kept else (checking.known, set())


def _fixes(
    mends: Sequence[Mend], documents: Documents, validation: Validation, gone: set[ResultKey]
) -> list[Fix]:
    findings = _findings(validation, gone)
    mended: dict[Path, set[tuple[Term, Term]]] = {}
    for mend in mends:
        for path in documents.paths(mend):
            mended.setdefault(path, set()).add((mend.triple.subject, mend.triple.predicate))
    fixes = []
    for path, edits in documents.edits(mends).items():
        file = documents.named(path)
        text = text_of(file)
        its_findings = (each for each in findings if (each.focus, each.path) in mended[path])
        fixes.append(Fix(file, edits, text, apply_edits(text, edits), tuple(its_findings)))
    return sorted(fixes, key=lambda fix: fix.file.relative)


def _findings(validation: Validation, keys: set[ResultKey]) -> list[Finding]:
    """The findings that report some results."""
    reported = {
        (validation.shapes.check(result.shape.node), result.focus, result.path, result.value)
        for result in validation.results
        if result_key(result) in keys
    }
    return [
        each for each in validation.findings if (each.check, each.focus, each.path, each.value) in reported
    ]


def _without(validation: Validation, gone: set[ResultKey], contradictions: set[Contradiction]) -> Validation:
    mended = set(_findings(validation, gone))
    # their messages may name the literal that was mended
    still = {key[:3] for key in contradictions}
    mended |= {
        each
        for each in validation.findings
        if each.check.startswith(_CONSISTENCY) and (each.check, each.focus, each.path) not in still
    }
    return validation._replace(
        findings=[each for each in validation.findings if each not in mended],
        results=[each for each in validation.results if result_key(each) not in gone],
    )
