"""The header of a stored query: YAML behind ``#+``, checked against the query below it.

A header that is wrong fails loudly and names file and line, because a query whose documentation drifts from
its text is found out only by the person it misleads. The form of the header is that of grlc
(https://grlc.io), the keys are our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.errors import UnpactError
from unpact.query.faults import StoredQueryError
from unpact.query.header_reader import HeaderReader, header_lines
from unpact.query.parameters import PLAIN_TYPES, Parameter, is_known_type, parse_plain
from unpact.query.period import TODAY
from unpact.query.stored import ParameterValue, StoredQuery
from unpact.query.template import Template, Use, read_template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from unpact.query import yaml_nodes

__all__ = ["StoredQuery", "parse_stored_query"]

_KEYS = ("title", "description", "keywords", "parameters", "columns", "examples")
_NEEDED = ("title", "description", "keywords", "columns", "examples")
_PARAMETER_KEYS = ("type", "required", "default", "help", "list")
_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False}


def parse_stored_query(text: str, path: Path) -> StoredQuery:
    """Read the stored query `text` that stands in `path` (``<topic>/<name>.rq``).

    Raises StoredQueryError for an unknown, missing or repeated key, an unknown type, an example that does
    not fit the parameters, a ``$name`` that is not declared, a declared parameter that is not used, a
    column that is not projected and a projected variable that is not described. Whether IRIs and classes
    exist is the business of ``queries check``.
    """
    reader = _Reader(path, header_lines(text, path))
    root = reader.mapping(reader.root(), "the header", allowed=_KEYS, needed=_NEEDED)
    parameters = tuple(
        reader.parameter(name, node)
        for name, node in reader.entries(root.get("parameters"), "parameters").items()
    )
    query = StoredQuery(
        name=path.stem,
        topic=path.parent.name,
        path=path,
        title=reader.text(root["title"], "title"),
        description=reader.text(root["description"], "description"),
        parameters=parameters,
        columns={
            name: reader.text(node, f"the meaning of column {name!r}")
            for name, node in reader.entries(root["columns"], "columns").items()
        },
        keywords=tuple(reader.strings(root["keywords"], "keywords")),
        examples=tuple(
            reader.example(node, parameters) for node in reader.items(root["examples"], "examples")
        ),
        text=text,
    )
    if not query.examples:
        raise StoredQueryError(
            path,
            reader.line(root["examples"]),
            "examples is empty",
            "Write '- {}' for a query without parameters.",
        )
    lines_of = {
        name: reader.line(node) for name, node in reader.entries(root.get("parameters"), "parameters").items()
    }
    columns_of = {
        name: reader.line(node) for name, node in reader.entries(root["columns"], "columns").items()
    }
    _check_body(query, lines_of, columns_of, reader.line(root["columns"]))
    return query


def _check_body(
    query: StoredQuery, declared_at: Mapping[str, int], column_at: Mapping[str, int], columns_line: int
) -> None:
    """Compare the header with the SPARQL text below it."""
    template: Template = read_template(query.text, query.path)
    for use in template.inputs:
        _check_use(query, use)
    inputs = {name for parameter in query.parameters for name in parameter.inputs}
    for block in template.conditions:
        if block.name not in inputs:
            problem = f"'# if ${block.name}' names a parameter that is not declared"
            raise StoredQueryError(query.path, block.line, problem)
    _check_unused(query, template, declared_at)
    for name, line in column_at.items():
        if name not in template.outputs:
            problem = f"column {name!r} is described but the query does not project ?{name}"
            raise StoredQueryError(query.path, line, problem)
    for name in template.outputs:
        if name not in column_at:
            problem = f"the query projects ?{name}, which columns does not describe"
            raise StoredQueryError(query.path, columns_line, problem)


def _check_unused(query: StoredQuery, template: Template, declared_at: Mapping[str, int]) -> None:
    """Every input of every parameter stands somewhere."""
    used = {use.name for use in template.inputs} | {block.name for block in template.conditions}
    for parameter in query.parameters:
        for name in parameter.inputs:
            if name not in used:
                problem = f"parameter {parameter.name!r} is declared but the query never uses ${name}"
                raise StoredQueryError(query.path, declared_at[parameter.name], problem)


def _check_use(query: StoredQuery, use: Use) -> None:
    """One place where ``$name`` stands: is it declared, and can its value be missing or a list there?"""
    declared = {name: parameter for parameter in query.parameters for name in parameter.inputs}
    parameter = declared.get(use.name)
    if parameter is None:
        known = ", ".join(f"${name}" for name in declared) or "none"
        raise StoredQueryError(
            query.path,
            use.line,
            f"${use.name} is used but not declared (declared: {known})",
            f"Add '{use.name}:' under parameters, or write ?{use.name}.",
        )
    if parameter.optional and use.name not in use.conditions:
        raise StoredQueryError(
            query.path,
            use.line,
            f"${use.name} may be missing, yet this line needs it",
            f"Put the lines that use it between '# if ${use.name}' and '# end', or give it a default.",
        )
    if parameter.list and use.context is None:
        raise StoredQueryError(
            query.path,
            use.line,
            f"${use.name} is a list, and no list can stand here",
            f"Write FILTER(?x IN (${use.name})).",
        )


class _Reader(HeaderReader):
    """Turns YAML nodes into parameters and examples."""

    def flag(self, node: yaml_nodes.Node | None, what: str) -> bool:
        if node is None:
            return False
        value = self.text(node, what).lower()
        if value not in _BOOLEANS:
            raise self.fail(node, f"{what} must be true or false, not {value!r}")
        return _BOOLEANS[value]

    def value(self, node: yaml_nodes.Node, parameter: Parameter) -> ParameterValue:
        what = f"the value of parameter {parameter.name!r}"
        if node.kind == "sequence":
            if not parameter.list:
                raise self.fail(node, f"{what} is a list, but the parameter takes one value")
            value: ParameterValue = tuple(self.strings(node, what))
        else:
            value = self.text(node, what)
        try:
            for single in (value,) if isinstance(value, str) else value:
                parse_plain(parameter, single)
        except UnpactError as error:
            raise self.fail(node, str(error)) from None
        return value

    def parameter(self, name: str, node: yaml_nodes.Node) -> Parameter:
        what = f"parameter {name!r}"
        if not name.isidentifier() or not name.isascii():
            raise self.fail(node, f"{what}: a name is made of ASCII letters, digits and _")
        found = self.mapping(node, what, allowed=_PARAMETER_KEYS, needed=("type", "help"))
        type_name = self.text(found["type"], f"the type of {what}")
        if not is_known_type(type_name):
            raise self.fail(
                found["type"],
                f"{what} has the unknown type {type_name!r}",
                f"Use a class of the ontology such as State, or {', '.join(PLAIN_TYPES)} or topic.",
            )
        parameter = Parameter(
            name=name,
            type=type_name,
            required=self.flag(found.get("required"), f"required of {what}"),
            list=self.flag(found.get("list"), f"list of {what}"),
            help=self.text(found["help"], f"help of {what}"),
        )
        if "default" not in found:
            return parameter
        if parameter.required:
            raise self.fail(found["default"], f"{what} is required, so it cannot have a default")
        return parameter.with_default(self.value(found["default"], parameter))

    def example(self, node: yaml_nodes.Node, parameters: Sequence[Parameter]) -> dict[str, ParameterValue]:
        known = {parameter.name: parameter for parameter in parameters}
        example: dict[str, ParameterValue] = {}
        for name, value in self.entries(node, "an example").items():
            if name not in known:
                raise self.fail(value, f"an example gives {name!r}, which is not a declared parameter")
            example[name] = self.value(value, known[name])
        for parameter in parameters:
            if parameter.name in example:
                continue
            if parameter.required:
                raise self.fail(node, f"an example lacks the required parameter {parameter.name!r}")
            if parameter.default == TODAY:
                problem = f"an example without {parameter.name!r} has other rows every day"
                raise self.fail(node, problem, f"Give it a day, such as {parameter.name}: 2023-08-18.")
        return example
