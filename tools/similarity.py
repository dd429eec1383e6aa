"""How alike two nodes are by the neighbours that they share: Jaccard, Adamic-Adar and others; missing links."""

from __future__ import annotations

import math
from typing import Any

from graphs.errors import WrongKind
from graphs.graph import Graph, Node
from tools.answers import Groups, NodeAnswer, Number, Truth
from tools.registry import NodeArg, tool
from tools.shared_neighbours import Direction, Measure, neighbours_of, score_of


def _pair(graph: Graph, measure: Measure, u: Any, v: Any, direction: Direction) -> Number:
    u, v = graph.node(u), graph.node(v)
    a, b = neighbours_of(graph, u, direction), neighbours_of(graph, v, direction)
    witness = _witness(graph, a, b)
    score = score_of(measure, a, b, lambda w: len(neighbours_of(graph, w, "all")))
    return Number(score, witness, notes=_notes(graph, direction))


def _witness(graph: Graph, a: dict[Node, None], b: dict[Node, None]) -> dict[str, list[Node]]:
    """The neighbours of both nodes and the common ones, in the graph's order."""
    ordered = [w for w in graph if w in a or w in b]
    return {
        "common": [w for w in ordered if w in a and w in b],
        "neighbours_of_u": [w for w in ordered if w in a],
        "neighbours_of_v": [w for w in ordered if w in b],
    }


def _notes(graph: Graph, direction: Direction) -> tuple[str, ...]:
    read = {"out": "successors", "in": "predecessors", "all": "successors and predecessors"}[direction]
    return (f"the graph is directed: a node's neighbours are its {read}",) if graph.directed else ()


@tool(
    phrases=("jaccard coefficient", "jaccard similarity", "jaccard index", "share of common neighbours"),
    asks=(
        "What is the Jaccard coefficient of {u} and {v}?",
        "Calculate the Jaccard coefficient of node {u} and node {v}.",
        "Jaccard similarity between {u} and {v}",
        "Give the Jaccard index of the neighbourhoods of {u} and {v}.",
    ),
)
def jaccard_coefficient(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """The number of common neighbours of two nodes divided by the number of nodes that neighbour at least one.

    Self-loops do not count; 0 when neither node has a neighbour. In a directed graph neighbours are the successors
    unless `direction` says "in" or "all". O(degree of u + degree of v). Jaccard (1901).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.

    >>> jaccard_coefficient(Graph.from_edges([(1, 3), (2, 3), (2, 4)]), 1, 2).number
    0.5
    """
    return _pair(graph, "jaccard", u, v, direction)


@tool(
    phrases=("adamic-adar index", "adamic adar", "rarity weighted common neighbours"),
    asks=(
        "What is the Adamic-Adar index of {u} and {v}?",
        "Compute the Adamic Adar score between {u} and {v}.",
        "adamic-adar {u} {v}",
        "How high is the Adamic/Adar measure for the pair {u}, {v}?",
    ),
)
def adamic_adar_index(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """The sum of 1 / ln(degree) over the common neighbours of two nodes: rare friends count more.

    The degree of a common neighbour is the number of its distinct neighbours in either direction; one of degree 1
    (only possible when u = v or edges are directed) adds nothing. O(sum of the degrees). Adamic and Adar (2003).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    return _pair(graph, "adamic_adar", u, v, direction)


@tool(
    phrases=("resource allocation index", "resource allocation"),
    asks=(
        "What is the resource allocation index of {u} and {v}?",
        "Compute the resource allocation score between {u} and {v}.",
        "resource allocation index {u} {v}",
        "How much resource would {u} send to {v} by the resource allocation index?",
    ),
)
def resource_allocation_index(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """The sum of 1 / degree over the common neighbours of two nodes.

    The degree of a common neighbour is the number of its distinct neighbours in either direction.
    O(sum of the degrees). Zhou, Lü and Zhang (2009).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    return _pair(graph, "resource_allocation", u, v, direction)


@tool(
    phrases=("preferential attachment score", "product of degrees", "preferential attachment of two nodes"),
    asks=(
        "What is the preferential attachment score of {u} and {v}?",
        "Compute the product of the degrees of {u} and {v}.",
        "preferential attachment {u} {v}",
        "How likely are {u} and {v} to link by preferential attachment score?",
    ),
)
def preferential_attachment_score(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """The product of the numbers of distinct neighbours of two nodes.

    O(degree of u + degree of v). Barabási and Albert (1999); Newman (2001).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    return _pair(graph, "preferential_attachment", u, v, direction)


@tool(
    phrases=("sorensen index", "sorensen dice coefficient", "dice similarity"),
    asks=(
        "What is the Sørensen index of {u} and {v}?",
        "Compute the Dice similarity of {u} and {v}.",
        "Sorensen-Dice coefficient {u} {v}",
        "Give the Dice coefficient of the neighbourhoods of {u} and {v}.",
    ),
)
def sorensen_index(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """Twice the number of common neighbours divided by the sum of the two degrees (Sørensen-Dice).

    Self-loops do not count; 0 when neither node has a neighbour. O(degree of u + degree of v). Sørensen (1948).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    return _pair(graph, "sorensen", u, v, direction)


@tool(
    phrases=("salton index", "cosine similarity", "cosine of neighbourhoods"),
    asks=(
        "What is the Salton index of {u} and {v}?",
        "Compute the cosine similarity of nodes {u} and {v}.",
        "cosine similarity {u} {v}",
        "Give the Salton cosine of the neighbourhoods of {u} and {v}.",
    ),
)
def salton_index(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """The number of common neighbours divided by the square root of the product of the degrees (cosine similarity).

    Self-loops do not count; 0 when a node has no neighbour. O(degree of u + degree of v). Salton and McGill (1983).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    return _pair(graph, "salton", u, v, direction)


@tool(
    phrases=("hub promoted index", "overlap coefficient", "szymkiewicz simpson"),
    asks=(
        "What is the hub promoted index of {u} and {v}?",
        "Compute the overlap coefficient of {u} and {v}.",
        "hub promoted index {u} {v}",
        "Give the overlap coefficient of the neighbourhoods of {u} and {v}.",
    ),
)
def hub_promoted_index(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """The number of common neighbours divided by the smaller degree; also called the overlap coefficient.

    0 when a node has no neighbour. O(degree of u + degree of v). Ravasz et al. (2002).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    return _pair(graph, "hub_promoted", u, v, direction)


@tool(
    phrases=("hub depressed index", "hub depressed similarity"),
    asks=(
        "What is the hub depressed index of {u} and {v}?",
        "Compute the hub depressed similarity of {u} and {v}.",
        "hub depressed index {u} {v}",
        "Give the hub-depressed index between {u} and {v}.",
    ),
)
def hub_depressed_index(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """The number of common neighbours divided by the larger degree; 0 when neither node has a neighbour.

    O(degree of u + degree of v). Zhou, Lü and Zhang (2009).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    return _pair(graph, "hub_depressed", u, v, direction)


@tool(
    phrases=("leicht holme newman index", "lhn similarity"),
    asks=(
        "What is the Leicht-Holme-Newman index of {u} and {v}?",
        "Compute the LHN similarity of {u} and {v}.",
        "leicht holme newman {u} {v}",
        "Give the LHN index between {u} and {v}.",
    ),
)
def leicht_holme_newman_index(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """The number of common neighbours divided by the product of the degrees; 0 when a node has no neighbour.

    O(degree of u + degree of v). Leicht, Holme and Newman (2006), the local index.

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    return _pair(graph, "leicht_holme_newman", u, v, direction)


@tool(
    phrases=("matching index", "topological overlap of two nodes"),
    asks=(
        "What is the matching index of {u} and {v}?",
        "Compute the matching index between {u} and {v}.",
        "matching index {u} {v}",
        "How large is the matching index for nodes {u} and {v}?",
    ),
)
def matching_index(graph: Graph, u: NodeArg, v: NodeArg, direction: Direction = "out") -> Number:
    """Twice the number of common neighbours divided by the degrees of the two nodes, their own edge not counted.

    0 when no other edge is left. O(degree of u + degree of v). Hilgetag et al. (2002).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    u, v = graph.node(u), graph.node(v)
    a, b = neighbours_of(graph, u, direction), neighbours_of(graph, v, direction)
    left = len(a) + len(b) - (v in a) - (u in b)
    witness = _witness(graph, a, b)
    return Number(2 * len(witness["common"]) / left if left else 0.0, witness, notes=_notes(graph, direction))


@tool(
    phrases=("structurally equivalent", "same neighbourhood", "same neighbours", "twins"),
    asks=(
        "Are {u} and {v} structurally equivalent?",
        "Do {u} and {v} have the same neighbours?",
        "Is the neighbourhood of {u} the same as that of {v}?",
        "Check whether {u} and {v} are twins.",
    ),
)
def structurally_equivalent(graph: Graph, u: NodeArg, v: NodeArg) -> Truth:
    """Whether two nodes have the same neighbours, so that swapping the two changes no edge.

    Self-loops do not count. In a directed graph both the successors and the predecessors must agree, and an edge
    between the two must go both ways. The witness is a node that only one of the two is joined to in the same way,
    or None. O(degree of u + degree of v). Lorrain and White (1971).

    Raises:
        NodeNotFound: `u` or `v` is not in the graph.
    """
    u, v = graph.node(u), graph.node(v)
    directions: tuple[Direction, ...] = ("out", "in") if graph.directed else ("all",)
    for direction in directions:
        a, b = neighbours_of(graph, u, direction), neighbours_of(graph, v, direction)
        for w in (*a, *b):
            if w not in (u, v) and (w in a) != (w in b):
                return Truth(False, w)
        if u != v and (v in a) != (u in b):
            return Truth(False, v)
    return Truth(True)


@tool(
    phrases=("structural equivalence classes", "groups of structurally equivalent nodes", "classes of twins"),
    asks=(
        "What are the structural equivalence classes of the graph?",
        "Group the nodes that have exactly the same neighbours.",
        "List the structural equivalence classes.",
        "Which nodes are structurally equivalent to each other?",
    ),
)
def structural_equivalence_classes(graph: Graph) -> Groups:
    """The nodes grouped so that swapping two of a group changes no edge; classes in the graph's order.

    An equivalence relation: equal open neighbourhoods join nodes that are not adjacent, equal closed neighbourhoods
    nodes that are. Self-loops do not count. O(n + m) set hashing. Lorrain and White (1971).
    """
    opened: dict[Any, list[Node]] = {}
    closed: dict[Any, list[Node]] = {}
    for node in graph:
        successors = frozenset(neighbours_of(graph, node, "out"))
        before = frozenset(neighbours_of(graph, node, "in"))
        opened.setdefault((successors, before), []).append(node)
        closed.setdefault((successors | {node}, before | {node}), []).append(node)
    grouped = {
        node: group for groups in (opened, closed) for group in groups.values() if len(group) > 1 for node in group
    }
    classes: list[list[Node]] = []
    seen: set[Node] = set()
    for node in graph:
        if node not in seen:
            classes.append(grouped.get(node, [node]))
            seen.update(classes[-1])
    return Groups(classes)


@tool(
    phrases=("most similar node", "most alike", "closest in neighbourhood"),
    asks=(
        "Which node is most similar to {u}?",
        "Find the node whose neighbourhood is most like that of {u}.",
        "Who is the most similar to {u}?",
        "Name the node that is most alike {u}.",
    ),
)
def most_similar_node(
    graph: Graph, u: NodeArg, measure: Measure = "jaccard", direction: Direction = "out"
) -> NodeAnswer:
    """The other node with the highest similarity to `u`; of equal ones the first in the graph's order.

    The witness gives the score of each other node. O(sum of the degrees).

    Raises:
        NodeNotFound: `u` is not in the graph.
        WrongKind: there is no other node.
    """
    u = graph.node(u)
    if graph.num_nodes < 2:
        raise WrongKind("the graph has only one node, so none is similar to it; add another")
    around = {node: neighbours_of(graph, node, direction) for node in graph}
    sizes = {node: len(neighbours_of(graph, node, "all")) for node in graph}
    scores = {v: score_of(measure, around[u], around[v], sizes.__getitem__) for v in graph if v != u}
    best = max(scores.values())
    ties = [v for v, score in scores.items() if math.isclose(score, best, rel_tol=1e-9, abs_tol=1e-12)]
    notes = _notes(graph, direction)
    if len(ties) > 1:
        notes += (f"{len(ties)} nodes are equally similar: {', '.join(map(str, ties[:10]))}",)
    return NodeAnswer(ties[0], scores, notes=notes)
