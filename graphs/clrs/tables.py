"""Dynamic programming: matrix chains, common subsequences, optimal search trees (Aho, Hopcroft and Ullman 1974)."""

from __future__ import annotations

from typing import Any

import numpy as np

from graphs.clrs.recorder import Array, Recorder
from graphs.clrs.sorting import in_line
from graphs.clrs.strings import lines, parts

_BOTH, _UP, _LEFT, _BLANK = 0, 1, 2, 3


def matrix_chain_order(trace: Recorder, p: Array) -> dict[str, Any]:
    """s[i, j]: where to part the product of the matrices i to j first; matrix i is p[i-1] by p[i].

    Every round improves all stretches at once from what the round before knew. O(n^3) a round, O(log n) rounds until
    all are known and some more until all are best.
    """
    n = len(p)
    p = p.astype(np.float64)
    m, s, msk = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    np.fill_diagonal(msk[1:, 1:], 1)
    trace.fix(pred_h=in_line(list(range(n))))
    trace.watch(m=m, s_h=s, msk=msk)
    while True:
        trace.note()
        before, known = m.copy(), msk > 0
        reached = known.copy()
        for k in range(1, n - 1):
            rise = slice(1, k + 1), slice(k + 1, n)  # i <= k < j
            cost = before[rise[0], k, None] + before[k + 1, rise[1]] + p[:k, None] * p[k] * p[k + 1 :]
            both = known[rise[0], k, None] & known[k + 1, rise[1]]
            better = both & (~reached[rise] | (cost < m[rise]))
            m[rise] = np.where(better, cost, m[rise])
            s[rise] = np.where(better, k, s[rise])
            reached[rise] |= both
        msk[reached] = 1
        if (before == m).all():
            return {"s": s}


def lcs_length(trace: Recorder, string: Array, key: Array) -> dict[str, Any]:
    """b: for each pair of places in the two strings, where the longest common subsequence up to there comes from.

    0: both places match; 1: from the place before in the first string; 2: from the one before in the second. O(n m) a
    round, as every round works from what the round before knew.
    """
    x, y = parts(string, key)
    c, b = _first_row_and_column(x, y)
    n, m = len(x), len(y)
    same = np.equal.outer(x[1:], y[1:])

    def spread(inner: Array, outside: float) -> Array:
        whole = np.full((n + m, n + m), outside)
        whole[:n, n:] = inner
        return whole

    def shown() -> Array:
        return spread(b, -_BLANK - 1)  # -1 in a class of its own where the two nodes are no pair of places

    trace.fix(pred_h=lines(n, m))
    trace.derive(b_h=shown, c=lambda: spread(c, 0.0))
    while True:
        trace.note()
        before = c.copy()
        up, left = before[:-1, 1:], before[1:, :-1]
        c[1:, 1:] = np.where(same, before[:-1, :-1] + 1, np.maximum(up, left))
        b[1:, 1:] = np.where(same, _BOTH, np.where(up >= left, _UP, _LEFT))
        if (before == c).all():
            return {"b": shown()}


def _first_row_and_column(x: Array, y: Array) -> tuple[Array, Array]:
    """Lengths and origins where nothing comes before one of the places."""
    c, b = np.zeros((len(x), len(y))), np.zeros((len(x), len(y)))
    for axis, (line, other, onward) in enumerate(((x, y, _UP), (y, x, _LEFT))):
        seen = 0.0
        for i, letter in enumerate(line):
            place = (i, 0) if axis == 0 else (0, i)
            if letter == other[0]:
                seen, b[place] = 1.0, _BOTH
            else:
                b[place] = onward if seen else _UP
            c[place] = seen
    return c, b


def optimal_bst(trace: Recorder, p: Array, q: Array) -> dict[str, Any]:
    """root[i, j]: the root of the best search tree for the keys i to j-1, and the gaps around them. O(n^3).

    p: how likely each key is, and a 0 at the end; q: how likely each gap is, one more than there are keys.
    """
    keys, gaps, n = p.tolist(), q.tolist(), len(q)
    e = [[gaps[i] if i == j else 0.0 for j in range(n)] for i in range(n)]
    w = [row.copy() for row in e]
    root, msk = np.zeros((n, n)), np.eye(n)
    trace.fix(pred_h=in_line(list(range(n))))
    trace.watch(root_h=root, msk=msk)
    trace.derive(e=lambda: np.array(e), w=lambda: np.array(w))
    trace.note()
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            w[i][j] = w[i][j - 1] + keys[j - 1] + gaps[j]
            e[i][j], root[i, j] = min((e[i][r] + e[r + 1][j] + w[i][j], r) for r in range(i, j))
            msk[i, j] = 1
        trace.note()
    return {"root": root}
