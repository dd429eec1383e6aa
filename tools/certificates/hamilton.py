"""Checks of walks over every node: each walked; their absence by a separator or by recursion over sets of nodes."""

from __future__ import annotations

import math
from typing import Any

from graphs.graph import Graph
from tools.answers import Cycle, Order, Truth
from tools.certificates.agreement import close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.evidence import Arcs, arcs_of, cycle_cost, parts_of, path_cost

STATES = 400_000  # sets and ends of the second search; beyond, nothing is said
UNCHECKED = Claim("that there is no such walk was not checked: there are too many sets of nodes", "none")


def _separated(graph: Graph, cut: list[Any], spare: int) -> str:
    """Reject unless taking the nodes out leaves more than their number plus `spare` components (Chvátal 1973)."""
    require(len(set(cut)) == len(cut) and set(cut) <= set(graph.nodes), "the separator names a node twice or not one")
    left = len(parts_of(arcs_of(graph, undirected=True, without_nodes=cut)))
    require(left > max(len(cut) + spare, 1), f"taking {len(cut)} nodes out leaves only {left} components")
    return f"taking {len(cut)} nodes out leaves {left} components, too many for such a walk"


def least_tour(arcs: Arcs, starts: list[Any], ends: set[Any], *, closed: bool) -> float | None:
    """The least cost of a walk over every node once; inf when there is none, None when there are too many sets."""
    place = {node: i for i, node in enumerate(arcs)}
    everything = (1 << len(place)) - 1
    best, states = math.inf, 0
    for group in [[s] for s in starts] if closed else [starts]:
        layer = {(1 << place[s], s): 0.0 for s in group}
        while layer:
            states += len(layer)
            if states > STATES:
                return None
            longer: dict[tuple[int, Any], float] = {}
            for (mask, u), cost in layer.items():
                if mask == everything and u in ends and (not closed or group[0] in arcs[u]):
                    best = min(best, cost + (arcs[u][group[0]] if closed else 0))
                for v, c in arcs[u].items():
                    if not mask >> place[v] & 1:
                        key = (mask | 1 << place[v], v)
                        longer[key] = min(cost + c, longer.get(key, math.inf))
            layer = longer
    return best


def _no_path(graph: Graph, witness: Any, source: Any, target: Any) -> str | Claim:
    if witness is not None:
        require(set(witness) == {"separator"}, "an unknown witness")
        return _separated(graph, witness["separator"], 1)
    arcs = arcs_of(graph)
    starts = list(arcs) if source is None else [graph.node(source)]
    ends = set(arcs) if target is None else {graph.node(target)}
    least = least_tour(arcs, starts, ends, closed=False)
    if least is None:
        return UNCHECKED
    require(least == math.inf, "such a path exists")
    return "no path visits every node once: all sets of nodes and ends were tried"


def _no_cycle(graph: Graph, witness: Any) -> str | Claim:
    if witness is not None:
        enough = len(graph.nodes) > (1 if graph.directed else 2)
        require(set(witness) == {"separator"} and enough, "an unknown witness")
        return _separated(graph, witness["separator"], 0)
    arcs = arcs_of(graph)
    if len(arcs) == 2 and not graph.directed:
        edges = sum(e.source != e.target for e in graph.edges())
        require(edges < 2, "the two nodes are joined by parallel edges")
        return "two nodes need parallel edges for a cycle"
    least = least_tour(arcs, list(arcs)[:1], set(arcs), closed=True)
    if least is None:
        return UNCHECKED
    require(least == math.inf, "such a cycle exists")
    return "no cycle visits every node once: all sets of nodes and ends were tried"


def _path(graph: Graph, nodes: list[Any], source: Any, target: Any) -> str:
    start = nodes[0] if source is None else graph.node(source)
    goal = nodes[-1] if target is None else graph.node(target)
    path_cost(arcs_of(graph), nodes, start, goal)
    require(len(nodes) == len(graph.nodes), "the path leaves a node out")
    return f"the path visits each of the {len(nodes)} nodes exactly once"


def _cycle(graph: Graph, nodes: list[Any]) -> str:
    cycle_cost(graph, arcs_of(graph), nodes)
    require(len(nodes) == len(graph.nodes), "the cycle leaves a node out")
    return f"the cycle visits each of the {len(nodes)} nodes exactly once"


@checker("has_hamiltonian_path")
def check_has_hamiltonian_path(
    graph: Graph, answer: Truth, source: Any = None, target: Any = None, time_limit: float = 10.0
) -> str | Claim:
    """a path over all nodes walked; or a separator, or all sets of nodes tried"""
    settled(answer)
    if answer.holds:
        require(set(answer.witness) == {"path"}, "no path is given")
        return _path(graph, answer.witness["path"], source, target)
    return _no_path(graph, answer.witness, source, target)


@checker("hamiltonian_path")
def check_hamiltonian_path(
    graph: Graph, answer: Order, source: Any = None, target: Any = None, time_limit: float = 10.0
) -> str | Claim:
    """a path over all nodes walked; or a separator, or all sets of nodes tried"""
    settled(answer)
    if answer.nodes:
        require(answer.witness is None, "a witness that is not needed")
        return _path(graph, answer.nodes, source, target)
    return _no_path(graph, answer.witness, source, target)


@checker("has_hamiltonian_cycle")
def check_has_hamiltonian_cycle(graph: Graph, answer: Truth, time_limit: float = 10.0) -> str | Claim:
    """a cycle over all nodes walked; or a separator, or all sets of nodes tried"""
    settled(answer)
    if answer.holds:
        require(set(answer.witness) == {"cycle"}, "no cycle is given")
        return _cycle(graph, answer.witness["cycle"])
    return _no_cycle(graph, answer.witness)


@checker("hamiltonian_cycle")
def check_hamiltonian_cycle(graph: Graph, answer: Cycle, time_limit: float = 10.0) -> str | Claim:
    """a cycle over all nodes walked; or a separator, or all sets of nodes tried"""
    settled(answer)
    if answer.nodes:
        require(answer.witness is None and answer.length == len(answer.nodes), "the length is wrong")
        return _cycle(graph, answer.nodes)
    require(answer.length is None, "no cycle has no length")
    return _no_cycle(graph, answer.witness)


@checker("travelling_salesman")
def check_travelling_salesman(
    graph: Graph, answer: Cycle, weight: str = "weight", time_limit: float = 10.0
) -> str | Claim:
    """the tour added up, and compared with a bound or with all tours by recursion over sets of nodes"""
    require(answer.witness is None, "a witness that is not needed")
    arcs: Arcs = {u: {v: c for v, c in row.items() if v != u} for u, row in arcs_of(graph, weight).items()}
    if answer.nodes:
        _cycle(graph, answer.nodes)
        total = cycle_cost(graph, arcs, answer.nodes)
        require(close(answer.length, total), f"the tour adds up to {total}")
    else:
        require(answer.length is None and answer.exact, "no tour has no length")
        total = math.inf
    if not answer.exact:
        rows = [sorted(row.values()) for row in arcs.values()]
        least = sum(row[0] for row in rows) if graph.directed else sum(sum(row[:2]) for row in rows) / 2
        low, high = answer.bounds or (None, None)
        require(close(high, total) and close(low, least), f"the bounds are {least} and {total}")
        return f"the tour has length {total}, and no tour is shorter than {least}"
    require(answer.bounds is None, "an exact answer has no bounds")
    best = least_tour(arcs, list(arcs)[:1], set(arcs), closed=True)
    if best is None:
        return Claim(f"the tour has length {total}; that none is shorter was not checked", "none")
    require(best == total or close(best, total), f"the least tour has length {best}")
    return f"the tour has length {total}, and none is shorter" if answer.nodes else "there is no tour"
