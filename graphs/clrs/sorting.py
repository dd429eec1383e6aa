"""Four ways to sort: insertion sort, bubble sort, heapsort (Williams 1964) and quicksort (Hoare 1962).

The nodes are the elements at their first places; `order` says which of them stands where now.
"""

from __future__ import annotations

from typing import Any

from graphs.clrs.recorder import Array, Recorder

_BUILD, _TAKE, _MEND = 0, 1, 2  # phases of heapsort


def in_line(order: list[int]) -> list[int]:
    """Pointers from each node to the one before it in `order`; the first points to itself."""
    pointers = list(range(len(order)))
    for before, node in zip(order, order[1:], strict=False):
        pointers[node] = before
    return pointers


def swap(values: list[float], order: list[int], i: int, j: int) -> None:
    """Exchange what stands at two places."""
    values[i], values[j] = values[j], values[i]
    order[i], order[j] = order[j], order[i]


def insertion_sort(trace: Recorder, key: Array) -> dict[str, Any]:
    """Each element goes down to its place among those before it."""
    values, order = key.tolist(), list(range(len(key)))
    trace.derive(pred_h=lambda: in_line(order))
    trace.note(i=0, j=0)
    for j in range(1, len(values)):
        value, i = values[j], j
        while i > 0 and values[i - 1] > value:
            i -= 1
        pushed = order[i]
        values.insert(i, values.pop(j))
        order.insert(i, order.pop(j))
        trace.note(i=pushed, j=j)
    return {"pred": in_line(order)}


def bubble_sort(trace: Recorder, key: Array) -> dict[str, Any]:
    """The least of the rest rises to the front, round by round."""
    values, order, n = key.tolist(), list(range(len(key))), len(key)
    trace.derive(pred_h=lambda: in_line(order))
    trace.note(i=0, j=0)
    for i in range(n - 1):
        for j in range(n - 1, i, -1):
            if values[j] < values[j - 1]:
                swap(values, order, j, j - 1)
            trace.note(i=order[i], j=order[j])
    return {"pred": in_line(order)}


def heapsort(trace: Recorder, key: Array) -> dict[str, Any]:
    """Build a heap with the greatest on top, then take the top off it again and again."""
    values, order, n = key.tolist(), list(range(len(key))), len(key)
    size = n

    def parents() -> list[int]:
        pointers = list(range(n))
        for place in range(1, size):
            pointers[order[place]] = order[(place - 1) // 2]
        return pointers

    def sink(place: int, start: int, phase: int) -> None:
        while True:
            largest = place
            for child in (2 * place + 1, 2 * place + 2):
                if child < size and values[child] > values[largest]:
                    largest = child
            if largest != place:
                swap(values, order, place, largest)
            last = order[size - 1]
            trace.note(i=order[start], j=order[place], largest=order[largest], heap_size=last, phase=phase)
            if largest == place:
                return
            place = largest

    trace.derive(pred_h=lambda: in_line(order), parent=parents)
    trace.note(i=n - 1, j=n - 1, largest=n - 1, heap_size=n - 1, phase=_BUILD)
    for place in reversed(range(n)):
        sink(place, place, _BUILD)
    for place in range(n - 1, 0, -1):
        swap(values, order, 0, place)
        size -= 1
        trace.note(i=order[0], j=order[place], largest=0, heap_size=order[size - 1], phase=_TAKE)
        sink(0, place, _MEND)
    return {"pred": in_line(order)}


def quicksort(trace: Recorder, key: Array) -> dict[str, Any]:
    """Part each stretch around its last element, left stretch first."""
    values, order = key.tolist(), list(range(len(key)))
    trace.derive(pred_h=lambda: in_line(order))
    stretches = [(0, len(values) - 1)]
    while stretches:
        p, r = stretches.pop()
        if p < r:
            i = p
            for j in range(p, r):
                if values[j] <= values[r]:
                    swap(values, order, i, j)
                    i += 1
                trace.note(p=order[p], r=order[r], i=order[i], j=order[j])
            swap(values, order, i, r)
            trace.note(p=order[p], r=order[r], i=order[i], j=order[r])
            stretches += [(i + 1, r), (p, i - 1)]
    return {"pred": in_line(order)}
