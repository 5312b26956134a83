"""Write every page that links lead to, from the home page on; then make their links those between files."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from unpact.atomic import replacing_folder
from unpact.export.release import refuse_other_things, told, write_checksums
from unpact.site.addresses import HOME, MISSING
from unpact.site.making import Broken, Made, Maker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from unpact.serve.settings import Settings
    from unpact.site.addresses import Address

    Places = Mapping[Address, frozenset[str]]

T = TypeVar("T")

# GitHub Pages would leave out files whose names begin with an underscore, and change others
_AS_IT_IS = ".nojekyll"
# how many pages a process is given at once
_AT_ONCE = 8


class Written(NamedTuple):
    """What became of the pages.

    Args:
        files: how many there are.
        broken: links that lead to no page, or to no place in one.
    """

    files: int
    broken: tuple[Broken, ...]


def write_site(
    settings: Settings,
    folder: Path,
    report: Callable[[int, int], None] = lambda *_: None,
    *,
    processes: int = 1,
) -> Written:
    """Write all pages, and the checksums of all files: a folder that appears when it is whole.

    Args:
        settings: what is shown.
        folder: what is there already must be an earlier site, or an export.
        report: told how many pages are written, and how many are known so far.
        processes: that share the work.

    Raises:
        UsageError: when it cannot be written, or the folder holds other things.
        UnpactError: for facts that cannot be opened, and a page that cannot be made.
    """
    folder = folder.resolve()
    refuse_other_things(folder)
    with told(folder), replacing_folder(folder) as new:
        written = _write_pages(settings, new, report, processes)
        (new / _AS_IT_IS).touch()
        write_checksums(new)
    return written


def _write_pages(
    settings: Settings, folder: Path, report: Callable[[int, int], None], processes: int
) -> Written:
    known: dict[Address, None] = {HOME: None, MISSING: None}
    places: dict[Address, frozenset[str]] = {}
    waiting = list(known)
    done = 0
    with _makers(settings, folder, processes) as over:
        while waiting:
            further: dict[Address, None] = {}
            for made in over(_make, waiting):
                done += 1
                if made.is_there:
                    places[made.address] = made.places
                further.update(dict.fromkeys(each for each in made.leads_to if each not in known))
                known.update(further)
                report(done, len(known))
            waiting = list(further)
    with _makers(settings, folder, processes, places) as over:
        broken = [each for found in over(_link, places) for each in found]
    return Written(len(places), tuple(broken))


_maker: Maker
_places: Places = {}


def _open(settings: Settings, folder: Path, places: Places) -> None:
    """Get a process ready. What it opens is kept for all that it is given."""
    global _maker, _places
    from unpact.serve.site import Site

    _maker, _places = Maker(Site(settings), folder), places


def _make(address: Address) -> Made:
    return _maker.make(address)


def _link(address: Address) -> list[Broken]:
    return _maker.link(address, _places)


@contextmanager
def _makers(
    settings: Settings, folder: Path, processes: int, places: Places | None = None
) -> Iterator[Callable[[Callable[[Address], T], Iterable[Address]], Iterator[T]]]:
    """What does something with each of many addresses, in their order."""
    if processes == 1:
        _open(settings, folder, places or {})
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    opened = (settings, folder, places or {})
    with ProcessPoolExecutor(processes, get_context("spawn"), _open, opened) as pool:
        try:
            yield lambda work, addresses: pool.map(work, addresses, chunksize=_AT_ONCE)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
