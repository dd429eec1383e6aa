"""Checks of eccentricities: distances from every node by label correction."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Nodes, NodeValues, Number
from tools.certificates.agreement import close, settled
from tools.certificates.base import checker, require
from tools.certificates.degrees import equals
from tools.certificates.distances import distance_table, equal_values, tied_nodes
from tools.certificates.evidence import arcs_of, path_cost, relaxed


def _eccentricities(graph: Graph, weight: str | None) -> dict[Any, float]:
    return {u: max(row.values()) for u, row in distance_table(graph, weight).items()}


@checker("eccentricity")
def check_eccentricity(graph: Graph, answer: Number, node: Any, weight: str | None = None) -> str:
    """distances from the node by label correction, compared"""
    settled(answer)
    found = relaxed(arcs_of(graph, weight), graph.node(node))
    require(len(found) == len(graph.nodes), "some node cannot be reached")
    require(close(answer.number, max(found.values())), f"the greatest distance is {max(found.values())}")
    require(close(found[answer.witness], answer.number), "the witness is not that far")
    return f"no node is farther from {node} than {answer.witness}, at {answer.number}"


@checker("eccentricities")
def check_eccentricities(graph: Graph, answer: NodeValues, weight: str | None = None) -> str:
    """distances from every node by label correction, compared"""
    settled(answer)
    fine = answer.witness is None and equal_values(answer.values, _eccentricities(graph, weight))
    require(fine, "an eccentricity is wrong")
    return "every node has the eccentricity listed"


@checker("average_eccentricity")
def check_average_eccentricity(graph: Graph, answer: Number, weight: str | None = None) -> str:
    """distances from every node by label correction, compared and averaged"""
    found = _eccentricities(graph, weight)
    equals(answer, sum(found.values()) / len(found))
    return f"the average eccentricity is {answer.number}"


@checker("diameter")
def check_diameter(graph: Graph, answer: Number, weight: str | None = None) -> str:
    """a path of that length walked, and distances from every node by label correction"""
    settled(answer)
    rows = distance_table(graph, weight)
    most = max(max(row.values()) for row in rows.values())
    require(close(answer.number, most), f"the greatest distance is {most}")
    path = answer.witness
    require(close(path_cost(arcs_of(graph, weight), path, path[0], path[-1]), most), "the witness has another length")
    require(close(rows[path[0]][path[-1]], most), "the ends of the witness are not that far apart")
    return f"{path[0]} and {path[-1]} are {answer.number} apart, and no two nodes are farther"


@checker("radius")
def check_radius(graph: Graph, answer: Number, weight: str | None = None) -> str:
    """distances from every node by label correction, compared"""
    settled(answer)
    found = _eccentricities(graph, weight)
    require(close(answer.number, min(found.values())), f"the least eccentricity is {min(found.values())}")
    require(close(found[answer.witness], answer.number), "the witness has another eccentricity")
    return f"{answer.witness} has eccentricity {answer.number}, and no node has less"


@checker("center")
def check_center(graph: Graph, answer: Nodes, weight: str | None = None) -> str:
    """distances from every node by label correction, compared"""
    found = _eccentricities(graph, weight)
    require(answer.witness is None, "a witness that is not needed")
    tied_nodes(graph, answer, found, min(found.values()))
    return f"{len(answer.nodes)} nodes have the least eccentricity, {min(found.values()):g}, and no others"


@checker("periphery")
def check_periphery(graph: Graph, answer: Nodes, weight: str | None = None) -> str:
    """distances from every node by label correction, compared"""
    found = _eccentricities(graph, weight)
    require(answer.witness is None, "a witness that is not needed")
    tied_nodes(graph, answer, found, max(found.values()))
    return f"{len(answer.nodes)} nodes have the greatest eccentricity, {max(found.values()):g}, and no others"
