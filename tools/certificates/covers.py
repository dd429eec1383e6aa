"""Checks of cliques, covers, cuts and feedback sets: feasibility by the definition, optimality by weighted sets.

Weighted cliques (or independent sets) that cover every node bound independent sets (cliques) from above; weighted
closed neighbourhoods, cycles and separators that load no element too much bound what must meet them from below. Where
that bound leaves a gap, a complete search within a budget closes it; where even that runs out, the claim says so.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphs.graph import Graph
from tools.answers import Answer, Edges, Groups, Nodes, Number, Truth
from tools.certificates.base import Claim, checker, require
from tools.certificates.exhaustion import no_cheaper_hitting_set, no_heavier_clique
from tools.certificates.incidence import close, distinct, neighbours, pieces, plainly, successors

Around = Mapping[Any, set[Any]]
MOST_COUNTED = 20_000  # cliques that the checker counts itself


def _opposite(around: Around) -> dict[Any, set[Any]]:
    return {node: set(around) - near - {node} for node, near in around.items()}


def _values(witness: Any, field: str = "nodes") -> list[tuple[list[Any], float]]:
    rows = [(list(row[field]), row["value"]) for row in witness["sets"]]
    require(all(x >= 0 for _, x in rows), "a set has a negative value")
    return rows


def _above(rows: list[tuple[list[Any], float]], worth: Mapping[Any, Any], joined: Callable[[Any, Any], bool]) -> Any:
    """The bound that weighted sets give, once each is seen to hold at most one node of any solution."""
    covered = dict.fromkeys(worth, 0.0)
    for row, x in rows:
        require(len(set(row)) == len(row), "a set lists a node twice")
        require(x == 0 or all(joined(u, v) for u, v in itertools.combinations(row, 2)), "a set may hold two at once")
        for node in row:
            covered[node] += float(x)
    short = [float(w) / covered[node] if covered[node] else math.inf for node, w in worth.items()]
    bound = max(1.0, max(short, default=1.0)) * sum(float(x) for _, x in rows) if rows else math.nan
    bound = float(sum(worth.values())) if math.isnan(bound) else min(bound, float(sum(worth.values())))
    return math.floor(bound + 1e-6) if all(isinstance(w, int) for w in worth.values()) else bound


def _below(rows: list[tuple[list[Any], float]], worth: Mapping[Any, Any]) -> Any:
    """The bound that weighted sets give on what meets them all: no element may carry more than it costs."""
    load = dict.fromkeys(worth, 0.0)
    for row, x in rows:
        for item in set(row):
            load[item] += float(x)
    scale = min([1.0, *(float(w) / load[item] for item, w in worth.items() if load[item] > 0)])
    bound = scale * sum(float(x) for _, x in rows)
    return math.ceil(bound - 1e-6) if all(isinstance(w, int) for w in worth.values()) else bound


def _judged(
    answer: Answer, total: Any, bound: Any, exhaust: Callable[[], bool | None], text: str, *, most: bool
) -> str | Claim:
    """The claim for a feasible choice worth `total` when no choice can be better than `bound`."""
    require(not answer.estimated, "the answer is not put as exact")
    word = "more" if most else "less"
    if not answer.exact:
        low, high = (total, max(total, bound)) if most else (min(total, bound), total)
        require(answer.bounds is not None and len(answer.bounds) == 2, "the bounds are missing")
        assert answer.bounds is not None
        require(close(answer.bounds[0], low) and close(answer.bounds[1], high), f"the bounds are {low} and {high}")
        return f"{text}; the best lies between {low} and {high}"
    require(answer.bounds is None, "an exact answer carries bounds")
    if close(total, bound):
        return f"{text}; the weighted sets of the witness allow no {word}"
    require(total < bound if most else total > bound, "the witness bounds the answer on the wrong side")
    proven = exhaust()
    require(proven is not False, f"a choice with {word} exists")
    if proven is None:
        return Claim(f"{text}; that none has {word} was not checked, the best lies within {bound}", "none")
    return f"{text}; a complete search found none with {word}"


def _clique_of(around: Around, nodes: Iterable[Any]) -> None:
    for u, v in itertools.combinations(nodes, 2):
        require(v in around[u], f"{u} and {v} are not adjacent")


def _largest(
    graph: Graph, answer: Nodes | Number, nodes: list[Any], clique: bool, worth: Mapping[Any, Any] | None, name: str
) -> str | Claim:
    """Check a largest or heaviest clique (independent set)."""
    around = neighbours(graph)
    chosen = distinct(graph, nodes, f"the {name}")
    towards = around if clique else _opposite(around)
    _clique_of(towards, chosen)
    value: dict[Any, Any] = dict.fromkeys(around, 1) if worth is None else {v: w for v, w in worth.items() if w > 0}
    total = sum(worth[node] for node in chosen) if worth is not None else len(chosen)
    part = {node: towards[node] & set(value) for node in value}
    bound = _above(_values(answer.witness), value, lambda u, v: u != v and v not in towards[u])
    shown = f"the {name} has {len(chosen)} nodes" if worth is None else f"the {name} weighs {total}"

    def exhaust() -> bool | None:
        proven = no_heavier_clique(part, value, total)
        if proven is None and not clique:  # what an independent set leaves out meets every edge
            edges = [[u, v] for u in value for v in around[u] if v in value]
            proven = no_cheaper_hitting_set(edges, value, sum(value.values()) - total)
        return proven

    return _judged(answer, total, bound, exhaust, shown, most=True)


@checker("maximum_clique")
def check_maximum_clique(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """every pair adjacent; a colouring with as many colours, or a complete search, shows that none is larger"""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    return _largest(graph, answer, answer.nodes, True, None, "clique")


@checker("clique_number")
def check_clique_number(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """a clique of that size; a colouring with as many colours, or a complete search, shows that none is larger"""
    require(set(answer.witness) == {"clique", "sets"}, "another witness is wanted")
    require(answer.number == len(answer.witness["clique"]), "the clique has another size")
    return _largest(graph, answer, answer.witness["clique"], True, None, "clique")


@checker("maximum_independent_set")
def check_maximum_independent_set(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """no pair adjacent; a weighted clique cover, or a complete search, shows that none is larger"""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    return _largest(graph, answer, answer.nodes, False, None, "independent set")


@checker("independence_number")
def check_independence_number(graph: Graph, answer: Number, time_limit: float = 10.0) -> str | Claim:
    """an independent set of that size; a weighted clique cover, or a complete search, shows that none is larger"""
    require(set(answer.witness) == {"independent", "sets"}, "another witness is wanted")
    require(answer.number == len(answer.witness["independent"]), "the independent set has another size")
    return _largest(graph, answer, answer.witness["independent"], False, None, "independent set")


def _node_worth(graph: Graph, answer: Nodes, weight: str) -> dict[Any, Any]:
    worth = {node: data[weight] for node, data in graph.nx.nodes(data=True)}
    worth = {node: int(w) if w == int(w) else w for node, w in worth.items()}
    require(set(answer.witness) == {"sets", "total"}, "another witness is wanted")
    require(close(answer.witness["total"], sum(worth[node] for node in answer.nodes)), "the total is another")
    return worth


@checker("maximum_weight_clique")
def check_maximum_weight_clique(
    graph: Graph, answer: Nodes, weight: str = "weight", time_limit: float = 10.0
) -> str | Claim:
    """every pair adjacent; weighted independent sets, or a complete search, show that none is heavier"""
    return _largest(graph, answer, answer.nodes, True, _node_worth(graph, answer, weight), "clique")


@checker("maximum_weight_independent_set")
def check_maximum_weight_independent_set(
    graph: Graph, answer: Nodes, weight: str = "weight", time_limit: float = 10.0
) -> str | Claim:
    """no pair adjacent; weighted cliques, or a complete search, show that none is heavier"""
    return _largest(graph, answer, answer.nodes, False, _node_worth(graph, answer, weight), "independent set")


@checker("minimum_vertex_cover")
def check_minimum_vertex_cover(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """every edge touched; weighted cliques, or a complete search, show that no more nodes can stay out"""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    around = neighbours(graph)
    cover = distinct(graph, answer.nodes, "the cover")
    loops = set()
    for edge in graph.edges():
        require(edge.source in cover or edge.target in cover, f"{edge.source}-{edge.target} is not covered")
        if edge.source == edge.target:
            loops.add(edge.source)
    free: dict[Any, Any] = {node: 1 for node in around if node not in loops}
    bound = len(around) - _above(_values(answer.witness), free, lambda u, v: v in around[u])
    rows = [[u, v] for u in free for v in around[u] if v in free] + [[node] for node in loops]
    worth: dict[Any, Any] = dict.fromkeys(around, 1)
    shown = f"{len(cover)} nodes touch every edge"
    return _judged(
        answer, len(cover), bound, lambda: no_cheaper_hitting_set(rows, worth, len(cover)), shown, most=False
    )


def _met(graph: Graph, answer: Nodes, must_meet: Callable[[set[Any]], bool], more: Any, text: str) -> str | Claim:
    """Check a smallest set of nodes that meets certain sets: `must_meet` judges those of the witness."""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    chosen = distinct(graph, answer.nodes, "the set")
    rows = _values(answer.witness)
    require(all(must_meet(distinct(graph, row, "a set")) for row, _ in rows), "a listed set need not be met")
    worth: dict[Any, Any] = dict.fromkeys(graph, 1)
    every = [row for row, _ in rows] + more
    return _judged(
        answer,
        len(chosen),
        _below(rows, worth),
        lambda: no_cheaper_hitting_set(every, worth, len(chosen)),
        f"{len(chosen)} nodes {text}",
        most=False,
    )


def _dominators(graph: Graph) -> dict[Any, set[Any]]:
    """The node itself and those of whom it is a neighbour (successor)."""
    found: dict[Any, set[Any]] = {node: {node} for node in graph}
    for u, near in successors(graph).items():
        for v in near:
            found[v].add(u)
    return found


@checker("minimum_dominating_set")
def check_minimum_dominating_set(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """every node in the set or next to it; weighted neighbourhoods, or a complete search, show that none is smaller"""
    above = _dominators(graph)
    chosen = set(answer.nodes)
    require(all(near & chosen for near in above.values()), "a node is not dominated")
    closed = {frozenset(near) for near in above.values()}
    return _met(graph, answer, lambda row: frozenset(row) in closed, list(closed), "dominate the graph")


@checker("minimum_connected_dominating_set")
def check_minimum_connected_dominating_set(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """connected, every node in it or next to it; neighbourhoods and separators that every such set meets"""
    around, chosen = neighbours(graph), set(answer.nodes)
    require(len(pieces(around, around)) <= 1, "the graph is not connected")
    require(all((near | {node}) & chosen for node, near in around.items()), "a node is not dominated")
    require(len(pieces(around, chosen)) <= 1, "the set is not connected")
    closed = {frozenset(near | {node}) for node, near in around.items()}

    def must_meet(row: set[Any]) -> bool:
        return frozenset(row) in closed or len(pieces(around, set(around) - row)) > 1

    return _met(graph, answer, must_meet, list(closed), "are connected and dominate the graph")


def _acyclic(out: Mapping[Any, set[Any]]) -> bool:
    """Whether a directed graph has no cycle: strip sources until nothing is left."""
    into = dict.fromkeys(out, 0)
    for near in out.values():
        for v in near:
            into[v] += 1
    queue = [v for v, k in into.items() if not k]
    for u in queue:
        for v in out[u]:
            into[v] -= 1
            if not into[v]:
                queue.append(v)
    return len(queue) == len(out)


@checker("minimum_feedback_vertex_set")
def check_minimum_feedback_vertex_set(graph: Graph, answer: Nodes, time_limit: float = 10.0) -> str | Claim:
    """no cycle without the set; cycles that every such set meets, weighted or searched completely"""
    chosen = set(answer.nodes)
    count: dict[frozenset[Any], int] = {}
    for edge in graph.edges():
        pair = frozenset((edge.source, edge.target))
        count[pair] = count.get(pair, 0) + 1
    around, out = neighbours(graph), successors(graph)
    if graph.directed:
        require(_acyclic({u: near - chosen for u, near in out.items() if u not in chosen}), "a cycle is left")
    else:
        edges = sum(k for pair, k in count.items() if not pair & chosen)
        left = set(graph) - chosen
        require(edges == len(left) - len(pieces(around, left)), "a cycle is left")

    def must_meet(row: set[Any]) -> bool:
        inside = {u: out[u] & row for u in row}
        if graph.directed:
            return bool(row) and not _acyclic(inside)
        edges = sum(k for pair, k in count.items() if pair <= row)
        return edges > len(row) - len(pieces(around, row))

    return _met(graph, answer, must_meet, [], "meet every cycle")


@checker("minimum_feedback_arc_set")
def check_minimum_feedback_arc_set(graph: Graph, answer: Edges, time_limit: float = 10.0) -> str | Claim:
    """no cycle without the arcs; cycles that every such set meets, weighted or searched completely"""
    require(set(answer.witness) == {"sets"}, "another witness is wanted")
    worth: dict[Any, Any] = {}
    for edge in graph.edges():
        worth[edge.source, edge.target] = worth.get((edge.source, edge.target), 0) + 1
    listed = [tuple(arc) for arc in answer.edges]
    chosen = set(listed)
    require(len(chosen) == len(listed) and chosen <= set(worth), "an arc stands twice or is not in the graph")
    require(
        _acyclic({u: {v for v in near if (u, v) not in chosen} for u, near in successors(graph).items()}),
        "a cycle is left",
    )
    total = sum(worth[arc] for arc in chosen)
    require(answer.total == total, f"the arcs number {total}")
    rows = [([tuple(arc) for arc in row], x) for row, x in _values(answer.witness, "arcs")]
    for row, _ in rows:
        require(set(row) <= set(worth), "a listed cycle leaves the graph")
        ends = {v for arc in row for v in arc}
        require(not _acyclic({u: {b for a, b in row if a == u} for u in ends}), "a listed set has no cycle")
    return _judged(
        answer,
        total,
        _below(rows, worth),
        lambda: no_cheaper_hitting_set([row for row, _ in rows], worth, total),
        f"{total} arcs meet every directed cycle",
        most=False,
    )


@checker("maximum_cut")
def check_maximum_cut(graph: Graph, answer: Edges, weight: str | None = None, time_limit: float = 10.0) -> str | Claim:
    """the edges across added up; odd cycles, each of which keeps an edge inside, weighted or searched completely"""
    require(set(answer.witness) == {"side", "sets"}, "another witness is wanted")
    side = distinct(graph, answer.witness["side"], "the side")
    worth: dict[Any, Any] = {}
    for edge in graph.edges():
        w = 1 if weight is None else edge.attributes[weight]
        pair = frozenset((edge.source, edge.target))
        require(w >= 0, "a weight is negative")
        if len(pair) == 2:
            worth[pair] = worth.get(pair, 0) + (int(w) if w == int(w) else w)
    across = {pair for pair in worth if len(pair & side) == 1}
    total = sum(worth[pair] for pair in across)
    require(close(answer.total, total), f"the edges across weigh {total}")
    listed = [frozenset(edge) for edge in answer.edges]
    require(len(listed) == len(across) and set(listed) == across, "the edges are not those across")
    require(all(u in side for u, _ in answer.edges), "an edge is turned round")
    rows = [([frozenset(edge) for edge in row], x) for row, x in _values(answer.witness, "edges")]
    for row, _ in rows:
        require(set(row) <= set(worth) and len(set(row)) == len(row) and len(row) % 2, "a listed cycle is none")
        degree: dict[Any, int] = {}
        for node in (node for pair in row for node in pair):
            degree[node] = degree.get(node, 0) + 1
        # every degree even and an odd number of edges: the set holds an odd closed walk, hence an odd cycle
        require(all(k % 2 == 0 for k in degree.values()), "a listed cycle is not closed")
    whole = sum(worth.values())
    return _judged(
        answer,
        total,
        whole - _below(rows, worth),
        lambda: no_cheaper_hitting_set([row for row, _ in rows], worth, whole - total),
        f"the cut weighs {total}",
        most=True,
    )


def _counted(around: Around, start: set[Any]) -> int | None:
    """How many maximal cliques contain `start`: each is met once by its earliest members; None above the limit.

    Cliques are grown in node order; one is maximal when no node is adjacent to all of it.
    """
    order = {node: i for i, node in enumerate(around)}
    found = steps = 0
    base = set.intersection(*(around[v] for v in start)) if start else set(around)
    stack = [(base, -1, base)]
    while stack:
        common, last, candidates = stack.pop()
        steps += 1
        if steps > MOST_COUNTED:
            return None
        found += not common and bool(around)
        for v in candidates:
            if order[v] > last:
                stack.append((common & around[v], order[v], {u for u in common & around[v] if order[u] > order[v]}))
    return found


def _all_listed(graph: Graph, answer: Groups, limit: int, start: set[Any]) -> str | Claim:
    around = neighbours(graph)
    require(answer.score is None and answer.witness is None and not answer.estimated, "figures nobody asked for")
    seen = set()
    for group in answer.groups:
        members = distinct(graph, group, "a clique")
        _clique_of(around, members)
        require(members and start <= members, "a clique misses the node")
        require(not set.intersection(*(around[v] for v in members)), "a clique can be extended")
        seen.add(frozenset(members))
    require(len(seen) == len(answer.groups) <= limit, "a clique stands twice, or there are too many")
    count = _counted(around, start)
    if not answer.exact:
        require(len(seen) == limit and answer.bounds == (limit + 1, math.inf), "the bounds are not those of the limit")
        require(count is None or count > limit, "there are no more cliques than the limit")
        text = f"{limit} maximal cliques are listed, and there are more"
        return text if count is not None else Claim(text, "none")
    require(answer.bounds is None, "an exact answer carries bounds")
    require(count is None or count == len(seen), f"there are {count} maximal cliques")
    text = f"the {len(seen)} listed sets are maximal cliques"
    return f"{text}, and there are no others" if count is not None else Claim(text, "none")


@checker("maximal_cliques")
def check_maximal_cliques(graph: Graph, answer: Groups, limit: int = 1000) -> str | Claim:
    """every listed clique tried for pairs and extensions; the number counted by growing cliques in node order"""
    return _all_listed(graph, answer, limit, set())


@checker("cliques_containing")
def check_cliques_containing(graph: Graph, answer: Groups, node: Any, limit: int = 1000) -> str | Claim:
    """every listed clique tried for pairs and extensions; the number counted by growing cliques in node order"""
    return _all_listed(graph, answer, limit, {graph.node(node)})


@checker("heaviest_triangle")
def check_heaviest_triangle(graph: Graph, answer: Number, weight: str = "weight") -> str:
    """the triangle's edges and weights looked up, and every other triangle tried"""
    plainly(answer)
    worth = {node: data[weight] for node, data in graph.nx.nodes(data=True)}
    around = neighbours(graph)
    three = distinct(graph, answer.witness, "the triangle")
    require(len(three) == 3, "that is no triangle")
    _clique_of(around, three)
    require(close(sum(worth[node] for node in three), answer.number), "the weights add up to another number")
    heaviest = max(
        worth[e.source] + worth[e.target] + worth[w]
        for e in graph.edges()
        if e.source != e.target
        for w in around[e.source] & around[e.target]
    )
    require(close(heaviest, answer.number), f"another triangle weighs {heaviest}")
    return f"the triangle weighs {answer.number}, and none weighs more"


@checker("maximal_independent_set")
def check_maximal_independent_set(graph: Graph, answer: Nodes) -> str:
    """no two adjacent, and every other node adjacent to one of them"""
    plainly(answer)
    require(answer.witness is None, "the answer carries a witness that nobody asked for")
    around, chosen = neighbours(graph), distinct(graph, answer.nodes, "the set")
    require(not any(around[node] & chosen for node in chosen), "two of the nodes are adjacent")
    require(all(node in chosen or near & chosen for node, near in around.items()), "a node can be added")
    return "no two of the nodes are adjacent, and every other node is adjacent to one of them"


def _verdict(answer: Truth, holds: bool, shown: bool, yes: str, no: str) -> str:
    plainly(answer)
    require(answer.holds == holds, "the definition says otherwise")
    require(answer.witness is None if holds else shown, "the witness shows nothing")
    return yes if holds else no


def _given(graph: Graph, nodes: Any) -> set[Any]:
    return {graph.node(node) for node in nodes}


@checker("is_clique")
def check_is_clique(graph: Graph, answer: Truth, nodes: Any) -> str:
    """every pair looked up"""
    around, given = neighbours(graph), _given(graph, nodes)
    gaps = [[u, v] for u in given for v in given if u != v and v not in around[u]]
    shown = bool(gaps) and not answer.holds and list(answer.witness["missing"]) in gaps
    return _verdict(answer, not gaps, shown, "every two of the nodes are adjacent", "the named two are not adjacent")


@checker("is_independent_set")
def check_is_independent_set(graph: Graph, answer: Truth, nodes: Any) -> str:
    """every edge looked up"""
    around, given = neighbours(graph), _given(graph, nodes)
    inside = [[u, v] for u in given for v in around[u] & given]
    shown = bool(inside) and not answer.holds and list(answer.witness["edge"]) in inside
    return _verdict(answer, not inside, shown, "no two of the nodes are adjacent", "the named two are adjacent")


@checker("is_vertex_cover")
def check_is_vertex_cover(graph: Graph, answer: Truth, nodes: Any) -> str:
    """every edge looked up"""
    given = _given(graph, nodes)
    free = [[e.source, e.target] for e in graph.edges() if e.source not in given and e.target not in given]
    shown = bool(free) and not answer.holds and list(answer.witness["edge"]) in free
    return _verdict(answer, not free, shown, "every edge touches one of the nodes", "the named edge touches none")


@checker("is_dominating_set")
def check_is_dominating_set(graph: Graph, answer: Truth, nodes: Any) -> str:
    """every node looked up"""
    given = _given(graph, nodes)
    free = [node for node, near in _dominators(graph).items() if not near & given]
    shown = bool(free) and not answer.holds and answer.witness["undominated"] in free
    return _verdict(answer, not free, shown, "every node is in the set or next to it", "the named node is not")
