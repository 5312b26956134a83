"""The catalogue: finding queries, and headers kept between runs."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from unpact.errors import AmbiguousNameError, StoreError, UnknownNameError
from unpact.query.catalogue import Catalogue
from unpact.query.faults import StoredQueryError
from unpact.query.header_cache import HeaderCache

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
#+ title: {title}
#+ description: {title} as a question?
#+ keywords: [règles, {name}]
#+ parameters:
#+   limit: {{type: integer, default: 3, help: "how many"}}
#+   many: {{type: string, list: true, default: [a, b], help: "which"}}
#+ columns: {{s: a thing}}
#+ examples: [{{}}, {{limit: 4, many: [x]}}]
SELECT ?s WHERE {{ ?s ?p ?o FILTER(?o > $limit || STR(?p) IN ($many)) }} ORDER BY ?s
"""


def _write(root: Path, *names: str) -> list[Path]:
    paths = []
    for name in names:
        path = root / f"{name}.rq"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(title=f"About {path.stem}", name=path.stem), encoding="utf-8")
        paths.append(path)
    return paths


def test_find_by_short_and_long_name(tmp_path: Path) -> None:
    catalogue = Catalogue(_write(tmp_path, "states/party-status", "treaties/parties", "bodies/parties"))
    assert catalogue.find("party-status").topic == "states"
    assert catalogue.find("states/party-status").name == "party-status"
    assert catalogue.find("party_status.rq").name == "party-status"
    assert catalogue.find("treaties/parties").topic == "treaties"
    assert len(catalogue) == 3
    assert catalogue.names() == ["bodies/parties", "party-status", "treaties/parties"]
    assert list(catalogue.topics()) == ["bodies", "states", "treaties"]
    with pytest.raises(AmbiguousNameError) as caught:
        catalogue.find("parties")
    assert caught.value.candidates == ("bodies/parties", "treaties/parties")


def test_an_unknown_name_suggests_the_nearest(tmp_path: Path) -> None:
    catalogue = Catalogue(_write(tmp_path, "states/party-status", "bodies/members"))
    with pytest.raises(UnknownNameError) as caught:
        catalogue.find("party-state")
    assert caught.value.suggestions == ("party-status",)
    with pytest.raises(UnknownNameError) as caught:
        catalogue.find("status")
    assert caught.value.suggestions == ("party-status",)
    with pytest.raises(UnknownNameError, match="Type: unpact queries"):
        catalogue.find("zzz")


def test_search_ignores_case_and_accents(tmp_path: Path) -> None:
    catalogue = Catalogue(_write(tmp_path, "states/party-status", "bodies/members"))
    assert [query.name for query in catalogue.search("MEMBERS question")] == ["members"]
    assert [query.name for query in catalogue.search("regles")] == ["members", "party-status"]
    assert catalogue.search("nothing of the kind") == []


def test_headers_are_kept_and_the_same_when_read_back(tmp_path: Path) -> None:
    paths = _write(tmp_path / "queries", "states/party-status", "bodies/members")
    file = tmp_path / "cache" / "headers.json"
    fresh = list(Catalogue(paths, HeaderCache(file)))
    assert file.exists()
    assert not list(file.parent.glob("*.tmp"))
    assert list(Catalogue(paths, HeaderCache(file))) == fresh == list(Catalogue(paths))


def test_an_edited_query_is_read_anew(tmp_path: Path) -> None:
    (path,) = _write(tmp_path / "queries", "states/party-status")
    file = tmp_path / "headers.json"
    assert Catalogue([path], HeaderCache(file)).find("party-status").title == "About party-status"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: About", "title: All about"), encoding="utf-8"
    )
    assert Catalogue([path], HeaderCache(file)).find("party-status").title == "All about party-status"
    path.write_text(path.read_text(encoding="utf-8").replace("#+ title", "#+ titel"), encoding="utf-8")
    with pytest.raises(StoredQueryError):
        Catalogue([path], HeaderCache(file)).find("party-status")


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"a": 1}', "\x00", "every entry is a number", "every entry is empty"]
)
def test_a_damaged_cache_is_read_anew_and_mended(tmp_path: Path, damage: str) -> None:
    (path,) = _write(tmp_path / "queries", "states/party-status")
    file = tmp_path / "headers.json"
    query = Catalogue([path], HeaderCache(file)).find("party-status")
    entries = json.loads(file.read_text(encoding="utf-8"))
    whole = {"every entry is a number": json.dumps(dict.fromkeys(entries, 1))}
    whole["every entry is empty"] = json.dumps({key: {} for key in entries})
    file.write_text(whole.get(damage, damage), encoding="utf-8")
    assert Catalogue([path], HeaderCache(file)).find("party-status") == query
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert all(kept[key] == entries[key] for key in entries)


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (path,) = _write(tmp_path / "queries", "states/party-status")
    (tmp_path / "cache").write_text("a file where a directory should be")
    cache = HeaderCache(tmp_path / "cache" / "headers.json")
    assert Catalogue([path], cache).find("party-status").name == "party-status"


def test_unreadable_queries(tmp_path: Path) -> None:
    (path,) = _write(tmp_path, "states/party-status")
    catalogue = Catalogue([path])
    path.write_bytes(b"#+ title: \xff\n")
    with pytest.raises(StoreError, match="not UTF-8"):
        catalogue.find("party-status")
    path.unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        catalogue.find("party-status")


@pytest.mark.slow
def test_a_warm_run_imports_neither_yaml_nor_rdflib(tmp_path: Path) -> None:
    (path,) = _write(tmp_path / "queries", "states/party-status")
    code = f"""
import sys
from pathlib import Path
from unpact.graph.memory import MemoryGraph
from unpact.query.catalogue import Catalogue
from unpact.query.header_cache import HeaderCache
from unpact.query.run import run
cache = HeaderCache(Path({str(tmp_path / "headers.json")!r}))
query = Catalogue([Path({str(path)!r})], cache).find("party-status")
run(MemoryGraph(), query, {{"limit": "2"}})
print(*sorted({{"yaml", "rdflib", "difflib", "unpact.query.parse"}} & set(sys.modules)))
"""
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert [run.stdout.split() for run in runs] == [["yaml"], []]
