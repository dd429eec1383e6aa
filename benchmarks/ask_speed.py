"""Questions per processor second of the whole agent on GraphQA items, against a bare "regex + networkx" script."""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import networkx as nx

from evals.benchmarks.graphqa import TASK, samples
from evals.solvers import agent
from evals.task import Sample, Source

EXACT = tuple(kind for kind in TASK.kinds if kind not in ("maximum_flow", "node_classification"))
_PAIRS = re.compile(r"\((\d+), (\d+)\)")
_WORDS = re.compile(r"^(\w+) (?:and|->) (\w+)", re.M)
_NEAR = re.compile(r"^Node (\w+) is connected to nodes? ([^\n]*)\.$", re.M)
_HEAD = re.compile(r"among nodes ([^\n]*?)\.?\n")
_NODE = re.compile(r"(?:node|connected to) (?!node)(\w+)")


def bare(text: str) -> Any:
    """One question by regular expressions for the nine encodings and a direct networkx call; nothing is checked."""
    body, _, asked = text.rpartition("Q: ")
    graph = nx.Graph()
    head = _HEAD.search(body)
    if head:
        graph.add_nodes_from(re.split(r",\s*(?:and\s+)?|\s+and\s+", head[1]))
    graph.add_edges_from(_PAIRS.findall(body) or [(u, v) for u, v in _WORDS.findall(body) if u in graph])
    for u, near in _NEAR.findall(body):
        graph.add_edges_from((u, v) for v in near.split(", "))
    named = [name for name in _NODE.findall(asked) if name in graph]
    return _solve(graph, asked, named)


def _solve(graph: nx.Graph, asked: str, named: list[str]) -> Any:
    if asked.startswith("Is node"):
        return graph.has_edge(*named[:2])
    if asked.startswith("Is there a path"):
        return nx.has_path(graph, *named[:2])
    if asked.startswith("Is there a cycle"):
        return graph.number_of_edges() > len(graph) - nx.number_connected_components(graph)
    if "length of the shortest path" in asked:
        try:
            return nx.shortest_path_length(graph, *named[:2])
        except nx.NetworkXNoPath:
            return float("inf")
    if "degree" in asked:
        return graph.degree[named[0]]
    if "How many nodes" in asked:
        return len(graph)
    if "How many edges" in asked:
        return graph.number_of_edges()
    if "triangles" in asked:
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        return sum(nx.triangles(graph).values()) // 3
    near = set(graph[named[0]])
    return near if "not connected" not in asked else set(graph) - near - {named[0]}


def same(found: Any, sample: Sample) -> bool:
    """Whether the bare script is right: it is only a fair measure when it solves the items."""
    if isinstance(sample.gold, list):
        return {str(n) for n in sample.gold} == found
    return bool(found == sample.gold)


def rate(ask: Callable[[str], Any], items: Sequence[Sample]) -> float:
    """Questions per processor second: the clock would tell how busy the machine is, too."""
    start = time.process_time()
    for sample in items:
        ask(sample.question)
    return len(items) / (time.process_time() - start)


def main() -> int:
    """Print both rates and their ratio, medians of several rounds that take turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="questions in a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1234)
    options = parser.parse_args()
    if options.rounds < 1 or options.count < 1:
        parser.error("--rounds and --count must be at least 1")
    items = list(samples(Source(count=options.count, seed=options.seed, tasks=EXACT)))
    random.Random(options.seed).shuffle(items)
    right = sum(same(bare(sample.question), sample) for sample in items)
    ask = agent()
    solved = sum(TASK.score(ask(sample.question), sample) == "right" for sample in items)  # warms up too
    rates = [(rate(ask, items), rate(bare, items)) for _ in range(options.rounds)]
    ours, theirs = (statistics.median(column) for column in zip(*rates, strict=True))
    print(f"{len(items)} questions, {options.rounds} rounds, medians")
    print(f"agent            {ours:8.1f} questions a processor second  {solved}/{len(items)} right")
    print(f"regex + networkx {theirs:8.1f} questions a processor second  {right}/{len(items)} right")
    print(f"ratio            {theirs / ours:8.2f} (goal: at most 4)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
