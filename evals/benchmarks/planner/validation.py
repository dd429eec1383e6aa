"""Validation questions of the embedded planner as a user would ask them: on a graph, with names and numbers.

They are made of the twentieth of the wordings that training leaves out (`agents.embedded.examples`), so that thresholds
can be chosen on them. The held-out wordings, on which the planner is scored, are never read here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from agents.embedded.decorating import Example
from agents.embedded.examples import Stock
from agents.embedded.taught import BOUND, NODE, NUMBER, UNKNOWN
from agents.plan import Call, Compare, Plan
from agents.routing.binding import WEIGHTED_FAMILIES, WEIGHTED_TOOLS
from evals.labels import CITIES, PEOPLE
from evals.plans import final
from graphs.graph import Graph
from tools.registry import Parameter, Tool, all_tools

NODES, EDGES = 9, 15
STRANGERS = ("Zebulon", "Quentin", "Wilhelmina", "Xanthippe")
ATTRIBUTES = re.compile(r"\b(?:weight|cost|length|distance|time|price|colour|type|age|km)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """plan None: nothing of a graph is asked ("other") or too little ("vague"); graphs: the first is asked about."""

    text: str
    graphs: tuple[Graph, ...]
    plan: Plan | None
    kind: str


def questions(count: int, seed: int) -> Iterator[Question]:
    """`count` validation questions; those whose words carry an argument that no mark shows are left out."""
    rng = random.Random(seed)
    made = 0
    for example in Stock(rng).examples(20 * count, held=True):
        question = asked(example, rng)
        if question is not None:
            made += 1
            yield question
        if made == count:
            return


def asked(example: Example, rng: random.Random) -> Question | None:
    """An example with names and numbers in the places of its marks; None where its plan cannot be told from them.

    Edges carry weights only where the plan needs them, so that no question is in doubt on whether they count.
    """
    tools = [all_tools()[name] for name in example.tools]
    parameters = [p for tool in tools for p in tool.parameters]
    if any(p.kind in ("graph", "labels") and p.required for p in parameters):
        return None
    if any(p.kind == "attribute" for p in parameters) and ATTRIBUTES.search(example.text):
        return None
    names = rng.sample(rng.choice((PEOPLE, CITIES)), NODES)
    graph = random_graph(tools, names, rng)
    text, values = _spoken(example, graph, names, rng)
    if example.kind != "plan":
        return Question(text, (graph,), None, example.kind)
    plan = _plan(example, tools, values)
    if plan is None:
        return None
    weighted = final(plan, graph) is None
    if weighted:
        graph = with_weights(graph, rng)
        plan = replace(plan, calls=tuple(weighing(call) for call in plan.calls))
    more = [random_graph(tools, names, random.Random(rng.random())) for _ in range(2)]
    if weighted:
        more = [with_weights(other, rng) for other in more]
    return Question(text, (graph, *more), plan, "plan")


def _spoken(
    example: Example, graph: Graph, names: list[str], rng: random.Random
) -> tuple[str, dict[tuple[int, str], list[Any]]]:
    """The text with its marks filled, and what went to each parameter of each step."""
    text, last = "", 0
    spare: list[Any] = rng.sample(names, len(names))
    values: dict[tuple[int, str], list[Any]] = {}
    roles = {at: (step, name) for at, step, name in example.marks}
    edges = [(edge.source, edge.target) for edge in graph.edges()]
    for at, char in enumerate(example.text):
        if char not in (NODE, NUMBER, UNKNOWN):
            continue
        step, name = roles.get(at, (-1, ""))
        shown: Any = rng.randint(2, 4) if char == NUMBER else rng.choice(STRANGERS)
        if char == NODE:
            before = values.get((step, name), [])
            if step >= 0 and example.tools[step] == "remove_edges" and len(before) % 2 == 0:
                shown, follows = rng.choice([edge for edge in edges if edge[0] not in before] or edges)
                spare.append(follows)  # so that the two are an edge
            else:
                shown = spare.pop() if spare else rng.choice(names)
        values.setdefault((step, name), []).append(shown)
        text += example.text[last:at] + str(shown)
        last = at + 1
    return text + example.text[last:], values


def _plan(example: Example, tools: list[Tool], values: dict[tuple[int, str], list[Any]]) -> Plan | None:
    calls: list[Call] = []
    for place, step in enumerate([*range(1, len(tools)), 0]):
        tool, given = tools[step], {}
        for parameter in tool.parameters:
            found = values.get((step, parameter.name))
            if found:
                given[parameter.name] = _value(parameter, found)
        if any(p.required and p.name not in given for p in tool.parameters) or None in given.values():
            return None  # the words carry it ("by colour"), or the wording leaves it out
        calls.append(Call(tool.name, given, place - 1 if place else None))
    bound = values.get((0, BOUND))
    compare = Compare(example.compare, float(bound[0])) if example.compare and bound else None  # type: ignore[arg-type]
    return Plan(tuple(calls), example.pick, compare)  # type: ignore[arg-type]


def _value(parameter: Parameter, found: list[Any]) -> Any:
    if parameter.kind == "pairs":
        return list(zip(found[::2], found[1::2], strict=False)) if len(found) % 2 == 0 else None
    if parameter.kind in ("nodes", "numbers"):
        return list(dict.fromkeys(found)) if parameter.kind == "nodes" else found
    return found[0]


def random_graph(tools: list[Tool], names: Sequence[str | int], rng: random.Random) -> Graph:
    """A random graph on `names` that has what these tools need."""
    needs = {tool.needs for tool in tools}
    directed = "directed" in needs and "undirected" not in needs
    body = nx.gnm_random_graph(len(names), EDGES, seed=rng.randint(0, 10**9), directed=directed)
    timed = any("temporal" in tool.family or tool.family == "activity" for tool in tools)
    edges = [(names[u], names[v], {"time": rng.randint(1, 5)} if timed else {}) for u, v in body.edges()]
    return Graph.from_edges(edges, names, directed=directed)


def with_weights(graph: Graph, rng: random.Random) -> Graph:
    """The graph with weights on its edges."""
    edges = [(e.source, e.target, {**e.attributes, "weight": rng.randint(1, 9)}) for e in graph.edges()]
    return Graph.from_edges(edges, graph.nodes, directed=graph.directed)


def weighing(call: Call) -> Call:
    """A call that goes by the weights, as every route takes them where a graph has them and nothing else is said."""
    tool = all_tools()[call.tool]
    usual = tool.family in WEIGHTED_FAMILIES or tool.name in WEIGHTED_TOOLS
    takes = [p.name for p in tool.parameters if p.name == "capacity" or p.name == "weight" and usual]
    return replace(call, arguments=dict.fromkeys(takes, "weight") | call.arguments)
