"""The adjacency matrix as rows of numbers, and linear equations on it: plain loops when small, numpy when not."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from graphs.errors import BadArgument, NegativeWeight, TooLarge
from graphs.graph import Graph, Node
from tools.arcs import number_at

Rows = dict[Node, dict[Node, float]]
LOOP_LIMIT = 24  # unknowns up to which elimination in plain Python beats the import of numpy
SINGULAR = "the equations have no single solution in floating point; the weights differ by too much"
DENSE_LIMIT = 500  # above, sparse factors are faster
SPARSE_LIMIT = 50_000


def adjacency_rows(graph: Graph, weight: str | None, what_for: str, *, positive: bool = True) -> Rows:
    """For each node the total weight of the edges to each successor, self-loops once; 1 an edge without `weight`.

    Raises:
        MissingAttribute: an edge lacks `weight`.
        NegativeWeight: a weight is negative (or 0, when `positive`).
        BadArgument: a weight is not a number.
    """
    rows: Rows = {node: {} for node in graph}
    both = not graph.directed
    for u, v, data in graph.nx.edges(data=True):
        size = 1 if weight is None else number_at(data, weight, what_for)
        if positive and size <= 0:
            raise NegativeWeight(f"{what_for} needs every {weight} above 0, and one is {size}; leave {weight} out")
        rows[u][v] = rows[u].get(v, 0) + size
        if both and u != v:
            rows[v][u] = rows[v].get(u, 0) + size
    return rows


def reached(rows: Mapping[Node, Iterable[Node]], source: Node, stop: Iterable[Node] = ()) -> list[Node]:
    """The nodes reached from `source`, itself included, in order of a breadth-first search that ends at `stop`."""
    seen = {source: None}
    walls = set(stop)
    queue = deque([source])
    while queue:
        u = queue.popleft()
        if u in walls:
            continue
        for v in rows[u]:
            if v not in seen:
                seen[v] = None
                queue.append(v)
    return list(seen)


def solve(equations: list[dict[int, float]], right: list[float]) -> list[float]:
    """Solve a square system given by sparse rows {column: coefficient}; O(n^3), less when sparse.

    Raises:
        TooLarge: more than 50,000 unknowns.
        BadArgument: the matrix is singular.
    """
    size = len(equations)
    if size > SPARSE_LIMIT:
        raise TooLarge(f"{size} linear equations are more than the {SPARSE_LIMIT} that this tool solves; ask on a part")
    if size > DENSE_LIMIT:
        return _solve_sparse(equations, right)
    if size > LOOP_LIMIT:
        return _solve_dense(equations, right)
    table = [[row.get(j, 0.0) for j in range(size)] + [b] for row, b in zip(equations, right)]
    for at in range(size):
        pivot = max(range(at, size), key=lambda i: abs(table[i][at]))
        table[at], table[pivot] = table[pivot], table[at]
        head = table[at]
        if abs(head[at]) < 1e-14:
            raise BadArgument(SINGULAR)
        for i in range(at + 1, size):
            factor = table[i][at] / head[at]
            if factor:
                row = table[i]
                for j in range(at, size + 1):
                    row[j] -= factor * head[j]
    found = [0.0] * size
    for i in reversed(range(size)):
        row = table[i]
        found[i] = (row[size] - sum(row[j] * found[j] for j in range(i + 1, size))) / row[i]
    return found


def _solve_dense(equations: list[dict[int, float]], right: list[float]) -> list[float]:
    import numpy as np

    table = np.zeros((len(equations), len(equations)))
    for i, row in enumerate(equations):
        for j, x in row.items():
            table[i, j] = x
    try:
        found: list[float] = np.linalg.solve(table, np.array(right, dtype=float)).tolist()
    except np.linalg.LinAlgError as error:
        raise BadArgument(SINGULAR) from error
    return found


def _solve_sparse(equations: list[dict[int, float]], right: list[float]) -> list[float]:
    import numpy as np
    from scipy.sparse import csc_matrix
    from scipy.sparse.linalg import splu

    size = len(equations)
    rows = [i for i, row in enumerate(equations) for _ in row]
    columns = [j for row in equations for j in row]
    values = [x for row in equations for x in row.values()]
    try:
        factors = splu(csc_matrix((values, (rows, columns)), shape=(size, size), dtype=float))
    except RuntimeError as error:
        raise BadArgument(SINGULAR) from error
    found: list[float] = factors.solve(np.array(right, dtype=float)).tolist()
    return found
