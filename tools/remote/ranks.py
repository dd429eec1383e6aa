"""PageRank and communities, found by the engine."""

from __future__ import annotations

from typing import Any

from graphs.errors import WrongKind
from graphs.remote.engine import NotThere
from graphs.remote.graph import RemoteGraph
from tools.answers import Groups, NodeAnswer, NodeValues, Number
from tools.remote.registry import Checked, on

GRAPHX = "PageRank (GraphX)"
METHOD = "one more round by joins over all edges"
MOST = 1e-3  # error of all ranks together above which the answer is withheld


def _plain(iterations: int | None, weight: str | None) -> None:
    if iterations is not None or weight is not None:
        raise NotThere("PageRank is done there until it rests and without weights; leave out iterations and weights")


def _bound(answer: Any, error: float, claim: str) -> Checked:
    if error > MOST:
        reason = f"the ranks may be wrong by {error:.2g} in all"
        return Checked(answer, GRAPHX, method=METHOD, grade="proof", holds=False, reason=reason)
    return Checked(answer, GRAPHX, claim, METHOD, "proof")


@on("spark")
def pagerank(
    graph: RemoteGraph,
    node: Any = None,
    damping: float = 0.85,
    iterations: int | None = None,
    weight: str | None = None,
) -> Checked:
    _plain(iterations, weight)
    if node is None:
        values, error = graph.engine.all_ranks(damping)
        note = f"all ranks together are wrong by {error:.1g} at most"
        return _bound(NodeValues(values, notes=(note,)), error, note)
    here = graph.node(node)
    ranks = graph.engine.ranks([here], damping)
    value = ranks.of[here]
    low, high = max(0.0, value - ranks.error), value + ranks.error
    note = f"the rank is wrong by {ranks.error:.1g} at most"
    answer = Number(value, notes=(note,))
    return _bound(answer, ranks.error, f"the rank of {here} lies between {low:.8g} and {high:.8g}")


@on("spark")
def highest_pagerank_node(
    graph: RemoteGraph, damping: float = 0.85, iterations: int | None = None, weight: str | None = None
) -> Checked:
    _plain(iterations, weight)
    if not graph.num_nodes:
        raise WrongKind("the graph has no nodes, so none comes first")
    ranks = graph.engine.ranks([], damping)
    node, best = ranks.top[0]
    answer = NodeAnswer(node, {"rank": best, "top": ranks.top})
    if len(ranks.top) > 1 and best - ranks.top[1][1] <= ranks.error:
        other = ranks.top[1][0]
        note = f"{node} and {other} lie nearer to each other ({best - ranks.top[1][1]:.1g}) than the ranks are sure"
        answer = NodeAnswer(node, answer.witness, exact=False, notes=(note,))
        return Checked(answer, GRAPHX, note, METHOD, "none")
    gap = f"the ranks together are wrong by {ranks.error:.1g} at most, less than the distance to the next"
    return _bound(answer, ranks.error, f"no node has a higher rank than {node}; {gap}")


@on("spark")
def label_propagation_communities(graph: RemoteGraph) -> Checked:
    groups, score = graph.engine.communities()
    notes = (
        *(("edge directions are ignored",) if graph.directed else ()),
        "all nodes change their labels at once, so the groups are others than those of a local run",
    )
    answer = Groups(sorted(groups, key=len, reverse=True), score, estimated=True, notes=notes)
    return Checked(answer, "label propagation by joins")
