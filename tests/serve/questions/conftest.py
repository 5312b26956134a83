"""A browser for tests: it reads pages as strictly as HTML has it, and sends forms as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

import html5lib
import pytest

from unpact.serve.exchange import Asked

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from unpact.serve.exchange import Reply
    from unpact.serve.site import Site


class Page:
    """A reply that is a page. Raises html5lib.html5parser.ParseError where it breaks a rule of HTML."""

    def __init__(self, reply: Reply) -> None:
        assert reply.media_type == "text/html; charset=utf-8"
        self.status = reply.status
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(reply.body.decode("utf-8"))

    def all(self, path: str) -> list[Element]:
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> Element:
        (found,) = self.all(path)
        return found

    def rows(self) -> list[list[str]]:
        return [[words(cell) for cell in row] for row in self.all("tbody/tr")]

    def submitted(self) -> str:
        """The address that a browser asks for when the form of the question is sent as it stands."""
        form = self.one("form[@class='question']")
        pairs: list[tuple[str, str]] = []
        for each in form.iter():
            name = each.get("name")
            if name is None:
                continue
            if each.tag == "select":
                options = list(each.iter("option"))
                chosen = [option for option in options if option.get("selected") is not None] or options[:1]
                pairs += [(name, option.get("value", "")) for option in chosen]
            elif each.get("type") != "checkbox" or each.get("checked") is not None:
                pairs.append((name, each.get("value", "")))
        return f"{form.get('action')}?{urlencode(pairs)}"


def words(element: Element) -> str:
    """The text of an element, white space as one blank."""
    return " ".join("".join(element.itertext()).split())


class Browser:
    """Asks a site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def get(self, address: str, accept: str = "text/html") -> Reply:
        """The reply to an address with its query string."""
        parts = urlsplit(address)
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        return self._site.answer(Asked(parts.path, query, accept))

    def page(self, address: str) -> Page:
        """The page at an address."""
        return Page(self.get(address))


@pytest.fixture(scope="session")
def browser(site: Site) -> Browser:
    return Browser(site)


@pytest.fixture(scope="session")
def browser_of() -> type[Browser]:
    return Browser
