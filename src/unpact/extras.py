"""What is installed only where it is wanted: the extras of the package."""

from __future__ import annotations

from importlib import util

from unpact.errors import UsageError


def need(purpose: str, extra: str, *modules: str) -> None:
    """Refuse to go on without the packages of an extra; imports none of them.

    Args:
        purpose: what needs them, as the beginning of a sentence.
        extra: by whose name they are installed.
        modules: that they bring.

    Raises:
        UsageError: where one of them is missing.
    """
    missing = [name for name in modules if util.find_spec(name) is None]
    if missing:
        packages = f"the package{'s' if len(missing) > 1 else ''} {', '.join(missing)}"
        raise UsageError(f"{purpose} needs {packages}", hint=f"Type: pip install 'unpact[{extra}]'")
