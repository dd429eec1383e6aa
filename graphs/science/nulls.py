"""Null models: graphs made without meaning that share with the real one what its construction alone explains."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphs.errors import BadArgument
from graphs.science.simple import Simple


@dataclass(frozen=True, slots=True)
class NullModel:
    """A way to make such graphs. keeps: what they share with the real one."""

    name: str
    title: str
    keeps: str


ERDOS_RENYI = NullModel("erdos_renyi", "Erdős–Rényi", "the numbers of nodes and edges")
CONFIGURATION = NullModel("configuration", "configuration model", "the degree of every node")
SHUFFLED_UNION = NullModel(
    "shuffled_union",
    "shuffled union of local graphs",
    "the shape of every step's own graph, and in how many steps each node occurs",
)
NULL_MODELS = (ERDOS_RENYI, CONFIGURATION, SHUFFLED_UNION)

Local = Sequence[tuple[Hashable, Hashable]]


def erdos_renyi(graph: Simple, seed: int) -> Simple:
    """A uniform random graph with as many nodes and edges: G(n, m)."""
    size, wanted = graph.num_nodes, graph.num_edges
    rng = np.random.default_rng(seed)
    possible = size * (size - 1) // 2
    if possible < 4 * wanted:
        picked = rng.choice(possible, size=wanted, replace=False)
    else:  # far fewer edges than pairs: draw, drop repeats, draw the rest
        picked = np.zeros(0, np.int64)
        while len(picked) < wanted:
            picked = np.concatenate([picked, rng.integers(possible, size=wanted - len(picked))])
            picked = picked[np.sort(np.unique(picked, return_index=True)[1])]
    return Simple.of(size, _pair(picked))


def configuration(graph: Simple, seed: int, swaps_per_edge: int = 10) -> Simple:
    """A random simple graph in which every node keeps its degree.

    Maslov and Sneppen (2002): two edges a-b, c-d become a-d, c-b unless that makes a loop or a repeat; a uniform sample
    in the limit of many swaps.
    """
    rng = np.random.default_rng(seed)
    edges, count = [(a, b) for a, b in graph.pairs.tolist()], graph.num_edges
    if count < 2:
        return graph
    present = {(a, b) for a, b in edges}
    tries = swaps_per_edge * count
    picks = rng.integers(count, size=(tries, 2)).tolist()
    turns = (rng.random(tries) < 0.5).tolist()
    for (i, j), turned in zip(picks, turns, strict=True):
        a, b = edges[i]
        c, d = edges[j] if turned else edges[j][::-1]
        if a == d or b == c:
            continue
        first, second = (a, d) if a < d else (d, a), (c, b) if c < b else (b, c)
        if first in present or second in present:
            continue
        present.difference_update((edges[i], edges[j]))
        present.update((first, second))
        edges[i], edges[j] = first, second
    return Simple.of(graph.num_nodes, edges)


def shuffled_union(locals_: Sequence[Local], seed: int, isolates: int = 0, swaps_per_place: int = 20) -> Simple:
    """The union of the steps' graphs after the nodes have been exchanged between them at random.

    Each step's own graph keeps its shape, each node occurs in as many of them as it did, and never twice in one; which
    node stands at which place is random. What this union shows too needs no loop that asks one question after another.
    isolates: how many nodes without an edge to add.
    """
    edges = [edge for local in exchanged(locals_, seed, swaps_per_place) for edge in local]
    if not edges:
        raise BadArgument("no step has an edge; the shuffled union needs the graphs that single steps added")
    number = {node: i for i, node in enumerate(dict.fromkeys(node for edge in edges for node in edge))}
    return Simple.of(len(number) + isolates, [(number[a], number[b]) for a, b in edges])


def exchanged(locals_: Sequence[Local], seed: int, swaps_per_place: int = 20) -> list[Local]:
    """The steps' graphs with their nodes exchanged at random, none twice in one."""
    places = [(step, node) for step, local in enumerate(locals_) for node in _nodes(local)]
    if not places:
        return []
    rng = np.random.default_rng(seed)
    holders = [set(_nodes(local)) for local in locals_]
    steps, now = [step for step, _ in places], [node for _, node in places]
    for i, j in rng.integers(len(places), size=(swaps_per_place * len(places), 2)).tolist():
        here, there, a, b = holders[steps[i]], holders[steps[j]], now[i], now[j]
        if here is there or a in there or b in here:
            continue
        here.remove(a)
        here.add(b)
        there.remove(b)
        there.add(a)
        now[i], now[j] = b, a
    at = dict(zip(places, now, strict=True))
    return [[(at[step, a], at[step, b]) for a, b in local] for step, local in enumerate(locals_)]


def _nodes(local: Local) -> list[Hashable]:
    return list(dict.fromkeys(node for edge in local for node in edge))


def _pair(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers 0, 1, 2 … as the pairs (0, 1), (0, 2), (1, 2), (0, 3) …"""
    larger = ((1 + np.sqrt(1 + 8 * numbers.astype(float))) / 2).astype(np.int64)
    larger -= larger * (larger - 1) // 2 > numbers  # rounding of the square root
    larger += (larger + 1) * larger // 2 <= numbers
    return np.stack([numbers - larger * (larger - 1) // 2, larger], axis=1)
