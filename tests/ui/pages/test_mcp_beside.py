"""The MCP endpoint beside the pages, asked over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("gradio", reason="the web interface needs the extra ui: pip install 'konigsberg[ui]'")
pytest.importorskip("mcp", reason="needs the extra mcp")

from fastapi.testclient import TestClient  # noqa: E402

from ui.app import web_app  # noqa: E402
from ui.mcp_beside import McpBeside  # noqa: E402
from ui.talk.desk import Desk  # noqa: E402

ACCEPT = {"accept": "application/json, text/event-stream", "content-type": "application/json"}


class Client:
    """Speaks just enough of the protocol."""

    def __init__(self, http: TestClient, auth: tuple[str, str] | None = None) -> None:
        self.http, self.auth, self.session = http, auth, ""
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        self.say("initialize", hello)
        self.say("notifications/initialized", {}, number=None)

    def say(self, method: str, params: dict[str, Any], number: int | None = 1) -> Any:
        body: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        headers = ACCEPT | ({"mcp-session-id": self.session} if self.session else {})
        answer = self.http.post(
            "/mcp", json=body | ({} if number is None else {"id": number}), headers=headers, auth=self.auth
        )
        answer.raise_for_status()
        self.session = answer.headers.get("mcp-session-id", self.session)
        lines = [line[6:] for line in answer.text.splitlines() if line.startswith("data: {")]
        return json.loads(lines[-1])["result"] if lines else None

    def call(self, tool: str, **arguments: Any) -> Any:
        return self.say("tools/call", {"name": tool, "arguments": arguments})


@pytest.fixture
def http() -> Iterator[TestClient]:
    desk = Desk(("none",))
    with TestClient(web_app(desk, mcp=McpBeside(None, "localhost", 7860)), base_url="http://localhost:7860") as made:
        yield made
    desk.close()


def test_tools_are_called_beside_the_pages(http: TestClient) -> None:
    assert http.get("/").status_code == 200
    client = Client(http)
    graph = client.call("load_graph", text="a-b, b-c")["structuredContent"]["graph"]
    found = client.call("shortest_path", graph=graph, source="a", target="c")["structuredContent"]
    assert found["status"] == "proven"
    assert client.call("load_graph", path="/etc/passwd")["isError"]


def test_other_web_pages_cannot_reach_it(http: TestClient) -> None:
    for headers in ({"host": "evil.example"}, {"origin": "http://evil.example"}):
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
        assert http.post("/mcp", json=body, headers=ACCEPT | headers).status_code in (403, 421)


def test_each_user_has_graphs_of_their_own() -> None:
    desk = Desk(("none",), alone=False)
    auth = [("ann", "secret"), ("bob", "word")]
    with TestClient(web_app(desk, auth, mcp=McpBeside(auth, "0.0.0.0", 7860))) as http:
        assert http.post("/mcp", json={}).status_code == 401
        for given in (("ann", "wrong"), ("eve", ""), ("", "")):
            assert http.post("/mcp", json={}, auth=given).status_code == 401
        assert http.post("/mcp", json={}, headers={"authorization": "Basic ???"}).status_code == 401
        ann, bob = Client(http, auth[0]), Client(http, auth[1])
        graph = ann.call("load_graph", text="a-b, b-c")["structuredContent"]["graph"]
        assert bob.call("list_graphs")["structuredContent"] == {"graphs": []}
        assert bob.call("describe_graph", graph=graph)["isError"]
        assert not ann.call("describe_graph", graph=graph)["isError"]
    desk.close()
