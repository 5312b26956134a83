"""The links of a page: what they are, and the same page with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.etree
import lxml.html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

_LINKS = ("href", "src")
_XLINK = "{http://www.w3.org/1999/xlink}href"


class Page:
    """A page of HTML, or a picture in SVG.

    Args:
        content: of the file.
        is_html: else it is XML.
    """

    def __init__(self, content: bytes, *, is_html: bool) -> None:
        self._is_html = is_html
        if is_html:
            self._root = lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(encoding="utf-8"))
        else:
            # nothing that a picture names may be read from the disk or the network
            parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
            self._root = lxml.etree.fromstring(content, parser)

    def links(self) -> list[str]:
        """The links in it, as they stand there."""
        return [str(element.get(name)) for element, name in self._places()]

    def places(self) -> frozenset[str]:
        """What a link can lead to within it."""
        return frozenset(str(element.get("id")) for element in self._root.iter() if element.get("id"))

    def linked(self, linking: Callable[[str], str | None]) -> bytes:
        """The page with other links.

        Args:
            linking: gives what stands in place of a link; None where there is to be none.
        """
        for element, name in list(self._places()):
            link = linking(str(element.get(name)))
            if link is None:
                del element.attrib[name]
            else:
                element.set(name, link)
        if self._is_html:
            html: bytes = lxml.html.tostring(self._root, encoding="utf-8", doctype="<!doctype html>")
            return html
        return lxml.etree.tostring(self._root, encoding="utf-8", xml_declaration=True)

    def _places(self) -> Iterator[tuple[_Element, str]]:
        for element in self._root.iter():
            if isinstance(element.tag, str):
                yield from ((element, name) for name in (*_LINKS, _XLINK) if element.get(name) is not None)
