"""Checks of whole-graph figures: each is counted again from the list of edges."""

from __future__ import annotations

from collections import Counter
from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Nodes, Number, Record, Truth
from tools.certificates.agreement import close, settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import count_degrees, equals, nodes_are
from tools.certificates.evidence import same_set


@checker("num_nodes")
def check_num_nodes(graph: Graph, answer: Number) -> str:
    """the nodes counted one by one"""
    equals(answer, sum(1 for _ in graph))
    return f"the graph has {answer.number} nodes"


@checker("num_edges")
def check_num_edges(graph: Graph, answer: Number) -> str:
    """the edges counted one by one"""
    equals(answer, sum(1 for _ in graph.edges()))
    return f"the graph has {answer.number} edges"


@checker("density")
def check_density(graph: Graph, answer: Number) -> str:
    """edges counted against ordered pairs of nodes"""
    n = len(graph.nodes)
    ends = sum(1 if graph.directed else 2 for _ in graph.edges())
    equals(answer, ends / (n * n - n) if n > 1 else 0)
    return f"the density is {answer.number}"


@checker("list_nodes")
def check_list_nodes(graph: Graph, answer: Nodes) -> str:
    """the list compared with the graph"""
    nodes_are(graph, answer, graph.nodes, "nodes")
    return f"these are the {len(answer.nodes)} nodes of the graph"


def _edges_are(answer: Edges, expected: list[tuple[Any, Any]]) -> None:
    settled(answer)
    require(answer.witness is None and answer.total is None, "a field that is not needed")
    require(answer.edges == expected, "the edges are others")


@checker("list_edges")
def check_list_edges(graph: Graph, answer: Edges) -> str:
    """the list compared with the graph"""
    _edges_are(answer, [(e.source, e.target) for e in graph.edges()])
    return f"these are the {len(answer.edges)} edges of the graph"


@checker("self_loops")
def check_self_loops(graph: Graph, answer: Edges) -> str:
    """the ends of every edge compared"""
    _edges_are(answer, [(e.source, e.target) for e in graph.edges() if e.source == e.target])
    return f"{len(answer.edges)} edges are self-loops, and no others"


@checker("parallel_edges")
def check_parallel_edges(graph: Graph, answer: Edges) -> str:
    """edges counted for every pair of ends"""
    settled(answer)
    require(answer.witness is None and answer.total is None, "a field that is not needed")
    same_set([_pair(graph, u, v) for u, v in answer.edges], _doubled(graph), "pairs")
    return f"{len(answer.edges)} pairs of nodes are joined by parallel edges, and no others"


def _pair(graph: Graph, u: Any, v: Any) -> Any:
    return (u, v) if graph.directed else frozenset((u, v))


def _doubled(graph: Graph) -> list[Any]:
    counts = Counter(_pair(graph, e.source, e.target) for e in graph.edges())
    return [pair for pair, count in counts.items() if count > 1]


@checker("total_weight")
def check_total_weight(graph: Graph, answer: Number, weight: str = "weight") -> str:
    """the weights added up one by one"""
    equals(answer, sum(e.attributes[weight] for e in graph.edges()))
    return f"the edges weigh {answer.number} together"


@checker("average_edge_weight")
def check_average_edge_weight(graph: Graph, answer: Number, weight: str = "weight") -> str:
    """the weights added up and counted"""
    weights = [e.attributes[weight] for e in graph.edges()]
    equals(answer, sum(weights) / len(weights))
    return f"an edge weighs {answer.number} on average"


def _extreme_edge(graph: Graph, answer: Edges, weight: str, *, highest: bool) -> str:
    settled(answer)
    require(answer.witness is None and len(answer.edges) == 1, "not one edge")
    weights = [e.attributes[weight] for e in graph.edges()]
    best = max(weights) if highest else min(weights)
    require(close(answer.total, best), f"the weight is {best}")
    own = [(e.source, e.target) for e in graph.edges() if e.attributes[weight] == best]
    require(answer.edges[0] in own, "the edge has another weight")
    return f"the edge weighs {best}, and no edge weighs {'more' if highest else 'less'}"


@checker("heaviest_edge")
def check_heaviest_edge(graph: Graph, answer: Edges, weight: str = "weight") -> str:
    """all weights compared"""
    return _extreme_edge(graph, answer, weight, highest=True)


@checker("lightest_edge")
def check_lightest_edge(graph: Graph, answer: Edges, weight: str = "weight") -> str:
    """all weights compared"""
    return _extreme_edge(graph, answer, weight, highest=False)


@checker("reciprocity")
def check_reciprocity(graph: Graph, answer: Number) -> str:
    """every ordered pair looked up"""
    edges = list(graph.edges())
    both = Counter(frozenset((u, v)) for u, v in {(e.source, e.target) for e in edges} if u != v)
    loops = {e.source for e in edges if e.source == e.target}
    mutual = sum(2 for count in both.values() if count == 2)
    equals(answer, mutual / (sum(both.values()) + len(loops)))
    return f"a share of {answer.number} of the edges is reciprocated"


@checker("graph_summary")
def check_graph_summary(graph: Graph, answer: Record) -> str:
    """every figure counted again"""
    settled(answer)
    edges, table = list(graph.edges()), count_degrees(graph)
    n = len(table)
    expected: dict[str, Any] = {
        "num_nodes": n,
        "num_edges": len(edges),
        "directed": graph.nx.is_directed(),
        "multi": graph.nx.is_multigraph(),
        "weighted": any("weight" in e.attributes for e in edges),
        "density": len(edges) * (1 if graph.directed else 2) / (n * n - n) if n > 1 else 0,
        "self_loops": sum(e.source == e.target for e in edges),
        "isolated_nodes": sum(d == 0 for d in table.values()),
    }
    if n:
        degrees = table.values()
        extra = {"average_degree": sum(degrees) / n, "minimum_degree": min(degrees), "maximum_degree": max(degrees)}
        expected |= extra
    figures = answer.figures
    require(answer.witness is None and set(figures) == set(expected), "a figure is missing or unknown")
    for name, value in expected.items():
        fine = figures[name] is value if isinstance(value, bool) else close(figures[name], value)
        require(fine, f"{name} is {value}")
    return "every figure of the summary is right"


@checker("graph_properties")
def check_graph_properties(graph: Graph, answer: Record) -> str:
    """every property looked up on nodes and edges"""
    settled(answer)
    edges = list(graph.edges())
    names = dict.fromkeys(name for e in edges for name in e.attributes)
    sides = [data.get("side") for _, data in graph.nx.nodes(data=True)]
    expected = {
        "directed": graph.nx.is_directed(),
        "multi": graph.nx.is_multigraph(),
        "weighted": "weight" in names,
        "temporal": "time" in names,
        "declared_bipartite": bool(sides) and all(side in (0, 1) for side in sides),
        "edge_attributes": list(names),
        "node_attributes": list(dict.fromkeys(name for _, data in graph.nx.nodes(data=True) for name in data)),
    }
    require(answer.witness is None and dict(answer.figures) == expected, "a property is wrong")
    require(all(type(answer.figures[k]) is type(v) for k, v in expected.items()), "a property has the wrong type")
    return "the properties are those of the graph"


@checker("is_directed")
def check_is_directed(graph: Graph, answer: Truth) -> str:
    """the kind of the graph looked up"""
    settled(answer)
    require(answer.witness is None and answer.holds is graph.nx.is_directed(), "the kind is the other one")
    return f"the graph is {'' if answer.holds else 'un'}directed"


@checker("is_weighted")
def check_is_weighted(graph: Graph, answer: Truth, weight: str = "weight") -> str:
    """the attribute looked up on every edge"""
    settled(answer)
    bare = [[e.source, e.target] for e in graph.edges() if weight not in e.attributes]
    require(answer.holds is (not bare and graph.nx.number_of_edges() > 0), "the weights say otherwise")
    require(answer.witness["edge"] in bare if bare else answer.witness is None, "the witness is no bare edge")
    return f"{'every' if answer.holds else 'not every'} edge carries {weight}"


@checker("is_multigraph")
def check_is_multigraph(graph: Graph, answer: Truth) -> str:
    """edges counted for every pair of ends"""
    settled(answer)
    doubled = _doubled(graph)
    require(answer.holds is bool(doubled), "counting the edges of each pair says otherwise")
    fine = _pair(graph, *answer.witness["edge"]) in doubled if doubled else answer.witness is None
    require(fine, "the witness is no pair with parallel edges")
    return f"{'some' if answer.holds else 'no'} pair of nodes is joined by more than one edge"
