"""What people say for what a library's function computes: the wordings of the tool that computes the same.

A docstring says what a function is, in the field's words; a story says what someone wants to know. The tools' wordings
and the phrasebook stand between: "Which junctions split the network when they are closed?" is `articulation_points`.
"""

from __future__ import annotations

import re
from functools import cache

from agents.programs.symbols import fold

MOST = 40  # wordings of one function; more make every function seem near
_SLOT = re.compile(r"\{(\w+)\}")
_IN_A_STORY = {"source": "A", "target": "B", "node": "A", "other": "B", "u": "A", "v": "B"}
# told of every graph and hardly ever what a story wants of it
_ASIDE = frozenset("num_nodes num_edges list_nodes list_edges degrees is_directed is_weighted has_edge".split())


@cache
def wordings_of(library: str) -> dict[str, tuple[str, ...]]:
    """Folded function name -> what people say for it. library: "networkx" or "igraph"."""
    from agents.routing.phrasebook import wordings
    from tools.registry import declared_tools

    more, same = wordings(), _equivalents()
    found: dict[str, tuple[str, ...]] = {}
    for name, tool in declared_tools().items():
        function = same[name][library == "igraph"] if name in same else name
        if not function or name in _ASIDE:
            continue
        said = [tool.summary.split(". ")[0], *tool.asks, *tool.phrases, *more.get(name, ())][:MOST]
        key = fold(function.rpartition(".")[2])
        found[key] = (*found.get(key, ()), *(_SLOT.sub(_spoken, text) for text in said))
    return found


def _spoken(slot: re.Match[str]) -> str:
    return _IN_A_STORY.get(slot[1], slot[1].replace("_", " "))


@cache
def _equivalents() -> dict[str, tuple[str, str]]:
    """Tool -> (function of networkx, method of igraph's graphs), "" for none, where the names differ."""
    from importlib.resources import files

    found = {}
    for line in files("agents.programs").joinpath("equivalents.txt").read_text(encoding="utf-8").splitlines():
        tool, colon, functions = line.partition(": ")
        if colon and not line.startswith("#"):
            networkx, _, igraph = functions.partition(";")
            found[tool] = (networkx.strip(), igraph.strip())
    return found
