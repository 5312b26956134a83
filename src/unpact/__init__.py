"""unpact: a knowledge graph of United Nations partnerships, actors, conventions and treaties.

    >>> import unpact
    >>> graph = unpact.open()
    >>> for row in graph.query("party-status", state="Pakistan"):
    ...     print(row.instrument.label, row.status.label)

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from unpact.diff import compare as compare
    from unpact.knowledge import Knowledge as Knowledge
    from unpact.load.run import load_into as load_into
    from unpact.opening import open_knowledge as open

__version__ = "0.1.0"

__all__ = ["Knowledge", "__version__", "compare", "load_into", "open"]

_LAZY = {
    "open": ("unpact.opening", "open_knowledge"),
    "Knowledge": ("unpact.knowledge", "Knowledge"),
    "compare": ("unpact.diff", "compare"),
    "load_into": ("unpact.load.run", "load_into"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the attribute's type is that of the imported object
    if name in _LAZY:
        from importlib import import_module

        module, attribute = _LAZY[name]
        return getattr(import_module(module), attribute)
    message = f"module 'unpact' has no attribute {name!r}"
    raise AttributeError(message)
