"""The planner's benchmark: plans are right by what they answer, refusals by being refused."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

import networkx as nx
import pytest

from agents.embedded.planning import SURE
from agents.embedded.wording import FOLDER as TRAINING
from agents.embedded.wording import all_wordings
from agents.plan import Call, Compare, Plan
from agents.reply import Reply
from agents.talk.follow_up import plan_to_plain
from evals.benchmarks.planner.agreeing import same_answers
from evals.benchmarks.planner.items import FOLDER as HELD_OUT
from evals.benchmarks.planner.items import KINDS, filled, items, worth
from evals.benchmarks.planner.task import TASK, score, sums
from evals.labels import CITIES, PEOPLE
from evals.solvers import answer
from evals.task import Sample, Source
from graphs.graph import Graph
from tools.registry import all_tools

GRAPHS = tuple(Graph(nx.gnm_random_graph(7, 10, seed=seed)) for seed in (1, 2, 3))


def plan(*calls: tuple[str, dict[str, Any]], **more: Any) -> Plan:
    return Plan(tuple(Call(tool, given, n - 1 if n else None) for n, (tool, given) in enumerate(calls)), **more)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (plan(("num_nodes", {})), plan(("num_nodes", {})), True),
        (plan(("num_nodes", {})), plan(("num_edges", {})), False),
        (plan(("shortest_path_length", {"source": 0, "target": 1})), plan(("bfs_tree", {"source": 0})), False),
        (plan(("degree", {"node": 1})), plan(("degree", {"node": 2})), False),
        (plan(("diameter", {}), compare=Compare(">", 2)), plan(("radius", {})), False),
        (plan(("remove_nodes", {"nodes": [0]}), ("num_edges", {})), plan(("num_edges", {})), False),
        (plan(("is_isomorphic", {})), plan(("is_isomorphic", {})), True),
        (plan(("degree", {"node": "nobody"})), plan(("degree", {"node": "no one"})), False),
    ],
)
def test_plans_are_the_same_when_they_answer_alike_on_every_graph(one: Plan, other: Plan, same: bool) -> None:
    assert same_answers(one, other, GRAPHS) is same


def test_two_names_of_one_tool_are_one() -> None:
    removed = plan(("remove_nodes", {"nodes": [0]}), ("num_edges", {}))
    assert same_answers(plan(("remove_node", {"node": 0}), ("num_edges", {})), removed, GRAPHS)


def sample(gold: Plan | None) -> Sample:
    return Sample("1", "{}", GRAPHS[0], None if gold is None else plan_to_plain(gold), KINDS[0], {"more": GRAPHS[1:]})


PLANNED = {"kind": "plan", "plan": plan_to_plain(plan(("num_nodes", {}))), "sure": 0.9}
UNFINISHED = {"kind": "plan", "plan": None, "sure": 0.0}
ELSEWHERE = {"kind": "other", "plan": PLANNED["plan"], "sure": 0.1}


@pytest.mark.parametrize(
    ("gold", "reply", "outcome"),
    [
        (plan(("num_nodes", {})), Reply(PLANNED, "", "unverified"), "right"),
        (plan(("num_edges", {})), Reply(PLANNED, "", "unverified"), "wrong"),
        (plan(("num_nodes", {})), Reply(UNFINISHED, "", "unverified"), "asked_back"),
        (plan(("num_nodes", {})), Reply(None, "", "unanswerable", readings=("this?",)), "asked_back"),
        (plan(("num_nodes", {})), Reply(None, "", "unanswerable"), "unanswerable"),
        (plan(("num_nodes", {})), Reply(None, "Seven.", "unverified"), "unreadable"),
        (None, Reply(ELSEWHERE, "", "unverified"), "right"),
        (None, Reply(PLANNED, "", "unverified"), "wrong"),
        (None, Reply(None, "", "unanswerable"), "right"),
        (None, Reply(None, "Seven.", "unverified"), "unreadable"),
    ],
)
def test_outcomes(gold: Plan | None, reply: Reply, outcome: str) -> None:
    assert score(reply, sample(gold)) == outcome


def test_a_slot_is_filled_with_what_the_gold_plan_names() -> None:
    for kind in KINDS:
        for item in islice(items(kind, 3), 12):
            assert "{" not in item.text
            for call in item.plan.calls if item.plan is not None else ():
                assert all(value in item.text for value in call.arguments.values() if value in PEOPLE + CITIES)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith("refusals")])
def test_gold_plans_answer_and_each_change_makes_a_difference(kind: str) -> None:
    found = [(worth(item), item) for item in islice(items(kind, 3), 40)]
    assert sum(least > 0 for least, _ in found) > 0.85 * len(found)
    assert all(least >= 1 for least, item in found if item.plan is not None and item.plan.last.tool == "num_nodes")
    whole = sum(item.plan is not None and least == len(item.plan.calls) for least, item in found)
    assert whole > 0.5 * len(found)


def test_a_slot_that_comes_twice_is_one_argument() -> None:
    item = filled("Is {source} near {target}, and {target} near {source}?", [all_tools()["has_edge"]], 1)
    assert item.plan is not None
    source, target = item.plan.last.arguments["source"], item.plan.last.arguments["target"]
    assert item.text == f"Is {source} near {target}, and {target} near {source}?"


@pytest.mark.parametrize("model", [None, "none", "embedded"])
def test_the_planner_alone_and_the_whole_road_are_judged(model: str | None) -> None:
    assert TASK.solver is not None
    ask = TASK.solver(model, None, {})
    asked = {"question": "How many nodes are there?", "graphs": [GRAPHS[0].to_json()]}
    said = answer(ask, "1", json.dumps(asked), 20.0)
    assert score(said.reply(), sample(plan(("num_nodes", {})))) == "right"
    refused = {"question": "Write a poem about the sea.", "graphs": [GRAPHS[0].to_json()]}
    assert score(answer(ask, "1", json.dumps(refused), 20.0).reply(), sample(None)) == "right"


def test_figures_by_kind() -> None:
    rows = [
        {"task": "a", "outcome": "right", "sure": 1.0, "tool": True, "exact": True},
        {"task": "a", "outcome": "wrong", "sure": SURE, "tool": True, "exact": False},
        {"task": "a", "outcome": "wrong", "sure": 0.1, "tool": False, "exact": False},
        {"task": "b", "outcome": "right", "sure": 0.0},
    ]
    found = sums(rows)["plans"]
    assert found["a"] == {
        "n": 3, "right": 33.3, f"acted_on_{SURE:g}": 2, "right_tool": 66.7, "same_calls": 33.3, "acted_right_tool": 2,
        "acted_right": 1,
    }  # fmt: skip
    assert found["b"] == {"n": 1, "right": 100.0, f"acted_on_{SURE:g}": 0}


def test_kinds_come_in_turn_until_they_end() -> None:
    found = [item.task for item in TASK.samples(Source(count=14))]
    assert found == [*KINDS, *KINDS]
    whole = [item.task for item in TASK.samples(Source())]
    assert whole.count("compositions of 4") == 40
    assert len(whole) > 1_000


def test_no_held_out_wording_stands_in_the_training_wordings() -> None:
    def plain(text: str) -> str:
        return re.sub(r"\W+", " ", text.casefold()).strip()

    taught = {plain(wording.text) for wording in all_wordings()}
    for file in TRAINING.glob("*.txt"):
        taught |= {plain(line.split("\t")[-1]) for line in file.read_text(encoding="utf-8").splitlines()}
    for file in HELD_OUT.glob("*.txt"):
        held = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip() and line[:2] != "# "]
        both = sum(plain(line.split("\t")[-1]) in taught for line in held)
        assert both == 0, f"{both} lines of {file.name} are taught"  # not which: nobody should read them
