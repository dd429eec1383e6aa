"""Whether an answer in the format of CLRS-Text is right, whichever way it breaks ties.

The benchmark takes the lowest node first, and counts every other breadth-first tree, topological order, spanning tree
or shortest-path tree as wrong. Here the answer alone is looked at: no gold, and no run of the algorithm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from evals.clrs_scores import read
from graphs.clrs.text import Question, outputs
from tools.answers import Record
from tools.certificates.clrs_arrays import certify
from tools.clrs_arrays import SOLVERS, solve

Matrix = list[list[float]]
Pointers = list[int]
_EPSILON = 1e-9


def is_valid(question: Question, text: str) -> bool:
    """Whether the result in `text` is a right answer to the question."""
    read_off = read(text)
    names = [feature.name for feature in outputs(question.algorithm)]
    if read_off.values is None or not read_off.clean:
        return False
    said = [_whole(value) for value in read_off.values]
    if question.algorithm == "binary_search" and question.trace and len(set(map(str, said))) == 1:
        said = said[:1]  # a trace ends with low and high, which meet
    if len(said) != len(names):
        return False
    if question.algorithm in SOLVERS:
        return _array(question, dict(zip(names, said, strict=True)))
    A = question.inputs["A"]
    n = len(A)
    source = (question.inputs["s"],) if "s" in question.inputs else ()
    shaped = all(_is_pointer(value, n) if isinstance(value, int) else _is_row(value, n) for value in said)
    return shaped and _GRAPH[question.algorithm](A, *source, *said)


def _whole(value: Any) -> Any:
    """3.0 as 3, at any depth."""
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_row(value: Any, n: int) -> bool:
    return isinstance(value, list) and len(value) == n


def _is_pointer(value: Any, n: int) -> bool:
    return isinstance(value, int) and 0 <= value < n


def _array(question: Question, said: Mapping[str, Any]) -> bool:
    """As the certificate sees it; choices that it proves right with ties are right here."""
    algorithm, inputs = question.algorithm, question.inputs
    if algorithm == "minimum":
        key, place = inputs["key"], said["min"]
        return _is_pointer(place, len(key)) and key[place] == min(key)
    if algorithm == "activity_selector":
        return _is_selection(
            said["selected"], inputs["s"], inputs["f"], sum(solve(algorithm, inputs).figures["selected"])
        )
    if algorithm == "lcs_length":
        return _leads_through(said["b"], inputs["string"], inputs["key"])
    if algorithm in ("insertion_sort", "bubble_sort", "heapsort", "quicksort"):
        return bool(said["pred"] == sorted(inputs["key"]))
    return certify(algorithm, inputs, Record(said)).holds


def _is_selection(selected: Any, s: list[float], f: list[float], most: int) -> bool:
    """As many activities as possible that do not overlap."""
    if not _is_row(selected, len(s)) or any(mark not in (0, 1) for mark in selected):
        return False
    taken = sorted((f[i], s[i]) for i, mark in enumerate(selected) if mark)
    return len(taken) == most and all(start >= end for (end, _), (_, start) in zip(taken, taken[1:], strict=False))


def _leads_through(b: Any, string: list[int], key: list[int]) -> bool:
    """Each figure points to a cell from which a longest common subsequence comes."""
    size, n = len(key), string.count(0)
    if not _is_row(b, size) or not all(_is_row(row, size) for row in b):
        return False
    length: dict[tuple[int, int], int] = {}
    for i in range(size):
        for j in range(size):
            if not i < n <= j:
                if b[i][j] != -1:
                    return False
                continue
            before, above, left = (length.get(p, 0) for p in ((i - 1, j - 1), (i - 1, j), (i, j - 1)))
            matches = key[i] == key[j]
            length[i, j] = before + 1 if matches else max(above, left)
            if b[i][j] not in ({0} if matches else {1 + w for w, x in enumerate((above, left)) if x == length[i, j]}):
                return False
    return True


def _neighbours(A: Matrix) -> list[list[int]]:
    return [[v for v, x in enumerate(row) if x != 0] for row in A]


def _distances(A: Matrix, s: int, *, hops: bool = False) -> list[float]:
    """By rounds over all edges."""
    n = len(A)
    far = [0.0 if v == s else math.inf for v in range(n)]
    for _ in range(n):
        for u in range(n):
            for v in range(n):
                if A[u][v] != 0:
                    far[v] = min(far[v], far[u] + (1 if hops else A[u][v]))
    return far


def _tree(A: Matrix, s: int, pi: Any, far: list[float], *, hops: bool = False) -> bool:
    """Whether each reached node's pointer is the last edge of a way as short as its distance, and others point home."""
    n = len(A)
    if not _is_row(pi, n) or not all(_is_pointer(p, n) for p in pi) or pi[s] != s:
        return False
    for v, p in enumerate(pi):
        if v == s:
            continue
        if far[v] == math.inf or p == v:
            if far[v] != math.inf or p != v:
                return False
        elif A[p][v] == 0 or abs(far[p] + (1 if hops else A[p][v]) - far[v]) > _EPSILON:
            return False
    return True


def _bfs(A: Matrix, s: int, pi: Any) -> bool:
    return _tree(A, s, pi, _distances(A, s, hops=True), hops=True)


def _shortest(A: Matrix, s: int, pi: Any) -> bool:
    return _tree(A, s, pi, _distances(A, s))


def _floyd_warshall(A: Matrix, Pi: Any) -> bool:
    """Each row a shortest-path tree; a node's pointer to itself is of no account."""
    n = len(A)
    if not all(_is_row(row, n) for row in Pi):
        return False
    for s, row in enumerate(Pi):
        far = _distances(A, s)
        if any(row[v] != s for v in range(n) if far[v] == math.inf):
            return False
        own = [v if far[v] == math.inf or v == s else p for v, p in enumerate(row)]
        if not _tree(A, s, own, far):
            return False
    return True


def _dfs(A: Matrix, pi: Any) -> bool:
    """Whether some order of roots and neighbours gives this forest.

    It does if its edges are edges of the graph, and the trees beside each other can be put in an order in which no edge
    leads from an earlier to a later one: such an edge would have been taken.
    """
    n = len(A)
    if not all(_is_pointer(p, n) for p in pi):
        return False
    up: list[list[int]] = []  # from each node to its root, then -1
    for v in range(n):
        way = [v]
        while pi[way[-1]] != way[-1]:
            if A[pi[way[-1]]][way[-1]] == 0 or len(way) > n:
                return False
            way.append(pi[way[-1]])
        up.append([*way, -1])
    before: dict[int, set[int]] = {v: set() for v in range(n)}
    for u, nexts in enumerate(_neighbours(A)):
        for v in nexts:
            if u in up[v] or v in up[u]:
                continue
            common = next(w for w in up[u] if w in up[v])
            mine, other = up[u][up[u].index(common) - 1], up[v][up[v].index(common) - 1]
            before[mine].add(other)  # the tree with v comes before the tree with u
    return _orderable(before)


def _orderable(before: Mapping[int, set[int]]) -> bool:
    left = {v: set(others) for v, others in before.items()}
    while left:
        free = [v for v, others in left.items() if not others & left.keys()]
        if not free:
            return False
        for v in free:
            del left[v]
    return True


def _topological_sort(A: Matrix, topo: Any, head: Any) -> bool:
    n = len(A)
    if not _is_row(topo, n) or not _is_pointer(head, n) or not all(_is_pointer(p, n) for p in topo):
        return False
    order = [head]
    while topo[order[-1]] != order[-1] and len(order) <= n:
        order.append(topo[order[-1]])
    place = {v: i for i, v in enumerate(order)}
    return len(order) == n == len(place) and all(
        place[u] < place[v] for u, row in enumerate(_neighbours(A)) for v in row
    )


def _reached(A: Matrix, s: int) -> set[int]:
    nexts, found, queue = _neighbours(A), {s}, [s]
    for u in queue:
        for v in nexts[u]:
            if v not in found:
                found.add(v)
                queue.append(v)
    return found


def _components(A: Matrix, ids: Any) -> bool:
    """One name for each component, that of a member."""
    n = len(A)
    ways = [_reached(A, s) for s in range(n)]
    if not all(_is_pointer(name, n) for name in ids):
        return False
    mutual = [{v for v in ways[u] if u in ways[v]} for u in range(n)]
    return all(ids[u] in mutual[u] and (ids[u] == ids[v]) == (v in mutual[u]) for u in range(n) for v in range(n))


def _without(A: Matrix, gone: set[int], cut: tuple[int, int] | None = None) -> Matrix:
    return [
        [0 if u in gone or v in gone or cut in ((u, v), (v, u)) else x for v, x in enumerate(row)]
        for u, row in enumerate(A)
    ]


def _cut_nodes(A: Matrix, is_cut: Any) -> bool:
    for v, said in enumerate(is_cut):
        near = [u for u in _neighbours(A)[v] if u != v]
        parts = bool(near) and not set(near) <= _reached(_without(A, {v}), near[0])
        if said != int(parts):
            return False
    return True


def _bridges(A: Matrix, is_bridge: Any) -> bool:
    n = len(A)
    if not all(_is_row(row, n) for row in is_bridge):
        return False
    for u in range(n):
        for v in range(n):
            due = 0 if u == v else -1
            if u != v and A[u][v] != 0:
                due = int(v not in _reached(_without(A, set(), (u, v)), u))
            if is_bridge[u][v] != due:
                return False
    return True


def _least_forest(A: Matrix) -> dict[frozenset[int], float]:
    """The total weight of a least spanning tree, for each component, by its nodes: trees grown edge by edge."""
    found: dict[frozenset[int], float] = {}
    for s in range(len(A)):
        whole = frozenset(_reached(A, s))
        if whole in found:
            continue
        inside, total = {s}, 0.0
        while len(inside) < len(whole):
            x, v = min((A[u][v], v) for u in inside for v in whole - inside if A[u][v] != 0)
            inside.add(v)
            total += x
        found[whole] = total
    return found


def _forest_weight(A: Matrix, edges: list[tuple[int, int]]) -> float | None:
    """The weight of a forest; None where an edge is none or closes a cycle."""
    part = list(range(len(A)))
    for u, v in edges:
        if A[u][v] == 0 or part[u] == part[v]:
            return None
        part = [part[u] if p == part[v] else p for p in part]
    return sum(A[u][v] for u, v in edges)


def _prim(A: Matrix, s: int, pi: Any) -> bool:
    n = len(A)
    if not all(_is_pointer(p, n) for p in pi) or pi[s] != s:
        return False
    whole = frozenset(_reached(A, s))
    edges = [(p, v) for v, p in enumerate(pi) if p != v]
    weight = _forest_weight(A, edges)
    spans = {v for _, v in edges} == whole - {s}
    return spans and weight is not None and abs(weight - _least_forest(A)[whole]) <= _EPSILON


def _kruskal(A: Matrix, in_mst: Any) -> bool:
    n = len(A)
    if not all(_is_row(row, n) for row in in_mst):
        return False
    if any(in_mst[u][v] not in (0, 1) or in_mst[u][v] != in_mst[v][u] for u in range(n) for v in range(n)):
        return False
    edges = [(u, v) for u in range(n) for v in range(u, n) if in_mst[u][v]]
    weight, least = _forest_weight(A, edges), _least_forest(A)
    due = sum(len(part) - 1 for part in least)
    return weight is not None and len(edges) == due and abs(weight - sum(least.values())) <= _EPSILON


_GRAPH: Mapping[str, Callable[..., bool]] = {
    "bfs": _bfs,
    "dfs": _dfs,
    "topological_sort": _topological_sort,
    "strongly_connected_components": _components,
    "articulation_points": _cut_nodes,
    "bridges": _bridges,
    "mst_prim": _prim,
    "mst_kruskal": _kruskal,
    "bellman_ford": _shortest,
    "dijkstra": _shortest,
    "dag_shortest_paths": _shortest,
    "floyd_warshall": _floyd_warshall,
}
