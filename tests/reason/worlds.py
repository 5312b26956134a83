"""Random small ontologies over the constructs of OWL 2 RL, with facts, for hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from unpact.names import OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Node: TypeAlias = NamedNode | BlankNode
World: TypeAlias = tuple[Triple, ...]

NAMESPACE = "http://example.org/"


def named(name: str) -> NamedNode:
    """A term of the examples."""
    return NamedNode(NAMESPACE + name)


CLASSES = [named(name) for name in ("A", "B", "C", "D")]
PROPERTIES = [named(name) for name in ("p", "q", "r", "s")]
DATA_PROPERTIES = [named(name) for name in ("size", "name")]
THINGS = [named(name) for name in ("a", "b", "c", "d", "e")]
LITERALS = [Literal("x"), Literal("y"), Literal("7", datatype=NamedNode(XSD + "integer"))]

_A, _FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("type", "first", "rest", "nil"))
_NONE, _ONE = (Literal(text, datatype=NamedNode(XSD + "nonNegativeInteger")) for text in ("0", "1"))


def xsd(name: str) -> NamedNode:
    """A datatype of XML Schema."""
    return NamedNode(XSD + name)


def owl(name: str) -> NamedNode:
    """A word of OWL."""
    return NamedNode(OWL + name)


def rdfs(name: str) -> NamedNode:
    """A word of RDFS."""
    return NamedNode(RDFS + name)


DECLARED: World = (
    *(Triple(each, _A, owl("Class")) for each in CLASSES),
    *(Triple(each, _A, owl("ObjectProperty")) for each in PROPERTIES),
    *(Triple(each, _A, owl("DatatypeProperty")) for each in DATA_PROPERTIES),
)


def listed(members: Sequence[Node | Literal]) -> tuple[Node, World]:
    """An RDF list: its head and its triples."""
    head: Node = _NIL
    triples: list[Triple] = []
    for each in reversed(members):
        node = BlankNode()
        triples += [Triple(node, _FIRST, each), Triple(node, _REST, head)]
        head = node
    return head, tuple(triples)


def _pair(
    first: Sequence[Node], word: NamedNode, second: Sequence[Node | Literal]
) -> st.SearchStrategy[World]:
    return st.builds(
        lambda one, other: (Triple(one, word, other),), st.sampled_from(first), st.sampled_from(second)
    )


def _over_list(
    subject: Sequence[Node], word: str, members: Sequence[Node], least: int, most: int
) -> st.SearchStrategy[World]:
    def build(one: Node, chosen: list[Node]) -> World:
        head, triples = listed(chosen)
        return (Triple(one, owl(word), head), *triples)

    chosen = st.lists(
        st.sampled_from(members), min_size=least, max_size=most, unique=word != "propertyChainAxiom"
    )
    return st.builds(build, st.sampled_from(subject), chosen)


def _restriction(
    word: str,
    fillers: Sequence[Node | Literal],
    *,
    most: Literal | None = None,
    properties: Sequence[Node] = PROPERTIES,
) -> st.SearchStrategy[World]:
    """A class above, below or equivalent to a restriction."""

    def build(used: Node, filler: Node | Literal, kind: Node, side: str) -> World:
        node = BlankNode()
        body = [Triple(node, _A, owl("Restriction")), Triple(node, owl("onProperty"), used)]
        if most is not None:
            body += [Triple(node, owl(word), most), Triple(node, owl("onClass"), filler)]
        else:
            body.append(Triple(node, owl(word), filler))
        if side == "above":
            body.append(Triple(kind, rdfs("subClassOf"), node))
        elif side == "below":
            body.append(Triple(node, rdfs("subClassOf"), kind))
        else:
            body.append(Triple(kind, owl("equivalentClass"), node))
        return tuple(body)

    return st.builds(
        build,
        st.sampled_from(properties),
        st.sampled_from(fillers),
        st.sampled_from(CLASSES),
        st.sampled_from(("above", "below", "both")),
    )


AXIOMS: dict[str, st.SearchStrategy[World]] = {
    "subClassOf": _pair(CLASSES, rdfs("subClassOf"), CLASSES),
    "equivalentClass": _pair(CLASSES, owl("equivalentClass"), CLASSES),
    "subPropertyOf": _pair(PROPERTIES, rdfs("subPropertyOf"), PROPERTIES),
    "data subPropertyOf": _pair(DATA_PROPERTIES, rdfs("subPropertyOf"), DATA_PROPERTIES),
    "equivalentProperty": _pair(PROPERTIES, owl("equivalentProperty"), PROPERTIES),
    "inverseOf": _pair(PROPERTIES, owl("inverseOf"), PROPERTIES),
    "domain": _pair([*PROPERTIES, *DATA_PROPERTIES], rdfs("domain"), CLASSES),
    "range": _pair(PROPERTIES, rdfs("range"), CLASSES),
    "SymmetricProperty": _pair(PROPERTIES, _A, [owl("SymmetricProperty")]),
    "TransitiveProperty": _pair(PROPERTIES, _A, [owl("TransitiveProperty")]),
    "FunctionalProperty": _pair(PROPERTIES, _A, [owl("FunctionalProperty")]),
    "InverseFunctionalProperty": _pair(
        [*PROPERTIES, *DATA_PROPERTIES], _A, [owl("InverseFunctionalProperty")]
    ),
    "propertyChainAxiom": _over_list(PROPERTIES, "propertyChainAxiom", PROPERTIES, 2, 3),
    "hasKey": _over_list(CLASSES, "hasKey", [*PROPERTIES, *DATA_PROPERTIES], 2, 2),
    "intersectionOf": _over_list(CLASSES, "intersectionOf", CLASSES, 2, 3),
    "unionOf": _over_list(CLASSES, "unionOf", CLASSES, 2, 3),
    "oneOf": _over_list(CLASSES, "oneOf", THINGS, 1, 2),
    "someValuesFrom": _restriction("someValuesFrom", [*CLASSES, owl("Thing")]),
    "allValuesFrom": _restriction("allValuesFrom", CLASSES),
    "hasValue": _restriction("hasValue", THINGS),
    "maxCardinality": _restriction("maxCardinality", [_ONE]),
    "maxQualifiedCardinality": _restriction("maxQualifiedCardinality", [*CLASSES, owl("Thing")], most=_ONE),
}

# a member behind all others: owlrl 7.6.2 never looks at the last one of some lists
_LAST = named("last")


def _exclusive(kind: str, word: str, members: Sequence[Node]) -> st.SearchStrategy[World]:
    """An axiom about all members of a list."""

    def build(chosen: list[Node]) -> World:
        node = BlankNode()
        head, triples = listed([*chosen, _LAST])
        return (Triple(node, _A, owl(kind)), Triple(node, owl(word), head), *triples)

    return st.builds(build, st.lists(st.sampled_from(members), min_size=2, max_size=3, unique=True))


def _denial(
    properties: Sequence[Node], word: str, values: Sequence[Node | Literal]
) -> st.SearchStrategy[World]:
    def build(subject: Node, used: Node, value: Node | Literal) -> World:
        node = BlankNode()
        return (
            Triple(node, _A, owl("NegativePropertyAssertion")),
            Triple(node, owl("sourceIndividual"), subject),
            Triple(node, owl("assertionProperty"), used),
            Triple(node, owl(word), value),
        )

    return st.builds(build, st.sampled_from(THINGS), st.sampled_from(properties), st.sampled_from(values))


#: what may contradict the facts
LIMITS: dict[str, st.SearchStrategy[World]] = {
    "disjointWith": _pair(CLASSES, owl("disjointWith"), CLASSES),
    "AllDisjointClasses": _exclusive("AllDisjointClasses", "members", CLASSES),
    "complementOf": _pair(CLASSES, owl("complementOf"), CLASSES),
    "Nothing": _pair(CLASSES, rdfs("subClassOf"), [owl("Nothing")]),
    "IrreflexiveProperty": _pair(PROPERTIES, _A, [owl("IrreflexiveProperty")]),
    "AsymmetricProperty": _pair(PROPERTIES, _A, [owl("AsymmetricProperty")]),
    "propertyDisjointWith": _pair(PROPERTIES, owl("propertyDisjointWith"), PROPERTIES),
    "AllDisjointProperties": _exclusive("AllDisjointProperties", "members", PROPERTIES),
    "targetIndividual": _denial(PROPERTIES, "targetIndividual", THINGS),
    "targetValue": _denial(DATA_PROPERTIES, "targetValue", LITERALS),
    "differentFrom": _pair(THINGS, owl("differentFrom"), THINGS),
    "AllDifferent members": _exclusive("AllDifferent", "members", THINGS),
    "AllDifferent distinctMembers": _exclusive("AllDifferent", "distinctMembers", THINGS),
    "maxCardinality 0": _restriction("maxCardinality", [_NONE], properties=[*PROPERTIES, *DATA_PROPERTIES]),
    "maxQualifiedCardinality 0": _restriction(
        "maxQualifiedCardinality", [*CLASSES, owl("Thing")], most=_NONE
    ),
    "data FunctionalProperty": _pair(DATA_PROPERTIES, _A, [owl("FunctionalProperty")]),
    "data range": _pair(DATA_PROPERTIES, rdfs("range"), [xsd("integer"), xsd("string")]),
    "data allValuesFrom": _restriction(
        "allValuesFrom", [xsd("integer"), xsd("string")], properties=DATA_PROPERTIES
    ),
}
FACTS: dict[str, st.SearchStrategy[World]] = {
    "type": _pair(THINGS, _A, CLASSES),
    "link": st.builds(
        lambda one, used, other: (Triple(one, used, other),),
        st.sampled_from(THINGS),
        st.sampled_from(PROPERTIES),
        st.sampled_from(THINGS),
    ),
    "value": st.builds(
        lambda one, used, other: (Triple(one, used, other),),
        st.sampled_from(THINGS),
        st.sampled_from(DATA_PROPERTIES),
        st.sampled_from(LITERALS),
    ),
}
SAME = _pair(THINGS, owl("sameAs"), THINGS)


def parts(*, equality: bool = True) -> st.SearchStrategy[list[World]]:
    """Axioms and facts, each with the triples that belong together."""
    names: Callable[[str], bool] = lambda name: equality or name not in _EQUATING  # noqa: E731 - one condition
    axioms = st.one_of([strategy for name, strategy in AXIOMS.items() if names(name)])
    facts = st.one_of([*FACTS.values(), *([SAME] if equality else [])])
    return st.builds(
        lambda one, other: [*one, *other],
        st.lists(axioms, min_size=1, max_size=6),
        st.lists(facts, min_size=1, max_size=9),
    )


#: the constructs by which things can turn out to be the same
_EQUATING = frozenset(
    ("FunctionalProperty", "InverseFunctionalProperty", "hasKey", "maxCardinality", "maxQualifiedCardinality")
)
