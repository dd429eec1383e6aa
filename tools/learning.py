"""Reasoning from labelled neighbours: label propagation and votes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from graphs.errors import BadArgument, MissingAttribute
from graphs.graph import Graph, Node
from tools.answers import Category, NodeValues
from tools.arcs import require_categories, undirected_arcs
from tools.matrices import reached, solve
from tools.registry import Attribute, Labels, NodeArg, tool


@tool(
    phrases=(
        "predict the label",
        "node classification",
        "does node like",
        "label propagation prediction",
        "semi-supervised classification",
    ),
    asks=(
        "What is the label of {node}?",
        "Does node {node} like {choices}?",
        "Predict the class of {node} from its neighbours.",
        "Which of {choices} does {node} like?",
        "Classify node {node} by label propagation.",
    ),
)
def predict_label(
    graph: Graph,
    node: NodeArg,
    choices: str | None = None,
    attribute: Attribute = "label",
    labels: Labels | None = None,
) -> Category:
    """Guess a node's label from the labels of the others: the harmonic function on its component.

    Labels come from the node attribute `attribute`, or from `labels`; `choices` ("golf or tennis") restricts them.
    Each unlabelled node's share of a class is the mean of its neighbours' shares, directions ignored; the largest
    share wins; of equal ones the label more common in the graph, then the one named first. A node that has a label
    keeps it. Where no labelled node is in reach, the prior decides: of two classes the rarer one, since like sits
    with like and a part cut off from all labels is rather the other group; of more classes the most common. The
    witness gives the shares of each node that is reached without passing a label (an empty list: none). However
    exact the shares, the answer is a guess: homophily is assumed. O(n^3). Zhu, Ghahramani and Lafferty (2003).

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute: no node has a label.
        BadArgument: no node carries any of `choices`.

    >>> graph = Graph.from_edges([(1, 2), (2, 3)])
    >>> predict_label(graph, 2, labels={1: "tennis", 3: "tennis"}).category
    'tennis'
    """
    node = graph.node(node)
    known, classes = _known_labels(graph, attribute, labels, choices)
    if node in known:
        return Category(known[node], estimated=False, notes=(f"the graph gives the label of {node}",))
    shares = _harmonic_shares(undirected_arcs(graph), known, classes, node)
    category, notes = _decide(shares[node], known, classes, node)
    return Category(category, shares, estimated=True, notes=notes)


def _known_labels(
    graph: Graph, attribute: str, labels: Labels | None, choices: str | None
) -> tuple[dict[Node, Any], list[Any]]:
    """The labelled nodes in the graph's order, and the classes: as named in `choices`, else as they appear."""
    if labels is None:
        given = {node: data[attribute] for node, data in graph.nx.nodes(data=True) if data.get(attribute) is not None}
    else:
        by_node = {graph.node(node): label for node, label in labels.items()}
        given = {node: by_node[node] for node in graph if by_node.get(node) is not None}
    if not given:
        raise MissingAttribute(attribute, "predicting a label", of="nodes")
    require_categories(given.values(), attribute)
    if choices is None:
        return given, list(dict.fromkeys(given.values()))
    named = read_choices(choices)
    wanted = {choice.casefold(): choice for choice in named}
    kept = {node: label for node, label in given.items() if str(label).casefold() in wanted}
    found = list(dict.fromkeys(kept.values()))
    if not found:
        raise BadArgument(f"no node is labelled {' or '.join(named)}; the labels are {_listed(given.values())}")
    present = {str(label).casefold(): label for label in found}
    return kept, [present.get(choice, wanted[choice]) for choice in wanted]


def read_choices(text: str) -> list[str]:
    """The alternatives in a text such as "golf, tennis or chess".

    >>> read_choices("golf, tennis or chess")
    ['golf', 'tennis', 'chess']
    """
    parts = re.split(r"[,;/|]|\bor\b", text[:2000])
    return list(dict.fromkeys(part.strip(" \t\n\"'.?") for part in parts if part.strip(" \t\n\"'.?")))


def _listed(labels: Any) -> str:
    return ", ".join(str(label)[:40] for label in list(dict.fromkeys(labels))[:8])


def _harmonic_shares(
    around: dict[Node, dict[Node, None]], known: Mapping[Node, Any], classes: list[Any], start: Node
) -> dict[Node, list[float]]:
    """The share of each class at each node reached from `start` without passing a labelled node.

    Empty lists when no labelled node is reached.
    """
    visited = reached(around, start, stop=known)
    if not any(node in known for node in visited):
        return {node: [] for node in visited}
    place = {node: i for i, node in enumerate(w for w in visited if w not in known)}
    equations: list[dict[int, float]] = []
    for node in place:
        row: dict[int, float] = {place[w]: -1.0 for w in around[node] if w in place}
        equations.append({**row, place[node]: float(len(around[node]))})
    columns = []
    for label in classes:
        right = [float(sum(known.get(w) == label for w in around[node] if w in known)) for node in place]
        columns.append(solve(equations, right))
    return {
        node: [column[place[node]] for column in columns]
        if node in place
        else [float(known[node] == label) for label in classes]
        for node in visited
    }


def _decide(
    shares: list[float], known: Mapping[Node, Any], classes: list[Any], node: Node
) -> tuple[Any, tuple[str, ...]]:
    """The class of the largest share; without shares the prior (see `predict_label`)."""
    counts = Counter(known.values())
    if not shares:
        rarer = len(classes) == 2
        choice = max(classes, key=lambda label: -counts[label] if rarer else counts[label])
        prior = "the rarer of the two labels" if rarer else "the most common label"
        return choice, (f"no labelled node can be reached from {node}; {prior} was taken",)
    best = max(shares)
    ties = [label for label, share in zip(classes, shares) if math.isclose(share, best, abs_tol=1e-9)]
    choice = max(ties, key=lambda label: counts[label])
    if len(ties) > 1:
        return choice, (f"{', '.join(map(str, ties))} are equally likely; the more common or first one was taken",)
    return choice, ()


@tool(
    phrases=("predict all labels", "classify all nodes", "propagate labels", "label propagation"),
    asks=(
        "Predict the labels of all unlabelled nodes.",
        "Propagate the labels through the graph.",
        "Classify every node that has no label yet.",
        "Label propagation: give each node a label.",
    ),
)
def predict_labels(graph: Graph, attribute: Attribute = "label", labels: Labels | None = None) -> NodeValues:
    """Guess the label of every node that has none, as `predict_label` does for one.

    The witness gives the shares of the classes, in order of their first appearance, at each node, or an empty
    list where no label is in reach. O(n^3).

    Raises:
        MissingAttribute: no node has a label.
    """
    known, classes = _known_labels(graph, attribute, labels, None)
    around = undirected_arcs(graph)
    shares: dict[Node, list[float]] = {}
    found: dict[Node, Any] = {}
    notes: dict[str, None] = {}
    for node in graph:
        if node in known:
            continue
        if node not in shares:
            block = _harmonic_shares(around, known, classes, node)
            shares.update({w: share for w, share in block.items() if w not in known})
        found[node], said = _decide(shares[node], known, classes, node)
        notes.update(dict.fromkeys(said))
    shares = {node: shares[node] for node in found}
    return NodeValues(found, shares, estimated=True, notes=tuple(notes)[:5])


@tool(
    phrases=("majority label of the neighbours", "most common label among neighbours", "neighbour vote"),
    asks=(
        "What is the most common label among the neighbours of {node}?",
        "Which label do most neighbours of {node} have?",
        "majority label around {node}",
        "Let the neighbours of {node} vote on its label.",
    ),
)
def neighbour_majority(
    graph: Graph, node: NodeArg, attribute: Attribute = "label", labels: Labels | None = None
) -> Category:
    """The label that most neighbours of a node carry, directions ignored; None when no neighbour is labelled.

    Of equally common ones the one first met in the graph's order. The witness counts the labels. O(degree + n).

    Raises:
        NodeNotFound: `node` is not in the graph.
        MissingAttribute: no node has a label.
    """
    node = graph.node(node)
    known, _ = _known_labels(graph, attribute, labels, None)
    near = undirected_arcs(graph)[node]
    counts = Counter(label for w, label in known.items() if w in near)
    if not counts:
        return Category(None, {}, notes=(f"no neighbour of {node} has a label",))
    top = max(counts.values())
    ties = [label for label, count in counts.items() if count == top]
    notes = (f"{', '.join(map(str, ties))} are equally common; the first was taken",) if len(ties) > 1 else ()
    return Category(ties[0], dict(counts), notes=notes)
