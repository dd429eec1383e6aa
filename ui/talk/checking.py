"""Run the independent checkers again on an answer that was given: the same tools, arguments and witnesses."""

from __future__ import annotations

import time
from typing import Any

from agents.answer import in_order
from agents.composing.carrying_out import answered
from agents.plan import Plan
from agents.wording import tidy
from graphs.compact.graph import CONVERTED, CompactGraph
from graphs.errors import BadArgument
from graphs.graph import Graph
from tools.answers import Answer, as_plain
from tools.certificates import Certificate, check
from tools.large.registry import certify, has_large
from tools.registry import get_tool
from tools.run import bind_arguments
from ui.talk.talk import Turn


def check_again(turn: Turn) -> tuple[Certificate, ...]:
    """A fresh certificate for each call of the turn's plan, and for what was put together from several of them; they
    are kept in `turn.checked`.

    The solver is not asked: a checker sees the graph, the arguments and the answer with its witness alone.

    Raises:
        BadArgument: the turn has no typed answer to check.
    """
    plan, answers = turn.plan, turn.answers
    if plan is None or not answers or len(answers) != len(plan.calls):
        raise BadArgument("there is no typed answer here that a checker could look at")
    began = time.perf_counter()
    found = []
    for number, (call, answer) in enumerate(zip(plan.calls, answers, strict=True)):
        tool = get_tool(call.tool)
        graph = turn.graph_of(number) if tool.takes_graph else None
        found.append(_checked(graph, call.tool, bind_arguments(tool, graph, call.arguments), answer))
    if (whole := _put_together(turn, plan)) is not None:
        found.append(whole)
    turn.checked, turn.check_seconds = tuple(found), time.perf_counter() - began
    return turn.checked


def _put_together(turn: Turn, plan: Plan) -> Certificate | None:
    """Whether the answers of the calls, put together once more, are what the person was told.

    None where the answer is that of the last call, or the words single nothing out.
    """
    if plan.asked is None or turn.reply is None or turn.reply.status == "unanswerable":
        return None
    try:
        value = as_plain(in_order(tidy(answered(plan.asked, plan.calls, turn.answers)), plan.sort))
    except (ValueError, ZeroDivisionError) as error:
        value, reason = None, str(error)
    else:
        reason = f"put together again, the answers of the calls give {value}"
    claim, method = "the answer follows from the answers of the calls", "put together once more by the same code"
    if value == turn.reply.value:
        return Certificate(True, claim, method, "none")
    return Certificate(False, claim, method, "none", reason)


def _checked(graph: Graph | None, name: str, bound: dict[str, Any], answer: Answer) -> Certificate:
    """On arrays where the tool ran on arrays."""
    if isinstance(graph, CompactGraph):
        found = certify(graph, name, bound, answer) if has_large(name) else None
        if found is not None and (found.holds or max(graph.num_edges, graph.num_nodes) > CONVERTED):
            return found
        graph = Graph(graph.nx, name=graph.name, origin=graph.origin, names=graph.names)
    return check(graph, name, bound, answer)
