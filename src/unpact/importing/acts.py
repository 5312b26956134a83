"""The acts by which a state or an organization becomes bound to a treaty, or is on the way to it."""

from __future__ import annotations

from typing import NamedTuple

from unpact.importing.names import name_key
from unpact.names import UNP


class ActKind(NamedTuple):
    """A kind of act.

    Args:
        name: the class in the ontology.
        local: the part of an IRI that stands for it.
        label: with the places of the actor and the treaty.
        letter: what the UN Treaty Collection writes behind a date; empty where the header alone tells.
        headings: what headings call it.
    """

    name: str
    local: str
    label: str
    letter: str
    headings: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The class."""
        return UNP + self.name

    @property
    def binds(self) -> bool:
        """Whether it is consent to be bound, of which a participant gives one."""
        return self.name not in ("Signature", "ProvisionalApplication", "EntryIntoForce", "Withdrawal")


SIGNATURE = ActKind("Signature", "signature", "Signature of the {treaty} by {actor}", "", ("signature",))
RATIFICATION = ActKind(
    "Ratification",
    "ratification",
    "Ratification of the {treaty} by {actor}",
    "",
    ("ratification", "ratificación"),
)
ACCESSION = ActKind(
    "Accession",
    "accession",
    "Accession of {actor} to the {treaty}",
    "a",
    ("accession", "adhésion", "adhesión"),
)
KINDS = (
    SIGNATURE,
    RATIFICATION,
    ACCESSION,
    ActKind(
        "Acceptance",
        "acceptance",
        "Acceptance of the {treaty} by {actor}",
        "A",
        ("acceptance", "acceptation", "aceptación"),
    ),
    ActKind(
        "Approval",
        "approval",
        "Approval of the {treaty} by {actor}",
        "AA",
        ("approval", "approbation", "aprobación"),
    ),
    ActKind(
        "Succession",
        "succession",
        "Succession of {actor} to the {treaty}",
        "d",
        ("succession", "notification of succession", "declaration of succession", "sucesión"),
    ),
    ActKind(
        "DefinitiveSignature",
        "definitive-signature",
        "Definitive signature of the {treaty} by {actor}",
        "s",
        ("definitive signature", "signature définitive", "firma definitiva"),
    ),
    ActKind(
        "FormalConfirmation",
        "formal-confirmation",
        "Formal confirmation of the {treaty} by {actor}",
        "c",
        ("formal confirmation", "confirmation formelle", "confirmación formal"),
    ),
    ActKind(
        "ProvisionalApplication",
        "provisional-application",
        "Provisional application of the {treaty} by {actor}",
        "P",
        ("provisional application", "notification of provisional application", "application provisoire"),
    ),
    ActKind(
        "ParticipationByProtocol",
        "participation-by-protocol",
        "Participation of {actor} in the {treaty} by virtue of its amending protocol",
        "",
        ("participation", "participation by virtue of the protocol"),
    ),
    ActKind(
        "EntryIntoForce",
        "entry-into-force",
        "Entry into force of the {treaty} for {actor}",
        "",
        ("entry into force", "entrée en vigueur", "entrada en vigor"),
    ),
    ActKind(
        "Withdrawal",
        "withdrawal",
        "Withdrawal of {actor} from the {treaty}",
        "",
        ("withdrawal", "denunciation", "dénonciation", "retrait", "denuncia"),
    ),
)

BY_LETTER = {kind.letter: kind for kind in KINDS if kind.letter}
_BY_HEADING = {name_key(heading): kind for kind in KINDS for heading in kind.headings}


def kind_called(heading: str) -> ActKind | None:
    """The kind that a heading, or a part of one, names."""
    key = name_key(heading)
    if key in _BY_HEADING:
        return _BY_HEADING[key]
    # "Participation in the Convention by virtue of ratification, accession or succession to the Protocol"
    if key.split() and heading.casefold().startswith("participation") and "virtue" in key.split():
        return _BY_HEADING[name_key("participation")]
    return None
