"""Stores by name, kept in the user's configuration file.

    [stores.work]
    endpoint = "http://localhost:3030/unpact"
    profile = "fuseki"

    [stores.local]
    store = "/srv/unpact"

The file is `unpact/config.toml` in the user's configuration directory (`XDG_CONFIG_HOME`, else `~/.config`),
or what `UNPACT_CONFIG` names. It holds no passwords: who asks is said by the environment or by netrc.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from unpact.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = "stores"


class Connection(NamedTuple):
    """Where a store is.

    Args:
        store: the directory of a store on disk; or
        endpoint: the address of a SPARQL service.
        profile: the kind of the service, where it is known.
        update: the address of its updates, where it does not follow from that of the service.
        data: the address of its Graph Store Protocol, likewise.
    """

    store: str | None = None
    endpoint: str | None = None
    profile: str | None = None
    update: str | None = None
    data: str | None = None

    @property
    def where(self) -> str:
        """The directory or the address."""
        return self.store or self.endpoint or ""


def config_path() -> Path:
    """The user's configuration file, which need not exist."""
    chosen = os.environ.get("UNPACT_CONFIG")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")  # noqa: PTH111, PTH118 - Path.home() raises where there is no home
    return Path(base) / "unpact" / "config.toml"


def connections() -> dict[str, Connection]:
    """The stores that the user has named, by name.

    Raises:
        UsageError: for a file that is no TOML, or does not say where a store is.
    """
    path = config_path()
    try:
        with path.open("rb") as stream:
            found = tomllib.load(stream)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise UsageError(
            f"cannot be read ({(error.strerror or str(error)).lower()})", where=str(path)
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"this is not TOML: {error}", where=str(path), hint="Correct the line.") from None
    tables = found.get(_TABLE, {})
    if not isinstance(tables, dict):
        raise UsageError(f"{_TABLE} is not a table", where=str(path), hint=f"Write [{_TABLE}.NAME].")
    return {name: _connection(path, name, table) for name, table in sorted(tables.items())}


def connection(name: str) -> Connection:
    """The store of a name.

    Raises:
        UnknownNameError: with the nearest names.
        UsageError: as for `connections`.
    """
    import difflib

    known = connections()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
        hint = None if near else "To see those that have, type: unpact store list"
        raise UnknownNameError(f"no store has the name {name!r}", suggestions=near, hint=hint)
    return known[name]


def add(name: str, new: Connection) -> None:
    """Give a store a name; what else stands in the file stays as it is.

    Raises:
        UsageError: for a name that could be taken for a path or an address, and a file that cannot be
            written.
    """
    import tomlkit

    if not name.replace("-", "").replace("_", "").isalnum():
        raise UsageError(f"{name!r} is no name for a store", hint="Use letters, digits, - and _.")
    connections()  # refuses a file that is wrong, before anything is written to it
    document = _document()
    tables = document.setdefault(_TABLE, tomlkit.table(is_super_table=True))
    table = tomlkit.table()
    for key, value in new._asdict().items():
        if value is not None:
            table.add(key, value)
    tables[name] = table
    _write(tomlkit.dumps(document))


def remove(name: str) -> None:
    """Forget the name of a store; the store itself stays.

    Raises:
        UnknownNameError: with the nearest names.
        UsageError: for a file that cannot be written.
    """
    import tomlkit

    connection(name)
    document = _document()
    del document[_TABLE][name]
    _write(tomlkit.dumps(document))


def _connection(path: Path, name: str, table: object) -> Connection:
    where = f"{path}, {_TABLE}.{name}"
    if not isinstance(table, dict):
        raise UsageError("this is not a table", where=where, hint=f"Write [{_TABLE}.{name}].")
    _refuse_unknown(where, table)
    found = Connection(**table)
    if (found.store is None) == (found.endpoint is None):
        raise UsageError("a store has either store or endpoint", where=where, hint='Write store = "DIR".')
    return found


def _refuse_unknown(where: str, table: Mapping[str, object]) -> None:
    for key, value in table.items():
        if key not in Connection._fields:
            hint = f"Use {', '.join(Connection._fields)}."
            raise UsageError(f"there is no setting {key!r}", where=where, hint=hint)
        if not isinstance(value, str):
            raise UsageError(f"{key} is not a text", where=where, hint=f'Write {key} = "…".')


def _document() -> Any:  # noqa: ANN401 - tomlkit's own type, which is not imported before it is needed
    import tomlkit

    try:
        return tomlkit.parse(config_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return tomlkit.document()


def _write(text: str) -> None:
    from unpact.atomic import text_file

    path = config_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with text_file(path) as stream:
            stream.write(text)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "Check its permissions."
        raise UsageError(f"cannot be written ({reason})", where=str(path), hint=hint) from None
