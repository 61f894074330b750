"""List and call the tools of `rapporteur mcp` by a client of the protocol, over standard input and output."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, TextContent

from assistant.history.conditions import MEANINGS
from assistant.history.record_sets import RecordSets
from assistant.json_api import whole_document_object
from assistant.users.accounts import Accounts
from assistant.users.private_documents import target_of_additions
from index.library import open_library
from index.users import UserRole
from support.generated_texts import document
from support.word_counts import WordCounts

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "Who was absent from the G20 meeting of April 2020?"
REPORT = "“Of the G20 members, Indonesia was absent from this meeting.”\n"
# The command line with an encoder that needs no model.
_START = "import sys; from assistant.commands import main; from support.word_counts import WordCounts; " + (
    "sys.exit(main(sys.argv[1:], lambda settings: WordCounts()))"
)


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> str:
    location = str(tmp_path_factory.mktemp("tools") / "library")
    open_library(location, encoder=WordCounts())
    return location


def with_client(location: str, work: Callable[[ClientSession], Awaitable[Any]], *options: str) -> Any:
    """Return what the work returns, done with a client of a server that was started for it."""

    async def connected() -> Any:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-c", _START, "mcp", "--library", location, *options],
            env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "RAPPORTEUR_RANKER": "false"},
        )
        async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            return await work(client)

    return asyncio.run(connected())


def value(result: Any) -> Any:
    assert isinstance(result, CallToolResult)
    assert not result.is_error, result.content
    return result.structured_content


def test_a_client_lists_and_calls_each_tool(location: str) -> None:
    async def work(client: ClientSession) -> tuple[Any, ...]:
        tools = (await client.list_tools()).tools
        answer = value(await client.call_tool("ask", {"question": QUESTION}))
        hits = value(await client.call_tool("search", {"query": "smart cities", "k": 2, "years": [2021]}))
        name = answer["citations"][0]["document"]
        shown = value(await client.call_tool("show", {"document": name}))
        return tools, answer, hits, shown, value(await client.call_tool("verify", {"text": REPORT}))

    tools, answer, hits, shown, findings = with_client(location, work)
    assert [tool.name for tool in tools] == ["ask", "search", "show", "verify"]
    assert all(tool.description and tool.input_schema["properties"] for tool in tools)
    [citation] = answer["citations"]
    assert answer["answer"].startswith("Indonesia [1]")
    assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]
    document = open_library(location, encoder=WordCounts()).document(citation["document"])
    assert shown == json.loads(json.dumps(whole_document_object(document)))
    assert len(hits["hits"]) == 2
    assert (findings["counts"]["exact"], findings["ok"]) == (1, True)


def test_ask_and_search_take_the_conditions_of_the_command_line(location: str) -> None:
    april = "2020-04-30-g20-extraordinary-mic.txt"
    RecordSets(open_library(location, encoder=WordCounts())).save("Talks", [april])
    hits = {"query": "the ministers", "k": 100}

    async def work(client: ClientSession) -> tuple[Any, ...]:
        tools = (await client.list_tools()).tools
        asked = value(await client.call_tool("ask", {"question": QUESTION, "sets": ["talks"]}))
        placed = value(await client.call_tool("search", hits | {"places": ["Trieste"], "publishers": ["METI"]}))
        return tools, asked, placed

    tools, asked, placed = with_client(location, work)
    for tool in tools[:2]:
        assert {name: tool.input_schema["properties"][name]["description"] for name in MEANINGS} == MEANINGS
    assert {citation["document"] for citation in asked["citations"]} == {april}
    assert {hit["document"] for hit in placed["hits"]} == {"2021-08-05-g20-trieste-meti.txt"}


def test_a_wrong_call_is_refused_in_one_line(location: str) -> None:
    calls: list[tuple[str, dict[str, Any], str]] = [
        ("show", {"document": "nothing.txt"}, "nothing.txt"),
        ("ask", {"question": " "}, "the question is empty"),
        ("ask", {"question": QUESTION, "forums": ["G99"]}, "no record has the forum G99"),
        ("ask", {"question": QUESTION, "places": ["Bali"]}, "no record has the place Bali; the library has: Italy; "),
        ("search", {"query": "x", "sets": ["Others"]}, "there is no set Others; there are: "),
        ("search", {"query": "x", "k": 0}, "k"),
    ]

    async def work(client: ClientSession) -> list[Any]:
        return [await client.call_tool(name, values) for name, values, _ in calls]

    for result, (_, _, words) in zip(with_client(location, work), calls, strict=True):
        [content] = result.content
        assert result.is_error
        assert isinstance(content, TextContent)
        assert words in content.text
        assert "Traceback" not in content.text


def test_the_private_documents_are_those_of_the_user_whom_as_names(location: str) -> None:
    library = open_library(location, encoder=WordCounts())
    for name in ("ada", "bo"):
        Accounts(library).add(name, UserRole.READER, None)
    ada = next(row.id for row in library.user_rows() if row.name == "ada")
    target_of_additions(library, ada).add(document("# Zebra draft\n\nThe board agreed to paint zebras.", "draft.md"))

    async def work(client: ClientSession) -> tuple[Any, ...]:
        found = await client.call_tool("search", {"query": "zebras"})
        return value(found), (await client.call_tool("show", {"document": "draft.md"})).is_error

    hits, is_refused = with_client(location, work, "--as", "ada")
    assert (hits["hits"][0]["document"], is_refused) == ("draft.md", False)
    for options in (("--as", "bo"), ()):
        hits, is_refused = with_client(location, work, *options)
        assert (any(hit["document"] == "draft.md" for hit in hits["hits"]), is_refused) == (False, True)
