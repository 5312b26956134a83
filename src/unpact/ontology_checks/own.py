"""Which terms are an ontology's own, and which are those of others that it uses.

An ontology's terms lie in a namespace of its own: the one that it says it prefers, or its IRI with # or /
behind it. Where neither holds any term, as with OBO ontologies, it is the one in which most terms are
declared.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from unpact.names import OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

_TYPE = NamedNode(RDF + "type")
_ONTOLOGY = NamedNode(OWL + "Ontology")
_PREFERRED = NamedNode("http://purl.org/vocab/vann/preferredNamespaceUri")
#: The namespaces in which the languages themselves have their names.
LANGUAGES = (RDF, RDFS, OWL, XSD)

CLASS_KINDS = frozenset(NamedNode(kind) for kind in (OWL + "Class", RDFS + "Class"))
PROPERTY_KINDS = frozenset(
    NamedNode(kind)
    for kind in (
        *(OWL + name for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
        RDF + "Property",
    )
)


class Declared:
    """What quads declare.

    Args:
        quads: of an ontology's files.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.classes: dict[NamedNode, None] = {}
        self.properties: dict[NamedNode, None] = {}
        self.ontologies: dict[NamedNode, None] = {}
        self.preferred: dict[str, None] = {}
        for subject, used, value, _ in quads:
            if used == _PREFERRED and isinstance(value, Literal | NamedNode):
                self.preferred[value.value] = None
            if used != _TYPE or not isinstance(subject, NamedNode):
                continue
            if value in CLASS_KINDS:
                self.classes[subject] = None
            elif value in PROPERTY_KINDS:
                self.properties[subject] = None
            elif value == _ONTOLOGY:
                self.ontologies[subject] = None

    def namespaces(self, given: Sequence[str] = ()) -> tuple[str, ...]:
        """The namespaces of the ontology's own terms, sorted; none where nothing is declared.

        Args:
            given: by the user, in place of all others.
        """
        if given:
            return tuple(sorted(set(given)))
        terms = [term.value for term in (*self.classes, *self.properties)]
        claimed = {name for name in self.preferred if name}
        for ontology in self.ontologies:
            name = ontology.value
            claimed |= {name} if name.endswith(("#", "/")) else {f"{name}#", f"{name}/"}
        holding = {name for name in claimed if any(term.startswith(name) for term in terms)}
        if holding:
            return tuple(sorted(holding))
        counted = Counter(_namespace(term) for term in terms if not term.startswith(LANGUAGES))
        if not counted:
            return ()
        most = max(counted.values())
        return (min(name for name, number in counted.items() if number == most),)


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/"), iri.rfind(":")) + 1]
