"""Checks of centrality by degrees and shortest paths: distances searched and paths counted again."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph, Node
from tools.answers import NodeValues, Number, PairValues
from tools.certificates.adjacency import lengths, shortest_counts
from tools.certificates.agreement import nearly, same_numbers, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.scores import (
    Scores,
    betweenness,
    path_shares,
    verify_betweenness,
    verify_degree,
    verify_distances,
    verify_load,
)

Scored = NodeValues | Number


def shown_scores(graph: Graph, answer: Scored, node: Any) -> Scores:
    """The scores of all nodes; require that the number is that of `node`, where one was asked for."""
    value: Any = answer.value
    if node is None:
        require(answer.witness is None, "something is claimed that cannot be checked")
        return dict(value)
    scores: Scores = answer.witness
    require(nearly(value, scores[graph.node(node)], 1e-12), "the number is not the score of the node")
    return scores


def claim(answer: Scored, node: Any, name: str) -> str:
    value: Any = answer.value
    return f"these are the values of {name} of all nodes" if node is None else f"the {name} of {node} is {value:.6g}"


def _degree(tool: str, direction: str) -> None:
    def check(graph: Graph, answer: Scored, node: Any = None) -> str:
        """the ends of edges at each node counted"""
        settled(answer)
        verify_degree(graph, shown_scores(graph, answer, node), direction)
        return claim(answer, node, tool.replace("_", " "))

    checker(tool)(check)


_degree("degree_centrality", "degree")
_degree("in_degree_centrality", "in_degree")
_degree("out_degree_centrality", "out_degree")


def _distance(kind: str) -> None:
    def check(graph: Graph, answer: Scored, node: Any = None, weight: str | None = None) -> str:
        """the distances to each node searched and put into the formula"""
        settled(answer)
        verify_distances(graph, shown_scores(graph, answer, node), kind, weight)
        return claim(answer, node, f"{kind} centrality")

    checker(f"{kind}_centrality")(check)


_distance("closeness")
_distance("harmonic")


@checker("betweenness_centrality")
def check_betweenness_centrality(
    graph: Graph,
    answer: Scored,
    node: Any = None,
    weight: str | None = None,
    samples: int | None = None,
    seed: int = 0,
) -> str | Claim:
    """shortest paths counted from every node (or every sampled one) and shared out backwards"""
    require(answer.bounds is None and answer.exact != answer.estimated, "an estimate is not called one")
    if answer.exact:
        require(samples is None or samples >= graph.num_nodes, "an estimate was asked for")
        verify_betweenness(graph, shown_scores(graph, answer, node), weight)
        return claim(answer, node, "betweenness centrality")
    require(set(answer.witness) == {"sources", "scores"}, "the sources are not named")
    sources, scores = answer.witness["sources"], answer.witness["scores"]
    require(len(set(sources)) == len(sources) == (samples or len(sources)) > 0, "there are not so many sources")
    scale = graph.num_nodes / len(sources) / max(1, (graph.num_nodes - 1) * (graph.num_nodes - 2))
    expected = {v: x * scale for v, x in betweenness(graph, weight, sources).items()}
    same_numbers(scores, expected, "estimate of betweenness")
    value: Any = answer.value
    if node is None:
        same_numbers(value, scores, "estimate of betweenness")
    else:
        require(nearly(value, scores[graph.node(node)], 1e-12), "the number is not the score of the node")
    return Claim(f"these are the shares of shortest paths from {len(sources)} sources, scaled to all", "recount")


@checker("edge_betweenness_centrality")
def check_edge_betweenness_centrality(graph: Graph, answer: PairValues, weight: str | None = None) -> str:
    """shortest paths counted from every node and shared out backwards over the edges"""
    settled(answer)
    rows, before = lengths(graph, weight), lengths(graph, weight, reverse=True)
    place = {node: i for i, node in enumerate(graph)}
    used: dict[Any, float] = {}
    for edge in graph.edges():
        used[_key(graph, place, edge.source, edge.target)] = 0.0
    for source in graph:
        for (u, v), part in path_shares(graph, source, rows, before, weight is not None)[1].items():
            used[_key(graph, place, u, v)] += part
    pairs = max(1, graph.num_nodes * (graph.num_nodes - 1))
    shown = {_key(graph, place, u, v): x for (u, v), x in answer.values.items()}
    require(len(shown) == len(answer.values), "an edge is listed twice")
    same_numbers(shown, {edge: x / pairs for edge, x in used.items()}, "edge betweenness")
    return f"these are the shares of shortest paths of all {len(used)} edges"


def _key(graph: Graph, place: dict[Node, int], u: Node, v: Node) -> tuple[Node, Node]:
    return (u, v) if graph.directed or place[u] <= place[v] else (v, u)


@checker("load_centrality")
def check_load_centrality(graph: Graph, answer: Scored, node: Any = None) -> str:
    """a packet sent from every node to every other, split evenly at each branch"""
    settled(answer)
    verify_load(graph, shown_scores(graph, answer, node))
    return claim(answer, node, "load centrality")


@checker("percolation_centrality")
def check_percolation_centrality(graph: Graph, answer: Scored, node: Any = None, attribute: str = "percolation") -> str:
    """shortest paths counted from every node, weighed by its state, and shared out backwards"""
    settled(answer)
    states = {v: graph.nx.nodes[v][attribute] for v in graph}
    rows, before, total = lengths(graph), lengths(graph, reverse=True), sum(states.values())
    expected = dict.fromkeys(graph, 0.0)
    for source in graph:
        for v, share in path_shares(graph, source, rows, before, False)[0].items():
            if v != source and states[source]:
                expected[v] += (share - 1) * states[source] / (total - states[v]) / (graph.num_nodes - 2)
    same_numbers(shown_scores(graph, answer, node), expected, "percolation centrality")
    return claim(answer, node, "percolation centrality")


def _reaching(graph: Graph, node: Node) -> float:
    far, _ = shortest_counts(graph, node, lengths(graph), False)
    shares = [1 if graph.directed else 1 / d for d in far.values() if d]
    return sum(shares) / max(1, graph.num_nodes - 1)


@checker("local_reaching_centrality")
def check_local_reaching_centrality(graph: Graph, answer: Number, node: Any) -> str:
    """the distances from the node searched"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    share = _reaching(graph, graph.node(node))
    require(nearly(answer.number, share), f"the local reaching centrality is {share}")
    return f"the local reaching centrality of {node} is {share:.6g}"


@checker("global_reaching_centrality")
def check_global_reaching_centrality(graph: Graph, answer: Number) -> str:
    """the distances from every node searched"""
    settled(answer)
    local = {node: _reaching(graph, node) for node in graph}
    same_numbers(answer.witness, local, "local reaching centrality")
    number = (graph.num_nodes * max(local.values()) - sum(local.values())) / (graph.num_nodes - 1)
    require(nearly(answer.number, number), f"the global reaching centrality is {number}")
    return f"the global reaching centrality is {number:.6g}"
