"""Random graphs by model. Every function takes a seed and gives the same graph for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import networkx as nx

from graphs.errors import BadArgument, TooLarge
from graphs.generators.graphqa import graphqa_block_graphs, graphqa_graphs
from graphs.graph import Graph

__all__ = [
    "barabasi_albert",
    "caveman",
    "configuration_model",
    "erdos_renyi",
    "graphqa_block_graphs",
    "graphqa_graphs",
    "lfr",
    "powerlaw_cluster",
    "random_bipartite",
    "random_dag",
    "random_edges",
    "random_geometric",
    "random_regular",
    "random_tree",
    "stochastic_block_model",
    "watts_strogatz",
]
MAX_EDGES = 2_000_000


def erdos_renyi(nodes: int, probability: float, seed: int, *, directed: bool = False) -> Graph:
    """G(n, p): each of the possible edges is there with `probability` (Gilbert 1959). O(n + m)."""
    _probability(probability)
    _sizes(nodes, nodes * nodes * probability / (1 if directed else 2))
    return _made("Erdős-Rényi graph", nx.fast_gnp_random_graph, nodes, probability, seed=seed, directed=directed)


def random_edges(nodes: int, edges: int, seed: int, *, directed: bool = False) -> Graph:
    """G(n, m): exactly `edges` edges, every such graph equally likely (Erdős and Rényi 1959)."""
    most = nodes * (nodes - 1) // (1 if directed else 2)
    _sizes(nodes, edges)
    _need(0 <= edges <= most, f"{nodes} nodes have room for 0 to {most} edges, not {edges}")
    return _made("random graph", nx.gnm_random_graph, nodes, edges, seed=seed, directed=directed)


def barabasi_albert(nodes: int, links: int, seed: int) -> Graph:
    """Preferential attachment: each new node brings `links` edges (Barabási and Albert 1999). Connected."""
    _need(1 <= links < nodes, f"each new node brings from 1 to {nodes - 1} links, not {links}")
    _sizes(nodes, nodes * links)
    return _made("Barabási-Albert graph", nx.barabasi_albert_graph, nodes, links, seed=seed)


def powerlaw_cluster(nodes: int, links: int, triangle: float, seed: int) -> Graph:
    """Barabási-Albert with a triangle closed after each link with probability `triangle` (Holme and Kim 2002)."""
    _need(1 <= links <= nodes, f"each new node brings from 1 to {nodes} links, not {links}")
    _probability(triangle)
    _sizes(nodes, nodes * links)
    return _made("power-law cluster graph", nx.powerlaw_cluster_graph, nodes, links, triangle, seed=seed)


def watts_strogatz(nodes: int, neighbours: int, rewire: float, seed: int) -> Graph:
    """A ring where each node meets its `neighbours` (even) nearest, each edge rewired with probability `rewire`.

    Watts and Strogatz 1998; it may come out disconnected.
    """
    _need(neighbours >= 0 and neighbours % 2 == 0, f"the number of neighbours is even, not {neighbours}")
    _need(neighbours < nodes, f"{nodes} nodes allow fewer than {nodes} neighbours, not {neighbours}")
    _probability(rewire)
    _sizes(nodes, nodes * neighbours // 2)
    return _made("Watts-Strogatz graph", nx.watts_strogatz_graph, nodes, neighbours, rewire, seed=seed)


def random_regular(nodes: int, degree: int, seed: int) -> Graph:
    """A simple graph with every degree equal to `degree`, nearly uniform (Steger and Wormald 1999)."""
    _need(0 <= degree < max(nodes, 1), f"a degree from 0 to {nodes - 1} is possible on {nodes} nodes, not {degree}")
    _need(nodes * degree % 2 == 0, f"{nodes} nodes of degree {degree} have an odd sum of degrees; change one by 1")
    _sizes(nodes, nodes * degree // 2)
    body = nx.random_regular_graph(degree, nodes, seed=seed)
    return _handle(_numbered(body, nodes), "random regular graph", seed)


def random_tree(nodes: int, seed: int) -> Graph:
    """A labelled tree, every one equally likely (from a random Prüfer sequence)."""
    _need(nodes >= 1, f"a tree has 1 node or more, not {nodes}")
    _sizes(nodes, nodes)
    return _handle(_numbered(nx.random_labeled_tree(nodes, seed=seed), nodes), "random tree", seed)


def random_bipartite(left: int, right: int, probability: float, seed: int) -> Graph:
    """Each pair of a left node (0 … left-1, `side` 0) and a right node (`side` 1) is joined with `probability`."""
    _probability(probability)
    _need(left >= 0 and right >= 0, f"the sides have 0 nodes or more, not {left} and {right}")
    _sizes(left + right, left * right * probability)
    body = nx.bipartite.random_graph(left, right, probability, seed=seed)
    for _, data in body.nodes(data=True):
        data["side"] = data.pop("bipartite")
    return _handle(body, "random bipartite graph", seed)


def stochastic_block_model(sizes: Sequence[int], density: Sequence[Sequence[float]], seed: int) -> Graph:
    """Blocks of `sizes`; nodes of blocks i and j are joined with probability density[i][j]. Nodes carry `block`."""
    count = len(sizes)
    square = len(density) == count and all(len(row) == count for row in density)
    _need(square, f"{count} blocks need a {count} x {count} table of densities")
    _need(all(size >= 0 for size in sizes), "a block has 0 nodes or more")
    for i, row in enumerate(density):
        for j, value in enumerate(row):
            _probability(value)
            _need(value == density[j][i], f"density[{i}][{j}] differs from density[{j}][{i}]: make the table symmetric")
    expected = sum(sizes[i] * sizes[j] * density[i][j] for i in range(count) for j in range(count)) / 2
    _sizes(sum(sizes), expected)
    body = nx.stochastic_block_model(list(sizes), density, seed=seed)
    ordered = _numbered(body, sum(sizes))
    for node, block in body.nodes(data="block"):
        ordered.nodes[node]["block"] = block
    return _handle(ordered, "stochastic block model", seed)


def caveman(cliques: int, size: int, rewire: float, seed: int) -> Graph:
    """`cliques` cliques of `size` nodes, each edge rewired to another clique with probability `rewire`.

    The relaxed caveman graph (Fortunato 2010, sec. 13); `rewire` 0 leaves the cliques apart.
    """
    _need(cliques >= 1 and size >= 2, f"a caveman graph needs cliques of 2 nodes or more, not {cliques} of {size}")
    _probability(rewire)
    _sizes(cliques * size, cliques * size * size // 2)
    return _made("caveman graph", nx.relaxed_caveman_graph, cliques, size, rewire, seed=seed)


def random_geometric(nodes: int, radius: float, seed: int) -> Graph:
    """Points in the unit square (`x`, `y` on the nodes) joined when nearer than `radius`; `weight` is the distance."""
    _need(radius >= 0, f"a radius is 0 or more, not {radius}")
    _sizes(nodes, nodes * nodes * min(1.0, 3.2 * radius * radius) / 2)
    body = nx.random_geometric_graph(nodes, radius, seed=seed)
    for _, data in body.nodes(data=True):
        data["x"], data["y"] = data.pop("pos")
    for u, v, data in body.edges(data=True):
        a, b = body.nodes[u], body.nodes[v]
        data["weight"] = ((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5
    return _handle(body, "random geometric graph", seed)


def random_dag(nodes: int, probability: float, seed: int) -> Graph:
    """A directed acyclic graph: edges of G(n, p) pointed along a random order of the nodes."""
    _probability(probability)
    _sizes(nodes, nodes * nodes * probability / 2)
    order = list(range(nodes))
    random.Random(seed).shuffle(order)
    body = nx.DiGraph()
    body.add_nodes_from(range(nodes))
    pairs = nx.fast_gnp_random_graph(nodes, probability, seed=seed).edges
    body.add_edges_from((order[min(u, v)], order[max(u, v)]) for u, v in pairs)
    return _handle(body, "random directed acyclic graph", seed)


def configuration_model(degrees: Sequence[int], seed: int) -> Graph:
    """A random multigraph with exactly these degrees (Bollobás 1980): parallel edges and self-loops may occur.

    Node i gets degrees[i]; a self-loop counts twice.
    """
    _need(all(degree >= 0 for degree in degrees), "a degree is 0 or more")
    _need(sum(degrees) % 2 == 0, f"the sum of the degrees is {sum(degrees)}, which is odd; change one degree by 1")
    _sizes(len(degrees), sum(degrees) // 2)
    return _made("configuration model", nx.configuration_model, list(degrees), seed=seed)


def lfr(
    nodes: int,
    seed: int,
    *,
    degree_exponent: float = 3.0,
    size_exponent: float = 1.5,
    mixing: float = 0.1,
    average_degree: float = 5.0,
    min_community: int = 20,
) -> Graph:
    """The LFR benchmark (Lancichinetti, Fortunato and Radicchi 2008): planted communities, power-law sizes.

    Communities and degrees stay below half of the nodes; `mixing` is the share of a node's edges that leave its own.
    Nodes carry `community`, a number from 0.

    Raises:
        BadArgument: these parameters admit no graph; the message says what to change.
    """
    _need(degree_exponent > 1 and size_exponent > 1, "both exponents of an LFR graph are above 1")
    _probability(mixing)
    half = nodes // 2
    _need(1 < average_degree <= half, f"the average degree lies between 1 and half of the nodes, not {average_degree}")
    _need(
        1 <= min_community <= half, f"a community has from 1 to {half} of {nodes} nodes, not at least {min_community}"
    )
    _sizes(nodes, nodes * average_degree / 2)
    try:
        body = nx.LFR_benchmark_graph(
            nodes, degree_exponent, size_exponent, mixing,
            average_degree=average_degree, min_community=min_community, max_community=half,
            max_degree=half, seed=seed, max_iters=500,
        )  # fmt: skip
    except (nx.ExceededMaxIterations, nx.NetworkXError) as error:
        raise BadArgument(
            f"no LFR graph came out of these parameters ({error}); take more nodes, a smaller min_community, "
            "a mixing nearer to 0.1 or another seed"
        ) from error
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    for number, members in enumerate(sorted({frozenset(c) for _, c in body.nodes(data="community")}, key=min)):
        for node in members:
            body.nodes[node]["community"] = number
    return _handle(body, "LFR benchmark graph", seed)


def _made(kind: str, make: Callable[..., nx.Graph], *args: Any, seed: int, **kwargs: Any) -> Graph:
    return _handle(make(*args, seed=seed, **kwargs), kind, seed)


def _handle(body: nx.Graph, kind: str, seed: int) -> Graph:
    body.graph.clear()
    return Graph(body, name=kind, origin=f"{kind}, seed {seed}")


def _numbered(body: nx.Graph, nodes: int) -> nx.Graph:
    """The same graph with its nodes in the order 0 … n-1."""
    ordered = nx.Graph()
    ordered.add_nodes_from(range(nodes))
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in body.edges))
    return ordered


def _need(holds: bool, message: str) -> None:
    if not holds:
        raise BadArgument(message)


def _probability(value: float) -> None:
    _need(0 <= value <= 1, f"a probability lies between 0 and 1, not {value}")


def _sizes(nodes: int, edges: float) -> None:
    _need(nodes >= 0, f"a graph has 0 nodes or more, not {nodes}")
    if max(nodes, edges) > MAX_EDGES:
        raise TooLarge(f"about {max(nodes, edges):,.0f} nodes or edges; the limit is {MAX_EDGES:,}: ask for fewer")
