"""CLRS-Text as a benchmark: scores and validity of right, wrong and adversarial answers, and protocols kept apart."""

from __future__ import annotations

import json
import math
import random
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agents.reply import Reply
from evals.benchmarks.clrs_text.scores import read, result_of, score, trivial
from evals.benchmarks.clrs_text.task import PLAIN, TASK, TRACES, TRIVIAL, audit, detail, samples, score_reply, sums
from evals.benchmarks.clrs_text.valid import is_valid
from evals.run import Usage, check, parser
from evals.task import BadData, Sample, Source
from graphs.clrs import ALGORITHMS, sample
from graphs.clrs.text import Question, read_question, to_text
from tests.tools.test_clrs import graph_of, random_matrices

SQUARE = [[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]]
BFS = Question("bfs", {"s": 0, "A": SQUARE}, False)


def made(count: int, **how: Any) -> list[Sample]:
    return list(islice(samples(Source(count=count, **how)), count))


@pytest.mark.parametrize(
    ("said", "shape", "parse", "clrs", "exact"),
    [
        ("[0 0 2 0]", 1, 1, 1.0, True),
        (" [0 0 2 0] ", 1, 1, 1.0, True),
        ("[0, 0, 2, 0]", 1, 1, 1.0, False),
        ("[0 0 2.0 0]", 1, 1, 1.0, False),
        ("[0 0 1 0]", 1, 1, 0.75, False),
        ("[0 0 x 0]", 1, 0, 0.75, False),
        ("[0 0 2]", 0, 1, 0.0, False),
        ("[0 0 2 0 0]", 0, 1, 0.0, False),
        ("0 0 2 0", 0, 1, 0.0, False),
        ("[[0 0 2 0]]", 0, 1, 0.0, False),
        ("[0 0 2 0], [0 0 2 0]", 0, 1, 0.0, False),
        ("[0 0 2 0", 0, 1, 0.0, False),
        ("]0 0 2 0[", 0, 1, 0.0, False),
        ("pi: [0 0 2 0]", 0, 0, 0.0, False),
        ("[nan nan nan nan]", 1, 0, 0.0, False),
        ("[1e999 0 2 0]", 1, 1, 0.75, False),
        ("", 0, 0, 0.0, False),
        ("[]", 0, 1, 0.0, False),
        ("[" * 100_000, 0, 1, 0.0, False),
        ("[٠ 0 2 0]", 1, 0, 0.75, False),
    ],
)
def test_scores(said: str, shape: int, parse: int, clrs: float, exact: bool) -> None:
    found = score(said, "[0 0 2 0]")
    assert (found.shape, found.parse, found.clrs, found.exact) == (shape, parse, clrs, exact)


def test_several_outputs_and_matrices() -> None:
    assert score("[1 1], 0", "[1 1], 0").clrs == 1.0
    assert score("[1 0], 0", "[1 1], 0").clrs == pytest.approx(2 / 3)
    assert score("0, [1 1]", "[1 1], 0").shape == 0
    assert score("[[1 0], [0 1]]", "[[1 1], [0 1]]").clrs == 0.75
    assert score("[[1 0] [0 1]]", "[[1 0], [0 1]]").shape == 1
    assert score("(1, 1)", "(1, 2)").clrs == 0.5
    assert read("[" * 9).values is None


def test_the_result_is_what_follows_the_last_bar() -> None:
    assert result_of("[0 1], [0 0] | [0 0]\n\n", trace=True) == "[0 0]"
    assert result_of("[0 1] | [0 2] | [0 0]", trace=True) == "[0 0]"
    assert result_of("[0 0]\n\n", trace=False) == "[0 0]"
    assert result_of("| [0 0]", trace=False) == "| [0 0]"  # a bar is no part of an answer without a trace


def test_trivial_answers() -> None:
    found = trivial(BFS, "[0 0 1 0]")
    assert found["constant 0"] == (0.75, False)
    assert found["identity"] == (0.25, False)
    assert found["copy"] == (0.75, False)  # the source everywhere
    edges = trivial(Question("mst_kruskal", {"A": [[1, 1], [1, 1]]}, False), "[[0 1], [1 0]]")
    assert edges["copy"] == (1.0, True)
    cut = trivial(
        Question("bridges", {"A": [[1, 1, 0], [1, 0, 0], [0, 0, 0]]}, False), "[[0 1 -1], [1 0 -1], [-1 -1 0]]"
    )
    assert cut["copy"] == (1.0, True)
    assert trivial(Question("quicksort", {"key": [1.0, 2.0]}, False), "[1.0 2.0]")["copy"] == (1.0, True)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("trace", [False, True])
def test_right_answers_are_valid(algorithm: str, trace: bool) -> None:
    for size in (4, 7, 11):
        rng = np.random.RandomState(size)
        for _ in range(4):
            text, answer = to_text(sample(algorithm, size, rng), trace=trace)
            assert is_valid(read_question(text), result_of(answer, trace=trace)), (text, answer)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_no_wrong_or_hostile_answer_is_valid(algorithm: str) -> None:
    text, answer = to_text(sample(algorithm, 6, np.random.RandomState(8), hints=False))
    question = read_question(text)
    hostile = [
        "",
        "[",
        "]",
        "[]",
        "[[]]",
        "nan",
        "None",
        "[nan]",
        "-1",
        "[-1 -1 -1 -1 -1 -1]",
        "[9 9 9 9 9 9]",
        "[1e999]",
    ]
    hostile += [
        answer + " 0",
        f"{answer} {answer}",
        answer.replace("[", "") + " 7",
        "x" + answer,
        "[0.5 0.5 0.5 0.5 0.5 0.5]",
    ]
    hostile += ["[[9 9 9 9 9 9], " + ", ".join(["[9 9 9 9 9 9]"] * 5) + "]", "[1 2 3 4 5 0]", "[" * 9999, "1, 2, 3"]
    for said in hostile:
        assert not is_valid(question, said), said


@pytest.mark.parametrize(
    ("algorithm", "inputs", "said", "valid"),
    [
        ("bfs", {"s": 0, "A": SQUARE}, "[0 0 1 0]", True),
        ("bfs", {"s": 0, "A": SQUARE}, "[0 0 3 0]", True),  # the other parent of node 2
        ("bfs", {"s": 0, "A": SQUARE}, "[0 0 0 0]", False),  # no edge
        ("bfs", {"s": 0, "A": SQUARE}, "[1 0 1 0]", False),  # the source points away
        ("bfs", {"s": 0, "A": SQUARE}, "[0 0 2 0]", False),  # reached, and points to itself
        ("bfs", {"s": 0, "A": [[0, 0], [0, 0]]}, "[0 0]", False),  # not reached, and points away
        ("dfs", {"A": SQUARE}, "[0 0 1 2]", True),
        ("dfs", {"A": SQUARE}, "[0 2 3 0]", True),  # the other way round
        ("dfs", {"A": SQUARE}, "[0 0 1 0]", False),  # 3 would have been found from 2
        ("dfs", {"A": [[0, 1], [0, 0]]}, "[0 1]", True),  # 1 first, then 0
        ("dfs", {"A": [[0, 1], [1, 0]]}, "[0 1]", False),
        ("dfs", {"A": [[0, 1], [1, 0]]}, "[1 0]", False),  # a ring
        ("topological_sort", {"A": [[0, 0, 1], [0, 0, 1], [0, 0, 0]]}, "[1 2 2], 0", True),
        ("topological_sort", {"A": [[0, 0, 1], [0, 0, 1], [0, 0, 0]]}, "[2 0 2], 1", True),
        ("topological_sort", {"A": [[0, 0, 1], [0, 0, 1], [0, 0, 0]]}, "[2 2 2], 0", False),
        ("topological_sort", {"A": [[0, 0, 1], [0, 0, 1], [0, 0, 0]]}, "[1 0 2], 0", False),
        ("strongly_connected_components", {"A": [[0, 1], [1, 0]]}, "[1 1]", True),
        ("strongly_connected_components", {"A": [[0, 1], [1, 0]]}, "[0 1]", False),
        ("strongly_connected_components", {"A": [[0, 1], [0, 0]]}, "[0 0]", False),
        ("mst_kruskal", {"A": SQUARE}, "[[0 1 0 1], [1 0 1 0], [0 1 0 0], [1 0 0 0]]", True),
        ("mst_kruskal", {"A": SQUARE}, "[[0 0 0 1], [0 0 1 0], [0 1 0 1], [1 0 1 0]]", True),
        ("mst_kruskal", {"A": SQUARE}, "[[0 1 0 1], [1 0 1 0], [0 1 0 1], [1 0 1 0]]", False),  # a cycle
        ("mst_kruskal", {"A": SQUARE}, "[[0 1 0 0], [1 0 1 0], [0 1 0 0], [0 0 0 0]]", False),  # not all
        ("mst_kruskal", {"A": SQUARE}, "[[0 1 0 1], [0 0 1 0], [0 0 0 0], [0 0 0 0]]", False),  # one side only
        ("mst_prim", {"s": 0, "A": SQUARE}, "[0 0 3 0]", True),
        ("mst_prim", {"s": 0, "A": SQUARE}, "[0 2 3 0]", True),
        ("mst_prim", {"s": 0, "A": SQUARE}, "[0 2 1 0]", False),  # a ring
        ("dijkstra", {"s": 0, "A": SQUARE}, "[0 0 3 0]", True),
        ("dijkstra", {"s": 0, "A": SQUARE}, "[0 2 3 0]", False),  # a longer way
        ("bridges", {"A": [[1, 1], [1, 0]]}, "[[0 1], [1 0]]", True),
        ("bridges", {"A": [[1, 1], [1, 0]]}, "[[0 0], [0 0]]", False),
        ("articulation_points", {"A": [[0, 1, 0], [1, 1, 1], [0, 1, 0]]}, "[0 1 0]", True),
        ("articulation_points", {"A": [[0, 1, 0], [1, 1, 1], [0, 1, 0]]}, "[0 0 0]", False),
        ("floyd_warshall", {"A": SQUARE}, "[[0 0 3 0], [1 1 1 0], [1 2 2 2], [3 0 3 3]]", True),
        ("floyd_warshall", {"A": SQUARE}, "[[0 0 0 0], [1 1 1 0], [1 2 2 2], [3 0 3 3]]", False),
        ("minimum", {"key": [1, 0, 0]}, "2", True),
        ("minimum", {"key": [1, 0, 0]}, "0", False),
        ("quickselect", {"key": [1, 1, 2]}, "0", True),
        ("find_maximum_subarray_kadane", {"key": [1, -2, 1]}, "2, 2", True),
        ("activity_selector", {"s": [0, 1, 2], "f": [2, 2, 3]}, "[0 1 1]", True),
        ("activity_selector", {"s": [0, 1, 2], "f": [2, 2, 3]}, "[1 1 0]", False),
        ("activity_selector", {"s": [0, 1, 2], "f": [2, 2, 3]}, "[0 0 1]", False),
        ("lcs_length", {"string": [0, 1], "key": [0, 1]}, "[[-1 2], [-1 -1]]", True),  # either way is empty
        ("lcs_length", {"string": [0, 1], "key": [0, 1]}, "[[-1 0], [-1 -1]]", False),
    ],
)
def test_other_ties_are_valid_and_errors_are_not(
    algorithm: str, inputs: dict[str, Any], said: str, valid: bool
) -> None:
    assert is_valid(Question(algorithm, inputs, False), said) is valid


def test_every_depth_first_forest_is_valid_and_only_those() -> None:
    """All ways to run the search on small graphs, against every set of pointers."""
    for matrix in random_matrices(40, directed=True):
        n = len(matrix)
        if n > 4:
            continue
        forests = {tuple(forest) for forest in searches(matrix)}
        for code in range(n**n):
            pi = [code // n**i % n for i in range(n)]
            text = "[" + " ".join(map(str, pi)) + "]"
            assert is_valid(Question("dfs", {"A": matrix}, False), text) == (tuple(pi) in forests), (matrix, pi)


def searches(matrix: list[list[float]]) -> set[tuple[int, ...]]:
    """The forests of all depth-first searches: next comes any unseen neighbour of the last open node, or any root."""
    n, found = len(matrix), set()

    def go(pi: tuple[int, ...], seen: frozenset[int], stack: tuple[int, ...]) -> None:
        if not stack:
            if len(seen) == n:
                found.add(pi)
            for root in set(range(n)) - seen:
                go(pi, seen | {root}, (root,))
            return
        free = [v for v in range(n) if v not in seen and matrix[stack[-1]][v] != 0]
        if not free:
            go(pi, seen, stack[:-1])
        for v in free:
            go((*pi[:v], stack[-1], *pi[v + 1 :]), seen | {v}, (*stack, v))

    go(tuple(range(n)), frozenset(), ())
    return found


def test_trees_of_least_weight_are_valid_and_no_others() -> None:
    rng = random.Random(0)
    for matrix in random_matrices(60, directed=False):
        n = len(matrix)
        least = sum(d["weight"] for *_, d in _least(matrix))
        for _ in range(20):
            chosen = [(u, v) for u in range(n) for v in range(u + 1, n) if matrix[u][v] and rng.random() < 0.5]
            table = [[int((u, v) in chosen or (v, u) in chosen) for v in range(n)] for u in range(n)]
            said = "[" + ", ".join("[" + " ".join(map(str, row)) + "]" for row in table) + "]"
            body = graph_of(matrix, False).nx.edge_subgraph(chosen)
            spans = len(chosen) == len(_least(matrix)) and _acyclic(chosen, n)
            right = spans and math.isclose(sum(body.edges[e]["weight"] for e in chosen), least)
            assert is_valid(Question("mst_kruskal", {"A": matrix}, False), said) == right


def _least(matrix: list[list[float]]) -> list[Any]:
    import networkx as nx

    body = nx.Graph(graph_of(matrix, False).nx)
    body.remove_edges_from(list(nx.selfloop_edges(body)))
    return list(nx.minimum_spanning_tree(body).edges(data=True))


def _acyclic(edges: list[tuple[int, int]], n: int) -> bool:
    import networkx as nx

    body = nx.Graph()
    body.add_nodes_from(range(n))
    body.add_edges_from(edges)
    return nx.is_forest(body) if n else True


@pytest.mark.parametrize("trace", [False, True])
def test_gold_scores_all_and_silence_none(trace: bool) -> None:
    rows = []
    for item in made(90, trace=trace):
        gold = Reply(None, item.metadata["answer"], "proven")
        assert score_reply(gold, item) == "right"
        row = {"task": item.task, "size": item.metadata["size"], **detail(gold, item)}
        assert (row["exact"], row["shape"], row["parse"], row["clrs"], row["valid"]) == (True, 1, 1, 1.0, True)
        assert score_reply(Reply(None, "", "unverified"), item) == "unreadable"
        assert score_reply(Reply(None, "no idea", "unanswerable"), item) == "unanswerable"
        assert detail(Reply(None, "no idea", "unanswerable"), item)["clrs"] == 0
        assert audit(item).gold == "right"
        rows.append(row)
    table = sums(rows)
    assert list(table) == [TRACES if trace else PLAIN, TRIVIAL]
    whole = table[TRACES if trace else PLAIN]["all"]
    by_size = [cell["n"] for name, cell in table[TRIVIAL].items() if name.startswith("graphs, n=")]
    assert len(by_size) > 1
    assert sum(by_size) == table[TRIVIAL]["graphs"]["n"] < 90
    assert whole["n"] == table[TRIVIAL]["all"]["n"] == 90
    assert ("copy_clrs" in table[TRIVIAL]["all"]) == (not trace)
    failed = {"task": "bfs", "outcome": "failed", "trace": "Traceback …"}
    less = sums([*rows, failed])[TRACES if trace else PLAIN]["all"]
    assert less["n"] == 91
    assert less["valid"] == 98.9  # what failed counts as 0
    assert sums([failed]) == {}
    assert ("accuracy" in whole) == trace
    assert ("clrs" in whole) == (not trace)
    assert whole["valid"] == 100.0


def test_a_result_counts_although_its_trace_is_wrong() -> None:
    item = next(item for item in made(30, trace=True) if item.task == "bfs")
    reply = Reply(None, f"[9 9] | {item.gold}", "unverified")
    assert score_reply(reply, item) == "right"
    assert detail(reply, item)["steps_exact"] is False
    assert score_reply(Reply(None, f"{item.gold} | [9 9]", "unverified"), item) == "wrong"


def test_a_wrong_gold_is_found() -> None:
    item = next(item for item in made(30) if item.task == "bfs")
    metadata = {**item.metadata, "answer": "[0]"}
    finding = audit(Sample(item.id, item.question, None, "[0]", item.task, metadata))
    assert finding.gold == "wrong"
    assert finding.corrected is not None
    assert finding.corrected.gold == item.gold


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def row_of(item: Sample) -> dict[str, Any]:
    return {"question": item.question, "answer": item.metadata["answer"] + "\n\n", "algo_name": item.task, "length": 4}


def test_a_file_of_either_protocol_is_read(tmp_path: Path) -> None:
    for trace in (False, True):
        items = made(60, trace=trace)
        read_back = list(samples(Source(data=write(tmp_path / "data.jsonl", [row_of(item) for item in items]))))
        assert [(s.question, s.gold, s.task) for s in read_back] == [(s.question, s.gold, s.task) for s in items]
        assert {s.metadata["trace"] for s in read_back} == {trace}
        assert {s.metadata["size"] for s in read_back} == {4}


def test_the_protocols_are_never_mixed(tmp_path: Path) -> None:
    rows = [row_of(made(2, trace=trace, tasks=("bfs",))[1]) for trace in (False, True)]
    with pytest.raises(BadData, match="not comparable"):
        list(samples(Source(data=write(tmp_path / "mixed.jsonl", rows))))
    with pytest.raises(BadData, match="holds no traces"):
        list(samples(Source(data=write(tmp_path / "plain.jsonl", rows[:1]), trace=True)))
    with pytest.raises(BadData, match="line 2"):
        list(samples(Source(data=write(tmp_path / "bad.jsonl", [rows[0], {"question": "?", "answer": ""}]))))
    with pytest.raises(Usage, match="clrs_text"):
        check(parser().parse_args(["graphqa", "--trace"]))
    assert TASK.kinds == ALGORITHMS
