from __future__ import annotations

import subprocess
import sys
import time
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from unpact.serve.exchange import Asked
from unpact.serve.pictures.around import Around, Neighbour
from unpact.serve.pictures.drawing import KIND_SIZE, NAME_SIZE, RELATION_SIZE, Drawing
from unpact.serve.pictures.picture import MOST_BOXES, picture_of
from unpact.serve.pictures.text import fitted, printable, width_of, wrapped

if TYPE_CHECKING:
    from unpact.serve.site import Site

    from .pages import Open

_SVG = "{http://www.w3.org/2000/svg}"
_SIZES = {
    "name": NAME_SIZE,
    "title": NAME_SIZE,
    "more": NAME_SIZE,
    "kind": KIND_SIZE,
    "relation": RELATION_SIZE,
}


def around(*neighbours: tuple[str, str, str, bool]) -> Around:
    return Around(
        NamedNode("http://example.org/middle"),
        "United Nations Office on Drugs and Crime",
        "office",
        tuple(
            Neighbour(NamedNode(f"http://example.org/{place}"), name, kind, (relation,), points_here)
            for place, (name, kind, relation, points_here) in enumerate(neighbours)
        ),
    )


def many(count: int) -> Around:
    relations = (
        "run by",
        "member",
        "has a rather long relation that needs more than one line",
        "signed",
        "treaty",
    )
    return around(
        *(
            (
                f"Neighbour {place} with a name of some length {'x' * (place % 40)}",
                f"kind {place % 13}",
                relations[place % 5],
                place % 3 == 0,
            )
            for place in range(count)
        )
    )


def check(picture: Drawing) -> None:
    """No box lies over another, and no words leave their box or the picture."""
    for one, two in combinations(picture.boxes, 2):
        apart = (
            one.x + one.width <= two.x
            or two.x + two.width <= one.x
            or one.y + one.height <= two.y
            or two.y + two.height <= one.y
        )
        assert apart, (one, two)
    for box in picture.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= picture.width
        assert box.y + box.height <= picture.height
        for words in box.words:
            assert box.x <= words.x
            assert words.x + width_of(words.text, _SIZES[words.style]) <= box.x + box.width + 0.1
            assert box.y < words.y < box.y + box.height
        lines = sorted(words.y for words in box.words)
        assert all(below - above >= 14 for above, below in pairwise(lines))


@pytest.mark.parametrize("count", [1, 2, 20, MOST_BOXES, MOST_BOXES + 1, 200, 1000])
def test_no_box_and_no_label_lies_over_another(count: int) -> None:
    picture = picture_of(many(count))
    assert picture is not None
    check(picture)


@pytest.mark.slow
@given(
    st.lists(
        st.tuples(
            st.text(max_size=80),
            st.sampled_from(["state", "treaty", ""]),
            st.text(max_size=30),
            st.booleans(),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_whatever_the_words_the_picture_is_in_order(neighbours: list[tuple[str, str, str, bool]]) -> None:
    found = around(*((printable(a), b, printable(c), d) for a, b, c, d in neighbours))
    picture = picture_of(found)
    assert picture is not None
    check(picture)


def test_every_neighbour_is_a_link_where_there_are_few() -> None:
    found = many(20)
    picture = picture_of(found)
    assert picture is not None
    assert {box.thing for box in picture.boxes if box.thing} == {
        found.node,
        *(each.node for each in found.neighbours),
    }


def test_what_points_to_the_thing_is_on_its_left() -> None:
    picture = picture_of(around(("a", "", "run by", True), ("b", "", "seat", False)))
    assert picture is not None
    middle, left, right = (
        next(box for box in picture.boxes if box.thing == NamedNode(f"http://example.org/{name}"))
        for name in ("middle", "0", "1")
    )
    assert left.x + left.width < middle.x
    assert middle.x + middle.width < right.x


def test_many_neighbours_are_counted_by_kind() -> None:
    picture = picture_of(many(200))
    assert picture is not None
    titles = [words.text for box in picture.boxes for words in box.words if words.style == "title"]
    assert len(titles) == 13
    assert "kind 0 (16)" in titles
    assert sum(int(title.rpartition("(")[2][:-1]) for title in titles) == 200


def test_a_long_panel_says_how_many_more_there_are() -> None:
    picture = picture_of(around(*((f"n{place}", "state", "member", False) for place in range(200))))
    assert picture is not None
    assert "and 170 more" in [words.text for box in picture.boxes for words in box.words]


def test_a_thing_on_its_own_has_no_picture() -> None:
    assert picture_of(around()) is None


def test_the_time_of_a_picture_grows_with_its_neighbours_and_no_faster() -> None:
    # eight times as many; pairs of them would be sixty-four times as many
    assert _quickest(many(200)) < 20 * _quickest(many(25))


def _quickest(found: Around) -> float:
    def spent() -> float:
        started = time.process_time()
        picture_of(found)
        return time.process_time() - started

    return min(spent() for _ in range(7))


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/id/country-programme-2.svg", "/id/unodc.svg"])
def test_a_picture_is_xml_with_a_title_and_a_description(site: Site, path: str) -> None:
    reply = site.answer(Asked(path))
    assert (reply.status, reply.media_type, reply.varies) == (200, "image/svg+xml", False)
    root = ET.fromstring(reply.body)  # noqa: S314 - our own
    assert root.tag == f"{_SVG}svg"
    labelled = root.attrib["aria-labelledby"].split()
    assert [root.find(f"*[@id='{each}']") is not None for each in labelled] == [True, True]
    links = [each.attrib["href"] for each in root.iter(f"{_SVG}a")]
    assert "/id/pakistan" in links
    assert all(link.startswith("/") for link in links)
    # the policy of the site lets no page bring a style of its own
    assert not any("style" in each.attrib for each in root.iter())
    assert not list(root.iter(f"{_SVG}style"))


@pytest.mark.slow
def test_a_picture_stands_in_its_page(site: Site, opened: Open) -> None:
    page = opened("/id/country-programme-2")
    assert len(page.named("svg")) == 1
    assert "/id/country-programme-2.svg" in page.links
    picture = site.answer(Asked("/id/country-programme-2.svg")).body.decode()
    inline = site.answer(Asked("/id/country-programme-2", (), "text/html")).body.decode()
    boxes = [line for line in picture.splitlines() if line.startswith("<rect")]
    assert boxes
    assert all(box in inline for box in boxes)


@pytest.mark.slow
def test_a_picture_does_not_depend_on_the_run() -> None:
    program = (
        "from unpact.serve.pictures.picture import picture_of\n"
        "from tests.serve.linked.test_pictures import many\n"
        "print([picture_of(many(count)) for count in (7, 20, 24, 200)])"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            cwd=Path(__file__).parents[3],
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    }
    assert len(runs) == 1


def test_words_are_cut_where_they_need_more_room() -> None:
    assert fitted("short", 13, 100) == "short"
    cut = fitted("a name that is far too long for its box", 13, 100)
    assert cut.endswith("…")
    assert width_of(cut, 13) <= 100
    assert wrapped("a name that is far too long for its box", 13, 120, 2)[1].endswith("…")
    assert wrapped("two words", 13, 50, 2) == ("two", "words")
    assert width_of("漢字", 10) > width_of("ab", 10)
