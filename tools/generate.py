"""Graphs from a description: families, random models, wanted figures, degrees, weights."""

from __future__ import annotations

import random
from typing import Literal

from graphs.errors import BadArgument, TooLarge
from graphs.graph import Graph
from tools.answers import GraphAnswer, Truth
from tools.registry import Attribute, Numbers, tool
from tools.targets import Plan, average_clustering, nearest

Kind = Literal[
    "complete",
    "empty",
    "path",
    "cycle",
    "star",
    "wheel",
    "grid",
    "balanced tree",
    "random tree",
    "random",
    "scale-free",
    "small-world",
    "regular",
    "bipartite",
    "acyclic",
]
NEAR = 0.05  # how far the clustering may be from its target


@tool(
    phrases=("generate a graph", "create a graph", "make a graph", "random graph"),
    asks=(
        "Generate a {kind} graph with {nodes} nodes.",
        "Create a {kind} graph on {nodes} vertices.",
        "Make me a {kind} graph of {nodes} nodes.",
        "a {kind} graph with {nodes} nodes please",
    ),
)
def generate_graph(
    kind: Kind,
    nodes: int,
    edges: int | None = None,
    probability: float | None = None,
    k: int | None = None,
    directed: bool = False,
    seed: int = 0,
) -> GraphAnswer:
    """Make a graph of a family or random model on `nodes` nodes 0, 1, 2 …

    `edges` or `probability` size the kinds random, bipartite and acyclic; `k` is the number of columns of a grid,
    children in a balanced tree, links of each new node (scale-free, Barabási & Albert 1999), ring neighbours
    (small-world, Watts & Strogatz 1998; `probability` rewires), degree (regular) or nodes on the left (bipartite).
    What is left out is chosen, and a note says what. Same seed, same graph. O(n + m).

    Raises:
        BadArgument: the numbers fit no such graph.
        TooLarge: over two million edges.
    """
    from graphs.generators import families
    from graphs.generators import random as models

    if nodes < 0:
        raise BadArgument(f"a graph cannot have {nodes} nodes")
    if edges is not None and kind != "random":
        raise BadArgument(f"a number of edges can be chosen for the kind random, not for {kind}")
    if directed and kind not in ("random", "acyclic"):
        raise BadArgument(f"a {kind} graph is undirected here; use to_directed on it")
    share = probability if probability is not None else min(1.0, 4 / max(1, nodes - 1))
    notes = []
    if kind in ("random", "acyclic", "bipartite") and probability is None and edges is None:
        notes.append(f"edges are drawn with probability {share:.3g}")
    if kind == "small-world" and probability is None:
        share = 0.1
        notes.append("edges are rewired with probability 0.1")
    if kind in ("grid", "regular") and nodes == 0:
        raise BadArgument(f"a {kind} graph needs at least one node")
    number = _default_k(kind, nodes, k, notes)
    make = {
        "complete": lambda: families.complete_graph(nodes),
        "empty": lambda: Graph.from_edges((), range(nodes), name=f"empty graph on {nodes} nodes"),
        "path": lambda: families.path_graph(nodes),
        "cycle": lambda: families.cycle_graph(nodes),
        "star": lambda: families.star_graph(nodes - 1),
        "wheel": lambda: families.wheel_graph(nodes),
        "grid": lambda: families.grid_graph(nodes // number, number),
        "balanced tree": lambda: families.full_rary_tree(number, nodes),
        "random tree": lambda: models.random_tree(nodes, seed),
        "random": lambda: (
            models.erdos_renyi(nodes, share, seed, directed=directed)
            if edges is None
            else models.random_edges(nodes, edges, seed, directed=directed)
        ),
        "scale-free": lambda: models.barabasi_albert(nodes, number, seed),
        "small-world": lambda: models.watts_strogatz(nodes, number, share, seed),
        "regular": lambda: models.random_regular(nodes, number, seed),
        "bipartite": lambda: models.random_bipartite(number, nodes - number, share, seed),
        "acyclic": lambda: models.random_dag(nodes, share, seed),
    }
    return GraphAnswer(make[kind](), notes=tuple(notes))


def _default_k(kind: str, nodes: int, k: int | None, notes: list[str]) -> int:
    """`k`, or the choice of this kind, which is noted."""
    if k is not None:
        if kind == "grid" and (k < 1 or nodes % k):
            raise BadArgument(f"{nodes} nodes make no grid of {k} columns")
        return k
    columns = max((d for d in range(1, int(nodes**0.5) + 1) if nodes % d == 0), default=1)
    choice = {
        "grid": nodes // columns,
        "balanced tree": 2,
        "scale-free": min(2, max(1, nodes - 1)),
        "small-world": min(4, (nodes - 1) // 2 * 2),
        "regular": min(3, max(0, nodes - 1)) if nodes % 2 == 0 else min(2, max(0, nodes - 1)),
        "bipartite": nodes // 2,
    }
    if kind in choice:
        notes.append(f"k is {choice[kind]}")
    return choice.get(kind, 0)


@tool(
    phrases=("named graph", "well known graph", "famous graph"),
    asks=(
        "Load the graph called {name}.",
        "Give me the famous {name} graph.",
        "Take the well-known graph {name}.",
        "named graph {name}",
    ),
)
def named_graph(name: str) -> GraphAnswer:
    """Make the graph that a name stands for: "Petersen graph", "K3,3", "karate club", "5x4 grid".

    Raises:
        BadArgument: no graph has that name; the message offers close ones.
        TooLarge: over two million edges.
    """
    from graphs.generators.named import named_graph as make

    return GraphAnswer(make(name))


@tool(
    phrases=("graph with wanted figures", "graph with density", "graph with clustering", "graph with communities"),
    asks=(
        "Generate a graph with {num_nodes} nodes and the figures I give.",
        "Create a connected graph of {num_nodes} nodes with a given density and clustering.",
        "I need a network on {num_nodes} nodes with communities.",
        "graph with {num_nodes} nodes, average degree and clustering as wanted",
    ),
)
def graph_with(
    num_nodes: int,
    num_edges: int | None = None,
    density: float | None = None,
    average_degree: float | None = None,
    clustering: float | None = None,
    num_communities: int | None = None,
    connected: bool = False,
    directed: bool = False,
    seed: int = 0,
) -> GraphAnswer:
    """Make a random graph that meets targets: size, density or average degree, clustering, communities, connectivity.

    The number of edges is met exactly (rounded from density or average degree; average degree 4 by default). Nodes
    carry `community`; nine in ten random edges lie within one. The average clustering (of the undirected graph) is
    approached by closing triangles; `exact` is False when it stays more than 0.05 away. `connected` means weakly
    connected when directed. O(n + m) for each of at most 9 attempts.

    Raises:
        BadArgument: the targets contradict each other or themselves.
        TooLarge: over two million edges, or clustering wanted on over 5,000 nodes.
    """
    pairs = num_nodes * (num_nodes - 1) // (1 if directed else 2)
    edges = _wanted_edges(num_nodes, pairs, num_edges, density, average_degree)
    blocks = 1 if num_communities is None else num_communities
    _require(num_nodes >= 0 and 1 <= blocks <= max(1, num_nodes), f"{num_nodes} nodes cannot have {blocks} communities")
    _require(0 <= edges <= pairs, f"{num_nodes} nodes have room for 0 to {pairs} edges, not {edges}")
    least = max(0, num_nodes - 1)
    _require(
        not connected or edges >= least, f"a connected graph on {num_nodes} nodes needs {least} edges, not {edges}"
    )
    _require(clustering is None or 0 <= clustering <= 1, f"clustering lies between 0 and 1, not {clustering}")
    if edges > 2_000_000 or (clustering is not None and num_nodes > 5000):
        raise TooLarge("at most 2,000,000 edges, and 5,000 nodes where clustering is wanted; ask for fewer")
    block = [node * blocks // num_nodes for node in range(num_nodes)]
    plan = Plan(num_nodes, edges, directed, connected, block)
    body = nearest(plan, clustering, seed)
    graph = Graph(body, name=f"random graph on {num_nodes} nodes", origin=f"graph_with, seed {seed}")
    if clustering is None:
        return GraphAnswer(graph)
    found = average_clustering(body)
    note = f"average clustering {found:.3f} for a target of {clustering:.3f}"
    return GraphAnswer(graph, exact=abs(found - clustering) <= NEAR, notes=(note,))


def _wanted_edges(
    nodes: int, pairs: int, edges: int | None, density: float | None, average_degree: float | None
) -> int:
    given = [x for x in (edges, density, average_degree) if x is not None]
    _require(len(given) < 2, "give one of num_edges, density and average_degree: they fix each other")
    if edges is not None:
        return edges
    if density is not None:
        return round(density * pairs)
    return round(nodes * average_degree / 2) if average_degree is not None else min(2 * nodes, pairs)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise BadArgument(message)


@tool(
    phrases=("random bipartite graph", "generate two sided graph"),
    asks=(
        "Generate a random bipartite graph with {left} and {right} nodes and probability {probability}.",
        "Create a bipartite random graph: {left} left, {right} right, edge probability {probability}.",
        "Make a two-sided random graph of {left} and {right} nodes with probability {probability}.",
        "random bipartite graph {left} x {right}, p = {probability}",
    ),
)
def random_bipartite_graph(left: int, right: int, probability: float, seed: int = 0) -> GraphAnswer:
    """Join each of `left` nodes (side 0) with each of `right` nodes (side 1) with `probability`. O(left * right).

    Raises:
        BadArgument: a negative size or a probability outside 0 … 1.
        TooLarge: over two million edges.
    """
    from graphs.generators.random import random_bipartite

    return GraphAnswer(random_bipartite(left, right, probability, seed))


@tool(
    phrases=("stochastic block model", "planted partition", "generate a block model"),
    asks=(
        "Generate a stochastic block model with blocks {sizes}, inner probability {inside} and outer {outside}.",
        "Create a planted partition of sizes {sizes} with p_in {inside} and p_out {outside}.",
        "Make an SBM graph: sizes {sizes}, p_in = {inside}, p_out = {outside}.",
        "block model {sizes} with probabilities {inside} and {outside}",
    ),
)
def block_model_graph(sizes: Numbers, inside: float, outside: float, seed: int = 0) -> GraphAnswer:
    """Join nodes of one block with probability `inside`, of two blocks with `outside`; nodes carry `block`. O(n^2).

    Holland, Laskey & Leinhardt (1983).

    Raises:
        BadArgument: a size that is no whole number, or a probability outside 0 … 1.
        TooLarge: over two million edges.
    """
    from graphs.generators.random import stochastic_block_model

    whole = _whole(sizes)
    density = [[inside if i == j else outside for j in range(len(whole))] for i in range(len(whole))]
    return GraphAnswer(stochastic_block_model(whole, density, seed))


def _whole(numbers: list[float]) -> list[int]:
    if any(x != int(x) or x < 0 for x in numbers):
        raise BadArgument(f"these must be whole numbers, 0 or more, not {numbers[:10]}")
    return [int(x) for x in numbers]


@tool(
    phrases=("is graphical", "degree sequence possible", "is a valid degree sequence"),
    asks=(
        "Is the degree sequence {degrees} graphical?",
        "Does a simple graph with degrees {degrees} exist?",
        "Can {degrees} be the degrees of a graph?",
        "graphical sequence {degrees}?",
    ),
)
def is_graphical(degrees: Numbers) -> Truth:
    """Tell whether a simple undirected graph with these degrees exists.

    Havel (1955), Hakimi (1962); Erdős & Gallai (1960). O(n^2). Witness: the edges of such a graph on nodes 0, 1, 2 …;
    or `odd_sum`; or the k of an Erdős-Gallai inequality that fails, with its two sides: the k largest degrees add up to
    more than k(k-1) plus what the others can give.

    >>> is_graphical([3, 3, 1, 1]).witness
    {'k': 2, 'sum': 6, 'room': 4}
    """
    wanted = _whole(degrees)
    edges = _havel_hakimi(wanted)
    if edges is not None:
        return Truth(True, {"edges": edges})
    if sum(wanted) % 2:
        return Truth(False, {"odd_sum": sum(wanted)})
    ordered = sorted(wanted, reverse=True)
    for k in range(1, len(ordered) + 1):
        room = k * (k - 1) + sum(min(d, k) for d in ordered[k:])
        if sum(ordered[:k]) > room:
            return Truth(False, {"k": k, "sum": sum(ordered[:k]), "room": room})
    raise AssertionError("Havel-Hakimi failed although every Erdős-Gallai inequality holds")


def _havel_hakimi(degrees: list[int]) -> list[tuple[int, int]] | None:
    """Edges of a graph with these degrees: the largest is joined with the next largest, and so on."""
    left = [[degree, node] for node, degree in enumerate(degrees)]
    edges = []
    while left:
        left.sort(key=lambda item: (-item[0], item[1]))
        degree, node = left.pop(0)
        if degree > len(left) or (degree and left[degree - 1][0] == 0):
            return None
        for item in left[:degree]:
            item[0] -= 1
            edges.append((node, item[1]) if node < item[1] else (item[1], node))
    return edges


@tool(
    phrases=("graph from degree sequence", "realise a degree sequence", "havel hakimi"),
    asks=(
        "Make a graph with the degree sequence {degrees}.",
        "Construct a simple graph whose degrees are {degrees}.",
        "Run Havel-Hakimi on {degrees}.",
        "graph with degrees {degrees}",
    ),
)
def graph_from_degrees(degrees: Numbers) -> GraphAnswer:
    """Make a simple graph in which node i has the i-th of `degrees`. Havel (1955), Hakimi (1962), O(n^2).

    Raises:
        BadArgument: no such graph exists; the message says why.
        TooLarge: over 5,000 degrees.
    """
    if len(degrees) > 5000:
        raise TooLarge(f"at most 5,000 degrees, not {len(degrees)}; take fewer")
    answer = is_graphical(degrees)
    if not answer.holds:
        odd = "odd_sum" in answer.witness
        why = "their sum is odd" if odd else "the {k} largest add up to {sum}, over {room}".format(**answer.witness)
        raise BadArgument(f"no simple graph has these degrees: {why}")
    return GraphAnswer(Graph.from_edges(answer.witness["edges"], range(len(degrees)), name="graph of given degrees"))


@tool(
    phrases=("random weights", "assign random weights", "draw edge weights"),
    asks=(
        "Give every edge a random weight from {low} to {high}.",
        "Assign random weights between {low} and {high}.",
        "Draw edge weights from {low} to {high} at random.",
        "random weights {low} to {high}",
    ),
)
def random_weights(
    graph: Graph, low: int = 1, high: int = 10, attribute: Attribute = "weight", seed: int = 0
) -> GraphAnswer:
    """Give every edge a whole-number weight drawn evenly from `low` to `high`. Same seed, same weights. O(n + m).

    Raises:
        BadArgument: `low` is above `high`.
    """
    if low > high:
        raise BadArgument(f"the lowest weight {low} is above the highest {high}")
    rng = random.Random(seed)
    body = graph.nx.copy()
    for *_, data in body.edges(data=True):
        data[attribute] = rng.randint(low, high)
    return GraphAnswer(graph.derive(body, note=f"{attribute} drawn from {low} to {high}, seed {seed}"))
