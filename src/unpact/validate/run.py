"""SHACL over the bundled data, the user's own files, or both; everything that is wrong as findings.

The shapes of `ontology/shapes/must` find violations, those of `ontology/shapes/should` warnings; shapes of
the user's own have the severity that they declare.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal

from unpact.corpus import user_files
from unpact.errors import DataSyntaxError, ShapesError, UsageError
from unpact.finding import Finding
from unpact.graph import cache as disk
from unpact.graph.view import view_files
from unpact.shacl.engine import validate_graph
from unpact.shacl.paths import read_path
from unpact.validate.checked import checked_alone, checked_with_context
from unpact.validate.consistency import consistency_findings, only_named
from unpact.validate.known import Earlier
from unpact.validate.locating import Locator
from unpact.validate.mends import mend_of
from unpact.validate.shapes import Shapes
from unpact.validate.since import files_at
from unpact.validate.syntax import syntax_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from unpact.corpus import Corpus, CorpusFile
    from unpact.finding import Term
    from unpact.shacl.engine import EngineName, Outcome
    from unpact.shacl.run import Result
    from unpact.validate.checked import Checked

_DEFAULT_MESSAGE = "The shape is not met."


class Validation(NamedTuple):
    """What a validation found.

    Args:
        findings: violations first; empty when the data conforms.
        results: the same as SHACL reports it; empty where a file could not be read.
        shapes: what was checked.
        files: of the data.
        notes: what the reader should know of how it was checked.
        usable: false where the shapes are such that they could not be asked.
        store: the name of the store or service that was checked in place of files.
    """

    findings: list[Finding]
    results: list[Result]
    shapes: Shapes
    files: list[CorpusFile]
    notes: list[str]
    usable: bool = True
    store: str | None = None


def validate(  # noqa: PLR0913 - each is an option that users know by name
    corpus: Corpus,
    paths: Iterable[str | Path] = (),
    *,
    shapes: Iterable[str | Path] = (),
    alone: bool = False,
    engine: EngineName = "set",
    since: str | None = None,
    details: bool = False,
    cache: bool = True,
) -> Validation:
    """Check the facts of `corpus`, with those in the user's files if any are named.

    Files that are not RDF, and literals that their datatype does not allow, are reported alone, all of them:
    the shapes would only repeat what follows from them.

    Args:
        corpus: the ontology with its shapes and rules, and the bundled facts.
        paths: the user's files, directories, patterns, or `-` for the standard input.
        shapes: the user's own shapes in place of the bundled ones, named in the same way.
        alone: check only the user's files. With the bundled shapes the ontology stays, since these speak of
            its classes; with the user's own shapes the files are checked as they are.
        engine: `set` for one query a constraint, `pyshacl` for the reference.
        since: a revision of git; if its files were validated before, and what was found is still kept, only
            what the changes since then can affect is asked again. The findings are those of a full run.
        details: whether results are to say what the values of `sh:node` fail.
        cache: keep on disk what the next run can use; without it everything is asked.

    Raises:
        UsageError: for a path that cannot be read, a corpus without shapes, and a revision that git does not
            know.
        DataSyntaxError: for a file of shapes that is not RDF.
        ShapesError: for shapes that SHACL does not allow, where no finding says what is wrong with them.
    """
    named = list(paths)
    extra = user_files(named)
    if alone and not extra:
        raise UsageError(
            "there is nothing to check alone", hint="Name at least one file, or leave out --alone."
        )
    own = user_files(shapes)
    bare = alone and bool(own)
    asked = Shapes(own or bundled_shapes(corpus), data=extra if bare else ())
    files = list(extra) if bare else view_files(corpus, "best", extra, only_extra=alone)
    try:
        checked = (
            checked_alone(extra, cache=cache)
            if bare
            else checked_with_context(corpus, extra, alone=alone, cache=cache)
        )
    except DataSyntaxError:
        return Validation(syntax_findings(files), [], asked, files, [])
    rules = () if bare else tuple(corpus.rule_files())
    then = None
    if since is not None:
        then = files_at(since, checked.files, (*asked.files, *rules), None if bare else corpus)
    clean = None if checked.key is None else _clean_key(checked.key, asked, engine)
    if clean is not None and disk.load(clean) is not None:
        # these very files were checked against these very shapes before, and nothing was found
        return Validation([], [], asked, checked.files, [])
    words = "\n".join(map(str, (Path.cwd(), alone, *named)))
    earlier = Earlier(checked, asked, None if bare else rules, words, details=details)

    def ask() -> Outcome:
        known = earlier.known(then)
        outcome = validate_graph(checked.data, asked.graph, engine=engine, known=known, details=details)
        earlier.keep(outcome)
        return outcome

    found = _with_shapes(checked, asked, ask, own=bool(own))
    if bare:
        found = found._replace(findings=in_order([*checked.ill_typed, *found.findings]))
    else:
        found = _with_ontology(checked, found)
    if clean is not None and not found.findings and not found.notes:
        disk.save(clean, b"")
    return found


def bundled_shapes(corpus: Corpus) -> list[CorpusFile]:
    """The shapes of a corpus. Raises UsageError when it has none."""
    found = corpus.shape_files()
    if not found:
        raise UsageError(
            "there are no shapes in ontology/shapes, so nothing would be checked",
            where=str(corpus.root),
            hint="Put them in ontology/shapes/must and ontology/shapes/should.",
        )
    return found


def _with_shapes(checked: Checked, shapes: Shapes, ask: Callable[[], Outcome], *, own: bool) -> Validation:
    """What the shapes find, and what is wrong with the shapes themselves."""
    # a tenth of a second to import, and most runs end before
    from unpact.validate.soundness.run import shapes_findings, soundness_findings

    try:
        outcome = ask()
    except ShapesError:
        findings = shapes_findings(shapes.graph, meta=True, place=shapes.place)
        if not findings:
            raise
        return Validation(findings, [], shapes, checked.files, [], usable=False)
    notes = [
        f"{shapes.check(shape.node)} was asked by pyshacl, since {reason}"
        for shape, reason in outcome.beyond.items()
    ]
    locator = Locator(checked.store, checked.files)
    findings = [
        *soundness_findings(shapes.graph, checked.data, meta=own, place=shapes.place),
        *(finding_of(result, shapes, locator) for result in outcome.results),
    ]
    return Validation(in_order(findings), outcome.results, shapes, checked.files, notes)


def _with_ontology(checked: Checked, found: Validation) -> Validation:
    """The same with what contradicts the ontology, or is named and not described."""
    contradictions = consistency_of(checked, Locator(checked.store, checked.files))
    unsaid = only_named(contradictions)
    rest = (finding for finding in found.findings if finding.focus not in unsaid)
    return found._replace(findings=in_order([*contradictions, *rest]))


def consistency_of(checked: Checked, locator: Locator | None = None) -> list[Finding]:
    """What contradicts the ontology in what is checked; see `consistency_findings`."""
    return consistency_findings(checked.data.graph, locator, checked.contradictions(), checked.rules)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings, each once, violations first; those that differ only in what to do about them are one."""
    mends: dict[Finding, set[str]] = {}
    for finding in findings:
        told = mends.setdefault(replace(finding, mend=None), set())
        told.update([] if finding.mend is None else [finding.mend])
    once = (replace(finding, mend="\n".join(sorted(told)) or None) for finding, told in mends.items())
    return sorted(once, key=lambda finding: finding.sort_key)


def finding_of(result: Result, shapes: Shapes, locator: Locator) -> Finding:
    """A result of SHACL as a finding, with its place and what to type."""
    path, words = _path(result.path, shapes)
    return Finding(
        shapes.check(result.shape.node),
        shapes.severity(result.shape),
        shapes.message(result.messages) or _DEFAULT_MESSAGE,
        result.focus,
        path,
        result.value,
        locator.place(result.focus, path, result.value),
        mend_of(result, shapes.graph, words),
    )


def _path(path: Term | None, shapes: Shapes) -> tuple[Term | None, str | None]:
    """A path as a finding has it: the property, or the SPARQL form of a longer one; and in words."""
    if path is None:
        return None, None
    read = read_path(shapes.graph.triples, path)
    return (read.predicate or Literal(read.words)), read.words


def _clean_key(key: str, shapes: Shapes, engine: EngineName) -> str:
    from hashlib import sha256

    from unpact.corpus import content_hash

    return sha256(f"{key}\n{content_hash(shapes.files)}\n{engine}".encode()).hexdigest() + "-clean"
