"""Families of graphs with sizes: complete, cycle, grid, hypercube, trees and their kin."""

from __future__ import annotations

from collections.abc import Callable
from math import comb

import networkx as nx

from graphs.errors import BadArgument, TooLarge
from graphs.graph import Graph

MAX_EDGES = 2_000_000


def _need(holds: bool, message: str) -> None:
    if not holds:
        raise BadArgument(message)


def _bounded(edges: int, what: str) -> None:
    if edges > MAX_EDGES:
        raise TooLarge(f"{what} has {edges:,} edges; the limit is {MAX_EDGES:,}: ask for a smaller one")


def complete_graph(nodes: int) -> Graph:
    """K_n: every two of the nodes 0 … n-1 are joined."""
    _need(nodes >= 0, f"a complete graph needs 0 nodes or more, not {nodes}")
    _bounded(nodes * (nodes - 1) // 2, f"K_{nodes}")
    return Graph(nx.complete_graph(nodes), name=f"complete graph on {nodes} nodes")


def complete_bipartite_graph(*parts: int) -> Graph:
    """K_{m,n} or the complete multipartite K_{a,b,c,…}; with two parts the nodes carry `side` 0 and 1."""
    _need(len(parts) > 1 and min(parts) >= 0, "a complete bipartite graph needs two sizes, such as K_{3,3}")
    total = sum(parts)
    _bounded((total * total - sum(p * p for p in parts)) // 2, f"K_{parts}")
    body = nx.complete_multipartite_graph(*parts)
    for _, data in body.nodes(data=True):
        part = data.pop("subset")
        data["side" if len(parts) == 2 else "part"] = part
    kind = "bipartite" if len(parts) == 2 else "multipartite"
    return Graph(body, name=f"complete {kind} graph K_{{{','.join(map(str, parts))}}}")


def cycle_graph(nodes: int) -> Graph:
    """C_n, n ≥ 3: the nodes 0 … n-1 in a ring."""
    _need(nodes >= 3, f"a cycle graph needs 3 nodes or more, not {nodes}")
    _bounded(nodes, f"C_{nodes}")
    return Graph(nx.cycle_graph(nodes), name=f"cycle graph on {nodes} nodes")


def path_graph(nodes: int) -> Graph:
    """P_n with n nodes 0 … n-1 and n - 1 edges."""
    _need(nodes >= 1, f"a path graph needs 1 node or more, not {nodes}")
    _bounded(nodes, f"P_{nodes}")
    return Graph(nx.path_graph(nodes), name=f"path graph on {nodes} nodes")


def star_graph(leaves: int) -> Graph:
    """The centre 0 and the leaves 1 … `leaves`, so `leaves` + 1 nodes."""
    _need(leaves >= 0, f"a star needs 0 leaves or more, not {leaves}")
    _bounded(leaves, "the star")
    return Graph(nx.star_graph(leaves), name=f"star graph on {leaves + 1} nodes")


def wheel_graph(nodes: int) -> Graph:
    """The hub 0 joined to each node of the rim 1 … n-1; n ≥ 4 counts the hub."""
    _need(nodes >= 4, f"a wheel needs 4 nodes or more (hub and a rim of 3), not {nodes}")
    _bounded(2 * nodes, "the wheel")
    return Graph(nx.wheel_graph(nodes), name=f"wheel graph on {nodes} nodes")


def ladder_graph(rungs: int) -> Graph:
    """Two paths of `rungs` nodes, joined rung by rung: 2·rungs nodes, 3·rungs - 2 edges."""
    _need(rungs >= 1, f"a ladder needs 1 rung or more, not {rungs}")
    _bounded(3 * rungs, "the ladder")
    return Graph(nx.ladder_graph(rungs), name=f"ladder graph with {rungs} rungs")


def circular_ladder_graph(rungs: int) -> Graph:
    """The prism: two rings of `rungs` ≥ 3 nodes joined by rungs; 3-regular on 2·rungs nodes."""
    _need(rungs >= 3, f"a circular ladder needs 3 rungs or more, not {rungs}")
    _bounded(3 * rungs, "the circular ladder")
    return Graph(nx.circular_ladder_graph(rungs), name=f"circular ladder graph with {rungs} rungs")


def moebius_ladder_graph(nodes: int) -> Graph:
    """A ring of an even number n ≥ 4 of nodes with every two opposite nodes joined."""
    _need(nodes >= 4 and nodes % 2 == 0, f"a Möbius ladder needs an even number of at least 4 nodes, not {nodes}")
    _bounded(2 * nodes, "the Möbius ladder")
    return Graph(nx.circulant_graph(nodes, [1, nodes // 2]), name=f"Möbius ladder on {nodes} nodes")


def circulant_graph(nodes: int, *offsets: int) -> Graph:
    """Node i is joined to i ± d modulo n for each offset d."""
    _need(nodes >= 1 and bool(offsets), "a circulant graph needs a number of nodes and offsets, such as (6, 1, 2)")
    _bounded(nodes * len(offsets), "the circulant graph")
    return Graph(nx.circulant_graph(nodes, list(offsets)), name=f"circulant graph C_{nodes}{offsets}")


def barbell_graph(clique: int, path: int) -> Graph:
    """Two complete graphs on `clique` ≥ 2 nodes joined by a path with `path` inner nodes."""
    _need(clique >= 2 and path >= 0, "a barbell needs cliques of 2 nodes or more and a path of 0 or more nodes")
    _bounded(clique * clique + path, "the barbell")
    return Graph(nx.barbell_graph(clique, path), name=f"barbell graph of two K_{clique} and {path} path nodes")


def lollipop_graph(clique: int, path: int) -> Graph:
    """A complete graph on `clique` ≥ 2 nodes with a tail of `path` nodes."""
    _need(clique >= 2 and path >= 0, "a lollipop needs a clique of 2 nodes or more and a tail of 0 or more nodes")
    _bounded(clique * clique // 2 + path, "the lollipop")
    return Graph(nx.lollipop_graph(clique, path), name=f"lollipop graph of K_{clique} and {path} tail nodes")


def balanced_tree(branching: int, height: int) -> Graph:
    """The perfect `branching`-ary tree of `height` levels below its root 0."""
    _need(branching >= 1 and height >= 0, "a balanced tree needs a branching factor of 1 and a height of 0 or more")
    _bounded(branching**height if height < 64 or branching == 1 else MAX_EDGES + 1, "the balanced tree")
    return Graph(nx.balanced_tree(branching, height), name=f"balanced {branching}-ary tree of height {height}")


def full_rary_tree(branching: int, nodes: int) -> Graph:
    """The tree on `nodes` nodes filled level by level with `branching` children a node."""
    _need(branching >= 1 and nodes >= 1, "a full r-ary tree needs a branching factor and a number of nodes, both > 0")
    _bounded(nodes, "the tree")
    return Graph(nx.full_rary_tree(branching, nodes), name=f"full {branching}-ary tree on {nodes} nodes")


def binomial_tree(order: int) -> Graph:
    """The binomial tree of `order` k: 2^k nodes."""
    _need(0 <= order <= 20, f"a binomial tree needs an order from 0 to 20, not {order}")
    return Graph(nx.Graph(nx.binomial_tree(order)), name=f"binomial tree of order {order}")


def turan_graph(nodes: int, parts: int) -> Graph:
    """T(n, r): the complete r-partite graph on n nodes with parts as equal as can be; no K_{r+1}, most edges."""
    _need(1 <= parts <= nodes, f"a Turán graph needs 1 ≤ parts ≤ nodes, not {parts} parts on {nodes} nodes")
    _bounded(nodes * nodes // 2, "the Turán graph")
    body = nx.turan_graph(nodes, parts)
    plain = nx.Graph()
    plain.add_nodes_from(body)
    plain.add_edges_from(body.edges)
    return Graph(plain, name=f"Turán graph T({nodes},{parts})")


def dorogovtsev_goltsev_mendes_graph(generation: int) -> Graph:
    """The pseudofractal scale-free web: each edge gets a triangle, `generation` times (arXiv cond-mat/0112143)."""
    _need(
        0 <= generation <= 12, f"a Dorogovtsev-Goltsev-Mendes graph needs a generation from 0 to 12, not {generation}"
    )
    body = nx.dorogovtsev_goltsev_mendes_graph(generation)
    return Graph(body, name=f"Dorogovtsev-Goltsev-Mendes graph of generation {generation}")


def hypercube_graph(dimension: int) -> Graph:
    """Q_d: the 2^d bit strings of length d, joined where one bit differs."""
    _need(1 <= dimension <= 16, f"a hypercube needs a dimension from 1 to 16, not {dimension}")
    body = nx.Graph()
    for code in range(2**dimension):
        body.add_node(f"{code:0{dimension}b}")
        body.add_edges_from((f"{code:0{dimension}b}", f"{code ^ (1 << bit):0{dimension}b}") for bit in range(dimension))
    return Graph(body, name=f"hypercube of dimension {dimension}")


def grid_graph(rows: int, columns: int) -> Graph:
    """The square lattice; nodes are numbered row by row from 0 and carry `row` and `column`."""
    return _lattice(rows, columns, wrap=False)


def torus_graph(rows: int, columns: int) -> Graph:
    """The square lattice with its borders glued: C_rows × C_columns; numbered as `grid_graph`."""
    _need(rows >= 3 and columns >= 3, f"a torus grid needs 3 rows and columns or more, not {rows} x {columns}")
    return _lattice(rows, columns, wrap=True)


def _lattice(rows: int, columns: int, *, wrap: bool) -> Graph:
    _need(rows >= 1 and columns >= 1, f"a grid needs 1 row and column or more, not {rows} x {columns}")
    _bounded(2 * rows * columns, "the grid")
    body = nx.Graph()
    for row in range(rows):
        for column in range(columns):
            body.add_node(row * columns + column, row=row, column=column)
    for row in range(rows):
        for column in range(columns):
            if wrap or column + 1 < columns:
                body.add_edge(row * columns + column, row * columns + (column + 1) % columns)
            if wrap or row + 1 < rows:
                body.add_edge(row * columns + column, (row + 1) % rows * columns + column)
    kind = "torus grid" if wrap else "grid"
    note = f"the nodes of the {kind} are numbered row by row, from 0 to {rows * columns - 1}"
    return Graph(body, name=f"{rows} x {columns} {kind} graph", assumptions=[note])


def generalized_petersen_graph(nodes: int, step: int) -> Graph:
    """GP(n, k): an outer ring 0 … n-1, inner nodes n … 2n-1 joined k steps apart, and spokes (Watkins 1969)."""
    _need(nodes >= 3 and 1 <= step < nodes / 2, f"GP(n, k) needs n ≥ 3 and 1 ≤ k < n/2, not ({nodes}, {step})")
    _bounded(3 * nodes, "the generalized Petersen graph")
    body = nx.Graph()
    body.add_nodes_from(range(2 * nodes))
    for i in range(nodes):
        body.add_edges_from([(i, (i + 1) % nodes), (i, i + nodes), (i + nodes, (i + step) % nodes + nodes)])
    return Graph(body, name=f"generalized Petersen graph GP({nodes},{step})")


def kneser_graph(n: int, k: int) -> Graph:
    """K(n, k): the k-subsets of {1 … n}, written "1-2", joined where disjoint (Kneser 1955)."""
    _need(1 <= k <= n, f"a Kneser graph K(n, k) needs 1 ≤ k ≤ n, not ({n}, {k})")
    _bounded(comb(n, k) * (comb(n - k, k) if n >= 2 * k else 0) // 2 + comb(n, k), f"the Kneser graph K({n},{k})")
    body = nx.relabel_nodes(nx.kneser_graph(n, k), lambda subset: "-".join(str(i + 1) for i in sorted(subset)))
    return Graph(body, name=f"Kneser graph K({n},{k})")


def paley_graph(order: int) -> Graph:
    """Nodes modulo a prime q ≡ 1 (mod 4), joined where their difference is a square (Paley 1933)."""
    prime = order > 1 and all(order % d for d in range(2, int(order**0.5) + 1))
    _need(prime and order % 4 == 1, f"a Paley graph here needs a prime order 5, 13, 17, 29, …, not {order}")
    _bounded(order * (order - 1) // 4, "the Paley graph")
    squares = {i * i % order for i in range(1, order)}
    body = nx.circulant_graph(order, sorted(squares))
    return Graph(body, name=f"Paley graph of order {order}")


def windmill_graph(cliques: int, size: int) -> Graph:
    """`cliques` copies of K_size that share one node, 0."""
    _need(cliques >= 2 and size >= 2, "a windmill needs 2 cliques or more of 2 nodes or more")
    _bounded(cliques * size * size // 2, "the windmill")
    return Graph(nx.windmill_graph(cliques, size), name=f"windmill graph of {cliques} copies of K_{size}")


def crown_graph(pairs: int) -> Graph:
    """K_{n,n} less a perfect matching: 2n nodes, each of degree n - 1; nodes carry `side`."""
    _need(pairs >= 2, f"a crown graph needs 2 pairs or more, not {pairs}")
    _bounded(pairs * pairs, "the crown graph")
    body = nx.Graph()
    body.add_nodes_from(range(pairs), side=0)
    body.add_nodes_from(range(pairs, 2 * pairs), side=1)
    body.add_edges_from((i, pairs + j) for i in range(pairs) for j in range(pairs) if i != j)
    return Graph(body, name=f"crown graph on {2 * pairs} nodes")


def cocktail_party_graph(pairs: int) -> Graph:
    """K_{2,2,…,2}: complete but for a perfect matching, on 2·pairs nodes."""
    _need(pairs >= 1, f"a cocktail party graph needs 1 pair or more, not {pairs}")
    graph = turan_graph(2 * pairs, pairs)
    graph.name = f"cocktail party graph on {2 * pairs} nodes"
    return graph


def empty_graph(nodes: int) -> Graph:
    """`nodes` nodes and no edge."""
    _need(nodes >= 0, f"an empty graph needs 0 nodes or more, not {nodes}")
    _bounded(nodes, "the empty graph")
    return Graph(nx.empty_graph(nodes), name=f"empty graph on {nodes} nodes")


Builder = Callable[..., Graph]
