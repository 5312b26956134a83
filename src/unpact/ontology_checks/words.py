"""Terms as the files of an ontology write them, in the messages of findings."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from unpact.corpus.syntax import decompressed
from unpact.names import PREFIXES
from unpact.notation import typed_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unpact.corpus import CorpusFile
    from unpact.finding import Term

# Words are all that comes of it: a prefix in a string, or one declared anew, makes no finding wrong.
_PREFIX = re.compile(r"^\s*@?prefix\s+([^\s:]*):\s*<([^<>\s]*)>", re.IGNORECASE | re.MULTILINE)
_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?\Z")


class Words:
    """How terms are called.

    Args:
        files: whose prefixes count before ours.
    """

    def __init__(self, files: Sequence[CorpusFile]) -> None:
        self._files = files

    def word(self, term: Term) -> str:
        """A term as Turtle writes it, with a prefix where one fits; a blank node has no name."""
        if isinstance(term, NamedNode):
            for namespace, prefix in self._prefixes:
                local = term.value.removeprefix(namespace)
                if term.value.startswith(namespace) and _LOCAL.match(local):
                    return f"{prefix}:{local}"
            return str(term)
        return typed_words(term)

    @cached_property
    def _prefixes(self) -> list[tuple[str, str]]:
        """Namespaces with their prefixes, the longest namespace first."""
        found = {namespace: prefix for prefix, namespace in PREFIXES.items()}
        for file in self._files:
            text = decompressed(file, file.read()).decode("utf-8", errors="replace")
            found |= {namespace: prefix for prefix, namespace in _PREFIX.findall(text) if namespace}
        return sorted(found.items(), key=lambda each: (-len(each[0]), each))
