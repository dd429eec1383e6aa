"""Checks of generated graphs: the wanted properties are counted on the result."""

from __future__ import annotations

from collections import Counter

from graphs.graph import Graph, Node
from tools.answers import GraphAnswer, Truth
from tools.certificates.adjacency import neighbour_sets
from tools.certificates.base import Claim, checker, require
from tools.certificates.built import bare, node_data, require_graph, rows

NEAR = 0.05


def _require_simple(graph: Graph, nodes: int, directed: bool = False) -> None:
    require(graph.nodes == list(range(nodes)), f"the nodes are not 0 to {nodes - 1}")
    require(all(type(node) is int for node in graph), "a label is no whole number")
    require(graph.directed is directed and not graph.multi, "the graph is of another kind")
    require(not any(edge.source == edge.target for edge in graph.edges()), "an edge is a self-loop")


def _is_connected(near: dict[Node, set[Node]]) -> bool:
    queue = list(near)[:1]
    seen = set(queue)
    for node in queue:
        fresh = near[node] - seen
        seen |= fresh
        queue.extend(fresh)
    return len(seen) == len(near)


def _is_acyclic(graph: Graph) -> bool:
    into = Counter(edge.target for edge in graph.edges())
    out: dict[Node, list[Node]] = {node: [] for node in graph}
    for edge in graph.edges():
        out[edge.source].append(edge.target)
    queue = [node for node in graph if not into[node]]
    for node in queue:
        for other in out[node]:
            into[other] -= 1
            if not into[other]:
                queue.append(other)
    return len(queue) == graph.num_nodes


def _grid(nodes: int, columns: int) -> set[frozenset[int]]:
    right = {frozenset((i, i + 1)) for i in range(nodes) if (i + 1) % columns}
    return right | {frozenset((i, i + columns)) for i in range(nodes - columns)}


def _family(kind: str, nodes: int, k: int) -> set[frozenset[int]] | None:
    """The edges of a family by definition; None for a random model."""
    hub = {frozenset((0, i)) for i in range(1, nodes)}
    line = {frozenset((i, i + 1)) for i in range(nodes - 1)}
    return {
        "complete": lambda: {frozenset((i, j)) for i in range(nodes) for j in range(i)},
        "empty": set,
        "path": lambda: line,
        "cycle": lambda: line | {frozenset((0, nodes - 1))},
        "star": lambda: hub,
        "wheel": lambda: hub | {frozenset((i, i + 1)) for i in range(1, nodes - 1)} | {frozenset((1, nodes - 1))},
        "grid": lambda: _grid(nodes, k),
        "balanced tree": lambda: {frozenset((i, (i - 1) // k)) for i in range(1, nodes)},
    }.get(kind, lambda: None)()


def _chosen_k(answer: GraphAnswer, k: int | None) -> int:
    """`k` as given, or as the notes say that it was chosen."""
    said = [int(note.removeprefix("k is ")) for note in answer.notes if note.startswith("k is ")]
    return k if k is not None else (said[0] if said else 0)


@checker("generate_graph")
def check_generate_graph(
    answer: GraphAnswer,
    kind: str,
    nodes: int,
    edges: int | None = None,
    probability: float | None = None,
    k: int | None = None,
    directed: bool = False,
    seed: int = 0,
) -> str:
    """the properties that define the kind counted on the graph"""
    graph, number = answer.graph, _chosen_k(answer, k)
    _require_simple(graph, nodes, directed or kind == "acyclic")
    near, count = neighbour_sets(graph), graph.num_edges
    family = _family(kind, nodes, number)
    degrees = {len(others) for others in near.values()}
    if family is not None:
        require(
            {frozenset((e.source, e.target)) for e in graph.edges()} == family, f"these are not the edges of a {kind}"
        )
    wanted = {
        "random tree": lambda: count == nodes - 1 and _is_connected(near),
        "random": lambda: edges is None or count == edges,
        "scale-free": lambda: count == number * (nodes - number) and _is_connected(near),
        "small-world": lambda: count == nodes * number // 2,
        "regular": lambda: degrees <= {number},
        "bipartite": lambda: _crosses(graph, number),
        "acyclic": lambda: _is_acyclic(graph),
    }
    require(wanted.get(kind, lambda: True)(), f"the graph is not {kind}")
    if kind in ("random", "acyclic", "bipartite") and probability in (0, 1):
        most = {"random": nodes * (nodes - 1) // (1 if directed else 2), "acyclic": nodes * (nodes - 1) // 2}
        require(count == probability * most.get(kind, number * (nodes - number)), "the number of edges is impossible")
    return f"a {kind} graph with {nodes} nodes and {count} edges"


def _crosses(graph: Graph, left: int) -> bool:
    side = {node: graph.nx.nodes[node].get("side") for node in graph}
    sides = [side[node] for node in graph] == [0] * left + [1] * (graph.num_nodes - left)
    return sides and all(side[edge.source] != side[edge.target] for edge in graph.edges())


@checker("named_graph")
def check_named_graph(answer: GraphAnswer, name: str) -> Claim:
    """the name looked up again, and nodes and edges compared"""
    from graphs.generators.named import named_graph

    again = named_graph(name)
    require(answer.graph.multi == again.multi and answer.graph.nodes == again.nodes, "the nodes are others")
    size = require_graph(answer, node_data(again), rows(again), directed=again.directed)
    return Claim(f"{again.name or name} has {size}", "recount")


@checker("graph_with")
def check_graph_with(
    answer: GraphAnswer,
    num_nodes: int,
    num_edges: int | None = None,
    density: float | None = None,
    average_degree: float | None = None,
    clustering: float | None = None,
    num_communities: int | None = None,
    connected: bool = False,
    directed: bool = False,
    seed: int = 0,
) -> str:
    """nodes, edges, components, communities and triangles counted on the graph"""
    graph = answer.graph
    _require_simple(graph, num_nodes, directed)
    near, count = neighbour_sets(graph), graph.num_edges
    pairs = num_nodes * (num_nodes - 1) / (1 if directed else 2)
    require(num_edges is None or count == num_edges, f"the graph has {count} edges")
    require(density is None or abs(count - density * pairs) <= 0.5, f"the density is off: {count} edges")
    require(average_degree is None or abs(count - num_nodes * average_degree / 2) <= 0.5, f"{count} edges are off")
    if num_edges is None and density is None and average_degree is None:
        require(count == min(2 * num_nodes, pairs), "the average degree is not 4")
    require(not connected or _is_connected(near), "the graph is not connected")
    blocks = {graph.nx.nodes[node]["community"] for node in graph}
    require(blocks == set(range(min(num_nodes, num_communities or 1))), f"there are {len(blocks)} communities")
    claim = f"a graph with {num_nodes} nodes and {count} edges in {len(blocks)} communities"
    if clustering is None:
        require(answer.exact, "the answer is exact")
        return claim
    require(answer.bounds is None, "bounds on a graph")
    found = _average_clustering(near)
    require(answer.exact is (abs(found - clustering) <= NEAR), f"the average clustering is {found:.3f}")
    return f"{claim}, average clustering {found:.3f} for a target of {clustering:.3f}"


def _average_clustering(near: dict[Node, set[Node]]) -> float:
    total = 0.0
    for others in near.values():
        d = len(others)
        if d > 1:
            total += sum(len(near[other] & others) for other in others) / (d * (d - 1))
    return total / len(near) if near else 0.0


@checker("random_bipartite_graph")
def check_random_bipartite_graph(answer: GraphAnswer, left: int, right: int, probability: float, seed: int = 0) -> str:
    """the sides of every edge compared"""
    _require_simple(answer.graph, left + right)
    require(_crosses(answer.graph, left), "an edge lies within one side, or the sides have other sizes")
    if probability in (0, 1):
        require(answer.graph.num_edges == probability * left * right, "the number of edges is impossible")
    return f"a bipartite graph with {left} and {right} nodes and {answer.graph.num_edges} edges"


@checker("block_model_graph")
def check_block_model_graph(
    answer: GraphAnswer, sizes: list[float], inside: float, outside: float, seed: int = 0
) -> str:
    """block sizes and edges within and between blocks counted"""
    graph = answer.graph
    _require_simple(graph, int(sum(sizes)))
    block = dict(graph.nx.nodes(data="block"))
    true = [number for number, size in enumerate(sizes) for _ in range(int(size))]
    require(list(block.values()) == true, "a block has another size")
    within = sum(block[e.source] == block[e.target] for e in graph.edges())
    most = sum(int(s) * (int(s) - 1) // 2 for s in sizes)
    between = len(true) * (len(true) - 1) // 2 - most
    for share, count, room in ((inside, within, most), (outside, graph.num_edges - within, between)):
        require(share not in (0, 1) or count == share * room, "the number of edges is impossible")
    return f"blocks of {[int(s) for s in sizes]} nodes with {within} of {graph.num_edges} edges within blocks"


@checker("is_graphical")
def check_is_graphical(answer: Truth, degrees: list[float]) -> str:
    """the degrees of the witness graph counted, or the failing inequality evaluated"""
    wanted = [int(d) for d in degrees]
    if answer.holds:
        edges = answer.witness["edges"]
        require(len({frozenset(edge) for edge in edges}) == len(edges), "an edge is listed twice")
        require(all(len(set(edge)) == 2 for edge in edges), "an edge is a self-loop")
        ends = Counter(end for edge in edges for end in edge)
        require(set(ends) <= set(range(len(wanted))), "a node is not in the sequence")
        require(all(ends[i] == d for i, d in enumerate(wanted)), "a node of the witness graph has another degree")
        return f"a simple graph with the {len(wanted)} degrees exists"
    if "odd_sum" in answer.witness:
        require(answer.witness == {"odd_sum": sum(wanted)} and sum(wanted) % 2 == 1, "the sum of the degrees is even")
        return f"the degrees add up to the odd number {sum(wanted)}, so there is no such graph"
    k, ordered = answer.witness["k"], sorted(wanted)
    require(isinstance(k, int) and 0 < k <= len(wanted), "k is out of range")
    top, rest = ordered[-k:], ordered[:-k]
    room = k * (k - 1) + sum(min(d, k) for d in rest)
    require(answer.witness == {"k": k, "sum": sum(top), "room": room} and sum(top) > room, "the inequality holds")
    return f"the {k} largest degrees add up to {sum(top)}, and only {room} is possible"


@checker("graph_from_degrees")
def check_graph_from_degrees(answer: GraphAnswer, degrees: list[float]) -> str:
    """the degree of every node counted"""
    _require_simple(answer.graph, len(degrees))
    near = neighbour_sets(answer.graph)
    require(all(len(near[i]) == d for i, d in enumerate(degrees)), "a node has another degree")
    pairs = [(e.source, e.target) for e in answer.graph.edges()]
    require_graph(answer, {i: {} for i in near}, bare(pairs), directed=False)
    return f"a simple graph in which {len(degrees)} nodes have the wanted degrees"


@checker("random_weights")
def check_random_weights(
    graph: Graph, answer: GraphAnswer, low: int = 1, high: int = 10, attribute: str = "weight", seed: int = 0
) -> str:
    """every weight compared with its range, and everything else with the old graph"""
    values = [edge.attributes.get(attribute) for edge in answer.graph.edges()]
    require(all(type(x) is int and low <= x <= high for x in values), "a weight is out of range")
    require(len(values) == graph.num_edges, "an edge is lost or new")
    old = [(u, v, ({**data, attribute: x}, origin)) for (u, v, (data, origin)), x in zip(rows(graph), values)]
    require_graph(answer, node_data(graph), old, directed=graph.directed)
    return f"every {attribute} is a whole number from {low} to {high}, and nothing else has changed"
