"""GraphML 1.0: things as nodes, relations between them as edges, everything else as their attributes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import Literal, NamedNode

from unpact.export.nodes import LABEL, TYPE
from unpact.export.short import short_names
from unpact.export.things import joined
from unpact.export.xml import attribute, text
from unpact.names import XSD, compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from unpact.export.nodes import Value
    from unpact.export.things import Relation, Thing, Things

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_OF_NODES, _OF_EDGES = ("label", "class", "iri"), ("label", "property")
# the numbers that fit into a long
_DIGITS = 18


def write_graphml(things: Things, stream: TextIO) -> None:
    """Write a directed graph; several values of one attribute are put together as `joined` does it.

    Raises:
        UsageError: for a character that XML does not have.
    """
    related = {(each.source, each.used, each.target) for each in things.relations}
    nodes = [(thing, _attributes(thing, related)) for thing in things.named]
    of_nodes = _keys("n", [said for _, said in nodes], _OF_NODES)
    of_edges = _keys("e", [relation.annotations for relation in things.relations], _OF_EDGES)
    stream.write(_HEAD)
    stream.writelines(_key(f"n-{name}", "node", name, "string") for name in _OF_NODES)
    stream.writelines(_key(key, "node", name, kind) for key, name, kind in of_nodes.values())
    stream.writelines(_key(f"e-{name}", "edge", name, "string") for name in _OF_EDGES)
    stream.writelines(_key(key, "edge", name, kind) for key, name, kind in of_edges.values())
    stream.write('  <graph id="unpact" edgedefault="directed">\n')
    for thing, said in nodes:
        stream.writelines(_node(thing, said, of_nodes, things))
    for number, relation in enumerate(things.relations):
        stream.writelines(_edge(number, relation, of_edges, things))
    stream.write("  </graph>\n</graphml>\n")


def _attributes(
    thing: Thing, related: set[tuple[NamedNode, NamedNode, NamedNode]]
) -> dict[NamedNode, list[Value]]:
    """What is said of a thing, and is no edge, class or label."""
    found = {}
    for used, values in thing.said.items():
        kept = [value for value in values if (thing.node, used, value) not in related]
        if kept and used not in (TYPE, LABEL):
            found[used] = kept
    return found


def _keys(
    prefix: str, said: Iterable[Mapping[NamedNode, list[Value]]], taken: Iterable[str]
) -> dict[NamedNode, tuple[str, str, str]]:
    """The identifier, the name and the type of the attribute for each property, in the order of the names."""
    types: dict[NamedNode, str] = {}
    for values_of in said:
        for used, values in values_of.items():
            types[used] = "long" if types.get(used, "long") == "long" and _is_number(values) else "string"
    names = short_names((used.value for used in types), taken)
    ordered = sorted(types, key=lambda used: names[used.value])
    return {
        used: (f"{prefix}{number}", names[used.value], types[used]) for number, used in enumerate(ordered)
    }


def _is_number(values: list[Value]) -> bool:
    (value, *others) = values
    return (
        not others
        and isinstance(value, Literal)
        and value.datatype.value == XSD + "integer"
        and len(value.value) <= _DIGITS
    )


def _key(key: str, domain: str, name: str, kind: str) -> str:
    return f'  <key id="{key}" for="{domain}" attr.name={attribute(name)} attr.type="{kind}"/>\n'


def _node(
    thing: Thing,
    said: Mapping[NamedNode, list[Value]],
    keys: Mapping[NamedNode, tuple[str, str, str]],
    things: Things,
) -> Iterator[str]:
    yield f'    <node id="{_identifier(thing.node.value)}">\n'
    yield _data("n-label", thing.name)
    if thing.kinds:
        yield _data("n-class", "|".join(things.label(kind) for kind in thing.kinds))
    yield _data("n-iri", thing.node.value)
    yield from (_data(keys[used][0], joined(values)) for used, values in said.items())
    yield "    </node>\n"


def _edge(
    number: int, relation: Relation, keys: Mapping[NamedNode, tuple[str, str, str]], things: Things
) -> Iterator[str]:
    source, target = _identifier(relation.source.value), _identifier(relation.target.value)
    yield f'    <edge id="e{number}" source="{source}" target="{target}">\n'
    yield _data("e-label", things.label(relation.used))
    yield _data("e-property", relation.used.value)
    yield from (_data(keys[used][0], joined(values)) for used, values in relation.annotations.items())
    yield "    </edge>\n"


def _identifier(iri: str) -> str:
    """An identifier as the schema wants it (NMTOKEN), which most IRIs are not and our CURIEs are."""
    short = compact(iri)
    return short if short != iri else f"iri-{hashlib.sha256(iri.encode()).hexdigest()[:16]}"


def _data(key: str, value: str) -> str:
    return f'      <data key="{key}">{text(value)}</data>\n'
