"""Whether an answer in the format of CLRS-Text is right, whichever way it breaks ties.

The benchmark takes the lowest node first, and counts every other breadth-first tree, topological order, spanning tree
or shortest-path tree as wrong. Here the answer alone is looked at: no gold, and no run of the algorithm.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evals.benchmarks.clrs_text.scores import read
from evals.benchmarks.clrs_text.valid_graphs import CHECKS, is_pointer, is_row
from graphs.clrs.text import Question, outputs
from tools.answers import Record
from tools.certificates.clrs_arrays import certify
from tools.clrs_arrays import SOLVERS, solve


def is_valid(question: Question, text: str) -> bool:
    """Whether the result in `text` is a right answer to the question."""
    read_off = read(text)
    names = [feature.name for feature in outputs(question.algorithm)]
    if read_off.values is None or not read_off.clean:
        return False
    said = [_whole(value) for value in read_off.values]
    if question.algorithm == "binary_search" and question.trace and len(set(map(str, said))) == 1:
        said = said[:1]  # a trace ends with low and high, which meet
    if len(said) != len(names):
        return False
    if question.algorithm in SOLVERS:
        return _array(question, dict(zip(names, said, strict=True)))
    A = question.inputs["A"]
    n = len(A)
    source = (question.inputs["s"],) if "s" in question.inputs else ()
    shaped = all(is_pointer(value, n) if isinstance(value, int) else is_row(value, n) for value in said)
    return shaped and CHECKS[question.algorithm](A, *source, *said)


def _whole(value: Any) -> Any:
    """3.0 as 3, at any depth."""
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _array(question: Question, said: Mapping[str, Any]) -> bool:
    """As the certificate sees it; choices that it proves right with ties are right here."""
    algorithm, inputs = question.algorithm, question.inputs
    if algorithm == "minimum":
        key, place = inputs["key"], said["min"]
        return is_pointer(place, len(key)) and key[place] == min(key)
    if algorithm == "activity_selector":
        return _is_selection(
            said["selected"], inputs["s"], inputs["f"], sum(solve(algorithm, inputs).figures["selected"])
        )
    if algorithm == "lcs_length":
        return _leads_through(said["b"], inputs["string"], inputs["key"])
    if algorithm in ("insertion_sort", "bubble_sort", "heapsort", "quicksort"):
        return bool(said["pred"] == sorted(inputs["key"]))
    return certify(algorithm, inputs, Record(said)).holds


def _is_selection(selected: Any, s: list[float], f: list[float], most: int) -> bool:
    """As many activities as possible that do not overlap."""
    if not is_row(selected, len(s)) or any(mark not in (0, 1) for mark in selected):
        return False
    taken = sorted((f[i], s[i]) for i, mark in enumerate(selected) if mark)
    return len(taken) == most and all(start >= end for (end, _), (_, start) in zip(taken, taken[1:], strict=False))


def _leads_through(b: Any, string: list[int], key: list[int]) -> bool:
    """Each figure points to a cell from which a longest common subsequence comes."""
    size, n = len(key), string.count(0)
    if not is_row(b, size) or not all(is_row(row, size) for row in b):
        return False
    length: dict[tuple[int, int], int] = {}
    for i in range(size):
        for j in range(size):
            if not i < n <= j:
                if b[i][j] != -1:
                    return False
                continue
            before, above, left = (length.get(p, 0) for p in ((i - 1, j - 1), (i - 1, j), (i, j - 1)))
            matches = key[i] == key[j]
            length[i, j] = before + 1 if matches else max(above, left)
            if b[i][j] not in ({0} if matches else {1 + w for w, x in enumerate((above, left)) if x == length[i, j]}):
                return False
    return True
