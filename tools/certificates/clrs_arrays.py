"""Checks of the CLRS algorithms on rows, strings and points: by what an answer must be, in exact arithmetic.

Where the benchmark's answer is one of several right ones, the check proves that it is right and grades it "recount":
which of them the algorithm comes to is not proven.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tools.answers import Record
from tools.certificates.base import Certificate, Claim, Rejected, require

Row = list[float]
Point = tuple[Fraction, Fraction]
Span = tuple[int, int]
Costs = dict[Span, Fraction]
_TOLERANCE = Fraction(1, 10**12)  # of costs that a program adds up with rounding


def certify(algorithm: str, inputs: Mapping[str, Any], answer: Record) -> Certificate:
    """Check the outputs of one of the eighteen algorithms that take no graph; a wrong answer never raises."""
    check, names = _CHECKS[algorithm]
    method = (check.__doc__ or "").strip().partition("\n")[0]
    try:
        require(tuple(answer.figures) == names and answer.witness is None, f"the outputs are not {', '.join(names)}")
        claim = check(*(answer.figures[name] for name in names), **inputs)
    except Rejected as rejection:
        return Certificate(False, "", method, "proof", str(rejection))
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        return Certificate(False, "", method, "proof", f"the answer is malformed: {error!r}")
    if isinstance(claim, Claim):
        return Certificate(True, claim.text, method, claim.grade)
    return Certificate(True, claim, method, "proof")


def _exact(numbers: Row) -> list[Fraction]:
    """The numbers as they are written."""
    return [Fraction(Decimal(str(number))) for number in numbers]


def _one_of(text: str, ties: bool) -> str | Claim:
    return Claim(f"{text}; others are as good", "recount") if ties else text


def _place(place: Any, n: int) -> int:
    require(type(place) is int and 0 <= place < n, f"{place!r} is no place among {n}")
    return int(place)


def _marks(marks: Any, n: int) -> set[int]:
    require(isinstance(marks, list) and len(marks) == n, f"there are not {n} marks")
    require(all(type(mark) is int and mark in (0, 1) for mark in marks), "a mark is neither 0 nor 1")
    return {i for i, mark in enumerate(marks) if mark}


def _table(table: Any, n: int) -> list[list[int]]:
    require(isinstance(table, list) and len(table) == n, f"there are not {n} rows")
    require(all(isinstance(row, list) and len(row) == n for row in table), f"a row has not {n} figures")
    require(all(type(x) is int for row in table for x in row), "a figure is no whole number")
    return table  # type: ignore[no-any-return]


def _sorted(pred: Any, *, key: Row) -> str:
    """each number compared with the next, and all counted"""
    require(all(a <= b for a, b in pairwise(pred)), "a number is greater than the next")
    require(Counter(pred) == Counter(key), "the numbers are others than those given")
    return f"these are the {len(key)} numbers in order"


def _minimum(place: Any, *, key: Row) -> str:
    """the number compared with all others"""
    least = key[_place(place, len(key))]
    require(all(least <= x for x in key) and least not in key[:place], "another number is less, or as small and first")
    return f"no number is less than that at place {place}, nor as small and before it"


def _search(place: Any, *, key: Row, target: float) -> str:
    """the number at the place and all before it compared with the target"""
    _place(place, len(key))
    require(all(x < target for x in key[:place]), "a number before it is not below the target")
    require(key[place] >= target or place == len(key) - 1, "the number is below the target and not the last")
    return f"place {place} is the first whose number is not below the target, or the last"


def _median(place: Any, *, key: Row) -> str | Claim:
    """the smaller and the equal numbers counted"""
    number, rank = key[_place(place, len(key))], len(key) // 2
    smaller, equal = sum(x < number for x in key), key.count(number)
    require(smaller <= rank < smaller + equal, f"{smaller} numbers are smaller, {equal} equal, and {rank} are due")
    return _one_of(f"the number at place {place} has rank {rank}", equal > 1)


def _stretch(start: Any, end: Any, *, key: Row) -> str | Claim:
    """the sums of all stretches, added up exactly"""
    require(_place(start, len(key)) <= _place(end, len(key)), "the stretch ends before it starts")
    sums = [Fraction(0)]
    for number in _exact(key):
        sums.append(sums[-1] + number)
    said = sums[end + 1] - sums[start]
    totals = [sums[j] - sums[i] for i in range(len(key)) for j in range(i + 1, len(sums))]
    best = max(totals)
    require(said >= best - _TOLERANCE, "another stretch has a greater sum")
    ties = sum(total >= best - _TOLERANCE for total in totals) > 1
    return _one_of(f"no stretch has a greater sum than that from {start} to {end}", ties)


def _cheapest(
    table: list[list[int]], known: Costs, spans: list[Span], extra: Callable[[int, int, int], Fraction]
) -> bool:
    """Require each choice to be as cheap as every other, given the choices for what it leaves; whether there are ties.

    known: the costs of what needs no choice. spans: from short to long. A choice k in (i, j) leaves (i, k) and
    (k + 1, j), and costs `extra` beside them.
    """
    ties = False
    due = set(spans)
    n = range(len(table))
    require(all(table[i][j] == 0 for i in n for j in n if (i, j) not in due), "a figure stands where none belongs")
    for i, j in spans:
        costs = {k: known[i, k] + known[k + 1, j] + extra(i, j, k) for k in range(i, j)}
        said, least = costs.get(table[i][j]), min(costs.values())
        if said is None or said > least + _TOLERANCE:
            raise Rejected(f"the choice at {i}, {j} is not the cheapest")
        ties |= sum(cost <= least + _TOLERANCE for cost in costs.values()) > 1
        known[i, j] = said
    return ties


def _spans(first: int, last: int) -> list[Span]:
    return [(i, i + length) for length in range(1, last - first + 1) for i in range(first, last - length + 1)]


def _chain(s: Any, *, p: Row) -> str | Claim:
    """every choice compared with all others, in exact arithmetic, from short products to long ones"""
    n, sizes = len(p), _exact(p)
    known = {(i, i): Fraction(0) for i in range(n)}
    ties = _cheapest(_table(s, n), known, _spans(1, n - 1), lambda i, j, k: sizes[i - 1] * sizes[k] * sizes[j])
    return _one_of(f"every part of the product of {n - 1} matrices is multiplied at least cost", ties)


def _tree(root: Any, *, p: Row, q: Row) -> str | Claim:
    """every root compared with all others, in exact arithmetic, from few keys to many"""
    n, keys, gaps = len(q), _exact(p), _exact(q)
    known = {(i, i): gaps[i] for i in range(n)}
    below = [Fraction(0)]  # the weights of all keys and gaps before each place
    for key, gap in zip(keys, gaps, strict=True):
        below.append(below[-1] + key + gap)
    ties = _cheapest(_table(root, n), known, _spans(0, n - 1), lambda i, j, _: below[j] - below[i] + gaps[j])
    return _one_of(f"every tree over {n - 1} keys has least expected cost", ties)


def _subsequences(b: Any, *, string: list[int], key: list[int]) -> str:
    """the lengths followed cell by cell, and each figure compared with them"""
    n = string.count(0)
    table, m = _table(b, len(key)), len(key) - n
    length: dict[tuple[int, int], int] = {}
    for i in range(n):
        for j in range(m):
            above, left = length.get((i - 1, j), 0), length.get((i, j - 1), 0)
            matches = key[i] == key[n + j]
            length[i, j] = length.get((i - 1, j - 1), 0) + 1 if matches else max(above, left)
            due = 0 if matches else 1 if above >= left else 2
            require(table[i][n + j] == due, f"the figure at {i}, {j} is another")
    rest = [table[i][j] for i in range(n + m) for j in range(n + m) if not (i < n <= j)]
    require(all(x == -1 for x in rest), "a figure stands where none belongs")
    return f"the figures lead through longest common subsequences of {n} and {m} letters"


def _match(place: Any, *, string: list[int], key: list[int]) -> str:
    """the pattern laid on every place up to the one given"""
    n = string.count(0)
    m = len(key) - n
    fits = [all(key[s + j] == key[n + j] for j in range(m)) for s in range(max(0, n - m + 1))]
    require(place == (fits.index(True) if any(fits) else n) and type(place) is int, "the pattern is found elsewhere")
    return "no place before it fits the pattern"


def _activities(selected: Any, *, s: Row, f: Row) -> str | Claim:
    """the last of those taken that end before each activity compared with its start"""
    taken = _marks(selected, len(s))
    order = sorted(range(len(s)), key=lambda i: (f[i], i))
    last = None
    for i in order:
        fits = last is None or s[i] >= f[last]
        require((i in taken) == fits, f"activity {i} is taken although it overlaps, or left although it fits")
        last = i if fits else last
    return f"{len(taken)} activities that do not overlap are taken, and no more can be"


def _tasks(selected: Any, *, d: Row, w: Row) -> str:
    """the number of worthier tasks that are taken compared with each deadline"""
    taken = _marks(selected, len(d))
    rank = {i: (-w[i], i) for i in range(len(d))}
    for i in range(len(d)):
        before = sum(rank[j] < rank[i] for j in taken)
        first = all(rank[i] <= rank[j] for j in rank)
        require((i in taken) == (first or before < d[i]), f"task {i} is taken too late, or left although it fits")
    return f"{len(taken)} tasks are taken, each before its deadline among the worthier ones"


def _points(x: Row, y: Row) -> list[Point]:
    return list(zip(_exact(x), _exact(y), strict=True))


def _area(a: Point, b: Point, c: Point) -> Fraction:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _segments(intersect: Any, *, x: Row, y: Row) -> str:
    """the lines' common point computed exactly, and where it lies on both"""
    a, b, c, d = _points(x, y)
    (ux, uy), (vx, vy), (wx, wy) = ((q[0] - p[0], q[1] - p[1]) for p, q in ((a, b), (c, d), (a, c)))
    across = ux * vy - uy * vx
    if across:
        meet = 0 <= (wx * vy - wy * vx) / across <= 1 and 0 <= (wx * uy - wy * ux) / across <= 1
    else:
        line = all(_area(one, other, z) == 0 for one, other in ((a, b), (c, d)) for z in (a, b, c, d))
        meet = line and max(min(a, b), min(c, d)) <= min(max(a, b), max(c, d))
    require(type(intersect) is int and intersect == int(meet), "the segments meet, or not, otherwise")
    return "the segments meet" if meet else "the segments do not meet"


def _hull(in_hull: Any, *, x: Row, y: Row) -> str:
    """the corners put in a ring that turns left everywhere, and all points compared with its sides"""
    points = _points(x, y)
    corners = [points[i] for i in sorted(_marks(in_hull, len(points)))]
    require(len(set(corners)) == len(corners) >= min(3, len(points)), "there are too few corners")
    mean = tuple(sum(values) / len(corners) for values in zip(*corners, strict=True))
    ring = sorted(corners, key=lambda p: math.atan2(p[1] - mean[1], p[0] - mean[0]))
    if len(ring) > 2:
        for before, here, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
            require(_area(before, here, after) > 0, "a corner is none")
            require(all(_area(here, after, point) >= 0 for point in points), "a point lies outside")
    return f"{len(corners)} points are the corners of the convex hull"


_CHECKS: Mapping[str, tuple[Callable[..., str | Claim], tuple[str, ...]]] = {
    **dict.fromkeys(("insertion_sort", "bubble_sort", "heapsort", "quicksort"), (_sorted, ("pred",))),
    "minimum": (_minimum, ("min",)),
    "binary_search": (_search, ("return",)),
    "quickselect": (_median, ("median",)),
    "find_maximum_subarray_kadane": (_stretch, ("start", "end")),
    "matrix_chain_order": (_chain, ("s",)),
    "optimal_bst": (_tree, ("root",)),
    "lcs_length": (_subsequences, ("b",)),
    **dict.fromkeys(("naive_string_matcher", "kmp_matcher"), (_match, ("match",))),
    "activity_selector": (_activities, ("selected",)),
    "task_scheduling": (_tasks, ("selected",)),
    "segments_intersect": (_segments, ("intersect",)),
    **dict.fromkeys(("graham_scan", "jarvis_march"), (_hull, ("in_hull",))),
}
