"""The stored queries of a version, asked of two graphs; answers are kept on disk."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from unpact.corpus import bundled
from unpact.diff.answers import Reply, answer_changes, key_of, replies
from unpact.graph import cache as disk
from unpact.graph.view import build_files, view_key
from unpact.query.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.corpus import CorpusFile
    from unpact.diff.answers import AnswerChange
    from unpact.diff.version import Version
    from unpact.graph.interface import Term
    from unpact.query.stored import StoredQuery

_SUFFIX = ".answers"
_FORM = "answers 1"


def catalogue_of(version: Version) -> Catalogue:
    """The stored queries of a version; of one that has none, those that came with unpact."""
    files = version.queries or [file.snapshot() for file in bundled().query_files()]
    contents = {file.path: file.read() for file in files}
    return Catalogue.of(contents, contents)


def asked(
    old: Version, new: Version, names: Sequence[str] = (), *, only_data: bool = False
) -> tuple[AnswerChange, ...]:
    """How the answers to the examples of the new version's stored queries change.

    Args:
        old: the version before.
        new: the version after.
        names: of the queries to ask; all of them, where there are none.
        only_data: as for `Version.view`.

    Raises:
        UnknownNameError: for a query that there is not.
        DataSyntaxError: for a file that is not RDF, or an ill-typed literal.
    """
    catalogue = catalogue_of(new)
    found = map(catalogue.find, names) if names else catalogue
    queries = list({key_of(query): query for query in found}.values())
    before, after = (_answers(*each.view(only_data=only_data), queries) for each in (old, new))
    return tuple(answer_changes(queries, before, after))


def _answers(
    files: Sequence[CorpusFile], rules: Sequence[CorpusFile], queries: Sequence[StoredQuery]
) -> dict[str, list[Reply]]:
    """The answers of a view, each query's from disk if they are there."""
    view = view_key("best", [*files, *rules])
    # an example that names no day is about today
    texts = "\n".join(f"{key_of(query)}\n{query.text}" for query in queries)
    words = (_FORM, view, date.today().isoformat(), texts)  # noqa: DTZ011 - the user's own day
    key = sha256("\n".join(words).encode()).hexdigest()
    kept = disk.load(key, _SUFFIX)
    if kept is not None:
        return _read(disk.body(kept))
    found = replies(build_files("best", files, rules), queries)
    disk.save(key, _dumped(found), _SUFFIX)
    return found


def _dumped(found: dict[str, list[Reply]]) -> bytes:
    rows = {
        name: [
            [each.columns, each.failure, [[term and str(term) for term in row] for row in each.rows]]
            for each in answers
        ]
        for name, answers in found.items()
    }
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _read(content: bytes) -> dict[str, list[Reply]]:
    kept = json.loads(content)
    written = {
        term
        for answers in kept.values()
        for _, _, rows in answers
        for row in rows
        for term in row
        if term is not None
    }
    terms = _terms(sorted(written))
    return {
        name: [
            Reply(
                tuple(columns),
                tuple(tuple(None if term is None else terms[term] for term in row) for row in rows),
                failure,
            )
            for columns, failure, rows in answers
        ]
        for name, answers in kept.items()
    }


def _terms(written: Sequence[str]) -> dict[str, Term]:
    """Terms by their form in N-Triples, all read at once."""
    lines = "".join(f"<urn:s> <urn:p> {term} .\n" for term in written)
    quads = parse(input=lines, format=RdfFormat.N_TRIPLES, lenient=True)
    return {term: quad.object for term, quad in zip(written, quads, strict=True)}
