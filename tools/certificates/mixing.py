"""Checks of mixing and small worlds: every edge looked up, distances searched again."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from typing import Any

from graphs.graph import Graph
from tools.answers import Number
from tools.certificates.agreement import nearly, same_numbers, settled
from tools.certificates.base import Claim, checker, require
from tools.mixing import rewired, undirected_pairs


@checker("attribute_assortativity")
def check_attribute_assortativity(graph: Graph, answer: Number, attribute: str) -> str:
    """the matrix of mixing counted edge by edge"""
    settled(answer)
    mixing: Counter[tuple[Any, Any]] = Counter()
    for edge in graph.edges():
        a, b = graph.nx.nodes[edge.source][attribute], graph.nx.nodes[edge.target][attribute]
        mixing[a, b] += 1
        if not graph.directed:
            mixing[b, a] += 1
    total = mixing.total()
    inside = sum(count for (a, b), count in mixing.items() if a == b) / total
    chance = sum(x * y for (a, _), x in mixing.items() for (_, d), y in mixing.items() if a == d) / total**2
    require(set(answer.witness) == {"share_inside", "expected"}, "the witness is not complete")
    require(nearly(answer.witness["share_inside"], inside), f"the share inside is {inside}")
    require(nearly(answer.witness["expected"], chance), f"the expected share is {chance}")
    number = (inside - chance) / (1 - chance)
    require(nearly(answer.number, number), f"the coefficient is {number}")
    return f"the assortativity by {attribute} is {answer.number:.6g}"


@checker("numeric_assortativity")
def check_numeric_assortativity(graph: Graph, answer: Number, attribute: str) -> str:
    """sums, squares and products over the ends of the edges"""
    settled(answer)
    require(answer.witness is None, "something is claimed that cannot be checked")
    number_of = graph.nx.nodes(data=attribute)
    ends = [(number_of[edge.source], number_of[edge.target]) for edge in graph.edges()]
    if not graph.directed:
        ends += [(y, x) for x, y in ends]
    shift = ends[0][0]  # keeps the sums small
    n, xs, ys = len(ends), [x - shift for x, _ in ends], [y - shift for _, y in ends]
    product = sum(x * y for x, y in zip(xs, ys)) - sum(xs) * sum(ys) / n
    spread = [sum(x * x for x in column) - sum(column) ** 2 / n for column in (xs, ys)]
    number = product / math.sqrt(spread[0] * spread[1])
    require(nearly(answer.number, number, 1e-6), f"the correlation is {number}")
    return f"the correlation of {attribute} across edges is {answer.number:.6g}"


@checker("homophily")
def check_homophily(graph: Graph, answer: Number, attribute: str) -> str:
    """the two ends of every edge compared"""
    settled(answer)
    value = {node: graph.nx.nodes[node][attribute] for node in graph}
    alike = [value[edge.source] == value[edge.target] for edge in graph.edges()]
    pairs = [value[u] == value[v] for u, v in itertools.combinations(value, 2)] or [True]
    require(set(answer.witness) == {"alike", "edges", "expected"}, "the witness is not complete")
    require(answer.witness["alike"] == sum(alike) and answer.witness["edges"] == len(alike), "the edges are miscounted")
    require(
        nearly(answer.witness["expected"], sum(pairs) / len(pairs)), f"the expected share is {sum(pairs) / len(pairs)}"
    )
    require(nearly(answer.number, sum(alike) / len(alike)), f"the share is {sum(alike) / len(alike)}")
    return f"{sum(alike)} of {len(alike)} edges join nodes with the same {attribute}"


def _clustering_and_distance(num_nodes: int, pairs: list[tuple[int, int]]) -> tuple[float, float]:
    """By rows of the adjacency matrix as bits: joined pairs of neighbours, and layers of a search."""
    rows = [0] * num_nodes
    for u, v in pairs:
        rows[u] |= 1 << v
        rows[v] |= 1 << u
    shares = []
    total = reached = 0
    for source in range(num_nodes):
        near = [w for w in range(num_nodes) if rows[source] >> w & 1]
        links = [rows[u] >> v & 1 for u, v in itertools.combinations(near, 2)]
        shares.append(sum(links) / len(links) if links else 0.0)
        seen = layer = 1 << source
        depth = 0
        while layer:
            total += depth * layer.bit_count()
            reached += layer.bit_count() if depth else 0
            depth += 1
            ahead = 0
            while layer:
                low = layer & -layer
                ahead |= rows[low.bit_length() - 1]
                layer ^= low
            layer = ahead & ~seen
            seen |= layer
    return sum(shares) / num_nodes, total / reached


@checker("small_world_sigma")
def check_small_world_sigma(graph: Graph, answer: Number, samples: int = 5, seed: int = 0) -> Claim:
    """clustering and distances of the graph and of the same random graphs computed again"""
    require(not answer.exact and answer.estimated and answer.bounds is None, "an estimate is called exact")
    pairs, size = undirected_pairs(graph), graph.num_nodes
    own = _clustering_and_distance(size, pairs)
    rest = [_clustering_and_distance(size, rewired(pairs, seed + i)) for i in range(samples)]
    c_random, l_random = (sum(column) / samples for column in zip(*rest))
    figures = {"clustering": own[0], "distance": own[1], "random_clustering": c_random, "random_distance": l_random}
    same_numbers(answer.witness, figures, "figure")
    require(nearly(answer.number, own[0] * l_random / (c_random * own[1])), "the quotient is another")
    return Claim(f"sigma is {answer.number:.6g} against {samples} random graphs of the same degrees", "recount")


@checker("small_world_omega")
def check_small_world_omega(graph: Graph, answer: Number, samples: int = 5, seed: int = 0) -> Claim:
    """clustering and distances of the graph and of the same random graphs computed again"""
    require(not answer.exact and answer.estimated and answer.bounds is None, "an estimate is called exact")
    pairs, size = undirected_pairs(graph), graph.num_nodes
    own = _clustering_and_distance(size, pairs)
    l_random = sum(_clustering_and_distance(size, rewired(pairs, seed + i))[1] for i in range(samples)) / samples
    k = 2 * len(pairs) / size
    lattice = 0.75 * (k - 2) / (k - 1)
    figures = {"clustering": own[0], "distance": own[1], "lattice_clustering": lattice, "random_distance": l_random}
    same_numbers(answer.witness, figures, "figure")
    require(nearly(answer.number, l_random / own[1] - own[0] / lattice), "the difference is another")
    return Claim(f"omega is {answer.number:.6g} against {samples} random graphs and a ring lattice", "recount")
