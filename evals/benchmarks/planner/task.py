"""The embedded planner on wordings that were written apart from its training: plans of calls, not answers.

A plan is right when it gives the same answers as the gold plan on several random graphs, so that two names of one tool
are one. Without `--model` the planner is judged alone, however sure it is; with one the whole road: router first, then
what `--model` names. No training code reads the wordings.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents.reply import Cost, Reply
from agents.talk.follow_up import plan_from_plain, plan_to_plain
from evals.benchmarks.planner.agreeing import same_answers
from evals.benchmarks.planner.items import KINDS, Item, items
from evals.task import Outcome, Sample, Source, Task
from graphs.graph import Graph
from tools.registry import all_tools

if TYPE_CHECKING:
    from evals.solvers import Solver


def samples(source: Source) -> Iterator[Sample]:
    """The held-out wordings, filled, kinds in turn until one after the other ends."""
    kinds = [_numbered(kind, source.seed) for kind in KINDS if source.wants(kind)]
    found = (sample for sample in chain.from_iterable(zip_longest(*kinds)) if sample is not None)
    for number, sample in enumerate(found):
        if source.count is not None and number >= source.count:
            return
        yield sample


def _numbered(kind: str, seed: int) -> Iterator[Sample]:
    for number, item in enumerate(items(kind, seed)):
        yield _sample(f"{kind}-{seed}-{number:04d}", kind, item)


def _sample(name: str, kind: str, item: Item) -> Sample:
    """The question as the solver of this benchmark takes it: with its graphs, in JSON; none for a graph to be made."""
    made = item.plan is not None and not all_tools()[item.plan.calls[0].tool].takes_graph
    given = () if made else (item.graph, *item.more[-1:])  # some tools compare with a second one
    asked = {"question": item.text, "graphs": [graph.to_json() for graph in given]}
    gold = None if item.plan is None else plan_to_plain(item.plan)
    return Sample(name, json.dumps(asked, ensure_ascii=False), item.graph, gold, kind, {"more": item.more})


def score(reply: Reply, sample: Sample) -> Outcome:
    """Whether the plan answers as the gold plan does, or the question is refused where nothing is to be planned."""
    refused = reply.status == "unanswerable"
    said = reply.value if isinstance(reply.value, Mapping) else {}
    if sample.gold is None:
        refused = refused or said.get("kind", "plan") != "plan"
        return "right" if refused else "wrong" if said else "unreadable"
    if refused or (said and said.get("plan") is None):
        return "asked_back" if reply.readings or said else "unanswerable"
    if not said:
        return "unreadable"
    assert sample.graph is not None
    graphs = (sample.graph, *sample.metadata["more"])
    return "right" if same_answers(plan_from_plain(said["plan"]), plan_from_plain(sample.gold), graphs) else "wrong"


def solver(model: str | None, data: Path | None, switches: Mapping[str, Any]) -> Solver:
    """The planner alone, or with a model the whole agent; the value of a reply is the plan.

    Raises:
        SolverUnavailable: the agent cannot be made with that model.
    """
    if model is None:
        return _reading(_alone)
    from evals.solvers import agent

    return _reading(_asking(agent(model)))


def _reading(ask: Callable[[str, list[Graph]], Reply]) -> Solver:
    def read(question: str) -> Reply:
        asked = json.loads(question)
        return ask(asked["question"], [Graph.from_json(graph) for graph in asked["graphs"]])

    return read


def _alone(question: str, graphs: list[Graph]) -> Reply:
    """The planner's best plan, and how sure it is of it: 0 where an argument is missing or left over."""
    from agents.embedded.reading import pieces_in, understand
    from agents.routing.mentions import find_mentions

    mentions = find_mentions(question, graphs[0] if graphs else None)
    found = understand(question, graphs, mentions)
    best = found.proposals[0] if found.proposals else None
    whole = best is not None and not best.missing
    value = {
        "kind": max(found.kind, key=lambda kind: found.kind[kind]),
        "plan": plan_to_plain(best.plan) if best is not None and whole else None,
        "sure": found.kind["plan"] * best.certainty if best is not None and whole and not best.spare else 0.0,
    }
    return Reply(value, "", "unverified", cost=Cost(1, pieces_in(mentions)))


def _asking(ask: Callable[..., Reply]) -> Callable[[str, list[Graph]], Reply]:
    def plan_of(question: str, graphs: list[Graph]) -> Reply:
        reply = ask(question, *graphs[:1])
        made = next((step.output["plan"] for step in reply.steps if step.output.get("plan") is not None), None)
        if reply.status == "unanswerable" or made is None:
            return replace(reply, value=None, steps=())
        return replace(reply, value={"plan": plan_to_plain(made), "sure": made.certainty}, steps=())

    return plan_of


def detail(reply: Reply, sample: Sample) -> dict[str, Any]:
    """Whether tool and calls are the gold's, and how sure the planner is."""
    said = reply.value if isinstance(reply.value, Mapping) else {}
    plan = plan_from_plain(said["plan"]) if said.get("plan") else None
    found: dict[str, Any] = {"sure": round(float(said.get("sure", 0.0)), 4)}
    if sample.gold is not None:
        gold = plan_from_plain(sample.gold)
        found |= {"tool": plan is not None and plan.last.tool == gold.last.tool}
        found |= {"exact": plan is not None and plan.calls == gold.calls}
    return found


def sums(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """By kind: plans, tools and calls that are right, in per cent; the plans sure enough to act on, and right ones."""
    from agents.embedded.planning import SURE

    def cell(group: list[dict[str, Any]]) -> dict[str, Any]:
        def share(of: Callable[[dict[str, Any]], bool]) -> float:
            return round(100 * sum(map(of, group)) / len(group), 1)

        acted = [row for row in group if row.get("sure", 0.0) >= SURE]
        figures = {
            "n": len(group),
            "right": share(lambda row: row["outcome"] == "right"),
            f"acted_on_{SURE:g}": len(acted),
        }
        if any("tool" in row for row in group):
            figures |= {"right_tool": share(lambda row: row.get("tool", False))}
            figures |= {"same_calls": share(lambda row: row.get("exact", False))}
            figures |= {"acted_right_tool": sum(row.get("tool", False) for row in acted)}
            figures |= {"acted_right": sum(row["outcome"] == "right" for row in acted)}
        return figures

    kinds = dict.fromkeys(row["task"] for row in rows)
    return {"plans": {kind: cell([row for row in rows if row["task"] == kind]) for kind in kinds}}


TASK = Task(
    "planner", samples, score, source="own wordings, held out of the embedded planner's training", kinds=KINDS,
    solver=solver, detail=detail, sums=sums,
)  # fmt: skip
