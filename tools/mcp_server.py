"""The MCP face: a server whose tools are the graph tools and a few that load, describe, list and export graphs."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import inspect
import json
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from graphs.errors import BadArgument, BudgetExceeded, GraphError, TooLarge
from graphs.graph import Graph
from tools.registry import Tool, all_tools, families, get_tool
from tools.run import run_tool
from tools.shelf import Shelf, described, plain, reply, resolve

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server
    from mcp.types import Tool as McpTool

MAX_TEXT = 2_000_000  # characters of a graph given as text
MAX_FILE = 200_000_000  # bytes
MAX_EXPORT = 200_000  # characters of a graph returned as text
INSTRUCTIONS = (
    "Load a graph with load_graph and pass its handle as `graph` to the tools; never re-type edges. "
    "Answers carry value, status (proven, computed, estimated), claim and certificate. Tools that change or make a "
    "graph answer with a new handle."
)
HANDLE = {"type": "string", "description": "handle of a graph, from load_graph or another tool"}


class Host:
    """The graphs of one server and what may be done with them. Files lie under `root`; None means no files at all."""

    def __init__(
        self, root: Path | None = None, time_limit: float = 60.0, tools: Mapping[str, Tool] | None = None
    ) -> None:
        self.tools = all_tools() if tools is None else tools
        self.root = None if root is None else root.resolve()
        self.time_limit = time_limit
        self.shelf = Shelf()
        self.own: dict[str, Callable[..., dict[str, Any]]] = {
            "load_graph": self.load_graph,
            "describe_graph": self.describe_graph,
            "list_graphs": self.list_graphs,
            "export_graph": self.export_graph,
        }

    async def call(self, name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run a tool in a thread, at most `time_limit` seconds.

        Raises:
            GraphError: what the caller can put right.
            BudgetExceeded: the time ran out.
        """
        work = partial(self._run, name, dict(arguments))
        try:
            return await asyncio.wait_for(asyncio.to_thread(work), self.time_limit)
        except TimeoutError as error:
            raise BudgetExceeded(
                f"{name} took longer than {self.time_limit:g} seconds; take a smaller graph or a shorter time_limit"
            ) from error

    def _run(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        if name in self.own:
            try:
                inspect.signature(self.own[name]).bind(**arguments)
            except TypeError as error:
                raise BadArgument(f"wrong arguments for {name}: {error}") from error
            return self.own[name](**arguments)
        tool = self.tools.get(name)
        if tool is None:
            raise BadArgument(f"there is no tool {name[:60]!r}")
        graph = self.shelf.get(arguments.pop("graph", None)) if tool.takes_graph else None
        answer, certificate = run_tool(graph, name, resolve(tool, arguments, self.shelf))
        return reply(answer, certificate, self.shelf)

    def load_graph(
        self, path: str | None = None, text: str | None = None, name: str | None = None, format: str | None = None
    ) -> dict[str, Any]:
        given = [x for x in (path, text, name) if x is not None]
        if len(given) != 1 or not all(isinstance(x, str) for x in given):
            raise BadArgument("give exactly one of path, text and name, as text")
        graph = self._read(path, text, str(name), format)
        return described(graph, self.shelf.put(graph))

    def _read(self, path: str | None, text: str | None, name: str, format: str | None) -> Graph:
        if path is not None:
            from graphs.files import read_graph

            return read_graph(self._inside(path), format=format, max_bytes=MAX_FILE)
        if text is not None:
            from graphs.text.read import read_text

            if len(text) > MAX_TEXT:
                raise TooLarge(f"a text may have {MAX_TEXT:,} characters, not {len(text):,}; put the graph in a file")
            reading = read_text(text)
            if reading.graph is None:
                raise BadArgument("no graph was found in the text; write edges such as 'a-b, b-c' or a table")
            return reading.graph.derive(
                reading.graph.nx, note="; ".join((*reading.assumptions, *reading.contradictions))
            )
        from graphs.generators.named import named_graph

        return named_graph(name)

    def describe_graph(self, graph: str) -> dict[str, Any]:
        return described(self.shelf.get(graph), graph)

    def list_graphs(self) -> dict[str, Any]:
        return {"graphs": [{"graph": h, "name": g.name, "summary": g.summary()} for h, g in self.shelf.items()]}

    def export_graph(
        self, graph: str, path: str | None = None, format: str | None = None, overwrite: bool = False
    ) -> dict[str, Any]:
        found = self.shelf.get(graph)
        if path is None:
            text = json.dumps(plain(found.to_json()), ensure_ascii=False)
            if len(text) > MAX_EXPORT:
                raise TooLarge(f"the graph has {len(text):,} characters as JSON; give a path to write it to a file")
            return {"graph": graph, "json": text}
        from graphs.files import write_graph

        target = self._inside(path)
        if target.exists() and overwrite is not True:
            raise BadArgument(f"{path} exists; choose another name or pass overwrite")
        write_graph(found, target, format)
        return {"graph": graph, "path": path, "bytes": target.stat().st_size}

    def _inside(self, path: str) -> Path:
        """The path under the root folder, links followed.

        Raises:
            BadArgument: there is no root folder, or the path leads out of it.
        """
        if self.root is None:
            raise BadArgument("this server was started without a folder for files; give the graph as text")
        if not isinstance(path, str) or not path.strip() or "\0" in path:
            raise BadArgument("a path is the name of a file under the server's folder")
        target = (self.root / path).resolve()
        if not target.is_relative_to(self.root):
            raise BadArgument(f"{path[:80]!r} lies outside the folder that this server may use")
        return target


def chosen_tools(names: Iterable[str]) -> dict[str, Tool]:
    """The tools that `names` (of tools or families) mean.

    Raises:
        BadArgument: a name is neither.
    """
    by_family = {family: members for family, members in families()}
    found: dict[str, Tool] = {}
    for name in names:
        found.update((tool.name, tool) for tool in (by_family.get(name) or [get_tool(name)]))
    return found


def mcp_tools(tools: Mapping[str, Tool] | None = None) -> list[McpTool]:
    """All tools as MCP describes them: those of the registry (or only `tools`) take the handle `graph`."""
    from mcp.types import Tool as McpTool

    text = {"type": "string"}
    own: dict[str, tuple[str, dict[str, Any], list[str]]] = {
        "load_graph": (
            "Load a graph from a file under the server's folder, from text (edges, a table, a description), or by the "
            "name of a well-known graph. Returns its handle.",
            {"path": text, "text": text, "name": text, "format": text},
            [],
        ),
        "describe_graph": ("Describe a graph: sizes, attributes, readings taken.", {"graph": HANDLE}, ["graph"]),
        "list_graphs": ("List the graphs that are loaded, with their handles.", {}, []),
        "export_graph": (
            "Write a graph to a file under the server's folder (format by extension), or return it as JSON.",
            {"graph": HANDLE, "path": text, "format": text, "overwrite": {"type": "boolean"}},
            ["graph"],
        ),
    }
    listed = [
        McpTool(name=name, description=about, inputSchema=_schema(properties, required))
        for name, (about, properties, required) in own.items()
    ]
    return listed + [_listed(tool) for tool in (all_tools() if tools is None else tools).values()]


def _listed(tool: Tool) -> McpTool:
    from mcp.types import Tool as McpTool

    schema = tool.schema()
    properties, required = schema["properties"], schema["required"]
    if tool.takes_graph:
        properties, required = {"graph": HANDLE, **properties}, ["graph", *required]
    return McpTool(name=tool.name, description=tool.doc, inputSchema=_schema(properties, required))


def _schema(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def make_server(
    root: Path | None = None, time_limit: float = 60.0, tools: Mapping[str, Tool] | None = None
) -> Server[Any, Any]:
    """The MCP server, not yet connected to a transport."""
    from mcp.server.lowlevel import Server
    from mcp.types import CallToolResult, TextContent

    host = Host(root, time_limit, tools)
    server: Server[Any, Any] = Server("konigsberg", _version(), instructions=INSTRUCTIONS)

    async def list_tools() -> list[McpTool]:
        return mcp_tools(host.tools)

    async def call_tool(name: str, arguments: dict[str, Any]) -> CallToolResult:
        try:
            found = await host.call(name, arguments)
        except GraphError as error:
            said = str(error) if host.root is None else str(error).replace(f"{host.root}{os.sep}", "")
            return CallToolResult(content=[TextContent(type="text", text=said)], isError=True)
        text = json.dumps(found, ensure_ascii=False)
        return CallToolResult(content=[TextContent(type="text", text=text)], structuredContent=found)

    server.list_tools()(list_tools)  # type: ignore[no-untyped-call]
    server.call_tool(validate_input=False)(call_tool)
    return server


def _version() -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("konigsberg")
    except PackageNotFoundError:
        return None


def serve(
    transport: Literal["stdio", "http"] = "stdio",
    host: str = "127.0.0.1",
    port: int = 8765,
    root: Path | None = None,
    time_limit: float = 60.0,
    tools: Iterable[str] = (),
) -> None:
    """Serve until the client closes (stdio) or the process is stopped (http: streamable HTTP at /mcp).

    tools: names of tools or families; all when empty.

    Files are read and written under `root` alone; without it, not at all. Over HTTP only requests for this host's own
    name are answered, so that no web page can reach the server through the browser.

    Raises:
        BadArgument: the extra `mcp` is not installed, a name is no tool, `root` is no folder, or the
            address is not free.
    """
    if importlib.util.find_spec("mcp") is None:
        raise BadArgument("the MCP server needs the extra 'mcp': pip install 'konigsberg[mcp]'")
    if root is not None and not root.is_dir():
        raise BadArgument(f"{str(root)[:200]!r} is no folder; name the one that graph files lie in")
    names = tuple(tools)
    server = make_server(root, time_limit, chosen_tools(names) if names else None)
    if transport == "stdio":
        asyncio.run(_over_stdio(server))
        return
    import uvicorn

    with _listening(host, port) as listener:
        config = uvicorn.Config(http_app(server, host, port), host=host, port=port, log_level="warning")
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket at that address, opened here so that an address in use is told in words."""
    if not 0 < port < 65536:
        raise BadArgument(f"{port} is no port; choose one from 1 to 65535 with --port")
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, number)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except BaseException:
            listener.close()
            raise
    except OSError as error:
        raise BadArgument(f"cannot listen on {host}:{port} ({error}); choose another --port or --host") from error
    return listener


async def _over_stdio(server: Server[Any, Any]) -> None:
    from mcp.server.stdio import stdio_server

    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def http_app(server: Server[Any, Any], host: str, port: int) -> Any:
    """The server as an ASGI app with streamable HTTP at /mcp."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    answer, run = endpoint(server, host, port)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with run():
            yield

    return Starlette(routes=[Route("/mcp", endpoint=answer)], lifespan=lifespan)


def endpoint(server: Server[Any, Any], host: str = "", port: int = 0) -> tuple[Any, Callable[[], Any]]:
    """Streamable HTTP for an app that has other pages too: what answers, and what must run meanwhile.

    host: only requests for this host's own name and port are answered, so that no web page can reach the server through
    the browser; "" answers all, for apps that ask for a password.
    """
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
    from mcp.server.transport_security import TransportSecuritySettings

    names = {host, "127.0.0.1", "localhost"} if host in ("127.0.0.1", "localhost") else {host}
    security = TransportSecuritySettings(
        allowed_hosts=sorted(f"{name}:{port}" for name in names),
        allowed_origins=sorted(f"http://{name}:{port}" for name in names),
    )
    manager = StreamableHTTPSessionManager(server, security_settings=security if host else None)
    return _Endpoint(manager.handle_request), manager.run


class _Endpoint:
    """An ASGI app made of a function; a bare function would be taken for a request handler."""

    def __init__(self, handle: Callable[[Any, Any, Any], Awaitable[None]]) -> None:
        self.handle = handle

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.handle(scope, receive, send)
