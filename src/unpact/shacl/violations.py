"""The constraints of SHACL core as patterns that match what violates them (SHACL, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.errors import ShapesError
from unpact.names import RDF, RDFS
from unpact.shacl.scope import Nodes, NotCompilable, Scope, written
from unpact.shacl.shapes import Shape, ShapesGraph, is_true, sh
from unpact.shacl.value_tests import value_tests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from unpact.shacl.folding import Folds
    from unpact.shacl.triples import Node, Term

    Subclasses = Callable[[Term], Sequence[Term]]
    """Gives a class and all classes below it, as the data has them."""

_ON_DATATYPES = ("datatype",)
_ON_LEXICAL_FORMS = ("pattern", "minLength", "maxLength", "in", "hasValue", "equals", "disjoint")
_ON_NUMBERS_OF_VALUES = ("minCount", "maxCount", "qualifiedValueShape", "lessThan", "lessThanOrEquals")
# a thing is an rdfs:Resource by RDFS itself, which no closed shape means to forbid
_TYPE = NamedNode(RDF + "type")


class Reading(NamedTuple):
    """How to read one result from a row (SHACL, section 3.6.2).

    Args:
        component: of the constraint.
        shape: that has the constraint.
        flag: the variable that is true where this constraint is the one violated; None where each row is.
        value: the variable of `sh:value`, if the result has one.
        path: the variable of `sh:resultPath`; None for the path of the shape.
        parameter: the value of the constraint's parameter.
        source: of a SPARQL constraint.
        messages: of a SPARQL constraint or component, with variables in braces.
        bound: values for these variables that no row has.
        details: the nested shape, whose own results explain this one.
    """

    component: NamedNode
    shape: Shape
    flag: str | None = None
    value: str | None = None
    path: str | None = None
    parameter: Term | None = None
    source: Node | None = None
    messages: tuple[Literal, ...] = ()
    bound: Mapping[str, Term] | None = None
    details: Node | None = None


class Violation(NamedTuple):
    """A pattern that matches the nodes that violate a constraint.

    Args:
        pattern: it binds the keys of the nodes and the variables that the readings name.
        nodes: the focus nodes of the constraint.
        readings: of a row.
        computed: expressions to select, by the variable that is to hold each.
        query: a whole SELECT in place of a pattern, for a constraint that brings its own.
    """

    pattern: str
    nodes: Nodes
    readings: tuple[Reading, ...]
    computed: tuple[tuple[str, str], ...] = ()
    query: str | None = None


class CoreConstraints:
    """Finds the violations of the constraints that need no other shape.

    Args:
        graph: the shapes.
        scope: of the query.
        subclasses: of a class, in the data.
        folds: what the store does not keep as it is written.
    """

    def __init__(self, graph: ShapesGraph, scope: Scope, subclasses: Subclasses, folds: Folds) -> None:
        self.graph = graph
        self.scope = scope
        self.subclasses = subclasses
        self.folds = folds

    def violations(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        """One for each constraint; those of single values share one.

        Raises:
            NotCompilable: for a parameter that no query can take.
            ShapesError: for one that SHACL does not allow.
        """
        self._refuse_folded(shape)
        yield from self._tested(shape, nodes, values)
        yield from self._classes(shape, nodes, values)
        if shape.path is not None:
            yield from self._counts(shape, nodes, values)
            yield from self._unique_languages(shape, nodes, values)
        yield from self._has_values(shape, nodes, values)
        yield from self._pairs(shape, nodes, values)
        yield from self._closed(shape, nodes, values)

    def instance_of(self, var: str, cls: Term) -> str:
        """A pattern that binds the instances of a class, each as often as it has one of its subclasses."""
        classes = self.subclasses(cls)
        if len(classes) == 1:
            return f"{var} a {written(classes[0])} ."
        kind = self.scope.fresh()
        return f"VALUES {kind} {{ {' '.join(map(written, classes))} }} {var} a {kind} ."

    def _refuse_folded(self, shape: Shape) -> None:
        """Leave to the reference what asks for the difference between two ways to write one value."""
        used = None if shape.path is None else shape.path.predicates
        for parameters, properties in (
            (_ON_DATATYPES, self.folds.retyped),
            (_ON_LEXICAL_FORMS, self.folds.changed),
            (_ON_NUMBERS_OF_VALUES, self.folds.merged),
        ):
            # the literals that a node shape meets may come from anywhere
            met = properties if used is None else properties & used
            if met and any(self.graph.values(shape, parameter) for parameter in parameters):
                names = ", ".join(sorted(each.value for each in met))
                raise NotCompilable(f"the store does not keep the literals of {names} as they are written")

    def _tested(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        tests = list(value_tests(self.graph, shape, values.var))
        if not tests:
            return
        flags = [self.scope.fresh() for _ in tests] if len(tests) > 1 else [None]
        readings = tuple(
            Reading(test.component, shape, flag, values.var, parameter=test.parameter)
            for test, flag in zip(tests, flags, strict=True)
        )
        computed = tuple((flag, test.violated) for test, flag in zip(tests, flags, strict=True) if flag)
        condition = " || ".join(f"({test.violated})" for test in tests)
        yield Violation(f"{values.pattern} FILTER({condition})", nodes, readings, computed)

    def _classes(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        for cls in self.graph.values(shape, "class"):
            pattern = f"{values.pattern} {without(self.instance_of(values.var, cls))}"
            yield _violation("Class", shape, pattern, nodes, value=values.var, parameter=cls)

    def _counts(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        path = shape.path
        least, most = self.graph.integer(shape, "minCount"), self.graph.integer(shape, "maxCount")
        if least is not None and least > 0:
            if least == 1 and path is not None and path.one_step:
                lacking = without(f"{nodes.var} {path.sparql} {self.scope.fresh()} .")
            else:
                enough = grouped(nodes, values, f"COUNT(DISTINCT {values.var}) >= {least}")
                lacking = f"MINUS {{ {enough} }}"
            parameter = self.graph.values(shape, "minCount")[0]
            pattern = f"{nodes.pattern} {lacking}"
            yield _violation("MinCount", shape, pattern, nodes, parameter=parameter)
        if most is not None:
            parameter = self.graph.values(shape, "maxCount")[0]
            pattern = values.pattern
            if most == 1 and path is not None and path.predicate is not None:
                # most nodes have one value, and a join of two finds the others sooner than counting does
                other = self.scope.fresh()
                second = f"{nodes.var} {path.sparql} {other} . FILTER(!sameTerm({values.var}, {other}))"
                pattern = f"{values.pattern} {second}"
            elif most > 0:
                pattern = grouped(nodes, values, f"COUNT(DISTINCT {values.var}) > {most}")
            yield _violation("MaxCount", shape, pattern, nodes, parameter=parameter)

    def _unique_languages(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        for parameter in self.graph.values(shape, "uniqueLang"):
            # "1" is true as well, but has no effect here (section 4.4.5)
            if isinstance(parameter, Literal) and parameter.value == "true":
                language = self.scope.fresh()
                tagged = f'BIND(LCASE(LANG({values.var})) AS {language}) FILTER({language} != "")'
                pattern = (
                    f"{{ SELECT {nodes.keys} {language} WHERE {{ {values.pattern} {tagged} }} "
                    f"GROUP BY {nodes.keys} {language} HAVING(COUNT(DISTINCT {values.var}) > 1) }}"
                )
                reading = Reading(sh("UniqueLangConstraintComponent"), shape, parameter=parameter)
                # a result for each language, so the language has to stay in the row
                yield Violation(pattern, nodes, (reading,), ((self.scope.fresh(), language),))

    def _has_values(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        for wanted in self.graph.values(shape, "hasValue"):
            term = written(wanted)
            if shape.path is None:
                pattern = f"{nodes.pattern} FILTER(!sameTerm({values.var}, {term}))"
            else:
                reached = f"{nodes.var} {shape.path.sparql} {term} ."
                lacking = without(reached) if shape.path.one_step else f"MINUS {{ {reached} }}"
                pattern = f"{nodes.pattern} {lacking}"
                if shape.path.nullable:
                    pattern += f" FILTER(!sameTerm({nodes.var}, {term}))"
            yield _violation("HasValue", shape, pattern, nodes, parameter=wanted)

    def _pairs(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        for other in self.graph.values(shape, "equals"):
            # the values that the other property lacks, and then those that only it has
            linked = f"{nodes.var} {_property(other)} {values.var} ."
            lacking = f"{values.pattern} {without(linked)}"
            yield _violation("Equals", shape, lacking, nodes, value=values.var, parameter=other)
            added = self.scope.fresh()
            extra = f"{nodes.pattern} {nodes.var} {_property(other)} {added} ."
            if shape.path is None:
                extra += f" FILTER(!sameTerm({nodes.var}, {added}))"
            else:
                extra += f" MINUS {{ {self.scope.reached(nodes, shape.path, added)} }}"
            yield _violation("Equals", shape, extra, nodes, value=added, parameter=other)
        for other in self.graph.values(shape, "disjoint"):
            shared = f"{values.pattern} {nodes.var} {_property(other)} {values.var} ."
            yield _violation("Disjoint", shape, shared, nodes, value=values.var, parameter=other)
        for name, operator in (("lessThan", "<"), ("lessThanOrEquals", "<=")):
            for other in self.graph.values(shape, name):
                bound = self.scope.fresh()
                unordered = f"FILTER(!COALESCE({values.var} {operator} {bound}, false))"
                pattern = f"{values.pattern} {nodes.var} {_property(other)} {bound} . {unordered}"
                component = sh(f"{name[0].upper()}{name[1:]}ConstraintComponent")
                reading = Reading(component, shape, value=values.var, parameter=other)
                # a result for each pair, so both values have to stay in the row
                yield Violation(pattern, nodes, (reading,), ((self.scope.fresh(), bound),))

    def _closed(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        closed = next((each for each in self.graph.values(shape, "closed") if is_true(each)), None)
        if closed is None:
            return
        allowed: dict[Term, None] = {}
        for head in self.graph.values(shape, "ignoredProperties"):
            allowed.update(dict.fromkeys(self.graph.members(head, "ignoredProperties")))
        for each in self.graph.values(shape, "property"):
            path = self.graph.shape(each).path
            if path is not None and path.predicate is not None:
                allowed[path.predicate] = None
        used, value = self.scope.fresh(), self.scope.fresh()
        pattern = f"{values.pattern} {values.var} {used} {value} ."
        if allowed:
            # a hash of the properties, where IN would compare each of them with each triple
            pattern += f" MINUS {{ VALUES {used} {{ {' '.join(map(written, allowed))} }} }}"
        if _TYPE not in allowed:
            pattern += f" FILTER(!({used} = <{_TYPE.value}> && {value} = <{RDFS}Resource>))"
        reading = Reading(sh("ClosedConstraintComponent"), shape, None, value, used, closed)
        # two values of a property may have the same triple too many, which is two results
        yield Violation(pattern, nodes, (reading,), ((self.scope.fresh(), values.var),))


def without(triple: str) -> str:
    """Leaves out what has a triple.

    For one triple this is a look-up in an index, where MINUS reads all triples that there are; for a join it
    is the other way about on the embedded engine.
    """
    return f"FILTER NOT EXISTS {{ {triple} }}"


def grouped(nodes: Nodes, values: Nodes, condition: str) -> str:
    """A pattern that binds the keys of the nodes whose values together meet a condition."""
    keys = nodes.keys
    return f"{{ SELECT {keys} WHERE {{ {values.pattern} }} GROUP BY {keys} HAVING({condition}) }}"


def _violation(
    component: str,
    shape: Shape,
    pattern: str,
    nodes: Nodes,
    *,
    value: str | None = None,
    parameter: Term | None = None,
) -> Violation:
    reading = Reading(sh(f"{component}ConstraintComponent"), shape, value=value, parameter=parameter)
    return Violation(pattern, nodes, (reading,))


def _property(term: Term) -> str:
    if not isinstance(term, NamedNode):
        raise ShapesError(f"{term} stands where a property is wanted")
    return written(term)
