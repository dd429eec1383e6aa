"""Whether an exact tool gives the same value as a program or a model: then, and only then, the value is `computed`."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.limits import run_limited
from agents.plan import Plan
from agents.programs.findings import Checked
from graphs.errors import GraphError
from graphs.graph import Graph

SECONDS = 10.0  # for the tools of one check
CLOSE = 1e-6  # relative, and absolute near zero


@dataclass(frozen=True)
class Agreement:
    """Which tool got the same value, on which road ("router" or "same function")."""

    tool: str
    road: str
    value: Any

    @property
    def why(self) -> str:
        return f"the tool {self.tool} gets the same value"


def cross_check(question: str, graph: Graph | None, value: Any, checked: Checked | None = None) -> Agreement | None:
    """The tool that gets the same value on the same question; None where none does, or none is sure to be meant.

    Two roads: the certain router plans the question itself; or the program's one library call has the name of a tool,
    the question names it too, and its arguments are plain.
    """
    if graph is None or value is None:
        return None
    for tool, road, found in (*_by_router(question, graph), *_by_function(question, graph, checked)):
        if same_value(value, found):
            return Agreement(tool, road, found)
    return None


def _by_router(question: str, graph: Graph) -> list[tuple[str, str, Any]]:
    from agents.answer import wanted_value
    from agents.deciding import plan_question
    from agents.solver import solve
    from agents.state import Context, State

    try:
        plan = plan_question(" ".join(question.split()), (graph,)).get("plan")
    except GraphError:
        return []
    if not isinstance(plan, Plan) or plan.certainty < 1.0:
        return []
    update = solve(State(graph=graph, plan=plan), Context(SECONDS))
    if update.get("fault") or not update.get("answers"):
        return []
    if any(c.grade != "none" and not c.holds for c in update["certificates"]):
        return []
    return [(plan.last.tool, "router", wanted_value(update["plan"], update["answers"][-1]))]


def _by_function(question: str, graph: Graph, checked: Checked | None) -> list[tuple[str, str, Any]]:
    """The tool of the same name as the program's only library call, with the call's own arguments."""
    from tools.registry import declared_tools
    from tools.run import run_tool

    calls = [call for call in (checked.calls if checked is not None else ()) if call.symbol.kind == "function"]
    if len(calls) != 1 or calls[0].symbol.short not in declared_tools():
        return []
    call = calls[0]
    name = call.symbol.short
    if name.replace("_", " ") not in question.casefold().replace("_", " "):
        return []
    try:
        arguments = _plain_arguments(call.node, call.symbol.parameters or ())
        answer, certificate = run_limited(lambda: run_tool(graph, name, arguments), SECONDS, None)
    except (GraphError, ValueError):
        return []
    if certificate.grade != "none" and not certificate.holds:
        return []
    return [(name, "same function", answer.value)]


def _plain_arguments(node: ast.Call, parameters: tuple[tuple[str, int, bool], ...]) -> dict[str, Any]:
    """The arguments of a call after the graph, by name; ValueError where one is more than a literal."""
    if not node.args or not isinstance(node.args[0], ast.Name) or node.args[0].id != "graph":
        raise ValueError("the call is not on the graph itself")
    names = [name for name, kind, _ in parameters if kind in (0, 1)]
    found = {name: ast.literal_eval(value) for name, value in zip(names[1:], node.args[1:], strict=False)}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise ValueError("the call spreads a mapping")
        found[keyword.arg] = ast.literal_eval(keyword.value)
    return found


def same_value(one: Any, other: Any) -> bool:
    """Whether two values are the same: numbers within 1e-6, lists in order, sets and edges in any order."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE * CLOSE)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same_value(one[key], other[key]) for key in one)
    if isinstance(one, (set, frozenset)) or isinstance(other, (set, frozenset)):
        return (
            _listed(one) and _listed(other) and len(one) == len(other) and set(map(_key, one)) == set(map(_key, other))
        )
    if _listed(one) and _listed(other):
        return len(one) == len(other) and all(same_value(a, b) for a, b in zip(one, other))
    return bool(one == other)


def _listed(value: Any) -> bool:
    return isinstance(value, (list, tuple, set, frozenset))


def _key(value: Any) -> Any:
    return (
        tuple(map(_key, value))
        if isinstance(value, (list, tuple))
        else frozenset(value)
        if isinstance(value, set)
        else value
    )
