"""Pages as trees, read strictly: what browsers mend is an error here, and so is what not everyone can use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from unpact.serve.exchange import Asked
from unpact.serve.settings import Settings, Source
from unpact.serve.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.serve.exchange import Reply

_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Element:
    """An element with its attributes and what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    content: list[Element | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def elements(self) -> Iterator[Element]:
        """All elements in it, in the order of the page."""
        for each in self.content:
            if isinstance(each, Element):
                yield each
                yield from each.elements

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements in it with a tag and attributes; `class_` is one of its classes."""
        cls = attributes.pop("class_", None)
        return [
            each
            for each in self.elements
            if each.tag == tag
            and (cls is None or cls in (each.get("class") or "").split())
            and all(each.get(name.replace("_", "-")) == value for name, value in attributes.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def text(self) -> str:
        """The words in it, with single blanks."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for each in self.content:
            if isinstance(each, str):
                yield each
            else:
                yield from each._texts()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        assert max(names.values(), default=1) == 1, (tag, attrs)
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.content.append(element)
        if tag not in _VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.tag == tag, f"</{tag}> ends <{self._open.tag}>"
        assert self._open.parent is not None
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.content.append(data)

    def close(self) -> None:
        super().close()
        assert self._open is self.root, f"<{self._open.tag}> does not end"


def read(reply: Reply) -> Element:
    """The tree of a page. AssertionError for one that is not well-formed or not for everyone."""
    reader = _Reader()
    reader.feed(reply.body.decode())
    reader.close()
    page = reader.root
    _check_ids(page)
    _check_headings(page)
    _check_controls(page)
    _check_policy(page)
    assert page.one("html")["lang"]
    assert page.one("title").text if not page.all("svg") else page.one("head").one("title").text
    assert all(each.get("scope") for each in page.all("th"))
    return page


def asked(address: str, accept: str = "text/html") -> Asked:
    """The request for the address of a link."""
    parts = urlsplit(address)
    return Asked(parts.path, tuple(parse_qsl(parts.query, keep_blank_values=True)), accept)


def get(site: Site, address: str) -> Element:
    """The page at an address of a site, where there is one."""
    reply = site.answer(asked(address))
    assert reply.status == 200, reply.body.decode()
    return read(reply)


def refused(site: Site, address: str, name: str, sentence: str) -> Element:
    """The page that says what is wrong with the value of a control, beside it."""
    reply = site.answer(asked(address))
    assert reply.status == 400
    page = read(reply)
    assert page.one("span", id=f"{name}-error").text.startswith(sentence)
    return page


@cache
def hostile_site() -> Site:
    """The facts of `hostile.ttl` alone."""
    file = Path(__file__).with_name("hostile.ttl")
    return Site(Settings(Source(data=(str(file),), only_data=True, cache=False)))


def _check_ids(page: Element) -> None:
    ids = Counter(each["id"] for each in page.elements if "id" in each.attributes)
    assert max(ids.values()) == 1, ids.most_common(3)
    for each in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for one in (each.get(name) or "").split():
                assert one in ids, (name, one)
        if (each.get("href") or "").startswith("#"):
            assert each["href"][1:] in ids, each["href"]


def _check_headings(page: Element) -> None:
    levels = [_LEVELS.index(each.tag) + 1 for each in page.elements if each.tag in _LEVELS]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def _check_controls(page: Element) -> None:
    labelled = {each.get("for") for each in page.all("label")}
    for each in page.elements:
        if each.tag in ("input", "select", "textarea") and each.get("type") != "hidden":
            around = each.parent is not None and each.parent.tag == "label"
            assert around or each.get("id") in labelled, each.attributes
        if each.tag in ("a", "button"):
            assert each.text or each.get("aria-label"), each.attributes


def _check_policy(page: Element) -> None:
    """Nothing that the Content-Security-Policy forbids."""
    for each in page.elements:
        assert each.tag != "style"
        assert each.tag != "script" or (each["src"].startswith("/static/") and not each.content)
        assert not any(name == "style" or name.startswith("on") for name in each.attributes), each.attributes
