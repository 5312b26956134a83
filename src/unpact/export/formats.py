"""The formats there are: what each is called, how its files end, and what it is meant for."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import NamedTuple

from unpact.errors import UsageError

COMPRESSED = ".gz"
#: Every format but the pictures, which are for a part of the graph.
ALL = "all"

_WHOLE = ("ontology", "data", "inferred")
_STATED = ("data",)


class Format(NamedTuple):
    """A format of an export.

    Args:
        name: as `--format` takes it.
        file: how its file is called in a folder of several; a folder itself for tables.
        media_type: as registered with IANA, or in use.
        endings: of the files that are in it, where their ending tells.
        parts: what it holds when nobody chooses; none where it is not made of the triples.
        is_rdf: whether the triples can be read back from it.
        is_folder: whether it is a folder of files.
        is_picture: whether it is made for the eye.
    """

    name: str
    file: str
    media_type: str
    endings: tuple[str, ...] = ()
    parts: tuple[str, ...] = _WHOLE
    is_rdf: bool = False
    is_folder: bool = False
    is_picture: bool = False


FORMATS = {
    each.name: each
    for each in (
        Format("ttl", "unpact.ttl", "text/turtle", (".ttl",), is_rdf=True),
        Format("nt", "unpact.nt", "application/n-triples", (".nt",), is_rdf=True),
        Format("nq", "unpact.nq", "application/n-quads", (".nq",), is_rdf=True),
        Format("trig", "unpact.trig", "application/trig", (".trig",), is_rdf=True),
        Format("jsonld", "unpact.jsonld", "application/ld+json", (".jsonld",), is_rdf=True),
        Format("rdfxml", "unpact.rdf", "application/rdf+xml", (".rdf", ".owl", ".xml"), is_rdf=True),
        Format("graphml", "unpact.graphml", "application/graphml+xml", (".graphml",), _STATED),
        Format("csv", "csv", "text/csv", (), _STATED, is_folder=True),
        Format("dot", "unpact.dot", "text/vnd.graphviz", (".dot", ".gv"), _STATED, is_picture=True),
        Format("mermaid", "unpact.mmd", "text/vnd.mermaid", (".mmd", ".mermaid"), _STATED, is_picture=True),
        Format("context", "context.jsonld", "application/ld+json", parts=()),
        Format("queries", "queries.ttl", "text/turtle", parts=()),
        Format("void", "void.ttl", "text/turtle"),
    )
}
_DEFAULT = FORMATS["ttl"]


def formats_called(names: tuple[str, ...]) -> list[Format]:
    """The formats of some names, each once, in the order of `FORMATS`.

    Raises:
        UsageError: for a name that no format has.
    """
    for name in names:
        if name != ALL and name not in FORMATS:
            raise UsageError(
                f"there is no format {name!r}", hint=f"Choose among {', '.join((*FORMATS, ALL))}."
            )
    return [each for each in FORMATS.values() if each.name in names or (ALL in names and not each.is_picture)]


def format_of(path: str) -> Format | None:
    """The format that the ending of a file tells, a `.gz` behind it left aside; None where it tells none."""
    ending = PurePath(path.lower().removesuffix(COMPRESSED)).suffix
    return next((each for each in FORMATS.values() if ending in each.endings), None)


class Target(NamedTuple):
    """Where an export goes, and in which formats.

    Args:
        forms: at least one.
        path: None for the standard output.
        is_folder: whether it is a folder of files.
    """

    forms: list[Format]
    path: Path | None
    is_folder: bool


def target_of(names: tuple[str, ...], output: str | None) -> Target:
    """Where an export goes. Several formats, and tables, are a folder; one format is a file.

    Args:
        names: of formats; where there are none, the ending of the file tells, else it is Turtle.
        output: a file or a folder; None or `-` for the standard output. A file goes into a folder that is
            there under its usual name.

    Raises:
        UsageError: for an unknown format, and where a file and a folder are mixed up.
    """
    forms = formats_called(names)
    path = None if output is None or output == "-" else Path(output)
    names_folder = path is not None and (path.is_dir() or str(output).endswith(("/", os.sep)))
    if not forms:
        if names_folder:
            raise UsageError(f"{output} is a folder", hint=f"Choose a format, such as csv or {ALL}.")
        forms = [format_of(output or "") or _DEFAULT]
    if not (len(forms) > 1 or ALL in names or forms[0].is_folder):
        return Target(forms, path / forms[0].file if path and names_folder else path, is_folder=False)
    if path is None:
        what = "a table for each class" if len(forms) == 1 else "several formats"
        raise UsageError(f"{what} cannot go to standard output", hint="Name a folder with -o FOLDER.")
    if path.name.lower().endswith(COMPRESSED):
        raise UsageError("a folder is not compressed", hint=f"Leave out {COMPRESSED}, or choose one format.")
    return Target(forms, path, is_folder=True)
