"""Checks of reachability and components: sets that no edge leaves, and paths within them."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import GraphAnswer, Groups, Nodes, Number, Truth
from tools.certificates.agreement import settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import nodes_are
from tools.certificates.evidence import Arcs, arcs_of, in_graph_order, parts_of, path_cost, reach, same_set, topological


def closed_set(arcs: Arcs, members: list[Any]) -> None:
    """Reject unless the nodes are some, not all, and no arc leaves them."""
    inside = set(members)
    require(len(inside) == len(members) and inside <= set(arcs), "the set names a node twice or an unknown one")
    require(0 < len(inside) < len(arcs), "the set is empty or everything")
    require(all(v in inside for u in inside for v in arcs[u]), "an edge leaves the set")


@checker("has_path")
def check_has_path(graph: Graph, answer: Truth, source: Any, target: Any) -> str:
    """a path, or a set with the source and without the target that no edge leaves"""
    settled(answer)
    source, target = graph.node(source), graph.node(target)
    arcs = arcs_of(graph)
    if answer.holds:
        require(set(answer.witness) == {"path"}, "no path is given")
        path_cost(arcs, answer.witness["path"], source, target)
        return f"a path leads from {source} to {target}"
    require(set(answer.witness) == {"reachable"}, "no set is given")
    members = answer.witness["reachable"]
    closed_set(arcs, members)
    require(source in members and target not in members, "the set does not part the two nodes")
    require(reach(arcs, source) == set(members), "not all of the set can be reached")
    return f"no edge leaves the {len(members)} nodes that {source} reaches, and {target} is not among them"


@checker("reachable_nodes")
def check_reachable_nodes(graph: Graph, answer: Nodes, node: Any) -> str:
    """a search over the list of edges"""
    node = graph.node(node)
    nodes_are(graph, answer, [v for v in reach(arcs_of(graph), node) if v != node], "nodes")
    return f"{node} reaches {len(answer.nodes)} other nodes, and no more"


@checker("is_connected", "is_weakly_connected")
def check_is_connected(graph: Graph, answer: Truth) -> str:
    """a spanning tree of edges, or a set of nodes that no edge leaves"""
    settled(answer)
    arcs = arcs_of(graph, undirected=True)
    if not answer.holds:
        require(set(answer.witness) == {"component"}, "no component is given")
        closed_set(arcs, answer.witness["component"])
        return f"no edge leaves {len(answer.witness['component'])} of the nodes"
    require(set(answer.witness) == {"tree"}, "no tree is given")
    tree = answer.witness["tree"]
    links: dict[Any, list[Any]] = {node: [] for node in arcs}
    for u, v in tree:
        require(v in arcs[u], "a branch of the tree is not an edge")
        links[u].append(v)
        links[v].append(u)
    require(len(tree) == len(arcs) - 1 and len(parts_of(links)) == 1, "the tree does not span the graph")
    return "a tree of edges joins all nodes"


def partition_into_components(graph: Graph, groups: list[list[Any]]) -> None:
    """Reject unless the groups are the components: together all nodes, each joined inside, no edge between two."""
    listed = [node for group in groups for node in group]
    same_set(listed, graph.nodes, "nodes")
    arcs = arcs_of(graph, undirected=True)
    for group in groups:
        require(len(group) > 0 and reach(arcs, group[0]) == set(group), "a group is not one component")


def _biggest_first(graph: Graph, groups: list[list[Any]]) -> None:
    require(all(len(a) >= len(b) for a, b in zip(groups, groups[1:])), "the groups are not in order of size")
    for group in groups:
        in_graph_order(graph, group)


@checker("connected_components", "weakly_connected_components")
def check_connected_components(graph: Graph, answer: Groups) -> str:
    """each group searched from one of its nodes"""
    settled(answer)
    require(answer.score is None and answer.witness is None, "a field that is not needed")
    partition_into_components(graph, answer.groups)
    _biggest_first(graph, answer.groups)
    return f"the {len(answer.groups)} groups are joined inside and not with each other"


@checker("number_of_components")
def check_number_of_components(graph: Graph, answer: Number) -> str:
    """each group of the witness searched from one of its nodes"""
    settled(answer)
    partition_into_components(graph, answer.witness)
    require(answer.number == len(answer.witness), f"there are {len(answer.witness)} components")
    return f"the graph has {answer.number} connected components"


def one_of_components(graph: Graph, answer: Nodes) -> None:
    """Reject unless the witness lists all components, and the answer is one of them in the graph's order."""
    settled(answer)
    partition_into_components(graph, answer.witness)
    require(answer.nodes in answer.witness, "the answer is none of the components")
    in_graph_order(graph, answer.nodes)


@checker("largest_component")
def check_largest_component(graph: Graph, answer: Nodes) -> str:
    """each group of the witness searched from one of its nodes, and their sizes compared"""
    one_of_components(graph, answer)
    require(len(answer.nodes) == max(map(len, answer.witness)), "a component is larger")
    return f"a component has {len(answer.nodes)} nodes, and none has more"


@checker("component_of")
def check_component_of(graph: Graph, answer: Nodes, node: Any) -> str:
    """a search over the list of edges"""
    node = graph.node(node)
    nodes_are(graph, answer, list(reach(arcs_of(graph, undirected=True), node)), "nodes")
    return f"{len(answer.nodes)} nodes are in the component of {node}, and no others"


def strong_classes(graph: Graph, groups: list[list[Any]]) -> Arcs:
    """Reject unless the groups are the strongly connected components; returns the arcs between their numbers.

    Inside each group one node reaches all and is reached by all, and between the groups there is no cycle.
    """
    listed = [node for group in groups for node in group]
    same_set(listed, graph.nodes, "nodes")
    arcs = arcs_of(graph)
    back = arcs_of(graph, turned=True)
    number = {node: i for i, group in enumerate(groups) for node in group}
    between: Arcs = {i: {} for i in range(len(groups))}
    for i, group in enumerate(groups):
        require(len(group) > 0, "a group is empty")
        for table in (arcs, back):
            inner = {u: [v for v in table[u] if number[v] == i] for u in group}
            require(len(reach(inner, group[0])) == len(group), "a group is not strongly connected")
        between[i] = {number[v]: 1 for u in group for v in arcs[u] if number[v] != i}
    require(topological(between) is not None, "two groups reach each other")
    return between


@checker("strongly_connected_components")
def check_strongly_connected_components(graph: Graph, answer: Groups) -> str:
    """searches ahead and backwards inside each group, and an order of the groups along all edges"""
    settled(answer)
    require(answer.score is None and answer.witness is None, "a field that is not needed")
    strong_classes(graph, answer.groups)
    _biggest_first(graph, answer.groups)
    return f"the {len(answer.groups)} groups are strongly connected, and no cycle joins two of them"


@checker("strong_component_of")
def check_strong_component_of(graph: Graph, answer: Nodes, node: Any) -> str:
    """searches ahead and backwards over the list of edges"""
    node = graph.node(node)
    both = reach(arcs_of(graph), node) & reach(arcs_of(graph, turned=True), node)
    nodes_are(graph, answer, list(both), "nodes")
    return f"{node} and {len(answer.nodes) - 1} other nodes reach each other, and no more"


@checker("is_strongly_connected")
def check_is_strongly_connected(graph: Graph, answer: Truth) -> str:
    """searches ahead and backwards from one node, or a set of nodes that no edge leaves"""
    settled(answer)
    arcs = arcs_of(graph)
    if not answer.holds:
        require(set(answer.witness) == {"closed"}, "no set is given")
        closed_set(arcs, answer.witness["closed"])
        return f"no edge leaves {len(answer.witness['closed'])} of the nodes"
    require(answer.witness is None, "a witness that is not needed")
    first = graph.nodes[0]
    for table in (arcs, arcs_of(graph, turned=True)):
        require(len(reach(table, first)) == len(arcs), "one node does not reach all and is not reached by all")
    return f"{first} reaches every node and every node reaches {first}"


@checker("condensation")
def check_condensation(graph: Graph, answer: GraphAnswer) -> str:
    """the members proven to be the strong components, and the edges between them compared"""
    settled(answer)
    body = answer.graph.nx
    require(body.is_directed() and not body.is_multigraph(), "the condensation is not a simple directed graph")
    names = list(body)
    groups = [body.nodes[name]["members"] for name in names]
    between = strong_classes(graph, groups)
    require(all(group[0] == name for name, group in zip(names, groups)), "a component has another name")
    for group in groups:
        in_graph_order(graph, group)
    expected = {(names[i], names[j]) for i, row in between.items() for j in row}
    require({(e.source, e.target) for e in answer.graph.edges()} == expected, "an edge is missing or too many")
    return f"the {len(names)} nodes are the strongly connected components, joined as the graph joins them"
