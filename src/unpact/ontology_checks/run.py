"""All checks of an ontology over its files; what they find, with the places."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from unpact.corpus.syntax import read_quads, read_triples
from unpact.finding import Finding, Place
from unpact.graph.memory import MemoryGraph
from unpact.names import OWL, RDFS, expand
from unpact.ontology_checks.catalogue import columns, filled, ontology_checks
from unpact.ontology_checks.marking import mark
from unpact.ontology_checks.own import Declared
from unpact.ontology_checks.words import Words
from unpact.validate.locating import Locator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from unpact.corpus import CorpusFile
    from unpact.finding import Severity, Term
    from unpact.graph.interface import Row
    from unpact.ontology_checks.catalogue import OntologyCheck
    from unpact.ontology_checks.profile import Profile

_COLUMNS = ("subject", "property", "value")
# what these find may be a slip of the pen
_UNDECLARED = ("declared/class", "declared/property", "declared/term")


def check_ontology(
    files: Sequence[CorpusFile],
    profile: Profile,
    *,
    data: Sequence[CorpusFile] | None = None,
    rules: Sequence[CorpusFile] = (),
    namespaces: Sequence[str] = (),
    takes: Callable[[str], bool] = lambda _: True,
) -> list[Finding]:
    """What is wrong with an ontology, worst first.

    Args:
        files: of the ontology.
        profile: how bad each finding is, and which checks are off.
        data: that uses the ontology; None where there is none, so that no term counts as unused.
        rules: queries that use the ontology; a term that they name is not unused.
        namespaces: of the ontology's own terms, where its header does not say which they are.
        takes: whether a check is wanted, by its id.

    Raises:
        DataSyntaxError: for a file that is not RDF, or an ill-typed literal.
        UsageError: for a file that cannot be read.
        StoredQueryError: for a check with a wrong header.
    """
    files = [file.snapshot() for file in files]
    store = Store()
    for file in files:
        store.extend(read_quads(file))
    used = None if data is None else used_names(data, rules)
    graph = marked(store, namespaces, used)
    places, word = _Places(store, files), Words(files).word
    found: list[Finding] = []
    for check in ontology_checks().values():
        severity = profile.severity(check.id)
        if severity is not None and takes(check.id):
            rows = graph.select(check.text)
            found += _findings(check, severity, rows, profile, places, word)
    return sorted(set(found), key=lambda finding: finding.sort_key)


def marked(
    store: Store, namespaces: Sequence[str] = (), used: frozenset[NamedNode] | None = None
) -> MemoryGraph:
    """The graph that checks are asked of: a store, to which the marks are added.

    Args:
        store: the ontology, each file a named graph.
        namespaces: of its own terms; found out where there are none.
        used: the names that data uses; None where no data is at hand.
    """
    graph = MemoryGraph(store)
    declared = Declared(store)
    mark(store, graph, declared, declared.namespaces(namespaces), used)
    return graph


def used_names(data: Iterable[CorpusFile], rules: Iterable[CorpusFile] = ()) -> frozenset[NamedNode]:
    """The properties that data uses and the IRIs that are values in it, and what rules name.

    What RDFS and OWL say of terms is no use of them, so that data may come with its ontology.

    Raises:
        DataSyntaxError: for a file that is not RDF.
        UsageError: for a file that cannot be read.
    """
    used: set[NamedNode] = set()
    for file in data:
        for _, predicate, value in read_triples(file):
            if not predicate.value.startswith((RDFS, OWL)):
                used.add(predicate)
                if isinstance(value, NamedNode):
                    used.add(value)
    return frozenset(used.union(*(_named_in(file) for file in rules)))


def _named_in(file: CorpusFile) -> set[NamedNode]:
    from unpact.query.tokens import tokenize

    tokens = tokenize(file.read().decode("utf-8"))
    names = (expand(token.text) for token in tokens if token.kind == "pname")
    return {NamedNode(name) for name in names if name is not None}


def _findings(
    check: OntologyCheck,
    severity: Severity,
    rows: Iterable[Row],
    profile: Profile,
    places: _Places,
    word: Callable[[Term], str],
) -> Iterator[Finding]:
    for row in rows:
        known: dict[str, Term | None] = dict(zip(columns(check.text), row, strict=True))
        subject, used, value = (known.get(name) for name in _COLUMNS)
        if isinstance(subject, NamedNode) and profile.exempts(check.id, subject.value):
            continue
        header = check.header
        words = {name: word(term) for name, term in known.items() if term is not None}
        message, mend = filled(header.problem, words), filled(header.solution, words)
        if check.id in _UNDECLARED and subject is not None:
            mend = places.suggestion(subject, word) + mend
        place = places.place(subject, used, value)
        yield Finding(check.id, severity, message, subject, used, value, place, mend)


class _Places:
    """Where a finding is written: each has a place, since what is missing is missing from some file."""

    def __init__(self, store: Store, files: Sequence[CorpusFile]) -> None:
        self._store = store
        self._files = files
        self._locator = Locator(lambda: store, files)

    def place(self, subject: Term | None, used: Term | None, value: Term | None) -> Place | None:
        found = self._locator.place(subject, used, value) or self._as_property(subject)
        return found or (Place(self._files[0].relative) if self._files else None)

    def suggestion(self, term: Term, word: Callable[[Term], str]) -> str:
        """The declared term whose name is nearest, as a question; nothing where none is near."""
        import difflib

        known = {word(each): None for each in (*self._declared.classes, *self._declared.properties)}
        near = difflib.get_close_matches(word(term), list(known), n=1, cutoff=0.8)
        return f"Did you mean {near[0]}? " if near else ""

    @cached_property
    def _declared(self) -> Declared:
        return Declared(self._store)

    def _as_property(self, term: Term | None) -> Place | None:
        """Where a property is used of which nothing is said."""
        if not isinstance(term, NamedNode):
            return None
        quads = sorted(self._store.quads_for_pattern(None, term, None, None), key=str)
        for quad in quads:
            place = self._locator.place(quad.subject, term, None)
            if place is not None:
                return place
        return None
