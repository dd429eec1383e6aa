"""Checks of trees: counts, the cycle property of spanning trees, determinants modulo a prime, dual prices."""

from __future__ import annotations

from typing import Any

from graphs.graph import Graph
from tools.answers import Edges, Nodes, NodeValues, Number, Order, Truth
from tools.certificates.agreement import close, settled
from tools.certificates.base import Claim, checker, require
from tools.certificates.degrees import nodes_are
from tools.certificates.disjoint_sets import Sets
from tools.certificates.evidence import arcs_of, parts_of, path_cost, reach, same_set

MERSENNE = (61, 127, 607, 2203, 4423, 9689)  # 2^p - 1 is prime


def _forest(graph: Graph) -> bool:
    sets = Sets(graph.nodes)
    return all([sets.join(e.source, e.target) for e in graph.edges()])


def _shown_cycle(graph: Graph, nodes: list[Any]) -> None:
    arcs = arcs_of(graph, undirected=True)
    if len(nodes) == 2:
        between = [e for e in graph.edges() if {e.source, e.target} == set(nodes)]
        require(len(set(nodes)) == 2 and len(between) > 1, "one edge is no cycle")
        return
    require(len(nodes) > 0 and len(set(nodes)) == len(nodes), "the cycle is empty or visits a node twice")
    require(all(v in arcs[u] for u, v in zip(nodes, [*nodes[1:], nodes[0]])), "a step is not an edge")


@checker("is_tree")
def check_is_tree(graph: Graph, answer: Truth) -> str:
    """edges that join ever new parts until one is left; or a cycle, or a component"""
    settled(answer)
    if answer.holds:
        require(answer.witness is None, "a witness that is not needed")
        require(_forest(graph) and sum(1 for _ in graph.edges()) == len(graph.nodes) - 1, "it is not a tree")
        return "the graph is connected and has no cycle"
    [(kind, shown)] = answer.witness.items()
    if kind == "cycle":
        _shown_cycle(graph, shown)
        return "the graph has a cycle"
    require(kind == "component" and shown, "an unknown witness")
    found = reach(arcs_of(graph, undirected=True), shown[0])
    require(set(shown) == found and len(shown) == len(found) < len(graph.nodes), "it is not one of several components")
    return "the graph is not connected"


@checker("is_forest")
def check_is_forest(graph: Graph, answer: Truth) -> str:
    """every edge joins two parts that were apart; or a cycle"""
    settled(answer)
    if answer.holds:
        require(answer.witness is None and _forest(graph), "the graph has a cycle")
        return "the graph has no cycle"
    require(set(answer.witness) == {"cycle"}, "no cycle is given")
    _shown_cycle(graph, answer.witness["cycle"])
    return "the graph has a cycle"


def _spans(graph: Graph, edges: list[Any]) -> Sets:
    """Reject unless the edges join every component without a cycle."""
    require(all(len(edge) == 2 for edge in edges), "an edge has other than two ends")
    arcs = arcs_of(graph, undirected=True)
    require(all(v in arcs[u] for u, v in edges), "an edge is not in the graph")
    sets = Sets(graph.nodes)
    require(all([sets.join(u, v) for u, v in edges]), "the edges close a cycle")
    require(len(sets.members) == len(parts_of(arcs)), "the edges do not join everything")
    return sets


def _best_forest(graph: Graph, answer: Edges, weight: str, sign: int) -> str:
    """Reject unless no edge of the graph is better than those that join its ends in the forest (cycle property)."""
    settled(answer)
    require(answer.witness is None and not graph.directed, "a witness that is not needed")
    _spans(graph, answer.edges)
    best: dict[frozenset[Any], float] = {}
    for edge in graph.edges():
        pair, cost = frozenset((edge.source, edge.target)), sign * edge.attributes[weight]
        best[pair] = min(cost, best.get(pair, cost))
    own = [best[frozenset(edge)] for edge in answer.edges]
    require(close(answer.total, sign * sum(own)), f"the edges weigh {sign * sum(own)}")
    steps = [(cost, 0, tuple(edge)) for cost, edge in zip(own, answer.edges)]
    steps += [(cost, 1, tuple(pair)) for pair, cost in best.items() if len(pair) == 2]
    sets = Sets(graph.nodes)
    for _, outside, (u, v) in sorted(steps, key=lambda step: step[:2]):
        if outside:
            require(sets.name[u] == sets.name[v], "an edge would be better than one of the tree")
        else:
            sets.join(u, v)
    return f"the {len(answer.edges)} edges span the graph with weight {answer.total}"


@checker("minimum_spanning_tree")
def check_minimum_spanning_tree(graph: Graph, answer: Edges, weight: str = "weight") -> str:
    """the edges span the graph, and lighter or equal ones of them join the ends of every other edge"""
    return f"{_best_forest(graph, answer, weight, 1)}, and no spanning tree is lighter"


@checker("maximum_spanning_tree")
def check_maximum_spanning_tree(graph: Graph, answer: Edges, weight: str = "weight") -> str:
    """the edges span the graph, and heavier or equal ones of them join the ends of every other edge"""
    return f"{_best_forest(graph, answer, weight, -1)}, and no spanning tree is heavier"


@checker("spanning_tree")
def check_spanning_tree(graph: Graph, answer: Edges) -> str:
    """the edges join everything and close no cycle"""
    settled(answer)
    require(answer.witness is None and answer.total is None, "a field that is not needed")
    _spans(graph, answer.edges)
    return f"the {len(answer.edges)} edges join everything and close no cycle"


@checker("spanning_tree_count")
def check_spanning_tree_count(graph: Graph, answer: Number) -> str | Claim:
    """another minor of the Laplacian, modulo a prime that exceeds the product of the degrees"""
    settled(answer)
    require(answer.witness is None and isinstance(answer.number, int) and not graph.directed, "not a count")
    *rest, last = graph.nodes
    edges = [(e.source, e.target) for e in graph.edges() if e.source != e.target]
    degree = dict.fromkeys([*rest, last], 0)
    for u, v in edges:
        degree[u] += 1
        degree[v] += 1
    bound = 1
    for node in rest:
        bound *= max(degree[node], 1)
    prime = next((2**p - 1 for p in MERSENNE if 2**p - 1 > bound), 0)
    if not prime:
        return Claim("the graph is too large to count its spanning trees again", "none")
    rows = {u: {v: 0 for v in rest} for u in rest}
    for u, v in edges:
        for a, b in ((u, v), (v, u)):
            if a != last:
                rows[a][a] += 1
                if b != last:
                    rows[a][b] -= 1
    require(0 <= answer.number <= bound, "more trees than choices of an edge at each node")
    require(_determinant([[rows[u][v] for v in rest] for u in rest], prime) == answer.number, "the determinant differs")
    return f"the graph has {answer.number} spanning trees (matrix-tree theorem)"


def _determinant(rows: list[list[int]], prime: int) -> int:
    value = 1
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k] % prime), None)
        if pivot is None:
            return 0
        if pivot != k:
            rows[k], rows[pivot], value = rows[pivot], rows[k], -value
        value = value * rows[k][k] % prime
        inverse = pow(rows[k][k], -1, prime)
        for i in range(k + 1, len(rows)):
            factor = rows[i][k] * inverse % prime
            if factor:
                rows[i] = [(a - factor * b) % prime for a, b in zip(rows[i], rows[k])]
    return value % prime


@checker("leaves")
def check_leaves(graph: Graph, answer: Nodes) -> str:
    """the neighbours of every node counted"""
    arcs = arcs_of(graph, undirected=True)
    nodes_are(graph, answer, [u for u, row in arcs.items() if len(set(row) - {u}) == 1], "leaves")
    return f"{len(answer.nodes)} nodes have exactly one neighbour"


def _is_rooted_tree(graph: Graph, root: Any) -> None:
    require(sum(1 for _ in graph.edges()) == len(graph.nodes) - 1, "the graph is no tree")
    require(len(reach(arcs_of(graph), root)) == len(graph.nodes), "the root does not reach every node")


@checker("tree_height")
def check_tree_height(graph: Graph, answer: Number, root: Any) -> str:
    """a path of that length from the root, and no node left deeper"""
    settled(answer)
    root = graph.node(root)
    _is_rooted_tree(graph, root)
    arcs = arcs_of(graph)
    path = answer.witness
    require(path_cost(arcs, path, root, path[-1]) == answer.number, "the path has another length")
    level, seen = {root}, {root}
    for _ in range(int(answer.number)):
        level = {v for u in level for v in arcs[u]} - seen
        seen |= level
    require(len(seen) == len(arcs), "a node is deeper")
    return f"the tree has height {answer.number} below {root}"


@checker("tree_parents")
def check_tree_parents(graph: Graph, answer: NodeValues, root: Any) -> str:
    """every node but the root joined to its parent, in a graph that is a tree"""
    settled(answer)
    root = graph.node(root)
    _is_rooted_tree(graph, root)
    arcs = arcs_of(graph)
    parents = dict(answer.values)
    require(
        answer.witness is None and set(parents) == set(arcs) and parents[root] is None, "not a parent for each node"
    )
    require(all(v == root or v in arcs[parents[v]] for v in arcs), "a parent is not joined to its child")
    for node in arcs:
        steps = 0
        while node != root:
            node, steps = parents[node], steps + 1
            require(steps <= len(arcs), "the parents of a node do not lead to the root")
    return f"every node has the parent listed, seen from {root}"


@checker("prufer_code")
def check_prufer_code(graph: Graph, answer: Order) -> str:
    """the tree built again from the code"""
    settled(answer)
    require(answer.witness is None and len(answer.nodes) == len(graph.nodes) - 2, "not n - 2 nodes")
    whole = all(isinstance(node, int) for node in graph.nodes)
    order: list[Any] = graph.nodes
    if whole:
        order = sorted(order)
    left = dict.fromkeys(order, 1)
    for node in answer.nodes:
        left[node] += 1
    built = []
    for node in answer.nodes:
        leaf = next(v for v in order if left[v] == 1)
        built.append(frozenset((leaf, node)))
        left[leaf] -= 1
        left[node] -= 1
    built.append(frozenset(v for v in order if left[v] == 1))
    same_set([frozenset((e.source, e.target)) for e in graph.edges()], built, "edges")
    return "the code gives back the tree"


@checker("minimum_arborescence")
def check_minimum_arborescence(graph: Graph, answer: Edges, root: Any = None, weight: str = "weight") -> str:
    """edges that reach every node once, and prices of sets that no edge undercuts and that add up to the total"""
    settled(answer)
    require(graph.directed, "the graph is undirected")
    arcs = arcs_of(graph, weight)
    require(all(len(edge) == 2 and edge[1] in arcs[edge[0]] for edge in answer.edges), "an edge is not in the graph")
    heads = [v for _, v in answer.edges]
    top = [v for v in arcs if v not in heads]
    require(len(heads) == len(set(heads)) == len(arcs) - 1, "the edges do not enter every node but one once")
    require(root is None or top == [graph.node(root)], "the edges start from another root")
    tree: dict[Any, list[Any]] = {node: [] for node in arcs}
    for u, v in answer.edges:
        tree[u].append(v)
    require(len(reach(tree, top[0])) == len(arcs), "the root does not reach every node")
    total = sum(arcs[u][v] for u, v in answer.edges)
    require(close(answer.total, total), f"the edges weigh {total}")
    costs = [cost for row in arcs.values() for cost in row.values()]
    whole = all(type(x) is int for x in [*(price for _, price in answer.witness), *costs])
    dear = 1 + 2 * sum(abs(e.attributes[weight]) for e in graph.edges())
    slack = 0 if whole else 1e-9 * (1 + dear)
    priced = [(set(members), price) for members, price in answer.witness]
    for members, price in priced:
        require(members and members <= set(arcs), "a price on an unknown set")
        require(price >= 0 or len(members) == 1, "a set of several nodes has a negative price")
        require(root is None or graph.node(root) not in members, "a price on a set with the root")
    if root is None:
        outside = [sum(price for members, price in priced if v in members) for v in arcs]
        require(all(price <= dear + slack for price in outside), "the prices undercut a root outside")
    for u, row in arcs.items():
        for v, cost in row.items():
            if u == v or (root is not None and v == graph.node(root)):
                continue  # no tree holds a loop
            paid = sum(price for members, price in priced if v in members and u not in members)
            require(paid <= cost + slack, "an edge is cheaper than the prices of the sets that it enters")
    dual = sum(price for _, price in priced)
    require(abs(dual - total - (dear if root is None else 0)) <= slack, "the prices do not add up")
    return f"the arborescence weighs {total}, and none is lighter"
