"""Checks of ancestors, closure, reduction, antichains and dominators by searches from every node."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import GraphAnswer, NodeAnswer, Nodes, NodeValues
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import nodes_are
from tools.certificates.evidence import Arcs, arcs_of, in_graph_order, reach, same_set, topological

CLOSED_SETS = 50_000  # of a second count of topological orders


@checker("ancestors")
def check_ancestors(graph: Graph, answer: Nodes, node: Any) -> str:
    """a search backwards over the list of edges"""
    node = graph.node(node)
    nodes_are(graph, answer, list(reach(arcs_of(graph, turned=True), node) - {node}), "ancestors")
    return f"{node} has {len(answer.nodes)} ancestors"


@checker("descendants")
def check_descendants(graph: Graph, answer: Nodes, node: Any) -> str:
    """a search over the list of edges"""
    node = graph.node(node)
    nodes_are(graph, answer, list(reach(arcs_of(graph), node) - {node}), "descendants")
    return f"{node} has {len(answer.nodes)} descendants"


@checker("lowest_common_ancestor")
def check_lowest_common_ancestor(graph: Graph, answer: NodeAnswer, u: Any, v: Any) -> str:
    """searches backwards from both nodes, and ahead from every common ancestor"""
    settled(answer)
    back, arcs = arcs_of(graph, turned=True), arcs_of(graph)
    common = reach(back, graph.node(u)) & reach(back, graph.node(v))
    lowest = [node for node in graph.nodes if node in common and reach(arcs, node) & common == {node}]
    require(answer.witness == lowest, f"the lowest common ancestors are {lowest}")
    require(answer.node == (lowest[0] if lowest else None), "the answer is none of them")
    return f"the lowest common ancestors are {lowest}" if lowest else "there is no common ancestor"


def _beyond(arcs: Arcs, node: Any) -> set[Any]:
    """The nodes that a path of one edge or more leads to."""
    return {w for v in arcs[node] for w in reach(arcs, v)}


@checker("transitive_closure")
def check_transitive_closure(graph: Graph, answer: GraphAnswer) -> str:
    """a search from every node, compared with the edges of the closure"""
    settled(answer)
    body = answer.graph.nx
    require(list(body.nodes(data=True)) == list(graph.nx.nodes(data=True)), "the nodes are others")
    require(body.is_directed() and not body.is_multigraph(), "the closure is not a simple directed graph")
    arcs, own = arcs_of(graph), arcs_of(answer.graph)
    require(all(set(own[u]) == _beyond(arcs, u) for u in arcs), "an edge is missing or too many")
    return "an edge joins u to v exactly when a path leads from u to v"


@checker("transitive_reduction")
def check_transitive_reduction(graph: Graph, answer: GraphAnswer) -> str:
    """the same nodes are reached from every node, and no edge can be left out"""
    settled(answer)
    body = answer.graph.nx
    require(list(body.nodes(data=True)) == list(graph.nx.nodes(data=True)), "the nodes are others")
    require(body.is_directed() and not body.is_multigraph(), "the reduction is not a simple directed graph")
    arcs, own = arcs_of(graph), arcs_of(answer.graph)
    require(topological(arcs) is not None, "the graph has a cycle")
    edges = [(e.source, e.target, dict(e.attributes)) for e in graph.edges()]
    kept = all((e.source, e.target, dict(e.attributes)) in edges for e in answer.graph.edges())
    require(kept, "an edge is not one of the graph")
    require(all(reach(arcs, u) == reach(own, u) for u in arcs), "another set of nodes is reached")
    needed = all(
        v not in reach(arcs_of(answer.graph, without_edges=[(u, v)]), u) for u, row in own.items() for v in row
    )
    require(needed, "an edge follows from others")
    return f"the {body.number_of_edges()} edges keep reachability, and none can be left out"


@checker("maximum_antichain")
def check_maximum_antichain(graph: Graph, answer: Nodes) -> str:
    """nodes that do not reach each other, and as many chains that cover all nodes (Dilworth)"""
    settled(answer)
    arcs = arcs_of(graph)
    chains = answer.witness
    same_set([node for chain in chains for node in chain], graph.nodes, "nodes")
    require(all(chains), "a chain is empty")
    steps = ((u, v) for chain in chains for u, v in zip(chain, chain[1:]))
    require(all(v in reach(arcs, u) for u, v in steps), "a chain is broken")
    members = set(answer.nodes)
    require(members <= set(arcs) and len(members) == len(answer.nodes) == len(chains), "not as many as chains")
    require(all(reach(arcs, u) & members == {u} for u in members), "one node of the set reaches another")
    in_graph_order(graph, answer.nodes)
    return f"the {len(members)} nodes do not reach each other, and as many chains cover the graph"


@checker("immediate_dominators")
def check_immediate_dominators(graph: Graph, answer: NodeValues, source: Any) -> str:
    """for every node, what can no longer be reached without it"""
    settled(answer)
    source = graph.node(source)
    arcs = arcs_of(graph)
    found = reach(arcs, source)
    require(answer.witness is None and set(answer.values) == found - {source}, "not the nodes that are reached")
    dominated = {
        u: found - (reach(arcs_of(graph, without_nodes=[u]), source) if u != source else set()) - {u} for u in found
    }
    for v, u in answer.values.items():
        above = [w for w in found if v in dominated[w]]
        require(u in above and all(w == u or u in dominated[w] for w in above), f"{v} has another immediate dominator")
    return f"every node has the immediate dominator listed, seen from {source}"
