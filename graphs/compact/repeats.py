"""Rows with the same two nodes: one edge said twice, an edge listed both ways, or parallel edges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphs.compact.extra import kernels, need


class Found(NamedTuple):
    """What repeated rows mean. kept: the rows that stay, None for all of them."""

    directed: bool
    multi: bool
    kept: Any
    notes: list[str]
    rows: Any = None  # the adjacency that was made on the way, where it is that of the graph


def settle(
    n: int, source: Any, target: Any, data: Mapping[str, Any], *, directed: bool, may_turn: bool, apart: bool
) -> Found:
    """Merge rows that say the same edge; the rules of `graphs.files.tabular`, on arrays.

    data: what the rows say about their edges, name -> numbers [m]. may_turn: directions were guessed, so that pairs
    that differ in their two directions make the graph directed. apart: rows are never merged (they have times).
    """
    np = need("numpy")
    rows = kernels().adjacency(n, source, target, not directed)
    if not kernels().has_repeats(rows[0], rows[1]):
        return Found(directed, False, None, [], rows)
    if apart:
        return Found(directed, True, None, ["some pairs of nodes have several edges; they are kept apart"])
    code = _codes(np, data, len(source))
    kept, merged, mirrored, differ, crossed = _sorted_out(np, n, source, target, code, both=not directed)
    notes = []
    if crossed and not differ and may_turn:
        directed = True
        notes.append("took the edges as directed: some pairs differ in their two directions")
        kept, merged, mirrored, differ, crossed = _sorted_out(np, n, source, target, code, both=False)
    if merged:
        notes.append(f"{merged} repeated row{'s were' if merged > 1 else ' was'} merged")
    if mirrored:
        notes.append(f"{mirrored} edge{'s are' if mirrored > 1 else ' is'} listed in both directions; "
                     "each was taken once")  # fmt: skip
    if differ or crossed:
        notes.append("some pairs of nodes have several edges; they are kept apart")
    return Found(directed, bool(differ or crossed), kept if merged or mirrored else None, notes)


def _sorted_out(np: Any, n: int, source: Any, target: Any, code: Any, *, both: bool) -> Any:
    low, high = (np.minimum(source, target), np.maximum(source, target)) if both else (source, target)
    pair = low.astype(np.int64) * n + high
    order = np.argsort(pair, kind="stable")
    return kernels().sort_out_repeats(order, pair, source <= target if both else source == source, code, both)


def _codes(np: Any, data: Mapping[str, Any], rows: int) -> Any:
    """One number for what each row says: equal where all its numbers are (a missing one equals a missing one)."""
    code = np.zeros(rows, np.int64)
    for column in data.values():
        values = np.where(np.isnan(column), np.inf, column + 0.0) if column.dtype.kind == "f" else column
        inverse = _ranks(np, values)
        count = int(inverse.max()) + 1 if rows else 1
        code = _ranks(np, code * count + inverse)
    return code


def _ranks(np: Any, values: Any) -> Any:
    """The rank of each value among the different ones. By sorting: np.unique hashes, which takes far longer."""
    order = np.argsort(values)
    ordered = values[order]
    found = np.empty(len(values), np.int64)
    found[order] = np.cumsum(np.concatenate([[0], ordered[1:] != ordered[:-1]])) if len(values) else 0
    return found
