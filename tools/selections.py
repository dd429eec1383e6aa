"""Parts of a graph: the nodes or edges that are named, near a node, or meet a condition."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any, Literal

import networkx as nx

from graphs.errors import BadArgument, EdgeNotFound, MissingAttribute
from graphs.graph import Graph, Node
from tools.answers import GraphAnswer
from tools.edits import edited, names
from tools.registry import Attribute, NodeArg, NodesArg, PairsArg, tool

Comparison = Literal["<", "<=", "=", "!=", ">=", ">"]
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def edge_rows(graph: Graph) -> Iterable[tuple[Any, ...]]:
    """The edges as networkx takes them back: ends, key where edges have one, attributes."""
    rows: Iterable[tuple[Any, ...]] = graph.nx.edges(keys=True, data=True) if graph.multi else graph.nx.edges(data=True)
    return rows


def part(graph: Graph, nodes: Iterable[Node], rows: Iterable[tuple[Any, ...]]) -> nx.Graph:
    """A body of the same kind with these nodes, in the graph's order, and those of the `rows` that lie among them."""
    kept = set(nodes)
    body = type(graph.nx)()
    body.add_nodes_from((n, dict(data)) for n, data in graph.nx.nodes(data=True) if n in kept)
    body.add_edges_from((*row[:-1], dict(row[-1])) for row in rows if row[0] in kept and row[1] in kept)
    return body


@tool(
    phrases=("induced subgraph", "subgraph of the nodes", "only the nodes"),
    asks=(
        "Take the subgraph induced by the nodes {nodes}.",
        "Keep only the nodes {nodes}.",
        "Give the induced subgraph on {nodes}.",
        "subgraph of {nodes}",
    ),
)
def subgraph(graph: Graph, nodes: NodesArg) -> GraphAnswer:
    """Keep the given nodes and every edge among them. O(n + m)."""
    kept = {graph.node(label) for label in nodes}
    return edited(graph, part(graph, kept, edge_rows(graph)), f"only {names(n for n in graph if n in kept)}")


@tool(
    phrases=("edge subgraph", "subgraph of the edges", "only the edges"),
    asks=(
        "Take the subgraph of the edges {edges}.",
        "Keep only the edges {edges}.",
        "Give the edge subgraph of {edges}.",
        "edge-induced subgraph {edges}",
    ),
)
def edge_subgraph(graph: Graph, edges: PairsArg) -> GraphAnswer:
    """Keep the given edges, with their parallels, and their ends. O(n + m).

    Raises:
        EdgeNotFound: one of them is not in the graph.
    """
    kept = {(graph.node(u), graph.node(v)) for u, v in edges}
    for u, v in kept:
        if not graph.has_edge(u, v):
            raise EdgeNotFound(u, v)
    kept |= set() if graph.directed else {(v, u) for u, v in kept}
    rows = [row for row in edge_rows(graph) if row[:2] in kept]
    body = part(graph, (end for row in rows for end in row[:2]), rows)
    return edited(graph, body, f"only the edges {names(f'{u}-{v}' for u, v in edges)}")


@tool(
    phrases=("ego graph", "ego network", "neighbourhood subgraph", "k hop neighbourhood"),
    asks=(
        "Give the ego graph of {node}.",
        "Take the ego network of {node} with radius {radius}.",
        "Keep only what lies within {radius} hops of {node}.",
        "ego graph of {node}, radius {radius}",
    ),
)
def ego_graph(graph: Graph, node: NodeArg, radius: int = 1) -> GraphAnswer:
    """Keep the nodes within `radius` edges of `node` (along their directions), and the edges among them. O(n + m).

    Raises:
        BadArgument: `radius` is negative.
    """
    node = graph.node(node)
    if radius < 0:
        raise BadArgument(f"the radius must not be negative, and {radius} is")
    near = nx.single_source_shortest_path_length(graph.nx, node, cutoff=radius)
    return edited(graph, part(graph, near, edge_rows(graph)), f"only within {radius} hops of {node}")


@tool(
    phrases=("filter the edges", "keep edges whose attribute", "edges heavier than", "edges lighter than"),
    asks=(
        "Keep only the edges whose {attribute} is {comparison} {value}.",
        "Filter the edges: {attribute} {comparison} {value}.",
        "Drop all edges but those with {attribute} {comparison} {value}.",
        "edges where {attribute} {comparison} {value}",
    ),
)
def filter_edges(graph: Graph, attribute: Attribute, comparison: Comparison, value: float) -> GraphAnswer:
    """Keep the edges whose `attribute` compares with `value` as asked; all nodes stay. O(n + m).

    Edges without a number under `attribute` are dropped.

    Raises:
        MissingAttribute: no edge carries it.
    """
    if not graph.has_edge_attribute(attribute):
        raise MissingAttribute(attribute, "filtering")
    rows = [row for row in edge_rows(graph) if holds(row[-1].get(attribute), comparison, value)]
    body = part(graph, graph, rows)
    return edited(graph, body, f"only edges with {attribute} {comparison} {value}")


@tool(
    phrases=("filter the nodes", "keep nodes whose attribute", "nodes with attribute above"),
    asks=(
        "Keep only the nodes whose {attribute} is {comparison} {value}.",
        "Filter the nodes: {attribute} {comparison} {value}.",
        "Drop all nodes but those with {attribute} {comparison} {value}.",
        "nodes where {attribute} {comparison} {value}",
    ),
)
def filter_nodes(graph: Graph, attribute: Attribute, comparison: Comparison, value: float) -> GraphAnswer:
    """Keep the nodes whose `attribute` compares with `value` as asked, and the edges among them. O(n + m).

    Nodes without a number under `attribute` are dropped. `degree` is the node's degree unless nodes carry it.

    Raises:
        MissingAttribute: no node carries it.
    """
    if attribute in graph.node_attribute_names():
        figure = dict(graph.nx.nodes(data=attribute))
    elif attribute == "degree":
        figure = dict(graph.nx.degree())
    else:
        raise MissingAttribute(attribute, "filtering", of="nodes")
    kept = [n for n in graph if holds(figure[n], comparison, value)]
    return edited(graph, part(graph, kept, edge_rows(graph)), f"only nodes with {attribute} {comparison} {value}")


def holds(figure: Any, comparison: str, value: float) -> bool:
    """Whether a number compares so; anything else does not."""
    return isinstance(figure, (int, float)) and COMPARE[comparison](figure, value)
