"""Checks of groups of nodes: distances searched, paths counted, votes cast again."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Number, Order
from tools.certificates.adjacency import lengths, neighbour_sets, shortest_counts
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import checker, require


def _members(graph: Graph, nodes: list[Any]) -> set[Node]:
    members = {graph.node(node) for node in nodes}
    require(0 < len(members) < graph.num_nodes, "the group is empty or holds every node")
    return members


@checker("group_degree_centrality")
def check_group_degree_centrality(graph: Graph, answer: Number, nodes: list[Any]) -> str:
    """the neighbours of every node outside looked up"""
    settled(answer)
    members, around = _members(graph, nodes), neighbour_sets(graph)
    near = [node for node in graph if node not in members and around[node] & members]
    require(answer.witness == near, f"{len(near)} nodes are joined to the group, and others are listed")
    require(nearly(answer.number, len(near) / (graph.num_nodes - len(members))), "the share is another")
    return f"{len(near)} of the {graph.num_nodes - len(members)} nodes outside are joined to the group"


@checker("group_closeness_centrality")
def check_group_closeness_centrality(graph: Graph, answer: Number, nodes: list[Any]) -> str:
    """the distance to each member searched, and the smallest taken"""
    settled(answer)
    members, rows = _members(graph, nodes), lengths(graph, reverse=True)
    nearest: dict[Node, float] = {}
    for member in members:
        for node, far in shortest_counts(graph, member, rows, False)[0].items():
            nearest[node] = min(far, nearest.get(node, far))
    distances = {node: far for node, far in nearest.items() if node not in members}
    require(answer.witness == distances, "the distances are others")
    total = sum(distances.values())
    number = (graph.num_nodes - len(members)) / total if total else 0.0
    require(nearly(answer.number, number), f"the group closeness is {number}")
    return f"the group closeness centrality is {number:.6g}"


@checker("group_betweenness_centrality")
def check_group_betweenness_centrality(graph: Graph, answer: Number, nodes: list[Any]) -> str:
    """shortest paths counted with one mark: whether they have passed a member"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    members, rows = _members(graph, nodes), lengths(graph)
    outside = [node for node in graph if node not in members]
    total = 0.0
    for source in outside:
        far, counts = shortest_counts(graph, source, rows, False)
        free = dict.fromkeys(far, 0)  # shortest paths that have met no member
        free[source] = 1
        for u in far:
            for v in rows[u]:
                if far[v] == far[u] + 1 and v not in members:
                    free[v] += free[u]
        total += sum(1 - free[v] / counts[v] for v in far if v not in members and v != source)
    pairs = len(outside) * (len(outside) - 1)
    require(nearly(answer.number, total / pairs if pairs else 0.0), "the share is another")
    return f"{answer.number:.4%} of the shortest paths between nodes outside pass the group"


@checker("voterank")
def check_voterank(graph: Graph, answer: Order, k: int | None = None) -> str:
    """the votes cast again before each election"""
    settled(answer)
    votes, elected = answer.witness, answer.nodes
    require(len(votes) == len(elected) == len(set(elected)), "not one number of votes for each elected node")
    voters = neighbour_sets(graph, "out")
    loops = {edge.source for edge in graph.edges() if edge.source == edge.target}
    # the degree counts a self-loop twice, of an undirected graph
    ends = sum(map(len, voters.values())) + len(loops) * (1 if graph.directed else 2)
    mean = ends / max(1, graph.num_nodes)
    strength = dict.fromkeys(graph, 1.0)
    wanted = graph.num_nodes if k is None else k
    require(len(elected) <= wanted, "too many are elected")
    for turn in range(len(elected) + 1):
        received = {u: sum(strength[v] for v in near) for u, near in voters.items() if u not in elected[:turn]}
        most = max(received.values(), default=0.0)
        if turn == len(elected):
            require(turn == wanted or most <= 1e-8, "the election goes on")
            break
        winner = elected[turn]
        first = next(u for u in received if received[u] >= most - 1e-8)
        require(most > 0 and winner == first, f"{first} has more votes than {winner}, or as many and comes first")
        require(nearly(votes[turn], most), f"{winner} has {most} votes")
        strength[winner] = 0.0
        for v in voters[winner]:
            strength[v] = max(0.0, strength[v] - 1 / mean)
    return f"these {len(elected)} spreaders win the most votes one after the other"
