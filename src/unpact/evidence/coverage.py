"""Which sentences of the article have facts, and which facts have sentences.

Counted are the asserted triples of `data/article/`, without the passages themselves, the list of sentences
that state no fact, and the evidence (`owl:Axiom`, `unp:statedIn`). A triple rests on the sentences of the
axiom that annotates it, or else on those of its subject.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from unpact.corpus.syntax import read_quads
from unpact.evidence.premises import reading_order
from unpact.finding import Finding, Place, Severity
from unpact.names import OWL, RDF, UNP, compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.corpus import Corpus, CorpusFile
    from unpact.turtle.places import Places

Node = NamedNode | BlankNode | Triple
Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[Node, NamedNode, Term]

_PASSAGES = "data/article/passages.ttl"
_NO_FACTS = "data/article/no-facts.ttl"
_TYPE = NamedNode(RDF + "type")
_AXIOM = NamedNode(OWL + "Axiom")
_PASSAGE = NamedNode(UNP + "Passage")
_STATED_IN = NamedNode(UNP + "statedIn")
_STATES_NO_FACT = NamedNode(UNP + "statesNoFact")
_REASON = NamedNode(UNP + "reason")
_ANNOTATED = tuple(
    NamedNode(OWL + part) for part in ("annotatedSource", "annotatedProperty", "annotatedTarget")
)


@dataclass(frozen=True, slots=True)
class PassageCoverage:
    """One passage: how many facts rest on it, and why it has none if it is marked so."""

    passage: NamedNode
    facts: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """Every passage in reading order, and all that is wrong.

    Args:
        passages: with their counts.
        facts: the number of asserted facts; one fact may rest on several passages.
        findings: empty when the coverage is complete.
    """

    passages: tuple[PassageCoverage, ...]
    facts: int
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """True when every sentence has a fact or a reason, and every fact a sentence."""
        return not self.findings

    @property
    def factless(self) -> tuple[PassageCoverage, ...]:
        """The passages marked as stating no fact."""
        return tuple(passage for passage in self.passages if passage.reason is not None)


def coverage(corpus: Corpus) -> CoverageReport:
    """Count the facts of each passage of the article.

    Raises:
        DataSyntaxError: for a file of the article that is not RDF, or an ill-typed literal.
        UsageError: for a file that cannot be read.
    """
    return _Coverage(corpus).report()


@dataclass(slots=True)
class _Axiom:
    """An annotation: the parts of the triple it names, and its sentences."""

    file: CorpusFile
    parts: dict[NamedNode, Term] = field(default_factory=dict)
    sentences: list[Term] = field(default_factory=list)


class _Coverage:
    """The facts and the evidence of the article, read once."""

    def __init__(self, corpus: Corpus) -> None:
        self._passages: set[NamedNode] = set()
        self._facts: dict[Fact, CorpusFile] = {}
        self._axioms: dict[Node, _Axiom] = {}
        self._own: dict[Node, dict[Term, CorpusFile]] = {}
        self._marked: dict[Node, CorpusFile] = {}
        self._reasons: dict[Node, str] = {}
        self._places: dict[str, Places] = {}
        for file in corpus.data_files("article"):
            self._read(file, read_quads(file))

    def report(self) -> CoverageReport:
        """Everything that is wrong, and the count of each passage."""
        counts = dict.fromkeys(self._passages, 0)
        annotated, findings = self._annotated()
        for fact, file in self._facts.items():
            sentences = annotated.get(fact) or set(self._own.get(fact[0], ()))
            if not sentences:
                findings.append(self._without_sentence(fact, file))
            for sentence in sentences:
                # an unknown passage is reported where it is written
                if isinstance(sentence, NamedNode) and sentence in counts:
                    counts[sentence] += 1
        findings += self._unknown_passages()
        findings += self._by_passage(counts)
        ordered = sorted(counts, key=lambda passage: reading_order(passage.value))
        passages = tuple(PassageCoverage(each, counts[each], self._reason(each)) for each in ordered)
        return CoverageReport(
            passages, len(self._facts), tuple(sorted(findings, key=lambda found: found.sort_key))
        )

    def _read(self, file: CorpusFile, quads: list[Quad]) -> None:
        if file.relative == _PASSAGES:
            self._passages |= {
                quad.subject
                for quad in quads
                if quad.predicate == _TYPE and quad.object == _PASSAGE and isinstance(quad.subject, NamedNode)
            }
            return
        axioms = {quad.subject for quad in quads if quad.predicate == _TYPE and quad.object == _AXIOM}
        for quad in quads:
            if quad.subject in axioms:
                self._read_axiom(quad, self._axioms.setdefault(quad.subject, _Axiom(file)))
            elif quad.predicate == _STATED_IN:
                self._own.setdefault(quad.subject, {}).setdefault(quad.object, file)
            elif file.relative == _NO_FACTS:
                self._read_mark(quad, file)
            else:
                self._facts.setdefault((quad.subject, quad.predicate, quad.object), file)

    def _read_axiom(self, quad: Quad, axiom: _Axiom) -> None:
        if quad.predicate == _STATED_IN:
            axiom.sentences.append(quad.object)
        elif quad.predicate in _ANNOTATED:
            axiom.parts[quad.predicate] = quad.object

    def _read_mark(self, quad: Quad, file: CorpusFile) -> None:
        if quad.predicate == _STATES_NO_FACT and _is_true(quad.object):
            self._marked[quad.subject] = file
        elif quad.predicate == _REASON and isinstance(quad.object, Literal) and quad.object.value.strip():
            self._reasons[quad.subject] = quad.object.value

    def _annotated(self) -> tuple[dict[Fact, set[Term]], list[Finding]]:
        """The sentences of each annotated fact, and the axioms that annotate none."""
        found: dict[Fact, set[Term]] = {}
        findings: list[Finding] = []
        for node, axiom in self._axioms.items():
            source, used, target = (axiom.parts.get(part) for part in _ANNOTATED)
            if source is None or used is None or target is None or not axiom.sentences:
                missing = next((part for part in _ANNOTATED if part not in axiom.parts), _STATED_IN)
                findings.append(
                    self._finding(
                        "axiom-incomplete",
                        f"This owl:Axiom has no {compact(missing.value)}, so it gives no evidence: add it.",
                        axiom.file,
                        (node, missing, None),
                    )
                )
                continue
            fact = (source, used, target)
            if not isinstance(source, Literal) and isinstance(used, NamedNode) and fact in self._facts:
                found.setdefault((source, used, target), set()).update(axiom.sentences)
                continue
            findings.append(
                self._finding(
                    "axiom-without-triple",
                    f"This owl:Axiom annotates a triple that is not asserted ({_words(*fact)}): "
                    "assert it, or correct the annotation.",
                    axiom.file,
                    fact,
                    node,
                )
            )
        return found, findings

    def _without_sentence(self, fact: Fact, file: CorpusFile) -> Finding:
        return self._finding(
            "triple-without-sentence",
            f"Nothing says which sentence states {_words(*fact)}: "
            "annotate the triple with an owl:Axiom, or give its subject unp:statedIn.",
            file,
            fact,
        )

    def _unknown_passages(self) -> Iterator[Finding]:
        places: list[tuple[Node, Term, CorpusFile]] = [
            (node, sentence, file) for node, own in self._own.items() for sentence, file in own.items()
        ]
        places += [
            (node, sentence, axiom.file)
            for node, axiom in self._axioms.items()
            for sentence in axiom.sentences
        ]
        for node, sentence, file in places:
            if sentence not in self._passages:
                yield self._unknown(sentence, file, (node, _STATED_IN, sentence))
        for passage, file in self._marked.items():
            if passage not in self._passages:
                yield self._unknown(passage, file, (passage, _STATES_NO_FACT, None))

    def _unknown(self, sentence: Term, file: CorpusFile, place: tuple[Term, Term, Term | None]) -> Finding:
        return self._finding(
            "unknown-passage",
            f"The article has no passage {_word(sentence)}: correct its number.",
            file,
            place,
        )

    def _by_passage(self, counts: dict[NamedNode, int]) -> Iterator[Finding]:
        for passage, facts in counts.items():
            name = compact(passage.value)
            marked = self._marked.get(passage)
            if marked is None and not facts:
                check = "passage-without-fact"
                message = f"No fact rests on {name}: write down what it states, or mark it in {_NO_FACTS}."
                yield Finding(f"coverage/{check}", Severity.VIOLATION, message, passage)
            elif marked is not None and facts:
                message = f"{name} is marked as stating no fact, but {facts} rest on it: take back the mark."
                place = (passage, _STATES_NO_FACT, None)
                yield self._finding("factless-with-facts", message, marked, place)
            elif marked is not None and passage not in self._reasons:
                message = f"{name} is marked as stating no fact without a unp:reason: add one."
                yield self._finding("factless-without-reason", message, marked, (passage, _REASON, None))

    def _reason(self, passage: NamedNode) -> str | None:
        return self._reasons.get(passage, "") if passage in self._marked else None

    def _finding(
        self,
        check: str,
        message: str,
        file: CorpusFile,
        place: tuple[Term, Term, Term | None],
        written_at: Node | None = None,
    ) -> Finding:
        """A finding about a triple; its place is that of the triple, or of the node that speaks of it."""
        focus, path, value = place
        places = self._places_of(file)
        found = places.of(focus, path, value) if written_at is None else places.of(written_at)
        found = found or Place(file.relative)
        return Finding(f"coverage/{check}", Severity.VIOLATION, message, focus, path, value, found)

    def _places_of(self, file: CorpusFile) -> Places:
        # needed only when something is wrong
        from unpact.turtle.places import places_of

        if file.relative not in self._places:
            self._places[file.relative] = places_of(file)
        return self._places[file.relative]


def _is_true(term: Term) -> bool:
    return isinstance(term, Literal) and term.value in ("true", "1")


def _word(term: Term) -> str:
    return compact(term.value) if isinstance(term, NamedNode) else str(term)


def _words(*terms: Term) -> str:
    return " ".join(_word(term) for term in terms)
