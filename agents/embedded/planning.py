"""A plan from the embedded planner for a question of which the certain router is not sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agents.asking import ask_back, by_direction, in_words, missing
from agents.columns import all_unused
from agents.embedded.reading import Proposal, Understanding, pieces_in, understand
from agents.plan import Pick, Plan
from agents.question import question_of
from agents.routing.binding import Binding
from agents.routing.dropped import drops
from agents.routing.forms import Form, form_of, head_of
from agents.routing.kind_asked import of_the_kind_asked
from agents.routing.kinds import direction_open, of_another_kind
from agents.routing.mentions import Mentions, find_mentions
from agents.routing.misreading import misread, turned_round
from agents.routing.needs import WHICH_NEEDS, needs_unsaid
from agents.routing.stating import asks_nothing
from agents.routing.unheard import unheard
from agents.state import Context, State
from graphs.graph import Graph
from tools import answers
from tools.registry import all_tools

# Chosen on validation wordings alone by `python -m evals.benchmarks.planner.route_table --seed 0 --seed 1`.
SURE = 0.9  # a plan less certain than this is not acted on
AGREED = 0.99  # from here on, without its hints, a plan whose tool the certain router had in mind may be called proven
COUNTABLE = (answers.Nodes, answers.Edges, answers.Groups, answers.Paths, answers.Sequences, answers.Matching)
ALONE = 0.89  # as sure as the model may be without the router: not enough for an answer to be called proven
CLEAR = 0.4  # how sure the model must be that a question is none of a graph, or vague
SIZES = frozenset(("num_nodes", "num_edges", "number_of_components"))
_LEFT = re.compile(r"\b(?:be|are|is|were|would|stay|remain\w*) left\b|\bremain(?:s|ing)?\b", re.IGNORECASE)
NO_TOOL = (
    "This asks nothing of a graph that I could compute. Ask for a figure or a part of the graph, for example "
    "'What is the diameter?' or 'Is there a path from A to B?'; `konigsberg tools` lists everything there is."
)


def plan_by_model(
    question: str, graphs: Sequence[Graph], mentions: Mentions, expected: Sequence[tuple[str, float]] = ()
) -> dict[str, Any]:
    """A plan of the embedded model, or what it says against one; {} where it knows no better than the router.

    expected: the tools that the certain router had in mind, with its scores.
    """
    found = understand(question, graphs, mentions, dict(expected))
    if found.kind["other"] >= CLEAR:
        return {"fault": NO_TOOL, "readings": (), "unsure": None}
    best = found.proposals[0] if found.proposals else None
    if best is None or found.kind["vague"] >= CLEAR:
        return {}
    agreed = best.plan.last.tool in dict(expected)
    certainty, fitting = sureness(found, best, agreed), acceptable(best, question, mentions)
    if best.missing and certainty >= SURE:
        tool = best.missing[0][0]
        return {"fault": missing(tool, [lacking for needing, lacking in best.missing if needing is tool])}
    if fitting is None or certainty < SURE or of_another_kind(fitting.last.tool, question, graphs[0]):
        return {"readings": as_readings(found)}
    if direction_open(fitting.last.tool, fitting.last.arguments, question, graphs[0]):
        return {"readings": by_direction(all_tools()[fitting.last.tool], fitting.last.arguments)}
    if drops(question, fitting, graphs[0]):
        return {"readings": as_readings(found)}
    plan = replace(
        fitting,
        certainty=round(certainty if agreed and certainty >= AGREED else min(certainty, ALONE), 3),
        assumptions=(f"understood as: {in_words(fitting)}", *fitting.assumptions),
        alternatives=tuple(in_words(other.plan) for other in found.proposals[1:] if not other.missing),
    )
    return {"plan": plan}


def sureness(found: Understanding, best: Proposal, agreed: bool) -> float:
    """How sure the model is of a proposal. agreed: the router had its tool in mind, so its hints are no evidence."""
    return found.kind["plan"] * (best.own_certainty if agreed else best.certainty)


def acceptable(best: Proposal, question: str, mentions: Mentions) -> Plan | None:
    """The plan of a proposal, with what is wanted of its answer; None where it misfits the words of the question."""
    form = form_of(question)
    best = replace(best, plan=replace(best.plan, pick=_pick(best.plan, form)))
    if best.missing or best.spare or _misfit(best.plan, form, question) or _misreads(best, question, mentions):
        return None
    return None if unheard(best.plan, mentions.skeleton) else of_the_kind_asked(question, best.plan)


def plan(state: State, context: Context) -> dict[str, Any]:
    """Read the question with the embedded model. Reads reading, graph, unsure; writes plan, fault and readings."""
    if state.reading is None or state.graph is None:
        return {}
    question = question_of(state.reading, state.graph)
    graphs = (state.graph, *state.reading.graphs[1:])
    mentions = find_mentions(question, state.graph)
    found = plan_by_model(question, graphs, mentions, state.unsure or ())
    if "plan" in found and (
        asks_nothing(question, state.graph, found["plan"]) or all_unused(question, state.graph, found["plan"])
    ):
        found = {}
    if "plan" in found and needs_unsaid(question, state.graph, state.reading, found["plan"]):
        found = {"fault": WHICH_NEEDS}
    cost = {"model_calls": state.model_calls + 1, "tokens": state.tokens + pieces_in(mentions)}
    if "plan" in found:
        return cost | {"plan": found["plan"], "fault": None, "readings": ()}
    if "unsure" in found:  # nothing that any model could plan
        return cost | found
    readings = tuple(dict.fromkeys((*found.pop("readings", ()), *state.readings)))[:4]
    return cost | (ask_back(readings) if readings and "fault" not in found else found)


def as_readings(found: Understanding) -> tuple[str, ...]:
    """The likelier proposals in words, to ask back with."""
    return tuple(in_words(p.plan) for p in found.proposals if not p.missing and p.tool > 0.15)


def _pick(plan: Plan, form: Form) -> Pick:
    """What is wanted of the answer: as the model says, but how many there are where the question plainly asks that."""
    counted = issubclass(all_tools()[plan.last.tool].returns, COUNTABLE)
    if plan.pick == "count" and not counted:
        return "value"
    return "count" if form == "count" and counted and plan.pick == "value" else plan.pick


def _misfit(plan: Plan, form: Form, question: str) -> bool:
    """Whether the plan's answer is of another form than the question plainly asks for."""
    returns = all_tools()[plan.last.tool].returns
    if issubclass(returns, answers.GraphAnswer):
        return form in ("count", "yes_no", "node", "when")
    if (
        form == "count"
        and issubclass(returns, answers.Number)
        and plan.last.tool not in SIZES
        and _LEFT.search(question)
    ):
        return True
    if form == "count":
        return issubclass(returns, (answers.Truth, answers.NodeAnswer)) and plan.compare is None
    if form == "yes_no" and len(plan.calls) == 1:
        return issubclass(returns, (answers.Number, answers.NodeAnswer, answers.NodeValues)) and plan.compare is None
    if form in ("list", "node") and issubclass(returns, answers.Truth):
        return True
    return (
        len(plan.calls) == 1
        and head_of(question) == "nodes"
        and issubclass(returns, (answers.Paths, answers.Sequences))
    )


def _misreads(proposal: Proposal, question: str, mentions: Mentions) -> bool:
    tool = all_tools()[proposal.plan.last.tool]
    form = form_of(question)
    binding = Binding(arguments=dict(proposal.plan.last.arguments))
    if len(proposal.plan.calls) > 1:
        return turned_round(question, form)
    return misread(tool, binding, question, mentions.skeleton, form) or turned_round(question, form)
