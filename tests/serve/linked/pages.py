"""A page about one thing as a test looks at it: its words, those of cells apart, and its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..reading import Element, read  # noqa: TID252 - test folders are no packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.serve.exchange import Reply
    from unpact.serve.site import Site

_WITHIN_WORDS = frozenset({"a", "b", "code", "q", "span", "strong"})


class Parsed:
    """A page, read strictly; its links lead to pages of the site, or to the web."""

    def __init__(self, reply: Reply) -> None:
        self._root = read(reply)
        self.elements = list(self._root.elements)
        assert all(link.startswith(("/", "#", "?", "https://", "http://")) for link in self.links)

    def named(self, name: str) -> list[Element]:
        return [each for each in self.elements if each.tag == name]

    @property
    def links(self) -> list[str]:
        return [each["href"] for each in self.elements if "href" in each.attributes]

    @property
    def text(self) -> str:
        return " ".join("".join(_words(self._root)).split())


def _words(element: Element) -> Iterator[str]:
    for each in element.content:
        if isinstance(each, str):
            yield each
        else:
            yield "" if each.tag in _WITHIN_WORDS else " "
            yield from _words(each)


class Open(Protocol):
    """Opens the page of a path, which must be there."""

    def __call__(self, path: str, *query: tuple[str, str], site: Site = ...) -> Parsed: ...
