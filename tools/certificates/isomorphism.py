"""Checks of maps between graphs: pairs compared; a no by an invariant or a complete search."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any

from graphs.graph import Graph
from tools.answers import NodeMap, Number, Record, Truth
from tools.certificates.base import Claim, checker, require
from tools.certificates.exhaustion import no_heavier_clique
from tools.certificates.incidence import close, neighbours, plainly

STEPS = 40_000  # of a search, about a second
MOST_TRIPLES, MOST_FOURS = 90, 26  # nodes up to which all triples and fours are looked at

Counts = Mapping[tuple[Any, Any], int]


def _counts(graph: Graph) -> dict[tuple[Any, Any], int]:
    """Edges from u to v for each ordered pair (both orders when undirected, loops once)."""
    found: Counter[tuple[Any, Any]] = Counter()
    for edge in graph.edges():
        found[edge.source, edge.target] += 1
        if not graph.directed and edge.source != edge.target:
            found[edge.target, edge.source] += 1
    return dict(found)


def _keeps(pattern: Graph, graph: Graph, mapping: Mapping[Any, Any], induced: bool) -> None:
    """Reject what is no embedding of the whole pattern."""
    wanted, given = _counts(pattern), _counts(graph)
    require(set(mapping) == set(pattern), "a node is not mapped")
    images = list(mapping.values())
    require(len(set(images)) == len(images) and all(v in graph for v in images), "the map is not one-to-one")
    for u in mapping:
        for v in mapping:
            have, need = given.get((mapping[u], mapping[v]), 0), wanted.get((u, v), 0)
            require(have == need if induced else have >= need, f"the edges between {u} and {v} are not kept")


def _embeddings(
    pattern: Graph, graph: Graph, induced: bool, limit: int | None, fixed: Mapping[Any, Any] | None = None
) -> int | None:
    """How many embeddings there are, at most `limit`; None when the search was cut short.

    The pattern node with the fewest possible images is mapped next; after each step all other domains are filtered.
    """
    wanted, given = _counts(pattern), _counts(graph)
    steps = STEPS
    found = 0

    def agree(need: int, have: int) -> bool:
        return need == have if induced else need <= have

    def grow(domains: dict[Any, set[Any]]) -> bool:
        """False when the budget or the limit is reached."""
        nonlocal steps, found
        steps -= 1
        if steps < 0:
            return False
        if not domains:
            found += 1
            return found != limit
        node = min(domains, key=lambda p: len(domains[p]))
        for image in domains[node]:
            rest = {}
            for p, options in domains.items():
                if p != node:
                    out, into = wanted.get((node, p), 0), wanted.get((p, node), 0)
                    rest[p] = {
                        v
                        for v in options
                        if v != image and agree(out, given.get((image, v), 0)) and agree(into, given.get((v, image), 0))
                    }
                    if not rest[p]:
                        break
            else:
                if not grow(rest):
                    return False
        return True

    start = {
        p: {v for v in graph if agree(wanted.get((p, p), 0), given.get((v, v), 0))}
        & ({fixed[p]} if fixed and p in fixed else set(graph))
        for p in pattern
    }
    try:
        done = grow(start)
    except RecursionError:
        return None
    return found if done or found == limit else None


def _apart(graph: Graph, other: Graph, witness: Mapping[str, Any]) -> str | Claim:
    """The claim that two graphs are not isomorphic."""
    kind = witness["invariant"]
    if kind == "complete search":
        require(set(witness) == {"invariant"}, "another witness is wanted")
        number = 0 if graph.num_nodes != other.num_nodes else _embeddings(graph, other, True, 1)
        require(not number, "an isomorphism exists")
        if number is None:
            return Claim("that no map exists was not checked", "none")
        return "a complete search found no map that keeps all edges"
    if kind == "colour refinement":
        require(set(witness) == {"invariant", "rounds"}, "another witness is wanted")
        colours: list[dict[Any, Any]] = []
        for one in (graph, other):
            counts = _counts(one)
            colours.append({u: counts.get((u, u), 0) for u in one})
        around = [neighbours(graph), neighbours(other)]
        counts_of = [_counts(graph), _counts(other)]
        for _ in range(witness["rounds"]):
            signs = [
                {u: (old[u], *sorted((old[v], c.get((u, v), 0), c.get((v, u), 0)) for v in near[u])) for u in near}
                for old, near, c in zip(colours, around, counts_of)
            ]
            names = {sign: i for i, sign in enumerate(sorted({s for one in signs for s in one.values()}))}
            colours = [{u: names[s] for u, s in one.items()} for one in signs]
        require(Counter(colours[0].values()) != Counter(colours[1].values()), "the colours do not differ")
        return f"colour refinement tells the graphs apart after {witness['rounds']} rounds"
    figures: dict[str, list[Any]] = {
        "number of nodes": [g.num_nodes for g in (graph, other)],
        "number of edges": [g.num_edges for g in (graph, other)],
        "degrees": [],
    }
    for g in (graph, other):
        degree = dict.fromkeys(g, 0)
        for edge in g.edges():
            degree[edge.source] += 1
            degree[edge.target] += 1
        figures["degrees"].append(sorted(degree.values()))
    require(set(witness) == {"invariant", "values"} and witness["values"] == figures[kind], "the figures are others")
    require(figures[kind][0] != figures[kind][1], "the figures do not differ")
    return f"the graphs differ in the {kind}"


@checker("are_isomorphic")
def check_are_isomorphic(graph: Graph, answer: Truth, other: Graph, time_limit: float = 10.0) -> str | Claim:
    """every pair of nodes compared through the mapping; or an invariant, or a complete search"""
    plainly(answer)
    if not answer.holds:
        return _apart(graph, other, answer.witness)
    require(set(answer.witness) == {"mapping"} and graph.num_nodes == other.num_nodes, "the graphs differ in size")
    _keeps(graph, other, answer.witness["mapping"], True)
    return "the mapping turns the one graph into the other"


@checker("find_isomorphism")
def check_find_isomorphism(graph: Graph, answer: NodeMap, other: Graph, time_limit: float = 10.0) -> str | Claim:
    """every pair of nodes compared through the mapping; or an invariant, or a complete search"""
    plainly(answer)
    if answer.mapping is None:
        return _apart(graph, other, answer.witness)
    require(answer.witness is None and graph.num_nodes == other.num_nodes, "the graphs differ in size")
    _keeps(graph, other, answer.mapping, True)
    return "the mapping turns the one graph into the other"


@checker("is_self_complementary")
def check_is_self_complementary(graph: Graph, answer: Truth, time_limit: float = 10.0) -> str | Claim:
    """every pair of nodes compared through the mapping; or an invariant, or a complete search"""
    have = _counts(graph)
    require(all(u != v and k == 1 for (u, v), k in have.items()), "the graph is not simple")
    pairs = [(u, v) for u in graph for v in graph if u != v and (u, v) not in have]
    if not graph.directed:
        pairs = [tuple(pair) for pair in {frozenset(pair) for pair in pairs}]  # type: ignore[misc]
    return check_are_isomorphic(graph, answer, Graph.from_edges(pairs, graph.nodes, directed=graph.directed))


def _none_found(pattern: Graph, graph: Graph, induced: bool) -> str | Claim:
    number = _embeddings(pattern, graph, induced, 1)
    require(not number, "the pattern occurs")
    if number is None:
        return Claim("that the pattern does not occur was not checked", "none")
    return "a complete search found no copy of the pattern"


@checker("has_subgraph")
def check_has_subgraph(
    graph: Graph, answer: Truth, pattern: Graph, induced: bool = False, time_limit: float = 10.0
) -> str | Claim:
    """the pattern's edges looked up through the mapping, or a complete search"""
    plainly(answer)
    if answer.holds:
        require(set(answer.witness) == {"mapping"}, "another witness is wanted")
        _keeps(pattern, graph, answer.witness["mapping"], induced)
        return "the mapping shows a copy of the pattern"
    require(answer.witness is None, "a mapping stands beside a no")
    return _none_found(pattern, graph, induced)


@checker("subgraph_matching")
def check_subgraph_matching(
    graph: Graph, answer: NodeMap, pattern: Graph, induced: bool = False, time_limit: float = 10.0
) -> str | Claim:
    """the pattern's edges looked up through the mapping, or a complete search"""
    plainly(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    if answer.mapping is None:
        return _none_found(pattern, graph, induced)
    _keeps(pattern, graph, answer.mapping, induced)
    return "the mapping shows a copy of the pattern"


@checker("count_subgraphs")
def check_count_subgraphs(
    graph: Graph, answer: Number, pattern: Graph, induced: bool = False, time_limit: float = 10.0
) -> str | Claim:
    """embeddings and automorphisms counted by a second complete search with shrinking domains"""
    plainly(answer)
    require(set(answer.witness) == {"embeddings", "automorphisms"}, "another witness is wanted")
    total, symmetries = answer.witness["embeddings"], answer.witness["automorphisms"]
    require(total == answer.number * symmetries, "the number is not that of embeddings by automorphisms")
    own = _embeddings(pattern, graph, induced, None), _embeddings(pattern, pattern, True, None)
    require(all(b is None or a == b for a, b in zip((total, symmetries), own)), f"a second search counts {own}")
    text = f"{total} embeddings, {symmetries} for each copy"
    return Claim(text, "none") if None in own else text


@checker("automorphism_count")
def check_automorphism_count(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """every orbit member confirmed and every other node refuted by a second complete search; orbit sizes multiplied"""
    plainly(answer)
    base, orbits = answer.witness["base"], answer.witness["orbits"]
    require(len(set(base)) == len(base) == len(orbits) == graph.num_nodes, "the base is not all nodes")
    product, sure = 1, True
    for i, node in enumerate(base):
        product *= len(orbits[i])
        require(len(set(orbits[i])) == len(orbits[i]), "an orbit lists a node twice")
        fixed = {v: v for v in base[:i]}
        for image in graph:
            if image in fixed or not sure:
                continue
            hit = 1 if image == node else _embeddings(graph, graph, True, 1, {**fixed, node: image})
            sure &= hit is not None
            require(hit is None or bool(hit) == (image in orbits[i]), f"{image} is wrongly in or out of an orbit")
        require(not set(orbits[i]) & set(fixed), "an orbit holds a fixed node")
    require(answer.number == product, f"the orbits multiply to {product}")
    text = f"the orbit sizes multiply to {product} automorphisms"
    return text if sure else Claim(text, "none")


@checker("is_subgraph")
def check_is_subgraph(graph: Graph, answer: Truth, other: Graph) -> str:
    """every node and edge looked up"""
    plainly(answer)
    here, there = _counts(graph), _counts(other)
    nodes = [node for node in other if node not in graph]
    edges = [[u, v] for (u, v), k in there.items() if here.get((u, v), 0) < k]
    if answer.holds:
        require(answer.witness is None and not nodes and not edges, "something is missing")
        return "every node and edge of the other graph is here"
    require(len(answer.witness) == 1, "one reason is wanted")
    if "node" in answer.witness:
        require(answer.witness["node"] in nodes, "that node is here")
        return f"node {answer.witness['node']} is missing"
    require(list(answer.witness["edge"]) in edges, "that edge is here")
    return "the named edge is missing"


@checker("maximum_common_subgraph")
def check_maximum_common_subgraph(graph: Graph, answer: NodeMap, other: Graph, time_limit: float = 10.0) -> str | Claim:
    """every pair of nodes compared; classes of pairs that exclude each other, or a complete search, bound the size"""
    require(answer.mapping is not None and not answer.estimated, "there is always a map")
    mapping = dict(answer.mapping or {})
    here, there = _counts(graph), _counts(other)
    require(len(set(mapping.values())) == len(mapping), "the map is not one-to-one")
    require(all(u in graph and v in other for u, v in mapping.items()), "a node is not there")

    def agree(a: Any, x: Any, b: Any, y: Any) -> bool:
        return here.get((a, b), 0) == there.get((x, y), 0) and here.get((b, a), 0) == there.get((y, x), 0)

    require(all(agree(a, x, b, y) for a, x in mapping.items() for b, y in mapping.items()), "an edge is not kept")
    pairs = [(a, x) for a in graph for x in other if agree(a, x, a, x)]
    classes = [[(a, x) for a, x in row] for row in answer.witness["classes"]]
    require({pair for row in classes for pair in row} >= set(pairs), "a pair is in no class")
    for row in classes:
        for (a, x), (b, y) in combinations(row, 2):
            require(a == b or x == y or not agree(a, x, b, y), "a class allows two of its pairs")
    size, high = len(mapping), max(len(mapping), len(classes))
    if not answer.exact:
        require(answer.bounds == (size, high), f"the bounds are {size} and {high}")
        return f"{size} nodes are mapped, and at most {high} can be"
    require(answer.bounds is None, "an exact answer carries bounds")
    if size == high:
        return f"{size} nodes are mapped, and the classes allow no more"
    product = {p: {q for q in pairs if p[0] != q[0] and p[1] != q[1] and agree(*p, *q)} for p in pairs}
    proven = no_heavier_clique(product, dict.fromkeys(product, 1), size)
    require(proven is not False, "more nodes can be mapped")
    if proven is None:
        return Claim(f"{size} nodes are mapped; that at most {high} can be was all that was checked", "none")
    return f"{size} nodes are mapped, and a complete search found no larger map"


@checker("graph_edit_distance")
def check_graph_edit_distance(graph: Graph, answer: Number, other: Graph, time_limit: float = 10.0) -> str | Claim:
    """the changes under the mapping counted; a size bound, or a complete search, shows that fewer do not suffice"""
    require(not answer.estimated and set(answer.witness) == {"mapping"}, "another witness is wanted")
    mapping = answer.witness["mapping"]
    here, there = _counts(graph), _counts(other)
    require(len(set(mapping.values())) == len(mapping), "the map is not one-to-one")
    require(all(u in graph and v in other for u, v in mapping.items()), "a node is not there")

    def edits(counts: Mapping[tuple[Any, Any], int]) -> int:
        rest = sum(k for (u, v), k in counts.items() if u != v)
        return sum(k for (u, v), k in counts.items() if u == v) + (rest if graph.directed else rest // 2)

    back = {v: u for u, v in mapping.items()}
    changes = {
        (u, v): abs(k - there.get((mapping.get(u), mapping.get(v)), 0)) if u in mapping and v in mapping else k
        for (u, v), k in here.items()
    }
    fresh = {
        (x, y): k
        for (x, y), k in there.items()
        if (back.get(x), back.get(y)) not in here or x not in back or y not in back
    }
    cost = edits(changes) + edits(fresh) + graph.num_nodes + other.num_nodes - 2 * len(mapping)
    require(answer.number == cost, f"the mapping costs {cost}")
    low = abs(graph.num_nodes - other.num_nodes) + abs(graph.num_edges - other.num_edges)
    if not answer.exact:
        require(close(answer.bounds[0], low) and close(answer.bounds[1], cost), "the bounds are others")  # type: ignore[index]
        return f"{cost} changes suffice, and at least {low} are needed"
    require(answer.bounds is None, "an exact answer carries bounds")
    if cost == low:
        return f"{cost} changes suffice, and the sizes alone need as many"
    proven = _no_closer(graph, other, cost)
    require(proven is not False, "fewer changes suffice")
    if proven is None:
        return Claim(f"{cost} changes suffice; that fewer do not was not checked", "none")
    return f"{cost} changes suffice, and a complete search found no better map"


def _no_closer(graph: Graph, other: Graph, cost: int) -> bool | None:
    """Whether no map of the smaller graph's nodes costs less: maps tried in node order, cut off at the cost."""
    one, two = (graph, other) if graph.num_nodes <= other.num_nodes else (other, graph)
    here, there = _counts(one), _counts(two)
    nodes, targets = list(one), list(two)
    half = 1 if graph.directed else 2
    steps = STEPS

    def better(i: int, images: list[Any], spent: int) -> bool | None:
        nonlocal steps
        steps -= 1
        if steps < 0:
            return None
        if spent >= cost:
            return False
        if i == len(nodes):
            kept = set(images)
            return spent + sum(e.source not in kept or e.target not in kept for e in two.edges()) < cost
        for v in targets:
            if v in images:
                continue
            more = abs(here.get((nodes[i], nodes[i]), 0) - there.get((v, v), 0))
            between = 0
            for u, x in zip(nodes, images):
                between += abs(here.get((nodes[i], u), 0) - there.get((v, x), 0))
                between += abs(here.get((u, nodes[i]), 0) - there.get((x, v), 0))
            found = better(i + 1, [*images, v], spent + more + between // half)
            if found is not False:
                return found
        return False

    found = better(0, [], two.num_nodes - one.num_nodes)
    return None if found is None else not found


def _figures(answer: Record, wanted: Mapping[str, int]) -> None:
    plainly(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    require(dict(answer.figures) == dict(wanted), f"another count gives {dict(wanted)}")


@checker("motif_counts")
def check_motif_counts(graph: Graph, answer: Record) -> str | Claim:
    """every triple of nodes looked at"""
    around = neighbours(graph)
    names = ("empty", "one edge", "path", "triangle")
    figures = answer.figures
    require(set(figures) == set(names) and min(figures.values()) >= 0, "other figures are wanted")
    if len(around) <= MOST_TRIPLES:
        found = Counter((b in around[a]) + (c in around[a]) + (c in around[b]) for a, b, c in combinations(around, 3))
        _figures(answer, {name: found[i] for i, name in enumerate(names)})
        return "every triple of nodes was looked at"
    n = len(around)
    triangles = sum(len(around[u] & around[v]) for u in around for v in around[u]) // 6
    wedges = sum(len(near) * (len(near) - 1) // 2 for near in around.values())
    edges = sum(map(len, around.values())) // 2
    require(figures["triangle"] == triangles and figures["path"] == wedges - 3 * triangles, "another count differs")
    require(figures["one edge"] + 2 * figures["path"] + 3 * triangles == edges * (n - 2), "edges in triples differ")
    require(sum(figures.values()) == n * (n - 1) * (n - 2) // 6, "the triples do not add up")
    plainly(answer)
    return "triangles and paths counted at their nodes; the rest follows from the number of triples"


_TRIADS: dict[str, str] = {
    "003": "",
    "012": "ab",
    "102": "ab ba",
    "021D": "ba bc",
    "021U": "ab cb",
    "021C": "ab bc",
    "111D": "ab ba cb",
    "111U": "ab ba bc",
    "030T": "ab cb ac",
    "030C": "ba cb ac",
    "201": "ab ba bc cb",
    "120D": "ba bc ac ca",
    "120U": "ab cb ac ca",
    "120C": "ab bc ac ca",
    "210": "ab bc cb ac ca",
    "300": "ab ba bc cb ac ca",
}


def _triad_names() -> dict[frozenset[tuple[int, int]], str]:
    """The type of each of the 64 arc sets on three nodes, from one picture of each type in all six orders."""
    names: dict[frozenset[tuple[int, int]], str] = {}
    for name, picture in _TRIADS.items():
        arcs = [("abc".index(pair[0]), "abc".index(pair[1])) for pair in picture.split()]
        for p in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
            names[frozenset((p[u], p[v]) for u, v in arcs)] = name
    return names


@checker("triadic_census")
def check_triadic_census(graph: Graph, answer: Record) -> str | Claim:
    """every triple of nodes looked at and compared with a picture of each type"""
    n = graph.num_nodes
    require(graph.directed and set(answer.figures) == set(_TRIADS), "other figures are wanted")
    if n > MOST_TRIPLES:
        plainly(answer)
        require(sum(answer.figures.values()) == n * (n - 1) * (n - 2) // 6, "the triples do not add up")
        return Claim("the counts add up to the number of triples", "none")
    names, arcs = _triad_names(), _counts(graph)
    found: Counter[str] = Counter()
    for three in combinations(graph, 3):
        inside = {(i, j) for i in range(3) for j in range(3) if i != j and (three[i], three[j]) in arcs}
        found[names[frozenset(inside)]] += 1
    _figures(answer, {name: found[name] for name in _TRIADS})
    return "every triple of nodes was looked at"


@checker("graphlet_counts")
def check_graphlet_counts(graph: Graph, answer: Record) -> str | Claim:
    """every four nodes looked at and told apart by their degrees"""
    around = neighbours(graph)
    shapes: dict[tuple[int, ...], str] = {
        (1, 1, 2, 2): "path",
        (1, 1, 1, 3): "claw",
        (2, 2, 2, 2): "cycle",
        (1, 2, 2, 3): "paw",
        (2, 2, 3, 3): "diamond",
        (3, 3, 3, 3): "clique",
    }
    require(set(answer.figures) == set(shapes.values()) and min(answer.figures.values()) >= 0, "other figures wanted")
    if len(around) > MOST_FOURS:
        plainly(answer)
        return Claim("the counts are not negative", "none")
    found: Counter[str] = Counter()
    for four in combinations(around, 4):
        inside = set(four)
        shape = shapes.get(tuple(sorted(len(around[v] & inside) for v in four)))
        if shape:
            found[shape] += 1
    _figures(answer, {name: found[name] for name in shapes.values()})
    return "every four nodes were looked at"


@checker("weisfeiler_lehman_hash")
def check_weisfeiler_lehman_hash(graph: Graph, answer: Record, rounds: int = 3) -> str:
    """the definition followed a second time, by the numbers of edges between nodes"""
    arcs = _counts(graph)
    after: dict[Any, list[Any]] = {node: [] for node in graph}
    before: dict[Any, list[Any]] = {node: [] for node in graph}
    for (u, v), k in arcs.items():
        twice = 1 if graph.directed or u != v else 2
        after[u] += [v] * (k * twice)
        before[v] += [u] * (k if graph.directed else 0)
    labels = dict.fromkeys(graph, "")
    for _ in range(rounds):
        fresh = {}
        for node in graph:
            out, into = [labels[v] for v in after[node]], [labels[u] for u in before[node]]
            words = [labels[node], "out", *sorted(out), "in", *sorted(into)]
            fresh[node] = hashlib.sha256("|".join(words).encode()).hexdigest()
        labels = fresh
    whole = hashlib.sha256("|".join(sorted(labels.values())).encode()).hexdigest()[:16]
    plainly(answer)
    require(answer.witness is None and dict(answer.figures) == {"hash": whole}, f"the hash is {whole}")
    return f"the hash after {rounds} rounds is {whole}"
