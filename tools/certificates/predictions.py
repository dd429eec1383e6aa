"""Checks of guessed classes: that what is said hangs together. That a guess is true cannot be checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Category, NodeValues
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import Claim, checker, require
from tools.predictions import class_attribute


def _known(graph: Graph, attribute: str | None, labels: Mapping[Any, Any] | None) -> dict[Node, Any]:
    if labels is None:
        name = class_attribute(graph, attribute)
        return {node: data[name] for node, data in graph.nx.nodes(data=True) if data.get(name) is not None}
    return {graph.node(node): label for node, label in labels.items() if label is not None}


@checker("classify_node")
def check_classify_node(
    graph: Graph,
    answer: Category,
    node: Any,
    attribute: str | None = None,
    labels: Mapping[Any, Any] | None = None,
    **_: Any,
) -> Claim | str:
    """the class has the largest share, shares sum to 1, and only neighbours are given a part in it"""
    node, known = graph.node(node), _known(graph, attribute, labels)
    settled(answer, estimated=node not in known)
    if node in known:
        require(answer.category == known[node] and answer.witness is None, f"{node} has the class {known[node]}")
        require(type(answer.category) is type(known[node]), "the class is written otherwise in the graph")
        return f"the graph gives {node} the class {known[node]}"
    shares, falls = answer.witness["shares"], answer.witness["fidelity"]
    require(shares.keys() == set(known.values()), "not each class has a share")
    require(nearly(sum(shares.values()), 1, 1e-3 * len(shares)), "the shares do not sum to 1")
    require(shares[answer.category] == max(shares.values()), "another class has a larger share")
    require(nearly(answer.witness["confidence"], shares[answer.category]), "the confidence is not the class's share")
    require(falls.keys() == neighbour_sets(graph)[node] - {node}, "not each neighbour has its fidelity")
    return Claim(f"{answer.category} has the largest share at {node}; that it is the true class is not proven", "none")


@checker("classify_nodes")
def check_classify_nodes(
    graph: Graph,
    answer: NodeValues,
    attribute: str | None = None,
    labels: Mapping[Any, Any] | None = None,
    **_: Any,
) -> Claim:
    """exactly the nodes without a class get one that some node has, each with a confidence"""
    settled(answer, estimated=True)
    known = _known(graph, attribute, labels)
    classes = {(type(label), label) for label in known.values()}
    sure, falls = answer.witness["confidence"], answer.witness["fidelity"]
    require(
        answer.values.keys() == {w for w in graph if w not in known}, "not exactly the unlabelled nodes are labelled"
    )
    require(sure.keys() == answer.values.keys(), "not each guess has a confidence")
    for node, label in answer.values.items():
        require((type(label), label) in classes, f"no node has the class {label}")
        require(1 / len(classes) - 1e-3 <= sure[node] <= 1, f"the confidence at {node} is that of another class")
    around = neighbour_sets(graph)
    for node, fall in falls.items():
        require(fall.keys() == around[node] - {node}, f"not each neighbour of {node} has its fidelity")
    return Claim("each unlabelled node has the likeliest class; that they are the true ones is not proven", "none")
