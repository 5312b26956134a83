"""Write every page that links lead to, from the home page on; then make their links those between files."""

from __future__ import annotations

from collections import deque
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import StoreError
from unpact.serve.styles import FOLDER
from unpact.site.addresses import Address, Chosen, relative
from unpact.site.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from unpact.serve.site import Site

HOME = Address("/")
#: What services of files show for a path that they have not.
MISSING = Address("/404.html")
_LINKED = (".html", ".svg")


class Broken(NamedTuple):
    """A link that leads nowhere.

    Args:
        file: that it stands in.
        link: as the server has it.
    """

    file: str
    link: str


class Written(NamedTuple):
    """What became of the pages.

    Args:
        files: how many there are.
        broken: links that lead to no page, or to no place in one.
    """

    files: int
    broken: tuple[Broken, ...]


def write_pages(site: Site, folder: Path, report: Callable[[int, int], None] = lambda *_: None) -> Written:
    """Write all pages into an empty folder.

    Args:
        site: that makes them.
        folder: to fill.
        report: told how many pages are written, and how many are known so far.

    Raises:
        StoreError: for a page that cannot be made.
        OSError: when something cannot be written.
    """
    return _Writing(site, folder, report).all()


class _Writing:
    def __init__(self, site: Site, folder: Path, report: Callable[[int, int], None]) -> None:
        self._site = site
        self._folder = folder
        self._report = report
        self._chosen = Chosen(site.catalogue)
        # the addresses that are, or are to be, files; and those that links lead to although there is nothing
        self._known = {HOME: None, MISSING: None}
        self._nothing: set[Address] = set()
        self._places: dict[Address, frozenset[str]] = {}

    def all(self) -> Written:
        waiting = deque(self._known)
        written: list[Address] = []
        while waiting:
            address = waiting.popleft()
            for link in self._written(address):
                found = Address.of(link, address)
                if found and found[0] not in self._known and self._chosen.takes(found[0], address):
                    self._known[found[0]] = None
                    waiting.append(found[0])
            written.append(address)
            self._report(len(written), len(self._known))
        for address in self._nothing:
            del self._known[address]
        broken = [
            each for address in self._known if self._is_linked(address) for each in self._linked(address)
        ]
        return Written(len(self._known), tuple(broken))

    def _written(self, address: Address) -> list[str]:
        """Write a file as the server has it, and give the links in it."""
        content = self._content(address)
        if content is None:
            self._nothing.add(address)
            return []
        file = self._folder / address.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        if not self._is_linked(address):
            return []
        page = self._page(address, content)
        self._places[address] = page.places()
        return page.links()

    def _content(self, address: Address) -> bytes | None:
        if address.is_static:
            file = FOLDER / address.path.rpartition("/")[2]
            return file.read_bytes() if file.is_file() else None
        reply = self._site.answer(address.asked)
        if address == MISSING or reply.status == HTTPStatus.OK:
            return reply.body
        if reply.status == HTTPStatus.NOT_FOUND:
            return None
        raise StoreError(
            f"the page cannot be made: {reply.body.decode(errors='replace').strip()}"
            if reply.media_type.startswith("text/plain")
            else f"the page cannot be made (status {reply.status})",
            where=address.path,
        )

    def _linked(self, address: Address) -> list[Broken]:
        """Make the links of a file those between files, and give those that lead nowhere."""
        file = self._folder / address.file
        broken: list[Broken] = []

        def linking(link: str) -> str | None:
            found = Address.of(link, address)
            if found is None:
                return link
            target, place = found
            if target not in self._known:
                if self._chosen.takes(target, address):
                    broken.append(Broken(address.file, link))
                # the question may have its page where this answer has none
                target, place = target.bare, ""
            if target not in self._known:
                return None
            if place and place not in self._places.get(target, frozenset()):
                broken.append(Broken(address.file, link))
            end = f"#{place}" if place else ""
            return end if target == address and place else relative(target.file, address.file) + end

        file.write_bytes(self._page(address, file.read_bytes()).linked(linking))
        return broken

    @staticmethod
    def _is_linked(address: Address) -> bool:
        return not address.is_static and address.file.endswith(_LINKED)

    @staticmethod
    def _page(address: Address, content: bytes) -> Page:
        return Page(content, is_html=address.file.endswith(".html"))
