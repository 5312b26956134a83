"""The OpenAPI description of a server: what it has in any case, and a path for each stored query."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from unpact import __version__
from unpact.query.parameters import JSON_TYPES, PATTERNS
from unpact.query.period import TODAY
from unpact.serve.questions.formats import FORMATS
from unpact.serve.questions.links import in_words, path_of_query, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unpact.query.parameters import Parameter
    from unpact.query.stored import StoredQuery

Json: TypeAlias = dict[str, Any]

_SERVICE = Path(__file__).with_name("service.yaml")
_TEXT: Json = {"type": "string"}
#: The formats whose answers OpenAPI can describe further than as text.
_RESULTS = ("application/sparql-results+json", "application/json")


def describe(queries: Iterable[StoredQuery], address: str) -> Json:
    """The description.

    Args:
        queries: those stored.
        address: of the server.
    """
    described: Json = yaml.safe_load(_SERVICE.read_text(encoding="utf-8"))
    described["info"]["version"] = __version__
    described["servers"] = [{"url": address}]
    topics: dict[str, None] = {}
    for query in queries:
        topics.setdefault(query.topic)
        described["paths"][path_of_query(query)] = {"get": _operation(query)}
    described["tags"] = [
        *({"name": topic, "description": f"Questions of the topic {topic}."} for topic in topics),
        *described["tags"],
    ]
    return described


def _operation(query: StoredQuery) -> Json:
    return {
        "operationId": f"{query.topic}_{query.name}".replace("-", "_"),
        "summary": query.title,
        "description": query.description,
        "tags": [query.topic],
        "parameters": [
            *(_parameter(query, parameter) for parameter in query.parameters),
            _component("parameters", "cite"),
            _component("parameters", "why"),
        ],
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {name: _component("headers", name) for name in ("Link", "X-Rows-Left-Out")},
                "content": {
                    media_type: {"schema": _results(query) if media_type in _RESULTS else _TEXT}
                    for form in FORMATS
                    for media_type in form.media_types
                },
            },
            "400": _component("responses", "Wrong"),
            "404": _component("responses", "Unknown"),
            "406": _component("responses", "NotAcceptable"),
            "503": _component("responses", "Busy"),
            "504": _component("responses", "TooLong"),
        },
    }


def _parameter(query: StoredQuery, parameter: Parameter) -> Json:
    one = _schema(parameter)
    schema: Json = {"type": "array", "items": one} if parameter.list else one
    default = parameter.default
    if default is not None and default != TODAY:
        # what changes from day to day is no default in the sense of a schema
        many = parameter.list and isinstance(default, str)
        schema["default"] = [default] if many else default
    found: Json = {
        "name": parameter.option,
        "in": "query",
        "description": _told(parameter),
        "required": parameter.required,
        "schema": schema,
    }
    examples = dict(_examples(query, parameter))
    if examples:
        found["examples"] = examples
    return found


def _schema(parameter: Parameter) -> Json:
    if parameter.type in JSON_TYPES:
        return {"type": JSON_TYPES[parameter.type]}
    pattern = PATTERNS.get(parameter.type)
    schema: Json = {"type": "string"}
    if pattern is not None:
        # a blank value is none, as forms send it
        schema["pattern"] = f"^({pattern})$" if parameter.required else f"^({pattern})?$"
    elif parameter.required:
        schema["minLength"] = 1
    return schema


def _told(parameter: Parameter) -> str:
    words = f"{parameter.help[:1].upper()}{parameter.help[1:]}."
    if parameter.class_iri is not None:
        words += f" Any name, code, CURIE or IRI of a thing of the class {parameter.type} will do."
    return f"{words} Where it is left out: {TODAY}." if parameter.default == TODAY else words


def _examples(query: StoredQuery, parameter: Parameter) -> Iterator[tuple[str, Json]]:
    for number, example in enumerate(query.examples, 1):
        texts = texts_of(example).get(parameter.name)
        if texts:
            value = list(texts) if parameter.list else texts[0]
            yield f"example-{number}", {"summary": in_words(query, texts_of(example)), "value": value}


def _results(query: StoredQuery) -> Json:
    """SPARQL 1.1 Query Results JSON with the columns of a query."""
    term = _component("schemas", "Term")
    columns = {name: {"description": meaning, "allOf": [term]} for name, meaning in query.columns.items()}
    bindings = {"type": "array", "items": {"type": "object", "properties": columns}}
    return {
        "allOf": [_component("schemas", "Results")],
        "properties": {"results": {"type": "object", "properties": {"bindings": bindings}}},
    }


def _component(kind: str, name: str) -> Json:
    return {"$ref": f"#/components/{kind}/{name}"}
