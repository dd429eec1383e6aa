"""The documentation of the tools, made from what the registry knows."""

from __future__ import annotations

from tools.certificates import has_checker
from tools.registry import Parameter, Tool, families, get_tool

GRADES = {
    "proof": "proven: an independent checker accepts the answer only when it is right",
    "recount": "computed: a second method must give the same on small graphs",
    "none": "computed: no independent check is known",
}


def describe(name: str) -> str:
    """One tool in Markdown: what it does, its arguments, how to ask for it, how its answer is checked.

    Raises:
        BadArgument: no tool has that name.
    """
    tool = get_tool(name)
    lines = [f"# {tool.name}", "", f"Family: {tool.family}. Answer: {tool.returns.__name__}.", "", tool.doc, ""]
    if tool.parameters:
        lines += ["| argument | type | default |", "|---|---|---|"]
        lines += [f"| {p.name} | {_type(p)} | {_default(p)} |" for p in tool.parameters]
    else:
        lines.append("It takes no arguments" + (" besides the graph." if tool.takes_graph else "."))
    lines += ["", "Ask for it:", *(f"- {ask}" for ask in tool.asks)]
    lines += ["", f"Check: {GRADES[has_checker(name)]}."]
    return "\n".join(lines) + "\n"


def catalogue() -> str:
    """All tools in Markdown, one line each, by family."""
    lines = ["# Graph tools", ""]
    for family, tools in families():
        if tools:
            lines += [f"## {family}", "", "| tool | what it does | arguments | status |", "|---|---|---|---|"]
            lines += [_row(tool) for tool in tools]
            lines.append("")
    return "\n".join(lines)


def _row(tool: Tool) -> str:
    arguments = ", ".join(p.name if p.required else f"[{p.name}]" for p in tool.parameters) or "–"
    status = "proven" if has_checker(tool.name) == "proof" else "computed"
    return f"| {tool.name} | {tool.summary.replace('|', '∣')} | {arguments} | {status} |"


def _type(parameter: Parameter) -> str:
    return " or ".join(map(str, parameter.choices)) if parameter.choices else parameter.kind


def _default(parameter: Parameter) -> str:
    return "required" if parameter.required else str(parameter.default)
