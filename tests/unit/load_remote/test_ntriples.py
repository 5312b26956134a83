from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from unpact.load.remote.ntriples import lines, parted, pieces, triples_of

from .conftest import TRIPLES

if TYPE_CHECKING:
    from pyoxigraph import Triple


@pytest.mark.slow
@given(TRIPLES)
def test_lines_with_blank_nodes_are_told_from_those_that_only_look_so(triples: list[Triple]) -> None:
    text = lines(triples)
    blank, ground = (list(triples_of(part)) for part in parted(text))
    assert blank == [each for each in triples if "BlankNode" in repr(each)]
    assert sorted(map(str, blank + ground)) == sorted(map(str, triples))


def test_pieces_are_as_large_as_they_may_be() -> None:
    parts = list(pieces(iter([b"a\n", b"b\n", b"c\n", b"long line\n"]), 4))
    assert parts == [b"a\nb\n", b"c\n", b"long line\n"]
