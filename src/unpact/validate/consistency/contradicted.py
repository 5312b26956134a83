"""The contradictions of a view as findings, each in the words of the rule that it breaks."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from unpact.corpus.lexical import example
from unpact.finding import Finding, Severity
from unpact.names import OWL, RDF, XSD
from unpact.notation import words
from unpact.validate.consistency.disjoint import disjoint_finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from unpact.finding import Term
    from unpact.graph.contradictions import Contradiction
    from unpact.validate.consistency.grounds import Grounding
    from unpact.validate.consistency.reasons import Reasons

_TYPE = NamedNode(RDF + "type")
_SAME = NamedNode(OWL + "sameAs")
_FUNCTIONAL = NamedNode(OWL + "FunctionalProperty")

#: a thing, a property that has one value, and two things that are its values
Pair = tuple["Term", "Term", frozenset["Term"]]


class _Told(NamedTuple):
    """A contradiction in words.

    Args:
        check: its id, without the family.
        message: what is wrong.
        triple: focus, path and value of the finding.
        mend: what to do about it.
        wanted: the triples where it may be mended, the best first.
    """

    check: str
    message: str
    triple: tuple[Term, Term, Term]
    mend: str
    wanted: tuple[Triple, ...] = ()


def contradicted(
    contradictions: tuple[Contradiction, ...], grounding: Grounding | None, reasons: Reasons | None
) -> Iterator[Finding]:
    """A finding for each contradiction; of several that say the same by different rules, the first.

    What follows from two things being taken for the same, since they are values of a property that has one
    value, is left out: that there are two is a finding already. Only where they are said to be different as
    well, that is found here.

    Args:
        contradictions: of a view.
        grounding: finds what they rest on; None where no finding needs a place.
        reasons: for classes that exclude others; None where they are not explained.
    """
    told: set[object] = set()
    for each in contradictions:
        if not each.rule.startswith("eq-diff") and pairs_behind(each):
            continue
        if each.rule in ("cax-dw", "cax-adc"):
            finding = disjoint_finding(*_classes(each), reasons=reasons, grounding=grounding, by=each)
        else:
            finding = _finding(each, _TELLERS[each.rule](each), grounding)
        key = (finding.check, finding.focus, finding.path, finding.value, finding.message)
        if key not in told:
            told.add(key)
            yield finding


def pairs_behind(contradiction: Contradiction) -> set[Pair]:
    """The values of a property that has one value by which a contradiction takes them for the same."""
    functional = {
        leaf.subject
        for leaf in contradiction.leaves
        if leaf.predicate == _TYPE and leaf.object == _FUNCTIONAL
    }
    values: dict[tuple[Term, Term], set[Term]] = {}
    for leaf in contradiction.leaves:
        if leaf.predicate in functional and isinstance(leaf.object, NamedNode):
            values.setdefault((leaf.subject, leaf.predicate), set()).add(leaf.object)
    return {
        (subject, used, frozenset(two))
        for (subject, used), found in values.items()
        for two in combinations(found, 2)
    }


def _finding(contradiction: Contradiction, told: _Told, grounding: Grounding | None) -> Finding:
    place = grounds = None
    if grounding is not None:
        place = grounding.place(contradiction, told.wanted)
        grounds = grounding.of(contradiction)
    return Finding(
        f"consistency/{told.check}",
        Severity.VIOLATION,
        told.message,
        *told.triple,
        place,
        told.mend,
        grounds,
    )


def _classes(each: Contradiction) -> tuple[Term, list[Term]]:
    first = each.premises[0]
    classes = sorted((premise.object for premise in each.premises), key=_text)
    # a class that excludes itself is both
    return first.subject, [classes[0], classes[-1]]


def _complement(each: Contradiction) -> _Told:
    thing, (one, other) = _classes(each)
    message = f"{words(thing)} is both {_a(one)} and {_a(other)}, and one is what the other is not."
    return _Told("complement", message, (thing, _TYPE, other), f"Keep one of the two. {_show(thing)}".strip())


def _nothing(each: Contradiction) -> _Told:
    (premise,) = each.premises
    message = f"{words(premise.subject)} is in owl:Nothing, and nothing is."
    mend = f"Correct what is said of it. {_show(premise.subject)}".strip()
    return _Told("nothing", message, _parts(premise), mend)


def _itself(each: Contradiction) -> _Told:
    premise = min(each.premises, key=lambda triple: _text(triple.subject))
    focus, used, value = _parts(premise)
    message = (
        f"{words(used)} leads from {words(focus)} to {words(value)} and back, and has one direction."
        if each.rule == "prp-asyp"
        else f"{words(used)} leads from {words(focus)} to {words(value)}, and links nothing to itself."
    )
    mend = "Remove one of the two." if len(each.premises) > 1 else "Name another thing, or remove it."
    return _Told("itself", message, (focus, used, value), mend, (premise,))


def _disjoint_properties(each: Contradiction) -> _Told:
    *_, last = ordered = sorted(each.premises, key=lambda triple: _text(triple.predicate))
    focus, used, value = _parts(last)
    both = f"{words(ordered[0].predicate)} and {words(used)}"
    message = f"{both} both lead from {words(focus)} to {words(value)}, and exclude each other."
    return _Told("disjoint-properties", message, (focus, used, value), "Keep one of the two.", (last,))


def _denied(each: Contradiction) -> _Told:
    (premise,) = each.premises
    focus, used, value = _parts(premise)
    message = f"{words(used)} of {words(focus)} is {words(value)}, and is said not to be."
    mend = "Remove it, or the owl:NegativePropertyAssertion that denies it."
    return _Told("denied", message, (focus, used, value), mend, (premise,))


def _different(each: Contradiction) -> _Told:
    first, last = each.premises[0], each.premises[-1]
    if first.predicate.value.startswith(RDF):
        focus = other = first.object
    else:
        focus, other = sorted((last.subject, last.object), key=_text)
    if focus == other:
        message = f"{words(focus)} is said to be different from itself."
        return _Told("different", message, (focus, _SAME, other), "Name another thing.")
    message = f"{words(focus)} and {words(other)} are said to be different, and turn out to be the same."
    mend = "Correct what makes them the same, or what says that they are different."
    return _Told("different", message, (focus, _SAME, other), mend, each.premises[:1])


def _no_value(each: Contradiction) -> _Told:
    member, link, *_ = each.premises
    focus, used, value = _parts(link)
    kind = words(member.object) if isinstance(member.object, NamedNode) else "a class that it belongs to"
    message = f"{words(used)} of {words(focus)} is {words(value)}, and {kind} allows no such value."
    mend = f"Remove the value, or correct what {words(focus)} is."
    return _Told("no-value", message, (focus, used, value), mend, (link,))


def _two_values(each: Contradiction) -> _Told:
    one, other = sorted(each.premises[-2:], key=lambda triple: (_text(triple.object), str(triple.object)))
    focus, used, value = _parts(other)
    message = f"{words(used)} of {words(focus)} has two values, {words(one.object)} and {words(value)}."
    return _Told("one-value", message, (focus, used, value), "Keep one of the two.", (other, one))


def _datatype(each: Contradiction) -> _Told:
    link, axiom = each.premises[-1], each.axioms[0]
    focus, used, value = _parts(link)
    kind = words(axiom.object)
    message = f"{words(used)} of {words(focus)} is {words(value)}, which is no {kind}."
    wanted = example(axiom.object.value) if isinstance(axiom.object, NamedNode) else None
    shown = f", as in {words(Literal(wanted, datatype=NamedNode(axiom.object.value)))}" if wanted else ""  # type: ignore[union-attr]  # has an example, so it is an IRI
    if isinstance(axiom.object, NamedNode) and axiom.object.value == XSD + "string":
        shown = ", in quotation marks, without a language or a datatype"
    return _Told("datatype", message, (focus, used, value), f"Write a value of {kind}{shown}.", (link,))


_TELLERS: Mapping[str, Callable[[Contradiction], _Told]] = {
    "cls-com": _complement,
    "cls-nothing2": _nothing,
    **dict.fromkeys(("prp-irp", "prp-asyp"), _itself),
    **dict.fromkeys(("prp-pdw", "prp-adp"), _disjoint_properties),
    **dict.fromkeys(("prp-npa1", "prp-npa2"), _denied),
    **dict.fromkeys(("eq-diff1", "eq-diff2", "eq-diff3"), _different),
    **dict.fromkeys(("cls-maxc1", "cls-maxqc1", "cls-maxqc2"), _no_value),
    "dt-diff": _two_values,
    "dt-not-type": _datatype,
}


def _a(kind: Term) -> str:
    return f"a {words(kind)}" if isinstance(kind, NamedNode) else "in a class without a name"


def _show(term: Term) -> str:
    shown = words(term)
    return f"To see what is said of it, type: unpact show {shown}" if isinstance(term, NamedNode) else ""


def _parts(triple: Triple) -> tuple[Term, Term, Term]:
    return triple.subject, triple.predicate, triple.object


def _text(term: Term) -> str:
    """What SPARQL's STR gives, by which findings have always been ordered."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
