"""A cached view becomes a graph while the program is still importing what it will ask it with.

The engine releases the interpreter's lock while it loads, so a thread costs nothing that the imports would
need. Blank nodes would get new names in every run that way; the few quads that have some are parsed apart,
under the names they have.
"""

from __future__ import annotations

import threading
from io import BytesIO

from pyoxigraph import RdfFormat, Store, parse

_BORDER = b"# ground\n"


def dumped(store: Store) -> bytes:
    """What a store holds, as lines of N-Quads, sorted, those with blank nodes first."""
    stream = BytesIO()
    store.dump(stream, format=RdfFormat.N_QUADS)
    blank: list[bytes] = []
    ground: list[bytes] = []
    for line in stream.getvalue().splitlines(keepends=True):
        # may take a literal for a blank node, which does no harm
        (blank if line.startswith(b"_:") or b" _:" in line else ground).append(line)
    # the same text is there three times at once else
    del stream
    blank.sort()
    ground.sort()
    return b"".join([*blank, _BORDER, *ground])


class Loading:
    """A store that is being filled from the content that `dumped` made.

    Args:
        content: N-Quads; checked when it was written, and guarded by a checksum since.
    """

    def __init__(self, content: bytes) -> None:
        border = content.find(_BORDER)
        self._blank, self._ground = content[:border], content[border:]
        self._store = Store()
        self._failures: list[BaseException] = []
        # not a daemon: the engine must not be cut off inside a call when the interpreter ends
        self._thread = threading.Thread(target=self._load, name="unpact-load")
        self._thread.start()

    def store(self) -> Store:
        """The full store, waited for if need be; raises what went wrong while it was filled."""
        self._thread.join()
        if self._failures:
            raise self._failures[0]
        # Not in the thread: this needs the lock for each quad, and would wait long for it beside imports.
        self._store.extend(parse(input=self._blank, format=RdfFormat.N_QUADS, lenient=True))
        return self._store

    def _load(self) -> None:
        try:
            self._store.load(input=self._ground, format=RdfFormat.N_QUADS, lenient=True)
        except BaseException as error:  # noqa: BLE001 - raised again in the thread that uses the store
            self._failures.append(error)
