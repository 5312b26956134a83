"""Makes the files of a site, each by itself, so that several processes can share the work."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from unpact.errors import StoreError
from unpact.serve.styles import FOLDER
from unpact.site.addresses import MISSING, Address, Chosen, relative
from unpact.site.pages import Page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from unpact.serve.site import Site

_LINKED = (".html", ".svg")


class Made(NamedTuple):
    """A file that was made, or was not.

    Args:
        address: of it.
        is_there: whether there is such a page.
        leads_to: the addresses that become files, too, and that its links lead to.
        places: what a link can lead to within it.
    """

    address: Address
    is_there: bool
    leads_to: tuple[Address, ...] = ()
    places: frozenset[str] = frozenset()


class Broken(NamedTuple):
    """A link that leads nowhere.

    Args:
        file: that it stands in.
        link: as the server has it.
    """

    file: str
    link: str


class Maker:
    """Makes files.

    Args:
        site: gives the pages.
        folder: for the files.
    """

    def __init__(self, site: Site, folder: Path) -> None:
        self._site = site
        self._folder = folder
        self._chosen = Chosen(site.questions)

    def make(self, address: Address) -> Made:
        """Write a file as the server has it.

        Raises:
            StoreError: for a page that cannot be made.
            OSError: when it cannot be written.
        """
        content = self._content(address)
        if content is None:
            return Made(address, is_there=False)
        file = self._folder / address.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        if not _has_links(address):
            return Made(address, is_there=True)
        page = _page(address, content)
        found = [each[0] for link in page.links() if (each := Address.of(link, address))]
        leads_to = tuple(dict.fromkeys(each for each in found if self._chosen.takes(each, address)))
        return Made(address, is_there=True, leads_to=leads_to, places=page.places())

    def link(self, address: Address, places: Mapping[Address, frozenset[str]]) -> list[Broken]:
        """Make the links of a file those between files, and give those that lead nowhere.

        Args:
            address: of the file.
            places: what a link can lead to in each file there is.
        """
        if not _has_links(address):
            return []
        broken: list[Broken] = []

        def linking(link: str) -> str | None:
            found = Address.of(link, address)
            if found is None:
                return link
            target, place = found
            if target not in places:
                # a question may be about what is not served, as an example is of somebody's own facts
                if self._chosen.takes(target, address) and not target.query:
                    broken.append(Broken(address.file, link))
                # what needs a server may have a page that needs none
                target, place = target.bare, ""
            if target not in places:
                return None
            if place and place not in places[target]:
                broken.append(Broken(address.file, link))
            end = f"#{place}" if place else ""
            return end if target == address and place else relative(target.file, address.file) + end

        file = self._folder / address.file
        file.write_bytes(_page(address, file.read_bytes()).linked(linking))
        return broken

    def _content(self, address: Address) -> bytes | None:
        if address.is_static:
            file = FOLDER / address.path.rpartition("/")[2]
            return file.read_bytes() if file.is_file() else None
        reply = self._site.answer(address.asked)
        if address == MISSING or reply.status == HTTPStatus.OK:
            return reply.body
        if reply.status == HTTPStatus.NOT_FOUND or (reply.status == HTTPStatus.BAD_REQUEST and address.query):
            return None
        raise StoreError(f"the page cannot be made (status {reply.status})", where=address.path)


def _has_links(address: Address) -> bool:
    return not address.is_static and address.file.endswith(_LINKED)


def _page(address: Address, content: bytes) -> Page:
    return Page(content, is_html=address.file.endswith(".html"))
