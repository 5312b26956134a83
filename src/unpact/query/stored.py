"""A stored query, as its header describes it; kept apart from the reading of headers, which a warm run does
without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from unpact.query.parameters import Parameter

ParameterValue = str | tuple[str, ...]


class StoredQuery(NamedTuple):
    """One file of ``queries/``: what it asks, what it needs, what its columns mean, and its SPARQL text."""

    name: str
    topic: str
    path: Path
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, str]
    keywords: tuple[str, ...]
    examples: tuple[Mapping[str, ParameterValue], ...]
    text: str

    def parameter(self, name: str) -> Parameter | None:
        """The parameter called `name`, or None."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)
