"""The algorithms of the CLRS benchmark that take no graph (rows of numbers, strings, points), by their definitions.

Each gives a `Record` of the benchmark's own output names. They stand outside the catalogue of tools, since questions
for them come in one format alone (`graphs.clrs.text`), and sorting numbers is nothing that one asks of a graph.
`graphs.clrs` runs the same algorithms step by step; the two share no code. `tools.certificates.clrs_arrays` checks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from graphs.errors import BadArgument, WrongKind
from tools.answers import Record

Row = list[float]


def sort(key: Row) -> Record:
    """The numbers in order, least first. O(n log n)."""
    return Record({"pred": sorted(key)})


def minimum(key: Row) -> Record:
    """The place of the least number, the first of equals."""
    return Record({"min": key.index(min(key))})


def binary_search(key: Row, target: float) -> Record:
    """The first place whose number is not below the target; the last place where there is none.

    Raises:
        WrongKind: the numbers are not sorted.
    """
    if key != sorted(key):
        raise WrongKind("binary_search needs its key sorted, least first")
    return Record({"return": min(bisect_left(key, target), len(key) - 1)})


def quickselect(key: Row) -> Record:
    """The place of the number of rank n // 2; of equal ones, that which the algorithm comes to."""
    wanted = sorted(key)[len(key) // 2]
    if key.count(wanted) == 1:
        return Record({"median": key.index(wanted)})
    places, rank = list(range(len(key))), len(key) // 2
    while True:
        *rest, pivot = places
        low, high = _parted([key[i] for i in rest], rest, key[pivot])
        # The pivot changes places with the first of those above it.
        places = [*low, pivot, *high[1:], *high[:1]]
        if rank == len(low):
            return Record({"median": pivot})
        places, rank = (places[: len(low)], rank) if rank < len(low) else (places[len(low) + 1 :], rank - len(low) - 1)


def _parted(numbers: Row, places: list[int], pivot: float) -> tuple[list[int], list[int]]:
    """The places of the numbers up to the pivot in their order, and of those above as the exchanges leave them."""
    low: list[int] = []
    high: list[int] = []
    for number, place in zip(numbers, places, strict=True):
        if number <= pivot:
            low.append(place)
            high = high[1:] + high[:1]
        else:
            high.append(place)
    return low, high


def find_maximum_subarray(key: Row) -> Record:
    """First and last place of the stretch of greatest sum: the one that ends first, as long as it can be. O(n)."""
    sums: list[tuple[float, int]] = []  # of the best stretch that ends at each place, and where that starts
    for place, number in enumerate(key):
        before, start = sums[-1] if sums else (-1.0, 0)
        sums.append((before + number, start) if sums and before + number >= number else (number, place))
    end = max(range(len(sums)), key=lambda place: sums[place][0])
    return Record({"start": sums[end][1], "end": end})


def matrix_chain_order(p: Row) -> Record:
    """s[i][j]: where the product of the matrices i to j is parted first; matrix i is p[i-1] by p[i]. O(n^3).

    The benchmark improves all products at once, round by round; of equally cheap ways the one that the earliest round
    can find is taken, then the one that parts first.
    """
    n = len(p)
    split = [[0] * n for _ in range(n)]
    best = [[(0.0, 0)] * n for _ in range(n)]  # least cost, and the round that finds it
    for length in range(1, n):
        for i in range(1, n - length):
            j = i + length
            ways = []
            for k in range(i, j):
                (left, first), (right, second) = best[i][k], best[k + 1][j]
                ways.append((left + right + p[i - 1] * p[k] * p[j], max(first, second) + 1, k))
            *best_way, split[i][j] = min(ways)
            best[i][j] = (best_way[0], int(best_way[1]))
    return Record({"s": split})


def optimal_bst(p: Row, q: Row) -> Record:
    """root[i][j]: the root of the cheapest search tree over the keys i to j-1; q: the gaps, p: the keys and a 0."""
    n = len(q)

    @cache
    def weight(i: int, j: int) -> float:
        return q[i] if i == j else weight(i, j - 1) + p[j - 1] + q[j]

    root = [[0] * n for _ in range(n)]
    cost = [[q[i] if i == j else 0.0 for j in range(n)] for i in range(n)]
    for i in reversed(range(n)):
        for j in range(i + 1, n):
            cost[i][j], root[i][j] = min((cost[i][r] + cost[r + 1][j] + weight(i, j), r) for r in range(i, j))
    return Record({"root": root})


def lcs_length(string: list[int], key: list[int]) -> Record:
    """b: for each pair of places of the two strings 0 (they match), 1 (from above) or 2 (from the left); else -1."""
    first, second = _strings(string, key)
    n, m = len(first), len(second)
    length = [[0] * (m + 1) for _ in range(n + 1)]
    b = [[-1] * (n + m) for _ in range(n + m)]
    for i in range(n):
        for j in range(m):
            above, left = length[i][j + 1], length[i + 1][j]
            if first[i] == second[j]:
                length[i + 1][j + 1], b[i][n + j] = length[i][j] + 1, 0
            else:
                length[i + 1][j + 1], b[i][n + j] = max(above, left), 1 if above >= left else 2
    return Record({"b": b})


def _strings(string: list[int], key: list[int]) -> tuple[list[int], list[int]]:
    cut = string.index(1)
    return key[:cut], key[cut:]


def match(string: list[int], key: list[int]) -> Record:
    """The first place of the first string where the second stands; the second's own start where there is none."""
    text, pattern = (bytes(part) for part in _strings(string, key))
    found = text.find(pattern)
    return Record({"match": len(text) if found < 0 else found})


def activity_selector(s: Row, f: Row) -> Record:
    """1 for each activity of the greedy choice: the first to end, then the first to end of those that start after."""
    chosen: set[int] = set()
    free = float("-inf")
    left = list(range(len(s)))
    while left:
        best = min(left, key=lambda i: (f[i], i))
        chosen.add(best)
        free = f[best]
        left = [i for i in left if s[i] >= free and (f[i], i) > (free, best)]
    return Record({"selected": [int(i in chosen) for i in range(len(s))]})


def task_scheduling(d: Row, w: Row) -> Record:
    """1 for each task that is taken: by falling worth, each whose deadline is after as many days as tasks are taken."""
    first, *rest = sorted(range(len(d)), key=lambda i: (-w[i], i))
    taken = [first]
    for i in rest:
        if len(taken) < d[i]:
            taken.append(i)
    return Record({"selected": [int(i in taken) for i in range(len(d))]})


def exact(x: Row, y: Row) -> list[tuple[Decimal, Decimal]]:
    """The points as they are written, without rounding."""
    return [(Decimal(str(a)), Decimal(str(b))) for a, b in zip(x, y, strict=True)]


def turn(a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal], c: tuple[Decimal, Decimal]) -> int:
    """1 when the way from a over b to c turns left, -1 for right, 0 for straight on."""
    area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (area > 0) - (area < 0)


def segments_intersect(x: Row, y: Row) -> Record:
    """1 when the segments between the first two points and the last two meet, ends included.

    Raises:
        BadArgument: there are not four points.
    """
    if len(x) != 4:
        raise BadArgument(f"two segments have four ends, not {len(x)}")
    a, b, c, d = exact(x, y)

    def apart(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal], *ends: tuple[Decimal, Decimal]) -> bool:
        return turn(one, other, ends[0]) * turn(one, other, ends[1]) > 0

    def boxes_meet(axis: int) -> bool:
        low, high = sorted((a[axis], b[axis])), sorted((c[axis], d[axis]))
        return low[0] <= high[1] and high[0] <= low[1]

    return Record(
        {"intersect": int(not apart(a, b, c, d) and not apart(c, d, a, b) and boxes_meet(0) and boxes_meet(1))}
    )


def convex_hull(x: Row, y: Row) -> Record:
    """1 for each corner of the convex hull: Andrew's chains (1979), with exact arithmetic. O(n log n).

    Raises:
        WrongKind: three corners would be in a line, or points coincide: the benchmark's algorithms need neither.
    """
    points = exact(x, y)
    order = sorted(range(len(points)), key=lambda i: points[i])
    if len(set(points)) < len(points):
        raise WrongKind("the hull needs points that differ from each other")
    hull: set[int] = set(order[:1] + order[-1:])
    for row in (order, order[::-1]):
        chain: list[int] = []
        for i in row:
            while len(chain) > 1 and turn(points[chain[-2]], points[chain[-1]], points[i]) <= 0:
                if turn(points[chain[-2]], points[chain[-1]], points[i]) == 0:
                    raise WrongKind("the hull needs points of which no three on its border are in a line")
                chain.pop()
            chain.append(i)
        hull.update(chain)
    return Record({"in_hull": [int(i in hull) for i in range(len(points))]})


SOLVERS: Mapping[str, Callable[..., Record]] = {
    **dict.fromkeys(("insertion_sort", "bubble_sort", "heapsort", "quicksort"), sort),
    "minimum": minimum,
    "binary_search": binary_search,
    "quickselect": quickselect,
    "find_maximum_subarray_kadane": find_maximum_subarray,
    "matrix_chain_order": matrix_chain_order,
    "optimal_bst": optimal_bst,
    "lcs_length": lcs_length,
    **dict.fromkeys(("naive_string_matcher", "kmp_matcher"), match),
    "activity_selector": activity_selector,
    "task_scheduling": task_scheduling,
    "segments_intersect": segments_intersect,
    **dict.fromkeys(("graham_scan", "jarvis_march"), convex_hull),
}
"""The eighteen by CLRS's name; each takes the inputs that the text names."""


def solve(algorithm: str, inputs: Mapping[str, Any]) -> Record:
    """The outputs of an algorithm that takes no graph.

    Raises:
        GraphError: the algorithm is not defined on these inputs.
    """
    return SOLVERS[algorithm](**inputs)
