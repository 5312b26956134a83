"""A difference as a JSON document.

    old, new        the names of the versions
    summary         how many things were added, removed, changed and renamed, and triples added and removed
    things          each with thing (IRI, or null), label, told, section, change, kinds, evidence and facts;
                    a fact has change, property, old, new, evidence and, of an annotation, about (where the
                    property is owl:Axiom, the values count the axioms about a triple)
    renamed         old, new and label
    rules, queries  name, change and title
    inferred        as things; only where it was asked for
    answers         query, title, example, columns, removed, added, changed, failures; only where asked for

A value is an object as in SPARQL 1.1 Query Results JSON, `{"list": [...]}`, or, for what
hangs on a blank node, `{"node": [[property, value]]}`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import NamedNode

from unpact.diff.structure import Listed, Nested
from unpact.render.results_json import typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.diff.answers import AnswerChange, Cells
    from unpact.diff.model import Difference, FactChange, TextChange, ThingChange
    from unpact.diff.structure import Value
    from unpact.render.differences.wording import Wording

Json = dict[str, object]


def write_document(difference: Difference, wording: Wording, stream: TextIO) -> None:
    """Write a difference as JSON."""
    stream.write(json.dumps(document(difference, wording), ensure_ascii=False, indent=2) + "\n")


def document(difference: Difference, wording: Wording) -> Json:
    """A difference as a JSON object, as above."""
    changes = [each.change for each in difference.things]
    found: Json = {
        "old": difference.old,
        "new": difference.new,
        "summary": {
            "added": changes.count("added"),
            "removed": changes.count("removed"),
            "changed": changes.count("changed"),
            "renamed": len(difference.renamed),
            "triples_added": len(difference.added),
            "triples_removed": len(difference.removed),
        },
        "things": _things(difference.things, wording),
        "renamed": [
            {"old": old.value, "new": new.value, "label": wording.labels(new)}
            for old, new in difference.renamed.items()
        ],
        "rules": [_text(each) for each in difference.rules],
        "queries": [_text(each) for each in difference.queries],
    }
    if difference.inferred is not None:
        found["inferred"] = _things(difference.inferred, wording)
    if difference.answers is not None:
        found["answers"] = [_answer(each) for each in difference.answers]
    return found


def _things(things: Iterable[ThingChange], wording: Wording) -> list[Json]:
    found = list(things)
    wording.load(found)
    return [_thing(each, wording) for each in found]


def _thing(change: ThingChange, wording: Wording) -> Json:
    thing = change.thing
    return {
        "thing": thing.value if isinstance(thing, NamedNode) else None,
        "label": wording.labels(thing) if isinstance(thing, NamedNode) else wording.value(thing),
        "told": wording.heading(change),
        "section": change.section,
        "change": change.change,
        "kinds": [{"iri": kind.value, "label": wording.kind(kind)} for kind in change.kinds],
        "evidence": [each.value for each in change.evidence],
        "facts": [_fact(fact, wording) for fact in change.facts],
    }


def _fact(fact: FactChange, wording: Wording) -> Json:
    found: Json = {
        "change": fact.change,
        "property": {"iri": fact.predicate.value, "label": wording.property(fact.predicate)},
        "old": _value(fact.old),
        "new": _value(fact.new),
        "evidence": [each.value for each in fact.evidence],
    }
    if fact.about is not None:
        used, value = fact.about
        found["about"] = {
            "property": {"iri": used.value, "label": wording.property(used)},
            "value": _value(value),
        }
    return found


def _value(value: Value | None) -> object:
    if value is None:
        return None
    if isinstance(value, Listed):
        return {"list": [_value(member) for member in value.members]}
    if isinstance(value, Nested):
        return {"node": [[used.value, _value(each)] for used, each in value.facts]}
    return typed(value)


def _text(change: TextChange) -> Json:
    return {"name": change.name, "change": change.change, "title": change.title}


def _answer(change: AnswerChange) -> Json:
    return {
        "query": change.query,
        "title": change.title,
        "example": dict(change.example),
        "columns": list(change.columns),
        "removed": [_cells(row) for row in change.removed],
        "added": [_cells(row) for row in change.added],
        "changed": [{"old": _cells(old), "new": _cells(new)} for old, new in change.changed],
        "failures": list(change.failures),
    }


def _cells(row: Cells) -> list[object]:
    return [None if cell is None else typed(cell) for cell in row]
