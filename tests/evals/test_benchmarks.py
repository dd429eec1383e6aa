"""Benchmarks: own items are right by their own audit, perfect answers score 100 %, the shipped files read whole."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from agents.reply import Reply
from evals.run import BENCHMARKS, load
from evals.task import Sample, Source, Task

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def _items(task: Task, count: int, **how: Any) -> list[Sample]:
    return list(islice(task.samples(Source(count=count, **how)), count))


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_kind_is_made_and_each_id_once(name: str) -> None:
    task = load(name)
    items = _items(task, 160)
    assert {item.task for item in items} == set(task.kinds)
    assert len({item.id for item in items}) == len(items) == 160


@pytest.mark.parametrize("name", BENCHMARKS)
def test_the_same_seed_gives_the_same_questions_and_another_gives_others(name: str) -> None:
    task = load(name)
    first, again, other = (_items(task, 60, seed=seed) for seed in (7, 7, 8))
    assert [(s.id, s.question, s.gold) for s in first] == [(s.id, s.question, s.gold) for s in again]
    assert [s.question for s in first] != [s.question for s in other]


@pytest.mark.parametrize("name", BENCHMARKS)
def test_own_golds_pass_the_audit(name: str) -> None:
    task = load(name)
    found = Counter(task.audit(item).gold for item in _items(task, 200))
    assert set(found) <= {"right", "unanswerable", "guess"}
    assert found["right"] >= 160


@pytest.mark.parametrize("name", BENCHMARKS)
def test_tasks_can_be_chosen(name: str) -> None:
    task = load(name)
    kind = task.kinds[-1]
    assert {item.task for item in _items(task, 12, tasks=(kind,))} == {kind}


def _perfect(item: Sample) -> Reply | None:
    """The gold as a reply, for kinds whose gold is the answer itself."""
    scoring = item.metadata.get("scoring")
    if scoring in ("yes_no", "number", "length", "numbers", "node_set", "label", "embeddings", "edge_set"):
        return Reply(item.gold, "", "proven")
    if scoring in ("topological_order", "depth_first", "path") and item.gold:
        return Reply(item.gold, "", "proven")
    if scoring == "one_of":
        return Reply(item.gold[0], "", "proven")
    if isinstance(item.gold, dict) and "calls" in item.gold:
        return Reply({"kind": "plan", "plan": item.gold}, "", "computed")
    if "entity" in item.metadata:
        return Reply({"joined": item.gold[0]}, "", "estimated")
    if "trace" in item.metadata:  # its scorer reads texts
        return Reply(None, item.metadata["answer"], "proven")
    if "calls" in item.metadata:
        return Reply(item.gold[0] if len(item.gold) == 1 else item.gold, "", "proven")
    return None


@pytest.mark.parametrize("name", BENCHMARKS)
def test_gold_scores_right_and_silence_does_not(name: str) -> None:
    task = load(name)
    judged = 0
    for item in _items(task, 160):
        reply = _perfect(item)
        if reply is not None:
            assert task.score(reply, item) == "right", item
            judged += 1
        assert task.score(Reply(None, "I cannot say.", "unverified"), item) in ("unreadable", "wrong")
    assert judged > 90


FILES = {
    "graphqa": ("graphqa/dev.jsonl", 2268, {"unanswerable": 187, "guess": 189}),
    "nlgraph": ("nlgraph", 5022, {}),
    "llm4dyg": ("graphteam_sets/llm4dyg_train.json", 360, {"wrong": 4}),
    "graphinstruct": ("graphteam_sets/graphinstruct_dev.json", 680, {"unanswerable": 40, "wrong": 33}),
    "clrs_text": ("clrs_text/dev_trace.jsonl", 1500, {}),
    "toolformer": ("toolformer/graph_properties", 1600, {"wrong": 44}),
}


@pytest.mark.parametrize("name", FILES)
def test_shipped_files_read_whole_and_their_wrong_golds_are_found(name: str) -> None:
    file, count, flawed = FILES[name]
    path = SHARED / file
    if not path.exists():
        pytest.skip("the shared data folder is not here")
    task = load(name)
    found = Counter(task.audit(item).gold for item in task.samples(Source(path)))
    assert sum(found.values()) == count
    assert {kind: n for kind, n in found.items() if kind != "right"} == flawed


def test_each_of_several_nodes_with_the_largest_rank_is_right(tmp_path: Path) -> None:
    task = load("graphinstruct")
    lines = ["Given an undirected graph:", "Node <0> is connected to node <1>.", "Node <1> is connected to node <0>."]
    question = "\n".join([*lines, "Which node has the largest PageRank value?", "Answer:\n"])
    file = tmp_path / "items.json"
    file.write_text(json.dumps([{"question": question, "answer": "<1> ", "type": "page_rank"}]))
    item = next(iter(task.samples(Source(file))))
    assert task.audit(item).gold == "right"
    assert [task.score(Reply(node, "", "computed"), item) for node in (0, 1)] == ["right", "right"]
