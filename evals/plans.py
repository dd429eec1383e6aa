"""Whether two plans mean the same: whether they give the same final answers on several graphs."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence

from agents.answer import in_order, listed, wanted_value
from agents.plan import Plan
from agents.solver import solve
from agents.state import Context, State
from graphs.graph import Graph
from tools.answers import GraphAnswer, as_plain

SECONDS = 3.0  # for the tools of one plan
CHANGED = 0.3  # the share of a graph's edges that a variant lacks, and gets anew


def same_plan(one: Plan, gold: Plan, graphs: Sequence[Graph]) -> bool:
    """Whether `one` answers like `gold` on every graph on which that answers at all.

    Where it answers on none, whether it makes the same calls with at least the same arguments.
    """
    compared = False
    for graph in graphs:
        wanted = final(gold, graph)
        if wanted is not None:
            compared = True
            if final(one, graph) != wanted:
                return False
    if compared:
        return True
    return [call.tool for call in one.calls] == [call.tool for call in gold.calls] and all(
        wanted.arguments.items() <= made.arguments.items() for wanted, made in zip(gold.calls, one.calls, strict=True)
    )


def final(plan: Plan, graph: Graph) -> str | None:
    """What a plan answers on a graph, as text that is equal for equal answers; None where it answers nothing."""
    update = solve(State(graph=graph, plan=plan), Context(SECONDS))
    if update.get("fault") or not update.get("answers"):
        return None
    made: Plan = update["plan"]
    last = listed(made, update["answers"])
    value = wanted_value(made, last)
    if isinstance(last, GraphAnswer) and isinstance(value, Graph):
        return value.fingerprint()
    return json.dumps(as_plain(in_order(value, made.sort)), sort_keys=True, default=str)


def variants(graph: Graph, count: int, rng: random.Random) -> list[Graph]:
    """Graphs on the same nodes with a part of the edges replaced by new ones, which carry attributes of old ones."""
    return [_variant(graph, rng) for _ in range(count)]


def _variant(graph: Graph, rng: random.Random) -> Graph:
    body = graph.nx.copy()
    edges = [(edge.source, edge.target, edge.attributes) for edge in graph.edges()]
    nodes = list(body)
    number = max(1, round(CHANGED * len(edges)))
    for u, v, _ in rng.sample(edges, min(number, len(edges))):
        if body.has_edge(u, v):
            body.remove_edge(u, v)
    for _ in range(number if len(nodes) > 1 and edges else 0):
        u, v = rng.sample(nodes, 2)
        if not body.has_edge(u, v):
            body.add_edge(u, v, **rng.choice(edges)[2])
    return graph.derive(body)
