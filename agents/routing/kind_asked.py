"""Plans whose answer is a figure where the things are asked for, or a figure where a difference is."""

from __future__ import annotations

import re
from dataclasses import replace

from agents.plan import Plan
from agents.routing.language import concept
from tools import answers
from tools.registry import get_tool

_HOW_MUCH_MORE = re.compile(
    r"^\W*(?:by )?how much (?:longer|shorter|farther|further|nearer|closer|heavier|lighter|cheaper|dearer|faster|"
    r"slower|more|less)\b",
    re.IGNORECASE,
)
_WHICH_EDGE = re.compile(r"^\W*(?:which|what) (?P<noun>[^\W\d_]+) (?:is|has) the\b", re.IGNORECASE)
_WHICH_THINGS = re.compile(
    r"^\W*(?:which|list|name)\s+(?:(?:the|all)\s+)*(?:pairs of [^\W\d_]+|(?P<noun>[^\W\d_]+s))\b"
    r"(?!.*\band (?:what|how)\b)",
    re.IGNORECASE,
)


def of_the_kind_asked(question: str, plan: Plan) -> Plan | None:
    """The plan, its answer the things where these are asked for; None where it gives a figure in their place."""
    if plan.asked is not None:
        return plan
    returns = get_tool(plan.last.tool).returns
    if _HOW_MUCH_MORE.match(question) and len(plan.calls) > 1:
        return None  # how much longer a change makes it is not how long it is then
    edge = _WHICH_EDGE.match(question)
    if (
        edge is not None
        and concept(edge["noun"]) == "edge"
        and issubclass(returns, (answers.NodeAnswer, answers.Nodes))
    ):
        return None  # "Which pipe is the smallest?" is no node
    which = _WHICH_THINGS.match(question)
    if which is None or (which["noun"] and concept(which["noun"]) not in ("edge", "nod")):
        return plan
    if issubclass(returns, answers.Edges) and plan.pick == "total":
        return replace(plan, pick="value")
    return None if issubclass(returns, answers.Number) else plan
