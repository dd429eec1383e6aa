"""Null models of growth: the graphs that single steps stated, joined again without regard to what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np

from graphs.errors import BadArgument
from graphs.science.simple import Simple

Local = Sequence[tuple[Hashable, Hashable]]


def shuffled_union(locals_: Sequence[Local], seed: int, isolates: int = 0, swaps_per_place: int = 20) -> Simple:
    """The union of the steps' graphs after the nodes have been exchanged between them at random.

    Each step's own graph keeps its shape, each node occurs in as many of them as it did, and never twice in one; which
    node stands at which place is random. What this union shows too needs no loop that asks one question after another.
    isolates: how many nodes without an edge to add.
    """
    return _union(exchanged(locals_, seed, swaps_per_place), isolates)


def random_loop(locals_: Sequence[Local], seed: int, isolates: int = 0) -> Simple:
    """A growth that takes up earlier nodes as the real one did, but any that were last used as long ago.

    Each step's own graph keeps its shape, and each node that it takes up again was last used as many steps before as
    the real one; which of the nodes last used in that step it is, and where it stands, is random. What this shows too
    needs no meaning, only a habit of going on from recent steps. isolates: how many nodes without an edge to add.
    """
    return _union(retold(locals_, seed), isolates)


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


def retold(locals_: Sequence[Local], seed: int) -> list[Local]:
    """The steps' graphs of a random loop; its nodes are numbers."""
    rng = np.random.default_rng(seed)
    used: dict[Hashable, int] = {}  # real node -> the step that used it last
    resting: dict[int, list[int]] = defaultdict(list)  # step -> nodes of the random loop last used there
    count = 0
    told: list[Local] = []
    for step, local in enumerate(locals_):
        real = _nodes(local)
        drawn: list[int] = []
        for node in real:
            if node in used:  # as many rest there as in the real growth, so one is left
                pool = resting[used[node]]
                drawn.append(pool.pop(int(rng.integers(len(pool)))))
            else:
                drawn.append(count)
                count += 1
        used |= dict.fromkeys(real, step)
        resting[step] = list(drawn)
        at = dict(zip(real, (drawn[i] for i in rng.permutation(len(drawn))), strict=True))
        told.append([(at[a], at[b]) for a, b in local])
    return told


def _union(locals_: Sequence[Local], isolates: int) -> Simple:
    edges = [edge for local in locals_ for edge in local]
    if not edges:
        raise BadArgument("no step has an edge; this null model needs the graphs that single steps added")
    number = {node: i for i, node in enumerate(dict.fromkeys(node for edge in edges for node in edge))}
    return Simple.of(len(number) + isolates, [(number[a], number[b]) for a, b in edges])


def _nodes(local: Local) -> list[Hashable]:
    return list(dict.fromkeys(node for edge in local for node in edge))
