"""An import from the first line of a table to the last statement: what the command line and Python call."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TextIO

from unpact.errors import UnknownNameError
from unpact.importing.headings import (
    MEMBERSHIP_HEADINGS,
    TREATY_HEADINGS,
    MembershipColumns,
    TreatyColumns,
    read_membership_header,
    read_treaty_header,
)
from unpact.importing.membership_table import Body, Memberships
from unpact.importing.participants import Participants
from unpact.importing.statements import Statements
from unpact.importing.tables import read_table
from unpact.importing.treaty_table import Treaty, TreatyActs
from unpact.importing.turtle import TurtleWriter
from unpact.names import SKOS, UNP, compact
from unpact.query.resolve import Resolver

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Sequence

    from unpact.importing.known import Known
    from unpact.importing.remarks import Remark
    from unpact.importing.source import Source
    from unpact.importing.tables import Table

_CONTRACTORS = (f"{UNP}State", f"{UNP}InternationalOrganization")


class Task(NamedTuple):
    """What an import of either form needs.

    Args:
        lines: those of the table, as bytes.
        name: what messages call it.
        output: where the Turtle goes, while the table is read.
        known: what the graph says already.
        source: what the statements rest on.
        tell: hears every remark.
        only: names of the participants whose rows are wanted; empty for all.
        delimiter: what parts the cells; None to find out.
    """

    lines: Iterable[bytes]
    name: str
    output: TextIO
    known: Known
    source: Source
    tell: Callable[[Remark], None]
    only: Sequence[str] = ()
    delimiter: str | None = None


def find_treaty(known: Known, name: str) -> Treaty:
    """The treaty of the graph that has a name, an acronym, a number or an IRI.

    Raises:
        UnknownNameError: with the nearest names.
        AmbiguousNameError: with the candidates.
    """
    resolver = Resolver(known.graph)
    kind = f"{UNP}Treaty"
    try:
        iri = resolver.resolve(name, kind).value
    except UnknownNameError as error:
        hint = f"A treaty that the graph does not have is described with --data FILE. {error.hint or ''}"
        raise UnknownNameError(error.message, where="--treaty", hint=hint.strip()) from None
    numbers = (each.text for each in resolver.names(kind) if each[:2] == (iri, f"{UNP}untcNumber"))
    return Treaty(iri, resolver.label(iri, kind), next(numbers, None))


def find_body(known: Known, name: str) -> Body:
    """The organization of the graph that has a name, an acronym or an IRI; errors as in `find_treaty`."""
    resolver = Resolver(known.graph)
    kind = f"{UNP}Organization"
    iri = resolver.resolve(name, kind).value
    return Body(iri, resolver.label(iri, kind))


def import_treaty(task: Task, treaty: Treaty) -> Counter[str]:
    """Write the acts of a status table; what came of it, in numbers.

    Raises:
        UsageError: when the table has no header.
        DataSyntaxError: when it is not UTF-8, or no CSV.
        UnknownNameError: for a name in `only` that nobody has.
    """
    participants = Participants(task.known.agents(_CONTRACTORS), task.known.taken)
    table = read_table(
        task.lines, task.name, read_treaty_header, delimiter=task.delimiter, expected=TREATY_HEADINGS
    )
    title = f"Acts under the {treaty.label}. Written by: unpact import untc"
    prefixes = ("unp", "id", "rdfs", "skos", "dcterms", "xsd")
    statements = _begun(task, table, participants, TurtleWriter(task.output, title, prefixes))
    acts = TreatyActs(treaty, statements, task.known.acts(treaty.iri), task.source.latest)
    acts.write(table.rows, table.header)
    return statements.counts


def import_memberships(task: Task, body: Body) -> Counter[str]:
    """Write the memberships of a table of members; errors as in `import_treaty`."""
    participants = Participants(task.known.agents((f"{UNP}Agent",)), task.known.taken)
    table = read_table(
        task.lines, task.name, read_membership_header, delimiter=task.delimiter, expected=MEMBERSHIP_HEADINGS
    )
    title = f"Memberships in the {body.label}. Written by: unpact import memberships"
    prefixes = ("unp", "id", "topic", "org", "owl", "rdfs", "skos", "dcterms", "xsd")
    statements = _begun(task, table, participants, TurtleWriter(task.output, title, prefixes))
    memberships = Memberships(
        body, statements, task.known.memberships(body.iri), _reader_of_roles(task.known)
    )
    memberships.write(table.rows, table.header)
    return statements.counts


def _reader_of_roles(known: Known) -> Callable[[str], str]:
    """Gives the IRI of the topic that a role is called by; raises UnpactError for one that is none."""
    resolver = Resolver(known.graph)
    roles = known.roles()

    @lru_cache(maxsize=256)
    def read(name: str) -> str:
        found = resolver.resolve(name, f"{SKOS}Concept").value
        if found not in roles:
            raise UnknownNameError(f"{compact(found)} is no role", hint="A role is a topic below topic:role.")
        return found

    return read


def _begun(
    task: Task,
    table: Table[TreatyColumns] | Table[MembershipColumns],
    participants: Participants,
    writer: TurtleWriter,
) -> Statements:
    only = frozenset(participants.find(name).iri for name in task.only) if task.only else None
    task.source.write(writer)
    statements = Statements(participants, task.source, writer, task.tell, only)
    statements.pass_over(table.above, table.heading, table.header.unread)
    return statements
