"""The pages as files: which there are, how they are called, and where their links lead."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from unpact.cli.main import command_line
from unpact.errors import StoreError
from unpact.serve.exchange import Asked, Reply
from unpact.serve.settings import Settings, Source
from unpact.serve.site import Site
from unpact.site.addresses import HOME, MISSING, Address, Chosen, relative
from unpact.site.making import Broken, Maker
from unpact.site.pages import Page
from unpact.site.writing import write_site

if TYPE_CHECKING:
    from collections.abc import Iterator

PAKISTAN = Address("/id/pakistan")
PARTY_STATUS = Address("/query/treaties/party-status")


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(Settings(is_static=True))


@pytest.fixture(scope="module")
def chosen(site: Site) -> Chosen:
    return Chosen(site.questions)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("/id/pakistan", (PAKISTAN, "")),
        ("/id/pakistan#facts", (PAKISTAN, "facts")),
        ("#facts", (HOME, "facts")),
        ("?page=2", (Address("/", (("page", "2"),)), "")),
        ("/static/unpact.css?0123", (Address("/static/unpact.css"), "")),
        ("/id/a%20b", (Address("/id/a b"), "")),
        ("https://example.org/", None),
        ("//example.org/x", None),
        ("mailto:a@example.org", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
    ],
)
def test_links(link: str, found: tuple[Address, str] | None) -> None:
    assert Address.of(link, HOME) == found


@pytest.mark.parametrize(
    ("address", "file"),
    [
        (HOME, "index.html"),
        (MISSING, "404.html"),
        (PAKISTAN, "id/pakistan.html"),
        (Address("/id/pakistan.ttl"), "id/pakistan.ttl"),
        (Address("/ontology"), "ontology.html"),
        (Address("/static/unpact.css"), "static/unpact.css"),
        (Address("/source/lasting-partnership/6.3.1"), "source/lasting-partnership/6.3.1.html"),
    ],
)
def test_names_of_files(address: Address, file: str) -> None:
    assert address.file == file


_PARTS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=120)


@pytest.mark.slow
@given(_PARTS, _PARTS)
def test_every_address_has_a_file_of_its_own_that_every_system_takes(one: str, other: str) -> None:
    files = [Address("/about", (("iri", value),)).file for value in (one, other)]
    assert (files[0] == files[1]) is (one == other)
    for file in files:
        parts = PurePosixPath(file).parts
        assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,110}", part) for part in parts), file


_FILES = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4).map("/".join)


@pytest.mark.slow
@given(_FILES, _FILES)
def test_links_between_files(file: str, base: str) -> None:
    assert os.path.normpath(PurePosixPath(base).parent / relative(file, base)) == file


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        (HOME, True),
        (PAKISTAN, True),
        (Address("/id/pakistan.ttl"), True),
        (Address("/id/pakistan.rdf"), False),
        (PARTY_STATUS, True),
        (PARTY_STATUS._replace(query=(("state", "Pakistan"), ("as-of", "2023-08-18"))), True),
        (PARTY_STATUS._replace(query=(("state", "Atlantis"),)), False),
        (Address("/timeline", (("page", "2"),)), True),
        (Address("/timeline", (("from", "2020"),)), False),
        (Address("/about", (("iri", "http://www.w3.org/ns/org#Organization"),)), True),
        (Address("/search", (("q", "x"),)), False),
        (Address("/sparql"), False),
        (Address("/nowhere"), False),
    ],
)
def test_what_becomes_a_file(chosen: Chosen, address: Address, *, taken: bool) -> None:
    assert chosen.takes(address, PAKISTAN) is taken


def test_a_page_has_other_links_and_is_else_the_same() -> None:
    page = Page(
        b'<!doctype html><title>x</title><p id="p"><a href="/a">A</a> <img src="/b" alt=""></p>', is_html=True
    )
    assert page.links() == ["/a", "/b"]
    assert page.places() == {"p"}
    written = page.linked(lambda link: None if link == "/a" else "b.html").decode()
    assert written.startswith("<!doctype html>")
    assert "<a>A</a>" in written
    assert 'src="b.html"' in written


def test_a_picture_has_other_links() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><a href="/id/pakistan"><text>P</text></a></svg>'
    written = Page(svg, is_html=False).linked(lambda _: "pakistan.html")
    assert b'href="pakistan.html"' in written


def test_a_picture_reads_no_file() -> None:
    svg = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    assert b"root:" not in Page(svg, is_html=False).linked(lambda link: link)


@pytest.mark.slow
def test_files_link_to_files(site: Site, tmp_path: Path) -> None:
    maker = Maker(site, tmp_path)
    made = [maker.make(address) for address in (HOME, PAKISTAN, PARTY_STATUS)]
    assert all(each.is_there for each in made)
    assert PARTY_STATUS in made[0].leads_to
    places = {each.address: each.places for each in made}
    broken = maker.link(HOME, places)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'href="query/treaties/party-status.html"' in text
    assert 'href="/' not in text
    assert "<form" not in text
    # most pages are missing here, and each link to one is told
    assert Broken("index.html", "/matrix") in broken
    maker.link(PAKISTAN, places)
    assert 'href="../index.html"' in (tmp_path / "id/pakistan.html").read_text(encoding="utf-8")


class Answering(Site):
    """Stands for a site: gives one reply to everything.

    Args:
        site: whose questions it has.
        reply: that it gives.
    """

    def __init__(self, site: Site, reply: Reply) -> None:
        self.questions = site.questions
        self._reply = reply

    def answer(self, asked: Asked) -> Reply:
        assert asked.accept.startswith("text/html")
        return self._reply


def test_a_link_to_a_place_that_is_not_there_is_told(site: Site, tmp_path: Path) -> None:
    reply = Reply(b'<p id="here"><a href="#here">1</a><a href="#gone">2</a></p>')
    maker = Maker(Answering(site, reply), tmp_path)
    made = maker.make(HOME)
    assert maker.link(HOME, {HOME: made.places}) == [Broken("index.html", "#gone")]


def test_a_page_that_cannot_be_made_stops_the_work(site: Site, tmp_path: Path) -> None:
    maker = Maker(Answering(site, Reply(b"", status=500)), tmp_path)
    with pytest.raises(StoreError, match=r"^/: the page cannot be made \(status 500\)"):
        maker.make(HOME)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(command_line, ["site", "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert "letter.txt" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_without_the_packages_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "lxml" else object())
    done = CliRunner().invoke(command_line, ["site", "-o", str(tmp_path / "site")])
    assert done.exit_code == 2
    assert "unpact site needs the package lxml. Type: pip install 'unpact[site]'" in done.stderr


@pytest.mark.slow
def test_a_whole_site_of_somebodys_own_facts(tmp_path: Path) -> None:
    data = tmp_path / "own.ttl"
    data.write_text(
        "@prefix unp: <https://w3id.org/unpact/ontology#> . @prefix id: <https://w3id.org/unpact/id/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        'id:atlantis a unp:State ; rdfs:label "<script>alert(1)</script>"@en .\n',
        encoding="utf-8",
    )
    folder = tmp_path / "site"
    settings = Settings(Source(data=(str(data),), only_data=True), is_static=True)
    written = write_site(settings, folder, processes=2)
    assert written.broken == ()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert written.files == len(files) - len({"SHA256SUMS", ".nojekyll"})
    assert {"index.html", "404.html", "id/atlantis.html", "id/atlantis.ttl", "ontology/Treaty.html"} <= files
    for file in files:
        if file.endswith(".html"):
            text = (folder / file).read_text(encoding="utf-8")
            assert "<form" not in text, file
            assert "<script>alert" not in text, file
            assert not set(_missing(folder, file)), file
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    digest, _, name = sums[0].partition("  ")
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def _missing(folder: Path, file: str) -> Iterator[str]:
    """The files that a page links to and that are not there."""
    for link in Page((folder / file).read_bytes(), is_html=True).links():
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and parts.path:
            target = (folder / file).parent / unquote(parts.path)
            if not target.is_file():
                yield link
