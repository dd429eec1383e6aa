"""Whether two plans agree: by what they answer on several graphs, so that two names of one tool are one."""

from __future__ import annotations

import json
from dataclasses import replace

from agents.plan import Plan
from agents.solver import solve
from agents.state import Context, State
from graphs.graph import Graph
from tools import answers
from tools.answers import as_plain
from tools.registry import all_tools

LIMIT = 2.0  # seconds for one plan on one graph


def same_answers(one: Plan, other: Plan, graphs: tuple[Graph, ...]) -> bool:
    """Whether two plans make the same calls, or answer alike on every graph on which the second answers at all."""
    if one.calls == other.calls:
        return True
    pairs = [(said_by(one, graph, graphs[-1]), gold) for graph in graphs if (gold := said_by(other, graph, graphs[-1]))]
    return bool(pairs) and all(said == gold for said, gold in pairs)


def said_by(plan: Plan, graph: Graph, second: Graph) -> str:
    """What the plan gives on `graph`, as text; "" where it gives nothing."""
    calls = []
    for call in plan.calls:
        others = [p.name for p in all_tools()[call.tool].parameters if p.kind == "graph" and p.required]
        calls.append(replace(call, arguments=call.arguments | dict.fromkeys(others, second)))
    found = solve(State(graph=graph, plan=replace(plan, calls=tuple(calls))), Context(LIMIT))
    if "fault" in found or found["plan"].replaced is not None:
        return ""
    last = found["answers"][-1]
    value = last.graph.fingerprint() if isinstance(last, answers.GraphAnswer) else as_plain(last.value)
    return json.dumps([value, plan.pick if plan.compare else ""], sort_keys=True, default=str)
