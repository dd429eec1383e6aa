"""Finding a pattern in a text: one place after another, and as Knuth, Morris and Pratt (1977) do.

The nodes are the letters of the text and then those of the pattern.
"""

from __future__ import annotations

from typing import Any

from graphs.clrs.recorder import Array, Recorder
from graphs.clrs.sorting import in_line


def parts(string: Array, key: Array) -> tuple[Array, Array]:
    """The letters of the first and of the second string."""
    return key[string == 0], key[string != 0]


def lines(n: int, m: int) -> list[int]:
    """Pointers from each letter to the one before it in its own string."""
    return in_line(list(range(n))) + [n + i for i in in_line(list(range(m)))]


def naive_string_matcher(trace: Recorder, string: Array, key: Array) -> dict[str, Any]:
    """The first place of the text where the pattern stands; the pattern's own first letter where there is none."""
    text, pattern = (part.tolist() for part in parts(string, key))
    n, m = len(text), len(pattern)
    trace.fix(pred_h=lines(n, m))
    for s in range(n - m + 1):
        for j in range(m):
            trace.note(s=s, i=s + j, j=n + j)
            if text[s + j] != pattern[j]:
                break
        else:
            return {"match": s}
    return {"match": n}


def kmp_matcher(trace: Recorder, string: Array, key: Array) -> dict[str, Any]:
    """As `naive_string_matcher`, in O(n + m): `pi` says how much of the pattern still fits after a mismatch.

    No place before the pattern's start can be pointed to, so `is_reset`, `k_reset` and `q_reset` say when nothing fits.
    """
    text, pattern = (part.tolist() for part in parts(string, key))
    n, m = len(text), len(pattern)
    pi, is_reset = list(range(n + m)), [0] * (n + m)  # of the pattern's nodes, which come after the text's
    is_reset[n] = 1
    trace.fix(pred_h=lines(n, m))
    trace.watch(pi=pi, is_reset=is_reset)
    fit, none = 0, 1
    trace.note(k=n, k_reset=none, q=n + (m > 1), q_reset=1, s=0, i=0, phase=0)
    for q in range(1, m):
        while not none and pattern[fit + 1] != pattern[q]:
            none = is_reset[n + fit]
            fit = 0 if none else pi[n + fit] - n
            trace.note(k=n + fit, k_reset=none, q=n + q, q_reset=1, s=0, i=0, phase=0)
        fit, none = _grow(fit, none, pattern, pattern[q])
        is_reset[n + q] = none
        pi[n + q] = n + fit
        trace.note(k=n + fit, k_reset=none, q=n + q, q_reset=1, s=0, i=0, phase=0)
    prefix = {"k": n + fit, "k_reset": none, "phase": 1}
    q, none = 0, 1
    for i, letter in enumerate(text):
        s = max(0, i - m + 1)
        trace.note(q=n + q, q_reset=none, s=s, i=i, **prefix)
        while not none and pattern[q + 1] != letter:
            none = is_reset[n + q]
            q = 0 if none else pi[n + q] - n
            trace.note(q=n + q, q_reset=none, s=s, i=i, **prefix)
        q, none = _grow(q, none, pattern, letter)
        if not none and q == m - 1:
            return {"match": s}
    return {"match": n}


def _grow(fit: int, none: int, pattern: list[int], letter: int) -> tuple[int, int]:
    """How much of the pattern fits when `letter` comes next, and whether nothing does."""
    following = 0 if none else fit + 1
    if pattern[following] == letter:
        return following, 0
    return fit, none
