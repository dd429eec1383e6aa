"""Questions in other words: what must survive, what is kept, and that nothing else is scored."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from agents import models
from agents.plan import Call, Compare, Plan
from evals.benchmarks import graphqa
from evals.plans import same_plan, variants
from evals.rewording.paraphrase import damage, masked
from evals.rewording.perturb import line, perturbed, question_span
from evals.rewording.rereading import ANSWERS, Reference, rules, shown
from evals.run import main
from evals.solvers import SolverUnavailable
from evals.task import Sample, Source
from graphs.generators.named import named_graph
from graphs.graph import Graph
from graphs.text import read_text
from tests.evals.backends import Speaking

TOWNS = Graph(nx.Graph([("New York", "York"), ("York", "12"), ("12", "a")]))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How far is New York from York?", "How far is NODE_1 from NODE_2?"),
        ("Is 12 next to York, or 13 to York?", "Is NODE_1 next to NODE_2, or NUMBER_1 to NODE_2?"),
        ("Nodes within 2.5 of 12", "Nodes within NUMBER_1 of NODE_1"),
        ("Yorkshire is no node", "Yorkshire is no node"),
        ("The radius is [TBR].", "The radius is GRAPH_1."),
    ],
)
def test_names_and_numbers_are_masked_and_restored(question: str, text: str) -> None:
    made = masked(question, TOWNS)
    assert made is not None
    assert made.text == text
    assert made.restored(made.text) == question


def test_the_name_of_a_known_graph_survives_too() -> None:
    made = masked("What is the radius of the petersen graph?", named_graph("petersen graph"))
    assert made is not None
    assert "petersen" not in made.text
    assert made.restored(made.text) == "What is the radius of the petersen graph?"


def test_a_text_with_placeholders_of_its_own_is_left_alone() -> None:
    assert masked("Is NODE_1 a node?", TOWNS) is None


ASKED = masked("Is there no path from New York to York of length 3?", TOWNS)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Does no path of length NUMBER_1 lead from NODE_1 to NODE_2?", ""),
        ("Does no path of length NUMBER_1 lead from NODE_1?", "lost"),
        ("Does no path of length NUMBER_1 lead from NODE_1 to NODE_1?", "lost"),
        ("Does no path of length 3 lead from NODE_1 to NODE_2?", "lost"),
        ("Does no path of length NUMBER_1 lead from NODE_1 to NODE_2 or 12?", "lost"),
        ("Does a path of length NUMBER_1 lead from NODE_1 to NODE_2?", "negation"),
        ("Do no two paths of length NUMBER_1 lead from NODE_1 to NODE_2?", "count"),
        ("is there no path from NODE_1 to NODE_2 of length NUMBER_1", "same words"),
        ("NODE_1 NODE_2 NUMBER_1", "not a question"),
    ],
)
def test_a_damaged_paraphrase_is_seen(said: str, why: str) -> None:
    assert ASKED is not None
    assert why in damage(ASKED, said, TOWNS)
    assert bool(why) == bool(damage(ASKED, said, TOWNS))


def test_variants_keep_the_nodes_and_change_edges() -> None:
    graph = Graph(nx.relabel_nodes(nx.gnm_random_graph(8, 12, seed=1), str))
    for other in variants(graph, 3, random.Random(0)):
        assert set(other.nodes) == set(graph.nodes)
        assert set(map(frozenset, other.nx.edges)) != set(map(frozenset, graph.nx.edges))


def test_two_tools_that_agree_on_one_graph_are_told_apart_on_variants() -> None:
    ring = Graph(nx.relabel_nodes(nx.cycle_graph(8), str))
    diameter, radius = Plan((Call("diameter"),)), Plan((Call("radius"),))
    graphs = variants(ring, 6, random.Random(0))
    assert same_plan(radius, diameter, [ring])
    assert not same_plan(radius, diameter, [ring, *graphs])


def test_the_right_tool_is_shown_among_near_ones() -> None:
    tools = [tool.name for tool in shown(Plan((Call("has_path", {"source": "a", "target": "b"}),)), TOWNS)]
    assert "has_path" in tools
    assert len(tools) == len(set(tools)) == 8
    assert "has_edge" in tools
    assert not any("temporal" in name for name in tools)


@pytest.mark.parametrize(
    ("plan", "value", "kinds"),
    [
        (Plan((Call("has_path"),)), True, ("yes or no",)),
        (Plan((Call("diameter"),)), 3, ("a number",)),
        (Plan((Call("neighbors"),)), ["a"], ("a list",)),
        (Plan((Call("shortest_path"),)), "no_path", ANSWERS),
        (Plan((Call("max_degree_node"),)), 5, ("one name", "a number")),
    ],
)
def test_the_kind_of_an_answer(plan: Plan, value: Any, kinds: tuple[str, ...]) -> None:
    assert Reference(plan, TOWNS, value).kinds == kinds


def test_plans_that_go_beyond_calls_are_not_checked() -> None:
    assert not Reference(Plan((Call("diameter"),), compare=Compare(">", 2)), TOWNS, True).checkable
    assert not Reference(Plan((Call("is_connected"),), negate=True), TOWNS, True).checkable


def test_the_reader_is_told_to_say_the_kind_of_answer() -> None:
    assert rules().count('{"answer":') == 2


def test_the_question_is_found_in_one_place() -> None:
    text = "Edges: (0,1), (1,2). How many edges are in this graph?"
    span = question_span(read_text(text))
    assert span is not None
    assert text[slice(*span)] == "How many edges are in this graph?"


# -- the whole, on GraphQA's own questions

WORDS = {
    "Is there a path from node NODE_1 to node NODE_2?": "Does any route lead from node NODE_1 to node NODE_2?",
    "How many nodes are in this graph?": "What is the number of edges here?",  # another meaning
    "How many edges are in this graph?": "Tell me the number of edges of this graph.",
}
READINGS = {
    "route": ("has_path", "yes or no"),
    "number of edges": ("num_edges", "a number"),
    "path": ("has_path", "yes or no"),
    "How many nodes": ("num_nodes", "a number"),
    "How many edges": ("num_edges", "a number"),
}


def speak(said: str) -> str:
    """Paraphrases and reads by the tables above."""
    if not said.startswith("Graph:"):
        return json.dumps({"question": WORDS.get(said, said)})
    question = said.rpartition("Question: ")[2]
    tool, kind = next((READINGS[key] for key in READINGS if key in question), ("", "other"))
    nodes = re.findall(r"node (\S+?)(?=[ ?])", question)
    arguments = dict(zip(("source", "target"), nodes)) if tool == "has_path" else {}
    return json.dumps({"answer": kind, "steps": [{"tool": tool, "arguments": arguments}] if tool else []})


@pytest.fixture
def speaking(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Speaking]:
    """Makes the spec `speaking:` stand for a model with this reply."""
    monkeypatch.setattr(models, "_BUILDERS", dict(models._BUILDERS))

    def make(reply: Callable[[str], str] = speak) -> Speaking:
        backend = Speaking(reply)
        models.register("speaking", lambda _: backend)
        return backend

    return make


def questions(*kinds: str, count: int = 40) -> list[Sample]:
    return list(graphqa.TASK.samples(Source(None, count, tasks=kinds)))


def test_only_a_paraphrase_that_keeps_the_meaning_is_kept(tmp_path: Path, speaking: Any) -> None:
    speaking()
    samples = questions("reachability", "node_count", "edge_count", "cycle_check")
    kept, found = perturbed(graphqa.TASK, samples, tmp_path, "speaking:")
    assert {sample.task for sample in kept} == {"reachability", "edge_count"}
    assert found["asked"] == len(samples)
    assert found["kept"] == len(kept)
    assert found["kept"] + sum(found["left out"].values()) == found["asked"]
    assert found["left out"]["the reader takes it for something else"] == sum(s.task == "node_count" for s in samples)
    assert found["left out"]["same words"] == sum(s.task == "cycle_check" for s in samples)
    by_id = {sample.id: sample for sample in samples}
    for sample in kept:
        before = by_id[sample.id]
        assert sample.question != before.question
        one, other = read_text(sample.question).graph, read_text(before.question).graph
        assert one is not None
        assert other is not None
        assert one.fingerprint() == other.fingerprint()
        assert sorted(re.findall(r"\d+", sample.question)) == sorted(re.findall(r"\d+", before.question))
        assert sample.gold == before.gold
    assert str(len(kept)) in line(found)


def test_paraphrasing_again_costs_no_calls(tmp_path: Path, speaking: Any) -> None:
    backend = speaking()
    samples = questions("edge_count", count=4)
    first = perturbed(graphqa.TASK, samples, tmp_path, "speaking:")
    asked = len(backend.asked)
    again = perturbed(graphqa.TASK, samples, tmp_path, "speaking:")
    assert len(backend.asked) == asked
    assert again[0] == first[0]
    assert (again[1]["calls"], again[1]["cached"]) == (0, first[1]["calls"] + first[1]["cached"])


def test_a_reader_that_reads_nothing_keeps_nothing_and_says_so(tmp_path: Path, speaking: Any) -> None:
    speaking(lambda said: "?" if said.startswith("Graph:") else speak(said))
    kept, found = perturbed(graphqa.TASK, questions("edge_count", count=3), tmp_path, "speaking:")
    assert kept == []
    assert found["left out"] == {"the reader cannot read the original either": 3}


def test_a_run_in_other_words(tmp_path: Path, speaking: Any, capsys: pytest.CaptureFixture[str]) -> None:
    speaking()
    out = tmp_path / "out"
    arguments = [
        "graphqa",
        "--tasks",
        "reachability,node_count",
        "--limit",
        "12",
        "--out",
        str(out),
        "--perturb",
        "speaking:",
    ]
    assert main(arguments) == 0
    result = json.loads((out / "results.json").read_text(encoding="utf-8"))
    assert result["n"] == result["perturbed"]["kept"] == 6
    assert result["perturbed"]["asked"] == 12
    assert "6 of 12 kept" in capsys.readouterr().out
    rows = [json.loads(text) for text in (out / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["reason"] for row in rows} == {"kept", "the reader takes it for something else"}
    assert main(arguments) == 0  # goes on from what is there


def test_what_cannot_be_perturbed_is_said(tmp_path: Path, speaking: Any, capsys: pytest.CaptureFixture[str]) -> None:
    speaking(lambda said: json.dumps({"question": said}))
    assert main(["graphqa", "--limit", "2", "--out", str(tmp_path / "a"), "--perturb", "speaking:"]) == 2
    assert main(["prograph", "--data", "x.jsonl", "--perturb", "speaking:"]) == 2
    assert main(["graphqa", "--reader", "speaking:"]) == 2
    said = capsys.readouterr().err
    assert "no paraphrase was kept" in said
    assert "no plans" in said
    assert "--perturb" in said
    with pytest.raises(SolverUnavailable):
        perturbed(graphqa.TASK, [], tmp_path, "nonsense")


def test_requests_to_train_are_checked_by_their_fields(tmp_path: Path, speaking: Any) -> None:
    from evals.benchmarks.gnn_autogl import TASK

    text = "Train a 3-layer gcn with hidden dimension as [8, 16], dropout as 0.3 on the cora dataset."
    gold = {"model": "gcn", "num_layers": 3, "hidden": [8, 16], "dropout": 0.3}

    def reply(said: str) -> str:
        if "NUMBER_1" in said:
            return json.dumps(
                {"question": said.replace("Train a", "On cora, please train a").replace(" on the cora dataset", "")}
            )
        return json.dumps(gold if "please" in said else {**gold, "dropout": 0.5})

    speaking(reply)
    kept, found = perturbed(TASK, [Sample("1", text, None, gold, "gcn")], tmp_path, "speaking:")
    assert [sample.question for sample in kept] == [
        "On cora, please train a 3-layer gcn with hidden dimension as [8, 16], dropout as 0.3."
    ]
    wrong = Sample("2", text, None, {**gold, "dropout": 0.4}, "gcn")
    assert perturbed(TASK, [wrong], tmp_path, "speaking:")[0] == []
