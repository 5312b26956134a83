"""YAML in a file, such as the header of a query or a profile of checks, read with the lines of that file.

Whatever is wrong is a StoredQueryError that names file and line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.query import yaml_nodes
from unpact.query.faults import StoredQueryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def header_lines(text: str, path: Path) -> list[tuple[int, str]]:
    """The lines of the header of a query, with their numbers and without ``#+``.

    Raises:
        StoredQueryError: where there is none.
    """
    lines = [(number, line[2:]) for number, line in enumerate(text.split("\n"), 1) if line.startswith("#+")]
    if not lines:
        raise StoredQueryError(
            path, 1, "the query has no header", "Begin the file with lines such as '#+ title: ...'."
        )
    return lines


class HeaderReader:
    """Turns YAML nodes into values, naming the line of the file in every complaint.

    Args:
        path: of the file.
        lines: of YAML, each with its number in the file, counted from 1.
        what: the lines are, as complaints call it.
    """

    def __init__(self, path: Path, lines: Sequence[tuple[int, str]], what: str = "the header") -> None:
        self._path = path
        self._what = what
        self._numbers = [number for number, _ in lines]
        self._yaml = "\n".join(line for _, line in lines)

    def line(self, node: yaml_nodes.Node) -> int:
        """The line of the file that a node begins on."""
        return self._numbers[min(node.line, len(self._numbers) - 1)]

    def fail(self, node: yaml_nodes.Node, problem: str, hint: str | None = None) -> StoredQueryError:
        """The error to raise about a node."""
        return StoredQueryError(self._path, self.line(node), problem, hint)

    def root(self) -> yaml_nodes.Node:
        """All that is written. Raises StoredQueryError where it is not YAML."""
        try:
            return yaml_nodes.read(self._yaml)
        except yaml_nodes.YamlError as problem:
            line = self._numbers[min(problem.line, len(self._numbers) - 1)]
            raise StoredQueryError(self._path, line, f"{self._what} is not valid YAML: {problem}") from None

    def mapping(
        self, node: yaml_nodes.Node, what: str, *, allowed: Sequence[str], needed: Sequence[str] = ()
    ) -> dict[str, yaml_nodes.Node]:
        """The values of a mapping that has only `allowed` names, and all that are `needed`."""
        found = self.entries(node, what)
        for name in found:
            if name not in allowed:
                raise self.fail(
                    found[name], f"{what} has the unknown key {name!r} (known: {', '.join(allowed)})"
                )
        for name in needed:
            if name not in found:
                raise self.fail(node, f"{what} lacks the key {name!r}")
        return found

    def entries(self, node: yaml_nodes.Node | None, what: str) -> dict[str, yaml_nodes.Node]:
        """The values of a mapping by their names, each on the line of its name."""
        if node is None or node.value == "":
            return {}
        if not isinstance(node.value, list) or node.kind != "mapping":
            raise self.fail(node, f"{what} must be a mapping of names to values")
        found: dict[str, yaml_nodes.Node] = {}
        for key, value in node.pairs():
            name = self.text(key, f"a key of {what}")
            if name in found:
                raise self.fail(key, f"{what} has the key {name!r} twice")
            found[name] = value.at(key.line)
        return found

    def items(self, node: yaml_nodes.Node, what: str) -> list[yaml_nodes.Node]:
        """The items of a list."""
        if node.kind != "sequence":
            raise self.fail(node, f"{what} must be a list")
        return node.items()

    def strings(self, node: yaml_nodes.Node, what: str) -> list[str]:
        """The texts of a list."""
        return [self.text(item, f"an entry of {what}") for item in self.items(node, what)]

    def text(self, node: yaml_nodes.Node, what: str) -> str:
        """A text, on one line."""
        if not isinstance(node.value, str):
            raise self.fail(node, f"{what} must be a text")
        text = " ".join(node.value.split())
        if not text:
            raise self.fail(node, f"{what} is empty")
        return text
