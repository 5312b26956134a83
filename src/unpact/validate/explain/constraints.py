"""The constraints of a shape as predicates (SHACL, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.corpus.lexical import example
from unpact.names import RDF, SH, XSD
from unpact.notation import words
from unpact.shacl.shapes import is_true
from unpact.validate.explain.naming import with_article
from unpact.validate.explain.phrases import Every, Not, One, Says, Some, both, either, in_english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.shacl.shapes import Shape, ShapesGraph
    from unpact.shacl.triples import Term
    from unpact.validate.explain.naming import Naming, Noun
    from unpact.validate.explain.phrases import Predicate

_DATATYPES = {
    XSD + "string": "text without a language tag (xsd:string)",
    RDF + "langString": "text with a language tag (rdf:langString)",
    XSD + "integer": "a whole number (xsd:integer)",
    XSD + "boolean": "true or false (xsd:boolean)",
    XSD + "date": "a day (xsd:date)",
    XSD + "gYearMonth": "a month (xsd:gYearMonth)",
    XSD + "gYear": "a year (xsd:gYear)",
    XSD + "anyURI": "an address (xsd:anyURI)",
}
_KINDS = {
    "IRI": "a thing with an IRI",
    "Literal": "a literal",
    "BlankNode": "a node without a name",
    "BlankNodeOrIRI": "a thing, not a literal",
    "IRIOrLiteral": "a thing with an IRI or a literal",
    "BlankNodeOrLiteral": "a node without a name or a literal",
}
_BOUNDS = {
    "minInclusive": "at least",
    "minExclusive": "more than",
    "maxInclusive": "at most",
    "maxExclusive": "less than",
}
_SMALL = ("no", "one", "two", "three", "four", "five", "six")


class Constraints:
    """Says what shapes ask for.

    Args:
        graph: the shapes.
        naming: of classes and properties.
    """

    def __init__(self, graph: ShapesGraph, naming: Naming) -> None:
        self.graph = graph
        self.naming = naming
        self._open: list[Term] = []

    def noun(self, shape: Shape) -> Noun:
        """What the path of a property shape leads to."""
        if shape.path is None:
            raise ValueError(f"{shape.node} has no path")
        return self.naming.path(self.graph.triples, shape.path.node)

    def of_values(self, shape: Shape) -> list[Predicate]:
        """What has to be true of each value node: of the node itself, for a shape without a path."""
        return [
            *self._kinds(shape),
            *self._texts(shape),
            *self._bounds(shape),
            *self._pairs(shape),
            *self._combined(shape),
            *self._closed(shape),
            *self._components(shape),
        ]

    def of_focus(self, shape: Shape) -> list[Predicate]:
        """What has to be true of a node and of all that the path leads to from it."""
        if shape.path is None:
            return []
        noun = self.noun(shape)
        found: list[Predicate] = []
        least, most = self.graph.integer(shape, "minCount"), self.graph.integer(shape, "maxCount")
        counted = _counted(least, most, noun)
        if counted is not None:
            found.append(Says("has", counted))
        wanted = self.graph.values(shape, "hasValue")
        found += [Says("has", f"{words(each)} for {noun.one}") for each in wanted]
        if any(
            isinstance(each, Literal) and each.value == "true"
            for each in self.graph.values(shape, "uniqueLang")
        ):
            found.append(Says("has", f"no two {noun.many} in one language"))
        least = self.graph.integer(shape, "qualifiedMinCount")
        most = self.graph.integer(shape, "qualifiedMaxCount")
        for each in self.graph.values(shape, "qualifiedValueShape"):
            counted = _counted(least, most, noun)
            if counted is not None:
                found.append(Says("has", f"{counted} that {in_english(self.of_shape(each))}"))
        return found

    def of_shape(self, node: Term) -> Predicate:
        """All that has to be true of a node that meets a shape."""
        shape = self.graph.shape(node)
        if node in self._open or self.graph.is_deactivated(node):
            return Says("meets", f"{self.naming.shape(shape)} too")
        self._open.append(node)
        try:
            values = self.of_values(shape)
            inner = [self.of_shape(each) for each in self.graph.values(shape, "property")]
        finally:
            self._open.pop()
        if shape.path is None:
            found = [*values, *inner]
        else:
            found = self.of_focus(shape)
            if values or inner:
                within = in_english(Every((*values, *inner)))
                found.append(Says("has", f"no {self.noun(shape).one} but what {within}"))
        return Every(tuple(found)) if found else Says("is", "anything at all")

    def _kinds(self, shape: Shape) -> Iterator[Predicate]:
        for kind in self.graph.values(shape, "nodeKind"):
            name = kind.value.removeprefix(SH) if isinstance(kind, NamedNode) else ""
            yield Says("is", _KINDS.get(name, f"a node of the kind {words(kind)}"))
        for cls in self.graph.values(shape, "class"):
            yield Says("is", self.naming.a_kind(cls))
        for datatype in self.graph.values(shape, "datatype"):
            yield Says("is", _datatype(datatype))
        for head in self.graph.values(shape, "in"):
            members = [words(each) for each in self.graph.members(head, "in")]
            yield Says("is", either(members) if members else "nothing at all, for the list is empty")
        if shape.path is None:
            for each in self.graph.values(shape, "hasValue"):
                yield Says("is", words(each))

    def _texts(self, shape: Shape) -> Iterator[Predicate]:
        flags = "".join(each.value for each in self.graph.values(shape, "flags") if isinstance(each, Literal))
        for pattern in self.graph.values(shape, "pattern"):
            if isinstance(pattern, Literal):
                with_flags = f" with the flags {flags}" if flags else ""
                yield Says("matches", f"the regular expression {pattern.value}{with_flags}")
        for name, bound in (("minLength", "at least"), ("maxLength", "at most")):
            length = self.graph.integer(shape, name)
            if length is not None:
                yield Says("is", f"{bound} {_number(length)} character{'' if length == 1 else 's'} long")
        for head in self.graph.values(shape, "languageIn"):
            tags = [
                each.value for each in self.graph.members(head, "languageIn") if isinstance(each, Literal)
            ]
            language = f"the language {tags[0]}" if len(tags) == 1 else f"one of the languages {both(tags)}"
            yield Says("is", f"text in {language}")

    def _bounds(self, shape: Shape) -> Iterator[Predicate]:
        for name, comparison in _BOUNDS.items():
            for bound in self.graph.values(shape, name):
                yield Says("is", f"{comparison} {words(bound)}")

    def _pairs(self, shape: Shape) -> Iterator[Predicate]:
        for other in self.graph.values(shape, "equals"):
            yield Says("is", f"a value of {self.naming.property(other)} as well, and the other way about")
        for other in self.graph.values(shape, "disjoint"):
            yield Not(Says("is", with_article(f"value of {self.naming.property(other)} as well")))
        for name, comparison in (("lessThan", "less than"), ("lessThanOrEquals", "at most")):
            for other in self.graph.values(shape, name):
                yield Says("is", f"{comparison} each value of {self.naming.property(other)}")

    def _combined(self, shape: Shape) -> Iterator[Predicate]:
        for other in self.graph.values(shape, "node"):
            yield self.of_shape(other)
        for other in self.graph.values(shape, "not"):
            yield Not(self.of_shape(other))
        for name, combine in (("and", Every), ("or", Some), ("xone", One)):
            for head in self.graph.values(shape, name):
                yield combine(tuple(self.of_shape(each) for each in self.graph.members(head, name)))

    def _closed(self, shape: Shape) -> Iterator[Predicate]:
        if not any(is_true(each) for each in self.graph.values(shape, "closed")):
            return
        allowed = [self.graph.shape(each).path for each in self.graph.values(shape, "property")]
        names = [each.words for each in allowed if each is not None and each.predicate is not None]
        for head in self.graph.values(shape, "ignoredProperties"):
            names += [words(each) for each in self.graph.members(head, "ignoredProperties")]
        listed = either(list(dict.fromkeys(names)))
        yield Says("has", f"no property but {listed}" if names else "no property at all")

    def _components(self, shape: Shape) -> Iterator[Predicate]:
        for used in self.graph.triples.properties(shape.node):
            if used in self.graph.component_parameters:
                values = both([words(each) for each in self.graph.triples.objects(shape.node, used)])
                yield Says("meets", f"the constraint {self.naming.property(used)} {values}")


def _counted(least: int | None, most: int | None, noun: Noun) -> str | None:
    least = least or 0
    if most == 0:
        return f"no {noun.one}"
    if most is None:
        return f"at least {_some(least, noun)}" if least else None
    if least == most:
        return f"exactly {_some(most, noun)}"
    return f"from {_number(least)} to {_some(most, noun)}" if least else f"at most {_some(most, noun)}"


def _some(number: int, noun: Noun) -> str:
    return f"{_number(number)} {noun.one if number == 1 else noun.many}"


def _number(number: int) -> str:
    return _SMALL[number] if 0 < number < len(_SMALL) else str(number)


def _datatype(datatype: Term) -> str:
    if not isinstance(datatype, NamedNode):
        return f"a literal of the datatype {words(datatype)}"
    if datatype.value in _DATATYPES:
        return _DATATYPES[datatype.value]
    shown = example(datatype.value)
    such = f", such as {words(Literal(shown, datatype=datatype))}" if shown else ""
    return f"a literal of the datatype {words(datatype)}{such}"
