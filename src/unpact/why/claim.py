"""From what a person types to the triple that it means."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from unpact.errors import UnknownNameError, UsageError
from unpact.names import PREFIXES, RDF, compact, expand
from unpact.query.resolve import Resolver, local_name

if TYPE_CHECKING:
    from unpact.graph.memory import MemoryGraph

_TYPE = NamedNode(RDF + "type")


def triple_of(graph: MemoryGraph, subject: str, predicate: str, value: str) -> Triple:
    """The triple that three words mean.

    Args:
        graph: the view that it is about.
        subject: any name of a thing.
        predicate: `a`, a CURIE, an IRI, or the local name of a property that the graph uses.
        value: any name of a thing, or a value: as Turtle has it (`"2016"^^xsd:gYear`), or bare where the
            subject has it so.

    Raises:
        UnknownNameError: with the nearest names.
        AmbiguousNameError: with the candidates.
        UsageError: for a literal that is none of Turtle.
    """
    resolver = Resolver(graph)
    thing = resolver.resolve(subject)
    used = _property(graph, predicate)
    if value.startswith(('"', "'")):
        return Triple(thing, used, _literal(value))
    values = [quad.object for quad in graph.store.quads_for_pattern(thing, used, None)]
    literals = sorted((each for each in values if isinstance(each, Literal)), key=str)
    if literals:
        # of the kind that the subject has, if not the very one
        same = next((each for each in literals if each.value == value), None)
        return Triple(thing, used, same or _like(value, literals[0]))
    iri = expand(value) if ":" in value and "://" not in value else None
    if used == _TYPE:
        return Triple(thing, used, _class(graph, value))
    if iri is not None:
        return Triple(thing, used, NamedNode(iri))
    return Triple(thing, used, resolver.resolve(value))


def _like(value: str, other: Literal) -> Literal:
    if other.language:
        return Literal(value, language=other.language)
    return Literal(value, datatype=other.datatype)


def _property(graph: MemoryGraph, word: str) -> NamedNode:
    if word == "a":
        return _TYPE
    if "://" in word:
        return NamedNode(word.strip("<>"))
    if ":" in word and (iri := expand(word)) is not None:
        return NamedNode(iri)
    return _by_local_name(_iris(graph, "properties.rq"), word, "property")


def _class(graph: MemoryGraph, word: str) -> NamedNode:
    if "://" in word:
        return NamedNode(word.strip("<>"))
    if ":" in word and (iri := expand(word)) is not None:
        return NamedNode(iri)
    return _by_local_name(_iris(graph, "classes.rq"), word, "class")


def _iris(graph: MemoryGraph, query: str) -> list[str]:
    rows = graph.select(Path(__file__).with_name(query).read_text(encoding="utf-8"))
    return [each.value for (each,) in rows if isinstance(each, NamedNode)]


def _by_local_name(iris: list[str], word: str, what: str) -> NamedNode:
    order = list(PREFIXES.values())
    fitting = [iri for iri in iris if local_name(iri) == word]
    if fitting:
        rank = {namespace: place for place, namespace in enumerate(order)}
        return NamedNode(min(fitting, key=lambda iri: rank.get(iri[: -len(word)], len(order))))
    near = get_close_matches(word, [local_name(iri) for iri in iris], n=3, cutoff=0.5)
    names = [compact(iri) for each in near for iri in iris if local_name(iri) == each]
    raise UnknownNameError(
        f"{word!r} names no {what} of the graph",
        hint=f"Did you mean {', '.join(dict.fromkeys(names))}?"
        if names
        else "Write it as a CURIE, unp:treaty.",
    )


def _literal(text: str) -> Literal:
    prefixes = "\n".join(f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES.items())
    try:
        (quad,) = parse(input=f"{prefixes}\n<x:s> <x:p> {text} .", format=RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        raise UsageError(
            f"{text!r} is no literal of Turtle", hint='Write "2016"^^xsd:gYear or "text"@en.'
        ) from error
    if not isinstance(quad.object, Literal):
        raise UsageError(f"{text!r} is no literal of Turtle", hint='Write "2016"^^xsd:gYear or "text"@en.')
    return quad.object
