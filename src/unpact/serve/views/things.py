"""One thing each: pages for people, RDF for programs, a picture for both."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from unpact.errors import UsageError
from unpact.serve.addresses import ELSEWHERE, iri_of
from unpact.serve.exchange import Reply, text
from unpact.serve.linked.subject import Sort, subject_of, triples_of
from unpact.serve.linked.syntaxes import HTML, RDF, SVG, Address, chosen, split, written
from unpact.serve.linked.unknown import unknown

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from unpact.serve.exchange import Asked
    from unpact.serve.linked.subject import Subject
    from unpact.serve.linked.syntaxes import Syntax
    from unpact.serve.site import Site

_DRAWN = (Sort.THING,)


def thing(site: Site, asked: Asked, **_parts: str) -> Reply:
    """What has an IRI of unpact: its path is the path of its page."""
    # a name may end in what would otherwise be a suffix
    for path, syntax in ((asked.path, None), split(asked.path)):
        iri = iri_of(path)
        subject = None if iri is None else subject_of(site, iri)
        if subject is not None:
            return _answer(site, asked, subject, Address(path), syntax)
    path, _ = split(asked.path)
    return unknown(site, asked, iri_of(path) or path)


def elsewhere(site: Site, asked: Asked, suffix: str | None = None) -> Reply:
    """What has an IRI of someone else, which the query string names.

    Raises:
        UsageError: where it names none.
    """
    iri = asked.first("iri")
    if not iri:
        raise UsageError(
            "the query string names no IRI", hint="Write it like /about?iri=http://example.org/thing."
        )
    _, syntax = split(asked.path)
    subject = None if suffix and syntax is None else subject_of(site, iri)
    if subject is None:
        return unknown(site, asked, iri)
    return _answer(site, asked, subject, Address(ELSEWHERE, (("iri", iri),)), syntax)


def _answer(site: Site, asked: Asked, subject: Subject, address: Address, syntax: Syntax | None) -> Reply:
    wanted = syntax or chosen(asked.accept)
    if wanted is None:
        return _refused("None of the forms that it has is accepted")
    if wanted == SVG:
        reply = _picture(site, asked, subject)
    elif wanted == HTML:
        reply = _page(site, asked, subject, address)
    else:
        try:
            body = written(triples_of(site, subject), wanted, site.context)
        except UsageError as error:
            # one of its values has no place in this syntax
            return _refused(error.message)
        reply = Reply(body, _with_charset(wanted))
    return reply._replace(headers=(*reply.headers, ("Link", _links(subject, address))), varies=syntax is None)


def _refused(reason: str) -> Reply:
    offered = ", ".join(each.media_type for each in (HTML, *RDF))
    sentence = f"{reason}. Ask for one of: {offered}."
    return text(sentence, HTTPStatus.NOT_ACCEPTABLE)._replace(varies=True)


def _page(site: Site, asked: Asked, subject: Subject, address: Address) -> Reply:
    template, values_of = _pages()[subject.sort]
    values: dict[str, Any] = {"title": site.labels(subject.node), **values_of(site, asked, subject)}
    alternates = [(address.of(each), each) for each in RDF]
    return site.page(template, address=address, alternates=alternates, svg=address.of(SVG), **values)


def _picture(site: Site, asked: Asked, subject: Subject) -> Reply:
    from unpact.serve.linked.thing import drawing_of_thing

    picture = drawing_of_thing(site, asked, subject.node) if subject.sort in _DRAWN else None
    if picture is None:
        return text("There is no picture of it: nothing is next to it.", HTTPStatus.NOT_FOUND)
    return site.page("picture_alone.svg", picture=picture)._replace(media_type=SVG.media_type)


def _pages() -> dict[Sort, tuple[str, Callable[[Site, Asked, Subject], dict[str, Any]]]]:
    """The template of each page, and what gives its values."""
    from unpact.serve.linked.file import page_of_file
    from unpact.serve.linked.ontology import page_of_ontology
    from unpact.serve.linked.passage import page_of_passage
    from unpact.serve.linked.shape import page_of_shape
    from unpact.serve.linked.term import page_of_class, page_of_property
    from unpact.serve.linked.thing import page_of_thing

    return {
        Sort.ONTOLOGY: ("ontology.html", page_of_ontology),
        Sort.CLASS: ("class.html", page_of_class),
        Sort.PROPERTY: ("property.html", page_of_property),
        Sort.SHAPE: ("shape.html", page_of_shape),
        Sort.GRAPH: ("file.html", page_of_file),
        Sort.PASSAGE: ("passage.html", page_of_passage),
        Sort.THING: ("thing.html", page_of_thing),
    }


def _links(subject: Subject, address: Address) -> str:
    """The other forms of a description, and what it describes (RFC 8288)."""
    forms = [f'<{address.of(each)}>; rel="alternate"; type="{each.media_type}"' for each in (HTML, *RDF)]
    return ", ".join((*forms, f'<{_ascii(subject.node.value)}>; rel="describes"'))


def _ascii(iri: str) -> str:
    from urllib.parse import quote

    return quote(iri, safe=":/?#[]@!$&'()*+,;=%~")


def _with_charset(syntax: Syntax) -> str:
    # JSON-LD, N-Triples and RDF/XML are UTF-8 by what defines them, or say so themselves
    return (
        f"{syntax.media_type}; charset=utf-8" if syntax.media_type.startswith("text/") else syntax.media_type
    )
