"""The search testbeds: what they say is so, by networkx; the agent solves them; scorers refuse what is wrong."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest

from agents import GraphAgent
from agents.reply import Reply
from evals.benchmarks.search import DEEPEST, KINDS, TASK
from evals.scorers import score
from evals.task import Sample, Source
from graphs.text import read_text

ITEMS = list(TASK.samples(Source(count=90)))


def of(kind: str) -> list[Sample]:
    return [item for item in ITEMS if item.task == kind]


def ends(item: Sample) -> list[int]:
    words = item.question.rstrip("?.").split("node")
    return [int(word.split()[0].strip("?.")) for word in words if word[:1] == " " and word.split()[0][0].isdigit()]


def test_kinds_and_depths_come_evenly() -> None:
    counts = Counter((item.task, item.metadata["depth"]) for item in ITEMS)
    assert set(counts) == {(kind, depth) for kind in KINDS for depth in range(1, DEEPEST + 1)}
    assert set(counts.values()) == {5}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_text_says_the_graph(item: Sample) -> None:
    (read,) = read_text(item.question).graphs
    assert item.graph is not None
    assert set(map(tuple, read.nx.edges())) == set(item.graph.nx.edges())


def test_one_step_leads_on_and_others_are_as_long() -> None:
    for item in of("next_step"):
        assert item.graph is not None
        start, _, goal = ends(item)
        graph, (gold,) = item.graph.nx, item.gold
        leading = [v for v in graph.successors(start) if nx.has_path(graph, v, goal)]
        assert leading == [gold]
        assert nx.shortest_path_length(graph, start, goal) == item.metadata["depth"]
        others = [max(nx.single_source_shortest_path_length(graph, v).values()) for v in graph.successors(start)]
        assert sorted(others)[-2] + 1 >= item.metadata["depth"]  # a look ahead of less decides nothing


def test_no_given_path_holds_both_ends() -> None:
    for item in of("planning"):
        assert item.graph is not None
        source, target = item.metadata["slots"]["source"], item.metadata["slots"]["target"]
        told = item.question.partition("the paths ")[2].partition(" Give")[0].split(". ")
        paths = [[int(n) for n in path.strip(" .").split(" -> ")] for path in told]
        assert not any(source in path and target in path for path in paths)
        assert nx.has_path(item.graph.nx, source, target)


def test_one_of_two_can_be_reached() -> None:
    for item in of("reachability"):
        assert item.graph is not None
        first, second, root = [int(word.strip("?")) for word in item.question.split() if word.strip("?").isdigit()][-3:]
        reached = [node for node in (first, second) if nx.has_path(item.graph.nx, root, node)]
        assert reached == item.gold


def test_the_agent_solves_them_with_proof() -> None:
    agent = GraphAgent(model="none")
    for item in ITEMS:
        reply = agent.ask(item.question)
        assert (score(reply, item), reply.status) == ("right", "proven"), (item.question, reply.text)


def test_wrong_answers_are_wrong() -> None:
    for item in ITEMS[:30]:
        assert item.graph is not None
        for said in (f"I think it is {max(item.graph.nodes) + 1}.", "no idea"):
            assert score(Reply(None, said, "unverified"), item) in ("wrong", "unreadable")
    item = of("planning")[-1]
    path = list(item.gold)
    assert score(Reply(path, "", "unverified"), item) == "right"
    assert score(Reply([path[0], path[-1]], "", "unverified"), item) == "wrong"
    assert score(Reply(path[::-1], "", "unverified"), item) == "wrong"
    assert score(Reply(path[:-1], "", "unverified"), item) == "wrong"
