"""A page of HTML as a test looks at it."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from unpact.serve.site import Site

_EMPTY = frozenset({"meta", "link", "input", "br", "hr", "img"})
_HEADINGS = ("h1", "h2", "h3", "h4")
_WITHIN_WORDS = frozenset({"a", "b", "code", "q", "span", "strong"})


class Element(NamedTuple):
    """A start tag with its attributes."""

    name: str
    attributes: dict[str, str]


class Parsed(HTMLParser):
    """A page of HTML that was written without a mistake: every element ends where it may.

    Args:
        content: in UTF-8.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in _EMPTY:
            self._open.append(tag)
        if tag not in _WITHIN_WORDS:
            self.words += " "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def named(self, name: str) -> list[Element]:
        return [each for each in self.elements if each.name == name]

    @property
    def links(self) -> list[str]:
        return [each.attributes["href"] for each in self.elements if "href" in each.attributes]

    @property
    def text(self) -> str:
        return " ".join(self.words.split())

    def check(self) -> None:
        """What holds for every page."""
        assert len(self.named("h1")) == 1
        headings = [_HEADINGS.index(each.name) for each in self.elements if each.name in _HEADINGS]
        assert all(after <= before + 1 for before, after in pairwise(headings))
        ids = [each.attributes["id"] for each in self.elements if "id" in each.attributes]
        assert len(ids) == len(set(ids))
        assert all(link.startswith(("/", "#", "https://", "http://")) for link in self.links)
        # the policy of the site lets none of these do anything
        assert not any(
            name == "style" or name.startswith("on") for each in self.elements for name in each.attributes
        )
        assert not self.named("style")
        assert all(each.attributes.get("src", "").startswith("/static/") for each in self.named("script"))


class Open(Protocol):
    """Opens the page of a path, which must be there."""

    def __call__(self, path: str, *query: tuple[str, str], site: Site = ...) -> Parsed: ...
