"""Searching graphs in text: what language models are known to learn badly, with and without tools.

| kind | asks for | after |
|---|---|---|
| `next_step` | the next node towards a goal; other ways are as long (look-ahead) | Saparov et al., arXiv 2412.04703 |
| `planning` | a path that joins pieces of given paths, none of which holds both ends | ALPINE, arXiv 2405.09220 |
| `reachability` | which of two nodes can be reached | Zhu et al., arXiv 2505.12514 |

All are generated; `depth` is the second axis: how far ahead one has to look, how many pieces are joined, how far away
the node is. Depths are drawn evenly, as random graphs have hardly any deep ones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import networkx as nx

from evals.scorers import score
from evals.task import Sample, Source, Task
from graphs.graph import Graph

KINDS = ("next_step", "planning", "reachability")
USUAL_COUNT = 300
DEEPEST = 6
_NODES_BESIDE = 6  # nodes off the ways that matter
Arcs = list[tuple[int, int]]


def samples(source: Source) -> Iterator[Sample]:
    makers = {"next_step": next_step, "planning": planning, "reachability": reachability}
    for number, (name, kind, rng) in enumerate(source.in_turn(KINDS, USUAL_COUNT)):
        yield makers[kind](name, number // len(KINDS) % DEEPEST + 1, rng)


def next_step(name: str, depth: int, rng: random.Random) -> Sample:
    """A start with two or three ways of equal length, one of which leads to the goal after `depth` steps."""
    arcs: Arcs = []
    ends, count = [], 1  # 0 is the start
    for _ in range(rng.randint(2, 3)):
        way = [0, *range(count, count + depth)]
        arcs += zip(way, way[1:])
        ends.append(way[-1])
        count += depth
    goal, first = ends[0], arcs[0][1]
    good = {0, *range(1, depth + 1)}  # what may lead to the goal
    arcs, count = _beside(arcs, count, good, rng)
    label, listed = _hidden(arcs, count, rng)
    question = f"Which node comes next after node {label[0]} on the path from node {label[0]} to node {label[goal]}?"
    return _sample(name, "next_step", depth, listed, question, [label[first]], {"scoring": "one_of"})


def planning(name: str, depth: int, rng: random.Random) -> Sample:
    """`depth` + 1 pieces of paths that share one node each, among others that lead elsewhere."""
    pieces, count, node = [], 1, 0
    for _ in range(depth + 1):
        length = rng.randint(1, 2)
        piece = [node, *range(count, count + length)]
        pieces.append(piece)
        count, node = count + length, piece[-1]
    on_way = count
    for _ in range(depth + 1):  # pieces that branch off and end, or come from elsewhere
        length = rng.randint(2, 3)
        piece = list(range(count, count + length))
        if rng.random() < 0.7:
            piece = [rng.randrange(on_way), *piece]
        pieces.append(piece)
        count += length
    label = _labels(count, rng)
    rng.shuffle(pieces)
    told = " ".join(f"{' -> '.join(str(label[n]) for n in piece)}." for piece in pieces)
    arcs = [(label[u], label[v]) for piece in pieces for u, v in zip(piece, piece[1:])]
    graph = _graph(arcs)
    source, target = label[0], label[node]
    question = f"In a directed graph there are the paths {told} Give a path from node {source} to node {target}."
    about = {"scoring": "path", "slots": {"source": source, "target": target}, "depth": depth}
    return Sample(name, question, graph, nx.shortest_path(graph.nx, source, target), "planning", about)


def reachability(name: str, depth: int, rng: random.Random) -> Sample:
    """Two nodes as deep in two trees of ways, one of which begins at the asked node."""
    arcs: Arcs = []
    roots, leaves, count = [], [], 0
    for _ in range(2):
        way = list(range(count, count + depth + 1))
        arcs += zip(way, way[1:])
        roots.append(way[0])
        leaves.append(way[-1])
        count += depth + 1
        for _ in range(rng.randint(1, depth + 1)):  # branches of the same tree
            arcs.append((rng.choice(way[:-1]), count))
            way.append(count)
            count += 1
            way[-1], way[-2] = way[-2], way[-1]
    label, listed = _hidden(arcs, count, rng)
    asked = sorted((label[leaf] for leaf in leaves), key=lambda _: rng.random())
    question = f"Which of the nodes {asked[0]} and {asked[1]} can be reached from node {label[roots[0]]}?"
    return _sample(name, "reachability", depth, listed, question, [label[leaves[0]]], {"scoring": "node_set"})


def _beside(arcs: Arcs, count: int, good: set[int], rng: random.Random) -> tuple[Arcs, int]:
    """Further nodes and edges, none of which makes another way towards the goal."""
    for node in range(count, count + rng.randint(2, _NODES_BESIDE)):
        other = rng.randrange(node)
        # a node may lead into the good way, but nothing off it does that the start leads to
        arcs.append((node, other) if other in good or rng.random() < 0.5 else (other, node))
    return arcs, max(max(arc) for arc in arcs) + 1


def _labels(count: int, rng: random.Random) -> list[int]:
    return rng.sample(range(count * 2), count)


def _hidden(arcs: Arcs, count: int, rng: random.Random) -> tuple[list[int], Arcs]:
    """Labels that tell nothing, and the edges with them in random order."""
    label = _labels(count, rng)
    listed = [(label[u], label[v]) for u, v in arcs]
    rng.shuffle(listed)
    return label, listed


def _graph(arcs: Arcs) -> Graph:
    return Graph(nx.DiGraph(arcs))


def _sample(name: str, kind: str, depth: int, arcs: Arcs, asked: str, gold: Any, about: dict[str, Any]) -> Sample:
    told = ", ".join(f"{u} -> {v}" for u, v in arcs)
    return Sample(
        name, f"A directed graph has the edges {told}. {asked}", _graph(arcs), gold, kind, about | {"depth": depth}
    )


TASK = Task(
    name="search",
    samples=samples,
    score=score,
    source="arXiv 2412.04703, 2405.09220, 2505.12514",
    kinds=KINDS,
    column="depth",
)
