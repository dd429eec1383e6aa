"""Checks of labels taken from neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Category, NodeValues
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import nearly, settled
from tools.certificates.base import checker, require
from tools.learning import read_choices


def _labels(graph: Graph, attribute: str, labels: Mapping[Any, Any] | None) -> dict[Node, Any]:
    given = {} if labels is None else {graph.node(node): label for node, label in labels.items()}
    read = {node: graph.nx.nodes[node].get(attribute) if labels is None else given.get(node) for node in graph}
    return {node: label for node, label in read.items() if label is not None}


def _best(shares: list[float], classes: list[Any], counts: Mapping[Any, int]) -> Any:
    """The class of the largest share, of equal ones the most common, then the first; without shares the prior."""
    if not shares:
        return sorted(classes, key=lambda label: counts.get(label, 0) * (1 if len(classes) == 2 else -1))[0]
    equal = [label for label, share in zip(classes, shares) if nearly(share, max(shares), 1e-8)]
    return sorted(equal, key=lambda label: -counts.get(label, 0))[0]


def _check_harmonic(
    shares: Mapping[Node, list[float]], known: Mapping[Node, Any], classes: list[Any], around: Mapping[Node, set[Node]]
) -> None:
    """Require that each unlabelled node carries the mean of its neighbours' shares.

    Every block of unlabelled nodes with shares must touch a label: then only one function does this (the maximum
    principle). A block without shares must touch none.
    """
    left = {node for node in shares if node not in known}
    while left:
        block, touched, queue = set(), False, [next(iter(left))]
        while queue:
            node = queue.pop()
            if node in known:
                touched = True
            elif node not in block:
                block.add(node)
                queue += around[node]
        require(block <= left, "the shares leave out nodes within reach")
        left -= block
        for node in block:
            require(len(shares[node]) == (len(classes) if touched else 0), f"{node} has no share of each class")
            for i, label in enumerate(classes if touched else ()):
                near = sum(shares[w][i] if w not in known else known[w] == label for w in around[node])
                require(nearly(shares[node][i] * len(around[node]), near), f"{node} is not the mean of its neighbours")


@checker("predict_label")
def check_predict_label(
    graph: Graph,
    answer: Category,
    node: Any,
    choices: str | None = None,
    attribute: str = "label",
    labels: Mapping[Any, Any] | None = None,
) -> str:
    """the shares of the classes are the means over the neighbours, which only one function is, and the largest wins"""
    node, known = graph.node(node), _labels(graph, attribute, labels)
    classes = list(dict.fromkeys(known.values()))
    if choices is not None:
        wanted = [choice.casefold() for choice in read_choices(choices)]
        known = {w: label for w, label in known.items() if str(label).casefold() in wanted}
        spelled = {str(label).casefold(): label for label in reversed(classes)}
        spelled.update({str(label).casefold(): label for label in known.values()})
        classes = [spelled.get(choice.casefold(), choice) for choice in read_choices(choices)]
    require(known, "no node is labelled")
    settled(answer, estimated=node not in known)
    if node in known:
        require(answer.category == known[node] and answer.witness is None, f"{node} is labelled {known[node]}")
        return f"the graph labels {node} as {known[node]}"
    around, shares = neighbour_sets(graph), answer.witness
    require(node in shares, f"no shares are given for {node}")
    for w in shares:
        if w in known:
            require(
                shares[w] == [float(known[w] == label) for label in classes], f"the shares of {w} are not its label"
            )
            require(any(near in shares and near not in known for near in around[w]), f"{w} is out of reach")
    _check_harmonic(shares, known, classes, around)
    require(
        answer.category == _best(shares[node], classes, Counter(known.values())), "another class has a larger share"
    )
    seen = _block(around, known, node)
    require(shares.keys() == seen, "the shares are not those of the nodes in reach")
    return f"{answer.category} is the harmonic guess for {node}; that it is the true label is not proven"


def _block(around: Mapping[Node, set[Node]], known: Mapping[Node, Any], start: Node) -> set[Node]:
    found, left = {start}, [start]
    while left:
        u = left.pop()
        if u not in known:
            fresh = around[u] - found
            found |= fresh
            left += fresh
    return found


@checker("predict_labels")
def check_predict_labels(
    graph: Graph, answer: NodeValues, attribute: str = "label", labels: Mapping[Any, Any] | None = None
) -> str:
    """the shares of the classes are the means over the neighbours at every unlabelled node, and the largest wins"""
    settled(answer, estimated=True)
    known = _labels(graph, attribute, labels)
    classes, counts = list(dict.fromkeys(known.values())), Counter(known.values())
    unknown = {node for node in graph if node not in known}
    shares = answer.witness
    require(known and answer.values.keys() == unknown == shares.keys(), "not exactly the unlabelled nodes are labelled")
    _check_harmonic(shares, known, classes, neighbour_sets(graph))
    for node, label in answer.values.items():
        require(label == _best(shares[node], classes, counts), f"{node} has a larger share of another class")
    return "these are the harmonic guesses; that they are the true labels is not proven"


@checker("neighbour_majority")
def check_neighbour_majority(
    graph: Graph, answer: Category, node: Any, attribute: str = "label", labels: Mapping[Any, Any] | None = None
) -> str:
    """the labels of the neighbours counted"""
    settled(answer)
    node, known = graph.node(node), _labels(graph, attribute, labels)
    near = neighbour_sets(graph)[node]
    votes = [label for w, label in known.items() if w in near]
    counts = Counter(votes)
    require(answer.witness == counts, "the labels are counted wrongly")
    require(answer.category == max(votes, key=counts.__getitem__, default=None), "another label is more common")
    return f"{answer.category} is the most common label among the neighbours of {node}" if votes else "no vote is cast"
