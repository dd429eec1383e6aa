"""Greedy choices: activities that do not overlap (Gavril 1972) and unit tasks with deadlines (Lawler 1985)."""

from __future__ import annotations

from typing import Any

from graphs.clrs.recorder import Array, Recorder
from graphs.clrs.sorting import in_line


def activity_selector(trace: Recorder, s: Array, f: Array) -> dict[str, Any]:
    """1 for each activity that is taken: the next to end that starts no earlier than the last one ends."""
    starts, ends, n = s.tolist(), f.tolist(), len(s)
    selected = [0] * n
    trace.fix(pred_h=in_line(list(range(n))))
    trace.watch(selected_h=selected)
    trace.note(m=0, k=0)
    last = None
    for m in sorted(range(n), key=lambda i: ends[i]):
        if last is None or starts[m] >= ends[last]:
            selected[m], last = 1, m
        trace.note(m=m, k=last)
    return {"selected": selected}


def task_scheduling(trace: Recorder, d: Array, w: Array) -> dict[str, Any]:
    """1 for each task that is taken: the next in value whose deadline is after the number of those taken so far."""
    deadlines, worth, n = d.tolist(), w.tolist(), len(d)
    selected, t = [0] * n, 0
    trace.fix(pred_h=in_line(list(range(n))))
    trace.watch(selected_h=selected)
    trace.note(i=0, t=t)
    for i in sorted(range(n), key=lambda i: -worth[i]):
        if t == 0 or t < deadlines[i]:
            selected[i], t = 1, t + 1
        trace.note(i=i, t=t)
    return {"selected": selected}
