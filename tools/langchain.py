"""The LangChain face: every graph tool as a LangChain tool, bound to a graph."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from graphs.errors import BadArgument, GraphError
from graphs.graph import Graph
from tools.registry import Tool, all_tools, get_tool
from tools.run import run_tool
from tools.shelf import Shelf, reply, resolve

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool


def as_langchain_tools(
    graph: Graph | None, names: Iterable[str] | None = None, *, shelf: Shelf | None = None
) -> list[BaseTool]:
    """The tools called `names` (all) as LangChain tools that work on `graph`; without it, those that make a graph.

    The model sees names, docstrings and argument schemas, never the edges. A tool's content is JSON with `value`,
    `status`, `claim` and `certificate`; its artifact is (answer, certificate). A new graph is put on `shelf`, and
    tools that take a second graph find it there by its handle. What the caller can put right (GraphError) comes back
    as the message of an error result, as LangChain's `handle_tool_error` does.

    Raises:
        BadArgument: a name is no tool, or needs a graph while `graph` is None.
    """
    kept = Shelf() if shelf is None else shelf
    if graph is not None:
        kept.put(graph)
    if names is None:
        wanted = [tool for tool in all_tools().values() if graph is not None or not tool.takes_graph]
    else:
        wanted = [get_tool(name) for name in names]
    for tool in wanted:
        if tool.takes_graph and graph is None:
            raise BadArgument(f"{tool.name} works on a graph; pass one to as_langchain_tools")
    return [_wrap(tool, graph, kept) for tool in wanted]


def _wrap(tool: Tool, graph: Graph | None, shelf: Shelf) -> BaseTool:
    from langchain_core.tools import StructuredTool, ToolException

    def run(**arguments: Any) -> tuple[str, Any]:
        try:
            answer, certificate = run_tool(graph, tool.name, resolve(tool, arguments, shelf))
            return json.dumps(reply(answer, certificate, shelf), ensure_ascii=False), (answer, certificate)
        except GraphError as error:
            raise ToolException(str(error)) from error

    return StructuredTool(
        name=tool.name,
        description=tool.doc,
        args_schema=tool.schema(),
        func=run,
        handle_tool_error=True,
        response_format="content_and_artifact",
    )
