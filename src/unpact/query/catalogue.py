"""The stored queries there are: found by name, searched by word, listed by topic.

A header is parsed once: its content goes as JSON into one cache file, each entry under the hash of the
query's own text, so an entry can never be stale and a warm run reads one query file and no YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.errors import AmbiguousNameError, StoreError, UnknownNameError
from unpact.query.resolve import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from unpact.query.header_cache import HeaderCache
    from unpact.query.stored import StoredQuery


class Catalogue:
    """The stored queries of a set of files.

    Args:
        paths: the files, each ``<topic>/<name>.rq``.
        cache: where parsed headers are kept; None parses each time.
        contents: the bytes of files that are not to be read from where they are.
    """

    def __init__(
        self,
        paths: Iterable[Path],
        cache: HeaderCache | None = None,
        contents: Mapping[Path, bytes] | None = None,
    ) -> None:
        self._paths = {f"{path.parent.name}/{path.stem}": path for path in sorted(paths)}
        self._cache = cache
        self._contents = contents or {}

    @classmethod
    def of(cls, paths: Iterable[Path], contents: Mapping[Path, bytes] | None = None) -> Catalogue:
        """The same with parsed headers kept in the cache directory; arguments as for the class."""
        from unpact.graph.cache import directory
        from unpact.query.header_cache import HeaderCache

        return cls(paths, HeaderCache(directory() / "headers.json"), contents)

    def __iter__(self) -> Iterator[StoredQuery]:
        """All queries, by topic and name. Raises StoredQueryError for the first header that is wrong."""
        queries = [self._read(path) for path in self._paths.values()]
        if self._cache is not None:
            self._cache.save()
        return iter(queries)

    def __len__(self) -> int:
        return len(self._paths)

    def paths(self) -> list[Path]:
        """The files, by topic and name."""
        return list(self._paths.values())

    def names(self) -> list[str]:
        """The shortest name that leads to each query: ``name``, or ``topic/name`` where two share a name.
        Reads no file.
        """
        stems = [path.stem for path in self._paths.values()]
        return [key if stems.count(path.stem) > 1 else path.stem for key, path in self._paths.items()]

    def find(self, name: str) -> StoredQuery:
        """The query called `name` (``name`` or ``topic/name``; ``.rq`` may follow). Reads this one file only.

        Raises UnknownNameError with the nearest names, AmbiguousNameError, StoredQueryError.
        """
        wanted = name.strip().removesuffix(".rq").replace("_", "-").lower()
        keys = [key for key in self._paths if wanted in (key, key.partition("/")[2])]
        if len(keys) > 1:
            raise AmbiguousNameError(f"more than one stored query is called {name!r}", candidates=keys)
        if not keys:
            raise self._unknown(name, wanted)
        query = self._read(self._paths[keys[0]])
        if self._cache is not None:
            self._cache.save()
        return query

    def search(self, text: str) -> list[StoredQuery]:
        """The queries of which every word of `text` occurs in name, topic, title, description, keywords or
        columns.
        """
        words = normalise(text).split()
        return [query for query in self if all(word in _haystack(query) for word in words)]

    def topics(self) -> dict[str, list[StoredQuery]]:
        """All queries, grouped by topic."""
        found: dict[str, list[StoredQuery]] = {}
        for query in self:
            found.setdefault(query.topic, []).append(query)
        return found

    def _read(self, path: Path) -> StoredQuery:
        try:
            # utf-8-sig: an editor's byte order mark is no reason to refuse a query
            text = (self._contents.get(path) or path.read_bytes()).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise StoreError(f"the file is not UTF-8 (byte {error.start})", where=str(path)) from None
        except OSError as error:
            raise StoreError(f"the stored query cannot be read: {error.strerror}", where=str(path)) from None
        cached = self._cache.get(text, path) if self._cache is not None else None
        if cached is not None:
            return cached
        from unpact.query.header import parse_stored_query  # with YAML, only for a header that is new

        query = parse_stored_query(text, path)
        if self._cache is not None:
            self._cache.put(query)
        return query

    def _unknown(self, name: str, wanted: str) -> UnknownNameError:
        import difflib

        names = self.names()
        close = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
        close += [
            known for known in names if known not in close and set(wanted.split("-")) & set(known.split("-"))
        ]
        suggestions = tuple(close[:3])
        hint = None if suggestions else "Type: unpact queries"
        return UnknownNameError(f"no stored query is called {name!r}", suggestions=suggestions, hint=hint)


def _haystack(query: StoredQuery) -> str:
    parts = (query.name, query.topic, query.title, query.description, *query.keywords, *query.columns)
    return normalise(" ".join(parts))
