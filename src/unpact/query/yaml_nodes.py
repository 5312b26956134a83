"""YAML as plain nodes that know their line, every scalar as the text that was written.

Plain values are kept as text on purpose: YAML 1.1 would read Norway's code ``NO`` as false and ``2016-12``
loosely as a date. PyYAML is imported on first use only, so that a run whose headers are cached never pays
for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


class YamlError(ValueError):
    """YAML that cannot be read; `line` counts from 0."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar (value: its text), a sequence (value: its items) or a mapping (value: keys and values in
    turn).
    """

    kind: Literal["scalar", "sequence", "mapping"]
    value: str | list[Node]
    line: int

    def items(self) -> list[Node]:
        """The items of a sequence, or keys and values in turn of a mapping; none for a scalar."""
        return self.value if isinstance(self.value, list) else []

    def pairs(self) -> list[tuple[Node, Node]]:
        """The keys and values of a mapping."""
        items = self.items()
        return list(zip(items[::2], items[1::2], strict=True))

    def at(self, line: int) -> Node:
        """The same node, placed on `line` (the line of its key says more than that of its value)."""
        return replace(self, line=line)


def read(text: str) -> Node:
    """Parse one YAML document. Raises YamlError with the line of the mistake; aliases are refused."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlError(message, mark.line if mark else 0) from None
    except yaml.YAMLError as error:
        raise YamlError(str(error).splitlines()[0], 0) from None
    except RecursionError:
        raise YamlError("it is nested too deeply", 0) from None
    if root is None:
        raise YamlError("it is empty", 0)
    return _convert(root, set())


def _convert(node: object, seen: set[int]) -> Node:
    import yaml

    if id(node) in seen:
        raise YamlError("an alias (*name) is not understood here; write the value again", 0)
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return Node("scalar", str(node.value), node.start_mark.line)
    if isinstance(node, yaml.SequenceNode):
        return Node("sequence", [_convert(item, seen) for item in node.value], node.start_mark.line)
    if isinstance(node, yaml.MappingNode):
        flat = [_convert(part, seen) for pair in node.value for part in pair]
        return Node("mapping", flat, node.start_mark.line)
    raise YamlError("it holds something that is neither text, list nor mapping", 0)
