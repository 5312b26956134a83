"""Elements of XML and HTML in which every text and attribute is escaped, and no control character is left."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from unpact.render.findings.characters import harmless

__all__ = ["Element", "add", "as_html", "as_xml"]


def add(
    parent: Element, tag: str, text: str | None = None, attributes: dict[str, str] | None = None
) -> Element:
    """Put a new element at the end of `parent` and return it."""
    values = {name: harmless(value) for name, value in (attributes or {}).items()}
    element = SubElement(parent, tag, values)
    element.text = None if text is None else harmless(text)
    return element


def follow(element: Element, text: str) -> None:
    """Put text behind `element`."""
    element.tail = harmless(text)


def as_xml(root: Element) -> str:
    """The whole document, indented."""
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def as_html(root: Element) -> str:
    """The element as HTML, without blanks that were not there."""
    return tostring(root, encoding="unicode", method="html")
