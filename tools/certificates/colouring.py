"""Checks of colourings: every edge looked at, cliques as lower bounds, complete searches, colourings counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from graphs.graph import Graph
from tools.answers import Answer, Colouring, Groups, Number, Record, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.agreement import settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.exhaustion import no_colouring
from tools.certificates.incidence import distinct

Around = Mapping[Any, set[Any]]


def _proper(graph: Graph, colours: Mapping[Any, int]) -> int:
    """How many colours a proper colouring of all nodes uses."""
    require(set(colours) == set(graph), "a node has no colour")
    for edge in graph.edges():
        require(colours[edge.source] != colours[edge.target], f"{edge.source} and {edge.target} share a colour")
    return len(set(colours.values()))


def _clique(around: Around, nodes: Any) -> int:
    listed = list(nodes)
    require(len(set(listed)) == len(listed), "the clique lists a node twice")
    require(all(u in around and set(listed) - {u} <= around[u] for u in listed), "the clique is none")
    return len(listed)


def judged_count(answer: Answer, count: int, low: int, fewer: Callable[[], bool | None], text: str) -> str | Claim:
    """The claim for a colouring with `count` colours where at least `low` are needed."""
    require(not answer.estimated and low <= count, "the answer is not put as exact")
    if not answer.exact:
        require(answer.bounds == (low, count), f"the bounds are {low} and {count}")
        return f"{text}; the least number lies between {low} and {count}"
    require(answer.bounds is None, "an exact answer carries bounds")
    if low == count:
        return f"{text}, and fewer do not suffice"
    proven = fewer()
    require(proven is not False, "fewer suffice")
    if proven is None:
        return Claim(
            f"{text}; that fewer than {count} do not suffice was not checked, at least {low} are needed", "none"
        )
    return f"{text}, and a complete search found none with fewer"


def _node_colouring(graph: Graph, answer: Answer, colours: Any, number: int, clique: Any) -> str | Claim:
    around = neighbour_sets(graph)
    count = _proper(graph, colours)
    require(number == count, f"the colouring uses {count} colours")
    low = _clique(around, clique)
    return judged_count(answer, count, low, lambda: no_colouring(around, count - 1), f"{count} colours suffice")


@checker("chromatic_number")
def check_chromatic_number(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """a proper colouring; a clique of that size, or a complete search, shows that fewer colours do not suffice"""
    require(set(answer.witness) == {"colouring", "clique"}, "another witness is wanted")
    return _node_colouring(graph, answer, answer.witness["colouring"], answer.number, answer.witness["clique"])  # type: ignore[arg-type]


@checker("graph_colouring")
def check_graph_colouring(graph: Graph, answer: Colouring, time_limit: float = 10.0) -> str | Claim:
    """every edge looked at; a clique of that size, or a complete search, shows that fewer colours do not suffice"""
    return _node_colouring(graph, answer, answer.colours, answer.num_colours, answer.clique)


@checker("greedy_colouring")
def check_greedy_colouring(graph: Graph, answer: Colouring) -> str | Claim:
    """every edge looked at, and a clique as lower bound"""
    count, low = _proper(graph, answer.colours), _clique(neighbour_sets(graph), answer.clique)
    require(answer.num_colours == count, f"the colouring uses {count} colours")
    require(answer.exact == (low == count), "the answer is put as more or less sure than it is")
    return judged_count(answer, count, low, lambda: None, f"{count} colours suffice")


@checker("is_k_colourable")
def check_is_k_colourable(graph: Graph, answer: Truth, k: int, time_limit: float = 10.0) -> str | Claim:
    """a proper colouring; or a clique of more than k nodes, or a complete search"""
    settled(answer)
    require(len(answer.witness) == 1, "one reason is wanted")
    if answer.holds:
        count = _proper(graph, answer.witness["colouring"])
        require(count <= k, f"the colouring uses {count} colours")
        return f"the listed colouring uses {count} colours"
    around = neighbour_sets(graph)
    size = _clique(around, answer.witness["clique"])
    if size > k:
        return f"the listed clique of {size} nodes needs {size} colours"
    proven = no_colouring(around, k)
    require(proven is not False, f"{k} colours suffice")
    if proven is None:
        return Claim(f"that {k} colours do not suffice was not checked", "none")
    return f"a complete search found no colouring with {k} colours"


@checker("is_proper_colouring")
def check_is_proper_colouring(graph: Graph, answer: Truth, colours: Mapping[Any, Any]) -> str:
    """every node and edge looked at"""
    settled(answer)
    given = {graph.node(node): colour for node, colour in colours.items()}
    without = set(graph) - set(given)
    same = [[e.source, e.target] for e in graph.edges() if not {e.source, e.target} & without]
    same = [pair for pair in same if given[pair[0]] == given[pair[1]]]
    if answer.holds:
        require(answer.witness is None and not without and not same, "the colouring is not proper")
        return "every node has a colour and no edge has one colour at both ends"
    require(len(answer.witness) == 1, "one reason is wanted")
    if "uncoloured" in answer.witness:
        require(answer.witness["uncoloured"] in without, "that node has a colour")
        return f"{answer.witness['uncoloured']} has no colour"
    require(list(answer.witness["edge"]) in same, "that edge has two colours")
    return f"{answer.witness['edge'][0]} and {answer.witness['edge'][1]} share a colour"


@checker("minimum_clique_cover")
def check_minimum_clique_cover(graph: Graph, answer: Groups, time_limit: float = 10.0) -> str | Claim:
    """every group a clique; an independent set of that size, or a complete search, shows that fewer do not suffice"""
    require(answer.score is None, "the answer carries a score that nobody asked for")
    around = neighbour_sets(graph)
    other = {node: set(around) - near - {node} for node, near in around.items()}
    listed = distinct(graph, [node for group in answer.groups for node in group], "the cover")
    require(len(listed) == len(around) and all(answer.groups), "a node is in no group, or a group is empty")
    for group in answer.groups:
        _clique(around, group)
    count, low = len(answer.groups), _clique(other, answer.witness)
    return judged_count(answer, count, low, lambda: no_colouring(other, count - 1), f"{count} cliques cover all nodes")


def _colourings(graph: Graph, k: int) -> int:
    """Proper colourings with k colours, counted: choose the independent set of each colour in turn."""
    if any(edge.source == edge.target for edge in graph.edges()):
        return 0
    nodes, around = list(graph), neighbour_sets(graph)
    bits = [sum(1 << i for i, v in enumerate(nodes) if v in around[u]) for u in nodes]

    @cache
    def independent(s: int) -> bool:
        top = s.bit_length() - 1
        return s == 0 or (not bits[top] & s and independent(s & ~(1 << top)))

    @cache
    def ways(s: int, colours: int) -> int:
        if not s or not colours:
            return int(not s)
        found, part = 0, s
        while True:
            if independent(part):
                found += ways(s & ~part, colours - 1)
            if not part:
                return found
            part = (part - 1) & s

    return ways((1 << len(nodes)) - 1, k)


@checker("chromatic_polynomial")
def check_chromatic_polynomial(graph: Graph, answer: Record) -> str | Claim:
    """as many values as coefficients compared with colourings counted one colour class at a time"""
    settled(answer)
    require(set(answer.figures) == {"coefficients"} and answer.witness is None, "other figures are wanted")
    found, n = list(answer.figures["coefficients"]), graph.num_nodes
    require(len(found) <= n + 1 and found, "the degree is too high")
    most = n if n <= 7 else 3
    for k in range(most + 1):
        count = _colourings(graph, k)
        require(sum(c * k**i for i, c in enumerate(found)) == count, f"there are {count} colourings with {k} colours")
    if most < n:
        return Claim(f"the polynomial counts the colourings with up to {most} colours", "recount")
    return f"the polynomial has degree at most {n} and the right value at 0 … {n}, so it is the chromatic polynomial"


@checker("count_colourings")
def check_count_colourings(graph: Graph, answer: Number, k: int) -> str:
    """colourings counted one colour class at a time"""
    settled(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    n = graph.num_nodes
    # with more colours than nodes the count is that of the classes, times the ways to name them
    count = _colourings(graph, k) if k <= 4 or n <= 6 and k <= 12 else _by_classes(graph, k)
    require(answer.number == count, f"there are {count}")
    return f"there are {count} proper colourings with {k} colours"


def _by_classes(graph: Graph, k: int) -> int:
    """Partitions into independent sets, each counted k (k - 1) … times."""
    if any(edge.source == edge.target for edge in graph.edges()):
        return 0
    nodes, around = list(graph), neighbour_sets(graph)

    def place(i: int, classes: list[set[Any]]) -> int:
        if i == len(nodes):
            ways = 1
            for j in range(len(classes)):
                ways *= k - j
            return ways
        total = 0
        for group in classes:
            if not group & around[nodes[i]]:
                group.add(nodes[i])
                total += place(i + 1, classes)
                group.discard(nodes[i])
        return total + (place(i + 1, [*classes, {nodes[i]}]) if len(classes) < k else 0)

    return place(0, [])
