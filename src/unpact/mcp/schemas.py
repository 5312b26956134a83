"""JSON Schemas from the headers of stored queries, and what the arguments of a call have to be."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from unpact.errors import UsageError
from unpact.query.parameters import JSON_TYPES, PATTERNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from unpact.query.parameters import Parameter
    from unpact.query.stored import ParameterValue, StoredQuery

Schema = dict[str, Any]

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def parameters_schema(query: StoredQuery) -> Schema:
    """The schema of the arguments of a stored query."""
    return {
        "type": "object",
        "properties": {parameter.name: _parameter(parameter) for parameter in query.parameters},
        "required": [parameter.name for parameter in query.parameters if parameter.required],
        "additionalProperties": False,
    }


def example_arguments(query: StoredQuery) -> dict[str, Any]:
    """The first example of a stored query as arguments that its schema allows."""
    found = {}
    for name, value in query.examples[0].items():
        parameter = query.parameter(name)
        if parameter is not None:
            found[name] = _typed(parameter, value)
    return found


def answer_schema(query: StoredQuery, template: Schema) -> Schema:
    """The schema of the answer of a stored query: `template`, with the columns in the place of any."""
    schema = deepcopy(template)
    values = schema["properties"]["rows"]["items"]["properties"]["values"]
    of_any = values.pop("additionalProperties")
    values["properties"] = {name: {**of_any, "description": told} for name, told in query.columns.items()}
    values["required"] = list(query.columns)
    return schema


def checked(arguments: Mapping[str, Any], schema: Schema) -> dict[str, Any]:
    """The arguments of a tool with the defaults of its schema.

    Raises:
        UsageError: for a name that the schema does not have, one that it needs, or a value of another type.
    """
    known: Mapping[str, Schema] = schema["properties"]
    for name in arguments:
        if name not in known:
            raise UsageError(f"there is no argument {name!r}", hint=f"There are: {', '.join(known)}.")
    found = {}
    for name, each in known.items():
        value = arguments.get(name, each.get("default"))
        if value is None:
            if name in schema.get("required", ()):
                raise UsageError(f"the argument {name!r} is needed: {each.get('description', name)}")
            continue
        if not _fits(value, each):
            raise UsageError(f"the argument {name!r} has to be of type {each['type']}, not {value!r}")
        found[name] = value
    return found


def plain_values(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a stored query, each one value or a list of them.

    Raises:
        UsageError: for values that are made of others.
    """
    for name, value in arguments.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict | list):
                raise UsageError(f"parameter {name!r} takes text, numbers, true or false, not {each!r}")
    return dict(arguments)


def _parameter(parameter: Parameter) -> Schema:
    told = parameter.help
    if parameter.class_iri is not None:
        told += f" ({parameter.type}, by any of its names)"
    schema = _plain(parameter.type)
    if parameter.list:
        schema = {"type": "array", "items": schema}
    schema["description"] = told
    if parameter.default is not None:
        schema["default"] = _typed(parameter, parameter.default)
    return schema


def _plain(type_name: str) -> Schema:
    if type_name in JSON_TYPES:
        return {"type": JSON_TYPES[type_name]}
    if type_name == "string":
        return {"type": "string"}
    if type_name not in PATTERNS:
        # the name of a thing
        return {"type": "string", "minLength": 1}
    schema = {"type": "string", "pattern": f"^({PATTERNS[type_name]})$"}
    return schema | {"format": "date"} if type_name == "date" else schema


def _typed(parameter: Parameter, value: ParameterValue) -> Any:  # noqa: ANN401 - a value of JSON
    """A value of a header as JSON has it."""
    singles = [value] if isinstance(value, str) else list(value)
    typed = [_scalar(parameter.type, each) for each in singles]
    return typed if parameter.list else typed[0]


def _scalar(type_name: str, text: str) -> str | int | float | bool:
    if type_name == "integer":
        return int(text)
    if type_name == "decimal":
        return float(text)
    if type_name == "boolean":
        return text.lower() in ("true", "yes", "1")
    return text


def _fits(value: object, schema: Schema) -> bool:
    if isinstance(value, bool) and schema["type"] != "boolean":
        return False
    if not isinstance(value, _TYPES[schema["type"]]):
        return False
    if isinstance(value, list):
        return all(_fits(each, schema["items"]) for each in value)
    if isinstance(value, int) and value < schema.get("minimum", value):
        return False
    return not (isinstance(value, str) and len(value.strip()) < schema.get("minLength", 0))
