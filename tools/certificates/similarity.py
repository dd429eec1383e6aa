"""Checks of similarity by neighbourhoods."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph, Node
from tools.answers import Groups, NodeAnswer, Number, Truth
from tools.certificates.adjacency import Direction, neighbour_sets
from tools.certificates.agreement import nearly, same_numbers, settled
from tools.certificates.base import checker, require

Sets = Mapping[Node, set[Node]]


def by_definition(measure: str, a: set[Node], b: set[Node], around: Sets) -> float:
    """The measure for neighbour sets `a` and `b`; `around` holds the neighbours in either direction."""
    shared = a & b
    if measure == "common_neighbours":
        return len(shared)
    if measure == "preferential_attachment":
        return len(a) * len(b)
    if measure == "adamic_adar":
        return sum(1 / math.log(len(around[w])) for w in shared if len(around[w]) > 1)
    if measure == "resource_allocation":
        return sum(1 / len(around[w]) for w in shared)
    if not shared:
        return 0.0
    share_a, share_b = len(shared) / len(a), len(shared) / len(b)
    return {
        "jaccard": len(shared) / len(a | b),
        "sorensen": 2 / (1 / share_a + 1 / share_b),
        "salton": math.sqrt(share_a * share_b),
        "hub_promoted": max(share_a, share_b),
        "hub_depressed": min(share_a, share_b),
        "leicht_holme_newman": share_a / len(b),
    }[measure]


def _checked_pair(graph: Graph, answer: Number, u: Any, v: Any, direction: Direction) -> tuple[Node, Node, Sets]:
    """Require that the three neighbour lists of the witness are what the edges say."""
    settled(answer)
    u, v = graph.node(u), graph.node(v)
    sets = neighbour_sets(graph, direction)
    wanted = {"neighbours_of_u": sets[u], "neighbours_of_v": sets[v], "common": sets[u] & sets[v]}
    require(answer.witness.keys() == wanted.keys(), "the witness does not name the three neighbour lists")
    for name, nodes in wanted.items():
        shown = answer.witness[name]
        require(
            len(shown) == len(nodes) and set(shown) == nodes,
            f"{name.replace('_', ' ')} are not {sorted(map(str, nodes))}",
        )
    return u, v, sets


def _index(measure: str, title: str, tool: str) -> None:
    def check(graph: Graph, answer: Number, u: Any, v: Any, direction: Direction = "out") -> str:
        """the neighbours of both nodes listed from the edges, and the formula put into figures"""
        u, v, sets = _checked_pair(graph, answer, u, v, direction)
        score = by_definition(measure, sets[u], sets[v], neighbour_sets(graph))
        require(nearly(answer.number, score, 1e-9), f"the {title} is {score}")
        return f"the {title} of {u} and {v} is {answer.number:.6g}"

    checker(tool)(check)


for _measure, _title, _tool in (
    ("jaccard", "Jaccard coefficient", "jaccard_coefficient"),
    ("adamic_adar", "Adamic-Adar index", "adamic_adar_index"),
    ("resource_allocation", "resource allocation index", "resource_allocation_index"),
    ("preferential_attachment", "preferential attachment score", "preferential_attachment_score"),
    ("sorensen", "Sørensen index", "sorensen_index"),
    ("salton", "Salton index", "salton_index"),
    ("hub_promoted", "hub promoted index", "hub_promoted_index"),
    ("hub_depressed", "hub depressed index", "hub_depressed_index"),
    ("leicht_holme_newman", "Leicht-Holme-Newman index", "leicht_holme_newman_index"),
):
    _index(_measure, _title, _tool)


@checker("matching_index")
def check_matching_index(graph: Graph, answer: Number, u: Any, v: Any, direction: Direction = "out") -> str:
    """the neighbours of both nodes listed from the edges, and the formula put into figures"""
    u, v, sets = _checked_pair(graph, answer, u, v, direction)
    a, b = sets[u] - {v}, sets[v] - {u}
    score = 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0
    require(nearly(answer.number, score, 1e-9), f"the matching index is {score}")
    return f"the matching index of {u} and {v} is {answer.number:.6g}"


def _same_place(before: Sets, after: Sets, u: Node, v: Node) -> bool:
    """Whether swapping `u` and `v` changes no edge."""
    swap = {u: v, v: u}
    return all({swap.get(w, w) for w in sets[u]} == sets[v] for sets in (before, after))


@checker("structurally_equivalent")
def check_structurally_equivalent(graph: Graph, answer: Truth, u: Any, v: Any) -> str:
    """the two nodes swapped, and their edges compared"""
    settled(answer)
    u, v = graph.node(u), graph.node(v)
    before, after = neighbour_sets(graph, "in"), neighbour_sets(graph, "out")
    same = _same_place(before, after, u, v)
    require(answer.holds == same, "the neighbours say otherwise")
    if same:
        require(answer.witness is None, "a witness of a difference is given where there is none")
        return f"{u} and {v} have the same neighbours"
    w = answer.witness
    differs = any(
        (w in sets[u]) != (w in sets[v]) if w != v else (v in sets[u]) != (u in sets[v]) for sets in (before, after)
    )
    require(w in before and w != u and differs, f"{w} does not tell the two nodes apart")
    return f"{u} and {v} are not equivalent: {w} is not joined to both in the same way"


@checker("structural_equivalence_classes")
def check_structural_equivalence_classes(graph: Graph, answer: Groups) -> str:
    """inside a class two nodes swap without a change, and the first nodes of two classes do not

    Equivalence is transitive, so comparing each node with the first of its class, and the firsts, is enough.
    """
    settled(answer)
    require(answer.score is None and answer.witness is None, "something is claimed that cannot be checked")
    flat = [node for group in answer.groups for node in group]
    require(len(flat) == graph.num_nodes and set(flat) == set(graph.nodes), "the classes are not a partition")
    require(all(answer.groups), "a class is empty")
    before, after = neighbour_sets(graph, "in"), neighbour_sets(graph, "out")
    firsts: dict[Any, Node] = {}
    for group in answer.groups:
        for node in group[1:]:
            require(_same_place(before, after, group[0], node), f"{group[0]} and {node} are not equivalent")
        first = group[0]
        opened = (frozenset(before[first]), frozenset(after[first]))
        closed = (opened[0] | {first}, opened[1] | {first})
        for kind in (("open", opened), ("closed", closed)):
            other = firsts.setdefault(kind, first)
            require(other == first, f"{other} and {first} are equivalent but stand in two classes")
    return f"the nodes fall into {len(answer.groups)} classes of structural equivalence"


@checker("most_similar_node")
def check_most_similar_node(
    graph: Graph, answer: NodeAnswer, u: Any, measure: str = "jaccard", direction: Direction = "out"
) -> str:
    """the score of every other node computed from the definition, and none is higher"""
    settled(answer)
    u = graph.node(u)
    sets, around = neighbour_sets(graph, direction), neighbour_sets(graph)
    scores = {v: by_definition(measure, sets[u], sets[v], around) for v in graph if v != u}
    same_numbers(answer.witness, scores, f"{measure} score", 1e-9)
    best = max(scores.values())
    first = next(v for v in scores if nearly(scores[v], best, 1e-9))
    require(answer.node == first, f"{first} comes first among the most similar")
    return f"no node is more similar to {u} than {first} by {measure}: {best:.6g}"
