"""The source that imported statements rest on: one that the graph knows, or a new one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from unpact.errors import UnknownNameError, UsageError
from unpact.importing.dates import PartialDate, parse_date
from unpact.importing.names import slug
from unpact.importing.turtle import dated, iri, plain, text
from unpact.names import ID, UNP
from unpact.query.resolve import Resolver

if TYPE_CHECKING:
    from unpact.importing.known import Known
    from unpact.importing.turtle import TurtleWriter

_CLASS = UNP + "Source"
_COLLECTION = "Multilateral Treaties Deposited with the Secretary-General"
_PUBLISHER = "United Nations Treaty Collection"
_PAGES = "https://treaties.un.org/pages/ParticipationStatus.aspx"
_PAGE = (
    "https://treaties.un.org/pages/ViewDetails.aspx?src=TREATY&mtdsg_no={number}&chapter={chapter}&lang=en"
)


class Source(NamedTuple):
    """A source and the day of which it gives the state of things.

    Args:
        iri: of its node.
        as_of: the day; None where it is not known.
        label: empty for a source that the graph has already.
        publisher: who publishes it.
        address: where it is.
        confidence: how sure what it gives is, `high`, `medium` or `low`; empty where nothing is said of that.
    """

    iri: str
    as_of: PartialDate | None
    label: str = ""
    publisher: str = ""
    address: str = ""
    confidence: str = ""

    @property
    def evidence(self) -> tuple[tuple[str, list[str]], ...]:
        """What each statement says of where it comes from."""
        sure = [iri(f"{UNP}{self.confidence.title()}Confidence")] if self.confidence else []
        return (("unp:accordingTo", [iri(self.iri)]), ("unp:confidence", sure))

    @property
    def latest(self) -> PartialDate:
        """The day after which nothing of the source can lie: today where it does not say."""
        today = datetime.now(tz=UTC).date()
        return self.as_of or PartialDate(today.year, today.month, today.day)

    def write(self, writer: TurtleWriter) -> None:
        """Write its node, unless the graph has it."""
        if not self.label:
            return
        writer.node(
            self.iri,
            _CLASS,
            (
                ("rdfs:label", [text(self.label, "en")]),
                ("dcterms:publisher", [plain(self.publisher)]),
                ("dcterms:source", [f"<{self.address}>"]),
                ("unp:asOf", [dated(self.as_of)] if self.as_of else []),
            ),
        )


def known_source(known: Known, name: str, as_of: PartialDate | None = None) -> Source | None:
    """The source that the graph has under a name; None when there is none.

    Args:
        known: what the graph says.
        name: IRI, CURIE or label.
        as_of: the day of which the table gives the state, if that is said.

    Raises:
        AmbiguousNameError: when several have the name.
        UsageError: when the source is of another day.
    """
    sources = known.sources()
    try:
        found = Resolver(known.graph).resolve(name, _CLASS).value
    except UnknownNameError:
        return None
    if found not in sources:
        return None
    its_day = sources[found]
    if as_of is not None and its_day is not None and str(as_of) != its_day:
        raise UsageError(
            f"the source {iri(found)} is as of {its_day}, not {as_of}",
            hint="Leave --as-of out, or name another source.",
        )
    return Source(found, as_of or (parse_date(its_day) if its_day else None))


def new_source(
    title: str,
    publisher: str,
    address: str,
    as_of: PartialDate | None = None,
    *,
    local: str | None = None,
) -> Source:
    """A source that the graph does not have.

    Args:
        title: its name in English.
        publisher: who publishes it.
        address: where it is.
        as_of: the day of which it gives the state of things.
        local: what its IRI is named after; None for its title.

    Raises:
        UsageError: for an address that is none, or a title without a letter.
    """
    stem = local or slug(title)
    if not stem or not publisher.strip():
        raise UsageError(
            "a source has a title and a publisher", hint="Name it with --source and --publisher."
        )
    try:
        fits = NamedNode(address).value.startswith(("http://", "https://"))
    except ValueError:
        fits = False
    if not fits:
        raise UsageError(f"{address!r} is no web address", where="--url", hint="It begins with https://.")
    return Source(
        f"{ID}source-{stem}{f'-{as_of}' if as_of else ''}",
        as_of,
        " ".join(title.split()),
        publisher.strip(),
        address,
    )


def collection_page(
    treaty: str,
    local: str,
    number: str | None,
    as_of: PartialDate | None,
    publisher: str | None = None,
    address: str | None = None,
) -> Source:
    """The page of the UN Treaty Collection on a treaty, as a new source.

    Args:
        treaty: its name.
        local: the local part of its IRI.
        number: its number in the collection, such as `XVIII-12-a`.
        as_of: the day of which the table gives the state.
        publisher: in place of the collection.
        address: in place of that of the page.

    Raises:
        UsageError: for an address that is none.
    """
    return new_source(
        f"{_COLLECTION}: {treaty}{f', as of {as_of}' if as_of else ''}",
        publisher or _PUBLISHER,
        address or (_PAGE.format(number=number, chapter=_chapter(number)) if number else _PAGES),
        as_of,
        local=f"untc-{local}",
    )


def _chapter(number: str) -> int:
    """The chapter of a number, which begins with it in Roman digits."""
    digits = [{"I": 1, "V": 5, "X": 10, "L": 50}.get(letter, 0) for letter in number.partition("-")[0]]
    return sum(-digit if digit < max(digits[at:], default=0) else digit for at, digit in enumerate(digits))
