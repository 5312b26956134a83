"""What the header of a stored query says, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from unpact.query.stored import StoredQuery


def as_object(query: StoredQuery) -> dict[str, object]:
    """A stored query as a JSON object."""
    return {
        "name": query.name,
        "topic": query.topic,
        "title": query.title,
        "description": query.description,
        "keywords": list(query.keywords),
        "parameters": [
            {
                "name": parameter.name,
                "option": f"--{parameter.option}",
                "type": parameter.type,
                "required": parameter.required,
                "list": parameter.list,
                "default": parameter.default,
                "help": parameter.help,
            }
            for parameter in query.parameters
        ],
        "columns": dict(query.columns),
        "examples": [dict(example) for example in query.examples],
    }
