"""What the embedded planner is taught: which tools, under which names, and how a tool is described to it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cache

from agents.routing.templates import SLOT
from tools import answers
from tools.registry import Tool, all_tools

NODE, NUMBER, UNKNOWN = "ⓃⓆⓊ"
MAX_EDITS = 3
UNTAKEN = MAX_EDITS + 1  # the step of a mark that no parameter takes
BOUND = "bound"
# Several names for one edit: the planner makes lists of one.
ALIASES = {"remove_node": "remove_nodes", "remove_edge": "remove_edges", "add_node": "add_nodes"}
# … and of their parameters.
ROLES = {
    "remove_node": {"node": "nodes"},
    "remove_edge": {"source": "edges", "target": "edges"},
    "add_node": {"node": "nodes"},
    "add_nodes": {"new": "nodes"},
}
# Kept out of training, to see how the planner reads tools that it has never been taught.
HELD_OUT = 15
NOT_TAUGHT = ("clrs",)  # the benchmark's own conventions are for those who name it


@cache
def held_out_tools() -> frozenset[str]:
    """Tools that no training example asks for, chosen by a hash of their names."""
    names = [t.name for t in taught() if not issubclass(t.returns, answers.GraphAnswer)]
    return frozenset(sorted(names, key=lambda name: zlib.crc32(name.encode()))[:HELD_OUT])


@cache
def taught() -> tuple[Tool, ...]:
    """The tools that the planner may choose."""
    return tuple(t for t in all_tools().values() if t.family not in NOT_TAUGHT and t.name not in ALIASES)


def is_edit(tool: Tool) -> bool:
    """Whether a tool makes a graph of the graph that it is given."""
    return tool.takes_graph and issubclass(tool.returns, answers.GraphAnswer)


def kinds_of(tool: Tool) -> dict[str, str]:
    """Parameter -> kind."""
    return {p.name: p.kind for p in tool.parameters}


def description(tool: Tool) -> str:
    """What the encoder reads of a tool: its name, the first sentence about it, and two ways to ask for it."""
    asked = " ".join(_marked(text, kinds_of(tool)) for text in tool.asks[:2])
    return f"{tool.name.replace('_', ' ')}: {tool.summary.split('. ')[0]}. {asked}"


def _marked(text: str, kinds: Mapping[str, str]) -> str:
    marks = {"node": NODE, "nodes": f"{NODE}, {NODE}", "pairs": f"{NODE}-{NODE}", "labels": f"{NODE}: {NUMBER}"}
    return SLOT.sub(lambda m: marks.get(kinds.get(m[1], ""), NUMBER), text)
