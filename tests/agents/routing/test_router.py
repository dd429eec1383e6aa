"""Every tool's own questions lead back to it, and none leads to a tool that answers something else."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

import pytest

from agents.deciding import plan_question
from agents.plan import Plan
from agents.routing.phrasebook import wordings
from graphs import Graph
from tools.registry import Tool, all_tools, families

LABELS = ["Ann", "Bob", "Eve", "Oslo", "Rome", "Kim", "Zoe", "Paris"]
# Questions that two tools answer alike (the first on a graph where the second's name fits as well).
ALIKE = {
    ("shortest_path_length", "shortest_path"),  # its edges counted
    ("is_k_colourable", "is_bipartite"),  # with two colours
    ("clique_number", "maximum_clique"),  # how many it has
    ("independence_number", "maximum_independent_set"),
    ("degree_sequence", "degrees"),  # sorted as asked
    ("remove_node", "remove_nodes"),
    ("remove_edge", "remove_edges"),
    ("largest_component", "list_nodes"),  # "in the giant component" is read as an edit
    ("add_edges", "add_edge"),
    ("is_strongly_connected", "is_connected"),  # on a graph without directions
    ("neighbors", "degree"),
    ("shortest_path_avoiding", "shortest_path"),  # "avoiding …" is read as an edit
    ("shortest_path_avoiding", "has_path"),
    ("negative_cycle", "has_negative_cycle"),
    ("has_negative_cycle", "negative_cycle"),
}


def _graph(tool: Tool, words: bool) -> Graph:
    rng = random.Random(4)
    nodes: list[object] = list(LABELS) if words else list(range(8))
    about: dict[str, object] = {"weight": 3, "capacity": 2}
    if any(p.name == "time" for p in tool.parameters):
        about["time"] = 1
    pairs = [(u, v) for i, u in enumerate(nodes) for v in nodes[i + 1 :] if rng.random() < 0.5]
    graph = Graph.from_edges([(u, v, about) for u, v in pairs], nodes, directed=tool.needs == "directed")
    if tool.needs == "text":
        for node in graph:
            graph.nx.nodes[node]["text"] = f"what is known of {node}"
    return graph


def _asked(tool: Tool, ask: str, graph: Graph, rng: random.Random) -> str | None:
    """The ask with its slots filled; None where a slot cannot be put into words."""
    pool = [str(n) for n in rng.sample(list(graph), 8)]
    kinds = {p.name: p for p in tool.parameters}
    numbers = itertools.count(2)

    def fill(match: re.Match[str]) -> str:
        parameter = kinds[match[1]]
        if parameter.kind == "node":
            return pool.pop()
        if parameter.kind == "nodes":
            return ", ".join(pool.pop() for _ in range(3))
        if parameter.kind == "pairs":
            return f"({pool.pop()}, {pool.pop()})"
        if parameter.kind in ("int", "float", "time"):
            return str(next(numbers))
        if parameter.kind == "choice":
            return str(parameter.choices[0]).replace("_", " ")
        raise LookupError(parameter.kind)

    try:
        return re.sub(r"\{(\w+)\}", fill, ask)
    except LookupError:
        return None


def _routes(tool: Tool) -> Iterator[tuple[str, str | None]]:
    rng = random.Random(tool.name)
    for ask in (*tool.asks, *wordings().get(tool.name, ())):
        graph = _graph(tool, words=rng.random() < 0.6)
        question = _asked(tool, ask, graph, rng)
        if question is None:
            continue
        graphs = (graph, graph) if tool.takes_graph else ()
        plan = plan_question(question, graphs).get("plan")
        yield question, plan.last.tool if isinstance(plan, Plan) else None


@pytest.mark.parametrize("family", [name for name, _ in families()])
def test_no_ask_leads_to_another_answer(family: str) -> None:
    strays = [
        (tool.name, question, to)
        for tool in all_tools().values()
        if tool.family == family
        for question, to in _routes(tool)
        if to not in (None, tool.name) and (tool.name, to) not in ALIKE
    ]
    assert not strays


def test_most_asks_are_understood() -> None:
    outcomes = [to == tool.name or (tool.name, to) in ALIKE for tool in all_tools().values() for _, to in _routes(tool)]
    assert len(outcomes) > 1_000
    assert sum(outcomes) / len(outcomes) > 0.95


def test_every_tool_has_names_and_questions() -> None:
    assert set(wordings()) <= set(all_tools())
    for tool in all_tools().values():
        assert tool.phrases, tool.name
        assert tool.asks, tool.name
        for ask in (*tool.asks, *wordings().get(tool.name, ())):
            assert set(re.findall(r"\{(\w+)\}", ask)) <= {p.name for p in tool.parameters}, (tool.name, ask)
