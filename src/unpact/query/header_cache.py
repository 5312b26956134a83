"""Parsed headers kept as JSON between runs, each under the SHA-256 of the query text that it belongs to."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from unpact import __version__
from unpact.query.parameters import Parameter
from unpact.query.stored import StoredQuery

# Part of every key: a header that an older version accepted is checked again by a newer one.
_FORM = f"headers 2, unpact {__version__}"
# Entries of queries that were edited since are dropped once there are more than this, oldest first.
_MOST = 1000


class HeaderCache:
    """One JSON file. Damaged or unreadable content counts as empty, and a full disk costs speed only."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._loaded: dict[str, Any] | None = None
        self._changed = False

    def get(self, text: str, path: Path) -> StoredQuery | None:
        """The query of this very text, as it stands in `path`; None when it is not known or its entry is
        damaged.
        """
        entry = self._entries().get(_key(text, path))
        try:
            return None if entry is None else _from_json(entry, text, path)
        except (TypeError, KeyError, ValueError, AttributeError):
            return None

    def put(self, query: StoredQuery) -> None:
        """Remember a parsed query; `save` writes it."""
        self._entries()[_key(query.text, query.path)] = _to_json(query)
        self._changed = True

    def save(self) -> None:
        """Write the file if anything changed, in one step that another process sees wholly or not at all."""
        if not self._changed:
            return
        import tempfile

        entries = dict(list(self._entries().items())[-_MOST:])
        temporary = None
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w",
                encoding="utf-8",
                dir=self._file.parent,
                prefix=self._file.name,
                suffix=".tmp",
                delete=False,
            ) as stream:
                temporary = stream.name
                json.dump(entries, stream, ensure_ascii=False, separators=(",", ":"))
            Path(temporary).replace(self._file)
            self._changed = False
        except OSError:
            if temporary is not None:
                Path(temporary).unlink(missing_ok=True)

    def _entries(self) -> dict[str, Any]:
        if self._loaded is None:
            try:
                loaded = json.loads(self._file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                loaded = {}
            self._loaded = loaded if isinstance(loaded, dict) else {}
        return self._loaded


def _key(text: str, path: Path) -> str:
    # The name and topic come from the path, so they belong to the key as the text does.
    return hashlib.sha256(f"{_FORM}\n{path.parent.name}/{path.name}\n{text}".encode()).hexdigest()


def _to_json(query: StoredQuery) -> dict[str, Any]:
    return {
        "title": query.title,
        "description": query.description,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "required": parameter.required,
                "help": parameter.help,
                "list": parameter.list,
                "default": parameter.default,
            }
            for parameter in query.parameters
        ],
        "columns": dict(query.columns),
        "keywords": query.keywords,
        "examples": [dict(example) for example in query.examples],
    }


def _from_json(entry: dict[str, Any], text: str, path: Path) -> StoredQuery:
    return StoredQuery(
        name=path.stem,
        topic=path.parent.name,
        path=path,
        title=entry["title"],
        description=entry["description"],
        parameters=tuple(
            Parameter(**{**fields, "default": _frozen(fields["default"])}) for fields in entry["parameters"]
        ),
        columns=entry["columns"],
        keywords=tuple(entry["keywords"]),
        examples=tuple(
            {name: _frozen(value) for name, value in example.items()} for example in entry["examples"]
        ),
        text=text,
    )


def _frozen(value: Any) -> Any:  # noqa: ANN401 - text, list or None, as JSON gave it
    return tuple(value) if isinstance(value, list) else value
