"""Structure: bipartite, planar, chordal, regular and other graph classes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import networkx as nx

from graphs.errors import TooLarge, WrongKind
from graphs.graph import Graph, Node
from tools.adjacency import neighbour_lists, two_colouring
from tools.answers import Groups, NodeValues, Number, Order, Truth
from tools.registry import tool

Around = dict[Node, list[Node]]
MOST_NESTED = 400  # nodes of a cograph: its cotree may be nested as deep


@tool(
    phrases=("bipartite", "two-colourable", "two colorable", "2-colourable", "odd cycle free"),
    asks=(
        "Is the graph bipartite?",
        "Can the nodes be split into two sets so that every edge runs between them?",
        "Is this graph two-colourable?",
        "Check if the graph is bipartite or not.",
        "bipartite?",
    ),
)
def is_bipartite(graph: Graph) -> Truth:
    """Decide whether the nodes fall into two sets with all edges between them; directions are ignored.

    witness: `sides`, or an odd cycle as `cycle` (Kőnig 1936); a self-loop is one of length 1. O(n + m).

    >>> is_bipartite(Graph.from_edges([(1, 2), (2, 3), (3, 1)])).witness
    {'cycle': [2, 1, 3]}
    """
    sides, cycle = _sides(graph)
    return Truth(False, witness={"cycle": cycle}) if sides is None else Truth(True, witness={"sides": sides})


@tool(
    phrases=("two sides of a bipartite graph", "bipartition", "bipartite sets", "split into two independent sets"),
    asks=(
        "What are the two sides of this bipartite graph?",
        "Give the bipartition of the graph.",
        "List the bipartite sets.",
        "Split the nodes into two independent sets.",
    ),
)
def bipartite_sets(graph: Graph) -> Groups:
    """Split the nodes into two sets with all edges between them; the first node of each component is in the first.

    O(n + m).

    Raises:
        WrongKind: the graph has an odd cycle, which the message names.
    """
    sides, cycle = _sides(graph)
    if sides is None:
        raise WrongKind(f"the graph is not bipartite: it has the odd cycle {_shown(cycle)}")
    return Groups(sides)


@tool(
    phrases=("complete bipartite", "biclique graph", "every pair across the two sides is joined"),
    asks=(
        "Is the graph complete bipartite?",
        "Is this a complete bipartite graph K(m, n)?",
        "Is every node of one side joined to every node of the other side?",
        "Check whether this graph is a complete bipartite graph.",
    ),
)
def is_complete_bipartite(graph: Graph) -> Truth:
    """Decide whether the nodes fall into two nonempty sets, joined by all edges between them and no others.

    witness: `sides`, an odd `cycle`, or `missing`, two nodes of different sides that are not adjacent. Parallel edges
    count once. O(n²).

    Raises:
        WrongKind: the graph has fewer than two nodes.
    """
    if graph.num_nodes < 2:
        raise WrongKind("two nonempty sides need at least two nodes")
    sides, cycle = _sides(graph)
    if sides is None:
        return Truth(False, witness={"cycle": cycle})
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    if not any(around.values()):
        return Truth(False, witness={"missing": graph.nodes[:2]})
    start = next(node for node in graph if around[node])
    second = around[start]
    first = set(graph) - second
    for u, v in itertools.product([n for n in graph if n in first], [n for n in graph if n in second]):
        if v not in around[u]:
            return Truth(False, witness={"missing": [u, v]})
    return Truth(True, witness={"sides": [[n for n in graph if n in side] for side in (first, second)]})


@tool(
    phrases=("complete multipartite", "turan graph", "non-adjacency is transitive"),
    asks=(
        "Is the graph complete multipartite?",
        "Do the nodes fall into parts with exactly the edges between different parts?",
        "Is this a complete multipartite graph?",
        "Check for a complete k-partite structure.",
    ),
)
def is_complete_multipartite(graph: Graph) -> Truth:
    """Decide whether the nodes fall into parts such that two are adjacent exactly when their parts differ.

    witness: the `parts`, or `nodes` u, v, w with v adjacent to neither and u adjacent to w. O(n²).
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    for v in graph:
        apart = [node for node in graph if node != v and node not in around[v]]
        for u, w in itertools.combinations(apart, 2):
            if w in around[u]:
                return Truth(False, witness={"nodes": [u, v, w]})
    parts: list[list[Node]] = []
    for node in graph:
        home = next((part for part in parts if part[0] not in around[node]), None)
        if home is None:
            parts.append([node])
        else:
            home.append(node)
    return Truth(True, witness={"parts": parts})


@tool(
    phrases=("planar", "drawn without crossings", "drawn in the plane", "kuratowski"),
    asks=(
        "Is the graph planar?",
        "Can the graph be drawn without crossing edges?",
        "Does the graph contain a subdivision of K5 or K3,3?",
        "Is it possible to draw this graph in the plane?",
        "planar?",
    ),
)
def is_planar(graph: Graph) -> Truth:
    """Decide whether the graph can be drawn in the plane without crossings.

    witness: `rotation`, the neighbours of each node in clockwise order, or `subdivision`, the edges of a subdivided K5
    or K3,3 (Kuratowski 1930). Left-right test (de Fraysseix, Rosenstiehl 1982; Brandes 2009), O(n); the subdivision
    is found by removing edges in shrinking chunks while the rest stays non-planar.
    """
    rotation = _rotation(graph)
    if rotation is not None:
        return Truth(True, witness={"rotation": rotation})
    return Truth(False, witness={"subdivision": _kuratowski(graph)})


@tool(
    phrases=("planar embedding", "combinatorial embedding", "rotation system", "clockwise order of neighbours"),
    asks=(
        "Give a planar embedding of the graph.",
        "What is the clockwise order of neighbours around each node in a planar drawing?",
        "Compute a combinatorial embedding.",
        "Find a rotation system for this planar graph.",
    ),
)
def planar_embedding(graph: Graph) -> NodeValues:
    """Give the neighbours of each node in clockwise order in some drawing without crossings. O(n).

    Raises:
        WrongKind: the graph is not planar; `is_planar` shows why.
    """
    return NodeValues(_planar(graph))


@tool(
    phrases=("number of faces", "count faces of a planar graph", "regions of the plane", "euler formula faces"),
    asks=(
        "How many faces does a planar drawing of the graph have?",
        "Count the faces by Euler's formula.",
        "Into how many regions does the planar graph divide the plane?",
        "number of faces?",
    ),
)
def count_faces(graph: Graph) -> Number:
    """Count the faces, the outer one included, of any drawing without crossings: m - n + components + 1 (Euler).

    witness: the `rotation` of neighbours that shows the graph planar. Each parallel edge and loop adds a face. O(n).

    Raises:
        WrongKind: the graph is not planar.
    """
    rotation = _planar(graph)
    components = nx.number_connected_components(graph.nx.to_undirected(as_view=True)) if graph.num_nodes else 0
    return Number(graph.num_edges - graph.num_nodes + components + 1, witness={"rotation": rotation})


@tool(
    phrases=("chordal", "triangulated graph", "every cycle has a chord", "chordless cycle"),
    asks=(
        "Is the graph chordal?",
        "Does every cycle of four or more nodes have a chord?",
        "Is there a chordless cycle of length at least four?",
        "Check whether the graph is a triangulated (chordal) graph.",
    ),
)
def is_chordal(graph: Graph) -> Truth:
    """Decide whether every cycle of at least four nodes has a chord; directions and loops are ignored.

    witness: a perfect elimination `order`, or a chordless cycle as `hole`. Maximum cardinality search (Tarjan and
    Yannakakis 1984), O(n m).
    """
    around = neighbour_lists(graph)
    order = _elimination(around)
    hole = _hole(around) if _broken(around, order) else None
    return Truth(True, witness={"order": order}) if hole is None else Truth(False, witness={"hole": hole})


@tool(
    phrases=("perfect elimination order", "perfect elimination ordering", "simplicial elimination"),
    asks=(
        "Find a perfect elimination order.",
        "In what order can the nodes be eliminated so that each one's later neighbours form a clique?",
        "Give a perfect elimination ordering of this chordal graph.",
        "simplicial elimination ordering",
    ),
)
def perfect_elimination_order(graph: Graph) -> Order:
    """Order the nodes so that the later neighbours of each form a clique (Fulkerson and Gross 1965). O(n m).

    Raises:
        WrongKind: the graph has a chordless cycle, which the message names.
    """
    around = neighbour_lists(graph)
    order = _elimination(around)
    if _broken(around, order):
        raise WrongKind(f"the graph is not chordal: it has the chordless cycle {_shown(_hole(around))}")
    return Order(order)


@tool(
    phrases=("treewidth", "tree width", "width of a tree decomposition"),
    asks=(
        "What is the treewidth of the graph?",
        "Give bounds on the treewidth.",
        "How tree-like is the graph, measured by treewidth?",
        "Compute the tree width.",
    ),
)
def treewidth(graph: Graph) -> Number:
    """Bound the treewidth from both sides; the number is the upper bound, exact where the two meet.

    witness: an elimination `order` of that width (least fill-in first), and `branch_sets`, connected disjoint node
    sets that form a minor of minimum degree equal to the lower bound (contraction degeneracy, Bodlaender and Koster
    2011). Treewidth is NP-hard; the bounds take O(n³ Δ). The empty graph has treewidth -1.
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    order, high = _least_fill(around)
    sets, low = _contracted(around)
    shown = {"order": order, "branch_sets": sets}
    return Number(high, witness=shown, exact=low == high, bounds=(low, high))


@tool(
    phrases=("complete graph", "fully connected clique graph", "all pairs adjacent"),
    asks=(
        "Is the graph complete?",
        "Is every node connected directly to every other node?",
        "Are all pairs of nodes adjacent?",
        "Is this a complete graph?",
    ),
)
def is_complete(graph: Graph) -> Truth:
    """Decide whether every two nodes are adjacent (in both directions when directed).

    witness when not: the `missing` pair. Loops and parallel edges are ignored. O(n²).
    """
    for u, v in itertools.permutations(graph.nodes, 2):
        if not graph.has_edge(u, v):
            return Truth(False, witness={"missing": [u, v]})
    return Truth(True)


@tool(
    phrases=("regular graph", "all degrees equal", "k-regular", "cubic graph", "same degree"),
    asks=(
        "Is the graph regular?",
        "Do all nodes have the same degree?",
        "Is the graph {k}-regular?",
        "Is every node of degree {k}?",
    ),
)
def is_regular(graph: Graph, k: int | None = None) -> Truth:
    """Decide whether every node has the same degree, `k` where given (in and out when directed).

    A loop counts 2. witness: the common `degree`, or `nodes` and their `degrees` that differ (one node when it differs
    from `k`). A graph without nodes is regular. O(n + m).
    """
    degree = _degrees(graph)
    wanted = k
    for node in graph:
        for d in degree[node]:
            if wanted is None:
                wanted = d
            if d != wanted:
                first = [] if k is not None else [graph.nodes[0]] if node != graph.nodes[0] else []
                nodes = [*first, node]
                return Truth(False, witness={"nodes": nodes, "degrees": [list(degree[n]) for n in nodes]})
    return Truth(True, witness={"degree": wanted})


@tool(
    phrases=("star graph", "one centre joined to all leaves", "is a star"),
    asks=(
        "Is the graph a star?",
        "Is there one centre joined to all other nodes, and no other edge?",
        "Is this a star graph?",
        "Check if the graph has the shape of a star.",
    ),
)
def is_star_graph(graph: Graph) -> Truth:
    """Decide whether one node is joined to all others and there is no other edge.

    witness: the `centre`. A single node is a star. Directions are ignored. O(n + m).
    """
    body = _plain_body(graph)
    if body is None or not graph.num_nodes or graph.num_edges != graph.num_nodes - 1:
        return Truth(False)
    centre = max(body, key=lambda node: len(body[node]))
    good = len(body[centre]) == graph.num_nodes - 1
    return Truth(good, witness={"centre": centre} if good else None)


@tool(
    phrases=("path graph", "is a simple line of nodes", "linear chain graph"),
    asks=(
        "Is the graph a path graph?",
        "Do the nodes form one simple line (a path graph)?",
        "Is this graph a linear chain?",
        "Check if the whole graph is just a path.",
    ),
)
def is_path_graph(graph: Graph) -> Truth:
    """Decide whether the whole graph is one path through all nodes. witness: their `order`. O(n + m)."""
    body = _plain_body(graph)
    if body is None or not graph.num_nodes or graph.num_edges != graph.num_nodes - 1:
        return Truth(False)
    start = next((node for node in body if len(body[node]) <= 1), None)
    return _line(body, start) if start is not None else Truth(False)


@tool(
    phrases=("cycle graph", "is a ring", "the graph is one single cycle", "circular graph"),
    asks=(
        "Is the graph a cycle graph?",
        "Do all nodes form a single ring?",
        "Is the whole graph one cycle?",
        "Check whether this is a circular (cycle) graph.",
    ),
)
def is_cycle_graph(graph: Graph) -> Truth:
    """Decide whether the whole graph is one cycle of at least three nodes. witness: their `order`. O(n + m)."""
    body = _plain_body(graph)
    if body is None or graph.num_nodes < 3 or any(len(near) != 2 for near in body.values()):
        return Truth(False)
    return _line(body, graph.nodes[0])


@tool(
    phrases=("wheel graph", "a hub joined to every node of a cycle", "is a wheel"),
    asks=(
        "Is the graph a wheel?",
        "Is this a wheel graph: a hub joined to every node of a rim?",
        "Does the graph consist of a cycle and a hub joined to all of it?",
        "Check for the wheel shape.",
    ),
)
def is_wheel_graph(graph: Graph) -> Truth:
    """Decide whether one hub is joined to every node of a cycle of the others, and there is no other edge.

    witness: the `hub` and the `rim` in order. O(n + m).
    """
    body = _plain_body(graph)
    n = graph.num_nodes
    if body is None or n < 4 or graph.num_edges != 2 * (n - 1):
        return Truth(False)
    hub = max(body, key=lambda node: len(body[node]))
    rest = {node: [v for v in near if v != hub] for node, near in body.items() if node != hub}
    if len(body[hub]) != n - 1 or any(len(near) != 2 for near in rest.values()):
        return Truth(False)
    rim = _line(rest, next(iter(rest)))
    return Truth(True, witness={"hub": hub, "rim": rim.witness["order"]}) if rim.holds else Truth(False)


@tool(
    phrases=("tournament", "every pair played exactly once", "one arc between each pair"),
    asks=(
        "Is the directed graph a tournament?",
        "Is there exactly one arc between every two nodes?",
        "Is this digraph a tournament graph?",
        "Did every pair play exactly one match?",
    ),
)
def is_tournament(graph: Graph) -> Truth:
    """Decide whether there is exactly one arc between every two nodes, and no loop.

    witness when not: the `pair` with none or several, or the `loop`. O(n² + m).

    Raises:
        WrongKind: the graph is undirected.
    """
    if not graph.directed:
        raise WrongKind("a tournament is a directed graph; this one is undirected")
    count: dict[tuple[Node, Node], int] = {}
    for edge in graph.edges():
        if edge.source == edge.target:
            return Truth(False, witness={"loop": edge.source})
        count[edge.source, edge.target] = count.get((edge.source, edge.target), 0) + 1
    for u, v in itertools.combinations(graph.nodes, 2):
        if count.get((u, v), 0) + count.get((v, u), 0) != 1:
            return Truth(False, witness={"pair": [u, v]})
    return Truth(True)


@tool(
    phrases=("split graph", "clique and independent set partition"),
    asks=(
        "Is the graph a split graph?",
        "Can the nodes be divided into a clique and an independent set?",
        "Check whether this is a split graph.",
        "split graph?",
    ),
)
def is_split_graph(graph: Graph) -> Truth:
    """Decide whether the nodes fall into a clique and an independent set.

    witness: `clique` and `independent`, or `nodes` that induce 2K2, C4 or C5 (Földes and Hammer 1977). The clique is
    read off the degrees (Hammer and Simeone 1981), O(n log n); the forbidden part is searched, O(n⁵) at worst.
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    order = sorted(around, key=lambda node: -len(around[node]))
    size = sum(len(around[node]) >= i for i, node in enumerate(order))
    clique, rest = order[:size], order[size:]
    if _is_clique(around, clique) and not any(around[u] & set(rest) for u in rest):
        at = {node: i for i, node in enumerate(graph)}
        return Truth(
            True,
            witness={"clique": sorted(clique, key=at.__getitem__), "independent": sorted(rest, key=at.__getitem__)},
        )
    return Truth(False, witness={"nodes": _not_split(around)})


@tool(
    phrases=("threshold graph", "built by isolated and dominating nodes"),
    asks=(
        "Is the graph a threshold graph?",
        "Can the graph be built by adding isolated and dominating nodes only?",
        "Check whether this is a threshold graph.",
        "threshold graph?",
    ),
)
def is_threshold_graph(graph: Graph) -> Truth:
    """Decide whether the graph arises by adding nodes joined to none or to all of the earlier ones.

    witness: the `order` of building and which nodes are `dominating`, or `nodes` a, b, c, d with edges a-b and c-d
    and without a-c and b-d (Chvátal and Hammer 1977). O(n² Δ).
    """
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    for u, v in itertools.combinations(around, 2):
        a = next((x for x in around if x in around[u] and x not in around[v] and x != v), None)
        b = next((x for x in around if x in around[v] and x not in around[u] and x != u), None)
        if a is not None and b is not None:
            return Truth(False, witness={"nodes": [u, a, b, v]})
    left, order, dominating = dict(around), list[Node](), list[Node]()
    while left:
        inside = set(left)
        node = next(v for v in left if len(left[v] & inside) in (0, len(left) - 1))
        if len(left) > 1 and len(left[node] & inside) == len(left) - 1:
            dominating.append(node)
        order.append(node)
        del left[node]
    return Truth(True, witness={"order": order[::-1], "dominating": dominating[::-1]})


@tool(
    phrases=("cograph", "complement reducible", "p4-free", "no induced path on four nodes"),
    asks=(
        "Is the graph a cograph?",
        "Does the graph have no induced path on four nodes?",
        "Is the graph P4-free?",
        "Check whether this is a complement-reducible graph.",
    ),
)
def is_cograph(graph: Graph) -> Truth:
    """Decide whether no four nodes induce a path.

    witness: a `cotree` of nested ["union" or "join", parts …] over the nodes (Corneil, Lerchs and Burlingham 1981), or
    the `path` of four nodes. O(n³), the path O(n m) more.

    Raises:
        TooLarge: more than 400 nodes.
    """
    if graph.num_nodes > MOST_NESTED:
        raise TooLarge(f"cographs of more than {MOST_NESTED} nodes are not looked at; this graph has {graph.num_nodes}")
    around = {node: set(near) for node, near in neighbour_lists(graph).items()}
    cotree = _cotree(around, graph.nodes) if graph.num_nodes else []
    if cotree is not None:
        return Truth(True, witness={"cotree": cotree})
    for b, near in around.items():
        for c in graph:
            if c in near:
                a = [x for x in graph if x in near and x not in around[c] and x != c]
                d = [x for x in graph if x in around[c] and x not in near and x != b]
                found = next(([p, b, c, q] for p in a for q in d if q not in around[p]), None)
                if found:
                    return Truth(False, witness={"path": found})
    raise AssertionError("a graph that is no cograph has an induced path on four nodes")


@tool(
    phrases=("claw-free", "contains a claw", "induced star with three leaves"),
    asks=(
        "Is the graph claw-free?",
        "Does any node have three pairwise non-adjacent neighbours (a claw)?",
        "Check that the graph contains no claw.",
        "claw free?",
    ),
)
def is_claw_free(graph: Graph) -> Truth:
    """Decide whether no node has three neighbours that are pairwise not adjacent.

    witness when not: the `claw`, its centre first. O(n Δ³).
    """
    around = neighbour_lists(graph)
    sets = {node: set(near) for node, near in around.items()}
    for node, near in around.items():
        for u, v in itertools.combinations(near, 2):
            if v in sets[u]:
                continue
            w = next((x for x in near if x not in (u, v) and x not in sets[u] and x not in sets[v]), None)
            if w is not None:
                return Truth(False, witness={"claw": [node, u, v, w]})
    return Truth(True)


@tool(
    phrases=("strongly regular", "strongly regular parameters"),
    asks=(
        "Is the graph strongly regular?",
        "Is this a strongly regular graph, and with which parameters?",
        "Do adjacent and non-adjacent pairs have constant numbers of common neighbours?",
        "Check strong regularity.",
    ),
)
def is_strongly_regular(graph: Graph) -> Truth:
    """Decide whether degrees, common neighbours of adjacent and of non-adjacent pairs are constant.

    witness: `parameters` [n, k, λ, μ], λ or μ None when there is no such pair. Loops and parallel edges make the
    answer no. Empty and complete graphs count, by the wide definition. O(n² Δ).

    Raises:
        WrongKind: the graph is directed.
    """
    if graph.directed:
        raise WrongKind("strong regularity is defined for undirected graphs here")
    body = _plain_body(graph)
    if body is None:
        return Truth(False)
    sets = {node: set(near) for node, near in body.items()}
    degrees = {len(near) for near in sets.values()}
    common: tuple[set[int], set[int]] = (set(), set())
    for u, v in itertools.combinations(sets, 2):
        common[v in sets[u]].add(len(sets[u] & sets[v]))
    if max(len(degrees), len(common[0]), len(common[1])) > 1:
        return Truth(False)
    k, mu, la = (next(iter(values), None) for values in (degrees, common[0], common[1]))
    return Truth(True, witness={"parameters": [graph.num_nodes, k, la, mu]})


@tool(
    phrases=("distance regular", "intersection array"),
    asks=(
        "Is the graph distance-regular?",
        "What is the intersection array, if the graph is distance regular?",
        "Check whether this graph is distance regular.",
        "intersection array of the graph",
    ),
)
def is_distance_regular(graph: Graph) -> Truth:
    """Decide whether the number of neighbours one step nearer and farther depends on the distance alone.

    witness: the intersection array as `farther` (b0, b1, …) and `nearer` (c1, c2, …). Disconnected graphs, loops and
    parallel edges make the answer no. Biggs (1971). O(n m).

    Raises:
        WrongKind: the graph is directed or has no nodes.
    """
    if graph.directed or not graph.num_nodes:
        raise WrongKind("distance regularity is defined for undirected graphs with at least one node")
    body = _plain_body(graph)
    if body is None:
        return Truth(False)
    farther: dict[int, int] = {}
    nearer: dict[int, int] = {}
    for start in body:
        distance = {start: 0}
        queue = [start]
        for u in queue:
            for v in body[u]:
                if v not in distance:
                    distance[v] = distance[u] + 1
                    queue.append(v)
        if len(distance) < len(body):
            return Truth(False)
        for u, d in distance.items():
            out = sum(distance[v] > d for v in body[u])
            back = sum(distance[v] < d for v in body[u])
            if farther.setdefault(d, out) != out or nearer.setdefault(d, back) != back:
                return Truth(False)
    last = max(farther)
    array = {"farther": [farther[d] for d in range(last)], "nearer": [nearer[d] for d in range(1, last + 1)]}
    return Truth(True, witness=array)


def _sides(graph: Graph) -> tuple[list[list[Node]] | None, list[Node]]:
    loop = next((edge.source for edge in graph.edges() if edge.source == edge.target), None)
    colour, cycle = two_colouring(neighbour_lists(graph))
    if loop is not None:
        return None, [loop]
    return None if cycle else [[n for n in graph if colour[n] == side] for side in (0, 1)], cycle


def _shown(nodes: Sequence[Node]) -> str:
    return " - ".join(str(node)[:40] for node in nodes[:12]) + (" …" if len(nodes) > 12 else "")


def _rotation(graph: Graph) -> dict[Node, list[Node]] | None:
    body = nx.Graph()
    body.add_nodes_from(graph)
    body.add_edges_from((u, v) for u, near in neighbour_lists(graph).items() for v in near)
    planar, embedding = nx.check_planarity(body)
    return {node: list(embedding.neighbors_cw_order(node)) for node in graph} if planar else None


def _planar(graph: Graph) -> dict[Node, list[Node]]:
    rotation = _rotation(graph)
    if rotation is None:
        raise WrongKind("the graph is not planar: edges cross in every drawing; is_planar shows a K5 or K3,3 in it")
    return rotation


def _kuratowski(graph: Graph) -> list[tuple[Node, Node]]:
    """A set of edges that is not planar, though it is without any one of them."""
    edges = list({frozenset(p): p for p in ((e.source, e.target) for e in graph.edges()) if p[0] != p[1]}.values())
    edges = edges[: 3 * graph.num_nodes]  # a planar graph has fewer than 3 n edges
    chunk = max(1, len(edges) // 2)
    while True:
        at = 0
        while at < len(edges):
            fewer = edges[:at] + edges[at + chunk :]
            if _crossing_free(fewer):
                at += chunk
            else:
                edges = fewer
        if chunk == 1:
            return edges
        chunk = max(1, chunk // 2)


def _crossing_free(edges: list[tuple[Node, Node]]) -> bool:
    return bool(nx.check_planarity(nx.Graph(edges))[0])


def _elimination(around: Around) -> list[Node]:
    """The reverse of a maximum cardinality search."""
    rank = dict.fromkeys(around, 0)
    order: list[Node] = []
    while rank:
        node = max(rank, key=rank.__getitem__)
        del rank[node]
        order.append(node)
        for v in around[node]:
            if v in rank:
                rank[v] += 1
    return order[::-1]


def _broken(around: Around, order: list[Node]) -> bool:
    """Whether some node's later neighbours are no clique: enough to look from the first of them (Golumbic 1980)."""
    at = {node: i for i, node in enumerate(order)}
    sets = {node: set(near) for node, near in around.items()}
    for node in order:
        later = [v for v in around[node] if at[v] > at[node]]
        if later:
            first = min(later, key=at.__getitem__)
            if any(v != first and v not in sets[first] for v in later):
                return True
    return False


def _hole(around: Around) -> list[Node]:
    """A chordless cycle: a shortest way around a node between two neighbours that are not adjacent."""
    sets = {node: set(near) for node, near in around.items()}
    for node, near in around.items():
        for u, w in itertools.combinations(near, 2):
            if w in sets[u]:
                continue
            closed = (sets[node] | {node}) - {u, w}
            parent: dict[Node, Node] = {u: u}
            queue = [u]
            for x in queue:
                for y in around[x]:
                    if y not in parent and y not in closed:
                        parent[y] = x
                        queue.append(y)
            if w in parent:
                walk = [w]
                while walk[-1] != u:
                    walk.append(parent[walk[-1]])
                return [node, *walk]
    raise AssertionError("a graph without a perfect elimination order has a chordless cycle")


def _least_fill(around: dict[Node, set[Node]]) -> tuple[list[Node], int]:
    left = {node: set(near) for node, near in around.items()}
    order: list[Node] = []
    width = -1

    def fill(node: Node) -> tuple[int, int]:
        near = list(left[node])
        if len(near) > 30:
            return len(near) ** 2, len(near)
        return sum(v not in left[u] for i, u in enumerate(near) for v in near[:i]), len(near)

    while left:
        node = min(left, key=fill)
        near = left.pop(node)
        width = max(width, len(near))
        order.append(node)
        for u in near:
            left[u] |= near
            left[u] -= {u, node}
    return order, width


def _contracted(around: dict[Node, set[Node]]) -> tuple[list[list[Node]], int]:
    """Branch sets of the minor of greatest minimum degree met while contracting least-degree nodes."""
    left = {node: set(near) for node, near in around.items()}
    merged = {node: [node] for node in around}
    best: list[list[Node]] = []
    low = -1
    while left:
        node = min(left, key=lambda v: len(left[v]))
        if len(left[node]) > low:
            low, best = len(left[node]), [list(merged[v]) for v in left]
        near = left.pop(node)
        mine = merged.pop(node)
        for v in near:
            left[v].discard(node)
        if near:
            into = min((v for v in left if v in near), key=lambda v: len(left[v] & near))
            merged[into] += mine
            for v in near - {into}:
                left[v].add(into)
                left[into].add(v)
    return best, low


def _degrees(graph: Graph) -> dict[Node, list[int]]:
    """[degree] of each node, or [out-degree, in-degree]; a loop counts twice, or once each way."""
    found = {node: [0, 0] if graph.directed else [0] for node in graph}
    for edge in graph.edges():
        found[edge.source][0] += 1
        found[edge.target][-1] += 1
    return found


def _plain_body(graph: Graph) -> Around | None:
    """Neighbours, or None when a loop or two edges between the same nodes make the graph no simple one."""
    around = neighbour_lists(graph)
    return around if sum(map(len, around.values())) == 2 * graph.num_edges else None


def _line(body: Around, start: Node) -> Truth:
    """Follow degree-two nodes from `start`; yes when that meets every node."""
    order, seen = [start], {start}
    while True:
        after = next((v for v in body[order[-1]] if v not in seen), None)
        if after is None or len(body[after]) > 2:
            break
        order.append(after)
        seen.add(after)
    good = len(order) == len(body) and len(body[start]) <= 2
    return Truth(good, witness={"order": order} if good else None)


def _is_clique(around: dict[Node, set[Node]], nodes: list[Node]) -> bool:
    return all(v in around[u] for u, v in itertools.combinations(nodes, 2))


def _not_split(around: dict[Node, set[Node]]) -> list[Node]:
    """Four or five nodes that induce 2K2, C4 or C5."""
    edges = [(u, v) for u, v in itertools.combinations(around, 2) if v in around[u]]
    for (a, b), (c, d) in itertools.combinations(edges, 2):
        if len({a, b, c, d}) < 4:
            continue
        across = [c in around[a], c in around[b], d in around[a], d in around[b]]
        if across in ([False] * 4, [True, False, False, True], [False, True, True, False]):
            return [a, b, c, d]
    for five in itertools.combinations(around, 5):
        if all(len(around[v] & set(five)) == 2 for v in five):
            return list(five)
    raise AssertionError("a graph that is not split has an induced 2K2, C4 or C5")


def _cotree(around: dict[Node, set[Node]], nodes: list[Node]) -> Any:
    """Nested unions and joins of `nodes`, or None when a part and its complement are both connected."""
    if len(nodes) == 1:
        return nodes[0]
    for kind in ("union", "join"):
        parts = _parts(around, nodes, kind == "join")
        if len(parts) > 1:
            below = [_cotree(around, part) for part in parts]
            return None if any(tree is None for tree in below) else [kind, *below]
    return None


def _parts(around: dict[Node, set[Node]], nodes: list[Node], complement: bool) -> list[list[Node]]:
    left = dict.fromkeys(nodes)
    parts = []
    while left:
        start = next(iter(left))
        del left[start]
        part, queue = [start], [start]
        for u in queue:
            hit = [v for v in left if (v in around[u]) != complement]
            for v in hit:
                del left[v]
            queue += hit
            part += hit
        parts.append(part)
    return parts
