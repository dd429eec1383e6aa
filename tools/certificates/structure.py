"""Checks of graph classes: colourings and odd cycles, rotations and Kuratowski subdivisions, orders and holes."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Groups, NodeValues, Number, Order, Truth
from tools.certificates.base import checker, require
from tools.certificates.incidence import distinct, neighbours, pieces, plainly, successors

Around = Mapping[Any, set[Any]]


def _says(answer: Truth, *fields: str) -> Any:
    """The witness, which must have exactly these fields."""
    plainly(answer)
    require(isinstance(answer.witness, Mapping) and set(answer.witness) == set(fields), "another witness is wanted")
    return answer.witness


def _loops(graph: Graph) -> set[Any]:
    return {edge.source for edge in graph.edges() if edge.source == edge.target}


def _odd_cycle(graph: Graph, cycle: list[Any]) -> None:
    around = neighbours(graph)
    distinct(graph, cycle, "the cycle")
    require(len(cycle) % 2 == 1, "the cycle is not odd")
    require(
        cycle[0] in _loops(graph)
        if len(cycle) == 1
        else all(v in around[u] for u, v in zip(cycle, [*cycle[1:], cycle[0]])),
        "a step of the cycle is not an edge",
    )


def _two_sides(graph: Graph, sides: Any) -> tuple[set[Any], set[Any]]:
    require(len(sides) == 2, "there are not two sides")
    both = distinct(graph, [*sides[0], *sides[1]], "the sides")
    require(len(both) == graph.num_nodes, "a node is on no side")
    first = set(sides[0])
    for edge in graph.edges():
        require((edge.source in first) != (edge.target in first), "an edge runs inside a side")
    return first, set(sides[1])


@checker("is_bipartite")
def check_is_bipartite(graph: Graph, answer: Truth) -> str:
    """every edge between the two sides, or the steps of an odd cycle"""
    if answer.holds:
        _two_sides(graph, _says(answer, "sides")["sides"])
        return "every edge runs between the two listed sides"
    cycle = _says(answer, "cycle")["cycle"]
    _odd_cycle(graph, cycle)
    return f"the cycle of {len(cycle)} nodes is odd, so no two sides exist"


@checker("bipartite_sets")
def check_bipartite_sets(graph: Graph, answer: Groups) -> str:
    """every edge between the two sides"""
    plainly(answer)
    require(answer.score is None and answer.witness is None, "the answer carries figures that nobody asked for")
    first, _ = _two_sides(graph, answer.groups)
    around = neighbours(graph)
    tops = {next(node for node in graph if node in piece) for piece in pieces(around, around)}
    require(tops <= first, "the first node of a component stands in the second set")
    return "every edge runs between the two listed sets"


@checker("is_complete_bipartite")
def check_is_complete_bipartite(graph: Graph, answer: Truth) -> str:
    """all pairs across the sides; or an odd cycle, or two nodes joined by an odd path but not by an edge"""
    around = neighbours(graph)
    if answer.holds:
        first, second = _two_sides(graph, _says(answer, "sides")["sides"])
        require(first and second, "a side is empty")
        require(all(v in around[u] for u in first for v in second), "two nodes across the sides are not adjacent")
        return "all edges between the two listed sides are there, and no others"
    plainly(answer)
    if "cycle" in answer.witness:
        _odd_cycle(graph, _says(answer, "cycle")["cycle"])
        return "the listed cycle is odd"
    u, v = _says(answer, "missing")["missing"]
    require(u in around and v in around and u != v and v not in around[u], "these two are adjacent")
    if any(around.values()):
        busy = next(node for node in graph if around[node])
        in_second = [node in around[busy] for node in (u, v)]
        require(in_second[0] != in_second[1], "these two may be on one side")
    return f"{u} and {v} would have to be on different sides, and are not adjacent"


@checker("is_complete_multipartite")
def check_is_complete_multipartite(graph: Graph, answer: Truth) -> str:
    """every pair compared with the parts, or three nodes that no parts allow"""
    around = neighbours(graph)
    if answer.holds:
        parts = _says(answer, "parts")["parts"]
        listed = [node for part in parts for node in part]
        require(len(distinct(graph, listed, "the parts")) == graph.num_nodes, "a node is in no part")
        home = {node: i for i, part in enumerate(parts) for node in part}
        require(all(parts), "a part is empty")
        for u, v in itertools.combinations(graph, 2):
            require((home[u] != home[v]) == (v in around[u]), f"{u} and {v} do not fit the parts")
        return "two nodes are adjacent exactly when their parts differ"
    u, v, w = _says(answer, "nodes")["nodes"]
    require(len({u, v, w}) == 3 and w in around[u] and not {u, w} & around[v], "these three fit into parts")
    require(v in graph, "a node is not in the graph")
    return f"{v} would share a part with both {u} and {w}, which are adjacent"


def _plane(graph: Graph, rotation: Mapping[Any, list[Any]]) -> None:
    """Trace the faces of the rotation and apply Euler's formula to each component."""
    around = neighbours(graph)
    require(set(rotation) == set(around), "a node has no rotation")
    after: dict[tuple[Any, Any], Any] = {}
    for node, order in rotation.items():
        require(len(set(order)) == len(order) and set(order) == around[node], "a rotation misses a neighbour")
        after.update({(node, u): v for u, v in zip(order, [*order[1:], *order[:1]])})
    left = dict.fromkeys(after)
    faces: dict[Any, int] = {}
    while left:
        start = u, v = next(iter(left))
        while (u, v) in left:
            del left[u, v]
            u, v = v, after[v, u]
        require((u, v) == start, "a face does not close")
        faces[start[0]] = faces.get(start[0], 0) + 1
    for piece in pieces(around, around):
        edges = sum(len(around[node]) for node in piece) // 2
        found = sum(count for node, count in faces.items() if node in piece)
        require(not edges or len(piece) - edges + found == 2, "the rotation is of a surface with handles")


@checker("is_planar")
def check_is_planar(graph: Graph, answer: Truth) -> str:
    """faces of the rotation traced and counted by Euler's formula, or a subdivided K5 or K3,3 (Kuratowski)"""
    if answer.holds:
        _plane(graph, _says(answer, "rotation")["rotation"])
        return "the listed order of neighbours around each node draws the graph without crossings"
    around = neighbours(graph)
    body: dict[Any, set[Any]] = {}
    for u, v in _says(answer, "subdivision")["subdivision"]:
        require(v in around[u], f"{u} and {v} are not adjacent")
        require(v not in body.get(u, ()), "an edge of the subdivision stands twice")
        body.setdefault(u, set()).add(v)
        body.setdefault(v, set()).add(u)
    for node in list(body):
        if len(body[node]) == 2:
            u, v = body.pop(node)
            require(v not in body[u], "two ways between the same two corners")
            body[u] = body[u] - {node} | {v}
            body[v] = body[v] - {node} | {u}
    degrees = sorted(len(near) for near in body.values())
    require(degrees in ([4] * 5, [3] * 6), "the edges subdivide neither K5 nor K3,3")
    if len(degrees) == 6:
        second = next(iter(body.values()))
        require(all(near == second or not near - (set(body) - second) for near in body.values()), "no K3,3")
        require(all(not body[node] & second for node in second), "no K3,3")
    return f"the listed edges subdivide {'K5' if len(degrees) == 5 else 'K3,3'}, which has no drawing in the plane"


@checker("planar_embedding")
def check_planar_embedding(graph: Graph, answer: NodeValues) -> str:
    """faces of the rotation traced and counted by Euler's formula"""
    plainly(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    _plane(graph, answer.values)
    return "the listed order of neighbours around each node draws the graph without crossings"


@checker("count_faces")
def check_count_faces(graph: Graph, answer: Number) -> str:
    """the drawing proven planar by tracing its faces, and Euler's formula"""
    plainly(answer)
    require(set(answer.witness) == {"rotation"}, "another witness is wanted")
    _plane(graph, answer.witness["rotation"])
    around = neighbours(graph)
    parts = len(pieces(around, around))
    faces = graph.num_edges - graph.num_nodes + parts + 1
    require(answer.number == faces, f"Euler's formula gives {faces}")
    return f"the drawing is planar and m - n + c + 1 = {faces}"


def _eliminates(graph: Graph, around: Around, order: list[Any]) -> None:
    require(len(distinct(graph, order, "the order")) == graph.num_nodes, "a node is missing from the order")
    at = {node: i for i, node in enumerate(order)}
    for node in order:
        later = {v for v in around[node] if at[v] > at[node]}
        if later:
            first = min(later, key=at.__getitem__)
            require(later - {first} <= around[first], f"the later neighbours of {node} are no clique")


@checker("is_chordal")
def check_is_chordal(graph: Graph, answer: Truth) -> str:
    """later neighbours are cliques (followed through the first of them), or a cycle without chords"""
    around = neighbours(graph)
    if answer.holds:
        _eliminates(graph, around, _says(answer, "order")["order"])
        return "the listed order is a perfect elimination order"
    hole = _says(answer, "hole")["hole"]
    inside = distinct(graph, hole, "the cycle")
    require(len(hole) >= 4, "the cycle is too short")
    for i, node in enumerate(hole):
        wanted = {hole[i - 1], hole[(i + 1) % len(hole)]}
        require(around[node] & inside == wanted, "the cycle has a chord or a gap")
    return f"the cycle of {len(hole)} nodes has no chord"


@checker("perfect_elimination_order")
def check_perfect_elimination_order(graph: Graph, answer: Order) -> str:
    """later neighbours are cliques, followed through the first of them"""
    plainly(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    _eliminates(graph, neighbours(graph), answer.nodes)
    return "the later neighbours of every node form a clique"


@checker("treewidth")
def check_treewidth(graph: Graph, answer: Number) -> str:
    """the order's width by elimination, and the minimum degree of the minor that the branch sets form"""
    around = neighbours(graph)
    require(set(answer.witness) == {"order", "branch_sets"} and not answer.estimated, "another witness is wanted")
    left = {node: set(near) for node, near in around.items()}
    require(len(distinct(graph, answer.witness["order"], "the order")) == len(left), "the order misses a node")
    high = -1
    for node in answer.witness["order"]:
        near = left.pop(node)
        high = max(high, len(near))
        for v in near:
            left[v] = (left[v] | near) - {v, node}
    sets = answer.witness["branch_sets"]
    home = {node: i for i, branch in enumerate(sets) for node in branch}
    distinct(graph, [node for branch in sets for node in branch], "the branch sets")
    require(all(branch and len(pieces(around, branch)) == 1 for branch in sets), "a branch set is not connected")
    degrees = [len({home[v] for u in b for v in around[u] if v in home} - {i}) for i, b in enumerate(sets)]
    low = min(degrees, default=-1)
    require(answer.number == high and answer.bounds == (low, high), f"the bounds are {low} and {high}")
    require(answer.exact == (low == high), "the answer is put as more or less sure than it is")
    return f"the treewidth is at least {low} (a minor of that minimum degree) and at most {high} (the order's width)"


@checker("is_complete")
def check_is_complete(graph: Graph, answer: Truth) -> str:
    """every pair of nodes looked up"""
    out = successors(graph)
    if answer.holds:
        plainly(answer)
        require(answer.witness is None, "a reason stands beside a yes")
        require(all(len(near - {node}) == len(out) - 1 for node, near in out.items()), "two nodes are not adjacent")
        return "every two nodes are adjacent"
    u, v = _says(answer, "missing")["missing"]
    require(u in out and v in out and u != v and v not in out[u], "these two are adjacent")
    return f"there is no edge from {u} to {v}"


@checker("is_regular")
def check_is_regular(graph: Graph, answer: Truth, k: int | None = None) -> str:
    """every degree counted"""
    degree: dict[Any, list[int]] = {node: [0, 0] if graph.directed else [0] for node in graph}
    for edge in graph.edges():
        degree[edge.source][0] += 1
        degree[edge.target][-1] += 1
    if answer.holds:
        wanted = _says(answer, "degree")["degree"]
        require(k is None or wanted == k, "another degree was asked for")
        require(all(set(d) == {wanted} for d in degree.values()), "a node has another degree")
        require(degree or wanted == k, "there is no node with a degree")
        return f"every node has degree {wanted}"
    witness = _says(answer, "nodes", "degrees")
    require([degree[node] for node in witness["nodes"]] == [list(d) for d in witness["degrees"]], "wrong degrees")
    seen = {d for node in witness["nodes"] for d in degree[node]}
    require(len(seen | ({k} if k is not None else set())) > 1, "these degrees do not differ")
    return "the listed degrees differ" if k is None else f"a listed node has another degree than {k}"


def _simple(graph: Graph) -> dict[Any, set[Any]] | None:
    around = neighbours(graph)
    return around if sum(map(len, around.values())) == 2 * graph.num_edges else None


def _shaped(graph: Graph, degrees: list[int]) -> bool:
    """Whether the graph is simple, connected, and has these degrees."""
    around = _simple(graph)
    return (
        around is not None
        and len(pieces(around, around)) == 1
        and sorted(len(near) for near in around.values()) == sorted(degrees)
    )


def _in_line(graph: Graph, order: list[Any], closed: bool) -> bool:
    around = neighbours(graph)
    inside = distinct(graph, order, "the order")
    steps = list(zip(order, order[1:])) + ([(order[-1], order[0])] if closed else [])
    return inside == set(graph) and all(v in around[u] for u, v in steps)


@checker("is_star_graph")
def check_is_star_graph(graph: Graph, answer: Truth) -> str:
    """degrees and connection: connected, n - 1 edges, one node with all of them"""
    plainly(answer)
    n = graph.num_nodes
    star = n > 0 and _shaped(graph, [n - 1, *[1] * (n - 1)] if n > 1 else [0])
    require(answer.holds == star, f"the graph is {'' if star else 'not '}a star")
    if star:
        centre = _says(answer, "centre")["centre"]
        require(len(neighbours(graph)[centre]) == n - 1, "another node is the centre")
        return f"all edges join {centre} to the other nodes"
    require(answer.witness is None, "a centre stands beside a no")
    return "no node is joined to all others by the only edges"


@checker("is_path_graph")
def check_is_path_graph(graph: Graph, answer: Truth) -> str:
    """degrees and connection: connected, two ends, all others of degree two"""
    plainly(answer)
    n = graph.num_nodes
    path = n > 0 and _shaped(graph, [1, 1, *[2] * (n - 2)] if n > 1 else [0])
    require(answer.holds == path, f"the graph is {'' if path else 'not '}a path")
    require((answer.witness is not None) == path, "an order is missing, or stands beside a no")
    require(not path or _in_line(graph, _says(answer, "order")["order"], False), "the order is not along the path")
    return (
        "the graph is one path through all nodes" if path else "the degrees or the connection are not those of a path"
    )


@checker("is_cycle_graph")
def check_is_cycle_graph(graph: Graph, answer: Truth) -> str:
    """degrees and connection: connected, all of degree two"""
    plainly(answer)
    ring = graph.num_nodes >= 3 and _shaped(graph, [2] * graph.num_nodes)
    require(answer.holds == ring, f"the graph is {'' if ring else 'not '}a cycle")
    require((answer.witness is not None) == ring, "an order is missing, or stands beside a no")
    require(not ring or _in_line(graph, _says(answer, "order")["order"], True), "the order is not along the cycle")
    return "the graph is one cycle" if ring else "the degrees or the connection are not those of a cycle"


@checker("is_wheel_graph")
def check_is_wheel_graph(graph: Graph, answer: Truth) -> str:
    """hub and rim compared with all edges; for a no every hub tried"""
    plainly(answer)
    around, n = _simple(graph), graph.num_nodes
    wheel = False
    if around is not None and n >= 4 and graph.num_edges == 2 * (n - 1):
        for hub in (node for node in around if len(around[node]) == n - 1):
            rest = {node: near - {hub} for node, near in around.items() if node != hub}
            wheel |= all(len(near) == 2 for near in rest.values()) and len(pieces(rest, rest)) == 1
    require(answer.holds == wheel, f"the graph is {'' if wheel else 'not '}a wheel")
    if not wheel:
        require(answer.witness is None, "a hub stands beside a no")
        return "no node is the hub of a wheel"
    witness = _says(answer, "hub", "rim")
    hub, rim = witness["hub"], witness["rim"]
    assert around is not None
    require(len(distinct(graph, [hub, *rim], "the wheel")) == n, "a node is missing")
    require(around[hub] == set(rim), "the hub is not joined to the whole rim")
    require(all(v in around[u] for u, v in zip(rim, [*rim[1:], rim[0]])), "the rim has a gap")
    return f"{hub} is joined to every node of the listed rim, and there are no other edges"


@checker("is_tournament")
def check_is_tournament(graph: Graph, answer: Truth) -> str:
    """the arcs between every two nodes counted"""
    plainly(answer)
    require(graph.directed, "the graph is undirected")
    count: dict[frozenset[Any], int] = {}
    for edge in graph.edges():
        pair = frozenset((edge.source, edge.target))
        count[pair] = count.get(pair, 0) + 1
    if answer.holds:
        require(answer.witness is None, "a reason stands beside a yes")
        require(all(len(pair) == 2 and k == 1 for pair, k in count.items()), "a loop, or several arcs on a pair")
        require(len(count) == graph.num_nodes * (graph.num_nodes - 1) // 2, "a pair has no arc")
        return "there is exactly one arc between every two nodes"
    if "loop" in answer.witness:
        require(_says(answer, "loop")["loop"] in _loops(graph), "there is no such loop")
        return f"there is a loop at {answer.witness['loop']}"
    u, v = _says(answer, "pair")["pair"]
    require(u in graph and v in graph and u != v and count.get(frozenset((u, v)), 0) != 1, "that pair has one arc")
    return f"there is not exactly one arc between {u} and {v}"


def _induced(graph: Graph, around: Around, nodes: list[Any]) -> list[int]:
    """Degrees, sorted, in the subgraph on `nodes`."""
    inside = distinct(graph, nodes, "the witness")
    return sorted(len(around[node] & inside) for node in inside)


@checker("is_split_graph")
def check_is_split_graph(graph: Graph, answer: Truth) -> str:
    """the clique and the independent set compared with all edges, or an induced 2K2, C4 or C5"""
    around = neighbours(graph)
    if answer.holds:
        witness = _says(answer, "clique", "independent")
        clique, rest = witness["clique"], set(witness["independent"])
        both = distinct(graph, [*clique, *witness["independent"]], "the two sets")
        require(len(both) == graph.num_nodes, "a node is in neither set")
        require(all(set(clique) - {node} <= around[node] for node in clique), "the clique is none")
        require(all(not around[node] & rest for node in rest), "the independent set is none")
        return "the nodes fall into the listed clique and independent set"
    nodes = _says(answer, "nodes")["nodes"]
    require(_induced(graph, around, nodes) in ([1] * 4, [2] * 4, [2] * 5), "these nodes induce no 2K2, C4 or C5")
    return "the listed nodes induce 2K2, C4 or C5, which no split graph contains"


@checker("is_threshold_graph")
def check_is_threshold_graph(graph: Graph, answer: Truth) -> str:
    """the building order followed, or four nodes with two edges that alternate with two gaps"""
    around = neighbours(graph)
    if answer.holds:
        witness = _says(answer, "order", "dominating")
        require(len(distinct(graph, witness["order"], "the order")) == graph.num_nodes, "a node is missing")
        dominating = distinct(graph, witness["dominating"], "the dominating nodes")
        before: set[Any] = set()
        for node in witness["order"]:
            wanted = before if node in dominating else set()
            require(around[node] & before == wanted, f"{node} is joined to some earlier nodes only")
            before.add(node)
        return "every node of the listed order is joined to none or to all of the earlier ones"
    a, b, c, d = _says(answer, "nodes")["nodes"]
    distinct(graph, [a, b, c, d], "the witness")
    require(b in around[a] and d in around[c] and c not in around[a] and d not in around[b], "no alternating nodes")
    return "the listed four nodes alternate edges and gaps, which no threshold graph allows"


@checker("is_cograph")
def check_is_cograph(graph: Graph, answer: Truth) -> str:
    """every pair compared with the cotree, or an induced path on four nodes"""
    around = neighbours(graph)
    if not answer.holds:
        a, b, c, d = _says(answer, "path")["path"]
        require(_induced(graph, around, [a, b, c, d]) == [1, 1, 2, 2], "these four induce no path")
        require(b in around[a] and c in around[b] and d in around[c], "these four are not in the path's order")
        return "the listed four nodes induce a path"
    tree = _says(answer, "cotree")["cotree"]
    pairs: dict[frozenset[Any], bool] = {}

    def leaves(part: Any) -> list[Any]:
        if not isinstance(part, list):
            return [part]
        kind, *parts = part
        require(kind in ("union", "join") and len(parts) > 1, "the cotree is malformed")
        below = [leaves(p) for p in parts]
        for one, two in itertools.combinations(below, 2):
            pairs.update({frozenset((u, v)): kind == "join" for u in one for v in two})
        return [node for nodes in below for node in nodes]

    listed = leaves(tree) if tree != [] else []
    require(len(distinct(graph, listed, "the cotree")) == graph.num_nodes, "a node is missing from the cotree")
    for u, v in itertools.combinations(graph, 2):
        require(pairs[frozenset((u, v))] == (v in around[u]), f"{u} and {v} do not fit the cotree")
    return "the cotree builds the graph by unions and joins, so no four nodes induce a path"


@checker("is_claw_free")
def check_is_claw_free(graph: Graph, answer: Truth) -> str:
    """three neighbours of every node tried, or a claw"""
    around = neighbours(graph)
    if answer.holds:
        plainly(answer)
        require(answer.witness is None, "a reason stands beside a yes")
        for node, near in around.items():
            for u in near:
                apart = near - around[u] - {u}
                require(all(apart - {v} <= around[v] for v in apart), f"{node} is the centre of a claw")
        return "no node has three neighbours of which no two are adjacent"
    centre, *leaves = _says(answer, "claw")["claw"]
    three = distinct(graph, leaves, "the claw")
    require(len(three) == 3 and three <= around[centre], "these are not three neighbours of the centre")
    require(all(not around[node] & three for node in three), "two of the leaves are adjacent")
    return f"{centre} has three neighbours of which no two are adjacent"


@checker("is_strongly_regular")
def check_is_strongly_regular(graph: Graph, answer: Truth) -> str:
    """degrees and the common neighbours of every pair counted"""
    plainly(answer)
    around = _simple(graph)
    constant = around is not None
    figures: list[int | None] = []
    if around is not None:
        degrees = {len(near) for near in around.values()}
        near = {len(around[u] & around[v]) for u in around for v in around[u]}
        far = {len(around[u] & around[v]) for u in around for v in around if u != v and v not in around[u]}
        constant = all(len(values) <= 1 for values in (degrees, near, far))
        figures = [len(around), *(min(values, default=None) for values in (degrees, near, far))]
    require(answer.holds == constant, f"the graph is {'' if constant else 'not '}strongly regular")
    if not constant:
        require(answer.witness is None, "parameters stand beside a no")
        return "a degree or a number of common neighbours varies, or the graph is not simple"
    require(list(_says(answer, "parameters")["parameters"]) == figures, f"the parameters are {figures}")
    return f"the graph is strongly regular with parameters {figures}"


@checker("is_distance_regular")
def check_is_distance_regular(graph: Graph, answer: Truth) -> str:
    """distances from every node, and neighbours one step nearer and farther counted"""
    plainly(answer)
    around = _simple(graph)
    seen: dict[int, set[tuple[int, int]]] = {}
    regular = around is not None
    for start in around or {}:
        assert around is not None
        ring, distance, d = {start}, {start: 0}, 0
        while ring:
            d += 1
            ring = set().union(*(around[u] for u in ring)) - set(distance)
            distance.update(dict.fromkeys(ring, d))
        regular &= len(distance) == len(around)
        for u, d in distance.items():
            steps = [distance[v] - d for v in around[u]]
            seen.setdefault(d, set()).add((steps.count(1), steps.count(-1)))
    regular &= all(len(pairs) == 1 for pairs in seen.values())
    require(answer.holds == regular, f"the graph is {'' if regular else 'not '}distance-regular")
    if not regular:
        require(answer.witness is None, "an array stands beside a no")
        return "the counts vary, or the graph is not simple and connected"
    witness = _says(answer, "farther", "nearer")
    last = max(seen)
    require(list(witness["farther"]) == [min(seen[d])[0] for d in range(last)], "another array was counted")
    require(list(witness["nearer"]) == [min(seen[d])[1] for d in range(1, last + 1)], "another array was counted")
    return f"the intersection array is {witness['farther']}; {witness['nearer']}"
