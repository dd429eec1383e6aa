"""Compiled loops that turn rows of a table into numbered nodes and adjacency. Import through `extra.kernels`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from graphs.compact.arrays import Ints, Longs


@njit(cache=True, nogil=True)
def number_dense(one: Longs, other: Longs, low: int, size: int) -> tuple[Ints, Ints, Longs]:
    """Codes 0, 1, 2 … of keys in [low, low + size) by first appearance in one[0], other[0], one[1], …, and the keys.

    -> the codes of both columns, and the key of each code. O(keys + size).
    """
    place = np.full(size, -1, np.int32)
    codes, others = np.empty(len(one), np.int32), np.empty(len(one), np.int32)
    known = np.empty(min(size, 2 * len(one)), np.int64)
    count = 0
    for i in range(len(one)):
        for side in range(2):
            key = other[i] if side else one[i]
            at = key - low
            if place[at] < 0:
                place[at] = count
                known[count] = key
                count += 1
            if side:
                others[i] = place[at]
            else:
                codes[i] = place[at]
    return codes, others, known[:count].copy()


@njit(cache=True, nogil=True)
def number_sparse(one: Longs, other: Longs) -> tuple[Ints, Ints, Longs]:
    """The same for keys of any size, by open addressing; the table doubles when it is half full."""
    size = 1 << 16
    slots = np.full(size, -1, np.int32)
    codes, others = np.empty(len(one), np.int32), np.empty(len(one), np.int32)
    known = np.empty(1 << 15, np.int64)
    count = 0
    for i in range(len(one)):
        for side in range(2):
            key = other[i] if side else one[i]
            if 2 * (count + 1) > size:
                size *= 2
                slots = np.full(size, -1, np.int32)
                longer = np.empty(size // 2, np.int64)
                longer[:count] = known[:count]
                known = longer
                for code in range(count):
                    at = _slot(known[code], size)
                    while slots[at] >= 0:
                        at = (at + 1) & (size - 1)
                    slots[at] = code
            at = _slot(key, size)
            while slots[at] >= 0 and known[slots[at]] != key:
                at = (at + 1) & (size - 1)
            if slots[at] < 0:
                slots[at] = count
                known[count] = key
                count += 1
            if side:
                others[i] = slots[at]
            else:
                codes[i] = slots[at]
    return codes, others, known[:count].copy()


@njit(cache=True, nogil=True)
def _slot(key: int, size: int) -> Any:
    mixed = np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
    return np.int64((mixed >> np.uint64(32)) & np.uint64(size - 1))


@njit(cache=True, nogil=True)
def adjacency(n: int, tails: Ints, heads: Ints, both: bool) -> tuple[Longs, Ints, Ints]:
    """Rows of each node's arcs in the order of the edges: starts [n + 1], heads [arcs], number of the edge [arcs].

    both: each edge is an arc each way, a self-loop one arc. Counting sort, O(n + m).
    """
    starts = np.zeros(n + 1, np.int64)
    for e in range(len(tails)):
        starts[tails[e] + 1] += 1
        if both and tails[e] != heads[e]:
            starts[heads[e] + 1] += 1
    for u in range(n):
        starts[u + 1] += starts[u]
    free = starts[:-1].copy()
    ends = np.empty(starts[n], np.int32)
    edges = np.empty(starts[n], np.int32)
    for e in range(len(tails)):
        u, v = tails[e], heads[e]
        ends[free[u]], edges[free[u]] = v, e
        free[u] += 1
        if both and u != v:
            ends[free[v]], edges[free[v]] = u, e
            free[v] += 1
    return starts, ends, edges


@njit(cache=True, nogil=True)
def has_repeats(starts: Longs, ends: Ints) -> bool:
    """Whether some row names a head twice. O(n + arcs)."""
    seen = np.full(len(starts) - 1, -1, np.int32)
    for u in range(len(starts) - 1):
        for k in range(starts[u], starts[u + 1]):
            if seen[ends[k]] == u:
                return True
            seen[ends[k]] = u
    return False


@njit(cache=True, nogil=True)
def sort_out_repeats(
    order: Longs, pair: Longs, forward: Any, data: Longs, both: bool
) -> tuple[Any, int, int, int, int]:
    """Which of the rows with equal nodes are kept, and how many were merged, mirrored, differ, are crossed.

    order: rows sorted by pair, then by place in the file. pair: the pair of each row. forward: whether the row names
    the pair's lower node first. data: code of the row's attributes. both: an edge has no direction.
    """
    kept = np.ones(len(order), np.bool_)
    merged = mirrored = differ = crossed = 0
    last = np.int64(-1)
    seen = np.full(2, -1, np.int64)
    for i in range(len(order)):
        row = order[i]
        if i == 0 or pair[row] != last:
            last = pair[row]
            seen[0] = -1
            seen[1] = -1
        way = 1 if forward[row] else 0
        same = seen[way]
        back = seen[1 - way] if both else np.int64(-1)
        if same < 0 and back < 0:
            seen[way] = data[row]
        elif data[row] == (same if same >= 0 else back):
            kept[row] = False
            if same >= 0:
                merged += 1
            else:
                mirrored += 1
        else:
            if same >= 0:
                differ += 1
            else:
                crossed += 1
                seen[way] = data[row]
    return kept, merged, mirrored, differ, crossed


@njit(cache=True, nogil=True)
def text_at(blob: Any, offsets: Longs, wanted: Any) -> int:
    """The place of the label whose bytes are `wanted`, or -1. O(n)."""
    size = len(wanted)
    for i in range(len(offsets) - 1):
        if offsets[i + 1] - offsets[i] == size:
            at = offsets[i]
            same = True
            for k in range(size):
                if blob[at + k] != wanted[k]:
                    same = False
                    break
            if same:
                return i
    return -1


@njit(cache=True, nogil=True)
def texts_beginning(blob: Any, offsets: Longs, text: Any, limit: int) -> Longs:
    """The labels that `text` begins with, letters of ASCII in either case; at most `limit`. O(n)."""
    found = np.empty(limit, np.int64)
    count = 0
    for i in range(len(offsets) - 1):
        size = offsets[i + 1] - offsets[i]
        if size == 0 or size > len(text):
            continue
        at = offsets[i]
        same = True
        for k in range(size):
            a, b = blob[at + k], text[k]
            if 65 <= a <= 90:
                a += np.uint8(32)
            if 65 <= b <= 90:
                b += np.uint8(32)
            if a != b:
                same = False
                break
        if same and count < limit:
            found[count] = i
            count += 1
    return found[:count].copy()
