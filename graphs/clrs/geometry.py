"""Points in the plane: two segments, and the convex hull as Graham (1972) and Jarvis (1973) find it."""

from __future__ import annotations

import math
from typing import Any

from graphs.clrs.recorder import Array, Recorder
from graphs.clrs.sorting import in_line
from graphs.errors import BadArgument, WrongKind


def segments_intersect(trace: Recorder, x: Array, y: Array) -> dict[str, Any]:
    """1 when the segment between the points 0 and 1 meets the one between 2 and 3, their ends included.

    Raises:
        BadArgument: there are not four points.
    """
    if len(x) != 4:
        raise BadArgument(f"segments_intersect needs the four ends of two segments, not {len(x)} points")
    xs, ys = x.tolist(), y.tolist()
    direction, on_segment = [0.0] * 4, [0] * 4
    trace.watch(dir=direction, on_seg=on_segment)
    trace.note(i=0, j=0, k=0)
    for k in range(4):
        i, j = (2, 3) if k < 2 else (0, 1)
        direction[k] = (xs[k] - xs[i]) * (ys[j] - ys[i]) - (xs[j] - xs[i]) * (ys[k] - ys[i])
        on_segment[k] = int(all(min(v[i], v[j]) <= v[k] <= max(v[i], v[j]) for v in (xs, ys)))
        trace.note(i=i, j=j, k=k)
    crossing = all(direction[k] > 0 > direction[k + 1] or direction[k] < 0 < direction[k + 1] for k in (0, 2))
    touching = any(direction[k] == 0 and on_segment[k] for k in range(4))
    return {"intersect": int(crossing or touching)}


def _turn(xs: list[float], ys: list[float], i: int, j: int, k: int) -> float:
    """Above 0 when the way from i over j to k turns left."""
    return (xs[j] - xs[i]) * (ys[k] - ys[i]) - (ys[j] - ys[i]) * (xs[k] - xs[i])


def _lowest(xs: list[float], ys: list[float]) -> int:
    return min(range(len(xs)), key=lambda i: (ys[i], xs[i]))


def graham_scan(trace: Recorder, x: Array, y: Array) -> dict[str, Any]:
    """1 for each corner of the hull: points by angle around the lowest, those that turn right taken back. O(n log n).

    Raises:
        WrongKind: points coincide, or so many are in a line that the scan has nowhere to turn.
    """
    xs, ys, n = x.tolist(), y.tolist(), len(x)
    in_hull, below, angles = [0] * n, list(range(n)), [0.0] * n
    trace.watch(atans=angles, in_hull_h=in_hull, stack_prev=below)
    trace.note(best=0, last_stack=0, i=0, phase=0)
    best = top = _lowest(xs, ys)
    in_hull[best] = 1
    trace.note(best=best, last_stack=top, i=best, phase=1)
    angles[:] = [0.0 if i == best else math.atan2(ys[i] - ys[best], xs[i] - xs[best]) for i in range(n)]
    trace.note(best=best, last_stack=top, i=best, phase=2)
    around = sorted((i for i in range(n) if i != best), key=lambda i: angles[i])
    for place, i in enumerate(around):
        while place >= 2 and _turn(xs, ys, below[top], top, i) <= 0:
            if top == best:
                raise WrongKind("graham_scan needs points in general position, and too many of these are in a line")
            in_hull[top] = 0
            below[top], top = top, below[top]
            trace.note(best=best, last_stack=top, i=i, phase=3)
        in_hull[i], below[i], top = 1, top, i
        trace.note(best=best, last_stack=top, i=i, phase=4)
    return {"in_hull": in_hull}


def jarvis_march(trace: Recorder, x: Array, y: Array) -> dict[str, Any]:
    """1 for each corner of the hull: from the lowest on, the next is the one that leaves all others left. O(n h)."""
    xs, ys, n = x.tolist(), y.tolist(), len(x)
    in_hull = [0] * n
    trace.fix(pred_h=in_line(list(range(n))))
    trace.watch(in_hull_h=in_hull)
    trace.note(best=0, last_point=0, endpoint=0, i=0, phase=0)
    best = last = _lowest(xs, ys)
    end = 0
    in_hull[best] = 1
    trace.note(best=best, last_point=last, endpoint=end, i=0, phase=1)
    while True:
        for i in range(n):
            if end == last or (i not in (last, end) and _turn(xs, ys, last, end, i) <= 0):
                end = i
            trace.note(best=best, last_point=last, endpoint=end, i=i, phase=1)
        if in_hull[end]:
            return {"in_hull": in_hull}
        in_hull[end], last, end = 1, end, 0
        trace.note(best=best, last_point=last, endpoint=end, i=0, phase=1)
