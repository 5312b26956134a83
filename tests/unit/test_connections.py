"""Stores by name: the configuration file is read, changed and left whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from unpact.connections import Connection, add, connection, connections, remove
from unpact.elsewhere import connection_of
from unpact.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

WORK = Connection(endpoint="http://localhost:3030/unpact", profile="fuseki")
LOCAL = Connection(store="/srv/unpact")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "folder" / "config.toml"
    monkeypatch.setenv("UNPACT_CONFIG", str(path))
    return path


def test_a_store_keeps_its_name(config: Path) -> None:
    assert connections() == {}
    add("work", WORK)
    add("local", LOCAL)
    assert connections() == {"local": LOCAL, "work": WORK}
    assert connection("work") == WORK
    add("work", LOCAL)
    assert connection("work") == LOCAL
    remove("work")
    assert connections() == {"local": LOCAL}
    assert [each.name for each in config.parent.iterdir()] == ["config.toml"]


def test_comments_and_other_settings_stay(config: Path) -> None:
    config.parent.mkdir()
    config.write_text('# mine\ncolour = "blue"\n\n[stores.work]\nendpoint = "http://a/"  # the old one\n')
    add("local", LOCAL)
    remove("work")
    assert config.read_text().startswith('# mine\ncolour = "blue"\n')
    assert connections() == {"local": LOCAL}


def test_the_place_of_the_file_follows_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UNPACT_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    add("local", LOCAL)
    assert (tmp_path / "unpact" / "config.toml").is_file()


def test_an_unknown_name_has_its_neighbours(config: Path) -> None:  # noqa: ARG001 - sets the place
    add("work", WORK)
    with pytest.raises(UnknownNameError, match="no store has the name 'wrok'") as raised:
        connection("wrok")
    assert "work" in str(raised.value)
    with pytest.raises(UnknownNameError, match="unpact store list"):
        remove("nothing-like-it")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[stores", "this is not TOML"),
        ("stores = 1", "stores is not a table"),
        ("[stores]\nwork = 1", "stores.work: this is not a table"),
        ('[stores.work]\nurl = "x"', "there is no setting 'url'"),
        ("[stores.work]\nendpoint = 1", "endpoint is not a text"),
        ("[stores.work]", "a store has either store or endpoint"),
        ('[stores.work]\nstore = "a"\nendpoint = "b"', "a store has either store or endpoint"),
    ],
)
def test_a_file_that_is_wrong_is_refused_and_not_written_to(config: Path, text: str, message: str) -> None:
    config.parent.mkdir()
    config.write_text(text)
    with pytest.raises(UsageError, match=message):
        connections()
    with pytest.raises(UsageError, match=message):
        add("local", LOCAL)
    assert config.read_text() == text


@pytest.mark.parametrize("name", ["", "a/b", "http://a", "a b", "."])
def test_a_name_that_could_be_a_place_is_refused(config: Path, name: str) -> None:
    with pytest.raises(UsageError, match="is no name for a store"):
        add(name, LOCAL)
    assert not config.exists()


def test_a_file_that_cannot_be_written_is_said_to_be_so(config: Path) -> None:
    config.parent.write_text("in the way")
    with pytest.raises(UsageError, match="cannot be"):
        add("local", LOCAL)


def test_names_are_told_from_places(config: Path, tmp_path: Path) -> None:  # noqa: ARG001 - sets the place
    add("work", WORK)
    add("local", LOCAL)
    (tmp_path / "dir").mkdir()
    assert connection_of("local") == LOCAL
    assert connection_of("work") == WORK
    assert connection_of(str(tmp_path / "dir")) == Connection(store=str(tmp_path / "dir"))
    assert connection_of("new") == Connection(store="new")
    assert connection_of(endpoint="work") == WORK
    assert connection_of(endpoint="work", profile="generic").profile == "generic"
    assert connection_of(endpoint="http://a/", profile="rdf4j") == Connection(None, "http://a/", "rdf4j")
    with pytest.raises(UnknownNameError):
        connection_of(endpoint="nowhere")
    with pytest.raises(UsageError):
        connection_of()
