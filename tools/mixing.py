"""How the whole network mixes: assortativity by attributes, homophily, small worlds."""

from __future__ import annotations

import math
import random
from collections import Counter, deque
from typing import Any

from graphs.errors import BadArgument, MissingAttribute, WrongKind
from graphs.graph import Graph, Node
from tools.answers import Number
from tools.arcs import number_at, require_categories
from tools.registry import Attribute, tool

Pairs = list[tuple[int, int]]


def _categories(graph: Graph, attribute: str) -> dict[Node, Any]:
    given = dict(graph.nx.nodes(data=attribute))
    if not given or any(value is None for value in given.values()):
        raise MissingAttribute(attribute, "comparing the ends of edges", of="nodes")
    if not graph.num_edges:
        raise WrongKind("comparing the ends of edges needs an edge, and the graph has none")
    require_categories(given.values(), attribute)
    return given


@tool(
    phrases=("attribute assortativity", "assortative mixing by attribute", "assortativity by category"),
    asks=(
        "What is the assortativity of the graph by {attribute}?",
        "How assortative is the network with respect to {attribute}?",
        "attribute assortativity {attribute}",
        "Compute the assortative mixing coefficient for the node attribute {attribute}.",
    ),
)
def attribute_assortativity(graph: Graph, attribute: Attribute) -> Number:
    """Newman's coefficient of mixing by a node category: 1 when all edges join equals, 0 when mixing is random.

    (share of edges inside categories - share expected) / (1 - share expected). The witness gives both shares.
    O(n + m). Newman (2003).

    Raises:
        MissingAttribute: a node lacks `attribute`.
        WrongKind: the graph has no edges, or all edges end in one category.
    """
    given = _categories(graph, attribute)
    out: Counter[Any] = Counter()
    into: Counter[Any] = Counter()
    inside = total = 0
    for u, v in graph.nx.edges():
        for a, b in ((given[u], given[v]),) if graph.directed else ((given[u], given[v]), (given[v], given[u])):
            out[a] += 1
            into[b] += 1
            inside += a == b
            total += 1
    chance = sum(out[c] * into[c] for c in out) / total**2
    if chance >= 1:
        raise WrongKind(f"all edges end in one category of {attribute}, so mixing is not defined")
    share = inside / total
    return Number((share - chance) / (1 - chance), {"share_inside": share, "expected": chance})


@tool(
    phrases=("numeric assortativity", "assortativity by a number", "correlation across edges"),
    asks=(
        "What is the numeric assortativity by {attribute}?",
        "How strongly are the values of {attribute} correlated across edges?",
        "numeric assortativity {attribute}",
        "Compute the assortativity coefficient for the numeric node attribute {attribute}.",
    ),
)
def numeric_assortativity(graph: Graph, attribute: Attribute) -> Number:
    """The correlation (Pearson) of a node's number at the two ends of edges, each edge both ways if undirected.

    O(n + m). Newman (2003).

    Raises:
        MissingAttribute: a node lacks `attribute`.
        BadArgument: a value is not a number.
        WrongKind: the graph has no edges, or the values do not vary.
    """
    given = {
        node: number_at({attribute: x}, attribute, "a correlation") for node, x in _categories(graph, attribute).items()
    }
    pairs = [(given[u], given[v]) for u, v in graph.nx.edges()]
    if not graph.directed:
        pairs += [(y, x) for x, y in pairs]
    mean_x, mean_y = (math.fsum(column) / len(pairs) for column in zip(*pairs))
    var_x = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    var_y = math.fsum((y - mean_y) ** 2 for _, y in pairs)
    if var_x < 1e-18 or var_y < 1e-18:
        raise WrongKind(f"the values of {attribute} at the ends of edges do not vary, so there is no correlation")
    return Number(math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs) / math.sqrt(var_x * var_y))


@tool(
    phrases=("homophily", "share of edges between alike nodes", "same attribute edges"),
    asks=(
        "How strong is homophily by {attribute}?",
        "What share of edges joins nodes with the same {attribute}?",
        "homophily {attribute}",
        "Do nodes with equal {attribute} tend to be linked?",
    ),
)
def homophily(graph: Graph, attribute: Attribute) -> Number:
    """The share of edges whose two ends carry the same value of a node attribute.

    The witness counts these edges and gives the share expected if pairs of nodes were joined at random. O(n + m).
    McPherson, Smith-Lovin and Cook (2001).

    Raises:
        MissingAttribute: a node lacks `attribute`.
        WrongKind: the graph has no edges.
    """
    given = _categories(graph, attribute)
    same = sum(given[u] == given[v] for u, v in graph.nx.edges())
    sizes = Counter(given.values())
    pairs = graph.num_nodes * (graph.num_nodes - 1)
    chance = sum(size * (size - 1) for size in sizes.values()) / pairs if pairs else 1.0
    return Number(same / graph.num_edges, {"alike": same, "edges": graph.num_edges, "expected": chance})


@tool(
    phrases=("small world coefficient", "small world sigma", "small worldness"),
    asks=(
        "Is the network a small world?",
        "What is the small-world coefficient sigma?",
        "small world sigma",
        "How much more clustered than random is the graph at similar path lengths?",
    ),
)
def small_world_sigma(graph: Graph, samples: int = 5, seed: int = 0) -> Number:
    """(C / C_random) / (L / L_random) against rewired graphs with the same degrees; above 1 in a small world.

    C is the average clustering, L the mean distance over pairs that are connected; directions are ignored. The random
    graphs come from degree-preserving edge swaps: an estimate. The witness gives the four figures.
    O(samples * n * m). Humphries and Gurney (2008).

    Raises:
        BadArgument: `samples` is not in [1, 100].
        WrongKind: the graph or its random likes have no edges or no triangles, so that a quotient is not defined.
    """
    if not 1 <= samples <= 100:
        raise BadArgument(f"samples must be between 1 and 100, not {samples}")
    pairs = undirected_pairs(graph)
    if not pairs:
        raise WrongKind("a small world needs edges, and the graph has none")
    own = _figures(graph.num_nodes, pairs)
    random_figures = [_figures(graph.num_nodes, rewired(pairs, seed + i)) for i in range(samples)]
    c_random, l_random = (math.fsum(column) / samples for column in zip(*random_figures))
    if not c_random:
        raise WrongKind("the random graphs of the same degrees have no triangles, so sigma is not defined")
    witness = {"clustering": own[0], "distance": own[1], "random_clustering": c_random, "random_distance": l_random}
    number = own[0] / c_random / (own[1] / l_random)
    return Number(number, witness, exact=False, estimated=True, notes=(f"{samples} random graphs, seed {seed}",))


@tool(
    phrases=("small world omega", "between lattice and random"),
    asks=(
        "What is the small-world omega?",
        "Is the graph nearer to a lattice or to a random graph?",
        "small world omega",
        "Compute omega for small-worldness.",
    ),
)
def small_world_omega(graph: Graph, samples: int = 5, seed: int = 0) -> Number:
    """L_random / L - C / C_lattice: near 0 in a small world, below in a lattice, above in a random graph.

    C is the average clustering, L the mean distance over connected pairs; C_lattice = 3 (k - 2) / (4 (k - 1)) is that
    of a ring lattice of the same mean degree k. The random graphs come from degree-preserving edge swaps: an
    estimate. The witness gives the four figures. O(samples * n * m). Telesford et al. (2011).

    Raises:
        BadArgument: `samples` is not in [1, 100].
        WrongKind: the mean degree is not above 2.
    """
    if not 1 <= samples <= 100:
        raise BadArgument(f"samples must be between 1 and 100, not {samples}")
    pairs = undirected_pairs(graph)
    degree = 2 * len(pairs) / graph.num_nodes if graph else 0.0
    if degree <= 2:
        raise WrongKind(f"omega needs a mean degree above 2 (a lattice with triangles), and it is {degree:.3g}")
    own = _figures(graph.num_nodes, pairs)
    lattice = 3 * (degree - 2) / (4 * (degree - 1))
    distance = math.fsum(_figures(graph.num_nodes, rewired(pairs, seed + i))[1] for i in range(samples)) / samples
    witness = {"clustering": own[0], "distance": own[1], "lattice_clustering": lattice, "random_distance": distance}
    notes = (f"{samples} random graphs, seed {seed}",)
    return Number(distance / own[1] - own[0] / lattice, witness, exact=False, estimated=True, notes=notes)


def undirected_pairs(graph: Graph) -> Pairs:
    """The edges as pairs of places in the graph's order, each once, self-loops left out."""
    place = {node: i for i, node in enumerate(graph)}
    return sorted({(min(place[u], place[v]), max(place[u], place[v])) for u, v in graph.nx.edges() if u != v})


def rewired(pairs: Pairs, seed: int) -> Pairs:
    """A random simple graph with the same degrees: ten swaps of ends an edge (Maslov and Sneppen 2002)."""
    rng = random.Random(seed)
    edges = list(pairs)
    present = set(edges)
    for _ in range(10 * len(edges)):
        i, j = rng.randrange(len(edges)), rng.randrange(len(edges))
        (a, b), (c, d) = edges[i], edges[j]
        if rng.random() < 0.5:
            c, d = d, c
        first, second = (min(a, d), max(a, d)), (min(c, b), max(c, b))
        if a == d or c == b or first in present or second in present or i == j or first == second:
            continue
        present -= {edges[i], edges[j]}
        present |= {first, second}
        edges[i], edges[j] = first, second
    return edges


def _figures(num_nodes: int, pairs: Pairs) -> tuple[float, float]:
    """Average clustering, and mean distance over connected pairs."""
    around: list[set[int]] = [set() for _ in range(num_nodes)]
    for u, v in pairs:
        around[u].add(v)
        around[v].add(u)
    clustering = 0.0
    for near in around:
        if len(near) > 1:
            clustering += sum(len(near & around[w]) for w in near) / (len(near) * (len(near) - 1))
    total = count = 0
    for source in range(num_nodes):
        far = {source: 0}
        queue = deque([source])
        while queue:
            u = queue.popleft()
            for v in around[u]:
                if v not in far:
                    far[v] = far[u] + 1
                    queue.append(v)
        total += sum(far.values())
        count += len(far) - 1
    return clustering / num_nodes, total / count
