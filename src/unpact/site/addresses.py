"""Which addresses of the server become files, and how these are called."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from unpact.serve.addresses import ELSEWHERE
from unpact.serve.exchange import Asked
from unpact.serve.questions.links import pairs_of, path_of_query, texts_of
from unpact.serve.routes import find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from unpact.query.stored import StoredQuery

# these answer what somebody types, which no file can
_NEEDS_A_SERVER = frozenset(
    (
        "search:search",
        "search:suggest",
        "sparql:endpoint",
        "graph_store:read",
        "openapi:document",
        "home:missing",
    )
)
# long lists, the further pages of which are named in the query string
_PAGED = frozenset(("timeline:timeline", "things:thing"))
_STATIC = "/static/"
_ENDING = re.compile(r"\.(?:ttl|jsonld|nt|rdf|svg|csv|tsv|json|jsonl|md|html)\Z")
# one syntax for each kind of reader is enough: files cannot be asked for another
_ENDINGS = frozenset((".ttl", ".jsonld", ".svg", ".csv", ".json", ".html"))
# longer names of files are cut, and told apart by a hash
_LONGEST = 80


class Address(NamedTuple):
    """A page or a file of the server.

    Args:
        path: decoded.
        query: the names and values of its query string.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, link: str, base: Address) -> tuple[Address, str] | None:
        """Where a link leads, and to which place in it; None for a link that leaves the server.

        Args:
            link: as it stands in a page.
            base: the address of the page.
        """
        try:
            parts = urlsplit(link)
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return None
        if not parts.path and not parts.query:
            return base, unquote(parts.fragment)
        path = unquote(parts.path) if parts.path else base.path
        if not path.startswith("/"):
            path = f"{base.path.rpartition('/')[0]}/{path}"
        query = () if path.startswith(_STATIC) else tuple(parse_qsl(parts.query, keep_blank_values=True))
        return cls(path, query), unquote(parts.fragment)

    @property
    def asked(self) -> Asked:
        """The request for it, as a browser makes it."""
        return Asked(self.path, self.query, "text/html, */*;q=0.1")

    @property
    def is_static(self) -> bool:
        """Whether it is a file of the server already."""
        return self.path.startswith(_STATIC)

    @property
    def bare(self) -> Address:
        """The same without a query string."""
        return Address(self.path)

    @property
    def file(self) -> str:
        """The path of its file, below the folder of the site; the same for the same address."""
        path = self.path.strip("/") or "index"
        if self.is_static:
            return path
        ending = ".html"
        if found := _ENDING.search(path):
            ending = found[0]
            path = path[: found.start()]
        parts = [_named(part) for part in path.split("/")]
        if self.query:
            parts.append(_named("-".join(f"{name}-{value}" for name, value in self.query)))
        return "/".join(parts) + ending


def _named(text: str) -> str:
    """A name for a file that every system takes, and that needs no escapes in a link."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip(".-")
    if name == text and len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST]}.{sha256(text.encode()).hexdigest()[:8]}".lstrip(".")


HOME = Address("/")
#: What services of files show for a path that they have not.
MISSING = Address("/404.html")


class Chosen:
    """The addresses that become files: all pages but those that depend on what a reader types.

    Args:
        queries: the stored queries; the answers to their examples become files.
    """

    def __init__(self, queries: Iterable[StoredQuery]) -> None:
        self._examples = {
            path_of_query(query): [
                frozenset(pairs_of(query, texts_of(example))) for example in query.examples
            ]
            for query in queries
        }

    def takes(self, address: Address, origin: Address) -> bool:
        """Whether an address becomes a file.

        Args:
            address: of a page or file of the server.
            origin: the page that leads there.
        """
        if address.is_static:
            return True
        view = find(address.path)[0].view
        ending = _ENDING.search(address.path)
        if view in _NEEDS_A_SERVER or (ending and ending[0] not in _ENDINGS):
            return False
        if not address.query or _ENDING.sub("", address.path) == ELSEWHERE:
            return True
        if view in _PAGED:
            return [name for name, _ in address.query] == ["page"]
        question = self._examples.get(_ENDING.sub("", address.path))
        if question is None:
            return False
        # the questions of the home page are few, and all are answered
        return origin.path == "/" or frozenset(address.query) in question


def relative(file: str, base: str) -> str:
    """The link from one file of the site to another."""
    up = PurePosixPath(base).parent.parts
    to = PurePosixPath(file).parts
    shared = 0
    while shared < min(len(up), len(to) - 1) and up[shared] == to[shared]:
        shared += 1
    return "/".join((*(".." for _ in up[shared:]), *to[shared:]))
