"""Graph algorithms that an agent can call, and the checks of their answers."""

from tools.answers import Answer
from tools.registry import Tool, all_tools, get_tool, tool

__all__ = ["Answer", "Tool", "all_tools", "get_tool", "tool"]
