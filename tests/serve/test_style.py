"""The look of the pages keeps to WCAG 2.2: contrasts are computed from the style sheets themselves."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from unpact.serve.styles import FOLDER

from .reading import get

if TYPE_CHECKING:
    from unpact.serve.site import Site

_DARK = "@media screen and (prefers-color-scheme: dark)"
TEXT, EDGE = 4.5, 3.0
_COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")
_BLOCK = re.compile(r"(@media[^{]*)\{\s*:root\s*\{([^}]*)\}|:root\s*\{([^}]*)\}")

#: Text and what it stands on.
READ = [
    *((ink, ground) for ink in ("ink", "link", "visited", "quiet") for ground in ("paper", "shade")),
    *(("ink", ground) for ground in ("note", "failure", "found")),
    *((ink, "note") for ink in ("link", "visited")),
    *((ink, "found") for ink in ("link", "quiet")),
    ("failure-edge", "paper"),
    ("paper", "link"),
    *(("ink", tone) for tone in ("party", "stated", "contracting", "signatory", "not-party", "unknown")),
]
#: Edges of controls, marks and pictures, and what they stand on.
SEEN = [
    ("edge", "paper"),
    ("edge", "shade"),
    ("link", "paper"),
    ("link", "shade"),
    ("failure-edge", "paper"),
    ("note-edge", "paper"),
]


@cache
def _colours(scheme: str) -> dict[str, str]:
    """The custom properties that hold in a colour scheme."""
    found: dict[str, str] = {}
    for name in ("unpact.css", "matrix.css"):
        for media, inside, outside in _BLOCK.findall((FOLDER / name).read_text(encoding="utf-8")):
            if not media or (scheme == "dark" and media.strip() == _DARK):
                found.update(_COLOUR.findall(inside or outside))
    return found


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_contrast_of_known_colours() -> None:
    assert _contrast("#ffffff", "#000000") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = _colours(scheme)
    assert _contrast(colours[ink], colours[ground]) >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), SEEN)
def test_edges_can_be_seen(scheme: str, edge: str, ground: str) -> None:
    colours = _colours(scheme)
    assert _contrast(colours[edge], colours[ground]) >= EDGE


def test_both_schemes_have_every_colour() -> None:
    light, dark = _colours("light"), _colours("dark")
    assert light.keys() == dark.keys()
    assert all(light[name] != dark[name] for name in light)


def test_no_style_sheet_has_a_colour_beside_the_properties() -> None:
    for file in ("unpact.css", "home.css", "timeline.css", "matrix.css", "article.css"):
        text = re.sub(r"/\*.*?\*/", "", (FOLDER / file).read_text(encoding="utf-8"), flags=re.DOTALL)
        rules = _BLOCK.sub("", text)
        assert not re.search(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", rules), file
        for name in re.findall(r"var\(--([a-z-]+)\)", rules):
            assert name in _colours("light") or name.endswith("-font"), name
        assert text.count("{") == text.count("}")
        assert "@import" not in text
        assert "url(" not in text


def test_whoever_wants_no_motion_gets_none() -> None:
    text = (FOLDER / "unpact.css").read_text(encoding="utf-8")
    outside = re.sub(r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", text, flags=re.DOTALL)
    assert outside != text
    assert not re.search(r"\b(animation|transition|scroll-behavior)\b", outside)


@pytest.mark.parametrize("rule", ["@media print", "forced-colors: active", ":focus-visible", ".skip:focus"])
def test_there_are_rules_for(rule: str) -> None:
    assert rule in (FOLDER / "unpact.css").read_text(encoding="utf-8")


def test_the_icon_is_a_picture_without_styles() -> None:
    icon = ET.fromstring((FOLDER / "favicon.svg").read_text(encoding="utf-8"))  # noqa: S314 - our own file
    assert icon.tag == "{http://www.w3.org/2000/svg}svg"
    assert not any("style" in each.attrib or each.tag.endswith("style") for each in icon.iter())


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", ["/", "/search?q=un", "/timeline?from=2021", "/matrix?treaty=TIP", "/article"]
)
def test_around_every_page(site: Site, address: str) -> None:
    page = get(site, address)
    skip = page.one("body").all("a")[0]
    assert (skip["href"], skip["class"]) == ("#main", "skip")
    assert page.one("main")["id"] == "main"
    assert len(page.all("form", role="search")) == 1
    assert page.one("nav", aria_label="Site")
    for table in page.all("table"):
        region = table.parent
        assert region is not None
        assert (region["class"], region["tabindex"], region["role"]) == ("wide", "0", "region")
