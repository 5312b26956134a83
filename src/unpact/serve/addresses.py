"""Where the page of a thing is: IRIs of unpact are paths, all others are named in the query string."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from unpact.names import BASE, ONTOLOGY, UNP

#: Where the pages are that say what a thing is whose IRI is none of unpact's.
ELSEWHERE = "/about"
_DOTS = {".", ".."}
# the first part of the path, by the namespace that it stands for
_NAMESPACES = {
    "/ontology/": UNP,
    **{f"/{kind}/": f"{BASE}{kind}/" for kind in ("id", "topic", "source", "graph", "shape")},
}


def path_of(iri: str) -> str:
    """The path of the page about a thing, with the query string where it needs one."""
    if iri == ONTOLOGY:
        return "/ontology"
    for start, namespace in _NAMESPACES.items():
        local = iri.removeprefix(namespace)
        # clients take . and .. out of a path before they ask for it (RFC 3986, section 5.2.4)
        if local != iri and local and not _DOTS & set(local.split("/")):
            return start + quote(local)
    return f"{ELSEWHERE}?{urlencode({'iri': iri})}"


def iri_of(path: str) -> str | None:
    """The IRI of the thing whose page has a path, without query string; None where that is no such page."""
    if path == "/ontology":
        return ONTOLOGY
    for start, namespace in _NAMESPACES.items():
        local = path.removeprefix(start)
        if local != path and local:
            return namespace + local
    return None
