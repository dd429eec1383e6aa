"""Depth-first search and what is read off it: order, components, cut nodes, bridges, shortest paths without cycles.

Moore (1959), Knuth (1973), Aho, Hopcroft and Ullman (1974), after chapters 20 and 22 of Introduction to Algorithms.
Lowest node and lowest neighbour come first. The stack of open nodes is kept in pointers: `s_last` is its top, `s_prev`
leads down.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from graphs.clrs.paths import rows
from graphs.clrs.recorder import Array, Recorder
from graphs.errors import WrongKind

WHITE, GREY, BLACK = 0, 1, 2
_TICK = 0.01  # times and counts are scaled, so that a network sees numbers of order 1


class Search:
    """A depth-first search that notes every step; subclasses act on the events.

    timed: opening and closing a node takes a tick, and each node opens in a step of its own; without, a node opens as
    it is found.
    """

    timed = True

    def __init__(self, trace: Recorder, A: Array) -> None:
        self.trace, self.ways, self.n = trace, [[v for v, _ in row] for row in rows(A)], len(A)
        self.pi = list(range(self.n))
        self.time = 0.0
        self.d, self.f = [0.0] * self.n, [0.0] * self.n
        self.more: dict[str, Any] = {}  # numbers of the subclass, a part of each step
        self.begin()
        if self.timed:
            trace.watch(d=self.d, f=self.f)

    def begin(self) -> None:
        """Forget what was visited; times go on."""
        self.color, self.s_prev = [WHITE] * self.n, list(range(self.n))
        self.trace.watch(color=self.color, s_prev=self.s_prev)

    def visit(self, roots: Iterable[int]) -> None:
        """Search from each root that is not yet found."""
        for s in roots:
            if self.color[s] == WHITE:
                self._visit_from(s)

    def _visit_from(self, s: int) -> None:
        color, s_prev, d, note = self.color, self.s_prev, self.d, self.note
        s_last = u = v = s
        note(s, u, v, s_last)
        while True:
            self.at(s, u)
            if color[u] == WHITE or (self.timed and not d[u]):
                color[u] = GREY
                if self.timed:
                    self.time += _TICK
                    d[u] = self.time
                self.opened(u)
                note(s, u, v, s_last)
            for v in self.ways[u]:
                if color[v] == WHITE:
                    color[v], s_prev[v], s_last = GREY, s_last, v
                    self.pi[v] = u
                    self.stepped(u)
                    note(s, u, v, s_last)
                    break
                if self.met(u, v):
                    note(s, u, v, s_last)
            else:
                v = self.n - 1
            if s_last == u:
                color[u] = BLACK
                if self.timed:
                    self.time += _TICK
                    self.f[u] = self.time
                self.closed(u)
                note(s, u, v, s_last)
                if s_prev[u] == u:
                    return
                s_last, s_prev[u] = s_prev[u], u
            u = s_last

    def note(self, s: int, u: int, v: int, s_last: int) -> None:
        """One step."""
        if self.trace.wanted:
            self.trace.note(s=s, u=u, v=v, s_last=s_last, time=self.time, **self.more)

    def at(self, s: int, u: int) -> None:
        """The search from `s` comes to `u`, or back to it."""

    def opened(self, u: int) -> None:
        """`u` has its opening time."""

    def stepped(self, u: int) -> None:
        """A new child of `u` was found."""

    def met(self, u: int, v: int) -> bool:
        """A neighbour that was found before; whether that is a step of its own."""
        return False

    def closed(self, u: int) -> None:
        """All neighbours of `u` are done."""


def dfs(trace: Recorder, A: Array) -> dict[str, Any]:
    """Predecessors over the whole graph."""
    search = Search(trace, A)
    trace.watch(pi_h=search.pi)
    search.visit(range(search.n))
    return {"pi": search.pi}


class _Ordering(Search):
    """Puts each closed node before those closed earlier: `topo` leads from a node to the next, `topo_head` is first."""

    timed = False

    def __init__(self, trace: Recorder, A: Array, head: int = 0) -> None:
        super().__init__(trace, A)
        self.topo, self.head, self.order = list(range(self.n)), head, list[int]()
        self.more["topo_head_h"] = 0
        trace.watch(topo_h=self.topo)

    def closed(self, u: int) -> None:
        if self.order:
            self.topo[u] = self.order[-1]
        self.order.append(u)
        self.more["topo_head_h"] = self.head = u

    def check(self) -> None:
        """Raises WrongKind where an edge leads back."""
        place = {u: i for i, u in enumerate(self.order)}
        for u in self.order:
            for v in self.ways[u]:
                if place[v] >= place[u]:
                    raise WrongKind(
                        f"the edge from {u} to {v} closes a directed cycle, so there is no topological order"
                    )


def topological_sort(trace: Recorder, A: Array) -> dict[str, Any]:
    """Nodes by falling closing time, as pointers from each to the next; the last points to itself."""
    search = _Ordering(trace, A)
    search.visit(range(search.n))
    search.check()
    return {"topo": search.topo, "topo_head": search.head}


def dag_shortest_paths(trace: Recorder, A: Array, s: int) -> dict[str, Any]:
    """Shortest-path predecessors: the edges of what `s` reaches, relaxed in topological order."""
    search = _Ordering(trace, A)
    n, ways = search.n, rows(A)
    pi, d, mark = list(range(n)), [0.0] * n, [0] * n
    trace.watch(pi_h=pi, d=d, mark=mark)
    search.more["phase"] = 0
    search.visit([s])
    search.check()
    mark[s] = 1
    search.more["phase"] = 1
    for i in reversed(search.order):
        search.more["topo_head_h"] = i
        search.note(s, s, n - 1, s)
        if i != search.order[0]:
            for j, weight in ways[i]:
                if not mark[j] or d[i] + weight < d[j]:
                    d[j], pi[j], mark[j] = d[i] + weight, i, 1
    return {"pi": pi}


class _Components(Search):
    """Names each node after the root of the search that finds it, when `naming`."""

    def __init__(self, trace: Recorder, A: Array) -> None:
        super().__init__(trace, A)
        self.scc_id, self.naming = list(range(self.n)), False
        trace.watch(scc_id_h=self.scc_id)

    def at(self, s: int, u: int) -> None:
        if self.naming:
            self.scc_id[u] = s


def strongly_connected_components(trace: Recorder, A: Array) -> dict[str, Any]:
    """Kosaraju: search the graph, then its reverse from the nodes that closed last."""
    search = _Components(trace, A)
    trace.fix(A_t=((A.T + np.eye(search.n)) != 0) * 1.0)
    search.more["phase"] = 0
    search.visit(range(search.n))
    last_first = sorted(range(search.n), key=lambda u: -search.f[u])
    search.begin()
    search.ways = [[v for v, _ in row] for row in rows(A.T)]
    search.more["phase"], search.naming = 1, True
    search.visit(last_first)
    return {"scc_id": search.scc_id}


class _Low(Search):
    """Keeps the earliest opening time that each subtree reaches by one edge: Hopcroft and Tarjan (1973)."""

    def __init__(self, trace: Recorder, A: Array) -> None:
        super().__init__(trace, A)
        self.low, self.children = [0.0] * self.n, [list[int]() for _ in range(self.n)]
        trace.watch(low=self.low, pi_h=self.pi)

    def opened(self, u: int) -> None:
        self.low[u] = self.d[u]
        if self.pi[u] != u:
            self.children[self.pi[u]].append(u)

    def met(self, u: int, v: int) -> bool:
        if v == self.pi[u]:
            return False
        self.low[u] = min(self.low[u], self.d[v])
        return True

    def closed(self, u: int) -> None:
        for v in self.children[u]:
            self.low[u] = min(self.low[u], self.low[v])
            self.child_closed(u, v)

    def child_closed(self, u: int, v: int) -> None:
        """`low` of `u` and its child `v` are known."""


class _Cuts(_Low):
    def __init__(self, trace: Recorder, A: Array) -> None:
        super().__init__(trace, A)
        self.is_cut, self.child_cnt = [0] * self.n, [0.0] * self.n
        trace.watch(is_cut_h=self.is_cut, child_cnt=self.child_cnt)

    def stepped(self, u: int) -> None:
        self.child_cnt[u] += _TICK

    def child_closed(self, u: int, v: int) -> None:
        if self.pi[u] != u and self.low[v] >= self.d[u]:
            self.is_cut[u] = 1

    def closed(self, u: int) -> None:
        super().closed(u)
        if self.pi[u] == u and len(self.children[u]) > 1:
            self.is_cut[u] = 1


def articulation_points(trace: Recorder, A: Array) -> dict[str, Any]:
    """1 for each node whose removal parts its component."""
    search = _Cuts(trace, A)
    search.visit(range(search.n))
    return {"is_cut": search.is_cut}


class _Bridges(_Low):
    def __init__(self, trace: Recorder, A: Array) -> None:
        super().__init__(trace, A)
        self.is_bridge = ((A + np.eye(self.n)) != 0) - 1.0
        trace.watch(is_bridge_h=self.is_bridge)

    def child_closed(self, u: int, v: int) -> None:
        if self.low[v] > self.d[u]:
            self.is_bridge[u, v] = self.is_bridge[v, u] = 1


def bridges(trace: Recorder, A: Array) -> dict[str, Any]:
    """For each pair: 1 for a bridge, 0 for another edge and the diagonal, -1 for no edge."""
    search = _Bridges(trace, A)
    search.visit(range(search.n))
    return {"is_bridge": search.is_bridge}
