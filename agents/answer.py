"""The answer agent: the typed answer to the wanted value, its wording and its status."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from agents.plan import COMPARE, Plan
from agents.reply import Reply
from agents.state import Context, State
from agents.verifier import status_of
from agents.wording import formatted, headline, sentence, tidy
from tools import answers
from tools.answers import Answer, as_plain

if TYPE_CHECKING:
    from agents.composing.asked import Asked

DEGREE_ENDS = ("max_degree_node", "min_degree_node")
NO_PATH = "no_path"  # the value of a question for a path or its length when there is none


def answer(state: State, context: Context) -> dict[str, Any]:
    """Word the answer. Reads everything; writes reply."""
    if state.fault is not None or state.plan is None or not state.answers:
        text = state.fault or "There is no answer."
        return {"reply": Reply(None, text, "unanswerable", assumptions=state.assumptions, readings=state.readings)}
    if state.plan.asked is not None:
        return {"reply": _put_together(state, state.plan, state.plan.asked)}
    last = listed(state.plan, state.answers)
    value = in_order(tidy(wanted_value(state.plan, last)), state.plan.sort)
    certificate = state.certificates[-1]
    told = headline(state.plan, last, value, certificate)
    if last.interval is not None:
        low, high = (f"{x:.5g}" if abs(x) < 1e5 else f"{x:.0f}" for x in (last.interval.low, last.interval.high))
        sure = f"{last.interval.confidence:.0%}"
        told += f" This is an estimate: with {sure} confidence the true value lies between {low} and {high}."
    elif last.bounds is not None and not last.exact:
        low, high = (tidy(float(b)) for b in last.bounds)
        told += f" The search was stopped at its limit: the true value lies between {low} and {high}."
    elif not last.exact:
        told += " The search was stopped at its limit, so a better answer may exist."
    reading = state.reading
    text = formatted(told, value, reading.answer_format if reading is not None else "")
    assumptions = state.assumptions
    if state.plan.pick == "value" and len(tied_with(state.plan.last.tool, last)) > 1:
        assumptions = tuple(a for a in assumptions if a not in last.notes)  # "the first is named"
    return {"reply": Reply(as_plain(value), text, status_of(state), state.certificates, assumptions=assumptions)}


def _put_together(state: State, plan: Plan, asked: Asked) -> Reply:
    """The answer to a question that is put together from the answers of several calls."""
    from agents.composing.carrying_out import answered
    from agents.composing.speaking import spoken

    try:
        value = tidy(answered(asked, plan.calls, state.answers))
    except (ValueError, ZeroDivisionError) as error:
        return Reply(None, sentence(str(error)), "unanswerable", assumptions=state.assumptions)
    value = in_order(value, plan.sort)
    text = formatted(spoken(asked, value), value, state.reading.answer_format if state.reading is not None else "")
    return Reply(as_plain(value), text, status_of(state), state.certificates, assumptions=state.assumptions)


def listed(plan: Plan, found: Sequence[Answer]) -> Answer:
    """The last answer, less the nodes that the question's further conditions leave out."""
    last = found[-1]
    if plan.common and isinstance(last, answers.Nodes):
        other = found[-2]
        assert isinstance(other, answers.Nodes)
        both = set(last.nodes)
        last = replace(last, nodes=[node for node in other.nodes if node in both], witness=None)
    if plan.keep is not None and isinstance(last, answers.Nodes):
        last = replace(last, nodes=[node for node in last.nodes if plan.keep.holds(node)], witness=None)
    return last


def _holds_member(plan: Plan, answer: Answer) -> bool:
    if isinstance(answer, answers.Edges):
        return plan.member in answer.edges or plan.member[::-1] in answer.edges
    return bool(plan.member[0] in answer.value)


def wanted_value(plan: Plan, answer: Answer) -> Any:
    """What the plan's pick takes from the answer."""
    if plan.member:
        return _holds_member(plan, answer)
    if plan.negate:
        return not answer.value
    if plan.compare is not None and plan.replaced is None:
        figure = answer.length if isinstance(answer, answers.Path) else answer.value
        figure = len(figure) if isinstance(figure, (list, dict)) else figure
        return COMPARE[plan.compare.operator](figure, plan.compare.number)
    if plan.replaced is not None and isinstance(answer, answers.Truth):
        return False if plan.pick in ("exists", "thing") else NO_PATH
    if plan.pick == "thing":
        return answer.value if answer.exists else False
    if plan.pick == "value":
        tied = tied_with(plan.last.tool, answer)
        return tied if len(tied) > 1 else answer.value
    found = getattr(answer, plan.pick, None)
    return answer.value if found is None else found


def tied_with(tool: str, answer: Answer) -> list[Any]:
    """The nodes that tie with the one that a tool names for the highest or lowest figure, itself included.

    Not those of highest PageRank: alike in a symmetric graph, they are told in a note.
    """
    if not isinstance(answer, answers.NodeAnswer) or not isinstance(answer.witness, dict) or not answer.exists:
        return []
    if tool == "most_central_node" and answer.node in answer.witness:
        best = answer.witness[answer.node]
        return [node for node, x in answer.witness.items() if math.isclose(x, best, rel_tol=1e-9, abs_tol=1e-12)]
    return (
        list(answer.witness.get("tied", ()))
        if tool.endswith(("highest_degree_node", "lowest_degree_node")) or tool in DEGREE_ENDS
        else []
    )


def in_order(value: Any, sort: str) -> Any:
    """A list of labels or numbers in the wanted order: numbers by size, words by the alphabet; anything "
    "else as it is.
    """
    if sort and isinstance(value, dict) and all(isinstance(item, (int, float)) for item in value.values()):
        return dict(sorted(value.items(), key=lambda item: item[1], reverse=sort == "descending"))
    if not sort or not isinstance(value, list) or any(isinstance(item, (list, dict)) for item in value):
        return value
    numbers = all(isinstance(item, (int, float)) for item in value)
    return sorted(value, key=None if numbers else lambda item: str(item).casefold(), reverse=sort == "descending")
