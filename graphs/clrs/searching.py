"""Finding one element, or one stretch, of a row of numbers.

Quickselect is Hoare's (1961), the search for the stretch of greatest sum Kadane's, after Bentley (1984).
"""

from __future__ import annotations

from typing import Any

from graphs.clrs.recorder import Array, Recorder
from graphs.clrs.sorting import in_line, swap
from graphs.errors import WrongKind


def minimum(trace: Recorder, key: Array) -> dict[str, Any]:
    """The place of the least element, the first of equals."""
    values = key.tolist()
    trace.fix(pred_h=in_line(list(range(len(values)))))
    least = 0
    for i, value in enumerate(values):
        if value < values[least]:
            least = i
        trace.note(min_h=least, i=i)
    return {"min": least}


def binary_search(trace: Recorder, key: Array, target: float) -> dict[str, Any]:
    """The first place whose element is not below the target, or the last place.

    Raises:
        WrongKind: the elements are not sorted.
    """
    values = key.tolist()
    if any(a > b for a, b in zip(values, values[1:], strict=False)):
        raise WrongKind("binary_search needs its key sorted, least first; sort it, or use minimum or quickselect")
    trace.fix(pred_h=in_line(list(range(len(values)))))
    low, high = 0, len(values) - 1
    trace.note(low=low, high=high, mid=high // 2)
    while low < high:
        mid = (low + high) // 2
        if target <= values[mid]:
            high = mid
        else:
            low = mid + 1
        trace.note(low=low, high=high, mid=(low + high) // 2)
    return {"return": high}


def quickselect(trace: Recorder, key: Array) -> dict[str, Any]:
    """The node of rank n // 2, counted from 0."""
    values, order, n = key.tolist(), list(range(len(key))), len(key)
    trace.derive(pred_h=lambda: in_line(order))
    p, r, target = 0, n - 1, n // 2
    while True:
        i, share = p, target / n
        for j in range(p, r):
            if values[j] <= values[r]:
                swap(values, order, i, j)
                i += 1
            here = {"p": order[p], "r": order[r], "i": order[i], "j": order[j]}
            trace.note(i_rank=i / n, target=share, pivot=order[r], **here)
        swap(values, order, i, r)
        here = {"p": order[p], "r": order[r], "i": order[i], "j": order[r]}
        trace.note(i_rank=(i - p) / n, target=share, pivot=order[i], **here)
        rank = i - p
        if target == rank:
            return {"median": order[i]}
        if target < rank:
            r = i - 1
        else:
            p, target = i + 1, target - rank - 1


def find_maximum_subarray_kadane(trace: Recorder, key: Array) -> dict[str, Any]:
    """First and last place of the stretch of greatest sum that is found first."""
    values = key.tolist()
    trace.fix(pred_h=in_line(list(range(len(values)))))
    low = high = start = 0
    best = total = values[0]
    trace.note(best_low=low, best_high=high, best_sum=best, i=start, j=0, sum=total)
    for j, value in enumerate(values[1:], 1):
        if total + value >= value:
            total += value
        else:
            start, total = j, value
        if total > best:
            low, high, best = start, j, total
        trace.note(best_low=low, best_high=high, best_sum=best, i=start, j=j, sum=total)
    return {"start": low, "end": high}
