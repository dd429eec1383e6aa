from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from langchain_core.tools import BaseTool

from graphs.errors import BadArgument, BudgetExceeded, GraphError
from graphs.graph import Graph
from tools.answers import Number, Truth
from tools.certificates import Certificate
from tools.docs import catalogue, describe
from tools.langchain import as_langchain_tools
from tools.mcp_server import Host, chosen_tools, mcp_tools
from tools.registry import all_tools
from tools.run import bind_arguments, run_tool
from tools.shelf import Shelf, plain, reply

pytest.importorskip("mcp")
ROOT = Path(__file__).parents[2]
LINE = Graph.from_edges([("Ann", "Bob"), ("Bob", "Eve")])


# -- run_tool


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("shortest_path", {"source": "Ann"}, "also needs target"),
        ("shortest_path", {"source": "Ann", "target": "Eve", "sorce": 1}, "did you mean 'source'?"),
        ("shortest_path", {"source": ["Ann"], "target": "Eve"}, "must be the label of a node"),
        ("subgraph", {"nodes": "Ann"}, "must be a list of node labels"),
        ("remove_edges", {"edges": [["Ann", "Bob", "Eve"]]}, "must be a list of [source, target] pairs"),
        ("power", {"k": 1.5}, "must be a whole number"),
        ("power", {"k": True}, "must be a whole number"),
        ("scale_weights", {"factor": "much"}, "must be a number"),
        ("scale_weights", {"factor": float("nan")}, "must be a number"),
        ("filter_nodes", {"attribute": "degree", "comparison": "~", "value": 1}, "must be one of <, <=, ="),
        ("union", {"other": "handle"}, "must be the handle of another graph"),
        ("relabel_nodes", {"mapping": [1]}, "must be an object from node labels"),
        ("is_graphical", {"degrees": "3"}, "must be a list of numbers"),
        ("no_such_tool", {}, "there is no tool 'no_such_tool'"),
    ],
)
def test_wrong_arguments_are_named(name: str, arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(BadArgument) as caught:
        run_tool(LINE, name, arguments)
    assert said in str(caught.value)


def test_arguments_are_read_as_a_model_writes_them() -> None:
    numbers = Graph.from_edges([(1, 2, 2.5), (2, 3, 1.0)], names={"weight": "km"})
    tool = all_tools()["shortest_path"]
    given = {"source": "1", "target": 3.0, "weight": "km"}
    assert bind_arguments(tool, numbers, given) == {"source": 1, "target": 3, "weight": "weight"}
    assert bind_arguments(tool, LINE, {"source": "ann", "target": "Eve", "weight": None}) == {
        "source": "Ann",
        "target": "Eve",
    }
    assert bind_arguments(all_tools()["power"], LINE, {"k": "2"}) == {"k": 2}
    graph_with = bind_arguments(all_tools()["graph_with"], None, {"num_nodes": 5.0, "connected": "true"})
    assert graph_with == {"num_nodes": 5, "connected": True}


def test_a_graph_is_asked_for() -> None:
    with pytest.raises(BadArgument, match="needs a graph"):
        run_tool(None, "shortest_path", {"source": 1, "target": 2})


# -- replies


def test_replies_say_how_sure_they_are() -> None:
    shelf = Shelf()
    proof = Certificate(True, "so it is", "by hand", "proof")
    recount = Certificate(True, "so it is", "again", "recount")
    none = Certificate(False, "", "no check is known for this tool", "none")
    assert reply(Truth(True), proof, shelf)["status"] == "proven"
    assert reply(Truth(True), recount, shelf)["status"] == "computed"
    assert reply(Truth(True), none, shelf)["status"] == "computed"
    assert reply(Truth(True, estimated=True), proof, shelf)["status"] == "estimated"
    assert reply(Number(3, exact=False, bounds=(2, 4)), proof, shelf)["bounds"] == [2, 4]
    with pytest.raises(GraphError, match="withheld"):
        reply(Truth(True), Certificate(False, "", "by hand", "proof", "it is not"), shelf)


def test_infinity_is_written_as_text() -> None:
    assert json.loads(json.dumps(plain({"a": float("inf"), "b": [float("nan")]}), allow_nan=False)) == {
        "a": "inf",
        "b": ["nan"],
    }


def test_the_shelf_forgets_the_oldest() -> None:
    shelf = Shelf(limit=2)
    handles = [shelf.put(Graph.from_edges([(0, i)])) for i in range(1, 4)]
    assert [h for h, _ in shelf.items()] == handles[1:]
    with pytest.raises(BadArgument, match="there is no graph"):
        shelf.get(handles[0])


# -- LangChain


def by_name(tools: list[BaseTool]) -> dict[str, BaseTool]:
    return {tool.name: tool for tool in tools}


def test_langchain_tools_answer_with_value_status_and_claim() -> None:
    tools = by_name(as_langchain_tools(LINE))
    assert tools.keys() == all_tools().keys()
    call = {"name": "shortest_path", "args": {"source": "Ann", "target": "Eve"}, "id": "1", "type": "tool_call"}
    message = tools["shortest_path"].invoke(call)
    said = json.loads(message.content)
    assert said["value"] == ["Ann", "Bob", "Eve"]
    assert said["status"] == "proven"
    assert "length 2" in said["claim"]
    assert message.artifact[1].holds


def test_langchain_errors_come_back_as_text() -> None:
    tool = by_name(as_langchain_tools(LINE, ["shortest_path"]))["shortest_path"]
    call = {"name": "shortest_path", "args": {"source": "Ann", "target": "Zoe"}, "id": "1", "type": "tool_call"}
    message = tool.invoke(call)
    assert message.status == "error"
    assert "node 'Zoe' is not in the graph" in message.content


def test_langchain_schema_is_that_of_the_registry_and_holds_no_edge() -> None:
    tool = by_name(as_langchain_tools(LINE, ["shortest_path"]))["shortest_path"]
    assert tool.args.keys() == {"source", "target", "weight"}
    assert "Bob" not in json.dumps(tool.tool_call_schema) + tool.description


def test_langchain_graphs_compose_by_handle() -> None:
    shelf = Shelf()
    tools = by_name(as_langchain_tools(LINE, ["complement", "union"], shelf=shelf))
    complement = json.loads(tools["complement"].invoke({}))
    united = json.loads(tools["union"].invoke({"other": complement["graph"]}))
    assert shelf.get(united["graph"]).num_edges == 3


def test_langchain_without_a_graph_offers_generators() -> None:
    names = by_name(as_langchain_tools(None))
    assert "named_graph" in names
    assert "shortest_path" not in names
    with pytest.raises(BadArgument):
        as_langchain_tools(None, ["shortest_path"])


# -- documentation


def test_every_tool_is_documented() -> None:
    page = catalogue()
    for name in all_tools():
        assert f"| {name} |" in page
        assert describe(name).startswith(f"# {name}\n")
    assert "| source | node | required |" in describe("shortest_path")
    assert "proven: an independent checker" in describe("shortest_path")


# -- MCP, without a transport


def test_mcp_schemas_are_those_of_the_registry() -> None:
    listed = {tool.name: tool for tool in mcp_tools()}
    assert listed.keys() == all_tools().keys() | {"load_graph", "describe_graph", "list_graphs", "export_graph"}
    assert listed["shortest_path"].inputSchema["required"] == ["graph", "source", "target"]
    assert "graph" not in listed["generate_graph"].inputSchema["properties"]


async def test_files_stay_inside_the_root(tmp_path: Path) -> None:
    root, secret = tmp_path / "root", tmp_path / "secret.csv"
    root.mkdir()
    secret.write_text("source,target\na,b\n")
    (root / "link.csv").symlink_to(secret)
    (root / "fine.csv").write_text("source,target\na,b\nb,c\n")
    host = Host(root)
    for path in ("", "a\0b"):
        with pytest.raises(BadArgument, match="a path is the name of a file"):
            await host.call("load_graph", {"path": path})
    for path in ("../secret.csv", str(secret), "link.csv"):
        with pytest.raises(BadArgument, match="outside the folder"):
            await host.call("load_graph", {"path": path})
    loaded = await host.call("load_graph", {"path": "fine.csv"})
    assert loaded["num_edges"] == 2
    with pytest.raises(BadArgument, match="outside the folder"):
        await host.call("export_graph", {"graph": loaded["graph"], "path": "../out.csv"})
    with pytest.raises(BadArgument, match="exists"):
        await host.call("export_graph", {"graph": loaded["graph"], "path": "fine.csv"})
    written = await host.call("export_graph", {"graph": loaded["graph"], "path": "copy.graphml"})
    assert (root / "copy.graphml").stat().st_size == written["bytes"]
    with pytest.raises(BadArgument, match="without a folder"):
        await Host().call("load_graph", {"path": "fine.csv"})


async def test_bad_calls_are_explained() -> None:
    host = Host()
    for name, arguments, said in (
        ("load_graph", {}, "exactly one"),
        ("load_graph", {"text": 5}, "exactly one"),
        ("load_graph", {"text": "x" * 2_000_001}, "may have"),
        ("load_graph", {"words": "x"}, "wrong arguments"),
        ("describe_graph", {"graph": "nope"}, "there is no graph"),
        ("shortest_path", {"source": 1, "target": 2}, "there is no graph"),
        ("no_such_tool", {}, "there is no tool"),
        ("describe_graph", {}, "missing a required argument: 'graph'"),
    ):
        with pytest.raises(GraphError, match=said):
            await host.call(name, arguments)


async def test_a_server_may_offer_a_few_tools() -> None:
    few = chosen_tools(["paths", "num_nodes"])
    assert {"shortest_path", "num_nodes"} < few.keys()
    assert len(mcp_tools(few)) == len(few) + 4
    with pytest.raises(BadArgument, match="did you mean 'num_nodes'|num_nodes"):
        chosen_tools(["num_node"])
    with pytest.raises(BadArgument, match="there is no tool"):
        await Host(tools=few).call("maximum_flow", {})


async def test_long_work_is_given_up() -> None:
    host = Host(time_limit=0.01)
    handle = host.shelf.put(Graph.from_edges([(i, j) for i in range(60) for j in range(i)]))
    with pytest.raises(BudgetExceeded, match="took longer"):
        await host.call("line_graph", {"graph": handle})


# -- MCP, with a real client


async def converse(session: Any) -> None:
    """Load, ask, edit, ask again, export, and make a mistake."""
    tools = {tool.name for tool in (await session.list_tools()).tools}
    assert {"load_graph", "shortest_path", "named_graph"} <= tools
    loaded = await session.call_tool("load_graph", {"text": "a-b, b-c, c-d, d-a"})
    handle = loaded.structuredContent["graph"]
    path = await session.call_tool("shortest_path", {"graph": handle, "source": "a", "target": "c"})
    assert not path.isError
    assert path.structuredContent["status"] == "proven"
    assert json.loads(path.content[0].text) == path.structuredContent
    smaller = await session.call_tool("remove_node", {"graph": handle, "node": "b"})
    other = smaller.structuredContent["graph"]
    path = await session.call_tool("shortest_path", {"graph": other, "source": "a", "target": "c"})
    assert path.structuredContent["value"] == ["a", "d", "c"]
    united = await session.call_tool("union", {"graph": handle, "other": other})
    assert united.structuredContent["certificate"]["holds"] is True
    described = await session.call_tool("describe_graph", {"graph": other})
    assert described.structuredContent["assumptions"][-1] == "removed b"
    petersen = await session.call_tool("load_graph", {"name": "petersen graph"})
    assert petersen.structuredContent["num_edges"] == 15
    assert len((await session.call_tool("list_graphs", {})).structuredContent["graphs"]) >= 3
    exported = await session.call_tool("export_graph", {"graph": other})
    assert Graph.from_json(json.loads(exported.structuredContent["json"])).num_nodes == 3
    wrong = await session.call_tool("shortest_path", {"graph": handle, "source": "a", "target": "z"})
    assert wrong.isError
    assert "node 'z' is not in the graph" in wrong.content[0].text
    unknown = await session.call_tool("no_such_tool", {})
    assert unknown.isError


async def test_a_real_client_over_stdio() -> None:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    server = StdioServerParameters(command=sys.executable, args=["-m", "ui.cli", "mcp"], cwd=str(ROOT))
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        about = await session.initialize()
        assert about.serverInfo.name == "konigsberg"
        await converse(session)


@asynccontextmanager
async def http_server() -> AsyncIterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "ui.cli", "mcp", "--http", "--port", str(port)], cwd=ROOT)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                await writer.wait_closed()
                break
            except OSError:
                assert time.monotonic() < deadline, "the server does not start"
                assert process.poll() is None, "the server has stopped"
                await asyncio.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


async def test_a_real_client_over_http() -> None:
    import httpx
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with http_server() as port:
        url = f"http://127.0.0.1:{port}/mcp"
        async with (
            streamable_http_client(url) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            await converse(session)
        async with httpx.AsyncClient() as web:
            rebound = await web.post(url, headers={"Host": "evil.example"}, json={})
            foreign = await web.post(url, headers={"Origin": "https://evil.example"}, json={})
        assert rebound.status_code == 421
        assert foreign.status_code == 403
