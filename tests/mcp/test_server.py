"""The command as assistants use it: a process that speaks the protocol, asked by the SDK's own client."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from anyio.from_thread import start_blocking_portal
from click.testing import CliRunner
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.exceptions import MCPError
from mcp.types import METHOD_NOT_FOUND

import unpact
from unpact.cli.main import command_line
from unpact.corpus import bundled
from unpact.evidence.passages import PassageTexts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from anyio.from_thread import BlockingPortal
    from mcp import types

    from unpact.query.catalogue import Catalogue
    from unpact.why.run import Explainer

# each starts a server
pytestmark = pytest.mark.slow

UNPACT = [sys.executable, "-c", "from unpact.cli.main import main; main()"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ARTICLE = os.environ.get("UNPACT_ARTICLE")
FEW = {"list_queries", "run_query", "find", "show", "cite", "sparql"}


class Client:
    """A client of the SDK for tests that are not asynchronous."""

    def __init__(self, portal: BlockingPortal, session: ClientSession, hello: types.InitializeResult) -> None:
        self._portal = portal
        self._session = session
        self.hello = hello

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._session, name)
        return lambda *arguments: self._portal.call(method, *arguments)


@contextmanager
def talking(*arguments: str) -> Iterator[Client]:
    server = StdioServerParameters(
        command=UNPACT[0], args=[*UNPACT[1:], "mcp", *arguments], env=dict(os.environ)
    )

    @asynccontextmanager
    async def session() -> AsyncIterator[tuple[ClientSession, types.InitializeResult]]:
        async with stdio_client(server) as streams, ClientSession(*streams) as session:
            yield session, await session.initialize()

    with start_blocking_portal() as portal, portal.wrap_async_context_manager(session()) as (found, hello):
        yield Client(portal, found, hello)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with talking("--tools", "all", "--timeout", "2", "--max-rows", "50") as client:
        yield client


def text_of(result: types.CallToolResult) -> str:
    (content,) = result.content
    assert content.type == "text"
    return content.text


def test_server_introduces_itself(client: Client) -> None:
    assert (client.hello.server_info.name, client.hello.server_info.version) == ("unpact", unpact.__version__)
    assert client.hello.capabilities.tools is not None
    assert client.hello.capabilities.resources is not None
    assert client.hello.capabilities.prompts is None
    assert "cite" in (client.hello.instructions or "")


def test_tools_only_look(client: Client, catalogue: Catalogue) -> None:
    tools = client.list_tools().tools
    assert {tool.name for tool in tools} >= set(catalogue.names())
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.idempotent_hint is True
        assert tool.annotations.open_world_hint is False


def test_rows_come_with_sentences(client: Client) -> None:
    # the client holds the answer against the schema of the tool
    result = client.call_tool("party-status", {"state": "Pakistan", "as_of": "2022-12"})
    assert not result.is_error
    expected = unpact.open().query("party-status", state="Pakistan", as_of="2022-12")
    found = result.structured_content
    assert [row["values"]["instrument"]["iri"] for row in found["rows"]] == [
        str(row.instrument) for row in expected
    ]
    assert "s:6.3.1" in {sentence for row in found["rows"] for sentence in row["sentences"]}
    assert "s:6.3.1" in text_of(result)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("find", {"text": "UNTOC"}),
        ("show", {"thing": "UNODC", "as_of": "2023"}),
        ("cite", {"thing": "s:2.4.1"}),
        ("sparql", {"query": "SELECT ?s ?n { ?s a unp:State OPTIONAL { ?s unp:nothing ?n } }"}),
    ],
)
def test_other_tools_keep_to_their_schemas(client: Client, name: str, arguments: dict[str, Any]) -> None:
    result = client.call_tool(name, arguments)
    assert not result.is_error
    assert result.structured_content


def test_errors_are_answers_and_the_server_goes_on(client: Client) -> None:
    wrong = client.call_tool("party-status", {"state": "Pakistn"})
    assert wrong.is_error
    assert "Did you mean Pakistan" in text_of(wrong)
    refused = client.call_tool("sparql", {"query": "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"})
    assert refused.is_error
    assert text_of(refused).startswith("line 1: SERVICE would reach another server")
    late = client.call_tool("sparql", {"query": ENDLESS})
    assert late.is_error
    assert text_of(late).startswith("the call was stopped after 2 seconds")
    cut = client.call_tool("sparql", {"query": "SELECT * { ?s ?p ?o }", "cite": False})
    assert len(cut.structured_content["rows"]) == 50
    assert cut.structured_content["cut"] is True


def test_unknown_tool_is_an_error_of_the_protocol(client: Client) -> None:
    with pytest.raises(MCPError, match=r"there is no tool 'party-statos'\. Did you mean party-status"):
        client.call_tool("party-statos", {"state": "PK"})
    with pytest.raises(MCPError, match="there is no tool 'run_query'"):
        client.call_tool("run_query", {"name": "states"})


def test_resources_are_the_texts_behind_the_answers(client: Client, catalogue: Catalogue) -> None:
    listed = {resource.uri: resource for resource in client.list_resources().resources}
    assert {f"unpact://query/{query.topic}/{query.name}" for query in catalogue} <= set(listed)
    (text,) = client.read_resource("unpact://query/treaties/party-status").contents
    assert (text.text, text.mime_type) == (catalogue.find("party-status").text, "application/sparql-query")
    (ontology,) = client.read_resource("unpact://ontology/unpact").contents
    assert ontology.mime_type == listed[ontology.uri].mime_type == "text/turtle"
    assert ontology.text == (bundled().root / "ontology" / "unpact.ttl").read_text(encoding="utf-8")
    with pytest.raises(MCPError, match="there is no resource 'unpact://query/treaties/none'"):
        client.read_resource("unpact://query/treaties/none")


def test_closed_standard_input_ends_the_server_whatever_it_is_doing() -> None:
    server = subprocess.Popen(
        [*UNPACT, "mcp", "--timeout", "50"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None

    def say(**message: object) -> None:
        server.stdin.write(f"{json.dumps({'jsonrpc': '2.0', **message})}\n")
        server.stdin.flush()

    def heard() -> dict[str, Any]:
        message = json.loads(server.stdout.readline())
        assert message["jsonrpc"] == "2.0"
        return message

    try:
        who = {"name": "test", "version": "1"}
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": who}
        say(id=1, method="initialize", params=hello)
        assert heard()["result"]["protocolVersion"] == "2025-06-18"
        say(method="notifications/initialized")
        say(id=2, method="tools/list")
        assert {tool["name"] for tool in heard()["result"]["tools"]} == FEW
        say(id=3, method="no/such/method")
        assert heard()["error"]["code"] == METHOD_NOT_FOUND
        say(id=4, method="tools/call", params={"name": "sparql", "arguments": {"query": ENDLESS}})
        time.sleep(0.5)
        assert server.poll() is None
        rest, errors = server.communicate(timeout=20)
    finally:
        server.kill()
    assert (server.returncode, errors) == (0, "")
    # the call that was given up may still be answered, by an error; nothing else was written
    assert all("error" in json.loads(line) for line in rest.splitlines())


@pytest.mark.skipif(not ARTICLE, reason="needs the article (UNPACT_ARTICLE)")
def test_sentences_have_their_words(explainer: Explainer, catalogue: Catalogue) -> None:
    from unpact.mcp.toolbox import Settings, Toolbox

    assert ARTICLE is not None
    toolbox = Toolbox(explainer, catalogue, Settings(article=ARTICLE))
    words = PassageTexts(explainer.graph, Path(ARTICLE)).by_iri()
    reply = toolbox.call("cite", {"thing": "s:2.4.1"})
    assert reply.structured is not None
    (cited,) = reply.structured["citations"]
    assert cited["text"] == words[cited["iri"]]
    assert cited["text"] in reply.text


def test_wrong_data_end_it_before_it_speaks(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("this is no Turtle", encoding="utf-8")
    result = CliRunner().invoke(command_line, ["mcp", "--data", str(wrong)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"unpact: {wrong}:1:")
    assert result.stderr.count("\n") == 1


def test_standard_input_is_no_data() -> None:
    result = CliRunner().invoke(command_line, ["mcp", "--data", "-"])
    assert result.exit_code == 2
    assert "standard input belongs to the assistant here" in result.stderr


def test_without_the_sdk_a_sentence_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    result = CliRunner().invoke(command_line, ["mcp"])
    assert result.exit_code == 2
    assert result.stderr == (
        "unpact: speaking with assistants needs the package mcp. Type: pip install 'unpact[mcp]'\n"
    )
