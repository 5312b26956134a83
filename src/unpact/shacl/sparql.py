"""SHACL-SPARQL: constraints and constraint components that bring a query (SHACL, sections 5 and 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from unpact.errors import ShapesError
from unpact.graph.reached import reached
from unpact.names import OWL, RDF, RDFS
from unpact.shacl.rewrite import ask_body, check_allowed, code_of, over_all, replaced
from unpact.shacl.scope import NotCompilable, written
from unpact.shacl.shapes import SUBCLASS, TYPE, Shape, ShapesGraph, is_true, sh
from unpact.shacl.violations import Reading, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.shacl.scope import Nodes, Scope
    from unpact.shacl.triples import Node, Term

_ALWAYS_DECLARED = {"rdf": RDF, "rdfs": RDFS, "owl": OWL}
_LOCAL = "/#"
SHAPES_GRAPH = "urn:x-unpact:shapes-graph"
"""The graph that a query with $shapesGraph asks."""


class _Component(NamedTuple):
    node: NamedNode
    parameters: dict[str, NamedNode]
    optional: frozenset[str]


class SparqlConstraints:
    """Finds the violations of the constraints that are queries.

    Args:
        graph: the shapes, with the components that they use.
        scope: of the query.
    """

    def __init__(self, graph: ShapesGraph, scope: Scope) -> None:
        self.graph = graph
        self.scope = scope
        self._components: list[_Component] | None = None

    def violations(self, shape: Shape, nodes: Nodes, values: Nodes) -> Iterator[Violation]:
        """One for each query.

        Raises:
            NotCompilable: for a query that cannot be asked of all nodes at once.
            ShapesError: for a query that SHACL does not allow.
        """
        for constraint in self.graph.values(shape, "sparql"):
            if not self.graph.is_deactivated(constraint):
                yield self._constraint(shape, nodes, constraint)
        for component in self._all_components():
            for arguments in self._arguments(shape, component):
                yield self._validated(shape, nodes, values, component, arguments)

    def _constraint(self, shape: Shape, nodes: Nodes, constraint: Term) -> Violation:
        if isinstance(constraint, Literal):
            raise ShapesError(f"sh:sparql of {shape.node} is a literal")
        text = self._text(constraint, "select")
        code = self._code(text, constraint, shape)
        check_allowed(code, ["?this"])
        reading = Reading(
            sh("SPARQLConstraintComponent"),
            shape,
            parameter=constraint,
            source=constraint,  # type: ignore[arg-type]  # literals were refused
            messages=self._messages(constraint),
        )
        return self._selected(code, shape, nodes, reading)

    def _selected(self, code: list[str], shape: Shape, nodes: Nodes, reading: Reading) -> Violation:
        rewritten = over_all(replaced(code, {"?this": nodes.var}), nodes)
        value = "?value" if "?value" in rewritten.columns else (nodes.var if shape.path is None else None)
        path = "?path" if "?path" in rewritten.columns else None
        return Violation("", nodes, (reading._replace(value=value, path=path),), (), rewritten.select)

    def _validated(
        self, shape: Shape, nodes: Nodes, values: Nodes, component: _Component, arguments: dict[str, Term]
    ) -> Violation:
        validator = self._validator(shape, component)
        reading = Reading(
            component.node,
            shape,
            parameter=next(iter(arguments.values())),
            messages=self._messages(validator),
            bound=arguments,
        )
        terms = {f"?{name}": written(term) for name, term in arguments.items()}
        if self.graph.triples.objects(validator, sh("ask")):
            code = self._code(self._text(validator, "ask"), validator, shape)
            check_allowed(code, ["?this", "?value", *terms])
            body = ask_body(replaced(code, {**terms, "?this": nodes.var, "?value": values.var}))
            pattern = f"{values.pattern} FILTER NOT EXISTS {body}"
            return Violation(pattern, nodes, (reading._replace(value=values.var),))
        code = self._code(self._text(validator, "select"), validator, shape)
        check_allowed(code, ["?this", *terms])
        return self._selected(replaced(code, terms), shape, nodes, reading)

    def _validator(self, shape: Shape, component: _Component) -> Term:
        special = "nodeValidator" if shape.path is None else "propertyValidator"
        for name in (special, "validator"):
            found = self.graph.triples.object(component.node, sh(name))
            if found is not None:
                return found
        raise ShapesError(f"the component {component.node} has no validator for {shape.node}")

    def _all_components(self) -> list[_Component]:
        if self._components is None:
            triples = self.graph.triples
            self._components = []
            for node in self._instances_of(sh("ConstraintComponent")):
                parameters, optional = {}, set()
                for each in triples.objects(node, sh("parameter")):
                    path = triples.object(each, sh("path"))
                    if not isinstance(path, NamedNode) or not isinstance(node, NamedNode):
                        raise ShapesError(f"a parameter of the component {node} has no property for its path")
                    name = _local_name(path.value)
                    parameters[name] = path
                    if any(is_true(found) for found in triples.objects(each, sh("optional"))):
                        optional.add(name)
                if parameters and isinstance(node, NamedNode) and self._has_validator(node):
                    self._components.append(_Component(node, parameters, frozenset(optional)))
        return self._components

    def _instances_of(self, cls: NamedNode) -> list[Node]:
        triples = self.graph.triples
        start: list[Term] = [cls]
        classes = reached(start, lambda each: triples.subjects(SUBCLASS, each))
        return list(dict.fromkeys(node for each in classes for node in triples.subjects(TYPE, each)))

    def _has_validator(self, node: NamedNode) -> bool:
        # the vocabulary of SHACL declares its own components too, without a query
        names = ("validator", "nodeValidator", "propertyValidator")
        validators = [each for name in names for each in self.graph.triples.objects(node, sh(name))]
        return any(
            self.graph.triples.objects(each, sh(name)) for each in validators for name in ("ask", "select")
        )

    def _arguments(self, shape: Shape, component: _Component) -> Iterator[dict[str, Term]]:
        """The values of a component's parameters at a shape; none when a mandatory one is missing."""
        found = {
            name: self.graph.triples.objects(shape.node, path) for name, path in component.parameters.items()
        }
        if any(not found[name] for name in component.parameters if name not in component.optional):
            return
        given = {name: values for name, values in found.items() if values}
        if not given:
            return
        if len(component.parameters) == 1:
            ((name, values),) = given.items()
            yield from ({name: value} for value in values)
        elif any(len(values) > 1 for values in given.values()):
            raise NotCompilable(f"a parameter of {component.node} has several values")
        else:
            yield {name: values[0] for name, values in given.items()}

    def _code(self, text: str, owner: Term, shape: Shape) -> list[str]:
        code = code_of(text, {**_ALWAYS_DECLARED, **self._prefixes(owner)})
        if "?shapesGraph" in code:
            code = replaced(code, {"?shapesGraph": f"<{SHAPES_GRAPH}>"})
        if "?PATH" in code:
            if shape.path is None:
                raise ShapesError(f"a query of {shape.node} has $PATH, and the shape has no path")
            code = replaced(code, {"?PATH": shape.path.sparql})
        if "?currentShape" in code:
            code = replaced(code, {"?currentShape": written(shape.node)})
        return code

    def _text(self, owner: Term, name: str) -> str:
        texts = self.graph.triples.objects(owner, sh(name))
        if len(texts) != 1 or not isinstance(texts[0], Literal):
            raise ShapesError(f"{owner} has to have one sh:{name}")
        return texts[0].value

    def _messages(self, owner: Term) -> tuple[Literal, ...]:
        return tuple(
            each for each in self.graph.triples.objects(owner, sh("message")) if isinstance(each, Literal)
        )

    def _prefixes(self, owner: Term) -> dict[str, str]:
        """The prefixes that `sh:prefixes` leads to (section 5.2.1)."""
        triples = self.graph.triples
        ontologies: list[Node] = triples.subjects(TYPE, NamedNode(OWL + "Ontology"))
        found: dict[str, str] = {}
        for where in triples.objects(owner, sh("prefixes")):
            for ontology in dict.fromkeys(
                (where, *triples.objects(where, NamedNode(OWL + "imports")), *ontologies)
            ):
                for each in triples.objects(ontology, sh("declare")):
                    prefix = triples.object(each, sh("prefix"))
                    namespace = triples.object(each, sh("namespace"))
                    if isinstance(prefix, Literal) and isinstance(namespace, Literal | NamedNode):
                        found.setdefault(prefix.value, namespace.value)
        return found


def _local_name(iri: str) -> str:
    return iri[max(iri.rfind(mark) for mark in _LOCAL) + 1 :]
