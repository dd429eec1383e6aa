"""Checks of edits: the new graph is compared with what the definition gives, edge by edge."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph, Node
from tools.answers import GraphAnswer
from tools.certificates.base import checker, require
from tools.certificates.built import first_of_parallels, node_data, require_graph, rows


def _fresh(graph: Graph, answer: GraphAnswer, label: Any) -> Node:
    """The label that the new graph uses for one that the old graph lacks."""
    found = graph.find(label)
    if found is None:
        found = answer.graph.find(label)
        require(str(found) == str(label).strip(), f"{label} is not in the new graph")
    assert found is not None
    return found


@checker("add_node")
def check_add_node(graph: Graph, answer: GraphAnswer, node: Any) -> str:
    """nodes and edges of both graphs compared"""
    return check_add_nodes(graph, answer, [node])


@checker("add_nodes")
def check_add_nodes(graph: Graph, answer: GraphAnswer, nodes: list[Any]) -> str:
    """nodes and edges of both graphs compared"""
    added: dict[Node, dict[str, Any]] = {}
    for label in nodes:
        node = next((n for n in answer.graph if str(n) == str(label) and n not in graph), None)
        require(node is not None and node not in added, f"{label} has not been added")
        assert node is not None
        added[node] = {}
    size = require_graph(answer, node_data(graph) | added, rows(graph), directed=graph.directed)
    return f"the graph has the new nodes: {size}"


@checker("remove_node")
def check_remove_node(graph: Graph, answer: GraphAnswer, node: Any) -> str:
    """nodes and edges of both graphs compared"""
    return check_remove_nodes(graph, answer, [node])


@checker("remove_nodes")
def check_remove_nodes(graph: Graph, answer: GraphAnswer, nodes: list[Any]) -> str:
    """nodes and edges of both graphs compared"""
    gone = {graph.node(label) for label in nodes}
    kept = [row for row in rows(graph) if row[0] not in gone and row[1] not in gone]
    size = require_graph(answer, node_data(graph, lambda n: n not in gone), kept, directed=graph.directed)
    return f"without {len(gone)} nodes the graph has {size}"


@checker("add_edge")
def check_add_edge(graph: Graph, answer: GraphAnswer, source: Any, target: Any, weight: float | None = None) -> str:
    """nodes and edges of both graphs compared"""
    return _added(graph, answer, [(source, target)], {} if weight is None else {"weight": weight})


@checker("add_edges")
def check_add_edges(graph: Graph, answer: GraphAnswer, edges: list[tuple[Any, Any]]) -> str:
    """nodes and edges of both graphs compared"""
    return _added(graph, answer, edges, {})


def _added(graph: Graph, answer: GraphAnswer, edges: list[tuple[Any, Any]], data: dict[str, Any]) -> str:
    ends = [(_fresh(graph, answer, u), _fresh(graph, answer, v)) for u, v in edges]
    nodes = node_data(graph)
    for pair in ends:
        for end in pair:
            nodes.setdefault(end, {})
    new = [(u, v, (dict(data), None)) for u, v in ends]
    size = require_graph(answer, nodes, rows(graph) + new, directed=graph.directed)
    return f"with {len(ends)} more edges the graph has {size}"


@checker("remove_edge")
def check_remove_edge(graph: Graph, answer: GraphAnswer, source: Any, target: Any) -> str:
    """nodes and edges of both graphs compared"""
    return check_remove_edges(graph, answer, [(source, target)])


@checker("remove_edges")
def check_remove_edges(graph: Graph, answer: GraphAnswer, edges: list[tuple[Any, Any]]) -> str:
    """nodes and edges of both graphs compared"""
    gone = {(graph.node(u), graph.node(v)) for u, v in edges}
    gone |= set() if graph.directed else {(v, u) for u, v in gone}
    kept = [row for row in rows(graph) if (row[0], row[1]) not in gone]
    size = require_graph(answer, node_data(graph), kept, directed=graph.directed)
    return f"without the edges the graph has {size}"


@checker("contract_edge")
def check_contract_edge(graph: Graph, answer: GraphAnswer, source: Any, target: Any) -> str:
    """every edge moved by hand and compared"""
    return check_merge_nodes(graph, answer, [source, target])


@checker("merge_nodes")
def check_merge_nodes(graph: Graph, answer: GraphAnswer, nodes: list[Any]) -> str:
    """every edge moved by hand and compared"""
    merged = [graph.node(label) for label in nodes]
    to = {n: merged[0] if n in merged else n for n in graph}
    moved = [(to[u], to[v], data) for u, v, data in rows(graph) if not (u in merged and v in merged)]
    if not graph.multi:
        moved = first_of_parallels(moved, directed=graph.directed)
    kept = node_data(graph, lambda n: to[n] == n)
    return f"the merged graph has {require_graph(answer, kept, moved, directed=graph.directed)}"


@checker("relabel_nodes")
def check_relabel_nodes(graph: Graph, answer: GraphAnswer, mapping: dict[Any, Any]) -> str:
    """every node and edge renamed by hand and compared"""
    new = {graph.node(old): label for old, label in mapping.items()}
    to = {n: answer.graph.find(new[n]) if n in new else n for n in graph}
    require(all(str(to[n]) == str(label) for n, label in new.items()), "a node has another name")
    require(len(set(to.values())) == graph.num_nodes, "two nodes have one name")
    renamed = {to[n]: data for n, data in node_data(graph).items()}
    edges = [(to[u], to[v], data) for u, v, data in rows(graph)]
    return f"the renamed graph has {require_graph(answer, renamed, edges, directed=graph.directed)}"


@checker("set_weight")
def check_set_weight(
    graph: Graph, answer: GraphAnswer, source: Any, target: Any, value: float, attribute: str = "weight"
) -> str:
    """every edge compared"""
    u, v = graph.node(source), graph.node(target)
    pairs = {(u, v)} if graph.directed else {(u, v), (v, u)}
    edges = [
        (a, b, ({**data, attribute: value}, origin) if (a, b) in pairs else (data, origin))
        for a, b, (data, origin) in rows(graph)
    ]
    require_graph(answer, node_data(graph), edges, directed=graph.directed)
    return f"the edge {u}-{v} has {attribute} {value}, and nothing else has changed"


@checker("scale_weights")
def check_scale_weights(graph: Graph, answer: GraphAnswer, factor: float, attribute: str = "weight") -> str:
    """every edge compared"""
    edges = [
        (u, v, ({k: x * factor if k == attribute else x for k, x in data.items()}, origin))
        for u, v, (data, origin) in rows(graph)
    ]
    require_graph(answer, node_data(graph), edges, directed=graph.directed)
    return f"every {attribute} is {factor} times what it was"
